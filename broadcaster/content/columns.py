"""A line of a letter's head → its columns: who writes on the left, the national motto and the date on the right.

Wide spaces keep them apart in text; Word's tabs, the cells of a table and PDF often leave a single space.
"""

from __future__ import annotations

import re
from itertools import takewhile

_WIDE = re.compile(r"\s{3,}|\t+")
_BEFORE_MOTTO = re.compile(
    r"(?<=\S)[\s;]+(?=CỘNG H[OÒ][AÀ] XÃ HỘI CHỦ NGHĨA|Độc lập\s*[-–]\s*Tự do|ĐẢNG CỘNG SẢN VIỆT NAM)"
)
"""Capitals as the head has them: a sentence that names the Republic is no head."""
_BEFORE_PLACE = re.compile(r"(\ASố\s*[:.]?\s*[\d.…_\s]*[-/][^\s;]+)[\s;]+(?=[^\W\d][^,\d]{1,40},\s*ngày\b)")
_PLACED = re.compile(r"[^\W\d][^,\d]{1,40},\s*ngày\b.*")


def columns_of(line: str) -> list[str]:
    """Its pieces from left to right; the line alone where nothing says that it has columns."""
    seamed = _BEFORE_PLACE.sub(r"\1" + "\t", _BEFORE_MOTTO.sub("\t", line))
    return [cell for piece in _WIDE.split(seamed) for cell in _issuer_and_place(piece) if cell]


def _issuer_and_place(piece: str) -> tuple[str, ...]:
    """`BAN THƯỜNG TRỰC Ninh Hải, ngày …`: capitals of two words and more are no part of a place's name."""
    words = piece.split()
    capitals = sum(1 for _ in takewhile(str.isupper, words))
    place = " ".join(words[capitals:])
    if capitals > 1 and _PLACED.fullmatch(place):
        return " ".join(words[:capitals]), place
    return (piece,)
