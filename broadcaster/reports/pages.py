"""Paper, fonts and page numbers of Nghị định 30/2020/NĐ-CP, Phụ lục I, in python-docx."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

import docx
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
PAGE_MM = (210, 297)
TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 20, 20, 30, 15
TEXT_WIDTH_MM = PAGE_MM[0] - LEFT_MM - RIGHT_MM
LANDSCAPE_WIDTH_MM = PAGE_MM[1] - LEFT_MM - RIGHT_MM
BODY_PT = 14
MOST_PROPERTY_CHARACTERS = 255
"""python-docx refuses longer document properties."""
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Control characters and lone surrogates: XML 1.0, production 2."""
PAGE_NUMBER_PT = 13


def blank_document(*, title: str, author: str, at: datetime, landscape: bool = False) -> Docx:
    """An empty A4 document in the office's font, numbered from its second page on."""
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name = FONT
    normal.font.size = Pt(BODY_PT)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    language.set(qn("w:eastAsia"), "vi-VN")
    normal.element.get_or_add_rPr().append(language)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    properties = document.core_properties
    properties.title = printable(title)[:MOST_PROPERTY_CHARACTERS]
    properties.author = properties.last_modified_by = printable(author)[:MOST_PROPERTY_CHARACTERS]
    properties.created = properties.modified = at.astimezone(UTC)
    properties.comments, properties.language = "", "vi-VN"
    _set_paper(document.sections[0], landscape=landscape)
    _number_pages(document.sections[0])
    return document


def add_section(document: Docx, *, landscape: bool) -> None:
    """A new page with its own paper direction and its own page count: each appendix is numbered by itself."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    _set_paper(section, landscape=landscape)
    section.different_first_page_header_footer = True
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    section._sectPr.append(numbering)


def to_bytes(document: Docx) -> bytes:
    """The .docx as it stands in a file."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def write(
    paragraph: Paragraph,
    text: str,
    *,
    size_pt: float = BODY_PT,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH | None = None,
) -> Paragraph:
    """Adds a run; `\\n` breaks the line."""
    run = paragraph.add_run(printable(text))
    run.font.size, run.bold, run.italic = Pt(size_pt), bold, italic
    if align is not None:
        paragraph.alignment = align
    return paragraph


def printable(text: str) -> str:
    """What XML cannot hold becomes a visible mark."""
    return NOT_XML.sub("\ufffd", text)


def rule(container: Docx | _Cell, *, width_mm: float, length_mm: float) -> None:
    """A centred line of `length_mm` in a block `width_mm` wide: the top border of a paragraph of nearly no height."""
    paragraph = container.add_paragraph()
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = Mm((width_mm - length_mm) / 2)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(4)
    layout.space_before = Pt(2)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _set_paper(section: Section, *, landscape: bool) -> None:
    width, height = reversed(PAGE_MM) if landscape else PAGE_MM
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = Mm(TOP_MM), Mm(BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(LEFT_MM), Mm(RIGHT_MM)
    section.header_distance = section.footer_distance = Mm(10)


def _number_pages(section: Section) -> None:
    """The page's number centred in the top margin, none on the first page."""
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    run.font.size = Pt(PAGE_NUMBER_PT)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        if kind is None:
            element = OxmlElement("w:instrText")
            element.text = text
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)
