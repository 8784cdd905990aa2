"""The text of a Word document, in reading order: what python-docx's `paragraph.text` leaves out included.

That is: insertions under track changes, smart tags, content controls, text boxes, and the numbers of lists.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

from broadcaster.content.extract import Extract, Stripped, SyllableTest, refuse_long, refused
from broadcaster.content.word_fonts import RunReader, fonts_note

MAX_UNPACKED_BYTES = 200_000_000
"""A .docx is a zip; one that unpacks to more than this is no letter."""
MAX_XML_BYTES = 25_000_000
"""Of one XML part; a hundred pages come to about 3 MB, and a parsed tree is ten times its file."""
_BROKEN = (zipfile.BadZipFile, zlib.error, SyntaxError, LookupError, ValueError, AttributeError, RuntimeError)
"""What zipfile, python-docx and lxml (whose XMLSyntaxError is a SyntaxError) raise over a damaged file."""
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_SAVE_AS_DOCX = "Mở bằng Word hoặc LibreOffice, chọn Lưu thành (Save as) loại Word (.docx), không đặt mật khẩu."
_NOT_A_TEXT = "Không mở tệp này. Xin lại văn bản từ nơi gửi, hoặc gõ phần cần phát vào một tệp .txt."
_OF_LETTER = re.compile(
    r"cộng h[oò][aà] xã hội chủ nghĩa|độc lập\s*[-–]\s*tự do|đảng cộng sản việt nam\W*\Z|nơi nhận\W{0,6}\Z",
    re.IGNORECASE,
)
_CHUNK_BYTES = 1_000_000
_MACROS = ("vbaproject.bin", "vbadata.xml")
_NO_MACROS = "Tệp có thể chứa mã độc. Nhờ người có chuyên môn mở, lưu thành loại Word (.docx) thường rồi nhập lại."


def read_word(path: Path, data: bytes, *, is_syllable: SyllableTest) -> Extract:
    """Paragraphs and table rows, a line each. Raises `WorkspaceFault` for what is no readable .docx."""
    from docx.opc.exceptions import OpcError

    if data.startswith(_OLE):
        raise refused(path, "tệp là Word đời cũ (.doc) hoặc có đặt mật khẩu.", _SAVE_AS_DOCX)
    try:
        _refuse_dangerous(path, data)
        return _WordText(path, data, is_syllable).extract()
    except (*_BROKEN, TypeError, OpcError) as error:
        message = "tệp có đuôi .docx nhưng không phải tài liệu Word, hoặc đã hỏng."
        raise refused(path, message, _SAVE_AS_DOCX) from error


def _refuse_dangerous(path: Path, data: bytes) -> None:
    """Raises `WorkspaceFault` by the sizes that the zip's directory names, BadZipFile where they are not true."""
    packed = zipfile.ZipFile(io.BytesIO(data))
    parts = packed.infolist()
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED_BYTES:
        message = f"tệp bung ra {unpacked // 1_000_000} MB, không phải một văn bản thường."
        raise refused(path, message, _NOT_A_TEXT)
    largest = max((part.file_size for part in parts if part.filename.lower().endswith((".xml", ".rels"))), default=0)
    if largest > MAX_XML_BYTES:
        message = f"phần chữ của tệp bung ra {largest // 1_000_000} MB, không phải một văn bản thường."
        raise refused(path, message, _NOT_A_TEXT)
    if any(part.filename.lower().rpartition("/")[2] in _MACROS for part in parts):
        raise refused(path, "tệp Word có chứa macro (mã chạy được); không nhập.", _NO_MACROS)
    _prove_sizes(packed)


def _prove_sizes(packed: zipfile.ZipFile) -> None:
    """Unpacks in pieces: read whole, a part comes to its true size before zipfile looks at the one that is named."""
    for part in packed.infolist():
        with packed.open(part) as unpacking:
            for _ in iter(partial(unpacking.read, _CHUNK_BYTES), b""):
                continue


