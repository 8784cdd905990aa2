"""Hours, minutes and seconds."""

from __future__ import annotations

import re

from broadcaster.text.claim import Claim, Place
from broadcaster.text.datafiles import SETS
from broadcaster.text.numerals import cardinal
from broadcaster.text.patterns import pattern
from broadcaster.text.readers.dates import say_date
from broadcaster.text.slashes import is_day
from broadcaster.text.style import Style

HOUR = r"(\d{1,3}) ?([hHgG])(?: ?(\d{2})(?!\d)(?: ?(?:phút|ph|p|'))?)?(?: ?(\d{1,2}) ?(?:s|giây))?"
LETTERED = pattern(HOUR + r"(?![^\W\d_]|\d)")
SPELLED = pattern(r"(\d{1,2}) [gG]iờ (\d{2})(?: phút(?! ?\d)|(?! ?phút)(?: ?'|(?![\w/:]|[.,-]\d))(?! ?giây))")
DAY_AFTER = pattern(r"/(\d{1,2})/(\d{1,2})(?:/(\d{4}))?(?![\d/])")
COLON = pattern(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?![\d:]|\.\d)(?: ?(phút|giây))?")
LASTING = pattern(r"(\d{1,3}) ?p(?:h)? ?(\d{1,2}) ?s(?!\w)|(\d{1,3})(ph|p|s|')(?!\w)")
JOINT = pattern(r" ?(?:->|[-–~→]) ?")
BARE_HOUR = pattern(r"(\d{1,2}) ?[-–] ?(?=\d{1,2} ?[hg](?:\d{2})?(?!\w))")
HALVES_OF_DAY = pattern(r" ?(AM|PM|am|pm|a\.m\.|p\.m\.)(?!\w)")
HOUR_BEFORE = SETS["times.hour_before"]
PART_OF_DAY = frozenset(["sáng", "trưa", "chiều", "tối", "đêm", "ngày", "rưỡi"])
RATIO_BEFORE = frozenset(["lệ", "số", "iso", "tcvn"])
MIXED = frozenset(["pha", "loãng", "trộn"])
APPROXIMATE = frozenset(["khoảng", "hơn"])
NEAR_RATIO = 6
"""Words: `pha thuốc với nước sạch 1:20`, `tỷ lệ dung dịch khoảng 1:10`."""
BESIDE_BEFORE = pattern(
    r"(?:(?<!\d)\d{1,2}[gG]\d{2}|(?<!\w)(?:" + "|".join(sorted(HOUR_BEFORE)) + r") \d{1,2} ?[gG] ?[-–] ?\d{1,2} ?[gG])"
    r" ?(?:,|;|và|hoặc|hay|&|[-–]) ?$"
)
BESIDE_AFTER = pattern(r" ?(?:,|;|và|hoặc|hay|&) ?\d{1,2}[gG]\d{2}(?!\w)")
REACH_BESIDE = 24
"""Code points."""
DAY_HOURS = 24
MINUTES = 60


def time(place: Place) -> Claim | None:
    """A time of day, or a range of two."""
    first = _one(place, place.at)
    if first is None:
        return _bare_range(place) or _lasting(place)
    end, spoken = first
    joint = JOINT.match(place.line, end)
    if joint and (second := _one(place, joint.end())):
        end, spoken = second[0], f"{spoken} đến {second[1]}"
    day = DAY_AFTER.match(place.line, end)
    if day and is_day(day[1], day[2]):
        end, spoken = day.end(), f"{spoken} ngày {say_date(day[1], day[2], day[3], style=place.style)}"
    return Claim(place.at, end, spoken, "giờ")


def _bare_range(place: Place) -> Claim | None:
    """`7-8h`, `5 - 6h30`."""
    bare = BARE_HOUR.match(place.line, place.at)
    if bare is None or int(bare[1]) > DAY_HOURS or not (second := _one(place, bare.end())):
        return None
    return Claim(place.at, second[0], f"{cardinal(int(bare[1]), style=place.style)} đến {second[1]}", "giờ")


def _one(place: Place, at: int) -> tuple[int, str] | None:
    return _lettered(place, at) or _colon(place, at) or _spelled(place, at)


