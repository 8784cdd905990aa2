"""Which day is which: dates, weekdays and lunar days of entries and exceptions, and a commune's hours.

Hours are whole seconds after the midnight with which a date begins; what passes midnight goes below 0 or above 86,400.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache

import lunar_vn

from broadcaster.config.entries import Entry, ExceptionalDays
from broadcaster.config.lunar import NEW_YEARS_EVE, LunarDay, LunarRange
from broadcaster.config.schedule import Schedule
from broadcaster.config.stations import Commune
from broadcaster.config.values import Span

DAY_S = 86_400
LONGEST_LUNAR_YEAR = 385
"""Days; a range of two lunar days starts at most one year before its end."""
EVER = 10**9
"""Seconds beyond any date's hours: the bounds of a day without windows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One opening of a window, as seen from a date."""

    name: str | None
    """None: the whole time, where no windows are given."""
    start: int
    end: int


WHOLE_TIME = Frame(name=None, start=-EVER, end=EVER)


def seconds(at: time) -> int:
    """After midnight."""
    return at.hour * 3600 + at.minute * 60 + at.second


def is_on(dated: Entry | ExceptionalDays, day: date) -> bool:
    """Rule 2: within `tu`…`den`, on one of the weekdays, and in `ngay` ∪ `am_lich` if either is given."""
    if (dated.first and day < dated.first) or (dated.last and day > dated.last):
        return False
    if isinstance(dated, Entry) and dated.weekdays is not None and day.weekday() not in dated.weekdays:
        return False
    if not dated.dates and not dated.lunar:
        return True
    return any(span.first <= day <= span.last for span in dated.dates) or any(is_lunar(s, day) for s in dated.lunar)


@lru_cache(maxsize=4096)
def is_lunar(span: LunarRange, day: date) -> bool:
    """Whether a lunar day or range holds `day`.

    A range runs from each of its first days to the next of its last days. Where a month has no such day (ngày 30 of a
    month of 29), a range begins with the next day or ends with the one before; a single day is simply not there.
    """
    if span.first == span.last:
        return _is(span.first, day)
    if _begins(span.first, day):
        return True
    for back in range(1, LONGEST_LUNAR_YEAR + 1):
        earlier = day - timedelta(days=back)
        if _ends(span.last, earlier):
            return False
        if _begins(span.first, earlier):
            return True
    return False


@lru_cache(maxsize=4096)
def _lunar(day: date) -> lunar_vn.LunarDate:
    return lunar_vn.solar_to_lunar(day)


def _is(wanted: LunarDay, day: date) -> bool:
    if wanted == NEW_YEARS_EVE:
        return _is(LunarDay(day=1, month=1), day + timedelta(days=1))
    lunar = _lunar(day)
    return lunar.day == wanted.day and _in_month(wanted, lunar)


def _in_month(wanted: LunarDay, lunar: lunar_vn.LunarDate) -> bool:
    """Leap months count for days of every month, not for a named month."""
    return wanted.month is None or (lunar.month == wanted.month and not lunar.leap)


def _begins(wanted: LunarDay, day: date) -> bool:
    """`day` is the wanted one, or the first after a month that is too short to have it."""
    return _is(wanted, day) or (_lunar(day).day == 1 and _is_cut(wanted, day - timedelta(days=1)))


def _ends(wanted: LunarDay, day: date) -> bool:
    """`day` is the wanted one, or the last of a month that is too short to have it."""
    return _is(wanted, day) or (_lunar(day + timedelta(days=1)).day == 1 and _is_cut(wanted, day))


def _is_cut(wanted: LunarDay, last_of_month: date) -> bool:
    lunar = _lunar(last_of_month)
    return lunar.day < wanted.day and _in_month(wanted, lunar)


def frames_of(schedule: Schedule, commune: Commune) -> tuple[Frame, ...]:
    """The commune's windows as a date sees them, in order of time; what passes midnight opens on both sides of it."""
    windows = schedule.windows if commune.windows is None else commune.windows
    frames = [
        Frame(name=window.name, start=start, end=end)
        for window in windows
        for start, end in _openings(window.span, before=1, after=0)
        if end > 0
    ]
    return tuple(sorted(frames, key=lambda frame: frame.start)) or (WHOLE_TIME,)


def quiet_of(schedule: Schedule) -> list[tuple[int, int]]:
    """The quiet hours that a date's airings can reach, in order of time, run together where they meet."""
    return _joined(hours for span in schedule.quiet_hours for hours in _openings(span, before=1, after=3))


def _openings(span: Span, *, before: int, after: int) -> Sequence[tuple[int, int]]:
    start, end = seconds(span.start), seconds(span.end)
    end += DAY_S if end <= start else 0
    return [(start + shift * DAY_S, end + shift * DAY_S) for shift in range(-before, after + 1)]


def _joined(intervals: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(intervals):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
