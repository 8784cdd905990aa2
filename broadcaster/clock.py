"""The one place that reads the time; everything else is given a `Clock` or an instant."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
"""The stations' zone: UTC+7 all year; explicit everywhere, whatever the machine runs on."""

_STA_UNSYNC = 0x0040
"""adjtimex(2): no NTP disciplines the clock; setting the time by hand sets it, too."""
_SYNCHRONISED_ONCE = Path("/run/systemd/timesync/synchronized")
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_CLOCK_CHIPS = Path("/sys/class/rtc")
_BOARD = Path("/proc/device-tree/model")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStanding:
    """What the machine itself says of its clock; None where it cannot tell."""

    synchronised: bool | None = None
    """Whether a time service keeps it right at this moment."""
    has_chip: bool | None = None
    """Whether it keeps the time while it is off. A single-board computer without one wakes up in the past."""
    boot: str | None = None
    """Another one after every start of the machine: steady times of two boots do not compare."""


class Clock(Protocol):
    """Wall time to plan by, monotonic time to wait by."""

    def now(self) -> datetime:
        """The wall time, aware, in Vietnam's zone."""
        ...

    def monotonic(self) -> float:
        """Seconds that never jump, from an arbitrary start; they pass while the machine sleeps, too."""
        ...

    def wait(self, seconds: float, *, until: threading.Event | None = None) -> bool:
        """Let `seconds` pass, less if `until` is set before; says whether it was."""
        ...

    def standing(self) -> ClockStanding:
        """How far the wall time may be believed, by the machine's own word."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC).astimezone(VIETNAM)

    if sys.platform == "linux":

        def monotonic(self) -> float:
            return time.clock_gettime(time.CLOCK_BOOTTIME)

    else:

        def monotonic(self) -> float:
            return time.monotonic()

    def wait(self, seconds: float, *, until: threading.Event | None = None) -> bool:
        if until is not None:
            return until.wait(max(0.0, seconds))
        time.sleep(max(0.0, seconds))
        return False

    def standing(self) -> ClockStanding:
        if sys.platform != "linux":
            return ClockStanding()
        boot = _BOOT_ID.read_text(encoding="ascii").strip() if _BOOT_ID.exists() else None
        return ClockStanding(synchronised=_synchronised(), has_chip=_has_chip(), boot=boot)


class SimulatedClock:
    """Time that goes on only when told, or when something waits on it: a year passes in seconds."""

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
        """Both times pass."""
        with self._lock:
            self._now += timedelta(seconds=seconds)
            self._elapsed += seconds

    def go_on_to(self, at: datetime) -> None:
        """Let the time pass until then; never backwards."""
        self.advance(max(0.0, (at - self.now()).total_seconds()))

    def wait(self, seconds: float, *, until: threading.Event | None = None) -> bool:
        """Passes at once: the clock moves on by `seconds`, unless `until` is set already."""
        if until is not None and until.is_set():
            return True
        self.advance(max(0.0, seconds))
        return False

    def standing(self) -> ClockStanding:
        return ClockStanding()


class SteadyClock:
    """One reading of a clock's wall time, carried on by its monotonic time: what is on the air ends by it.

    Somebody who sets the machine's clock meanwhile neither cuts a programme nor draws it out.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._wall, self._since = clock.now(), clock.monotonic()

    def now(self) -> datetime:
        return self._wall + timedelta(seconds=self._clock.monotonic() - self._since)

    def monotonic(self) -> float:
        return self._clock.monotonic()

    def wait(self, seconds: float, *, until: threading.Event | None = None) -> bool:
        return self._clock.wait(seconds, until=until)

    def standing(self) -> ClockStanding:
        return self._clock.standing()


def _has_chip() -> bool | None:
    """Containers and virtual machines often show none, yet have their host's time: only a bare board says no."""
    if any(_CLOCK_CHIPS.glob("rtc*")):
        return True
    return False if _BOARD.exists() else None


def _synchronised() -> bool | None:
    """By adjtimex(2), which needs no privilege; where a container forbids it, by what systemd-timesyncd left."""
    status = _adjtimex()()
    if status is not None:
        return not status & _STA_UNSYNC
    return True if _SYNCHRONISED_ONCE.exists() else None


@cache
def _adjtimex() -> Callable[[], int | None]:
    """Gives `timex.status`, or None where the kernel may not be asked."""
    import ctypes

    class Timex(ctypes.Structure):
        """The head of `struct timex`, and room for the rest of it."""

        _fields_ = (
            ("modes", ctypes.c_uint),
            *((name, ctypes.c_long) for name in ("offset", "freq", "maxerror", "esterror")),
            ("status", ctypes.c_int),
            ("rest", ctypes.c_byte * 512),
        )

    ask = getattr(ctypes.CDLL(None), "adjtimex", None)

    def status() -> int | None:
        timex = Timex()
        return int(timex.status) if ask is not None and ask(ctypes.byref(timex)) >= 0 else None

    return status
