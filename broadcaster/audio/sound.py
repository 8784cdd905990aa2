"""Sound that is read piece by piece, wherever it lies: in memory, in a file, or in a decoder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import numpy as np
import soxr  # type: ignore[import-untyped]
from numpy.typing import NDArray

from broadcaster.audio.atomic import replacing
from broadcaster.audio.clip import Clip
from broadcaster.audio.resample import resample
from broadcaster.errors import AudioFault

_FULL_SCALE = np.float32(32_767)
_HEADER_BYTES = 44
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


class StoredSound:
    """A levelled clip in a .wav of 16 bits, read where it is needed and never held: what a cache of clips gives.

    Nothing stays open or mapped between two readings, so thousands of them cost nothing.
    """

    def __init__(self, path: Path, *, sample_rate: int, frames: int) -> None:
        self.path = path
        self.sample_rate = sample_rate
        self.frames = frames

    def read(self, first: int, last: int) -> NDArray[np.float32]:
        try:
            samples = np.fromfile(self.path, dtype="<i2", count=last - first, offset=_HEADER_BYTES + 2 * first)
        except OSError as error:
            raise AudioFault(
                f"Không đọc được {self.path}: {error.strerror}.", remedy="Chạy lại: broadcaster render"
            ) from error
        if len(samples) != last - first:
            raise AudioFault(f"Tệp âm thanh {self.path} bị cắt cụt.", remedy="Xóa tệp này rồi chạy: broadcaster render")
        return np.asarray(samples * np.float32(1 / _FULL_SCALE), dtype=np.float32)


def stored(path: Path) -> StoredSound | None:
    """The sound that `store` has written to `path`; None where there is none, or another file."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEADER_BYTES)
    except FileNotFoundError:
        return None
    size = path.stat().st_size - _HEADER_BYTES
    rate = int.from_bytes(head[24:28], "little")
    if size <= 0 or rate <= 0 or head != _header(rate, size // 2):
        return None
    return StoredSound(path, sample_rate=rate, frames=size // 2)


def store(sound: Sound, path: Path) -> StoredSound:
    """Write it as a .wav of 16 bits, whole or not at all. Raises `DiskFull`, `AudioFault`."""
    with replacing(path) as draft, draft.open("wb") as file:
        file.write(_header(sound.sample_rate, sound.frames))
        for first in range(0, sound.frames, _BLOCK_FRAMES):
            file.write(sixteen_bits(sound.read(first, min(first + _BLOCK_FRAMES, sound.frames))).tobytes())
    return StoredSound(path, sample_rate=sound.sample_rate, frames=sound.frames)


def sixteen_bits(samples: NDArray[np.float32]) -> NDArray[np.int16]:
    """Little-endian, rounded; what is over full scale stays at full scale."""
    scaled = np.rint(np.clip(samples, -1.0, 1.0) * _FULL_SCALE)
    return np.asarray(scaled, dtype="<i2")


def _header(sample_rate: int, frames: int) -> bytes:
    """RIFF, one `fmt ` chunk (PCM, mono, 16 bits), one `data` chunk."""
    size = 2 * frames
    words = (1 | 1 << 16, sample_rate, 2 * sample_rate, 2 | 16 << 16)
    form = b"".join(word.to_bytes(4, "little") for word in (16, *words))
    return b"RIFF" + (36 + size).to_bytes(4, "little") + b"WAVEfmt " + form + b"data" + size.to_bytes(4, "little")


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
        return np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.float32)

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
