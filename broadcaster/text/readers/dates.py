"""Dates, whole and partial, and ranges of them."""

from __future__ import annotations

import re

from broadcaster.text.claim import REACH, Claim, Place
from broadcaster.text.datafiles import SETS
from broadcaster.text.numerals import cardinal
from broadcaster.text.patterns import pattern
from broadcaster.text.readers.lists import series_of
from broadcaster.text.slashes import (
    DAY_BEFORE,
    DAY_MOST,
    MONTH_MOST,
    SURELY_DAY,
    Slash,
    is_day,
    is_known_day,
    names_a_holiday,
    weigh,
)
from broadcaster.text.style import Style

FULL = pattern(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?![\d/]|[.,]\d)")
SPACED = pattern(r"(\d{1,2})( ?/ ?| ?- ?)(\d{1,2})\2(\d{4})(?![\d/])")
ISO = pattern(r"(\d{4})-(\d{2})-(\d{2})(?![\d-])")
DAY_MONTH = pattern(r"(\d{1,2})/(\d{1,2})(?![\d/]|[.,]\d|-\d)")
DAY_DASH_MONTH = pattern(r"(\d{1,2})[-.](\d{1,2})(?![\d/-]|[.,]\d)")
DAY_DASHED_APART = pattern(r"(\d{1,2}) - (\d{1,2})(?![\d/-]|[.,]\d)")
MONTH_YEAR = pattern(r"(\d{1,2})[/.-](\d{4})(?![\d/]|[.,]\d)")
SHORT_YEAR = pattern(r"(\d{1,2})/(\d{1,2})/(\d{2})(?![\d/])")
RANGE = pattern(r"(\d{1,2})(?:/(\d{1,2}))? ?[-–] ?(\d{1,2})/(\d{1,2})(?:/(\d{4}))?(?![\d/])")
MONTHS = pattern(r"(\d{1,2}) ?[-–] ?(\d{1,2})(?:/(\d{4}))?(?![\d/])")
YEARS = pattern(r"((?:19|20)\d{2}) ?[-–] ?((?:19|20)\d{2})(?![\d/])")
TWO_YEARS = pattern(r"((?:19|20)\d{2})/((?:19|20)?\d{2})(?![\w/]|[.,]\d)")
"""niên vụ 2025/2026, vụ xuân 2025/26: a year and the next."""
BLANK = pattern(r"[.…_ ]*/[.…_ ]*(\d{1,2})?[.…_ ]*/[.…_ ]*(\d{4})(?!\d)")
MONTH_BESIDE_YEAR = pattern(r"(\d{1,2}) ((?:19|20)\d{2})(?![\w/]|[.,]\d)")
SHORT_QUARTER = pattern(r"Q([1-4])/(\d{4})(?!\w)")
SHORT_MONTH = pattern(r"T(\d{1,2})/(\d{4})(?!\w)")
SHORT_WEEKDAY = pattern(
    r"T([2-7])(?!\w)(?=( ?[-–,] ?(?:T[2-7]|CN)(?!\w)| (?:và|đến|tới) (?:T[2-7]|CN))?)"
    r"(?:(?: ?[-–] ?| đến | tới )(T[2-7]|CN)(?!\w))?"
)
BESIDE_WEEKDAY = pattern(r"T[2-7](?:,| và|,? ?-) ?$")
DASH = pattern(r" ?[-–] ?")
BARE_DAYS = pattern(r"(\d{1,2})( ?[-–] ?)(\d{1,2})(?![\w/-]|[.,:]\d)")
EVERY_MONTH = frozenset({"hằng", "hàng", "mỗi", "tết", "âm", "tháng", "giêng", "của"})
BARE_DAY = pattern(r"(\d{1,2})(?!\w|/|[.:,]\d)")

PARTS_OF_YEAR = SETS["dates.parts_of_year"]
"""What a year has several of: `đợt 2/2026` is no February."""
TERM = frozenset({"khóa", "khoá", "kỳ", "kì", "đoạn"})
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
APRIL = 4
NO_MONTH_AFTER = SETS["dates.no_month_after"]
"""Words after which `08/2023` is the head of a document's number."""
EARLY = 10
STREET = frozenset({"đường", "phố", "viên", "trường"})
SCALE_BEFORE = SETS["dates.scale_before"]
SCALES = frozenset({2000})
"""bản đồ tỷ lệ 1/2000 is no January."""


def date(place: Place) -> Claim | None:
    """Whatever in figures names a day, a month or a span of them."""
    return _full(place) or _range(place) or _partial(place) or _years(place)


