"""Claims into phrases: words said in one breath, and the boundary after them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from broadcaster.model.speech import Boundary, Phrase
from broadcaster.text.breaths import breaths_of
from broadcaster.text.claim import Claim

STRENGTH = {Boundary.CLAUSE: 0, Boundary.SENTENCE: 1, Boundary.PARAGRAPH: 2, Boundary.HEADING: 3}
PLAIN = "âm tiết"
"""The rule of ordinary words: breath is taken among them, never within a number, a name of letters or an address."""


def phrases_of(claims: Iterable[Claim], *, heading: bool) -> list[Phrase]:
    """The phrases of one line; its end is a paragraph's or a heading's."""
    making = _Making()
    for claim in claims:
        if claim.again:
            making.close(Boundary.SENTENCE)
            making.phrases += phrases_of(claim.again, heading=False)
            making.close(Boundary.SENTENCE, instead=True)
            continue
        if claim.breaths:
            making.say_in_groups(claim)
        else:
            making.say(claim.spoken.split(), plain=claim.rule == PLAIN)
        if claim.boundary is not None:
            making.close(claim.boundary)
    making.close(Boundary.HEADING if heading else Boundary.PARAGRAPH)
    return making.phrases


class _Making:
    """The phrases that are done, and the words of the one under way."""

    def __init__(self) -> None:
        self.phrases: list[Phrase] = []
        self.words: list[str] = []
        self.plain: list[bool] = []

    def say(self, words: list[str], *, plain: bool) -> None:
        self.words += words
        self.plain += [plain] * len(words)

    def say_in_groups(self, claim: Claim) -> None:
        """A breath after each group of a long number."""
        said = claim.spoken.split()
        start = 0
        for stop in claim.breaths:
            self.say(said[start:stop], plain=False)
            self.close(Boundary.CLAUSE)
            start = stop
        self.say(said[start:], plain=False)

    def close(self, boundary: Boundary, *, instead: bool = False) -> None:
        """Ends the phrase under way; with none, the boundary goes to the phrase before if it is the stronger."""
        if self.words:
            *breaths, last = breaths_of(self.words, self.plain)
            self.phrases += [Phrase(text=" ".join(breath), boundary=Boundary.CLAUSE) for breath in breaths]
            self.phrases.append(Phrase(text=" ".join(last), boundary=boundary))
            self.words, self.plain = [], []
        elif self.phrases and (instead or STRENGTH[boundary] > STRENGTH[self.phrases[-1].boundary]):
            self.phrases[-1] = replace(self.phrases[-1], boundary=boundary)
