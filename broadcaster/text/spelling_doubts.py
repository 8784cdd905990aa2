"""Which words of a run are not what was meant, and what was: by the company they keep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from broadcaster.text.spelling_shapes import is_bare, slips
from broadcaster.text.spelling_suggestions import as_written, with_its_capitals
from broadcaster.text.spelling_unmarked import marked_again
from broadcaster.text.spelling_words import LONGEST_PHRASE, company, near

MOST = 3
OTHER_TONE = {"3": "4", "4": "3"}
SHORTEST_UNMARKED = 2
LONGEST_NAME = 4
"""Syllables; a line of capitals this short may be whoever signed."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text: where it stands, and its shape."""

    start: int
    end: int
    written: str
    form: str
    unknown: bool = False
    """No syllable, no foreign word, nothing that the reader knows."""

    @property
    def titled(self) -> bool:
        return self.written[:1].isupper() and not self.written.isupper()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words `first` to `last` of a run, and what they should be, best first."""

    first: int
    last: int
    suggestions: tuple[str, ...]


def doubts(run: list[Word], *, closed: bool) -> list[Doubt]:
    """All doubts of a run, none overlapping: known slips first, then words without their marks, then odd pairs.

    `closed`: a clause ends after the run's last word.
    """
    found: list[Doubt] = []
    taken: set[int] = set()
    for doubt in (
        *_known_slips(run),
        *_no_words(run),
        *_doubled(run),
        *_unmarked(run),
        *_odd_pairs(run, closed=closed),
    ):
        places = range(doubt.first, doubt.last + 1)
        if taken.isdisjoint(places):
            found.append(doubt)
            taken.update(places)
    return found


def _known_slips(run: list[Word]) -> Iterator[Doubt]:
    words = company()
    for first, word in enumerate(run):
        if word.form not in words.slip_heads:
            continue
        for last in range(min(first + LONGEST_PHRASE, len(run)) - 1, first, -1):
            meant = words.slips.get(" ".join(other.form for other in run[first : last + 1]))
            if meant and not _belongs_left(run, first):
                yield Doubt(
                    first, last, (with_its_capitals(meant, [other.written for other in run[first : last + 1]]),)
                )
                break


def _no_words(run: list[Word]) -> Iterator[Doubt]:
    """`cũa`, `phãi`: the tone that was meant is the other of hỏi and ngã; a name is left alone."""
    for at, word in enumerate(run):
        if word.form in company().wrong_tones and not (at and word.titled):
            meant = f"{word.form[:-1]}{OTHER_TONE[word.form[-1]]}"
            right = company().written.get(meant)
            if right:
                yield Doubt(at, at, (as_written(right, word.written),))


def _doubled(run: list[Word]) -> Iterator[Doubt]:
    """`các các hộ`: nobody says it twice."""
    for at in range(len(run) - 1):
        if run[at].form == run[at + 1].form and run[at].form in company().once and run[at + 1].written.islower():
            yield Doubt(at, at + 1, (run[at].written,))


def _belongs_left(run: list[Word], at: int) -> bool:
    """Whether the word is the end of a compound: `tư vấn để` has no `vấn để`."""
    return at > 0 and run[at - 1].form not in company().grammar and company().joins(run[at - 1].form, run[at].form)


def _belongs_right(run: list[Word], at: int) -> bool:
    """Whether the word is the beginning of a compound: `hệ thống tín dụng` has no `thống tín`."""
    return at + 1 < len(run) and company().joins(run[at].form, run[at + 1].form)


def _unmarked(run: list[Word]) -> Iterator[Doubt]:
    """Stretches of words without tone and mark that make sense only with them: `Chung nhan Tin Nhiem`."""
    first = 0
    while first < len(run):
        last = first
        while last < len(run) and is_bare(run[last].form):
            last += 1
        if last - first >= SHORTEST_UNMARKED:
            yield from _marked_again(run, first, last)
        first = last + 1


def _marked_again(run: list[Word], first: int, last: int) -> Iterator[Doubt]:
    stretch = run[first:last]
    if all(word.titled for word in stretch) and not any(word.unknown for word in stretch):
        return
    for begin, end, forms in marked_again([word.form for word in stretch]):
        if _belongs_left(run, first + begin) or _belongs_right(run, first + end - 1):
            continue
        written = (company().written[form] for form in forms)
        meant = " ".join(as_written(word, old.written) for word, old in zip(written, stretch[begin:end], strict=True))
        yield Doubt(first + begin, first + end - 1, (meant,))


def _odd_pairs(run: list[Word], *, closed: bool) -> list[Doubt]:
    """Those first whose other word has nobody else: in `thông báo thơi tiết`, `thơi tiết`."""
    found: list[tuple[bool, Doubt]] = []
    if len(run) <= LONGEST_NAME and all(word.written.isupper() for word in run):
        return []
    for at in range(len(run) - 1):
        first, second = run[at], run[at + 1]
        if first.unknown or second.unknown or second.titled or _is_name(run, at):
            continue
        meant = better(first.form, second.form)
        kept = [pair for pair in meant if _is_odd(run, at + (pair[0] == first.form), at, closed=closed)]
        if kept:
            taken = _belongs_left(run, at) if kept[0][0] == first.form else _belongs_right(run, at + 1)
            found.append((taken, _widened(run, at, kept)))
    return [doubt for _, doubt in sorted(found, key=lambda one: one[0])]


def _is_name(run: list[Word], at: int) -> bool:
    """Whether a capital within a sentence begins a person's or a place's name."""
    return at > 0 and run[at].titled and run[at - 1].form not in company().offices


@lru_cache(maxsize=50_000)
def better(first: str, second: str) -> tuple[tuple[str, str], ...]:
    """Known pairs that are one slip away from a pair that is none.

    Two common words are such a pair only where what stands there is no syllable of the table: `chửa cháy` may be meant.
    """
    words = company()
    if words.knows(first, second):
        return ()
    others = [*((other, second) for other in near(first)), *((first, other) for other in near(second))]
    likely = {*_by_ear(first), *_by_ear(second)}
    return tuple(
        pair
        for pair in others
        if words.joins(*pair)
        and words.grammar.isdisjoint(pair)
        and (not words.free.issuperset(pair) or not likely.isdisjoint(pair))
    )


def _by_ear(form: str) -> set[str]:
    """Of a syllable that the table does not have: what sounds or looks like it."""
    return set() if form in company().written else set(slips(form))


def _is_odd(run: list[Word], odd: int, at: int, *, closed: bool) -> bool:
    """Whether the word has nothing else to belong to: it cannot stand alone, nor does its other neighbour want it."""
    words = company()
    word = run[odd]
    if word.form in words.leaning and odd == len(run) - 1 and closed:
        return True
    if word.form in words.grammar or (word.form in words.free and not _is_orphan(run, at, odd)):
        return False
    return not (_belongs_right(run, odd) if odd > at else _belongs_left(run, odd))


def _is_orphan(run: list[Word], at: int, odd: int) -> bool:
    """Whether the odd word's partner is half of a compound and has no other half: `thông bao` leaves `thông` alone."""
    partner = at if odd > at else at + 1
    if run[partner].form in company().free:
        return False
    return not (_belongs_left(run, partner) if odd > at else _belongs_right(run, partner))


def _widened(run: list[Word], at: int, pairs: list[tuple[str, str]]) -> Doubt:
    """The pair, and what belongs to it on its right: `chuyến đổi số`, not `chuyến đổi` alone."""
    words = company()
    last = at + 1
    while last + 1 < len(run) and last + 1 - at < LONGEST_PHRASE:
        phrase = " ".join((*pairs[0], *(word.form for word in run[at + 2 : last + 2])))
        if not any(known.startswith(phrase) for known in words.phrases):
            break
        last += 1
    tail = [word.written for word in run[at + 2 : last + 1]]
    meant = (
        [as_written(words.written[form], run[place].written) for place, form in enumerate(pair, at)] for pair in pairs
    )
    return Doubt(at, last, tuple(" ".join([*pair, *tail]) for pair in meant)[:MOST])
