"""How a text is divided by its own signs: headings, numbered points, list items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum

_MARKDOWN = re.compile(r"#{1,6}\s+(?=\S)")
_PART = re.compile(r"(phần|chương|mục)\s+(thứ\s+\w+|[IVXLC]+|\d+)\b[.:)]?(?=\s|$)", re.IGNORECASE)
_ROMAN = re.compile(r"[IVX]{1,6}\s*[.)/-]\s+(?=\S)")
_POINT = re.compile(
    r"(\d{1,2}(\.\d{1,2}){0,2}[.)/]\s+(?=\S)"
    r"|(điều|điểm|bài|câu|bước|nội dung|vấn đề|điểm khác nhau)\s+(thứ\s+\w+|số\s+\d+|\d+)\b"
    r"|(thứ|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s+(là|nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)(?=[,:\s]))",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"[a-zđ][.)]\s+(?=\S)")
_ITEM = re.compile(r"([-–+*•▪◦●○■□◆▶✓✔➢➤·]|\d{1,2}(\.\d{1,2}){0,2}[.)/]|[a-zđA-ZĐ][.)]|[IVXLC]{1,6}[.)/])\s*(?=\S)")
_LONGEST_HEADING = 160
_FINAL = (".", "!", "?", ":", ";", ",", "…", '"', "”")
_MANY_LETTERS = 8


class Rank(IntEnum):
    """How good a place the beginning of a line is to begin a part at; smaller is better."""

    HEADING = 0
    POINT = 1
    LETTERED = 2
    PARAGRAPH = 3
    SENTENCE = 4


def is_list_item(line: str) -> bool:
    """`1. …`, `a) …`, `- …`."""
    return _ITEM.match(line.lstrip()) is not None


def rank_of(line: str, *, alone: bool) -> Rank:
    """The rank of a line; `alone` where blank lines or the text's ends surround it."""
    text = line.strip()
    if _MARKDOWN.match(text) or _PART.match(text):
        return Rank.HEADING
    if _ROMAN.match(text) and len(text) <= _LONGEST_HEADING:
        return Rank.HEADING
    if _POINT.match(text):
        return Rank.POINT
    if _LETTERED.match(text):
        return Rank.LETTERED
    unended = not text.endswith(_FINAL) and not is_list_item(text) and 0 < len(text) <= _LONGEST_HEADING
    if unended and (alone or (text.isupper() and sum(map(str.isalpha, text)) >= _MANY_LETTERS)):
        return Rank.HEADING
    return Rank.PARAGRAPH


def heading_text(line: str) -> str:
    """A heading's words without Markdown's signs."""
    return _MARKDOWN.sub("", line.strip()).rstrip("# ").strip()


def ranks_of(lines: Sequence[str]) -> list[Rank]:
    """The rank of every line; blank ones get that of a paragraph."""
    ranks = []
    for number, line in enumerate(lines):
        before = number == 0 or not lines[number - 1].strip()
        after = number + 1 == len(lines) or not lines[number + 1].strip()
        ranks.append(rank_of(line, alone=before and after) if line.strip() else Rank.PARAGRAPH)
    return ranks
