"""The text of a Word document, in reading order."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from docx import Document
from docx.opc.exceptions import OpcError
from docx.table import Table

from broadcaster.errors import Fault, WorkspaceFault

MAX_DOCX_BYTES = 20_000_000
MAX_UNPACKED_BYTES = 200_000_000
"""A .docx is a zip; one that unpacks to more than this is no letter."""
_BROKEN = (zipfile.BadZipFile, zlib.error, OpcError, SyntaxError, LookupError, ValueError, AttributeError, RuntimeError)
"""What zipfile, python-docx and lxml (whose XMLSyntaxError is a SyntaxError) raise over a damaged file."""
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_SAVE_AS_DOCX = "Mở bằng Word hoặc LibreOffice, chọn Lưu thành (Save as) loại Word (.docx), không đặt mật khẩu."


def word_lines(path: Path, data: bytes) -> list[str]:
    """Paragraphs and table rows, a line each. Raises `WorkspaceFault` for what is no readable .docx."""
    if data.startswith(_OLE):
        raise _refused(path, "tệp là Word đời cũ (.doc) hoặc có đặt mật khẩu.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > MAX_UNPACKED_BYTES:
            raise _refused(path, f"tệp bung ra {unpacked // 1_000_000} MB, không phải một văn bản thường.")
        return list(_lines(data))
    except _BROKEN as error:
        raise _refused(path, "tệp có đuôi .docx nhưng không phải tài liệu Word, hoặc đã hỏng.") from error


def _lines(data: bytes) -> Iterator[str]:
    for block in Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block)
        else:
            yield block.text


def _rows(table: Table) -> Iterator[str]:
    """A row's cells one after another; a merged cell comes once. A one-row table is layout: its cells are columns."""
    rows = [list({cell._tc: cell.text.strip() for cell in row.cells}.values()) for row in table.rows]
    if len(rows) == 1:
        yield from rows[0]
    else:
        yield from ("; ".join(cell for cell in row if cell) for row in rows)


def _refused(path: Path, message: str) -> WorkspaceFault:
    fault = Fault(message=message, remedy=_SAVE_AS_DOCX, file=str(path))
    return WorkspaceFault(f"Chưa nhập được {path.name}.", faults=(fault,))
