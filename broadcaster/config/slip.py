"""One slip of the hand in a line of schedule.yaml, and what every look at a line begins with."""

from __future__ import annotations

import re
from dataclasses import dataclass

KEY = r"(?P<lead>\s*(?:- +)*)(?P<key>[^\W\d][\w-]*)"
COMMENT = re.compile(r"(?:^|\s)#.*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What is wrong with a line, where in it (counted from 1), and how it should read; None: it should go."""

    message: str
    remedy: str
    column: int
    mended: str | None


def without_comment(line: str) -> str:
    """The line before its `#`; a # within quotes is rare enough to be taken for one."""
    return COMMENT.sub("", line) if "#" in line else line
