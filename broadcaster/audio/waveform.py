"""The outline of a sound for the web: lowest and highest value of each stretch, in audiowaveform's own format."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.atomic import replacing
from broadcaster.audio.series import Series
from broadcaster.errors import AudioFault

FRAMES_PER_POINT = 1152
"""38 points a second at 44.1 kHz, and as many frames as an MP3 packet has, so that outlines join where streams do."""

_HEADER = struct.Struct("<iIiiII")
"""audiowaveform's .dat, version 2: version, flags (1: 8 bits), rate, frames a point, points, channels."""
_VERSION, _EIGHT_BITS = 2, 1


class Outline:
    """Takes sound block by block, and keeps 77 bytes a second."""

    def __init__(self) -> None:
        self._waiting = np.zeros(0, dtype=np.float32)
        self._points = Series(np.zeros((0, 2), dtype=np.int8))

    def add(self, block: NDArray[np.float32]) -> None:
        """See the next frames."""
        seen = np.concatenate((self._waiting, block)) if len(self._waiting) else block
        whole = len(seen) // FRAMES_PER_POINT
        self._points.add(_points(seen[: whole * FRAMES_PER_POINT].reshape(whole, FRAMES_PER_POINT)))
        self._waiting = seen[whole * FRAMES_PER_POINT :].copy()

    def points(self) -> NDArray[np.int8]:
        """Shape (points, 2): lowest and highest of each stretch, the last one perhaps shorter; full scale ±127."""
        rest = _points(self._waiting[None, :] if len(self._waiting) else np.zeros((0, 1), dtype=np.float32))
        return np.concatenate((self._points.rows(), rest))


def _points(rows: NDArray[np.float32]) -> NDArray[np.int8]:
    both = np.stack((rows.min(axis=1), rows.max(axis=1)), axis=1) if len(rows) else np.zeros((0, 2))
    return np.asarray(np.rint(np.clip(both, -1.0, 1.0) * 127), dtype=np.int8)


def outline_path(programme: Path) -> Path:
    """Where a programme's outline lies: beside it."""
    return programme.with_name(f"{programme.name}.dat")


def write_outline(points: NDArray[np.int8], path: Path, *, sample_rate: int) -> None:
    """Raises `DiskFull` or `AudioFault`; an older outline stays until the new one is whole."""
    head = _HEADER.pack(_VERSION, _EIGHT_BITS, sample_rate, FRAMES_PER_POINT, len(points), 1)
    with replacing(path) as draft, draft.open("wb") as file:
        file.write(head)
        file.write(np.ascontiguousarray(points).data)


def read_outline(path: Path) -> NDArray[np.int8]:
    """Shape (points, 2). Raises `AudioFault` where there is no outline."""
    try:
        data = path.read_bytes()
        version, flags, _, _, count, channels = _HEADER.unpack_from(data)
    except (OSError, struct.error) as error:
        raise AudioFault(f"Không đọc được hình sóng {path.name}.", remedy="Chạy lại: broadcaster render") from error
    points = np.frombuffer(data, dtype=np.int8, offset=_HEADER.size)
    if (version, flags, channels, len(points)) != (_VERSION, _EIGHT_BITS, 1, 2 * count):
        raise AudioFault(f"Hình sóng {path.name} bị hỏng.", remedy="Chạy lại: broadcaster render")
    return points.reshape(count, 2)
