"""What of an entry makes it be on a date and in a commune, or keeps it away, in the words of schedule.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import lunar_vn

from broadcaster.config.entries import Campaign, Entry, ExceptionalDays, Placed
from broadcaster.config.lunar import LunarDay, LunarRange
from broadcaster.config.schedule import Schedule
from broadcaster.config.values import DateRange
from broadcaster.schedule.calendar import is_lunar, is_on
from broadcaster.schedule.day_sheet import is_named, stays
from broadcaster.schedule.places import communes_of

WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
FULL_MOON = 15


def exceptions_on(schedule: Schedule, day: date, commune: str) -> list[ExceptionalDays]:
    """Those in force, in the order of the file."""
    on = (days for days in schedule.exceptions if days.on and is_on(days, day))
    return [days for days in on if commune in communes_of(schedule, days)]


def kept_away(source: Entry | Campaign, day: date) -> str | None:
    """Why its own dates keep it from a date; None where they do not."""
    if source.first and day < source.first:
        return f"chỉ phát từ ngày {source.first:%d/%m/%Y} (tu)"
    if source.last and day > source.last:
        return f"đã hết ngày {source.last:%d/%m/%Y} (den)"
    if isinstance(source, Campaign) or is_on(source, day):
        return None
    if source.weekdays is not None and day.weekday() not in source.weekdays:
        return f"chỉ phát {_weekdays(source)} (thu), mà {day:%d/%m/%Y} là {WEEKDAYS[day.weekday()]}"
    keys = " và ".join(key for key, given in (("ngay", source.dates), ("am_lich", source.lunar)) if given)
    return f"chỉ phát {dated(source)} ({keys}), mà {day:%d/%m/%Y} là {lunar(day)} âm lịch"


def not_there(schedule: Schedule, placed: Placed, commune: str) -> str | None:
    """Why it does not air in a commune."""
    if commune in communes_of(schedule, placed):
        return None
    return "tru bỏ xã này" if placed.exclude else "noi_phat không có xã này"


def taken_out(source: Entry | Campaign, exceptions: Sequence[ExceptionalDays]) -> str | None:
    """Which exception takes it out of a day."""
    for days in exceptions:
        if not stays(days, source):
            how = "bo" if is_named(source, days.drop) else "chi_phat"
            return f"ngoại lệ “{days.name}” không giữ mục này ({how})"
    return None


def retimed(entry: Entry, exceptions: Sequence[ExceptionalDays]) -> str | None:
    """Which exception gives it other times."""
    for days in exceptions:
        for retiming in days.retime:
            if is_named(entry, [retiming.entry]):
                times = ", ".join(f"{at:%H:%M}" for at in retiming.times)
                return f"ngoại lệ “{days.name}” đổi giờ của mục thành {times} (doi_gio)"
    return None


def on_this_date(source: Entry | Campaign, day: date) -> str:
    """By which of its keys a date is its own."""
    parts = []
    if source.first or source.last:
        parts.append(_period(source))
    if isinstance(source, Entry):
        if source.weekdays is not None:
            parts.append(f"{_weekdays(source)} ({day:%d/%m/%Y} là {WEEKDAYS[day.weekday()]})")
        parts += [_date(span) for span in source.dates if span.first <= day <= span.last]
        parts += [f"{_lunar_range(span)} âm lịch" for span in source.lunar if is_lunar(span, day)]
    return ", ".join(parts) or "hằng ngày"


def where(placed: Placed) -> str:
    """In which communes, as it is written."""
    there = f"noi_phat {', '.join(placed.include)}" if placed.include else "mọi xã"
    return f"{there}, trừ {', '.join(placed.exclude)}" if placed.exclude else there


def dated(entry: Entry) -> str:
    """`ngay` and `am_lich`, the first few of them."""
    all_dates = [_date(span) for span in entry.dates] + [_lunar_range(span) for span in entry.lunar]
    return ", ".join(all_dates[:4]) + ("…" if len(all_dates) > 4 else "")  # noqa: PLR2004


def lunar(day: date) -> str:
    """`mùng 3 tháng 1`, as people say it."""
    found = lunar_vn.solar_to_lunar(day)
    leap = " nhuận" if found.leap else ""
    return f"{_day_of_month(found.day)} tháng {found.month}{leap}"


def _weekdays(entry: Entry) -> str:
    return ", ".join(WEEKDAYS[number] for number in sorted(entry.weekdays or ()))


def _period(source: Entry | Campaign) -> str:
    begins = f"từ {source.first:%d/%m/%Y}" if source.first else ""
    ends = f"đến {source.last:%d/%m/%Y}" if source.last else ""
    return " ".join(filter(None, (begins, ends)))


def _date(span: DateRange) -> str:
    if span.first == span.last:
        return f"{span.first:%d/%m/%Y}"
    return f"{span.first:%d/%m/%Y}-{span.last:%d/%m/%Y}"


def _lunar_range(span: LunarRange) -> str:
    return " - ".join(dict.fromkeys(_lunar_days(span)))


def _lunar_days(span: LunarRange) -> Iterator[str]:
    yield _lunar_day(span.first)
    yield _lunar_day(span.last)


def _lunar_day(wanted: LunarDay) -> str:
    if wanted.day == 0:
        return "giao thừa"
    return _day_of_month(wanted.day) + (f" tháng {wanted.month}" if wanted.month else "")


def _day_of_month(day: int) -> str:
    if day == FULL_MOON:
        return "rằm"
    return f"mùng {day}" if day <= 10 else f"ngày {day}"  # noqa: PLR2004 - the first ten days are mùng
