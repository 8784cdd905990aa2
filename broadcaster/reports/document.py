"""A report as blocks and tables, before anybody lays it out: .docx and .json are both written from this."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from broadcaster.reports.tally import Figure


class Align(StrEnum):
    """Where a column's text stands."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Unit(StrEnum):
    """What a cell's value counts."""

    PIECES = "pieces"
    PLAYS = "plays"
    AIRINGS = "airings"
    CLUSTERS = "clusters"
    SECONDS = "seconds"


class RowKind(StrEnum):
    """A table row's part: one of many, a sum, or a heading across all columns."""

    LINE = "line"
    TOTAL = "total"
    HEADING = "heading"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What is printed, and the figure behind it where there is one; `\\n` breaks the line."""

    text: str
    figure: Figure | None = None
    unit: Unit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a table; a heading has a single cell."""

    cells: tuple[Cell, ...]
    kind: RowKind = RowKind.LINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column's heading, its share of the table's width, and where its text stands."""

    title: str
    width: float
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its caption above."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of body text."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """What only a person can write: printed as a gap that nobody overlooks."""

    prompt: str

    @property
    def text(self) -> str:
        return f"[… {self.prompt} …]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subheading:
    """`1. …` within a section."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Small print under a table."""

    text: str


Block = Paragraph | Blank | Subheading | Note | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """`I. …` and what stands under it."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Appendix:
    """A Phụ lục on landscape pages of its own."""

    number: str
    """Roman."""
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Who reports, under which number, where and when, on what."""

    issuer: tuple[str, ...]
    """Lines of the left block, bold."""
    issuer_name: str
    """The same within a sentence."""
    number: str
    place_and_date: str
    title: str
    abstract: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """The closing block: to whom it goes, who signs."""

    recipients: tuple[str, ...]
    authority: tuple[str, ...]
    """Lines of the right block, bold capitals."""
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole report."""

    letterhead: Letterhead
    grounds: tuple[str, ...]
    opening: tuple[Block, ...]
    sections: tuple[Section, ...]
    closing: str
    signature: Signature
    appendices: tuple[Appendix, ...] = field(default=())


def numbered(*parts: tuple[str, Sequence[Block]]) -> tuple[Block, ...]:
    """Titled parts of a section as `1. …`, `2. …`; parts without blocks are left out and take no number."""
    written = [(title, blocks) for title, blocks in parts if blocks]
    return tuple(
        block
        for place, (title, blocks) in enumerate(written, start=1)
        for block in (Subheading(text=f"{place}. {title}"), *blocks)
    )
