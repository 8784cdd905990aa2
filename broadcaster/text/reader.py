"""Written → spoken Vietnamese: ordered readers claim stretches of the text; each is read once, never touched again."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from broadcaster.model.speech import SpokenText
from broadcaster.text.claim import Claim, Place, Reader
from broadcaster.text.lexicon import NO_LEXICON, Lexicon
from broadcaster.text.numerals import roman
from broadcaster.text.orthography import is_syllable
from broadcaster.text.page import page_of
from broadcaster.text.patterns import pattern
from broadcaster.text.readers import (
    abbreviations,
    dates,
    defined,
    documents,
    fractions,
    initials,
    lists,
    numbers,
    phones,
    quantities,
    romans,
    symbols,
    times,
    web,
    words,
)
from broadcaster.text.saying import Saying
from broadcaster.text.style import STYLE, Style
from broadcaster.text.tables import ABBREVIATIONS
from broadcaster.text.turns import misplaced, turn_of
from broadcaster.text.twice import is_fence, said_twice

FIGURES: tuple[Reader, ...] = (
    web.address,
    web.machine,
    documents.numbered,
    documents.yeared,
    documents.standard,
    lists.listed,
    dates.date,
    times.time,
    phones.phone,
    phones.identity,
    fractions.score,
    quantities.marks,
    quantities.quantity,
    fractions.fraction,
    fractions.ratio,
    numbers.scientific,
    numbers.ordinal,
    numbers.number_range,
    numbers.code,
    numbers.plain,
)
"""Tried in this order where a figure stands; the first claim stands."""
LETTERS: tuple[Reader, ...] = (
    web.address,
    web.machine,
    quantities.milestone,
    quantities.money_first,
    initials.initials,
    initials.serial,
    initials.road,
    initials.blood,
    romans.numeral,
    dates.shortened,
    documents.bare,
    defined.defined,
    abbreviations.abbreviation,
    words.highland_name,
    abbreviations.unit_alone,
    words.code,
    words.foreign,
    words.product,
    words.plain,
    words.letter,
    documents.office,
    words.unknown,
    symbols.symbol,
)
"""Tried where a word stands that is no ordinary syllable, or that is glued to something."""
SIGNS: tuple[Reader, ...] = (
    misplaced,
    web.tag,
    documents.unnumbered,
    documents.unnumbered_party,
    web.machine,
    dates.blank,
    phones.short_code,
    phones.phone,
    quantities.prefixed_money,
    quantities.sign,
    symbols.symbol,
)
"""Tried where anything else stands."""

WORD = pattern(r"([^\W\d_]+) *")
LONGEST_TOKEN = 300
"""Code points without a space; no address is longer that anybody could write down by ear."""
SHOWN = 20
WHY_ENDLESS = "«{}…» là một chuỗi quá dài không có dấu cách, đang đọc từng chữ; hãy xóa hoặc viết lại."
GLUE = frozenset("@._-/:\\&+'–0123456789")


def read(written: str, *, style: Style = STYLE, lexicon: Lexicon = NO_LEXICON) -> SpokenText:
    """Every word of `written` as it is said, where it comes from, and what nobody could read.

    `lexicon` is the office's own and wins over every reader; `style` chooses among legitimate readings.
    """
    page = page_of(written)
    saying = Saying(written, page)
    for line in page.lines:
        if is_fence(line.text):
            saying.fence(line)
            continue
        voice, mark, said = turn_of(line)
        if voice is not None:
            saying.change_turn(voice)
        claims = claims_of(said.text, style=style, lexicon=lexicon)
        saying.take(line, [*mark, *said_twice(said.text, claims)])
    return saying.result()


def claims_of(line: str, *, style: Style = STYLE, lexicon: Lexicon = NO_LEXICON) -> Iterator[Claim]:
    """One scan of a line: ordinary syllables at once, everything else by whoever can prove it to be theirs."""
    at = 0
    for known in lexicon.claims(line) if lexicon else ():
        yield from _between(line, at, known.start, style)
        yield known
        at = known.end
    yield from _between(line, at, len(line), style)


def _between(line: str, at: int, end: int, style: Style) -> Iterator[Claim]:
    """What stands before the next entry of the lexicon; no claim reaches into it, all evidence is seen."""
    while at < end:
        if line[at].isspace():
            at += 1
            continue
        claim = _plain_run(line, at, end) or _claim(Place(line, at, style), end)
        yield claim
        at = claim.end


def _plain_run(line: str, at: int, limit: int) -> Claim | None:
    """Ordinary syllables up to the next word that is none."""
    stop = at
    spoken: list[str] = []
    match = WORD.match(line, at, limit)
    while match is not None:
        word, end = match[1], match.end(1)
        if not _is_plain(word) or _is_glued(line, end):
            break
        spoken.append(word.lower() if len(word) > 1 and word.isupper() else word)
        stop = end
        match = WORD.match(line, match.end(), limit) if match.end() > end else None
    return Claim(at, stop, " ".join(spoken), "âm tiết") if spoken else None


@lru_cache(maxsize=20_000)
def _is_plain(word: str) -> bool:
    """Whether the word is a syllable and nothing else: AI, CA and VI in capitals may be more."""
    if not is_syllable(word.lower()):
        return False
    return not word.isupper() or (word not in ABBREVIATIONS and (roman(word) is None or word in "DĐ"))


def _is_glued(line: str, end: int) -> bool:
    """Whether a letter or figure follows at once after a sign that joins."""
    if end >= len(line) or line[end] not in GLUE:
        return False
    return line[end].isalnum() or (end + 1 < len(line) and line[end + 1].isalnum())


def _claim(place: Place, limit: int) -> Claim:
    if place.at + LONGEST_TOKEN < limit and (endless := _endless(place, limit)):
        return endless
    char = place.line[place.at]
    readers = FIGURES if char.isdecimal() else LETTERS if char.isalpha() else SIGNS
    read_here = (claim for claim in (reader(place) for reader in readers) if claim is not None and claim.end <= limit)
    return next(read_here, None) or _letter_by_letter(place, limit)


def _endless(place: Place, limit: int) -> Claim | None:
    """A token longer than any that somebody would say is spelled in one go: time stays bounded."""
    if place.line.find(" ", place.at, place.at + LONGEST_TOKEN) >= 0:
        return None
    if not any(map(str.isalnum, place.line[place.at : place.at + LONGEST_TOKEN])):
        return None
    end = place.line.find(" ", place.at, limit)
    token = place.line[place.at : end if end > 0 else limit]
    why = WHY_ENDLESS.format(token[:SHOWN])
    return Claim(place.at, place.at + len(token), numbers.mixed(token, place), "chuỗi dài", sure=False, why=why)


def _letter_by_letter(place: Place, limit: int) -> Claim:
    """What is left of a token when the lexicon has claimed its end."""
    rest = place.line[place.at : limit].rstrip()
    return Claim(place.at, place.at + len(rest), numbers.mixed(rest, place), "mã", sure=False)
