"""A printable week as a document: a page a commune and week, the days side by side, A4 across."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from broadcaster.schedule.printout import Printout, Session, Slot, Week, day_name

ending = ".docx"
FONT = "Times New Roman"
PAGE_MM, MARGIN_MM, SESSION_MM = (297.0, 210.0), 14.0, 15.0
SHADE = "EDEDED"
CENTRE = WD_ALIGN_PARAGRAPH.CENTER


def made(printout: Printout) -> bytes:
    document = _document(printout)
    weeks = list(printout.weeks())
    for number, week in enumerate(weeks):
        _page(document, week, breaks=number > 0)
    if not weeks:
        _line(document.add_paragraph(), "Không có lượt phát nào trong những ngày này.", size=13)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _document(printout: Printout) -> Docx:
    document = Document()
    style = document.styles["Normal"]
    style.font.name = FONT
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = (Mm(side) for side in PAGE_MM)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN_MM)
    section.footer_distance = Mm(7)
    document.core_properties.title = "Lịch phát sóng"
    document.core_properties.created = printout.made_at.replace(tzinfo=None)
    document.core_properties.author = ""
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _field(footer, "PAGE")
    return document


def _page(document: Docx, week: Week, *, breaks: bool) -> None:
    station = document.add_paragraph()
    station.paragraph_format.page_break_before = breaks
    _line(station, f"ĐÀI TRUYỀN THANH {week.commune.name.upper()}", size=12, bold=True)
    _line(document.add_paragraph(), "LỊCH PHÁT SÓNG", size=15, bold=True, centred=True)
    _line(document.add_paragraph(), week.period, size=12, italic=True, centred=True, after=6)
    if week.sessions:
        _grid(document, week)
    else:
        _line(document.add_paragraph(), "Không có lượt phát nào.", size=12, centred=True)
    if week.left_out:
        _line(document.add_paragraph(), "Không phát được:", size=10, bold=True, before=6)
        for text in week.left_out:
            _line(document.add_paragraph(), f"– {text}", size=10)
    _signatures(document)


def _grid(document: Docx, week: Week) -> None:
    day_mm = (PAGE_MM[0] - 2 * MARGIN_MM - SESSION_MM) / len(week.days)
    widths = [SESSION_MM, *[day_mm] * len(week.days)]
    table = document.add_table(rows=1, cols=len(widths))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    heading = table.rows[0]
    _flag(heading, "w:tblHeader")
    texts = ["Buổi", *(f"{day_name(day)}\n{day:%d/%m/%Y}" for day in week.days)]
    for cell, text in zip(heading.cells, texts, strict=True):
        _shade(cell)
        _line(cell.paragraphs[0], text, size=11, bold=True, centred=True)
    for session in week.sessions:
        _session(table, session)
    for row in table.rows:
        _flag(row, "w:cantSplit")
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def _session(table: Table, session: Session) -> None:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    first, *days = row.cells
    first.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    _line(first.paragraphs[0], session.name, size=11, bold=True, centred=True)
    for cell, slots in zip(days, session.days, strict=True):
        _slots(cell, slots)


def _slots(cell: _Cell, slots: Sequence[Slot]) -> None:
    paragraph = cell.paragraphs[0]
    for number, slot in enumerate(slots):
        if number:
            paragraph = cell.add_paragraph()
        _line(paragraph, f"{slot.clock} ", size=10, bold=True, after=2)
        _line(paragraph, slot.title, size=10, after=2)
        _line(paragraph, f" ({', '.join((slot.lasting, *slot.notes))})", size=9, italic=True, after=2)


def _signatures(document: Docx) -> None:
    table = document.add_table(rows=1, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _flag(table.rows[0], "w:cantSplit")
    for cell, text in zip(table.rows[0].cells, ("NGƯỜI LẬP LỊCH", "NGƯỜI DUYỆT"), strict=True):
        _line(cell.paragraphs[0], text, size=12, bold=True, centred=True, before=10)


def _line(
    paragraph: Paragraph,
    text: str,
    *,
    size: float,
    bold: bool = False,
    italic: bool = False,
    centred: bool = False,
    before: float = 0,
    after: float = 0,
) -> None:
    """Text at the paragraph's end, close-set."""
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    form = paragraph.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), 1.0
    if centred:
        paragraph.alignment = CENTRE


def _field(paragraph: Paragraph, instruction: str) -> None:
    run = paragraph.add_run()
    run.font.size = Pt(10)
    for kind, text in (("begin", None), (None, instruction), ("end", None)):
        element = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            element.text = text
        else:
            element.set(qn("w:fldCharType"), str(kind))
        run._r.append(element)


def _shade(cell: _Cell) -> None:
    shading = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", SHADE)):
        shading.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shading)


def _flag(row: _Row, name: str) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement(name))
