"""Tables that an office edits by hand: a record a line, fields between tabs, # before a remark."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of one line, trimmed and in NFC, and where it stands."""

    file: str
    line: int
    fields: tuple[str, ...]

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}"

    def field(self, at: int) -> str:
        return self.fields[at] if at < len(self.fields) else ""


def rows_of(text: str, *, file: str) -> Iterator[Row]:
    """Lines that hold something; a line that begins with # explains the others."""
    for number, line in enumerate(unicodedata.normalize("NFC", text.removeprefix("\ufeff")).splitlines(), start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield Row(file, number, tuple(" ".join(field.split()) for field in line.split("\t")))
