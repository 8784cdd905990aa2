"""A recorded file → the clip that goes on the air, before the speech chain levels it: only what is spoken."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from broadcaster.audio.clip import Clip
from broadcaster.audio.decode import decode
from broadcaster.audio.recording import Recording
from broadcaster.errors import AudioFault

BEFORE_S, AFTER_S = 0.15, 0.3
"""Kept around the first and the last word: soft beginnings, breath and the room's echo."""
_FADE_S = 0.01


def bring_in(path: Path, heard: Recording) -> Clip:
    """The recording from its first to its last word, without its offset, both ends faded.

    `heard` is what `examine` found in this very file. Raises `AudioFault` as `decode` does, and for silence.
    """
    if not heard.sound.length_s:
        raise AudioFault(f"{path} im lặng từ đầu đến cuối.", remedy="Chọn đúng tệp, hoặc thu lại.")
    clip = decode(path)
    first = max(0, round((heard.sound.start_s - BEFORE_S) * clip.sample_rate))
    last = round((heard.sound.end_s + AFTER_S) * clip.sample_rate)
    samples = clip.samples[first:last] - np.float32(heard.offset)
    fade = np.linspace(0.0, 1.0, min(len(samples), round(_FADE_S * clip.sample_rate)), dtype=np.float32)
    samples[: len(fade)] *= fade
    samples[len(samples) - len(fade) :] *= fade[::-1]
    return Clip(samples=samples, sample_rate=clip.sample_rate)


def kept_s(heard: Recording) -> float:
    """Seconds that `bring_in` leaves of the file."""
    first = max(0.0, heard.sound.start_s - BEFORE_S)
    return min(heard.length_s, heard.sound.end_s + AFTER_S) - first