def _lettered(place: Place, at: int) -> tuple[int, str] | None:
    """`5h30`, `7g15`, `0h`; a bare `g` is an hour only with a witness, else grams."""
    match = LETTERED.match(place.line, at)
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[3] or 0)
    if minute >= MINUTES or (match[3] and hour > DAY_HOURS):
        return None
    if match[2] in "gG" and (hour > DAY_HOURS or not (match[3] or _tells_an_hour(place, at, match.end()))):
        return None
    return _with_half_of_day(place, match.end(), _say(hour, minute, match[4], style=place.style), hour)


def _tells_an_hour(place: Place, at: int, end: int) -> bool:
    """A word beside it, an hour with its minutes (`5g30 và 17g`), hours that a word told (`mở cửa 7g-11g, 13g-17g`)."""
    if place.left[0] in HOUR_BEFORE or place.next_word(end).lower() in PART_OF_DAY:
        return True
    before = any(BESIDE_BEFORE.search(place.line, max(0, from_ - REACH_BESIDE), from_) for from_ in {place.at, at})
    return bool(before or BESIDE_AFTER.match(place.line, end))


def is_ratio(place: Place) -> bool:
    """Whether words before say that two numbers with a colon are parts, not an hour."""
    near = place.left[:NEAR_RATIO]
    rated = "lệ" in near and ("tỷ" in near or "tỉ" in near)
    said = rated or not MIXED.isdisjoint(near)
    return place.left[0] in RATIO_BEFORE or (said and place.left[0] not in HOUR_BEFORE - APPROXIMATE)


def _colon(place: Place, at: int) -> tuple[int, str] | None:
    match = COLON.match(place.line, at)
    if match is None or is_ratio(place):
        return None
    hour, minute = int(match[1]), int(match[2])
    if minute >= MINUTES or int(match[3] or 0) >= MINUTES:
        return None
    if hour > DAY_HOURS:
        return match.end(), f"{cardinal(hour, style=place.style)} phút {cardinal(minute, style=place.style)} giây"
    return _with_half_of_day(place, match.end(), _say(hour, minute, match[3], style=place.style), hour)


def _spelled(place: Place, at: int) -> tuple[int, str] | None:
    """`8 giờ 00`, `7 giờ 05 phút`."""
    match = SPELLED.match(place.line, at)
    if match is None or int(match[1]) > DAY_HOURS or int(match[2]) >= MINUTES:
        return None
    return match.end(), _say(int(match[1]), int(match[2]), None, style=place.style)


def _with_half_of_day(place: Place, end: int, spoken: str, hour: int) -> tuple[int, str]:
    half = HALVES_OF_DAY.match(place.line, end)
    if half is None:
        return end, spoken
    if half[1].lower().startswith("a"):
        return half.end(), f"{spoken} sáng"
    return half.end(), f"{spoken} {'tối' if 6 <= hour % 12 < 12 else 'chiều'}"  # noqa: PLR2004


def _say(hour: int, minute: int, second: str | None, *, style: Style) -> str:
    words = f"{cardinal(hour, style=style)} giờ"
    if minute:
        words += f" {cardinal(minute, style=style)} phút"
    if second and int(second):
        words += f"{'' if minute else ' không phút'} {cardinal(int(second), style=style)} giây"
    return words


def _lasting(place: Place) -> Claim | None:
    """`3p20s`, `45'`, `30s`, `3'-5'`."""
    match = LASTING.match(place.line, place.at)
    if match is None:
        return None
    end, spoken = match.end(), _say_lasting(match, place.style)
    joint = JOINT.match(place.line, end)
    if joint and (second := LASTING.match(place.line, joint.end())):
        end, spoken = second.end(), f"{spoken} đến {_say_lasting(second, place.style)}"
    return Claim(place.at, end, spoken, "khoảng thời gian")


def _say_lasting(match: re.Match[str], style: Style) -> str:
    if not match[1]:
        return f"{cardinal(int(match[3]), style=style)} {'giây' if match[4] == 's' else 'phút'}"
    spoken = f"{cardinal(int(match[1]), style=style)} phút"
    return f"{spoken} {cardinal(int(match[2]), style=style)} giây" if int(match[2]) else spoken
