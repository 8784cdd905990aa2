"""Plain numbers: ordinals, codes that keep their zero, ranges, and everything that no other reader claimed."""

from __future__ import annotations

import re

from broadcaster.text.claim import Claim, Place
from broadcaster.text.datafiles import SETS
from broadcaster.text.letters import spell
from broadcaster.text.numerals import DIGITS, digits, number, whole
from broadcaster.text.patterns import pattern

NUMBER = pattern(r"\d+(?:[.,]\d+)*")
SPACED = pattern(r"[1-9]\d{0,2}(?: \d{3}){2,6}(?!\d)")
SPACED_ONCE = pattern(r"[1-9]\d{0,2} \d{3}(?![\w/]|[.,]\d)")
RANGE = pattern(r"(\d+(?:[.,]\d+)*) ?[-–~÷] ?(\d+(?:[.,]\d+)*)(?![\w/]|-\d)")
TIMES = pattern(r" ?[x×X*] ?(?=\d)")
SCIENTIFIC = pattern(r"(\d+(?:[.,]\d+)?)(?:e|E| ?[x×] ?10\^?)([-+]?)(\d+)(?!\w)")
CODE = pattern(r"(?!\d+[xX]\d|\d+đ/c)\d+[A-Za-zĐđ]{1,3}\d*(?:[A-Za-z]\d{0,6}){0,6}(?!\w)")
SHORT = pattern(r"\d{1,4}(?![\w/:]|[.,]\d)")
DOTTED = pattern(r"\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")
COUNTED = SETS["phones.money_after"] | SETS["slashes.counted"] | SETS["slashes.shared"]
NAMED = SETS["lists.numbered"] | SETS["lists.doubtful"]
KEEPS_ZERO = SETS["numbers.keeps_zero"]
"""Words after which 06 is a name and not a quantity: Đề án 06, Chỉ thị 04."""


def ordinal(place: Place) -> Claim | None:
    """`thứ 4` → tư, `hạng 1` → nhất, `quý 4` → tư."""
    before = place.left[0]
    if before not in ("thứ", "hạng", "quý", "tháng"):
        return None
    match = SHORT.match(place.line, place.at)
    if match is None:
        return None
    value = int(match[0])
    spoken = whole(str(value), style=place.style)
    if value == 1 and before in ("thứ", "hạng"):
        spoken = "nhất"
    elif value == 4 and before != "hạng":  # noqa: PLR2004
        spoken = "tư"
    return Claim(place.at, match.end(), spoken, "số thứ tự")


def scientific(place: Place) -> Claim | None:
    """`3.5×10^6`, `6.022e23`."""
    match = SCIENTIFIC.match(place.line, place.at)
    if match is None:
        return None
    exponent = ("trừ " if match[2] == "-" else "") + whole(match[3], style=place.style)
    whole_part, point, decimals = match[1].replace(",", ".").partition(".")
    mantissa = whole(whole_part, style=place.style) + (f" chấm {digits(decimals, style=place.style)}" if point else "")
    return Claim(place.at, match.end(), f"{mantissa} nhân mười mũ {exponent}", "số mũ")


def number_range(place: Place) -> Claim | None:
    """`700-900`, `cấp 8 - 9`: from and to."""
    match = RANGE.match(place.line, place.at)
    if match is None or (place.char_before == "-" and place.char(place.at - 2).isdecimal()):
        return None
    first, last = (_said(part, place) for part in match.groups())
    return Claim(place.at, match.end(), f"{first} đến {last}", "khoảng số")


def code(place: Place) -> Claim | None:
    """`5G`, `12C3`, `2FA`: figures and letters one after the other."""
    match = CODE.match(place.line, place.at)
    if match is None:
        return None
    return Claim(place.at, match.end(), mixed(match[0], place), "mã", sure=len(match[0]) <= 6)  # noqa: PLR2004


def plain(place: Place) -> Claim | None:
    """Any figures at all."""
    line, at = place.line, place.at
    spaced = SPACED.match(line, at) or _spaced_once(place)
    match = spaced or NUMBER.match(line, at)
    if match is None:
        return None
    written = match[0].replace(" ", "")
    spoken, end = _said(written, place), match.end()
    while times := TIMES.match(line, end):
        factor = NUMBER.match(line, times.end())
        if factor is None:
            break
        spoken, end = f"{spoken} nhân {_said(factor[0], place)}", factor.end()
    return Claim(at, end, spoken, "số")


def _spaced_once(place: Place) -> re.Match[str] | None:
    """`12 345 người`: one group, where something is counted and no noun before wants the first number for itself."""
    match = SPACED_ONCE.match(place.line, place.at)
    counted = match is not None and place.next_word(match.end()).lower() in COUNTED
    return match if counted and place.left[0] not in NAMED and not place.left[0].isdecimal() else None


def mixed(written: str, place: Place) -> str:
    """Letters spelled, runs of digits as numbers unless they begin with 0."""
    parts = re.findall(r"\d+|[^\W\d_]+", written)
    return " ".join(_figures(part, place) if part.isdecimal() else spell(part, style=place.style) for part in parts)


def _figures(part: str, place: Place) -> str:
    return digits(part, style=place.style) if part.startswith("0") or len(part) > 5 else whole(part, style=place.style)  # noqa: PLR2004


def _said(written: str, place: Place) -> str:
    if len(written) > 1 and written.isdecimal() and written.startswith("0"):
        bare = written.lstrip("0")
        if not bare or len(written) - len(bare) > 1 or len(written) > 3 or _names_a_document(place):  # noqa: PLR2004
            return digits(written, style=place.style)
        return whole(bare, style=place.style)
    if DOTTED.fullmatch(written) and not (len(written) > 4 and all(len(part) == 3 for part in written.split(".")[1:])):  # noqa: PLR2004
        return " chấm ".join(digits(part, style=place.style) for part in written.split("."))
    return number(written, style=place.style) if written else DIGITS[0]


def _names_a_document(place: Place) -> bool:
    return place.left[0] in KEEPS_ZERO or (not place.left[0] and not place.next_word(place.at + 2))