def _full(place: Place) -> Claim | None:
    line, at = place.line, place.at
    match = FULL.match(line, at) or SPACED.match(line, at)
    if match:
        day, month, year = match[1], match[3], match[4]
    elif match := ISO.match(line, at):
        year, month, day = match.groups()
    else:
        match = SHORT_YEAR.match(line, at)
        if match is None or place.left[0] not in DAY_BEFORE:
            return None
        day, month, year = match[1], match[2], f"20{match[3]}"
    if not is_day(day, month):
        return None
    end, spoken = match.end(), say_date(day, month, year, style=place.style)
    joint = DASH.match(line, end)
    if joint and (second := FULL.match(line, joint.end())) and is_day(second[1], second[3]):
        end, spoken = second.end(), f"{spoken} đến {say_date(second[1], second[3], second[4], style=place.style)}"
    return Claim(place.at, end, spoken, "ngày tháng năm")


def _range(place: Place) -> Claim | None:
    """`20-25/10/2026`, `24/3 - 24/4`."""
    match = RANGE.match(place.line, place.at)
    if match is None or not is_day(match[3], match[4]) or not is_day(match[1], match[2] or match[4]):
        return None
    first = say_date(match[1], match[2], None, style=place.style)
    return Claim(
        place.at, match.end(), f"{first} đến {say_date(*match.group(3, 4, 5), style=place.style)}", "khoảng ngày"
    )


def _partial(place: Place) -> Claim | None:
    line, at = place.line, place.at
    month = MONTH_YEAR.match(line, at)
    if month and 1 <= int(month[1]) <= MONTH_MOST and _names_month(place, month):
        return Claim(at, month.end(), _month_year(month[1], month[2], place), "tháng năm")
    if (of_year := _months_of_year(place)) is not None:
        return of_year
    if place.left[0] == "tháng" and (beside := MONTH_BESIDE_YEAR.match(line, at)) and is_day("1", beside[1]):
        return Claim(at, beside.end(), _month_year(beside[1], beside[2], place), "tháng năm")
    if place.left[0] == "tháng" and (months := MONTHS.match(line, at)):
        last = f" năm {cardinal(int(months[3]), style=place.style)}" if months[3] else ""
        return Claim(
            at,
            months.end(),
            f"{_month(months[1], place.style)} đến {_month(months[2], place.style)}{last}",
            "khoảng tháng",
        )
    return _bare_days(place) or _day_month(place) or _bare_day(place)


def _months_of_year(place: Place) -> Claim | None:
    """`từ 6-8/2026`: no day has such figures."""
    months = MONTHS.match(place.line, place.at)
    if months is None or not months[3] or place.left[0] in NO_MONTH_AFTER | {"tháng"}:
        return None
    first, last = int(months[1]), int(months[2])
    if not 1 <= first < last <= MONTH_MOST:
        return None
    year = cardinal(int(months[3]), style=place.style)
    head = "" if series_of(place) in PARTS_OF_YEAR else "tháng "
    spoken = f"{head}{_month(months[1], place.style)} đến {head}{_month(months[2], place.style)} năm {year}"
    return Claim(place.at, months.end(), spoken, "khoảng tháng")


def _day_month(place: Place) -> Claim | None:
    """`25/3`, `dịp lễ 30-4, 1-5`."""
    line, at = place.line, place.at
    sure = True
    match = DAY_MONTH.match(line, at)
    if match is not None and is_day(match[1], match[2]):
        reading, sure = weigh(place, match[1], match[2], match.end())
        if reading is not Slash.DAY:
            return None
    elif match is None and place.left[0] == "ngày" and (match := DAY_DASHED_APART.match(line, at)):
        if not is_known_day(match[1], match[2]):
            return None
    elif match is not None or not (match := DAY_DASH_MONTH.match(line, at)) or not _is_dashed_day(place, match):
        return None
    return Claim(at, match.end(), say_date(match[1], match[2], None, style=place.style), "ngày tháng", sure=sure)


def _is_dashed_day(place: Place, match: re.Match[str]) -> bool:
    named = place.left[0] in STREET or names_a_holiday(place)
    if is_known_day(match[1], match[2]) and named:
        return True
    return place.left[0] in SURELY_DAY | {"mừng"} and is_day(match[1], match[2])


def _names_month(place: Place, month: re.Match[str]) -> bool:
    """`10/2022` is a month; after số it is the head of a document's number, after a fraction's witness a ratio."""
    if "/" not in month[0] and place.left[0] not in ("tháng", "quý"):
        return False
    if int(month[2]) in SCALES and int(month[1]) == 1 and SCALE_BEFORE.intersection(place.left[:3]):
        return False
    return EARLIEST_YEAR <= int(month[2]) <= LATEST_YEAR and place.left[0] not in NO_MONTH_AFTER


