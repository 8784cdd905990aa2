"""The reader's data: abbreviations with their evidence, document symbols, spelled words, foreign words, names."""

from __future__ import annotations

from typing import NamedTuple

from broadcaster.text.claim import Place
from broadcaster.text.datafiles import rows, words
from broadcaster.text.patterns import pattern

DOTTED = pattern(r"\. [^\W\d_]")
REACH_OF_NUMBER = 16
LONGEST_NUMBER = 16
"""Digits; telephone numbers have four and more."""


class Reading(NamedTuple):
    """One reading of an abbreviation and the evidence that it asks for, piece by piece."""

    spoken: str
    evidence: str = ""
    spelled: bool = False
    """Said by its letters' names, as foreign abbreviations are."""

    @property
    def asks(self) -> bool:
        """Whether it needs a witness."""
        return self.evidence.strip("? ") != ""

    @property
    def sure(self) -> bool:
        return "?" not in self.evidence

    def holds(self, place: Place, end: int) -> bool:
        """Whether every piece of evidence is found around `place.line[place.at:end]`, a full stop of its own aside."""
        if DOTTED.match(place.line, end):
            end += 1
        return all(_holds(piece, place, end) for piece in self.evidence.split() if piece != "?")


def _holds(piece: str, place: Place, end: int) -> bool:
    if piece == "^":
        return place.starts_line
    wanted = piece[1:]
    if piece[0] == "<":
        return place.left[0] in wanted.split("|")
    if wanted.startswith("#"):
        return _number_follows(place, end, longest=int(wanted[1:] or LONGEST_NUMBER))
    return place.line.startswith(":", end) if wanted == ":" else _word_follows(place.next_word(end), wanted)


def _word_follows(word: str, wanted: str) -> bool:
    if wanted == "Aa":
        return word[:1].isupper() and (len(word) == 1 or not word.isupper())
    if wanted == "AB":
        return len(word) > 1 and word.isupper()
    return word.lower() in wanted.split("|")


def _number_follows(place: Place, end: int, *, longest: int) -> bool:
    rest = place.line[end : end + REACH_OF_NUMBER].lstrip(" .:")
    rest = rest.removeprefix("số ")
    figures = len(rest) - len(rest.lstrip("0123456789"))
    return 0 < figures <= longest


def _abbreviations() -> dict[str, tuple[Reading, ...]]:
    table: dict[str, tuple[Reading, ...]] = {}
    for written, spoken, *evidence in rows("abbreviations.tsv"):
        table[written] = (*table.get(written, ()), Reading(spoken, " ".join(evidence)))
    for written, spoken in rows("spelled.tsv"):
        table.setdefault(written, (Reading(spoken, spelled=True),))
    return table


ABBREVIATIONS = _abbreviations()
SYMBOLS = dict(rows("document_symbols.tsv"))
FOREIGN = words("foreign.txt")
NAMES = words("names.txt")


def default_reading(written: str) -> str | None:
    """What an abbreviation means without any evidence, where it means only one thing."""
    return next((reading.spoken for reading in ABBREVIATIONS.get(written, ()) if not reading.asks), None)
