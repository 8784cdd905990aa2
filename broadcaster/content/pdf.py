"""The text of a PDF: paragraphs put together again from the lines that the layout broke them into."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from broadcaster.content.extract import MAX_CHARACTERS, Extract, Stripped, refuse_long, refused
from broadcaster.content.outline import is_list_item

MAX_SECONDS = 60
"""A 100-page report takes under a second here; old machines are ten times slower."""
_UNREADABLE_SHARE = 0.02
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
"""What comes out of fonts that do not say which letters they draw."""
_PAGE_NUMBER = re.compile(r"(trang|page)?\s*[-–]?\s*\d{1,4}\s*([/-]\s*\d{1,4}|[-–])?", re.IGNORECASE)
_PRINTED_BY_BROWSER = re.compile(
    r"(https?|file)://\S+(\s+\d+/\d+)?|\d{1,2}/\d{1,2}/\d{2,4},? \d{1,2}:\d{2}\b.{0,200}", re.IGNORECASE
)
_FULL_LINE = 0.8
"""A line at least this share of its page's longest was broken by the layout."""
_CAPITALS_FROM = 3
"""Words in capitals that make a line of its own."""
_REPEATED_ON = 3
"""Pages on which the same first or last line makes it a running head."""
_LETTER = re.compile(r"[^\W\d_]")
_FINAL = (".", "!", "?", ":", ";", "…", "”", '"')
_HYPHEN = "\ufffe"
"""PDFium's sign for a word that was divided at the end of a line."""
_TYPE_IT = "Xin bản Word (.docx) của văn bản, hoặc gõ lại nội dung thành chữ."
_FAULTS = {
    "missing": (
        "máy này thiếu thư viện đọc PDF (pypdfium2).",
        "Cài lại chương trình: pip install --force-reinstall pypdfium2",
    ),
    "encrypted": ("tệp PDF có đặt mật khẩu.", "Mở tệp bằng mật khẩu, in lại thành PDF không mật khẩu rồi nhập lại."),
    "broken": ("tệp không phải PDF, hoặc đã hỏng.", f"Tải lại tệp từ nguồn. {_TYPE_IT}"),
    "long": ("tệp PDF quá dài cho một bài phát thanh.", "Tách phần cần phát ra một tệp riêng."),
    "heavy": ("tệp PDF bung ra quá lớn hoặc đọc quá lâu, không phải một văn bản thường.", _TYPE_IT),
}


def read_pdf(path: Path, data: bytes) -> Extract:
    """Its paragraphs. Raises `WorkspaceFault` for a scan, a locked or broken file, and one that only means harm."""
    pages = _pages(path, data)
    words = "".join(page.text for page in pages)
    if not words.strip():
        message = "tệp PDF là bản quét (ảnh chụp), không có chữ để đọc."
        raise refused(path, message if any(page.picture for page in pages) else "tệp PDF không có chữ nào.", _TYPE_IT)
    if len(_UNREADABLE.findall(words)) > len(words) * _UNREADABLE_SHARE:
        raise refused(path, "chữ trong tệp PDF không đọc được: phông chữ của tệp không ghi bảng mã.", _TYPE_IT)
    refuse_long(path, len(words))
    kept, stripped = _without_running_heads([_lines(page.text) for page in pages])
    scans = [str(number) for number, page in enumerate(pages, 1) if page.picture and not page.text.strip()]
    notes = (f"Trang {', '.join(scans)} là ảnh, không có chữ: nội dung trang ấy chưa được nhập.",) if scans else ()
    return Extract(lines=tuple(_paragraphs(kept)), stripped=tuple(stripped), notes=notes)


@dataclass(frozen=True, slots=True)
class _Page:
    text: str
    picture: bool


def _pages(path: Path, data: bytes) -> list[_Page]:
    command = [sys.executable, "-m", "broadcaster.content.pdf_worker", str(MAX_CHARACTERS)]
    try:
        worker = subprocess.run(command, input=data, capture_output=True, check=True, timeout=MAX_SECONDS)  # noqa: S603
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise refused(path, *_FAULTS["heavy"]) from error
    result: dict[str, Any] = json.loads(worker.stdout)
    if fault := result.get("fault"):
        raise refused(path, *_FAULTS[fault])
    return [
        _Page(unicodedata.normalize("NFC", page["text"].replace("\r\n", "\n")), bool(page["picture"]))
        for page in result["pages"]
    ]


def _lines(text: str) -> list[str]:
    joined = re.sub(f"{_HYPHEN}\n?", "", text)
    return [" ".join(line.split()) for line in joined.split("\n") if line.strip()]


def _without_running_heads(pages: Sequence[list[str]]) -> tuple[list[list[str]], list[Stripped]]:
    """Pages without their numbers and the lines that stand at the head or foot of many of them."""
    edges = Counter(line for page in pages for line in {*page[:1], *page[-1:]})
    stripped: list[Stripped] = []
    kept = []
    for page in pages:
        left = list(page)
        for at in (0, -1):
            while left and (reason := _edge_reason(left[at], edges)):
                stripped.append(Stripped(text=left.pop(at), reason=reason))
        kept.append(left)
    return kept, stripped


def _edge_reason(line: str, edges: Counter[str]) -> str:
    if _PAGE_NUMBER.fullmatch(line):
        return "số trang"
    if _PRINTED_BY_BROWSER.fullmatch(line):
        return "dòng do trình duyệt in thêm"
    return "dòng lặp ở đầu hoặc cuối trang" if edges[line] >= _REPEATED_ON else ""


def _paragraphs(pages: Sequence[list[str]]) -> Iterator[str]:
    """Lines joined where the layout, not the author, broke them; a paragraph may go on on the next page."""
    paragraph = ""
    last, longest = "", 0
    for page in pages:
        longest = max(map(len, page), default=0)
        for line in page:
            if paragraph and _goes_on(last, line, longest):
                paragraph += " " + line
            else:
                if paragraph:
                    yield paragraph
                paragraph = line
            last = line
    if paragraph:
        yield paragraph


def _goes_on(line: str, following: str, longest: int) -> bool:
    if is_list_item(following) or line.endswith("./.") or not _LETTER.search(line):
        return False
    if _is_capitals(following) and not line.isupper():
        return False
    if following[0].islower() or line.endswith((",", "-", "–", "(")):
        return True
    full = len(line) >= longest * _FULL_LINE
    return full and not line.endswith(_FINAL) and not line.isupper()


def _is_capitals(line: str) -> bool:
    """A heading, or the national motto that begins a letter's other column; not an abbreviation that was wrapped."""
    return line.isupper() and len(line.split()) >= _CAPITALS_FROM
