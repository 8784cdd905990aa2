"""The values of schedule.yaml, from text: times, durations, dates, weekdays. A `Misread` says what was expected."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, time, timedelta

from broadcaster.config.meant import (
    CURVED,
    UNITS,
    date_remedy,
    duration_remedy,
    in_a_day,
    lasting,
    quota_remedy,
    span_remedy,
    time_remedy,
    weekdays_remedy,
)
from broadcaster.config.names import fold, slug

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""What the lunar calendar's tables cover."""
WEEKDAYS = {"t2": 0, "t3": 1, "t4": 2, "t5": 3, "t6": 4, "t7": 5, "cn": 6, "chủ nhật": 6} | {
    f"thứ {word}": number
    for number, words in enumerate((("2", "hai"), ("3", "ba"), ("4", "tư"), ("5", "năm"), ("6", "sáu"), ("7", "bảy")))
    for word in words
}
DAILY = ("hằng ngày", "hàng ngày")
MONTHS, LONGEST_MONTH, PAIR = 12, 31, 2
DASH = re.compile(r"\s*[-–—]\s*")


class Misread(ValueError):
    """A value that does not say what its key needs; both texts in Vietnamese."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A time of day to another, closed at the start, open at the end; passes midnight where end ≤ start."""

    start: time
    end: time


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRange:
    """Whole days, both included; a single date is a range of one."""

    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """`dai`: reserved exactly, or a cap (`tối đa`)."""

    duration: timedelta
    cap: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    """How often an emergency is said, and how long after each other."""

    times: int
    every: timedelta


