"""Numbers with what they count: percent, money, units, and ranges of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from broadcaster.text.claim import Claim, Place
from broadcaster.text.numerals import digits, number, whole
from broadcaster.text.orthography import is_syllable
from broadcaster.text.patterns import pattern
from broadcaster.text.slashes import SMALL
from broadcaster.text.style import Style
from broadcaster.text.units import GLUED_ONLY, MAGNITUDES, PER_WORDS, SYMBOL_MONEY, UNIT, is_money, said

NUMBER = pattern(r"\d+(?:[.,]\d+)*")
SPACED_THOUSANDS = pattern(r"[1-9]\d{0,2}(?: \d{3}){1,6}(?!\d)")
FRACTION = pattern(r"(\d{1,3})/(\d{1,3}(?:,\d+)?)(?= ?[A-Za-zμ])")
MAGNITUDE = pattern(
    r"((?:k|tr|t)(?!\w)| tr(?= ?(?:đồng|đ)(?!\w)|[;,)/]|\.(?!\w)|$))"
    r"|((?: ?(?:nghìn|ngàn|triệu|tỷ|tỉ|vạn|trăm)(?!\w))+)"
)
NEAR = 8
COORDINATES = frozenset({"N", "E"})
DECIMAL_BEFORE = pattern(r"\d[.,]\d+$")
THOUSANDS_BEFORE = pattern(r"(?:\d{3}|tr|[ỷỉ]|triệu|nghìn|ngàn)$")
PRESSURE = pattern(r" ?[mc]mHg")
CODE = pattern(r"\d+[A-ZĐ]+\d")
SHORT_TAIL = pattern(r"(\d+)(?:(tr|t|k)(\d{1,3})|(m)(\d{2}))(?!\w)")
"""`1tr2`, `2t3`, `1m65`."""
PER = pattern(r" ?/ ?([^\W\d_]+[23]?(?: đêm)?)")
JOINT = pattern(r" ?([-–~÷]|đến|x|×|X) ?(?=[-+]?\d)")
COMRADE = pattern(r"/[cvu](?!\w)")
"""12đ/c: twelve comrades."""
MARK = pattern(r"\d{1,2},\d{1,2}đ(?!\w)")
MARK_WHOLE = pattern(r"\d{1,2}đ(?![\w/])")
MARKED = frozenset(
    {"điểm", "toán", "văn", "anh", "lý", "lí", "hóa", "hoá", "sinh", "sử", "địa", "gdcd", "thi", "trung", "đạt"}
)
SIGN = pattern(r"[-+±]")
POST = r"[Kk][Mm](?: ?(\d{1,4}) ?\+ ?(\d{1,3})| ?([014-9]|\d{2,4}))(?!\w|[.,]\d)"
MILESTONE = pattern(POST)
TO_MILESTONE = pattern(rf" ?(?:[-–]|đến|tới) ?(?={POST})")
MONEY_FIRST = pattern(r"(?:USD|VND|VNĐ|EUR|JPY|CNY|NDT) ?(?=\d)")
PREFIXED_MONEY = pattern(rf"(US\$|[{SYMBOL_MONEY}]) ?(\d+(?:[.,]\d+)*)((?: ?(?:nghìn|triệu|tỷ|tỉ)(?!\w))*)")


@dataclass(frozen=True, slots=True)
class Measured:
    """A number and, where there is one, its unit."""

    end: int
    spoken: str
    unit: str


def quantity(place: Place) -> Claim | None:
    """A measured number, a range (`25-30°C`, `3kg-6kg`) or dimensions (`100cm x 50cm`)."""
    parts = [first] if (first := _measured(place.line, place.at, place.style)) else []
    if not parts:
        return None
    spoken, end, unit = parts[0].spoken, parts[0].end, parts[0].unit
    while joint := JOINT.match(place.line, end):
        after = _measured(place.line, joint.end(), place.style)
        if after is None or not (after.unit or unit):
            break
        spoken += f" {'nhân' if joint[1] in 'x×X' else 'đến'} {after.spoken}"
        end, unit = after.end, after.unit or unit
    if not unit:
        return None
    return Claim(place.at, end, spoken, "tiền" if is_money(unit) else "đơn vị đo")


def marks(place: Place) -> Claim | None:
    """`Ngữ văn 8,25đ`: what pupils get; no money has so few figures and a decimal."""
    match = MARK.match(place.line, place.at)
    if match is None:
        match = MARK_WHOLE.match(place.line, place.at)
        if match is None or not MARKED.intersection(place.left[:2]):
            return None
    return Claim(place.at, match.end(), f"{number(match[0][:-1], style=place.style)} điểm", "điểm số")


def prefixed_money(place: Place) -> Claim | None:
    """`$50`, `€ 3,50`, `¥120000`."""
    match = PREFIXED_MONEY.match(place.line, place.at)
    if match is None:
        return None
    words = [number(match[2], style=place.style), match[3].strip(), said(match[1]) or ""]
    return Claim(place.at, match.end(), " ".join(word for word in words if word), "tiền")


def money_first(place: Place) -> Claim | None:
    """`USD 1.200`, `VND 500.000`: the currency is said after its number."""
    match = MONEY_FIRST.match(place.line, place.at)
    if match is None:
        return None
    measured = _measured(place.line, match.end(), place.style)
    if measured is None or measured.unit:
        return None
    end, words = measured.end, measured.spoken
    if magnitude := MAGNITUDE.match(place.line, end):
        end, words = magnitude.end(), f"{words} {MAGNITUDES.get(magnitude[0].strip(), magnitude[0].strip())}"
    return Claim(place.at, end, f"{words} {said(match[0].strip())}", "tiền")


def milestone(place: Place) -> Claim | None:
    """`Km12+300`: the kilometre post and the metres beyond it."""
    match = MILESTONE.match(place.line, place.at)
    if match is None:
        return None
    words, end = _post(match, place.style), match.end()
    joint = TO_MILESTONE.match(place.line, end)
    if joint and (last := MILESTONE.match(place.line, joint.end())):
        words, end = f"{words} đến {_post(last, place.style)}", last.end()
    return Claim(place.at, end, words, "lý trình")


def _post(match: re.Match[str], style: Style) -> str:
    post, metres = match[1] or match[3], match[2]
    words = f"ki lô mét {whole(post, style=style)}"
    if metres:
        beyond = metres.lstrip("0")
        words += f" cộng {whole(beyond, style=style) if beyond else digits(metres, style=style)}"
    return words


def _measured(line: str, at: int, style: Style) -> Measured | None:
    negative = line.startswith("-", at)
    start = at + 1 if negative else at
    tail = SHORT_TAIL.match(line, start)
    if tail:
        measured = _with_tail(line, tail, style)
    else:
        base = _amount(line, start, style)
        if base is None:
            return None
        measured = _with_unit(line, *base)
    return Measured(measured.end, f"âm {measured.spoken}", measured.unit) if negative else measured


def _with_tail(line: str, tail: re.Match[str], style: Style) -> Measured:
    """What follows a shortened magnitude: 1tr2 is a million and two hundred thousand."""
    head, end = whole(tail[1], style=style), tail.end()
    if tail[4]:
        return Measured(end, f"{head} mét {whole(tail[5], style=style)}", "m")
    lower = {"tr": style.thousand, "t": "triệu", "k": ""}[tail[2]]
    rest = whole(tail[3].ljust(3, "0"), style=style)
    spoken = f"{head} {MAGNITUDES[tail[2]]} {rest} {lower}".rstrip()
    unit = _with_unit(line, end, spoken)
    return unit if unit.unit else Measured(end, spoken, tail[2])


def _amount(line: str, at: int, style: Style) -> tuple[int, str] | None:
    fraction = FRACTION.match(line, at)
    if fraction and _unit_at(line, fraction.end()):
        numerator, denominator = (number(part, style=style) for part in fraction.groups())
        small = fraction[2].isdecimal() and int(fraction[2]) <= SMALL
        joint = "phần" if small and not PRESSURE.match(line, fraction.end()) else "trên"
        return fraction.end(), f"{numerator} {joint} {'tư' if fraction[2] == '4' else denominator}"
    spaced = SPACED_THOUSANDS.match(line, at)
    if spaced and (spaced[0].count(" ") > 1 or _unit_at(line, spaced.end())):
        return spaced.end(), whole(spaced[0].replace(" ", ""), style=style)
    match = NUMBER.match(line, at)
    if match is None or CODE.match(line, at):
        return None
    return match.end(), number(match[0].lstrip("0") or "0" if match[0].isdecimal() else match[0], style=style)


def _with_unit(line: str, end: int, spoken: str) -> Measured:
    magnitude = MAGNITUDE.match(line, end)
    named = ""
    if magnitude:
        words = MAGNITUDES[magnitude[1].strip()] if magnitude[1] else " ".join(magnitude[2].split())
        if magnitude[1] or _unit_at(line, magnitude.end()):
            end, spoken, named = magnitude.end(), f"{spoken} {words}", (magnitude[1] or "").strip()
    unit = _unit_at(line, end)
    if unit is None:
        return Measured(end, spoken, named) if not named else _per(line, end, spoken, named)
    end, written = unit
    return _per(line, end, f"{spoken} {said(written)}", written)


def has_unit(line: str, end: int) -> bool:
    """Whether a magnitude or a unit follows the number that ends there."""
    return MAGNITUDE.match(line, end) is not None or _unit_at(line, end) is not None


def _unit_at(line: str, at: int) -> tuple[int, str] | None:
    spaced = line.startswith(" ", at)
    match = UNIT.match(line, at + 1 if spaced else at)
    if match is None:
        return None
    written, end = match[0], match.end()
    following = line[end : end + 1]
    if written == "đ" and COMRADE.match(line, end):
        return None
    if said(written) is None or (spaced and written in GLUED_ONLY) or (written == "'" and following.isalpha()):
        return None
    if (written[-1].isalnum() and following.isalnum()) or _is_doubtful(line, at, written, following=following):
        return None
    return end, written


def _is_doubtful(line: str, at: int, written: str, *, following: str) -> bool:
    """Single letters that may be something else: `lớp 5 m)`, `15 N`, `điểm 5 đ`."""
    if written in COORDINATES:
        return not DECIMAL_BEFORE.search(line, max(0, at - NEAR), at)
    if not line.startswith(" ", at) or len(written) > 1:
        return False
    return (written.isalpha() and following == ")") or (
        written in "đĐ" and not THOUSANDS_BEFORE.search(line, max(0, at - NEAR), at)
    )


def _per(line: str, end: int, spoken: str, written: str) -> Measured:
    """`/h`, `/người/năm`: trên between units of physics, một before what people count."""
    unit = written
    while match := PER.match(line, end):
        per = match[1]
        if per[0].isupper() and said(per) is None:
            break
        name = PER_WORDS.get(per) or said(per) or (per if is_syllable(per.lower().split()[0]) else "")
        if not name:
            break
        name = PER_WORDS.get(per) or said(per)
        counted = name is None or is_money(written) or written in MAGNITUDES
        if name is None and not is_syllable(per.lower().split()[0]):
            return Measured(match.start(1), f"{spoken} trên", unit)
        spoken += f" {'một' if counted else 'trên'} {name or per}"
        end = match.end()
    return Measured(end, spoken, unit)


def sign(place: Place) -> Claim | None:
    """A sign before a number: `-5°C`, `+84`; a dash that opens a list item is none."""
    if not SIGN.match(place.line, place.at) or not place.char(place.at + 1).isdecimal():
        return None
    if place.char_before == "^" and place.line[place.at] == "-":
        return Claim(place.at, place.at + 1, "trừ", "dấu của số")
    if place.char_before and place.char_before not in " (;[:=,":
        return None
    if place.starts_line and place.char(place.at + 1) == "0" and place.char(place.at + 2).isdecimal():
        return None
    words = {"-": "âm", "+": "cộng", "±": "cộng trừ"}
    return Claim(place.at, place.at + 1, words[place.line[place.at]], "dấu của số")
