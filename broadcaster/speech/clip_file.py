"""A clip as a file of the cache: a header with format, rate and `Clip.sha256`, then the samples, without loss."""

from __future__ import annotations

import hashlib
import mmap
import re
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.clip import Clip

HEADER_BYTES = 96
"""A multiple of every sample's size, so that samples lie aligned in a mapped file."""
MAPPED_BYTES = 4_000_000
"""Larger files are mapped, not read: an hour of speech is 600 MB."""
_HEADER = re.compile(rb"clip (<i2|<f4) (\d+) ([0-9a-f]{64}) *\n")
_FULL_SCALE = np.float32(32_768)


def write(clip: Clip, path: Path) -> None:
    """Sixteen bits a sample where they hold the sound to the last bit (as engines give it), else float32."""
    exact = clip.samples.astype("<f4", copy=False)
    short = np.clip(clip.samples * _FULL_SCALE, -_FULL_SCALE, _FULL_SCALE - 1).astype("<i2")
    if _sounding(short).tobytes() == exact.tobytes():
        path.write_bytes(_header("<i2", clip.sample_rate, clip.sha256) + short.tobytes())
    else:
        path.write_bytes(_header("<f4", clip.sample_rate, clip.sha256) + exact.tobytes())


def write_blocks(blocks: Iterable[NDArray[np.float32]], path: Path, *, sample_rate: int) -> None:
    """The same for sound that comes block by block and is never whole in memory."""
    digest = hashlib.sha256(str(sample_rate).encode())
    with path.open("wb") as file:
        file.write(bytes(HEADER_BYTES))
        for block in blocks:
            data = block.astype("<f4", copy=False).tobytes()
            digest.update(data)
            file.write(data)
        file.seek(0)
        file.write(_header("<f4", sample_rate, digest.hexdigest()))


def read(path: Path) -> Clip | None:
    """None where it is not what was written; a large one stays on the disk. Raises `OSError`."""
    with path.open("rb") as file:
        head = _HEADER.fullmatch(file.read(HEADER_BYTES))
        if head is None:
            return None
        size = path.stat().st_size
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size > MAPPED_BYTES else _whole(file.read())
    kind, rate, sha256 = (group.decode() for group in head.groups())
    body = memoryview(data)[HEADER_BYTES:]
    if len(body) % np.dtype(kind).itemsize:
        return None
    samples = np.frombuffer(body, kind)
    clip = Clip(samples=_sounding(samples) if kind == "<i2" else samples, sample_rate=int(rate))
    return clip if clip.frames and clip.sha256 == sha256 else None


def _whole(rest: bytes) -> bytes:
    """With the header's room before it, as in a mapped file."""
    return bytes(HEADER_BYTES) + rest


def sha256_in_header(path: Path) -> str | None:
    """What `Clip.sha256` was, unproved; None where there is no such file or it is torn."""
    try:
        with path.open("rb") as file:
            head = _HEADER.fullmatch(file.read(HEADER_BYTES))
    except FileNotFoundError:
        return None
    return head[3].decode() if head else None


def _header(kind: str, sample_rate: int, sha256: str) -> bytes:
    return f"clip {kind} {sample_rate} {sha256}".encode().ljust(HEADER_BYTES - 1) + b"\n"


def _sounding(short: NDArray[np.int16]) -> NDArray[np.float32]:
    return short.astype(np.float32) / _FULL_SCALE
