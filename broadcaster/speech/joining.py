"""Sounds of phrases → one clip: trimmed alike, with exact pauses between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from broadcaster.audio.clip import Clip
from broadcaster.errors import SpeechFault
from broadcaster.model.speech import Boundary

PAUSE_S = {Boundary.CLAUSE: 0.35, Boundary.SENTENCE: 0.8, Boundary.PARAGRAPH: 1.0, Boundary.HEADING: 1.0}
"""Seconds of silence after a phrase; outdoors pace and pauses matter more than any filter (simulated horn)."""
AUDIBLE = 60 / 32_768
"""Full scale ±1 (−55 dBFS): what is quieter at either end is the engine's own pause."""
EDGE_S = 0.005
"""Kept at both ends, so that no first or last sound is cut into."""


def trimmed(clip: Clip) -> Clip:
    """Without the engine's own silence at the start and the end; empty where nothing is audible."""
    audible = np.abs(clip.samples) > AUDIBLE
    if not audible.any():
        return replace(clip, samples=clip.samples[:0])
    edge = round(EDGE_S * clip.sample_rate)
    first = max(0, int(audible.argmax()) - edge)
    return replace(clip, samples=clip.samples[first : clip.frames - int(audible[::-1].argmax()) + edge])


def joined(pieces: Sequence[tuple[Clip, Boundary]]) -> Clip:
    """One clip of all pieces, each but the last followed by its boundary's pause, to the frame."""
    rates = {clip.sample_rate for clip, _ in pieces}
    if len(rates) != 1:
        raise SpeechFault(
            f"Các câu không cùng tần số lấy mẫu: {sorted(rates)}.", remedy="Chọn lại giọng đọc: broadcaster doctor"
        )
    (rate,) = rates
    sounds = []
    for clip, boundary in pieces:
        sounds += [clip.samples, np.zeros(round(PAUSE_S[boundary] * rate), np.float32)]
    return Clip(samples=np.concatenate(sounds[:-1]), sample_rate=rate)