class _WordText:
    """One document on its way to lines."""

    def __init__(self, path: Path, data: bytes, is_syllable: SyllableTest) -> None:
        from docx import Document
        from docx.oxml.ns import qn

        from broadcaster.content.word_numbering import numbering_of

        self.path, self.qn = path, qn
        self.document = Document(io.BytesIO(data))
        self.stripped: list[Stripped] = []
        self.runs = RunReader(self.document, is_syllable)
        part = self.document.part
        related = [rel.target_part for rel in part.rels.values() if rel.reltype.endswith("/numbering")]
        self.numbering = numbering_of(related[0].element if related else None)
        self.characters = 0

    def extract(self) -> Extract:
        lines = list(self._blocks(self.document.element.body))
        self._strip_margins()
        notes = (fonts_note(self.runs.converted),) if self.runs.converted else ()
        return Extract(lines=tuple(lines), stripped=tuple(self.stripped), notes=notes)

    def _blocks(self, parent: Any) -> Iterator[str]:
        """Lines of all paragraphs and tables, in order, whatever wraps them (content controls, insertions)."""
        for child in parent:
            if child.tag == self.qn("w:p"):
                yield from self._paragraph(child)
            elif child.tag == self.qn("w:tbl"):
                yield from self._table(child)
            elif child.tag in {
                self.qn(name) for name in ("w:sdt", "w:sdtContent", "w:ins", "w:smartTag", "w:customXml")
            }:
                yield from self._blocks(child)

    def _paragraph(self, paragraph: Any) -> Iterator[str]:
        style = self.runs.style_of(paragraph)
        text = self.runs.text_of(paragraph)
        self.characters += len(text)
        refuse_long(self.path, self.characters)
        if style.name.lower().startswith("toc ") and text.strip():
            self.stripped.append(Stripped(text=text.strip(), reason="mục lục của tệp Word"))
            return
        label = self._label(paragraph, style)
        if label and not text.strip():
            yield ""
        elif style.is_heading and text.strip():
            yield from ("", label + text.replace("\n", " "), "")
        else:
            yield from (label + text).split("\n")
        for box in paragraph.iter(self.qn("w:txbxContent")):
            if not any(up.tag.endswith("}Fallback") for up in box.iterancestors()):
                yield from self._blocks(box)

    def _label(self, paragraph: Any, style: Any) -> str:
        properties = paragraph.find(self.qn("w:pPr"))
        own = properties.find(self.qn("w:numPr")) if properties is not None else None
        number_id, level = self._number(own) if own is not None else (None, None)
        if number_id is None:
            inherited = style.numbering
            number_id, styled_level = self._number(inherited) if inherited is not None else (None, None)
            level = level if level is not None else styled_level
        return self.numbering.label(number_id, level or 0) if number_id and number_id != "0" else ""

    def _number(self, properties: Any) -> tuple[str | None, int | None]:
        number, level = properties.find(self.qn("w:numId")), properties.find(self.qn("w:ilvl"))
        return (
            number.get(self.qn("w:val")) if number is not None else None,
            int(level.get(self.qn("w:val"))) if level is not None else None,
        )

    def _table(self, table: Any) -> Iterator[str]:
        """A row's cells one after another; column by column where the table is only layout."""
        rows = [
            [self._cell(cell) for cell in row.iter(self.qn("w:tc")) if self._owner(cell, "w:tr") is row]
            for row in table.iter(self.qn("w:tr"))
            if self._owner(row, "w:tbl") is table
        ]
        if len(rows) == 1 or any(_is_of_letter(line) for row in rows for lines in row for line in lines):
            for lines in chain.from_iterable(zip_longest(*rows, fillvalue=[])):
                yield from lines
        else:
            yield from ("; ".join(_joined(lines) for lines in row if _joined(lines)) for row in rows)

    def _cell(self, cell: Any) -> list[str]:
        """Its lines; none for one that continues a cell above it."""
        merge = cell.find(f"{self.qn('w:tcPr')}/{self.qn('w:vMerge')}")
        continued = merge is not None and merge.get(self.qn("w:val"), "continue") == "continue"
        return [] if continued else list(self._blocks(cell))

    def _owner(self, element: Any, name: str) -> Any:
        return next(element.iterancestors(self.qn(name)), None)

    def _strip_margins(self) -> None:
        """Headers, footers and footnotes are not in the text's flow: shown as left out."""
        reasons = {"/header": "đầu trang", "/footer": "chân trang", "/footnotes": "chú thích cuối trang"}
        for rel in self.document.part.rels.values():
            reason = next((why for ending, why in reasons.items() if rel.reltype.endswith(ending)), None)
            if reason is None or rel.is_external:
                continue
            for text in dict.fromkeys(_texts_of(rel.target_part.blob, self.qn)):
                self.stripped.append(Stripped(text=text, reason=reason))


def _texts_of(blob: bytes, qn: Any) -> Iterator[str]:
    from docx.oxml.parser import parse_xml

    for paragraph in parse_xml(blob).iter(qn("w:p")):
        text = "".join(part.text or "" for part in paragraph.iter(qn("w:t"))).strip()
        if text:
            yield text


def _is_of_letter(line: str) -> bool:
    """Whether this is said only in a letter's head or end, whose columns are the cells of a table without borders."""
    return _OF_LETTER.match(unicodedata.normalize("NFC", line).strip()) is not None


def _joined(lines: list[str]) -> str:
    return " ".join(line.strip() for line in lines if line.strip())
