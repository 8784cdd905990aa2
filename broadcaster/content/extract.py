"""What every kind of file is read into before anybody looks for letters, chrome or parts in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from broadcaster.errors import Fault, WorkspaceFault

MAX_CHARACTERS = 500_000
"""A day of talking without a pause is about 300,000; the reader takes some seconds for this much."""

SyllableTest = Callable[[str], bool]
"""Whether a lower-case NFC word is spelled as a Vietnamese syllable may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stripped:
    """Something in a document that will not be spoken, as it stood there, and why (in Vietnamese)."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """A file's words: a paragraph or a row of a table a line, headings and list numbers as a reader would see them."""

    lines: tuple[str, ...]
    stripped: tuple[Stripped, ...] = ()
    notes: tuple[str, ...] = ()
    """What the operator should know of how it was read, in Vietnamese."""


def refused(path: Path, message: str, remedy: str) -> WorkspaceFault:
    """What is raised for a file that gives no usable text."""
    fault = Fault(message=message, remedy=remedy, file=str(path))
    return WorkspaceFault(f"Chưa nhập được {path.name}.", faults=(fault,))


def refuse_long(path: Path, characters: int) -> None:
    """Raises `WorkspaceFault` for more words than a station can say in a day."""
    if characters > MAX_CHARACTERS:
        message = f"văn bản dài quá {MAX_CHARACTERS // 1000} nghìn chữ cái, đọc cả ngày không hết."
        raise refused(path, message, "Kiểm tra có chọn nhầm tệp không; tách phần cần phát ra một tệp riêng.")
