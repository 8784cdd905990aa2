"""`[nam]` or `[nữ]` at the head of a line: that voice speaks from there to the next mark, or to the end of the item.

These two words in brackets alone, and only there: `Nam: 45 người` and `Hỏi:` stay ordinary text, whoever writes them.
"""

from __future__ import annotations

from dataclasses import replace

from broadcaster.text.claim import Claim, Place
from broadcaster.text.page import Line
from broadcaster.text.patterns import pattern

VOICES = {"nam": "nam", "nữ": "nữ", "nu": "nữ"}
"""As typed → as `Phrase.voice` has it; one is often typed without its marks."""
MARK = pattern(r"\[ *((?i:nam|nữ|nu)) *\]")
HEAD = pattern(r" *\[ *((?i:nam|nữ|nu)) *\][ :]*")
RULE = "đổi giọng"
WHY = "Dấu đổi giọng «{}» phải đứng đầu dòng; ở đây nó không đổi giọng mà bị đọc thành chữ."


def turn_of(line: Line) -> tuple[str | None, list[Claim], Line]:
    """Whose turn begins with the line (None: nobody's), the claim of its mark, and the line with spaces for it."""
    head = HEAD.match(line.text)
    if head is None:
        return None, [], line
    mark = head[0].rstrip()
    start = len(mark) - len(mark.lstrip())
    rest = replace(line, text=" " * head.end() + line.text[head.end() :])
    return VOICES[head[1].lower()], [Claim(start, len(mark), "", RULE)], rest


def misplaced(place: Place) -> Claim | None:
    """A mark within a line is said, and flagged: somebody meant another voice there."""
    mark = MARK.match(place.line, place.at) if place.line[place.at] == "[" else None
    if mark is None:
        return None
    return Claim(place.at, mark.end(), VOICES[mark[1].lower()], RULE, sure=False, why=WHY.format(mark[0]))
