"""The office's own lexicon: how a place, a name or an abbreviation is said here. It wins over every other reader."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from broadcaster.errors import Fault
from broadcaster.text.claim import Claim
from broadcaster.text.patterns import pattern
from broadcaster.text.tabular import Row, rows_of

EXPECTS = "=>"
"""In the third field: `mẫu => lời đọc` is a test of the entry, anything else a remark."""
TOKEN = pattern(r"\w+|[^\w\s]")
GLUED = pattern(r"\w[.@_:,]$|\d[-–/]$")
"""What stands before a token that is part of something longer: an address, a number."""
SPEAKABLE = pattern(r"[^\W\d_]+(?: [^\W\d_]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A test that the office wrote beside an entry: `sample` must be said as `expected`."""

    sample: str
    expected: str
    file: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`written` is said as `spoken`: in lower case for any case, with a capital for itself and in a headline."""

    written: str
    spoken: str
    place: str
    """`lexicon.tsv:12`, for the span that it makes."""

    @property
    def any_case(self) -> bool:
        return self.written == self.written.lower()


class Lexicon:
    """Entries by their first token; the longest that stands in the text at that place wins."""

    def __init__(self, entries: Iterable[Entry] = (), examples: Iterable[Example] = ()) -> None:
        self.entries = {entry.written: entry for entry in entries}
        """A later entry replaces an earlier one of the same writing: a commune's own wins."""
        self.examples = tuple(examples)

    def __bool__(self) -> bool:
        return bool(self.entries)

    def joined(self, other: Lexicon) -> Lexicon:
        """These entries with the other's added; the other's win."""
        return Lexicon([*self.entries.values(), *other.entries.values()], [*self.examples, *other.examples])

    @cached_property
    def _by_token(self) -> dict[str, list[tuple[re.Pattern[str], Entry]]]:
        index: dict[str, list[tuple[re.Pattern[str], Entry]]] = {}
        for entry in sorted(self.entries.values(), key=lambda entry: (-len(entry.written), entry.any_case)):
            token = TOKEN.match(entry.written)
            if token:
                index.setdefault(token[0].lower(), []).append((_standing(entry), entry))
        return index

    def claims(self, line: str) -> Iterator[Claim]:
        """What the lexicon says of a line, from left to right, nothing twice."""
        end = 0
        for token in TOKEN.finditer(line):
            if token.start() < end:
                continue
            claim = self._claim(line, token)
            if claim is not None:
                end = claim.end
                yield claim

    def _claim(self, line: str, token: re.Match[str]) -> Claim | None:
        if GLUED.search(line, max(0, token.start() - 2), token.start()):
            return None
        for standing, entry in self._by_token.get(token[0].lower(), ()):
            match = standing.match(line, token.start())
            if match:
                return Claim(match.start(), match.end(), entry.spoken, f"từ vựng {entry.place}")
        return None


NO_LEXICON = Lexicon()


def _standing(entry: Entry) -> re.Pattern[str]:
    """The entry as whole words, whatever spaces stand between them."""
    forms = dict.fromkeys((entry.written, entry.written.upper()))
    words = "|".join(r"\s+".join(re.escape(word) for word in form.split(" ")) for form in forms)
    ends = r"(?!\w)" if entry.written[-1].isalnum() else ""
    return re.compile(f"(?:{words}){ends}", re.IGNORECASE if entry.any_case else re.NOFLAG)


def parse_lexicon(text: str, *, file: str) -> tuple[Lexicon, tuple[Fault, ...]]:
    """The lexicon of one file, and every fault of it."""
    entries: dict[str, Entry] = {}
    examples: list[Example] = []
    faults: list[Fault] = []
    for row in rows_of(text, file=file):
        message = _fault_of(row, entries)
        if message:
            faults.append(Fault(message=message[0], remedy=message[1], file=file, line=row.line))
            continue
        entries[row.field(0)] = Entry(written=row.field(0), spoken=row.field(1), place=row.place)
        examples += _examples(row)
    return Lexicon(entries.values(), examples), tuple(faults)


def _examples(row: Row) -> Iterator[Example]:
    for remark in row.fields[2:]:
        sample, expects, expected = remark.partition(EXPECTS)
        if expects:
            yield Example(sample=sample.strip(), expected=expected.strip(), file=row.file, line=row.line)


def _fault_of(row: Row, known: dict[str, Entry]) -> tuple[str, str] | None:
    written, spoken = row.field(0), row.field(1)
    how = "Ghi: chữ viết, bấm phím Tab, lời đọc."
    words = "Ghi lời đọc hoàn toàn bằng chữ, cách nhau bằng dấu cách."
    checks = (
        (len(row.fields) < len(("viết", "đọc")), f"dòng «{written}» không có phím Tab.", how),
        (not written, "thiếu chữ viết ở đầu dòng.", how),
        (not spoken, f"«{written}» chưa có lời đọc.", "Sau phím Tab ghi lời đọc bằng chữ."),
        (not SPEAKABLE.fullmatch(spoken), f"lời đọc «{spoken}» có chữ số hoặc ký hiệu.", words),
        (written in known, f"«{written}» đã có ở dòng khác của tệp này.", "Giữ lại một dòng."),
        (_has_half_a_test(row), f"phép thử của «{written}» còn thiếu.", f"Ghi: mẫu {EXPECTS} lời đọc mong đợi."),
    )
    return next(((message, remedy) for wrong, message, remedy in checks if wrong), None)


def _has_half_a_test(row: Row) -> bool:
    tests = (remark.partition(EXPECTS) for remark in row.fields[2:] if EXPECTS in remark)
    return any(not (sample.strip() and expected.strip()) for sample, _, expected in tests)
