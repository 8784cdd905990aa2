"""By when a letter wants something done. *Trước ngày 25/3* makes 24/3 the last day; *chậm nhất ngày 25/3*, 25/3."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time, timedelta

from broadcaster.model.directive import Deadline, DeadlineRepeat, PartialDate

_SENTENCE = re.compile(r"[^.;!?\n]+(?:[.;](?=\S)[^.;!?\n]*)*")
_HOUR = r"(?:(?P<hour>\d{1,2})\s*(?:giờ|h|g|:)\s*(?P<minute>\d{2})?(?:\s*phút)?\s*,?\s*)?"
_DAY = (
    r"(?:ngày\s+)?(?P<day>\d{1,2})\s*(?:[/.-]|\s+tháng\s+)\s*(?P<month>\d{1,2})(?!\d)"
    r"(?:\s*(?:[/.-]|,?\s*năm)\s*(?P<year>\d{4}))?"
)
_SIGN = r"(?P<sign>trước|(?:chậm|muộn)\s+nhất(?:\s+(?:là|vào|đến))?|đến\s+hết|hết|xong\s+trong)"
_LIMIT = re.compile(rf"\b{_SIGN}\s+{_HOUR}{_DAY}", re.IGNORECASE)
_MONTHLY = re.compile(rf"\b{_SIGN}\s+ngày\s+(?P<day>\d{{1,2}})\s+(?:của\s+)?(?:hằng|hàng|mỗi)\s+tháng", re.IGNORECASE)
_DUE = re.compile(
    r"báo cáo|gửi|hoàn thành|nộp|đăng ký|tổng hợp|thực hiện|triển khai|cung cấp|xong|phát sóng", re.IGNORECASE
)
_YEARLY = re.compile(r"(hằng|hàng|mỗi) năm", re.IGNORECASE)
_LONGEST_WORDS = 300


def deadlines_in(text: str, *, issued: PartialDate) -> tuple[tuple[Deadline, ...], tuple[str, ...]]:
    """All deadlines in the order of the text, and what is wrong with those that are none (in Vietnamese)."""
    found: list[Deadline] = []
    wrong: list[str] = []
    for sentence in _sentences(text):
        if not _DUE.search(sentence):
            continue
        for limit in _LIMIT.finditer(sentence):
            deadline = _deadline(limit, sentence, issued)
            if deadline is None:
                wrong.append(f"“{limit[0]}” không phải một ngày có thật.")
            elif not _is_history(limit, issued):
                found.append(deadline)
        found += [_monthly(limit, sentence) for limit in _MONTHLY.finditer(sentence)]
    return tuple(found), tuple(wrong)


def _sentences(text: str) -> Iterator[str]:
    for sentence in _SENTENCE.findall(text.replace("*", "")):
        yield " ".join(sentence.split()).lstrip("-–+• ").rstrip("./ ")


def _deadline(limit: re.Match[str], sentence: str, issued: PartialDate) -> Deadline | None:
    repeat = DeadlineRepeat.YEARLY if _YEARLY.search(sentence, limit.end()) else None
    year = int(limit["year"]) if limit["year"] else issued.year
    # any leap year tells whether a day without its year can be real
    named = _real(year or 2024, int(limit["month"]), int(limit["day"]))
    if named is None:
        return None
    at = _hour(limit)
    last = named - timedelta(days=1) if limit["sign"].lower() == "trước" and at is None else named
    if year is None:
        return Deadline(words=sentence[:_LONGEST_WORDS], last_day=None, at=at, repeat=repeat)
    if not limit["year"] and issued.date is not None and last < issued.date:
        later = _real(year + 1, last.month, last.day)
        last = later or last
    return Deadline(words=sentence[:_LONGEST_WORDS], last_day=last, at=at, repeat=repeat)


def _monthly(limit: re.Match[str], sentence: str) -> Deadline:
    return Deadline(words=sentence[:_LONGEST_WORDS], last_day=None, repeat=DeadlineRepeat.MONTHLY)


def _is_history(limit: re.Match[str], issued: PartialDate) -> bool:
    """*Trước ngày 01/7/2015*: a date from before the letter was written is no deadline."""
    return bool(limit["year"]) and issued.year is not None and int(limit["year"]) < issued.year


def _hour(limit: re.Match[str]) -> time | None:
    hour, minute = int(limit["hour"] or 0), int(limit["minute"] or 0)
    return time(hour, minute) if limit["hour"] and hour < 24 and minute < 60 else None  # noqa: PLR2004


def _real(year: int, month: int, day: int) -> date | None:
    return PartialDate(day=day, month=month, year=year).date
