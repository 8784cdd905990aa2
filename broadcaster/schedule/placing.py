"""One commune's day on the clock: what fits where, what moves, what has to give way (rules 5, 7, 8 and 10)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from broadcaster.model.plan import PlanReason
from broadcaster.schedule.calendar import DAY_S, EVER, Frame

MINUTE_S = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """What binds a commune on any date: windows, quiet hours, the most that a window may hold."""

    frames: tuple[Frame, ...]
    quiet: Taken
    limit_s: int | None

    def frame_of(self, start: int, end: int) -> Frame | None:
        """The window in which all of it lies, if any, outside quiet hours (rule 5)."""
        frame = next((frame for frame in self.frames if frame.start <= start and end <= frame.end), None)
        return frame if frame and self.quiet.blocking(start, end) is None else None


class Taken:
    """Disjoint stretches of time in order, each with whose it is."""

    def __init__(self, stretches: Iterable[tuple[int, int]] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._owners: list[str] = []
        for start, end in stretches:
            self.add(start, end)

    def add(self, start: int, end: int, owner: str = "") -> None:
        at = bisect_left(self._starts, start)
        self._starts.insert(at, start)
        self._ends.insert(at, end)
        self._owners.insert(at, owner)

    def blocking(self, start: int, end: int) -> tuple[int, str] | None:
        """End and owner of the earliest stretch that overlaps; touching is not overlapping."""
        at = bisect_right(self._ends, start)
        if at == len(self._starts) or self._starts[at] >= end:
            return None
        return self._ends[at], self._owners[at]

    def next_start(self, after: int) -> int | None:
        """Where the first stretch begins that begins at `after` or later."""
        at = bisect_left(self._starts, after)
        return self._starts[at] if at < len(self._starts) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where an airing ended up, or why nowhere; seconds after the date's midnight."""

    start: int | None = None
    silent_by: int | None = None
    """The end of its window, or the next quiet hour if that comes first."""
    reason: PlanReason | None = None
    yields_to: str | None = None


class Board:
    """The airings placed so far, one commune, one date."""

    def __init__(self, hours: Hours) -> None:
        self._hours = hours
        self._taken = Taken()
        self._totals: defaultdict[int, int] = defaultdict(int)
        """By the start of the window."""

    def place(self, *, owner: str, start: int, length_s: int, shift_s: int) -> Placement:
        """Rule 7: windows and quiet hours, the limit, what stands already; the first that fails says why."""
        frame = self._hours.frame_of(start, start + length_s)
        if frame is None:
            return Placement(reason=PlanReason.OUTSIDE_WINDOW)
        if not self._within_limit(frame, length_s):
            return Placement(reason=PlanReason.OVER_LIMIT)
        blocked = self._taken.blocking(start, start + length_s)
        if blocked is None:
            return self._put(frame, start, length_s, owner)
        latest = min(start + shift_s, frame.end - length_s)
        moved = self._free_start(start, latest=latest, length_s=length_s, step=1)
        if moved is None:
            return Placement(reason=PlanReason.YIELDED, yields_to=blocked[1])
        return self._put(frame, moved, length_s, owner)

    def place_anywhere(self, *, owner: str, length_s: int, not_before: int, windows: Sequence[str] | None) -> Placement:
        """Rule 10: the earliest whole minute of the date from `not_before` on, window by window."""
        for frame in self._hours.frames:
            if windows is not None and frame.name not in windows:
                continue
            if not self._within_limit(frame, length_s):
                continue
            earliest = _up(max(frame.start, not_before, 0), MINUTE_S)
            latest = min(frame.end - length_s, DAY_S - 1)
            start = self._free_start(earliest, latest=latest, length_s=length_s, step=MINUTE_S)
            if start is not None:
                return self._put(frame, start, length_s, owner)
        return Placement(reason=PlanReason.NO_ROOM)

    def _within_limit(self, frame: Frame, length_s: int) -> bool:
        return self._hours.limit_s is None or self._totals[frame.start] + length_s <= self._hours.limit_s

    def _free_start(self, earliest: int, *, latest: int, length_s: int, step: int) -> int | None:
        """The first start on a multiple of `step` that overlaps nothing; what blocks one says where to try next."""
        start = earliest
        while start <= latest:
            end = start + length_s
            blocked = self._taken.blocking(start, end) or self._hours.quiet.blocking(start, end)
            if blocked is None:
                return start
            start = _up(blocked[0], step)
        return None

    def _put(self, frame: Frame, start: int, length_s: int, owner: str) -> Placement:
        end = start + length_s
        self._taken.add(start, end, owner)
        self._totals[frame.start] += length_s
        quiet = self._hours.quiet.next_start(end)
        silent_by = min(frame.end, EVER if quiet is None else quiet)
        return Placement(start=start, silent_by=silent_by if silent_by < EVER else None)


def _up(second: int, step: int) -> int:
    """The next multiple of `step`."""
    return -(-second // step) * step
