"""Phrases → the fewest requests that a service takes: cut where a clause ends, and only a longer clause inside."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from broadcaster.model.speech import Boundary, Phrase
from broadcaster.speech.wording import bare

_AT_BOUNDARY, _BEHIND_MARK, _BEFORE_PART, _BETWEEN_WORDS, _IN_NUMBER = 0, 1, 2, 3, 7
"""What a cut costs the ear."""
_MARKS = (",", ";", ":", ".", "!", "?", "…")
_HEADS = frozenset("và hoặc tại về của cho để đến tới trên trong từ với do bằng theo nhằm khi nếu vì".split())  # noqa: SIM905
"""Words that begin a part of a clause."""
_NUMERALS = frozenset(
    "không một mốt hai ba bốn tư năm lăm sáu bảy tám chín mười mươi linh lẻ trăm nghìn ngàn triệu tỷ phẩy".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """The best way to a cut: how many parts lie before it, what their ends cost, and where the last of them begins."""

    parts: int
    cost: int
    before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    text: str
    glue: str
    """What joins it to the next word of the same part."""
    cost: int | None
    """Of a part that ends here; None: never."""
    boundary: Boundary

    @property
    def ends_sentence(self) -> bool:
        return self.cost == _AT_BOUNDARY and self.boundary is not Boundary.CLAUSE


def parts(phrases: Sequence[Phrase], *, largest: int) -> Sequence[Phrase]:
    """The fewest parts of at most `largest` characters, of these the ones with the fewest and best cuts inside clauses.

    A sentence's end is always a cut, since its pause is ours; a cut inside a clause pauses as a clause does. Every part
    ends with a full stop. `phrases` come from `wording.phrases_to_say`, so that no word is longer than 40 characters.
    """
    words = [word for phrase in phrases for word in _words(phrase, largest - 1)]
    cuts = _best_cuts(words, largest - 1)
    return [_part(words[start:end]) for start, end in zip([0, *cuts], cuts, strict=False)]


def _words(phrase: Phrase, largest: int) -> Iterator[_Word]:
    texts = bare(phrase.text).split()
    too_long = len(bare(phrase.text)) > largest
    for text, following in pairwise(texts):
        cost = _cost(text, following) if too_long else None
        yield _Word(text=text, glue=" ", cost=cost, boundary=Boundary.CLAUSE)
    yield _Word(text=texts[-1], glue=", ", cost=_AT_BOUNDARY, boundary=phrase.boundary)


def _cost(text: str, following: str) -> int:
    """Of a cut between two words of one clause."""
    if text.endswith(_MARKS):
        return _BEHIND_MARK
    if following.lower() in _NUMERALS and text.lower() in _NUMERALS:
        return _IN_NUMBER
    return _BEFORE_PART if following.lower() in _HEADS else _BETWEEN_WORDS


def _best_cuts(words: Sequence[_Word], largest: int) -> list[int]:
    """Where each part ends, by a shortest path over the words; of equal paths the one whose first parts are full."""
    begins = [0, *accumulate(len(word.text) + len(word.glue) for word in words)]
    best = {0: _Way(parts=0, cost=0, before=0)}
    starts = [0]
    for end, last in enumerate(words, start=1):
        if last.cost is None:
            continue
        least = begins[end] - len(last.glue) - largest
        reach = bisect_left(starts, least, key=begins.__getitem__)
        fewest = best[starts[reach]].parts
        near = [start for start in starts[reach:] if best[start].parts == fewest]
        before = min(reversed(near), key=lambda start: best[start].cost)
        best[end] = _Way(parts=fewest + 1, cost=best[before].cost + last.cost, before=before)
        starts = [end] if last.ends_sentence else [*starts[reach:], end]
    cuts = [len(words)]
    while before := best[cuts[-1]].before:
        cuts.append(before)
    return cuts[::-1]


def _part(words: Sequence[_Word]) -> Phrase:
    text = "".join(word.text + word.glue for word in words)
    return Phrase(text=f"{bare(text)}.", boundary=words[-1].boundary)
