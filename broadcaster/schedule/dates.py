"""Whether an entry has any date at all, and which comes next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from broadcaster.config.entries import Entry
from broadcaster.config.lunar import LunarRange
from broadcaster.config.values import LAST_YEAR
from broadcaster.schedule.calendar import is_lunar, is_on

WEEK = timedelta(days=7)
NAMES = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
YEAR = timedelta(days=400)
LONGEST_WAIT = timedelta(days=12 * 385)
"""For ngày 30 of a named lunar month, or a lunar day on a weekday; every other day comes within a year."""
Impossible = tuple[str, str, str]
"""The key to blame, what is wrong, what mends it."""


def next_date(entry: Entry, *, today: date) -> date | None:
    """The first date from `today` on; None where it is over."""
    return next((day for day in _candidates(entry, since=today) if is_on(entry, day)), None)


def futile_dates(entry: Entry, *, today: date) -> Impossible | None:
    """Why no date ever was or will be the entry's; None where one is, or where its time is over."""
    if entry.dates and not entry.lunar and not any(_overlaps(entry, span.first, span.last) for span in entry.dates):
        return _outside(entry)
    if entry.last is not None and entry.last < today:
        return None
    since = date.min if entry.dates and not entry.lunar else entry.first or today
    if _has_date(entry, since):
        return None
    whole_weeks = entry.model_copy(update={"weekdays": None})
    return _no_weekday(entry) if _has_date(whole_weeks, since) else _no_lunar_day(entry)


def _has_date(entry: Entry, since: date) -> bool:
    return any(is_on(entry, day) for day in _candidates(entry, since=since))


def _candidates(entry: Entry, *, since: date) -> Iterator[date]:
    """Dates worth asking, in order, from `since` on: few, however long the ranges are."""
    if entry.dates and not entry.lunar:
        for span in sorted(entry.dates, key=lambda span: span.first):
            start = max(since, span.first, entry.first or since)
            yield from _days(start, min(span.last, start + WEEK))
        return
    first = max(since, entry.first or since)
    seldom = entry.weekdays is not None or any(_is_rare(span) for span in entry.lunar)
    wait = WEEK if not entry.lunar else LONGEST_WAIT if seldom else YEAR
    yield from _days(first, min(first + wait, entry.last or date.max, date(LAST_YEAR - 1, 12, 31)))


def _is_rare(span: LunarRange) -> bool:
    return span.first.month is not None and span.first.day > 29  # noqa: PLR2004 - days that every lunar month has


def _days(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += timedelta(days=1)


def _overlaps(entry: Entry, first: date, last: date) -> bool:
    return (entry.first is None or last >= entry.first) and (entry.last is None or first <= entry.last)


def _period(entry: Entry) -> str:
    begins = f"từ {entry.first:%d/%m/%Y}" if entry.first else ""
    ends = f"đến {entry.last:%d/%m/%Y}" if entry.last else ""
    return " ".join(filter(None, (begins, ends)))


def _outside(entry: Entry) -> Impossible:
    message = f"“{entry.name}” không bao giờ phát: mọi ngày ở ngay đều nằm ngoài thời gian {_period(entry)}."
    return "ngay", message, f"Sửa ngay cho nằm trong thời gian {_period(entry)}, hoặc sửa tu, den"


def _no_weekday(entry: Entry) -> Impossible:
    days = [day for span in entry.dates for day in _days(span.first, min(span.last, span.first + WEEK))]
    if not entry.dates and entry.first and entry.last:
        days = list(_days(entry.first, min(entry.last, entry.first + WEEK)))
    fallen = ", ".join(f"{day:%d/%m/%Y} là {NAMES[day.weekday()]}" for day in days[:3])
    message = f"“{entry.name}” không bao giờ phát: không ngày nào của mục rơi vào các thứ ở thu."
    return "thu", message, f"Sửa thu hoặc ngày: {fallen}"


def _no_lunar_day(entry: Entry) -> Impossible:
    message = (
        f"“{entry.name}” không bao giờ phát: {_period(entry) or 'lịch âm'} không có ngày âm lịch nào ghi ở am_lich."
    )
    near = _nearest_lunar(entry)
    said = f"; ngày gần nhất là {near:%d/%m/%Y}" if near else ""
    return "am_lich", message, f"Sửa am_lich, hoặc nới tu, den cho có ngày ấy{said}"


def _nearest_lunar(entry: Entry) -> date | None:
    since = entry.last or entry.first
    if since is None:
        return None
    return next((day for day in _days(since, since + LONGEST_WAIT) if any(is_lunar(s, day) for s in entry.lunar)), None)
