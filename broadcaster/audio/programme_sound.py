"""A finished programme's sound, decoded in this process: hundreds can be made ready together.

ffmpeg in a process of its own (`audio.stream`) takes 22 ms of CPU and 7 MB for each, miniaudio 0.1 ms and 0.1 MB, and
gives the same frames (equal in number, 1 of 32,768 apart). It plays what our own mixer made and the station has just
compared with its digest; recordings and relay sources, which come from strangers, stay with ffmpeg.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import miniaudio  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray

from broadcaster.errors import AudioFault

Block = NDArray[np.int16]
KEPT_BLOCKS = 30
"""Blocks that `SharedSound` keeps for readers that are a little behind: 3 s of tenths of a second, 265 kB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """How a file is to be decoded: mono at `sample_rate`, into blocks of `block_frames`, the last one shorter."""

    path: Path
    sample_rate: int
    block_frames: int


class ProgrammeSound(Iterator[Block]):
    """Mono int16 blocks from the one numbered `first` on. Close it."""

    def __init__(self, cut: Cut, *, first: int = 0) -> None:
        """Raises `AudioFault` where there is no such file, or none that can be decoded."""
        self._path = cut.path
        try:
            self._blocks = miniaudio.stream_file(
                str(cut.path.absolute()),
                output_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=cut.sample_rate,
                frames_to_read=cut.block_frames,
                seek_frame=first * cut.block_frames,
            )
        except (FileNotFoundError, miniaudio.MiniaudioError) as error:
            raise self._unreadable() from error

    def __next__(self) -> Block:
        try:
            return np.frombuffer(next(self._blocks), dtype=np.int16)
        except miniaudio.MiniaudioError as error:
            raise self._unreadable() from error

    def close(self) -> None:
        """Let go of the file; may be called twice."""
        self._blocks.close()

    def _unreadable(self) -> AudioFault:
        return AudioFault(f"Không đọc được tệp âm thanh {self._path}.", remedy="Chạy: broadcaster render")


class SharedSound:
    """One programme for all that air it at the same time: a commune's clusters, or many communes; decoded once."""

    def __init__(self, cut: Cut) -> None:
        """Raises `AudioFault` as `ProgrammeSound` does."""
        self.cut = cut
        self._sound = ProgrammeSound(cut)
        self._kept: deque[Block] = deque(maxlen=KEPT_BLOCKS)
        self._decoded = 0
        self._fault: AudioFault | None = None
        self._lock = threading.Lock()

    def reader(self) -> SharedReader:
        """Everything from the first block on, whenever it comes."""
        return SharedReader(self)

    def block(self, number: int) -> Block | None:
        """None where it is no longer kept. Raises `StopIteration` after the last one, `AudioFault` for a broken one."""
        with self._lock:
            while number >= self._decoded:
                self._decode()
            place = number - self._decoded
            return self._kept[place] if -place <= len(self._kept) else None

    def _decode(self) -> None:
        if self._fault is not None:
            raise self._fault
        try:
            self._kept.append(next(self._sound))
        except AudioFault as fault:
            self._fault = fault
            raise
        self._decoded += 1


class SharedReader(Iterator[Block]):
    """One airing's way through a shared sound. One that falls behind the others goes on with a decoder of its own."""

    def __init__(self, shared: SharedSound) -> None:
        self._shared: SharedSound | None = shared
        self._cut = shared.cut
        self._own: ProgrammeSound | None = None
        self._number = 0

    def __next__(self) -> Block:
        if self._own is None:
            block = self._shared_block()
            if block is not None:
                self._number += 1
                return block
            self._own = ProgrammeSound(self._cut, first=self._number)
        return next(self._own)

    def _shared_block(self) -> Block | None:
        if self._shared is None:
            raise StopIteration
        return self._shared.block(self._number)

    def close(self) -> None:
        """Nothing more comes; the file is let go of with the last reader. May be called twice."""
        self._shared = None
        if self._own is not None:
            self._own.close()
