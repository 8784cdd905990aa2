"""A text that is not quite YAML: every slip told, and the rest read as if they were mended, so that none hides another.

Where a line can be guessed it is mended, else it is left out, else its whole item; whatever the guess, the file itself
is refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from broadcaster.config.composing import NotYaml, compose
from broadcaster.config.document import Node
from broadcaster.config.slip import Slip
from broadcaster.config.slips import WRONG_DEPTH, odd_space, slip_in
from broadcaster.config.slips_among import slip_among
from broadcaster.config.slips_enclosing import open_quote
from broadcaster.errors import Fault

MAX_SLIPS = 30
"""More of them are another kind of file."""
EASILY_MENDED = 200_000
"""Characters; each guess reads the whole text again."""
CLEARLY_READ = 2_000_000
"""Characters that may be read by the slow parser, which complains where a bracket or a quote began: some 10 s."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What could be read of a text, its slips, and which lines nobody could make sense of."""

    root: Node | None
    slips: tuple[Fault, ...] = ()
    lost: tuple[tuple[int, int], ...] = ()
    """First and last line of what was left out, with the item that it belongs to."""
    lost_text: str = ""


def read(text: str, *, file: str, known: Collection[str]) -> Reading:
    """The document's root as far as it can be made out; `known` are the keys of schedule.yaml."""
    try:
        return Reading(root=compose(text, file=file))
    except NotYaml as refused:
        if refused.hopeless or refused.fault.line is None:
            return Reading(root=None, slips=(refused.fault,))
        mender = _Mender(text, file, known)
        return mender.mend(refused) if len(text) <= EASILY_MENDED else mender.tell(refused)


