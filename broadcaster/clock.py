"""The one place that reads the time; everything else is given a `Clock` or an instant."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
"""The stations' zone: UTC+7 all year; explicit everywhere, whatever the machine runs on."""


class Clock(Protocol):
    """Wall time to plan by, monotonic time to wait by."""

    def now(self) -> datetime:
        """The wall time, aware, in Vietnam's zone."""
        ...

    def monotonic(self) -> float:
        """Seconds that never jump, from an arbitrary start."""
        ...

    def wait(self, seconds: float, *, until: threading.Event | None = None) -> bool:
        """Let `seconds` pass, less if `until` is set before; says whether it was."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC).astimezone(VIETNAM)

    def monotonic(self) -> float:
        return time.monotonic()

    def wait(self, seconds: float, *, until: threading.Event | None = None) -> bool:
        if until is not None:
            return until.wait(max(0.0, seconds))
        time.sleep(max(0.0, seconds))
        return False
