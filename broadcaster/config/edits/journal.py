"""Every edit of schedule.yaml made through code, so that it can be undone, and done again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from enum import StrEnum
from hashlib import sha256
from typing import Protocol

from broadcaster.errors import ScheduleConflict


class Act(StrEnum):
    """What somebody did to the file."""

    EDIT = "edit"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalStep:
    """One step: who did what, and which text became which."""

    number: int
    """From 1, without gaps."""
    act: Act
    of: int
    """The number of the edit that an undo or redo is about; an edit's own number."""
    what: str
    by: str
    at: datetime
    before_sha256: str
    after_sha256: str


class EditJournal(Protocol):
    """Steps in their order, for good, with the texts before and after each."""

    def record(self, step: JournalStep, *, before: str, after: str) -> None: ...

    def steps(self) -> Sequence[JournalStep]: ...

    def text(self, digest: str) -> str:
        """The file's text under this `version_of`."""
        ...


def version_of(text: str) -> str:
    """SHA-256 of the file's text: who edits says which version was looked at."""
    return sha256(text.encode()).hexdigest()


def undoable(steps: Sequence[JournalStep]) -> JournalStep | None:
    """The last edit that stands; None where there is none."""
    return next(iter(reversed(_standing(steps)[0])), None)


def redoable(steps: Sequence[JournalStep]) -> JournalStep | None:
    """The edit that was undone last and that no later edit has taken the place of."""
    return next(iter(reversed(_standing(steps)[1])), None)


def _standing(steps: Sequence[JournalStep]) -> tuple[list[JournalStep], list[JournalStep]]:
    done: list[JournalStep] = []
    undone: list[JournalStep] = []
    for step in steps:
        match step.act:
            case Act.EDIT:
                done.append(step)
                undone.clear()
            case Act.UNDO:
                undone.append(done.pop())
            case Act.REDO:
                done.append(undone.pop())
    return done, undone


def turned_back(current: str, *, made: str, wanted: str) -> str:
    """`current` with what led from `wanted` to `made` turned back; edits by hand elsewhere in the file stay.

    Raises `ScheduleConflict` where these lines, or those beside them, were edited by hand since.
    """
    lines, before, after = (text.splitlines(keepends=True) for text in (current, made, wanted))
    same = SequenceMatcher(None, before, lines, autojunk=False).get_matching_blocks()
    hunks = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for tag, start, end, first, last in reversed(hunks):
        if tag == "equal":
            continue
        around = max(start - 1, 0), min(end + 1, len(before))
        block = next((one for one in same if one.a <= around[0] and around[1] <= one.a + one.size), None)
        if block is None:
            raise ScheduleConflict(
                "Chỗ này của tệp lịch đã được sửa tay sau đó, nên không tự hoàn tác được.",
                remedy="Sửa chỗ ấy bằng tay trong schedule.yaml, rồi chạy: broadcaster check",
            )
        shift = block.b - block.a
        lines[start + shift : end + shift] = after[first:last]
    return "".join(lines)
