"""Cells that print a figure and keep the log rows behind it, and the breakdown table that most sections share."""

from __future__ import annotations

from collections.abc import Sequence

from broadcaster.model.script import ScriptKind
from broadcaster.reports.document import Align, Cell, Column, Row, RowKind, Table, Unit
from broadcaster.reports.figures import shared_pieces
from broadcaster.reports.tally import Figure, Tally
from broadcaster.reports.wording import duration, number, row_numbers


def text(words: str) -> Cell:
    return Cell(text=words)


def count(figure: Figure, unit: Unit) -> Cell:
    return Cell(text=number(figure.value), figure=figure, unit=unit)


def length(figure: Figure) -> Cell:
    return Cell(text=duration(figure.value), figure=figure, unit=Unit.SECONDS)


def pieces(tally: Tally, kind: ScriptKind) -> Cell:
    return count(tally.pieces[kind], Unit.PIECES)


def evidence(figure: Figure) -> Cell:
    return Cell(text=row_numbers(figure.seqs))


def breakdown(caption: str, heading: str, groups: Sequence[tuple[str, Tally]], whole: Tally) -> Table:
    """Pieces, plays and airtime of groups that make up `whole`; a line says which pieces several groups share."""
    lines = [
        Row(cells=(text(str(place)), text(name), *_measures(tally)))
        for place, (name, tally) in enumerate(groups, start=1)
    ]
    shared = sum(shared_pieces(whole, [tally for _, tally in groups]).values())
    if shared:
        words = ("", "Trừ tin, bài tính ở nhiều dòng", f"−{number(shared)}", "", "", "")
        lines.append(Row(cells=tuple(text(word) for word in words)))
    lines.append(Row(cells=(text(""), text("Tổng cộng"), *_measures(whole)), kind=RowKind.TOTAL))
    return Table(caption=caption, columns=_columns(heading), rows=tuple(lines))


def _measures(tally: Tally) -> tuple[Cell, ...]:
    return (
        count(tally.all_pieces, Unit.PIECES),
        count(tally.plays, Unit.PLAYS),
        length(tally.airtime_s),
        evidence(tally.plays),
    )


def _columns(heading: str) -> tuple[Column, ...]:
    return (
        Column(title="STT", width=11, align=Align.CENTRE),
        Column(title=heading, width=56),
        Column(title="Số tin, bài", width=17, align=Align.CENTRE),
        Column(title="Lượt phát", width=17, align=Align.CENTRE),
        Column(title="Thời lượng", width=34, align=Align.RIGHT),
        Column(title="Dòng nhật ký", width=30, align=Align.CENTRE),
    )
