"""Claims into phrases: words said in one breath, and the boundary after them."""

from __future__ import annotations

from broadcaster.model import Boundary, Phrase
from broadcaster.text.claim import Claim

STRENGTH = {Boundary.CLAUSE: 0, Boundary.SENTENCE: 1, Boundary.PARAGRAPH: 2, Boundary.HEADING: 3}


def phrases_of(claims: list[Claim], *, heading: bool) -> list[Phrase]:
    """The phrases of one line; its end is a paragraph's or a heading's."""
    phrases: list[Phrase] = []
    words: list[str] = []
    for claim in claims:
        if claim.breaths:
            _breathe(claim, words, phrases)
        elif claim.spoken:
            words.append(claim.spoken)
        if claim.boundary is not None:
            _close(words, phrases, claim.boundary)
    _close(words, phrases, Boundary.HEADING if heading else Boundary.PARAGRAPH)
    return phrases


def _breathe(claim: Claim, words: list[str], phrases: list[Phrase]) -> None:
    """A breath after each group of a long number."""
    said = claim.spoken.split()
    start = 0
    for stop in claim.breaths:
        words.append(" ".join(said[start:stop]))
        _close(words, phrases, Boundary.CLAUSE)
        start = stop
    words.append(" ".join(said[start:]))


def _close(words: list[str], phrases: list[Phrase], boundary: Boundary) -> None:
    """Ends the phrase under way; with none, the boundary goes to the phrase before if it is the stronger."""
    if words:
        phrases.append(Phrase(text=" ".join(words), boundary=boundary))
        words.clear()
    elif phrases and STRENGTH[boundary] > STRENGTH[phrases[-1].boundary]:
        phrases[-1] = Phrase(text=phrases[-1].text, boundary=boundary)
