"""A report as an official document: the layout of Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from __future__ import annotations

from datetime import datetime

from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from broadcaster.reports.document import (
    Appendix,
    Blank,
    Block,
    Document,
    Letterhead,
    Note,
    Section,
    Signature,
    Subheading,
    Table,
)
from broadcaster.reports.pages import (
    BODY_PT,
    LANDSCAPE_WIDTH_MM,
    TEXT_WIDTH_MM,
    add_section,
    blank_document,
    rule,
    to_bytes,
    write,
)
from broadcaster.reports.tables import add_grid, add_table, keep_whole
from broadcaster.reports.wording import lower_first

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
LEFT_BLOCK_MM, RIGHT_BLOCK_MM = 65, 100
STATE_PT, MOTTO_PT, ISSUER_PT, NUMBER_PT, PLACE_PT = 13, 14, 13, 13, 14
MOTTO_RULE_MM, ISSUER_RULE_MM, ABSTRACT_RULE_MM = 63, 22, 50
BODY_TABLE_PT, APPENDIX_TABLE_PT, NOTE_PT = 12, 10.5, 12
RECIPIENTS_MM, RECIPIENTS_PT = 75, 11
SIGNING_LINES = 4
"""Room for the hand and the seal."""
LINE_SPACING = 1.15
CENTRE, JUSTIFIED = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


def report_docx(report: Document, *, at: datetime) -> bytes:
    """The whole report as a .docx file's bytes."""
    title = " ".join((report.letterhead.title, *report.letterhead.abstract))
    document = blank_document(title=title, author=" ".join(report.letterhead.issuer), at=at)
    _letterhead(document, report.letterhead)
    for ground in report.grounds:
        _body(document, ground, italic=True)
    _blocks(document, report.opening)
    for section in report.sections:
        _section(document, section)
    _body(document, report.closing).paragraph_format.keep_with_next = True
    _signature(document, report.signature)
    for appendix in report.appendices:
        _appendix(document, appendix, report.letterhead)
    return to_bytes(document)


def _letterhead(document: Docx, head: Letterhead) -> None:
    table = add_grid(document, [LEFT_BLOCK_MM, RIGHT_BLOCK_MM], rows=2)
    (issuer, state), (number, place) = (row.cells for row in table.rows)
    _stack(issuer, head.issuer, size_pt=ISSUER_PT, bold=True)
    rule(issuer, width_mm=LEFT_BLOCK_MM, length_mm=ISSUER_RULE_MM)
    _stack(state, (STATE,), size_pt=STATE_PT, bold=True)
    write(state.add_paragraph(), MOTTO, size_pt=MOTTO_PT, bold=True, align=CENTRE)
    rule(state, width_mm=RIGHT_BLOCK_MM, length_mm=MOTTO_RULE_MM)
    _stack(number, (head.number,), size_pt=NUMBER_PT)
    write(place.paragraphs[0], head.place_and_date, size_pt=PLACE_PT, italic=True, align=CENTRE)
    title = write(document.add_paragraph(), head.title, bold=True, align=CENTRE)
    title.paragraph_format.space_before = Pt(18)
    for line in head.abstract:
        write(document.add_paragraph(), line, bold=True, align=CENTRE)
    rule(document, width_mm=TEXT_WIDTH_MM, length_mm=ABSTRACT_RULE_MM)
    document.paragraphs[-1].paragraph_format.space_after = Pt(12)


def _stack(cell: _Cell, lines: tuple[str, ...], *, size_pt: float, bold: bool = False) -> None:
    """Centred lines from the top of a cell."""
    for place, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        write(paragraph, line, size_pt=size_pt, bold=bold, align=CENTRE)


def _section(document: Docx, section: Section) -> None:
    _body(document, section.heading, bold=True).paragraph_format.keep_with_next = True
    _blocks(document, section.blocks)


def _blocks(document: Docx, blocks: tuple[Block, ...], *, landscape: bool = False) -> None:
    for block in blocks:
        if isinstance(block, Table):
            _table(document, block, landscape=landscape)
        elif isinstance(block, Subheading):
            _body(document, block.text, bold=True).paragraph_format.keep_with_next = True
        elif isinstance(block, Note):
            note = write(document.add_paragraph(), block.text, size_pt=NOTE_PT, italic=True, align=JUSTIFIED)
            note.paragraph_format.space_before = Pt(6)
        else:
            _body(document, block.text, italic=isinstance(block, Blank))


def _body(document: Docx, text: str, *, bold: bool = False, italic: bool = False) -> Paragraph:
    paragraph = write(document.add_paragraph(), text, bold=bold, italic=italic, align=JUSTIFIED)
    layout = paragraph.paragraph_format
    layout.first_line_indent, layout.space_before = Cm(1.27), Pt(6)
    layout.line_spacing, layout.widow_control = LINE_SPACING, True
    return paragraph


def _table(document: Docx, table: Table, *, landscape: bool) -> None:
    if table.caption:
        caption = write(document.add_paragraph(), table.caption, size_pt=NOTE_PT, italic=True, align=CENTRE)
        caption.paragraph_format.space_before = caption.paragraph_format.space_after = Pt(6)
        caption.paragraph_format.keep_with_next = True
    width = LANDSCAPE_WIDTH_MM if landscape else TEXT_WIDTH_MM
    add_table(document, table, width_mm=width, size_pt=APPENDIX_TABLE_PT if landscape else BODY_TABLE_PT)


def _signature(document: Docx, signature: Signature) -> None:
    """Stays on one page: a name alone on the last page could be put under any text."""
    space = document.add_paragraph()
    space.paragraph_format.keep_with_next = True
    table = add_grid(document, [RECIPIENTS_MM, TEXT_WIDTH_MM - RECIPIENTS_MM], rows=1)
    recipients, signer = table.rows[0].cells
    write(recipients.paragraphs[0], "Nơi nhận:", size_pt=NOTE_PT, bold=True, italic=True)
    for line in signature.recipients:
        write(recipients.add_paragraph(), line, size_pt=RECIPIENTS_PT)
    _stack(signer, (*signature.authority, *("",) * SIGNING_LINES, signature.name), size_pt=BODY_PT, bold=True)
    keep_whole(table.rows[0])


def _appendix(document: Docx, appendix: Appendix, head: Letterhead) -> None:
    add_section(document, landscape=True)
    _, _, dated = head.place_and_date.partition(", ")
    number = lower_first(head.number).replace(":", "")
    attached = f"(Kèm theo Báo cáo {number} {dated} của {head.issuer_name})"
    write(document.add_paragraph(), f"Phụ lục {appendix.number}", bold=True, align=CENTRE)
    write(document.add_paragraph(), appendix.title.upper(), bold=True, align=CENTRE)
    write(document.add_paragraph(), attached, italic=True, align=CENTRE)
    rule(document, width_mm=LANDSCAPE_WIDTH_MM, length_mm=ABSTRACT_RULE_MM)
    document.paragraphs[-1].paragraph_format.space_after = Pt(8)
    _blocks(document, appendix.blocks, landscape=True)