class _Mender:
    def __init__(self, text: str, file: str, known: Collection[str]) -> None:
        self._file = file
        self._known = known
        self._lines = text.split("\n")
        self._slips: list[Fault] = []
        self._lost: list[tuple[int, int]] = []
        self._lost_text: list[str] = []
        self._to_read_clearly = CLEARLY_READ

    def tell(self, refused: NotYaml) -> Reading:
        """The one slip, without reading on."""
        at, slip = self._diagnosed(refused.fault)
        return Reading(root=None, slips=(self._fault(at, slip, refused.fault),))

    def mend(self, refused: NotYaml) -> Reading:
        refusal: NotYaml | None = self._mend_spaces()
        root: Node | None = None
        while len(self._slips) < MAX_SLIPS:
            if refusal is None:
                root, refusal = self._try(self._lines)
            if refusal is None or refusal.fault.line is None:
                break
            at, slip = self._diagnosed(refusal.fault)
            self._slips.append(self._fault(at, slip, refusal.fault))
            if refusal.hopeless or not self._go_on(at, slip, refusal):
                break
            refusal = None
        lost_text = "\n".join(self._lost_text)
        return Reading(root=root, slips=tuple(_once_a_block(self._slips)), lost=tuple(self._lost), lost_text=lost_text)

    def _mend_spaces(self) -> NotYaml | None:
        """All tabs and no-break spaces in indents, each with its place: what most often makes a file unreadable."""
        for at, line in enumerate(self._lines):
            slip = odd_space(line)
            if slip is not None and slip.mended is not None and line.strip():
                self._slips.append(self._fault(at, slip))
                self._lines[at] = slip.mended
        if not self._slips:
            return self._try(self._lines)[1]
        spaced = {(fault.line or 1) - 1 for fault in self._slips}
        refusal = self._try(self._lines)[1]
        for _ in range(MAX_SLIPS):
            if refusal is None or (at := (refusal.fault.line or 1) - 1) not in spaced:
                break
            fault = refusal.fault
            lines = next((lines for lines in self._reindented(at) if _later(self._try(lines)[1], fault, at)), None)
            if lines is None:
                break
            self._lines = lines
            refusal = self._try(self._lines)[1]
        return refusal

    def _diagnosed(self, fault: Fault) -> tuple[int, Slip | None]:
        """The line to blame and what it shows."""
        at = min((fault.line or 1) - 1, len(self._lines) - 1)
        unclosed = [number for number, line in enumerate(self._lines) if open_quote(line)]
        if len(unclosed) % 2 and unclosed[0] <= at:
            return unclosed[0], open_quote(self._lines[unclosed[0]])
        among = slip_among(self._lines, at, known=self._known)
        return among or (at, slip_in(self._lines[at], known=self._known))

    def _fault(self, at: int, slip: Slip | None, said: Fault | None = None) -> Fault:
        if slip is None and said is not None:
            return said
        assert slip is not None  # noqa: S101 - one of the two is always given
        return Fault(message=slip.message, remedy=slip.remedy, file=self._file, line=at + 1, column=slip.column)

    def _go_on(self, at: int, slip: Slip | None, refusal: NotYaml) -> bool:
        """Put in the first guess with which YAML gets beyond this slip; False where none does."""
        for lines, lost in self._guesses(at, slip):
            if _later(self._try(lines)[1], refusal.fault, at):
                if lost is not None:
                    self._lose(at, lost)
                self._lines = lines
                return True
        return False

    def _guesses(self, at: int, slip: Slip | None) -> Iterator[tuple[list[str], tuple[int, int] | None]]:
        if slip is not None and slip.mended is not None:
            mended = _with(self._lines, at, slip.mended)
            yield mended, None
            yield from ((lines, None) for lines in self._reindented(at, mended))
        elif slip is not None:
            yield _with(self._lines, at, ""), None
        yield from ((lines, None) for lines in self._reindented(at))
        item = self._item(at)
        yield _with(self._lines, at, ""), item
        first, last = item
        yield [("" if first <= number <= last else line) for number, line in enumerate(self._lines)], item

    def _reindented(self, at: int, lines: list[str] | None = None) -> Iterator[list[str]]:
        """The line as deep as its neighbours."""
        lines = self._lines if lines is None else lines
        own = lines[at].lstrip()
        depths = [_depth(line) for line in reversed(lines[:at]) if line.strip() and not line.lstrip().startswith("#")]
        dashes = [len(line) - len(line.lstrip()) for line in reversed(lines[:at]) if line.lstrip().startswith("- ")]
        for depth in dict.fromkeys((dashes if own.startswith("- ") else depths)[:3]):
            yield _with(lines, at, " " * depth + own)

    def _item(self, at: int) -> tuple[int, int]:
        """First and last index of the list item or the section that the line belongs to."""
        starts = [number for number, line in enumerate(self._lines) if re.match(r"  - |\S|  [\w-]+:", line)]
        first = max((number for number in starts if number <= at), default=0)
        last = min((number for number in starts if number > at), default=len(self._lines))
        return first, last - 1

    def _lose(self, at: int, item: tuple[int, int]) -> None:
        self._lost.append((item[0] + 1, item[1] + 1))
        self._lost_text += self._lines[item[0] : item[1] + 1]

    def _try(self, lines: list[str]) -> tuple[Node | None, NotYaml | None]:
        text = "\n".join(lines)
        try:
            return compose(text, file=self._file, clearly=self._to_read_clearly > 0), None
        except NotYaml as refused:
            self._to_read_clearly -= len(text)
            return None, refused


def _once_a_block(slips: list[Fault]) -> Iterator[Fault]:
    """Of lines that are shifted together, one under the other, the first alone."""
    shifted = {fault.line for fault in slips if fault.message == WRONG_DEPTH}
    return (fault for fault in slips if fault.message != WRONG_DEPTH or (fault.line or 0) - 1 not in shifted)


def _with(lines: list[str], at: int, line: str) -> list[str]:
    return [*lines[:at], line, *lines[at + 1 :]]


def _depth(line: str) -> int:
    """Where the line's key begins, after its dash."""
    match = re.match(r"\s*(?:- +)*", line)
    return match.end() if match else 0


def _later(now: NotYaml | None, before: Fault, at: int) -> bool:
    """Whether a guess for the line at index `at` gets the reader beyond it."""
    return now is None or (now.fault != before and (now.fault.line or 0) > at + 1)


def beyond_doubt(faults: Collection[Fault], reading: Reading) -> list[Fault]:
    """Those faults of the rest that are there whatever stood in the lines that were left out."""
    return [fault for fault in faults if not _may_come_from(fault, reading)]


def _may_come_from(fault: Fault, reading: Reading) -> bool:
    if any(first <= (fault.line or 0) <= last for first, last in reading.lost):
        return True
    names = re.findall(r"“([^”]+)”", fault.message) if fault.message.startswith(("Không có", "Thiếu")) else []
    return any(name in reading.lost_text for name in names)
