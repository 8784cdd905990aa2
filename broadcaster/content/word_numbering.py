"""The numbers that Word counts itself: `1.`, `a)`, `II.` stand in no paragraph's text, yet people read them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

_ROMAN = (("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1))
_LEVEL = re.compile(r"%([1-9])")
_BULLET = "-"
_LETTERS = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """One level of a list: how it counts, how the number is written, where it begins."""

    shape: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has been counted."""

    levels: dict[str, dict[int, _Level]]
    """By list and level."""
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, number_id: str, level: int) -> str:
        """What stands before the next paragraph of this list and level, a space after it; empty where nothing does."""
        shapes = self.levels.get(number_id, {})
        if (shape := shapes.get(level)) is None or shape.shape == "none":
            return ""
        counts = self._counts.setdefault(number_id, {})
        counts[level] = counts.get(level, shape.start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        if shape.shape == "bullet":
            return f"{_BULLET} "
        written = _LEVEL.sub(lambda found: self._number(shapes, counts, int(found[1]) - 1), shape.text).strip()
        return f"{written} " if written else ""

    @staticmethod
    def _number(shapes: dict[int, _Level], counts: dict[int, int], level: int) -> str:
        shape = shapes.get(level)
        return _written(counts.get(level, shape.start), shape.shape) if shape else ""


def numbering_of(root: Any | None) -> Numbering:
    """The lists that `numbering.xml` (its root element, or None) defines."""
    if root is None:
        return Numbering({})
    abstract = {item.get(qn("w:abstractNumId")): _levels(item) for item in root.findall(qn("w:abstractNum"))}
    lists = {}
    for item in root.findall(qn("w:num")):
        name = item.find(qn("w:abstractNumId"))
        lists[str(item.get(qn("w:numId")))] = abstract.get(name.get(qn("w:val")) if name is not None else None, {})
    return Numbering(lists)


def _levels(item: Any) -> dict[int, _Level]:
    return {
        int(level.get(qn("w:ilvl"))): _Level(
            shape=_value(level, "w:numFmt") or "decimal",
            text=_value(level, "w:lvlText") or "",
            start=int(_value(level, "w:start") or 1),
        )
        for level in item.findall(qn("w:lvl"))
    }


def _value(parent: Any, name: str) -> str | None:
    child = parent.find(qn(name))
    return None if child is None else child.get(qn("w:val"))


def _written(number: int, shape: str) -> str:
    if shape in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % _LETTERS) * ((number - 1) // _LETTERS + 1)
        return letter.upper() if shape == "upperLetter" else letter
    if shape in ("lowerRoman", "upperRoman"):
        roman = _roman(number)
        return roman.upper() if shape == "upperRoman" else roman
    return f"{number:02d}" if shape == "decimalZero" else str(number)


def _roman(number: int) -> str:
    parts = []
    for letters, value in _ROMAN:
        count, number = divmod(number, value)
        parts.append(letters * count)
    return "".join(parts)
