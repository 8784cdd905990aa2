"""The reader's data: abbreviations with their evidence, document symbols, spelled words, foreign words, names."""

from __future__ import annotations

from typing import NamedTuple

from broadcaster.text.claim import Place
from broadcaster.text.datafiles import rows, words
from broadcaster.text.patterns import pattern
from broadcaster.text.witnesses import holds

DOTTED = pattern(r"\. [^\W\d_]")


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
        return holds(self.evidence, place, end)


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
