"""An .mp3 that grows as its frames come, and can be heard to its last second whatever ends it."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.ffmpeg import Ffmpeg
from broadcaster.errors import AudioFault, BroadcasterError, DiskFull

_HEAD_BYTES = 4096
_MPEG1_RATE = 32_000
"""Hz: from here on a packet has 1152 frames, below it 576."""


class Mp3Writer:
    """Mono int16 frames → `path`, through one ffmpeg.

    VBR quality 4 (about 75 kbit/s) keeps the level, where LAME's constant rates up to 128k take 0.2–0.45 dB away.
    Every packet is written at once, so a process that is killed leaves all but the last tenths of a second; ffmpeg,
    which lives a moment longer, then even writes the header that makes the length exact.
    """

    def __init__(self, path: Path, *, sample_rate: int) -> None:
        self._path = path
        self._sample_rate = sample_rate
        self._frames = 0
        self._failed: BroadcasterError | None = None
        self._closing = contextlib.ExitStack()
        source = ["-v", "error", "-f", "s16le", "-ar", str(sample_rate), "-ac", "1", "-i", "pipe:0"]
        target = ["-c:a", "libmp3lame", "-q:a", "4", "-flush_packets", "1", "-f", "mp3", "-y", str(path)]
        self._ffmpeg = self._closing.enter_context(Ffmpeg([*source, *target], about=path.name, feed=True))

    def write(self, block: NDArray[np.int16]) -> None:
        """Raises `DiskFull` or `AudioFault`; what stands in the file by then stays."""
        try:
            self._ffmpeg.write(block.astype("<i2", copy=False).tobytes())
            self._ffmpeg.feed.flush()
        except BrokenPipeError:
            self._failed = self._end()
        except BroadcasterError as error:
            self._failed = error
        if self._failed is not None:
            raise self._failed
        self._frames += len(block)

    def close(self) -> int:
        """End the file; gives the frames that it plays: all that were written, or what stands in it after a failure."""
        error = self._failed or self._end()
        self._closing.close()
        if error is not None:
            return min(self._frames, playable_frames(self._path))
        if self._frames:
            state_length(self._path, frames=self._frames, sample_rate=self._sample_rate)
        return self._frames

    @property
    def failed(self) -> BroadcasterError | None:
        """What ended it early: `DiskFull` or `AudioFault`."""
        return self._failed

    def _end(self) -> BroadcasterError | None:
        try:
            self._ffmpeg.finish()
        except (AudioFault, DiskFull) as error:
            self._failed = error
        return self._failed


def state_length(path: Path, *, frames: int, sample_rate: int) -> None:
    """Write into the LAME header of an .mp3 how many frames it plays, and put it on the disk.

    ffmpeg 9 states at most 1,681 frames of padding, so lengths of 1–46 frames more than whole packets decode up to 46
    frames too long (measured with ffmpeg and libsndfile). It leaves the header's own checksum wrong; so do we.
    """
    with path.open("rb+") as file:
        head = file.read(_HEAD_BYTES)
        tag = max(head.find(b"Xing"), head.find(b"Info"))
        if tag >= 0:
            packets = int.from_bytes(head[tag + 8 : tag + 12])
            delay = int.from_bytes(head[tag + 141 : tag + 143]) >> 4
            padding = packets * (1152 if sample_rate >= _MPEG1_RATE else 576) - delay - frames
            file.seek(tag + 141)
            file.write((delay << 12 | padding).to_bytes(3))
        file.flush()
        os.fsync(file.fileno())


def playable_frames(path: Path) -> int:
    """Frames that a player hears from a file, however it ends; 0 where it hears none."""
    arguments = ["-v", "error", "-i", str(path), "-ac", "1", "-f", "s16le", "pipe:1"]
    count = 0
    with Ffmpeg(arguments, about=path.name, tap=True) as ffmpeg:
        while data := ffmpeg.tap.read(1 << 16):
            count += len(data)
    return count // 2
