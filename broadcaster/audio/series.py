"""What is measured of a sound as it passes: rows that come a few at a time, in memory or, of hours, on the disk."""

from __future__ import annotations

import weakref
from tempfile import SpooledTemporaryFile
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

_HELD_BYTES = 1 << 18
"""What is more goes to a file: loudness and outline of five hours were 2.7 MB, and left 4 MB of holes as they grew."""

Number = TypeVar("Number", bound=np.generic)


class Series(Generic[Number]):
    """Rows of one shape and kind, in order."""

    def __init__(self, like: NDArray[Number]) -> None:
        """`like` is an array of no rows, of the shape and kind that the others have."""
        self._like: NDArray[Number] = like
        self._held = SpooledTemporaryFile(max_size=_HELD_BYTES)  # noqa: SIM115 - closed with this
        weakref.finalize(self, self._held.close)

    def add(self, rows: NDArray[Number]) -> None:
        """Put them behind the others. Raises `OSError` where the temporary folder has no room."""
        self._held.write(rows.tobytes())

    def rows(self) -> NDArray[Number]:
        """All so far."""
        self._held.seek(0)
        return np.frombuffer(self._held.read(), dtype=self._like.dtype).reshape(-1, *self._like.shape[1:])
