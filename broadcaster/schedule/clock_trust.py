"""Whether the wall clock may be believed. Pure: readings come in, a judgement comes out.

A station that believes a wrong clock sounds at a wrong hour. The clock is doubted when it lies before this program
was written, or behind the station's own records (a machine without a clock chip after a power cut), when the machine
says that it was never set, or when it has moved against the monotonic clock and no time service stands behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from broadcaster.clock import VIETNAM, ClockStanding

EARLIEST = datetime(2026, 1, 1, tzinfo=VIETNAM)
"""No station ran this program before: a clock that says so was never set."""
DOUBTFUL = timedelta(seconds=30)
"""A clock that moves by less is followed without a word: leap seconds (1 s), a weekly correction of a cheap quartz
(about 7 s). One that moves by more, and is not set by a time service, is somebody's mistake until he says otherwise."""
NOTICED = timedelta(seconds=1)
"""What is waited for is worked out anew when the clock has moved by more."""


class Doubt(StrEnum):
    """Why the clock is not believed."""

    BEFORE_PROGRAM = "before-program"
    BEHIND_RECORDS = "behind-records"
    NEVER_SET = "never-set"
    JUMPED = "jumped"


class Basis(StrEnum):
    """Why it is."""

    SYNCHRONISED = "synchronised"
    """A time service keeps it."""
    OPERATOR = "operator"
    """Somebody looked at it and said that it is right."""
    SYSTEM = "system"
    """Nothing speaks against it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Both times at one moment."""

    at: datetime
    steady_s: float
    """The monotonic clock's."""
    standing: ClockStanding

    @property
    def origin(self) -> datetime:
        """The wall time at which the monotonic clock stood at 0: the same in every reading while neither errs."""
        return self.at - timedelta(seconds=self.steady_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What is to be thought of the clock now."""

    doubt: Doubt | None
    basis: Basis
    off: timedelta
    """How far the wall clock stands from where it should: behind the records, or moved since the station began."""
    moved: timedelta
    """How far it has moved against the monotonic clock since the reading before."""

    @property
    def trusted(self) -> bool:
        return self.doubt is None

    def __str__(self) -> str:
        """As each row of the log carries it: `synchronised +0.004 s`, `jumped -600.000 s`."""
        # the sum turns -0.0 into 0.0
        return f"{self.doubt or self.basis} {round(self.off.total_seconds(), 3) + 0.0:+.3f} s"


class ClockTrust:
    """Goes from reading to reading. Not for several threads at once.

    `records_until` is the last moment that the station's records know of; `origin` what an earlier run of the station
    in the same boot of the machine found (`Reading.origin`); `confirmed`: somebody vouches for the clock as it is.
    """

    def __init__(
        self, *, records_until: datetime | None = None, origin: datetime | None = None, confirmed: bool = False
    ) -> None:
        self._records_until = records_until
        self._right = origin
        self._confirmed = confirmed
        self._last: datetime | None = None
        self._first: datetime | None = None
        self._doubt: Doubt | None = None
        self._doubted_at: datetime | None = None

    @property
    def origin(self) -> datetime | None:
        """Where the clock was right last, as far as is known; for the next run in the same boot."""
        return self._right

    def observe(self, reading: Reading) -> Judgement:
        """Take the next reading into account."""
        origin = reading.origin
        moved = origin - self._last if self._last is not None else timedelta()
        self._doubt = self._judged(reading)
        if self._doubt is None:
            self._right = origin
            self._first = self._first or origin
        self._last = origin
        return Judgement(doubt=self._doubt, basis=self._basis(reading), off=self._off(reading), moved=moved)

    def _judged(self, reading: Reading) -> Doubt | None:
        if reading.at < EARLIEST:
            return self._doubting(Doubt.BEFORE_PROGRAM, reading)
        if reading.standing.synchronised:
            return None
        if self._last is None:
            return None if self._confirmed else self._first_impression(reading)
        if self._doubt in (None, Doubt.JUMPED):
            return self._doubting(Doubt.JUMPED, reading) if self._is_far_off(reading) else None
        if self._doubted_at is not None and abs(reading.origin - self._doubted_at) <= NOTICED:
            return self._doubt
        # somebody set it: does it make sense now?
        return self._against_records(reading)

    def _first_impression(self, reading: Reading) -> Doubt | None:
        behind = self._against_records(reading)
        if behind is not None:
            return behind
        if reading.standing.synchronised is False and reading.standing.has_chip is False:
            return self._doubting(Doubt.NEVER_SET, reading)
        return self._doubting(Doubt.JUMPED, reading) if self._is_far_off(reading) else None

    def _against_records(self, reading: Reading) -> Doubt | None:
        """A clock that is behind the records by some minutes is no better once these minutes have passed."""
        if self._records_until is None or reading.at >= self._records_until - DOUBTFUL:
            return None
        self._right = reading.origin + (self._records_until - reading.at)
        return self._doubting(Doubt.BEHIND_RECORDS, reading)

    def _doubting(self, doubt: Doubt, reading: Reading) -> Doubt:
        self._doubted_at = reading.origin
        return doubt

    def _is_far_off(self, reading: Reading) -> bool:
        return self._right is not None and abs(reading.origin - self._right) > DOUBTFUL

    def _off(self, reading: Reading) -> timedelta:
        if self._doubt is Doubt.BEFORE_PROGRAM:
            return reading.at - EARLIEST
        right = self._first if self._doubt is None else self._right
        return reading.origin - (right or reading.origin)

    def _basis(self, reading: Reading) -> Basis:
        if reading.standing.synchronised:
            return Basis.SYNCHRONISED
        return Basis.OPERATOR if self._confirmed else Basis.SYSTEM
