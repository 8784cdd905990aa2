"""Numbers that commas without a space list, and what a series belongs to: `Điều 5,6,7`, `ngày 5,6/9/2026`."""

from __future__ import annotations

import re

from broadcaster.text.claim import Claim, Place
from broadcaster.text.datafiles import SETS
from broadcaster.text.letters import spell
from broadcaster.text.numerals import number, whole
from broadcaster.text.patterns import pattern
from broadcaster.text.readers.quantities import has_unit

ITEM = r"\d{1,4}[a-zđA-ZĐ]?(?:[-–]\d{1,4}[a-zđ]?)?"
LISTED = pattern(rf"({ITEM}(?:,{ITEM})+)(?:/(\d{{1,2}}))?(?:/(\d{{4}}))?(?![\w/]|[.,]\d|%|[-–]\d)")
PART = pattern(r"\d+|[^\W\d_]")
GROUPED = pattern(r"\d{1,3}(?:,\d{3})+")
JOINTS = frozenset({"và", "hoặc", "hay", "đến", "tới", "cùng"})
NUMBERED = SETS["lists.numbered"]
"""Nouns whose number is a name: Điều, khoản, thôn. A comma between two such numbers is no decimal point."""
DOUBTFUL = SETS["lists.doubtful"]
"""Nouns whose number may be a measure too: cấp, số, điểm."""
MEASURED = SETS["lists.measured"]
"""What makes `số` the name of a measure: hệ số 1,2."""
LEGAL_AFTER = frozenset({"khoản", "điều", "mục", "phần", "phụ", "chương", "nghị", "thông", "công", "tờ", "báo"})
MOST = {"ngày": 31, "tháng": 12, "quý": 4, "thứ": 7}
FOUR, ZERO = "4", "0"
RATES = frozenset({"mỗi", "một", "hằng", "hàng"})
YEAR_DIGITS = 4
WHY = "«{}» có thể là số thập phân hoặc hai số liệt kê, đang đọc là “{}”; liệt kê thì viết dấu cách sau dấu phẩy."


def series_of(place: Place) -> str:
    """The noun before a series of numbers: `quý` for the 4 of `quý 3, 4/2026` and of `quý 3 và 4`."""
    words = iter(place.left)
    return next((word for word in words if not word.isdecimal() and word not in JOINTS), "")


def listed(place: Place) -> Claim | None:
    """A list, where its noun numbers things or where more than one comma stands."""
    match = LISTED.match(place.line, place.at)
    if match is None:
        return None
    items, noun = match[1].split(","), series_of(place)
    plain = all(item.isdecimal() for item in items)
    dated = not match[2] or (noun == "ngày" and 1 <= int(match[2]) <= MOST["tháng"])
    if ZERO in items or not dated or not (plain or noun in NUMBERED or noun == "điểm"):
        return None
    measured = has_unit(place.line, match.end(1))
    if len(items) > 2:  # noqa: PLR2004
        is_list = (plain or not measured) and (noun in NUMBERED or GROUPED.fullmatch(match[1]) is None)
        return _claim(place, match, noun) if is_list else None
    if measured or not _may_be_list(items, noun, place):
        return None
    if noun in NUMBERED or match[3] or _speaks_for_list(items, place, match.end()):
        return _claim(place, match, noun)
    return None if _speaks_for_decimal(place) else _doubted(place, match, noun)


def _claim(place: Place, match: re.Match[str], noun: str) -> Claim:
    """The voice takes breath after each but the last."""
    spoken = [_item(item, noun, place) for item in match[1].split(",")]
    tail = [f"tháng {_ordinal(match[2], 'tháng', place)}"] if match[2] else []
    tail += [f"năm {whole(match[3], style=place.style)}"] if match[3] else []
    breaths: list[int] = []
    for item in spoken[:-1]:
        breaths.append((breaths[-1] if breaths else 0) + len(item.split()))
    return Claim(place.at, match.end(), " ".join([*spoken, *tail]), "số liệt kê", breaths=tuple(breaths))


def _may_be_list(items: list[str], noun: str, place: Place) -> bool:
    """Two numbers of the size that the noun's numbers have; the noun stands right before."""
    first, second = items
    if noun not in NUMBERED | DOUBTFUL or place.left[0] in JOINTS or first.startswith("0") != second.startswith("0"):
        return False
    if noun == "năm":
        return len(first) == len(second) == YEAR_DIGITS
    if noun in MOST and (place.left[1] in RATES or any(part.isdecimal() and int(part) > MOST[noun] for part in items)):
        return False
    return len(second) <= len(first) + 1


def _speaks_for_list(items: list[str], place: Place, end: int) -> bool:
    """Neighbouring numbers, or words around that only parts of a law have."""
    noun = place.left[0]
    if noun == "điểm":
        return place.next_word(end).lower() in LEGAL_AFTER or place.left[1] in ("các", "tại", "những")
    if noun == "số" and place.left[1] in MEASURED:
        return False
    if place.left[1] in ("các", "những"):
        return True
    return all(item.isdecimal() for item in items) and int(items[1]) == int(items[0]) + 1


def _speaks_for_decimal(place: Place) -> bool:
    return place.left[1] in MEASURED or place.left[0] == "điểm"


def _doubted(place: Place, match: re.Match[str], noun: str) -> Claim:
    listed = " ".join(_item(item, noun, place) for item in match[1].split(","))
    decimal = number(match[1], style=place.style) if match[1].replace(",", "").isdecimal() else listed
    why = WHY.format(match[1], decimal)
    return Claim(place.at, match.end(), decimal, "số liệt kê", sure=False, why=why, suggestions=(decimal, listed))


def _item(item: str, noun: str, place: Place) -> str:
    """`5`, `1a`, `5-8`."""
    first, dash, last = item.replace("–", "-").partition("-")
    words = _one(first, noun, place)
    return f"{words} đến {_one(last, noun, place)}" if dash else words


def _one(item: str, noun: str, place: Place) -> str:
    parts = PART.findall(item)
    return " ".join(
        _ordinal(part, noun, place) if part.isdecimal() else spell(part, style=place.style) for part in parts
    )


def _ordinal(figures: str, noun: str, place: Place) -> str:
    bare = figures.lstrip("0") or "0"
    return "tư" if bare == FOUR and noun in ("tháng", "quý", "thứ") else whole(bare, style=place.style)
