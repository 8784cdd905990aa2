"""Reads `--period` and names it as official reports do."""

from __future__ import annotations

import calendar
import re
from datetime import date

from broadcaster.errors import WrongUsage
from broadcaster.model.period import Period
from broadcaster.reports.wording import day, day_in_full

EXAMPLES = "2026-H1, 2026-H2, 2026, 2026-Q3, 2026-10, 2026-10-10, 2026-10-01..2026-10-10 hoặc 01/10/2026..10/10/2026"
ROMAN = ("I", "II", "III", "IV")
HALVES = ("6 tháng đầu", "6 tháng cuối")

_YEAR = re.compile(r"(\d{4})", re.ASCII)
_HALF = re.compile(r"(\d{4})-H([12])", re.ASCII | re.IGNORECASE)
_QUARTER = re.compile(r"(\d{4})-Q([1-4])", re.ASCII | re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_VIETNAMESE_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)


def parse_period(text: str) -> Period:
    """`2026-H1`, `2026`, `2026-Q3`, `2026-10`, a day, or `D..D`, both included. Raises `WrongUsage` with examples."""
    wanted = text.strip()
    try:
        return _days(wanted) if ".." in wanted else _named(wanted)
    except ValueError as error:
        raise WrongUsage(
            f"Không hiểu kỳ báo cáo “{text}”: {error}.", remedy=f"Viết một trong các dạng: {EXAMPLES}."
        ) from error


def _named(text: str) -> Period:
    if match := _YEAR.fullmatch(text):
        return _months(int(match[1]), 1, 12, label=f"năm {match[1]}")
    if match := _HALF.fullmatch(text):
        half = int(match[2])
        return _months(int(match[1]), 6 * half - 5, 6 * half, label=f"{HALVES[half - 1]} năm {match[1]}")
    if match := _QUARTER.fullmatch(text):
        quarter = int(match[2])
        return _months(int(match[1]), 3 * quarter - 2, 3 * quarter, label=f"quý {ROMAN[quarter - 1]} năm {match[1]}")
    if match := _MONTH.fullmatch(text):
        year, month = int(match[1]), int(match[2])
        return _months(year, month, month, label=f"tháng {month} năm {year}")
    only = _day(text)
    return Period(start=only, end=only, label=day_in_full(only))


def _days(text: str) -> Period:
    first, _, last = text.partition("..")
    start, end = _day(first.strip()), _day(last.strip())
    if end < start:
        raise ValueError(f"ngày cuối {day(end)} đứng trước ngày đầu {day(start)}")
    label = day_in_full(start) if start == end else f"từ ngày {day(start)} đến ngày {day(end)}"
    return Period(start=start, end=end, label=label)


def _months(year: int, first: int, last: int, *, label: str) -> Period:
    try:
        start = date(year, first, 1)
    except ValueError as error:
        raise ValueError("năm hoặc tháng không có trong lịch") from error
    return Period(start=start, end=date(year, last, calendar.monthrange(year, last)[1]), label=label)


def _day(text: str) -> date:
    if match := _ISO_DAY.fullmatch(text):
        year, month, of_month = match.groups()
    elif match := _VIETNAMESE_DAY.fullmatch(text):
        of_month, month, year = match.groups()
    else:
        raise ValueError("không phải năm, nửa năm, quý, tháng hay ngày")
    try:
        return date(int(year), int(month), int(of_month))
    except ValueError as error:
        raise ValueError(f"không có ngày {text} trong lịch") from error
