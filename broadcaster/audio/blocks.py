"""A sound file decoded block by block at its own rate, with all its channels, in constant memory."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.container import KNOWN, Container, recognise
from broadcaster.audio.ffmpeg import Ffmpeg, file_url
from broadcaster.audio.ogg import walk
from broadcaster.errors import AudioFault

_HEAD_BYTES = 4096
_AU_HEADER = struct.Struct(">4s5I")
"""Magic, where the samples begin, their size in bytes, encoding, sample rate, channels."""
_CLAIM = re.compile(r"Duration: (\d+):(\d\d):(\d\d\.\d+)")
_GUESS = "Estimating duration from bitrate"
_UNREADABLE = re.compile(r"Error submitting packet|Decoding error|Invalid PCM packet")
_EIGHT_BITS = re.compile(r"Audio: pcm_[us]8\b")
_NO_SOUND = "Error opening output"
"""ffmpeg's last words where the file has no sound to take; a damaged one fails at its input."""


class SoundBlocks:
    """Float32 blocks of shape (frames, channels), full scale ±1, all but the last as long as was asked.

    To be used in a `with` block. What its header claims is known when the last block was read. Raises `AudioFault`,
    naming the file, where it is missing, empty, no sound file, damaged, or without a single sample.
    """

    def __init__(self, path: Path, *, longest_s: float | None = None) -> None:
        self._path = path
        self._said = ""
        container = self._container = container_of(path)
        self._pages = walk(path) if container.format == "ogg" else None
        source = ["-f", container.format, *(("-c:a", container.codec) if container.codec else ()), "-i", file_url(path)]
        length = [] if longest_s is None else ["-t", str(longest_s)]
        target = ["-map", "0:a:0", *length, "-c:a", "pcm_f32be", "-f", "au", "pipe:1"]
        self._process = Ffmpeg(["-v", "info", *source, *target], about=str(path), tap=True)
        try:
            self.sample_rate, self.channels = self._header()
        except BaseException:
            self._process.__exit__(None, None, None)
            raise

    def read(self, frames: int) -> Iterator[NDArray[np.float32]]:
        """All blocks of `frames` frames in their order."""
        width = 4 * self.channels
        nothing = True
        while data := self._process.tap.read(frames * width):
            whole = len(data) // width * width
            if whole:
                nothing = False
                yield np.frombuffer(data[:whole], dtype=">f4").astype(np.float32).reshape(-1, self.channels)
        self._said = self._finish()
        if nothing:
            raise AudioFault(f"Tệp âm thanh {self._path} không có tiếng nào.", remedy="Chép lại tệp gốc.")

    @property
    def claimed_s(self) -> float | None:
        """Seconds that the file's header tells; None where it tells nothing, or not of the sound itself."""
        claim = _CLAIM.search(self._said)
        if claim is None or _GUESS in self._said:
            return self._container.claimed_s
        hours, minutes, seconds = claim.groups()
        return int(hours) * 3600 + int(minutes) * 60 + float(seconds)

    @property
    def unreadable(self) -> int:
        """Places that could not be decoded and were left out."""
        return len(_UNREADABLE.findall(self._said)) + (self._pages.altered if self._pages else 0)

    @property
    def is_cut(self) -> bool:
        """Whether the file ends in the middle of a piece, where its head claims no length that would tell."""
        return self._pages is not None and self._pages.is_cut

    @property
    def has_eight_bits(self) -> bool:
        """Whether it was sampled with eight bits, which hiss."""
        return _EIGHT_BITS.search(self._said) is not None

    def _header(self) -> tuple[int, int]:
        head = self._process.tap.read(_AU_HEADER.size)
        if len(head) < _AU_HEADER.size:
            self._finish()
            raise damaged(self._path)
        _, begin, _, _, sample_rate, channels = _AU_HEADER.unpack(head)
        self._process.tap.read(begin - _AU_HEADER.size)
        return sample_rate, channels

    def _finish(self) -> str:
        try:
            return self._process.finish()
        except AudioFault as error:
            if _NO_SOUND in error.message:
                raise AudioFault(
                    f"{self._path} không có tiếng, chỉ có hình.", remedy="Chọn tệp thu tiếng, hoặc quay lại có tiếng."
                ) from error
            raise damaged(self._path) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.__exit__(kind, error, trace)


def container_of(path: Path) -> Container:
    """What the file is by its first bytes. Raises `AudioFault` where it is missing, empty, or no sound file."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except FileNotFoundError as error:
        raise AudioFault(f"Không có tệp âm thanh {path}.", remedy="Chép tệp vào đúng chỗ, hoặc sửa lại tên.") from error
    except OSError as error:
        raise AudioFault(f"Không đọc được {path}: {error.strerror}.", remedy="Kiểm tra quyền đọc của tệp.") from error
    if not head:
        raise AudioFault(f"Tệp âm thanh {path} rỗng (0 byte).", remedy="Chép lại tệp gốc.")
    container = recognise(head)
    if container is None:
        raise AudioFault(f"{path} không phải là tệp âm thanh.", remedy=f"Dùng một tệp thuộc các loại: {KNOWN}.")
    return container


def damaged(path: Path) -> AudioFault:
    """What is said of a file that begins as sound and is none."""
    return AudioFault(f"Tệp âm thanh {path} bị hỏng hoặc bị cắt cụt.", remedy="Chép lại tệp gốc, hoặc thu lại.")