def _month_year(month: str, year: str, place: Place) -> str:
    of = series_of(place)
    spoken = f"năm {cardinal(int(year), style=place.style)}"
    if of in PARTS_OF_YEAR and of != "quý":
        return f"{cardinal(int(month), style=place.style)} {spoken}"
    head = "" if of == "quý" or place.left[0] == "tháng" else "tháng "
    return f"{head}{_month(month, place.style)} {spoken}"


def _bare_days(place: Place) -> Claim | None:
    """`ngày 2 - 4 hằng tháng`: days whose month comes later, or every month."""
    days = BARE_DAYS.match(place.line, place.at)
    if days is None or not _are_days(place, days):
        return None
    spoken = f"{_day(days[1], style=place.style)} đến {_day(days[3], style=place.style)}"
    return Claim(place.at, days.end(), spoken, "khoảng ngày")


def _bare_day(place: Place) -> Claim | None:
    """`ngày 01 và 02/10`, `các ngày 5, 6/3`: a bare day whose month comes later."""
    bare = BARE_DAY.match(place.line, place.at)
    if bare is None or not is_day(bare[1], "1") or place.left[0] not in ("ngày", "mùng", "mồng"):
        return None
    return Claim(place.at, bare.end(), _day(bare[1], style=place.style), "ngày")


def _are_days(place: Place, days: re.Match[str]) -> bool:
    """Whether `2 - 4`, `10-12` are days of a month; without a space 10-12 is rather the 10th of December."""
    if place.left[0] not in ("ngày", "mùng", "mồng") or not int(days[1]) < int(days[3]) <= DAY_MOST:
        return False
    if place.next_word(days.end()).lower() in EVERY_MONTH:
        return True
    return " " in days[2] and not is_known_day(days[1], days[3])


def blank(place: Place) -> Claim | None:
    """`ngày..../..../2026`, `ngày    /10/2026`: a day, perhaps a month, to be filled in."""
    match = BLANK.match(place.line, place.at)
    if match is None or place.left[0] != "ngày" or (match[1] and not is_day("1", match[1])):
        return None
    month = f" {_month(match[1], place.style)}" if match[1] else ""
    year = cardinal(int(match[2]), style=place.style)
    return Claim(place.at, match.end(), f"tháng{month} năm {year}", "ngày để trống")


def _years(place: Place) -> Claim | None:
    match = YEARS.match(place.line, place.at) or TWO_YEARS.match(place.line, place.at)
    if match is None:
        return None
    first, last = match[1], match[2] if len(match[2]) == len(match[1]) else match[1][:2] + match[2]
    a_term = place.left[0] in TERM and len(match[2]) == len(match[1])
    if int(first) >= int(last) or ("/" in match[0] and int(last) != int(first) + 1 and not a_term):
        return None
    first, last = (cardinal(int(year), style=place.style) for year in (first, last))
    return Claim(place.at, match.end(), f"{first} đến {last}", "khoảng năm")


def shortened(place: Place) -> Claim | None:
    """`T2-T7`, `T7, CN`: days of the week; `T10/2026`: a month; `Q1/2026`: a quarter."""
    month = SHORT_MONTH.match(place.line, place.at)
    if month and is_day("1", month[1]):
        year = cardinal(int(month[2]), style=place.style)
        return Claim(place.at, month.end(), f"tháng {_month(month[1], place.style)} năm {year}", "tháng năm")
    quarter = SHORT_QUARTER.match(place.line, place.at)
    if quarter:
        year = cardinal(int(quarter[2]), style=place.style)
        return Claim(place.at, quarter.end(), f"quý {_month(quarter[1], place.style)} năm {year}", "quý năm")
    day = SHORT_WEEKDAY.match(place.line, place.at)
    if day is None or not (
        day[2] or BESIDE_WEEKDAY.search(place.line, max(0, place.at - REACH), place.at) or place.left[0] in SURELY_DAY
    ):
        return None
    spoken = f"thứ {_month(day[1], place.style)}"
    last = day[3] or ""
    if last:
        spoken += f" đến {f'thứ {_month(last[1:], place.style)}' if last.startswith('T') else 'chủ nhật'}"
    return Claim(place.at, day.end(3) if last else day.end(1), spoken, "ngày trong tuần")


def say_date(day: str, month: str | None, year: str | None, *, style: Style) -> str:
    """A day by its figures, as far as they go."""
    words = _day(day, style=style)
    if month:
        words += f" tháng {_month(month, style)}"
    if year:
        words += f" năm {cardinal(int(year), style=style)}"
    return words


def _day(day: str, *, style: Style) -> str:
    early = f"{style.early_day} " if style.early_day and int(day) <= EARLY else ""
    return early + cardinal(int(day), style=style)


def _month(month: str, style: Style) -> str:
    return "tư" if int(month) == APRIL else cardinal(int(month), style=style)
