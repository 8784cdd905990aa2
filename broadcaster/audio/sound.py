"""Sound that is read piece by piece, wherever it lies: in memory, in a file, or in a decoder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

import numpy as np
import soxr  # type: ignore[import-untyped]
from numpy.typing import NDArray

from broadcaster.audio.clip import Clip
from broadcaster.audio.resample import resample
from broadcaster.errors import AudioFault

_FULL_SCALE = np.float32(32_767)
_BLOCK_FRAMES = 65_536


class Sound(Protocol):
    """Mono sound of `frames` frames at `sample_rate` Hz; a `Clip` is one."""

    @property
    def sample_rate(self) -> int: ...

    @property
    def frames(self) -> int: ...

    def read(self, first: int, last: int) -> NDArray[np.float32]:
        """Frames `first` up to, not with, `last`; full scale ±1. Whoever reads on in order reads cheaply."""
        ...


def sixteen_bits(samples: NDArray[np.float32]) -> NDArray[np.int16]:
    """Little-endian, rounded; what is over full scale stays at full scale."""
    scaled = np.rint(np.clip(samples, -1.0, 1.0) * _FULL_SCALE)
    return np.asarray(scaled, dtype="<i2")


class SequentialSound:
    """Sound that only comes in order, as from a decoder; `begin` starts it, again whenever somebody reads backwards.

    Raises `AudioFault` when it ends before the `frames` that it was said to have: a header may lie.
    """

    def __init__(
        self, begin: Callable[[], Iterator[NDArray[np.float32]]], *, about: str, sample_rate: int, frames: int
    ) -> None:
        self.sample_rate = sample_rate
        self.frames = frames
        self._begin = begin
        self._about = about
        self._blocks: Iterator[NDArray[np.float32]] = iter(())
        self._held = np.zeros(0, dtype=np.float32)
        self._at = frames + 1
        """The frame that `_held` begins with."""

    def read(self, first: int, last: int) -> NDArray[np.float32]:
        if first < self._at:
            self._blocks, self._at, self._held = self._begin(), 0, np.zeros(0, dtype=np.float32)
        self._skip_to(first)
        pieces = [self._held]
        have = len(self._held)
        while have < last - first:
            pieces.append(self._next())
            have += len(pieces[-1])
        self._held = np.concatenate(pieces)
        return self._held[: last - first]

    def _skip_to(self, first: int) -> None:
        while self._at + len(self._held) < first:
            self._at += len(self._held)
            self._held = self._next()
        self._held, self._at = self._held[first - self._at :], first

    def _next(self) -> NDArray[np.float32]:
        block = next(self._blocks, None)
        if block is None:
            raise AudioFault(
                f"{self._about} ngắn hơn độ dài đã ghi trong tệp.", remedy="Chép lại tệp gốc, hoặc thu lại."
            )
        return block


def at_rate(sound: Sound, sample_rate: int, *, about: str = "") -> Sound:
    """The same sound at `sample_rate`: a clip at once, anything longer as it is read; both by soxr HQ."""
    if sound.sample_rate == sample_rate:
        return sound
    if isinstance(sound, Clip):
        return resample(sound, sample_rate)
    frames = round(sound.frames * sample_rate / sound.sample_rate)
    return SequentialSound(
        lambda: _resampled(sound, sample_rate, frames), about=about, sample_rate=sample_rate, frames=frames
    )


def _resampled(sound: Sound, sample_rate: int, frames: int) -> Iterator[NDArray[np.float32]]:
    stream = soxr.ResampleStream(sound.sample_rate, sample_rate, 1, dtype="float32", quality="HQ")
    left = frames
    for first in range(0, sound.frames, _BLOCK_FRAMES):
        last = min(first + _BLOCK_FRAMES, sound.frames)
        block = np.asarray(stream.resample_chunk(sound.read(first, last), last=last == sound.frames), dtype=np.float32)
        left -= len(block)
        yield block
    yield np.zeros(max(left, 0), dtype=np.float32)


def _held(sound: Sound) -> Clip:
    return Clip(samples=sound.read(0, sound.frames), sample_rate=sound.sample_rate)


class LoopedSound:
    """A music bed as long as it is needed: one that was made to loop goes round as it is, any other one crosses over
    from its end into its beginning, so that no seam clicks.
    """

    _CROSSING_S = 1.0
    _LOOKED_AT = 2000
    _HELD_S = 60.0

    def __init__(self, sound: Sound) -> None:
        self.sample_rate = sound.sample_rate
        self._sound: Sound = _held(sound) if sound.frames <= self._HELD_S * sound.sample_rate else sound
        self._crossing = (
            0 if self._made_to_loop() else min(round(self._CROSSING_S * sound.sample_rate), sound.frames // 4)
        )
        self._period = sound.frames - self._crossing
        phase = np.linspace(0.0, np.pi / 2, self._crossing, endpoint=False, dtype=np.float32)
        self._rise, self._fall = np.sin(phase), np.cos(phase)

    def _made_to_loop(self) -> bool:
        """Whether the step from the last frame to the first is no greater than those beside it."""
        some = min(self._LOOKED_AT, self._sound.frames // 2)
        head, tail = self._sound.read(0, some), self._sound.read(self._sound.frames - some, self._sound.frames)
        steps = np.abs(np.diff(np.concatenate((tail, head))))
        return bool(some and steps[some - 1] <= np.delete(steps, some - 1).max(initial=0.0))

    def read(self, first: int, last: int) -> NDArray[np.float32]:
        pieces = []
        while first < last:
            turn, begin = divmod(first, self._period)
            end = min(begin + last - first, self._period)
            pieces.append(self._piece(begin, end, again=turn > 0))
            first += end - begin
        return pieces[0] if len(pieces) == 1 else np.concatenate((np.zeros(0, dtype=np.float32), *pieces))

    def _piece(self, begin: int, end: int, *, again: bool) -> NDArray[np.float32]:
        """From `begin` to `end` of one period; every period but the first begins under the last one's tail."""
        samples = self._sound.read(begin, end)
        both = min(end, self._crossing)
        if not again or begin >= both:
            return samples
        tail = self._sound.read(self._period + begin, self._period + both)
        crossed = samples.copy()
        crossed[: both - begin] = samples[: both - begin] * self._rise[begin:both] + tail * self._fall[begin:both]
        return crossed
