"""Numbers in words: cardinals, digits one by one, decimals, Roman numerals."""

from __future__ import annotations

import re

from broadcaster.text.patterns import pattern
from broadcaster.text.style import STYLE, Style

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
SEVEN = 7
BILLION = 10**9
LONGEST = 18
"""Digits; a longer run of digits is no quantity that anyone says."""

GROUPED = pattern(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,(\d+))?")
GROUPED_ENGLISH = pattern(r"[1-9]\d{0,2}(?:(?:,\d{3}){2,}(?:\.(\d+))?|(?:,\d{3})+\.(\d+))")
DECIMAL = pattern(r"(\d+)([.,])(\d+)")
ROMAN = pattern(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def digits(written: str, *, style: Style = STYLE) -> str:
    """Digit by digit: telephone numbers, codes, decimals."""
    return " ".join(_digit(int(char), style) for char in written if char.isdecimal())


def _digit(value: int, style: Style) -> str:
    return style.seven if value == SEVEN else DIGITS[value]


def cardinal(value: int, *, style: Style = STYLE) -> str:
    """`1005` → một nghìn không trăm linh năm."""
    if value >= BILLION:
        high, rest = divmod(value, BILLION)
        words = f"{cardinal(high, style=style)} tỷ"
        return f"{words} {_below_billion(rest, style, led=True)}" if rest else words
    return _below_billion(value, style, led=False) if value else DIGITS[0]


def _below_billion(value: int, style: Style, *, led: bool) -> str:
    words: list[str] = []
    for unit, name in ((1_000_000, "triệu"), (1_000, style.thousand), (1, "")):
        group = value // unit % 1000
        if group:
            words += _group(group, style, led=led or bool(words))
            words += [name] if name else []
    return " ".join(words)


def _group(group: int, style: Style, *, led: bool) -> list[str]:
    """Up to three digits; after a higher group the hundreds are said even where they are none."""
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    words = [_digit(hundreds, style), "trăm"] if hundreds or led else []
    if tens == 0:
        words += [style.odd] if words and ones else []
        words += [_digit(ones, style)] if ones else []
    elif tens == 1:
        words += ["mười"] + ([_after_tens(ones, style, teens=True)] if ones else [])
    else:
        words += [_digit(tens, style), "mươi"] + ([_after_tens(ones, style, teens=False)] if ones else [])
    return words


def _after_tens(ones: int, style: Style, *, teens: bool) -> str:
    changed = {5: "lăm"} if teens else {1: "mốt", 4: style.four_after_tens, 5: "lăm"}
    return changed.get(ones) or _digit(ones, style)


def whole(written: str, *, style: Style = STYLE) -> str:
    """A run of digits as one number; too long a run digit by digit."""
    return cardinal(int(written), style=style) if len(written) <= LONGEST + 1 else digits(written, style=style)


def number(written: str, *, style: Style = STYLE) -> str:
    """Digits with points and commas: `1.234,5`, `3,14`, `1.5`, `1,299,495`, `2.1.3`."""
    if written.isdecimal():
        return whole(written, style=style)
    grouped = GROUPED.fullmatch(written) or GROUPED_ENGLISH.fullmatch(written)
    if grouped:
        decimals = next((group for group in grouped.groups() if group), "")
        head = written[: len(written) - len(decimals) - 1] if decimals else written
        words = whole(re.sub(r"\D", "", head), style=style)
        return f"{words} phẩy {digits(decimals, style=style)}" if decimals else words
    decimal = DECIMAL.fullmatch(written)
    if decimal:
        sign = "phẩy" if decimal[2] == "," else "chấm"
        fraction = decimal[3]
        tail = DIGITS[0] if sign == "chấm" and not fraction.strip("0") else digits(fraction, style=style)
        return f"{whole(decimal[1], style=style)} {sign} {tail}"
    return _parts(written, style)


def _parts(written: str, style: Style) -> str:
    """Section, version and net numbers: part by part."""
    parts = re.split(r"([.,])", written)
    long = len(parts) > 5 or any(len(part) > 2 for part in parts[::2])  # noqa: PLR2004
    said = [
        (
            {".": "chấm", ",": "phẩy"}[part]
            if at % 2
            else (digits(part, style=style) if long else whole(part, style=style))
        )
        for at, part in enumerate(parts)
    ]
    return " ".join(said)


def roman(written: str) -> int | None:
    """The value of a well-formed Roman numeral, else None."""
    upper = written.upper()
    if not upper or not ROMAN.fullmatch(upper):
        return None
    values = [ROMAN_VALUES[char] for char in upper]
    return sum(-value if value < next_ else value for value, next_ in zip(values, [*values[1:], 0], strict=True))
