"""By when a letter wants something done. *Trước ngày 25/3* makes 24/3 the last day; *chậm nhất ngày 25/3*, 25/3."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, time, timedelta

from broadcaster.model.directive import Deadline, DeadlineRepeat, PartialDate

_SENTENCE = re.compile(r"[^.;!?\n]+(?:[.;](?=\S)[^.;!?\n]*)*")
_HOUR = r"(?:(?P<hour>\d{1,2})\s*(?:giờ|h|g|:)\s*(?P<minute>\d{2})?(?:\s*phút)?\s*,?\s*)?"
_YEAR = r"(?:\s*(?:[/.-]|,?\s*năm)\s*(?P<year>\d{4}))?"
_DAY = rf"(?:ngày\s+)?(?P<day>\d{{1,2}})\s*(?:[/.-]|\s+tháng\s+)\s*(?P<month>\d{{1,2}})(?!\d){_YEAR}"
_LATEST = r"(?:chậm|muộn)\s+nhất(?:\s+(?:là|vào|đến))?|không\s+(?:muộn|chậm|quá)\s+hơn|không\s+quá|đến\s+hết|hết"
_TERM = r"(?:thời\s+)?hạn\b[^.;,\d]{0,40}?\s(?:là|đến|vào|trong)"
_SIGN = rf"(?P<sign>trước|{_LATEST}|{_TERM}|xong\s+trong|trong(?=\s+ngày))"
_LIMIT = re.compile(rf"\b{_SIGN}\s+{_HOUR}{_DAY}", re.IGNORECASE)
_WHOLE = rf"(?P<sign>trước|{_LATEST}|{_TERM}|trong)"
_MONTH = re.compile(rf"\b{_WHOLE}\s+tháng\s+(?P<month>\d{{1,2}})(?!\d){_YEAR}", re.IGNORECASE)
_QUARTER = re.compile(rf"\b{_WHOLE}\s+quý\s+(?P<quarter>IV|I{{1,3}}|[1-4])\b{_YEAR}", re.IGNORECASE)
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}
_EACH = r"(?:hằng|hàng|mỗi)"
_REPEATED = {
    DeadlineRepeat.QUARTERLY: re.compile(
        rf"\b(?:trước|{_LATEST})\s+ngày\s+\d{{1,2}}\s+(?:của\s+)?(?:tháng\s+(?:cuối|đầu|thứ\s+\w+)\s+(?:{_EACH}\s+|của\s+)?quý"
        rf"|{_EACH}\s+quý)",
        re.IGNORECASE,
    ),
    DeadlineRepeat.MONTHLY: re.compile(
        rf"\b(?:trước|{_LATEST})\s+ngày\s+\d{{1,2}}\s+(?:của\s+)?{_EACH}\s+tháng"
        rf"|{_EACH}\s+tháng[^.;]{{0,60}}?(?:trước|{_LATEST})\s+ngày\s+\d{{1,2}}(?!\s*[/.\d])",
        re.IGNORECASE,
    ),
}
_DUE = re.compile(
    r"báo cáo|gửi|hoàn thành|nộp|đăng ký|tổng hợp|thực hiện|triển khai|cung cấp|xong|phát sóng"
    r"|rà soát|lập danh sách|khắc phục",
    re.IGNORECASE,
)
_UNCLEAR = re.compile(rf"\b(?:thời hạn|{_LATEST}|trước\s+(?:ngày|tháng|quý))\b[^.;]{{0,40}}", re.IGNORECASE)
_YEARLY = re.compile(rf"{_EACH} năm", re.IGNORECASE)
_LONGEST_WORDS = 300
_SAID = 80


def deadlines_in(text: str, *, issued: PartialDate) -> tuple[tuple[Deadline, ...], tuple[str, ...]]:
    """All deadlines in the order of the text, and what is wrong with or unclear in the rest (in Vietnamese)."""
    found: list[Deadline] = []
    wrong: list[str] = []
    for sentence in _sentences(text):
        if not _DUE.search(sentence):
            continue
        own, unreal, named = _dated(sentence, issued)
        own += [_returning(sentence, repeat) for repeat, shape in _REPEATED.items() if shape.search(sentence)]
        found += own
        wrong += [f"“{words}” không phải một ngày có thật." for words in unreal]
        unclear = _UNCLEAR.search(sentence)
        if unclear and not own and not named:
            wrong.append(f"chưa rõ thời hạn trong “{unclear[0].strip()[:_SAID]}”; xem lại câu ấy.")
    return tuple(found), tuple(wrong)


def _sentences(text: str) -> Iterator[str]:
    for sentence in _SENTENCE.findall(text.replace("*", "")):
        yield " ".join(sentence.split()).lstrip("-–+• ").rstrip("./ ")


def _dated(sentence: str, issued: PartialDate) -> tuple[list[Deadline], list[str], bool]:
    """Deadlines that name a day, a month or a quarter; those that cannot be; whether any day was named at all."""
    found: list[Deadline] = []
    unreal: list[str] = []
    limits = [*_LIMIT.finditer(sentence), *_MONTH.finditer(sentence), *_QUARTER.finditer(sentence)]
    for limit in limits:
        deadline = _deadline(limit, sentence, issued)
        if deadline is None:
            unreal.append(limit[0])
        elif not _is_history(limit, issued):
            found.append(deadline)
    return found, unreal, bool(limits)


def _deadline(limit: re.Match[str], sentence: str, issued: PartialDate) -> Deadline | None:
    repeat = DeadlineRepeat.YEARLY if _YEARLY.search(sentence, limit.end()) else None
    year = int(limit["year"]) if limit["year"] else issued.year
    before = limit["sign"].lower() == "trước"
    # any leap year tells whether a day without its year can be real
    named = _named(limit, year or 2024, before=before)
    if named is None:
        return None
    at = _hour(limit)
    last = named - timedelta(days=1) if before and at is None else named
    if year is None:
        return Deadline(words=sentence[:_LONGEST_WORDS], last_day=None, at=at, repeat=repeat)
    if not limit["year"] and issued.date is not None and last < issued.date:
        later = _real(year + 1, last.month, last.day)
        last = later or last
    return Deadline(words=sentence[:_LONGEST_WORDS], last_day=last, at=at, repeat=repeat)


def _named(limit: re.Match[str], year: int, *, before: bool) -> date | None:
    """The day; of a month or quarter its last one, its first after *trước*."""
    parts = limit.groupdict()
    if parts.get("day"):
        return _real(year, int(parts["month"]), int(parts["day"]))
    if quarter := parts.get("quarter"):
        number = _QUARTERS.get(quarter.upper()) or int(quarter)
        first, last = 3 * number - 2, 3 * number
    else:
        first = last = int(parts["month"])
    if _real(year, last, 1) is None:
        return None
    return date(year, first, 1) if before else date(year, last, monthrange(year, last)[1])


def _returning(sentence: str, repeat: DeadlineRepeat) -> Deadline:
    return Deadline(words=sentence[:_LONGEST_WORDS], last_day=None, repeat=repeat)


def _is_history(limit: re.Match[str], issued: PartialDate) -> bool:
    """*Trước ngày 01/7/2015*: a date from before the letter was written is no deadline."""
    return bool(limit["year"]) and issued.year is not None and int(limit["year"]) < issued.year


def _hour(limit: re.Match[str]) -> time | None:
    parts = limit.groupdict()
    hour, minute = int(parts.get("hour") or 0), int(parts.get("minute") or 0)
    return time(hour, minute) if parts.get("hour") and hour < 24 and minute < 60 else None  # noqa: PLR2004


def _real(year: int, month: int, day: int) -> date | None:
    return PartialDate(day=day, month=month, year=year).date
