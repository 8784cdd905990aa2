"""A cue sheet and its sounds, summed in float: every part at its exact frame, under its gain and fades."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.envelope import Envelope, envelope
from broadcaster.audio.sound import LoopedSound, Sound, at_rate
from broadcaster.errors import AudioFault
from broadcaster.model.programme import CueSheet, Part, PartKind

_BLOCK_FRAMES = 65_536


class Sum:
    """The whole programme as one sound, before its loudness is set.

    A part's sound is asked for when reading comes to it, and let go when reading has passed it, so that memory does not
    grow with the programme. Raises `AudioFault` for a sound that is missing, of another length than its part, or no
    number.
    """

    def __init__(self, cues: CueSheet, sounds: Mapping[str, Sound], *, frames: int | None = None) -> None:
        self.sample_rate = cues.sample_rate
        self.frames = cues.length_frames if frames is None else frames
        self._cues = cues
        self._sounds = sounds
        self._at = 0
        self._waiting: list[Part] = []
        self._playing: list[_Playing] = []
        self._rewind()

    def read(self, first: int, last: int) -> NDArray[np.float32]:
        """Frames `first` up to, not with, `last`."""
        if first < self._at:
            self._rewind()
        self._at = last
        self._begin(first, last)
        total = np.zeros(last - first, dtype=np.float32)
        for playing in self._playing:
            begin, end = max(first, playing.part.offset_frames), min(last, playing.part.end_frames)
            if begin < end:
                total[begin - first : end - first] += playing.piece(begin, end)
        self._playing = [playing for playing in self._playing if playing.part.end_frames > last]
        return total

    def blocks(self) -> Iterator[NDArray[np.float32]]:
        """All of it, in order."""
        for first in range(0, self.frames, _BLOCK_FRAMES):
            yield self.read(first, min(first + _BLOCK_FRAMES, self.frames))

    def _rewind(self) -> None:
        self._waiting = sorted(self._cues.parts, key=lambda part: part.offset_frames, reverse=True)
        self._playing = []

    def _begin(self, first: int, last: int) -> None:
        """Open what sounds between `first` and `last` and has not begun; what is skipped is never asked for."""
        while self._waiting and self._waiting[-1].offset_frames < last:
            part = self._waiting.pop()
            if part.end_frames > first:
                self._playing.append(_Playing(part, self._sound_of(part), envelope(part, self._cues)))

    def _sound_of(self, part: Part) -> Sound | LoopedSound:
        if part.source not in self._sounds:
            raise AudioFault(
                f"Thiếu âm thanh {part.source!r} cho phần “{part.title}”.", remedy="Chạy: broadcaster check"
            )
        sound = at_rate(self._sounds[part.source], self.sample_rate, about=f"Âm thanh {part.source!r}")
        if part.kind is PartKind.BED and sound.frames:
            return LoopedSound(sound)
        cut_short = bool(part.fade_out_frames) and sound.frames >= part.length_frames
        if sound.frames != part.length_frames and not cut_short:
            raise AudioFault(
                f"Âm thanh {part.source!r} dài {sound.frames} mẫu, khác với {part.length_frames} mẫu trong bảng ghép.",
                remedy="Chạy lại: broadcaster render",
            )
        return sound


class _Playing:
    """A part that sounds now."""

    def __init__(self, part: Part, sound: Sound | LoopedSound, level: Envelope) -> None:
        self.part = part
        self._sound = sound
        self._level = level

    def piece(self, begin: int, end: int) -> NDArray[np.float32]:
        """From frame `begin` to `end` of the programme."""
        samples = self._sound.read(begin - self.part.offset_frames, end - self.part.offset_frames)
        if not math.isfinite(float(samples.sum())):
            raise AudioFault(
                f"Âm thanh {self.part.source!r} của phần “{self.part.title}” có mẫu hỏng (không phải là số).",
                remedy="Xuất lại tệp từ phần mềm thu, hoặc thu lại.",
            )
        gain = self._level.gain(begin, end)
        return samples if isinstance(gain, np.float32) and gain == 1 else samples * gain
