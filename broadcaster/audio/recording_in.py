"""A recorded file → what goes on the air of it, before the speech chain levels it: only what is spoken."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.blocks import SoundBlocks
from broadcaster.audio.clip import Clip
from broadcaster.audio.decode import mono
from broadcaster.audio.recording import WINDOW_S, Recording
from broadcaster.errors import AudioFault

TREATMENT = 1
"""Goes up when the same file comes out otherwise."""
BEFORE_S, AFTER_S = 0.15, 0.3
"""Kept around the first and the last word: soft beginnings, breath and the room's echo."""
LONGEST_STRETCH_S = 240.0
"""So much of a long recording is in memory and levelled at once: 42 MB at 44.1 kHz."""
_SEARCH_S = 20.0
"""Before the end of a stretch; it is divided in the quietest moment there."""
_FADE_S = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A recording that is to sound; nothing of it is in memory."""

    file: Path
    heard: Recording
    """What `examine` found in this very file."""
    sha256: str
    """Of the file's bytes."""

    @property
    def length_s(self) -> float:
        """Without the silence at both ends."""
        first = max(0.0, self.heard.sound.start_s - BEFORE_S)
        return min(self.heard.length_s, self.heard.sound.end_s + AFTER_S) - first

    def stretches(self) -> Iterator[Clip]:
        """From the first to the last word, without an offset, both ends faded; a long one divided in pauses.

        Raises `AudioFault` where the file is missing, no sound, or silent.
        """
        if not self.heard.sound.length_s:
            raise AudioFault(f"{self.file} im lặng từ đầu đến cuối.", remedy="Chọn đúng tệp, hoặc thu lại.")
        with SoundBlocks(self.file) as blocks:
            rate = blocks.sample_rate
            total = round(self.length_s * rate)
            frames = math.ceil(total / math.ceil(self.length_s / LONGEST_STRETCH_S))
            divided = _divided(self._kept(blocks), total=total, frames=frames, sample_rate=rate)
            for piece in _faded(divided, frames=round(_FADE_S * rate)):
                yield Clip(samples=piece, sample_rate=rate)

    def _kept(self, blocks: SoundBlocks) -> Iterator[NDArray[np.float32]]:
        """Second by second, what lies between the first and the last word."""
        first = max(0, round((self.heard.sound.start_s - BEFORE_S) * blocks.sample_rate))
        last = round((self.heard.sound.end_s + AFTER_S) * blocks.sample_rate)
        at = 0
        for block in blocks.read(blocks.sample_rate):
            kept = mono(block)[max(0, first - at) : max(0, last - at)]
            at += len(block)
            if len(kept):
                yield kept - np.float32(self.heard.offset)


def _divided(
    blocks: Iterable[NDArray[np.float32]], *, total: int, frames: int, sample_rate: int
) -> Iterator[NDArray[np.float32]]:
    """Stretches of about `frames` frames, each but the last ending in a quiet moment, none much shorter."""
    waiting: list[NDArray[np.float32]] = []
    held, left = 0, total
    for block in blocks:
        waiting.append(block)
        held += len(block)
        if held >= frames and left - frames > frames // 2:
            stretch = np.concatenate(waiting)
            cut = _quietest(stretch, sample_rate=sample_rate)
            yield stretch[:cut]
            waiting, held, left = [stretch[cut:]], len(stretch) - cut, left - cut
    yield np.concatenate(waiting)


def _quietest(stretch: NDArray[np.float32], *, sample_rate: int) -> int:
    """The frame in the middle of the quietest window near the end."""
    window = max(1, round(WINDOW_S * sample_rate))
    count = min(len(stretch), round(_SEARCH_S * sample_rate)) // window
    first = len(stretch) - count * window
    powers = np.square(stretch[first:].reshape(count, window)).mean(axis=1)
    return first + int(powers.argmin()) * window + window // 2


def _faded(pieces: Iterator[NDArray[np.float32]], *, frames: int) -> Iterator[NDArray[np.float32]]:
    """The very beginning and the very end come and go without a click."""
    rise = np.linspace(0.0, 1.0, frames, dtype=np.float32)
    piece = next(pieces).copy()
    piece[:frames] *= rise[: len(piece)]
    for following in pieces:
        yield piece
        piece = following.copy()
    piece[-frames:] *= rise[::-1][-len(piece) :]
    yield piece
