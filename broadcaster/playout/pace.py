"""The pace of the ear, for outputs without a device that would set it, and blocks cut small enough to keep it."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from broadcaster.clock import Clock

LEAD_S = 0.5
"""Seconds of sound that may be ahead of the ear: what a stop can lose."""
AT_ONCE_S = 0.3
"""Seconds of sound that an open output takes without waiting: what hundreds of programmes are started with together."""
_ROUNDING_FRAMES = 1e-3
"""Float seconds times the sample rate stay well within this of the whole frame that is meant."""


class Pace:
    """Frames leave one after another at the sample rate, the first as soon as it is handed over."""

    def __init__(self, clock: Clock, *, sample_rate: int) -> None:
        self._clock = clock
        self._sample_rate = sample_rate
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._taken = 0
        self._silent_at = 0.0
        self._started_at: datetime | None = None
        self._ended_at: datetime | None = None
        self._underruns = 0

    def take(self, frames: int) -> None:
        """`frames` more are to leave: after those before them, or now where nothing is left to sound."""
        with self._lock:
            now = self._clock.monotonic()
            if self._started_at is None:
                self._started_at = self._clock.now()
            elif self._pending(now) == 0 and now - self._silent_at > _ROUNDING_FRAMES:
                self._underruns += 1
            self._silent_at = max(now, self._silent_at) + frames / self._sample_rate
            self._taken += frames

    def wait_for_room(self, frames: int) -> bool:
        """Wait until `frames` more would not be too far ahead; False once it is closed."""
        excess = self._ahead_s() + frames / self._sample_rate - LEAD_S
        return not (self._clock.wait(excess, until=self._closed) if excess > 0 else self._closed.is_set())

    def wait_until_left(self) -> None:
        """Wait until all has left, or it is closed."""
        while (rest := self._ahead_s()) > 0 and not self._clock.wait(rest, until=self._closed):
            continue

    @property
    def left(self) -> int:
        """Frames that have left."""
        with self._lock:
            return self._taken - self._pending(self._clock.monotonic())

    @property
    def started_at(self) -> datetime | None:
        return self._started_at

    @property
    def ended_at(self) -> datetime | None:
        return self._ended_at

    @property
    def underruns(self) -> int:
        return self._underruns

    def close(self) -> None:
        """What has not left by now never will; may be called twice."""
        with self._lock:
            if self._closed.is_set():
                return
            self._closed.set()
            if self._started_at is None:
                return
            now = self._clock.monotonic()
            self._taken -= self._pending(now)
            self._ended_at = self._clock.now() - timedelta(seconds=max(0.0, now - self._silent_at))
            self._silent_at = min(self._silent_at, now)

    def _ahead_s(self) -> float:
        with self._lock:
            return 0.0 if self._closed.is_set() else self._silent_at - self._clock.monotonic()

    def _pending(self, now: float) -> int:
        frames = math.ceil((self._silent_at - now) * self._sample_rate - _ROUNDING_FRAMES)
        return min(max(0, frames), self._taken)


def pieces(block: NDArray[np.int16], *, sample_rate: int) -> Iterator[NDArray[np.int16]]:
    """`block` in pieces of at most a tenth of a second; it must be mono int16."""
    mono(block)
    step = max(1, sample_rate // 10)
    for start in range(0, len(block), step):
        yield block[start : start + step]


def mono(block: NDArray[np.int16]) -> NDArray[np.int16]:
    """The block itself. Raises `ValueError` for anything but mono int16."""
    if block.dtype != np.int16 or block.ndim != 1:
        raise ValueError(f"an output takes mono int16 frames, not {block.dtype} of shape {block.shape}")
    return block


class PacedStream:
    """What streams without a device of their own tell of themselves: what their pace knows."""

    _pace: Pace

    @property
    def played_frames(self) -> int:
        return self._pace.left

    @property
    def started_at(self) -> datetime | None:
        return self._pace.started_at

    @property
    def ended_at(self) -> datetime | None:
        return self._pace.ended_at

    @property
    def underruns(self) -> int:
        return self._pace.underruns

    def finish(self) -> str | None:
        """Waits until the last frame has left."""
        self._pace.wait_until_left()
        return self.abort()

    def abort(self) -> str | None:
        self._pace.close()
        return None
