"""Lays a report's tables out in python-docx."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row
from docx.shared import Emu, Mm, Pt
from docx.table import Table as DocxTable
from docx.table import _Row

from broadcaster.reports.document import Align, Cell, Column, Row, RowKind, Table
from broadcaster.reports.pages import printable, write

ALIGNMENTS = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
}
CELL_MARGIN_MM = 1.2
MOST_ROWS_KEPT = 8
"""A table of no more rows stays on one page."""


def add_grid(container: Docx, widths_mm: list[float], *, rows: int = 0, margin_mm: float = 0.0) -> DocxTable:
    """A table of fixed widths without borders.

    Word goes by the cells' widths, LibreOffice by the columns': both are set. tblCellMar must stand before tblLook.
    """
    table: DocxTable = container.add_table(rows=rows, cols=len(widths_mm))
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(round(margin_mm * 56.7)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")
    for row in table.rows:
        for cell, width in zip(row.cells, widths_mm, strict=True):
            cell.width = Mm(width)
    return table


def add_table(document: Docx, table: Table, *, width_mm: float, size_pt: float) -> None:
    """A bordered table as wide as the text; its heading repeats on each page, and no row breaks across pages.

    Lines are copies of one empty row: python-docx needs 1 ms to build a cell; a logbook of 6,000 rows took 88 s, now 6.
    """
    share = width_mm / sum(column.width for column in table.columns)
    widths = [column.width * share for column in table.columns]
    grid = add_grid(document, widths, margin_mm=CELL_MARGIN_MM)
    grid.style = "Table Grid"
    _add_heading(grid, table.columns, widths, size_pt=size_pt)
    empty = {
        kind: _empty_row(grid, table.columns, widths, size_pt=size_pt, bold=kind is not RowKind.LINE)
        for kind in RowKind
    }
    whole = len(table.rows) <= MOST_ROWS_KEPT
    for place, content in enumerate(table.rows, start=1):
        row = _Row(deepcopy(empty[content.kind]), grid)
        grid._tbl.append(row._tr)
        _fill(row, content)
        if content.kind is RowKind.HEADING or (whole and place < len(table.rows)):
            _keep_with_next(row)


def _add_heading(grid: DocxTable, columns: tuple[Column, ...], widths_mm: list[float], *, size_pt: float) -> None:
    centred = tuple(replace(column, align=Align.CENTRE) for column in columns)
    row = _Row(_empty_row(grid, centred, widths_mm, size_pt=size_pt, bold=True), grid)
    grid._tbl.append(row._tr)
    _fill(row, Row(cells=tuple(Cell(text=column.title) for column in columns)))
    _flag(row, "w:tblHeader")
    _keep_with_next(row)


def _empty_row(
    grid: DocxTable, columns: tuple[Column, ...], widths_mm: list[float], *, size_pt: float, bold: bool
) -> CT_Row:
    """A row with everything but its words, taken out of the table again."""
    row: _Row = grid.add_row()  # type: ignore[no-untyped-call]
    for cell, column, width in zip(row.cells, columns, widths_mm, strict=True):
        cell.width = Mm(width)
        paragraph = write(cell.paragraphs[0], "", size_pt=size_pt, bold=bold, align=ALIGNMENTS[column.align])
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    keep_whole(row)
    grid._tbl.remove(row._tr)
    return row._tr


def _fill(row: _Row, content: Row) -> None:
    """Words into an empty row; a heading's cell takes the place of all."""
    first, *others = row._tr.tc_lst
    if content.kind is RowKind.HEADING:
        first.width = Emu(sum(cell.width or 0 for cell in row._tr.tc_lst))
        first.grid_span = len(row._tr.tc_lst)
        first.p_lst[0].alignment = WD_ALIGN_PARAGRAPH.LEFT
        for other in others:
            row._tr.remove(other)
    for cell, printed in zip(row._tr.tc_lst, content.cells, strict=True):
        cell.p_lst[0].r_lst[0].text = printable(printed.text)


def keep_whole(row: _Row) -> None:
    """The row never breaks across pages."""
    _flag(row, "w:cantSplit")


def _keep_with_next(row: _Row) -> None:
    for cell in row.cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True


def _flag(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))
