"""Sounds as files of the cache: a header with format, rate and hash, then the samples."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.clip import Clip
from broadcaster.audio.sound import sixteen_bits
from broadcaster.errors import AudioFault

HEADER_BYTES = 96
_HEADER = re.compile(rb"clip (<i2|<f4|pcm) (\d+) ([0-9a-f]{64}) *\n")
_FULL_SCALE = np.float32(32_768)
_PCM_FULL_SCALE = np.float32(32_767)
_HASHED_BYTES = 1 << 20


class KeptSound:
    """A sound of 16 bits that stays in its file and is read where it is wanted: an hour of speech is 320 MB.

    The file is not held open between two readings: a cache has thousands.
    """

    def __init__(self, path: Path, *, sample_rate: int, frames: int) -> None:
        self.path = path
        self.sample_rate = sample_rate
        self.frames = frames

    def read(self, first: int, last: int) -> NDArray[np.float32]:
        """Raises `AudioFault` where the file was taken away or cut meanwhile."""
        try:
            samples = np.fromfile(self.path, "<i2", count=last - first, offset=HEADER_BYTES + 2 * first)
        except FileNotFoundError:
            samples = np.zeros(0, "<i2")
        if len(samples) != last - first:
            raise AudioFault(f"Tiếng đã cất trong {self.path} vừa bị xóa.", remedy="Chạy lại: broadcaster render")
        return np.asarray(samples / _PCM_FULL_SCALE, dtype=np.float32)


def write(clip: Clip, path: Path) -> None:
    """Without loss: sixteen bits a sample where they hold the sound (as engines give it), else float32."""
    exact = clip.samples.astype("<f4", copy=False)
    short = np.clip(clip.samples * _FULL_SCALE, -_FULL_SCALE, _FULL_SCALE - 1).astype("<i2")
    if _sounding(short).tobytes() == exact.tobytes():
        path.write_bytes(_header("<i2", clip.sample_rate, clip.sha256) + short.tobytes())
    else:
        path.write_bytes(_header("<f4", clip.sample_rate, clip.sha256) + exact.tobytes())


def read(path: Path) -> Clip | None:
    """None where it is not what was written. Raises `OSError`."""
    data = path.read_bytes()
    head = _HEADER.fullmatch(data[:HEADER_BYTES])
    if head is None:
        return None
    kind, rate, sha256 = (group.decode() for group in head.groups())
    body = data[HEADER_BYTES:]
    if kind == "pcm" or len(body) % np.dtype(kind).itemsize:
        return None
    samples = np.frombuffer(body, kind)
    clip = Clip(samples=_sounding(samples) if kind == "<i2" else samples, sample_rate=int(rate))
    return clip if clip.frames and clip.sha256 == sha256 else None


def write_blocks(blocks: Iterable[NDArray[np.float32]], path: Path, *, sample_rate: int) -> None:
    """Sound that comes block by block and is never whole in memory, rounded to 16 bits."""
    digest = hashlib.sha256()
    with path.open("wb") as file:
        file.write(bytes(HEADER_BYTES))
        for block in blocks:
            data = sixteen_bits(block).tobytes()
            digest.update(data)
            file.write(data)
        file.seek(0)
        file.write(_header("pcm", sample_rate, digest.hexdigest()))


def read_kept(path: Path) -> KeptSound | None:
    """What `write_blocks` wrote; None where it is something else. Raises `OSError`."""
    with path.open("rb") as file:
        head = _HEADER.fullmatch(file.read(HEADER_BYTES))
        if head is None or head[1] != b"pcm":
            return None
        digest = hashlib.sha256()
        while block := file.read(_HASHED_BYTES):
            digest.update(block)
        size = file.tell() - HEADER_BYTES
    if not size or size % 2 or digest.hexdigest() != head[3].decode():
        return None
    return KeptSound(path, sample_rate=int(head[2]), frames=size // 2)


def is_there(path: Path) -> bool:
    """By its header alone."""
    try:
        with path.open("rb") as file:
            return _HEADER.fullmatch(file.read(HEADER_BYTES)) is not None
    except FileNotFoundError:
        return False


def _header(kind: str, sample_rate: int, sha256: str) -> bytes:
    return f"clip {kind} {sample_rate} {sha256}".encode().ljust(HEADER_BYTES - 1) + b"\n"


def _sounding(short: NDArray[np.int16]) -> NDArray[np.float32]:
    return short.astype(np.float32) / _FULL_SCALE
