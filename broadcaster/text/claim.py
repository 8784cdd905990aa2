"""What a reader says of a stretch of text, and the place from which it looks at its neighbours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from broadcaster.model.speech import Boundary
from broadcaster.text.patterns import pattern
from broadcaster.text.style import Style

WORD_BEFORE = pattern(r"[^\W\d_]+|\d+")
NEXT_WORD = pattern(r" *([^\W\d_]+)")
REACH = 48
"""Code points that evidence on the left may be away."""


@dataclass(frozen=True, slots=True)
class Claim:
    """`line[start:end]` is said as `spoken`, by `rule`; nobody touches it again."""

    start: int
    end: int
    spoken: str
    rule: str
    sure: bool = True
    why: str = ""
    """A Vietnamese sentence where the stretch is flagged."""
    suggestions: tuple[str, ...] = ()
    """What else it may mean, where it is flagged."""
    boundary: Boundary | None = None
    """What follows the words."""
    breaths: tuple[int, ...] = ()
    """Numbers of words after which the voice takes breath: telephone numbers are said in groups."""
    again: tuple[Claim, ...] = ()
    """What is said once more in this place; `spoken` has all its words."""


class Place:
    """A position in a line, and what stands around it."""

    __slots__ = ("_left", "at", "line", "style")

    def __init__(self, line: str, at: int, style: Style) -> None:
        self.line = line
        self.at = at
        self.style = style
        self._left: tuple[str, ...] | None = None

    @property
    def left(self) -> tuple[str, ...]:
        """The words before, lower-case, nearest first; three empty strings stand at the line's start."""
        if self._left is None:
            near = self.line[max(0, self.at - REACH) : self.at].lower()
            self._left = (*reversed(WORD_BEFORE.findall(near)), "", "", "")
        return self._left

    @property
    def char_before(self) -> str:
        return self.line[self.at - 1] if self.at else ""

    @property
    def starts_line(self) -> bool:
        return self.at < REACH and not self.line[: self.at].strip(" -+*•.")

    def char(self, at: int) -> str:
        return self.line[at] if at < len(self.line) else ""

    def next_word(self, end: int) -> str:
        """The word after `end`, as written; empty where something else than spaces stands between."""
        match = NEXT_WORD.match(self.line, end)
        return match[1] if match else ""


Reader = Callable[[Place], Claim | None]
