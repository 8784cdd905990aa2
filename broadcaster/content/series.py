"""A long text → a series of parts of about three minutes, divided at its own headings and numbered points.

How long words take to say is the reader's business: it is asked through `Estimate`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf

from broadcaster.config.names import fold
from broadcaster.content.outline import Rank, heading_text, ranks_of

Estimate = Callable[[str], float]
"""Seconds that a text takes to say."""

PART_S = 180.0
LONGEST_WHOLE_S = 240.0
"""A text up to this long stays one script."""
LONGEST_PART_S = 270.0
_BREAK_COST = {Rank.HEADING: 0.0, Rank.POINT: 0.02, Rank.LETTERED: 0.06, Rank.PARAGRAPH: 0.3, Rank.SENTENCE: 1.0}
"""What beginning a part there costs, beside one for a part that is twice as long as it should be."""
_HEADING_INSIDE = 0.03
_TOO_LONG = 50.0
_SENTENCE_END = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][\"”)]))\s+(?=\S)")
_NEAR = 8
"""Characters that decide whether a point ends an abbreviation."""
_ABBREVIATED = re.compile(r"(\b[^\W\d_]{1,3}|\d|\.\w)\.\Z")
"""`TP. Hồ Chí Minh`, `1. Nâng cao`, `v.v.`: no sentence ends there."""
_LONGEST_PART_TITLE = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesPart:
    """One part: its place in the series, what it is called, and its words with the announcement before them."""

    number: int
    count: int
    title: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """Lines that stay together, how they begin, and how long they take (s)."""

    text: str
    rank: Rank
    length_s: float = 0.0
    gap: bool = False
    """Whether a blank line stands above it."""
    begins: bool = False
    """Whether a part must begin with it."""


def split(
    title: str, body: str, *, estimate: Estimate, begin_at: frozenset[int] = frozenset()
) -> tuple[SeriesPart, ...]:
    """The parts of `body`; `begin_at` are numbers of lines at which a part must begin (an attachment)."""
    pieces = [timed for piece in _paragraphs(title, body, begin_at) for timed in _timed(piece, estimate)]
    starts = _starts(pieces)
    groups = [pieces[start:end] for start, end in zip(starts, [*starts[1:], len(pieces)], strict=True)]
    return tuple(_part(title, group, number, len(groups)) for number, group in enumerate(groups, 1))


def _paragraphs(title: str, body: str, begin_at: frozenset[int]) -> Iterator[_Piece]:
    """Paragraphs, and headings with what follows them; not the title, which every part announces."""
    lines = body.split("\n")
    ranks = ranks_of(lines)
    said: list[str] = []
    rank, gap, begins = Rank.PARAGRAPH, False, False
    for number, line in enumerate(lines):
        begins = begins or number in begin_at
        if not line.strip():
            gap = True
            continue
        text = heading_text(line) if line.lstrip().startswith("#") else line.rstrip()
        if number == 0 and fold(text.rstrip(". ")) == fold(title.rstrip(". ")):
            continue
        rank = min(rank, ranks[number])
        said.append(text)
        if ranks[number] is Rank.HEADING and number + 1 < len(lines):
            said.append("")
            continue
        yield _Piece(text="\n".join(said), rank=rank, gap=gap, begins=begins)
        said, rank, gap, begins = [], Rank.PARAGRAPH, False, False
    if said:
        yield _Piece(text="\n".join(said).strip(), rank=rank, gap=gap, begins=begins)


def _timed(piece: _Piece, estimate: Estimate) -> Iterator[_Piece]:
    """The piece with its length; by sentences where it is longer than a part."""
    length = estimate(piece.text)
    if length <= PART_S:
        yield replace(piece, length_s=length)
        return
    text = piece.text
    ends = [found.end() for found in _SENTENCE_END.finditer(text) if not _is_abbreviated(text, found.start())]
    for start, end in zip([0, *ends], [*ends, len(text)], strict=True):
        sentence = text[start:end].rstrip()
        if start == 0:
            yield replace(piece, text=sentence, length_s=estimate(sentence))
        else:
            yield _Piece(text=sentence, rank=Rank.SENTENCE, length_s=estimate(sentence))


def _is_abbreviated(text: str, end: int) -> bool:
    """Whether the point before `end` stands behind an abbreviation; looking from the text's start took minutes."""
    return _ABBREVIATED.search(text[max(0, end - _NEAR) : end]) is not None


def _starts(pieces: Sequence[_Piece]) -> list[int]:
    """Where parts begin, at the least cost over the whole text (dynamic programming over the pieces)."""
    cost = [0.0] + [inf] * len(pieces)
    best = [0] * (len(pieces) + 1)
    for end in range(1, len(pieces) + 1):
        length, inside = 0.0, 0.0
        for start in range(end - 1, -1, -1):
            length += pieces[start].length_s
            broken = _BREAK_COST[pieces[start].rank] if start else 0.0
            total = cost[start] + _misfit(length) + inside + broken
            if total < cost[end]:
                cost[end], best[end] = total, start
            if pieces[start].begins or (length > LONGEST_PART_S and start < end - 1):
                break
            inside += _HEADING_INSIDE if pieces[start].rank is Rank.HEADING else 0.0
    starts = []
    end = len(pieces)
    while end:
        end = best[end]
        starts.append(end)
    return starts[::-1]


def _misfit(length_s: float) -> float:
    """How far a part is from three minutes; above four and a half only where nothing else is possible."""
    over = _TOO_LONG if length_s > LONGEST_PART_S else 0.0
    return float(((length_s - PART_S) / PART_S) ** 2) + over


def _part(title: str, pieces: Sequence[_Piece], number: int, count: int) -> SeriesPart:
    """Its words as they stood, the announcement before them."""
    text = pieces[0].text
    for piece in pieces[1:]:
        text += (" " if piece.rank is Rank.SENTENCE else "\n\n" if piece.gap else "\n") + piece.text
    name = title.rstrip(". ")
    first = text.split("\n", 1)[0]
    own = f": {first}" if pieces[0].rank is Rank.HEADING and len(first) <= _LONGEST_PART_TITLE else ""
    return SeriesPart(
        number=number,
        count=count,
        title=f"{name} (phần {number}/{count}){own}",
        body=f"{name}. Phần {number}/{count}.\n\n{text.strip()}",
    )