def parse_time(text: str) -> time:
    """`05:30`, `5:30`, `17:30:05`."""
    match = re.fullmatch(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", text.strip())
    if match is None:
        raise Misread(f"Không hiểu giờ “{text}”.", time_remedy(text))
    hour, minute, second = (int(part or 0) for part in match.groups())
    if not in_a_day(hour, minute, second):
        raise Misread(f"Không có giờ “{text}” trong ngày.", "Giờ từ 00:00 đến 23:59, ví dụ: 17:30")
    return time(hour, minute, second)


def parse_span(text: str) -> Span:
    """`05:00-06:30`; `24:00` as an end is midnight."""
    ends = DASH.split(text.strip())
    if len(ends) != PAIR:
        remedy = span_remedy(text) or "Viết giờ đầu-giờ cuối, ví dụ: 05:00-06:30"
        raise Misread(f"Không hiểu khoảng giờ “{text}”.", remedy)
    try:
        last = time(0) if ends[1] in {"24:00", "24:00:00"} else parse_time(ends[1])
        span = Span(start=parse_time(ends[0]), end=last)
    except Misread as error:
        meant = span_remedy(text)
        if meant is None:
            raise
        raise Misread(f"Không hiểu khoảng giờ “{text}”.", meant) from error
    if span.start == span.end and span.start != time(0):
        raise Misread(f"Khoảng giờ “{text}” dài 0 phút.", "Giờ cuối phải khác giờ đầu, ví dụ: 05:00-06:30")
    return span


def parse_duration(text: str) -> timedelta:
    """`30 phút`, `90 giây`, `1 giờ 30 phút`; more than nothing."""
    match = re.fullmatch(r"(?:(\d+) ?giờ)? ?(?:(\d+) ?phút)? ?(?:(\d+) ?giây)?", fold(text))
    if match is None or not any(match.groups()):
        raise Misread(f"Không hiểu thời lượng “{text}”.", duration_remedy(text))
    hours, minutes, seconds = (int((part or "0")[:7]) for part in match.groups())
    duration = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if not duration:
        raise Misread(f"Thời lượng “{text}” bằng 0.", "Thời lượng phải từ 1 giây, ví dụ: 5 phút")
    if duration > timedelta(days=1):
        raise Misread(f"Thời lượng “{text}” dài hơn một ngày.", "Thời lượng nhiều nhất là 24 giờ, ví dụ: 30 phút")
    return duration


def spoken_duration(duration: timedelta) -> str:
    """`1 giờ 30 phút`, `45 giây`."""
    return lasting(int(duration.total_seconds()))


def parse_shift(text: str) -> timedelta:
    """`doi`: a duration, or 0 for never."""
    if fold(text) in {"không", "không dời", "ko", "tắt"}:
        raise Misread(f"Không hiểu thời lượng “{text}”.", "Không cho dời thì ghi số 0: doi: 0")
    return timedelta() if fold(text) in {"0", "0 phút", "0 giây"} else parse_duration(text)


def parse_length(text: str) -> Length:
    """`30 phút` is reserved, `tối đa 15 phút` caps."""
    folded = fold(text)
    rest = folded.removeprefix("tối đa ")
    try:
        return Length(duration=parse_duration(rest), cap=rest != folded)
    except Misread as error:
        unaccented_cap = re.fullmatch(r"(?:toi da|tối da|toi đa|max|<=?|không quá) ?(\d+) ?(\w*)", folded)
        if unaccented_cap and (unit := UNITS.get(unaccented_cap[2])):
            remedy = f"Viết có dấu, số kèm đơn vị: tối đa {unaccented_cap[1]} {unit}"
            raise Misread(f"Không hiểu thời lượng “{text}”.", remedy) from error
        raise


def parse_limit(text: str) -> timedelta:
    """`gioi_han`: `60 phút/khung`."""
    return parse_duration(re.sub(r"\s*/\s*khung(?: giờ)?$", "", fold(text)))


def parse_quota(text: str) -> int:
    """`2 lượt/ngày` → 2."""
    match = re.fullmatch(r"(\d{1,3}) ?lượt ?/ ?ngày", fold(text))
    if match is None or int(match[1]) == 0:
        raise Misread(f"Không hiểu chỉ tiêu “{text}”.", quota_remedy(text))
    return int(match[1])


def parse_repetition(text: str) -> Repetition:
    """`3 lần, cách 10 phút`; `1 lần` needs no distance."""
    match = re.fullmatch(r"(\d{1,2}) lần(?:,? cách(?: nhau)? (.+))?", fold(text))
    if match is None or int(match[1]) == 0 or (int(match[1]) > 1 and match[2] is None):
        raise Misread(f"Không hiểu cách lặp “{text}”.", "Viết ví dụ: 3 lần, cách 10 phút")
    return Repetition(times=int(match[1]), every=parse_duration(match[2]) if match[2] else timedelta())


def parse_date(text: str) -> date:
    """`10/10/2026`: day, month, year."""
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?", text.strip())
    if match is None:
        raise Misread(f"Không hiểu ngày “{text}”.", date_remedy(text))
    day, month = int(match[1]), int(match[2])
    if match[3] is None:
        raise Misread(f"Ngày “{text}” thiếu năm.", f"Viết đủ ngày/tháng/năm, ví dụ: {day:02d}/{month:02d}/2026")
    year = int(match[3])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Misread(f"Năm {year} nằm ngoài lịch.", f"Lịch dùng được từ năm {FIRST_YEAR} đến năm {LAST_YEAR}")
    if not 1 <= month <= MONTHS:
        right = f"{month:02d}/{day:02d}/{year}" if day <= MONTHS and month <= LONGEST_MONTH else "24/10/2026"
        raise Misread(f"Không có tháng {month} (“{text}”).", f"Viết ngày trước, tháng sau: {right}")
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise Misread(f"Không có ngày “{text}”: tháng {month}/{year} có {days} ngày.", f"Ngày từ 01 đến {days}")
    return date(year, month, day)


def parse_dates(text: str) -> DateRange:
    """One date, or `01/10/2026-05/10/2026`."""
    ends = DASH.split(text) if "/" in text else [text]
    if len(ends) > PAIR:
        raise Misread(f"Không hiểu khoảng ngày “{text}”.", "Viết ngày đầu-ngày cuối: 01/10/2026-05/10/2026")
    yearless = re.fullmatch(r"\d{1,2}/\d{1,2}", ends[0])
    if yearless and (year := re.fullmatch(r"\d{1,2}/\d{1,2}(/\d{4})", ends[-1])):
        remedy = f"Viết đủ năm ở cả hai ngày: {ends[0]}{year[1]}-{ends[-1]}"
        raise Misread(f"Ngày “{ends[0]}” thiếu năm.", remedy)
    first, last = parse_date(ends[0]), parse_date(ends[-1])
    if last < first:
        right = f"{last:%d/%m/%Y}-{first:%d/%m/%Y}"
        raise Misread(
            f"Khoảng ngày “{text}” kết thúc trước khi bắt đầu.", f"Viết ngày sớm trước, ngày muộn sau: {right}"
        )
    return DateRange(first=first, last=last)


def parse_weekdays(text: str) -> frozenset[int]:
    """`T2-T7`, `T2, T4`, `CN`, `hằng ngày`; 0 is Monday."""
    days: set[int] = set()
    for part in fold(text).split(","):
        if part.strip() in DAILY:
            days.update(range(7))
            continue
        ends = [_weekday(end, text) for end in DASH.split(part.strip())]
        if len(ends) > PAIR:
            raise Misread(f"Không hiểu các thứ “{text}”.", weekdays_remedy(text))
        days.update((ends[0] + step) % 7 for step in range((ends[-1] - ends[0]) % 7 + 1))
    return frozenset(days)


def _weekday(name: str, text: str) -> int:
    found = WEEKDAYS.get(name.strip())
    if found is None:
        raise Misread(f"Không có thứ “{name.strip()}” (“{text}”).", weekdays_remedy(text))
    return found


def parse_level(text: str, *, unit: str, lowest: float, highest: float, usual: float | None = None) -> float:
    """`-16 LUFS`, `-1.5 dBTP`; the unit may be left out, a decimal comma is a point."""
    match = re.fullmatch(rf"([-−]?\d+(?:[.,]\d+)?)\s*(?:{unit})?", text.strip(), re.IGNORECASE)
    level = float(match[1].replace("−", "-").replace(",", ".")) if match else None
    if level is None or not lowest <= level <= highest:
        example = lowest if usual is None else usual
        if level is not None and level > 0 and lowest <= -level <= highest:
            example = -level
        remedy = f"Viết số từ {lowest:g} đến {highest:g} {unit}, ví dụ: {example:g} {unit}"
        raise Misread(f"Không dùng được mức “{text}”.", remedy)
    return level


def parse_switch(text: str) -> bool:
    """`true`, `false`, also `bật`, `tắt`, `có`, `không`, with their accents or without."""
    on, off = ("true", "bật", "bat", "có", "co"), ("false", "tắt", "tat", "không", "khong")
    words = dict.fromkeys(on, True) | dict.fromkeys(off, False)
    if fold(text) not in words:
        raise Misread(f"Không hiểu “{text}”.", "Viết true (bật) hoặc false (tắt)")
    return words[fold(text)]


def parse_code(text: str) -> str:
    """A commune's administrative code: five digits, kept as text."""
    if re.fullmatch(r"\d{5}", text.strip()) is None:
        bare = text.strip().strip(CURVED)
        if re.fullmatch(r"\d{5}", bare):
            raise Misread(f"Mã {text} nằm trong ngoặc kép cong.", f'Dùng ngoặc kép thẳng của bàn phím: "{bare}"')
        remedy = 'Viết đủ 5 chữ số trong ngoặc kép, ví dụ: "14842"'
        raise Misread(f"Mã đơn vị hành chính “{text}” không đủ 5 chữ số.", remedy)
    return text.strip()


def parse_key(text: str) -> str:
    """A key that ends up in file names and airings' ids."""
    if re.fullmatch(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", text) is None:
        remedy = f"Dùng chữ thường không dấu, chữ số, gạch nối: {slug(text) or 'hoang-dao'}"
        raise Misread(f"Mã “{text}” không dùng được.", remedy)
    return text


def parse_script_path(text: str) -> str:
    """A path below scripts_content/ with forward slashes; only `{xa}` and `{ngay}` may stand for something."""
    if "\\" in text and re.match(r"[A-Za-z]:|\\", text) is None:
        raise Misread(f"Đường dẫn “{text}” dùng dấu \\.", f"Dùng dấu /: {text.replace(chr(92), '/')}")
    if not text or text.startswith("/") or re.match(r"[A-Za-z]:", text) or ".." in text.split("/"):
        raise Misread(
            f"Đường dẫn “{text}” ra ngoài scripts_content/.",
            "Ghi đường dẫn trong scripts_content/, ví dụ: thong-bao/tiem-chung.txt",
        )
    for mark in re.findall(r"\{[^}]*\}?|\}", re.sub(r"\{(?:xa|ngay)\}", "", text)):
        raise Misread(f"Không hiểu “{mark}” trong “{text}”.", "Chỉ dùng {xa} (mã xã) và {ngay} (2026-10-10)")
    return text
