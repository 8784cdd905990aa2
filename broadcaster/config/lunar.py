"""Lunar days as the office writes them: `mùng 1`, `rằm`, `ngày 23 tháng 12`, `giao thừa`, ranges of two."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from broadcaster.config.names import fold
from broadcaster.config.values import MONTHS, PAIR, Misread

EXAMPLES = "Ví dụ: mùng 1; rằm; ngày 23 tháng 12; giao thừa - mùng 3 tháng 1"
DAY = re.compile(r"(?:(?:ngày )?(rằm)|(?:ngày )?(m[ùồ]ng) (\d{1,2})|ngày (\d{1,2}))(?: tháng (\d{1,2}|giêng|chạp))?")
SAID_NUMBERS = {
    word: str(number)
    for number, word in enumerate(("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"), start=1)
}
NAMED_MONTHS = {"giêng": 1, "chạp": 12}
FULL_MOON, LAST_EARLY_DAY, LONGEST_MONTH = 15, 10, 30


@dataclass(frozen=True, slots=True, kw_only=True)
class LunarDay:
    """`mùng 1`, `rằm`, `ngày 23 tháng 12`, `giao thừa`; month None: every month, leap months too."""

    day: int
    """1–30; 0 is giao thừa, the day before mùng 1 tháng 1."""
    month: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LunarRange:
    """From one lunar day to another, both included; a single day is a range of one."""

    first: LunarDay
    last: LunarDay


NEW_YEARS_EVE = LunarDay(day=0)


def parse_lunar(text: str) -> LunarRange:
    """One lunar day or a range; `mùng 1 - mùng 3 tháng 1` names its month once."""
    ends = [parse_lunar_day(end) for end in re.split(r"\s*[-–—]\s*|\s+đến\s+", fold(text))]
    if len(ends) > PAIR:
        raise Misread(f"Không hiểu khoảng ngày âm lịch “{text}”.", EXAMPLES)
    first, last = ends[0], ends[-1]
    if first.month is None and last.month is not None and first != NEW_YEARS_EVE:
        if first.day > last.day:
            raise Misread(f"Khoảng “{text}” không rõ bắt đầu từ tháng nào.", "Ghi tháng cho cả hai ngày. " + EXAMPLES)
        first = replace(first, month=last.month)
    return LunarRange(first=first, last=last)


def parse_lunar_day(text: str) -> LunarDay:
    folded = fold(text)
    if folded in {"giao thừa", "đêm giao thừa"}:
        return NEW_YEARS_EVE
    match = DAY.fullmatch(folded)
    if match is None:
        meant = _meant(folded)
        raise Misread(f"Không hiểu ngày âm lịch “{text}”.", f"Viết: {meant}. {EXAMPLES}" if meant else EXAMPLES)
    full_moon, early, early_day, other_day, month_name = match.groups()
    day = FULL_MOON if full_moon else int(early_day or other_day)
    month = None if month_name is None else NAMED_MONTHS.get(month_name) or int(month_name)
    if not 1 <= day <= (LAST_EARLY_DAY if early else LONGEST_MONTH):
        late = LAST_EARLY_DAY < day <= LONGEST_MONTH
        meant = f"Viết: {'rằm' if day == FULL_MOON else f'ngày {day}'} (ngày {day}). " if late else ""
        raise Misread(f"Không có “{text}” trong lịch âm.", f"{meant}Mùng từ 1 đến 10, ngày từ 1 đến 30. {EXAMPLES}")
    if month is not None and not 1 <= month <= MONTHS:
        raise Misread(f"Không có tháng {month} âm lịch (“{text}”).", EXAMPLES)
    return LunarDay(day=day, month=month)


def _meant(folded: str) -> str | None:
    """`1/1`, `30 Tết`, `mùng 3 Tết`, `mồng một`, `15`."""
    folded = re.sub(r" âm(?: lịch)?$|(?<=rằm)(?: (?:hằng|hàng|mỗi|các))* tháng$", "", folded)
    folded = re.sub(r"^ngày (?=rằm)", "", folded)
    if DAY.fullmatch(folded):
        return folded
    if re.fullmatch(r"\d{1,2} tháng \w+", folded) and DAY.fullmatch(f"ngày {folded}"):
        return f"ngày {folded}"
    solar = re.fullmatch(r"(\d{1,2})[/-](\d{1,2})(?:[/-]\d{4})?", folded)
    if solar:
        return f"ngày {solar[1]} tháng {solar[2]}"
    if re.fullmatch(r"(?:ngày |đêm )?(?:30|ba mươi|giao thừa)(?: tháng chạp)? tết", folded):
        return "giao thừa"
    said = re.sub(r"\btết(?: nguyên đán)?$", "tháng 1", folded)
    said = " ".join(SAID_NUMBERS.get(word, word) for word in said.split()).replace("mồng", "mùng")
    said = re.sub(r"^ngày (?=mùng)", "", said)
    if re.fullmatch(r"[1-9]|[12]\d|30", said):
        day = int(said)
        return "rằm" if day == FULL_MOON else f"{'mùng' if day <= LAST_EARLY_DAY else 'ngày'} {day}"
    return said if DAY.fullmatch(said) else None
