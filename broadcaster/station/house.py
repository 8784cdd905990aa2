"""How this office reads: lexicon.tsv, each commune's own additions, and cach-doc.tsv, all in the station's folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from broadcaster.errors import Fault, WorkspaceFault
from broadcaster.model.speech import SpokenText
from broadcaster.text.lexicon import NO_LEXICON, Lexicon, parse_lexicon
from broadcaster.text.reader import read
from broadcaster.text.spelling import proofread
from broadcaster.text.style import STYLE, Style, parse_style

LEXICON = "lexicon.tsv"
COMMUNE_LEXICON = "lexicon.{}.tsv"
STYLE_FILE = "cach-doc.tsv"
Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One reading for every text: the style and the words of the office, perhaps of one commune."""

    style: Style = STYLE
    lexicon: Lexicon = NO_LEXICON
    stamp: Stamp = field(default=(), compare=False)
    """Of the files it was read from; changes when one of them does."""

    def read(self, written: str) -> SpokenText:
        return read(written, style=self.style, lexicon=self.lexicon)

    def proofread(self, written: str) -> SpokenText:
        """The same words, with what seems misspelled among the flags: for texts that somebody is to approve."""
        return proofread(written, self.read(written))


def house_in(folder: Path, commune: str | None = None) -> House:
    """The house of any folder; without such files the plain one. Raises `WorkspaceFault` with every fault of them."""
    files = _files(folder, commune)
    style, faults = STYLE, list[Fault]()
    lexicon = NO_LEXICON
    for file in files:
        text = _text(file, faults)
        if file.name == STYLE_FILE:
            style, found = parse_style(text, file=file.name)
        else:
            entries, found = parse_lexicon(text, file=file.name)
            lexicon = lexicon.joined(entries)
        faults += found
    if faults:
        raise WorkspaceFault(
            "Tệp cách đọc của đài có chỗ sai.", remedy="Sửa các dòng sau rồi chạy lại.", faults=tuple(faults)
        )
    return House(style=style, lexicon=lexicon, stamp=_stamp(files))


class Houses:
    """The houses of a workspace, read again when a file has changed."""

    def __init__(self, folder: Path, communes: frozenset[str]) -> None:
        self._folder = folder
        self._communes = communes
        self._read: dict[str | None, House] = {}

    def of(self, commune: str | None) -> House:
        """The house of one commune, of the office where None.

        A file that is broken while the station runs changes nothing: what was approved was approved with the words
        before; `check` and every new start tell of it. Raises `WorkspaceFault` where there were no words before.
        """
        known, office = self._read.get(commune), self._read.get(None)
        stamp = _stamp(_files(self._folder, commune))
        if known is None or known.stamp != stamp:
            try:
                # most communes have no words of their own: what the office reads by was parsed once
                known = office if office and office.stamp == stamp else house_in(self._folder, commune)
            except WorkspaceFault:
                if known is None:
                    raise
                return known
            self._read[commune] = known
        return known

    def for_script(self, path: str) -> House:
        """A script in a commune's folder is read by its words; so is every script of a station with one commune."""
        if len(self._communes) == 1:
            return self.of(next(iter(self._communes)))
        return self.of(next((part for part in PurePosixPath(path).parts if part in self._communes), None))

    def faults(self) -> Iterator[Fault]:
        """Of all files, and every example in them that is said otherwise than it says."""
        told = set[Fault]()
        for commune in (None, *sorted(self._communes)):
            try:
                house = house_in(self._folder, commune)
            except WorkspaceFault as error:
                told.update(error.faults)
            else:
                told.update(_failed_examples(house))
        yield from sorted(told, key=lambda fault: (fault.file or "", fault.line or 0, fault.message))


def _failed_examples(house: House) -> Iterator[Fault]:
    for example in house.lexicon.examples:
        said = house.read(example.sample).text
        if said.lower() != example.expected.lower():
            yield Fault(
                message=f"mẫu «{example.sample}» đọc thành «{said}», mong đợi «{example.expected}».",
                remedy="Sửa lời đọc, hoặc sửa phép thử ở cột ba.",
                file=example.file,
                line=example.line,
            )


def _files(folder: Path, commune: str | None) -> list[Path]:
    names = (STYLE_FILE, LEXICON, *([COMMUNE_LEXICON.format(commune)] if commune else []))
    return [file for file in (folder / name for name in names) if file.is_file()]


def _text(file: Path, faults: list[Fault]) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        remedy = "Mở bằng Notepad, chọn Lưu thành… và bảng mã UTF-8."
        faults.append(Fault(message="không phải bảng mã UTF-8.", remedy=remedy, file=file.name, line=1))
        return ""


def _stamp(files: list[Path]) -> Stamp:
    stats = ((file, file.stat()) for file in files)
    return tuple((file.name, stat.st_mtime_ns, stat.st_size) for file, stat in stats)
