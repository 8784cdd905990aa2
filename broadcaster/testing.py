"""Fakes shipped as product: they pass the same contract suites as the real things."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta


class ManualClock:
    """Time that moves only when told, or when something waits on it."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._elapsed = 0.0
        self._lock = threading.Lock()

    def now(self) -> datetime:
        with self._lock:
            return self._now

    def monotonic(self) -> float:
        with self._lock:
            return self._elapsed

    def advance(self, seconds: float) -> None:
        with self._lock:
            self._now += timedelta(seconds=seconds)
            self._elapsed += seconds

    def wait(self, seconds: float, *, until: threading.Event | None = None) -> bool:
        """Passes at once: the clock jumps on by `seconds`, unless `until` is set already."""
        if until is not None and until.is_set():
            return True
        self.advance(max(0.0, seconds))
        return False
