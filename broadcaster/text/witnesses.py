"""What speaks for a reading: pieces of evidence from the neighbours of a place, as the tables write them.

^            the line begins here
<a|b         the word before (`<#` a number); a phrase with underscores: `<chi_bộ`
<<a|b        one of the five words before
>a|b         the next word, or the next words: `>thanh_tra`
>>a|b        one of the six words after, in the same sentence
>Aa >AB      a name, a word in capitals
>#3          a number of at most three digits, after a space or a full stop; `>#3g` also glued, as in QL1A
>~plate      what the pattern of that name matches
@family      in place of a word: every word of the set `names.family` of evidence.tsv
!            before a piece: it must not hold
"""

from __future__ import annotations

from functools import lru_cache

from broadcaster.text.claim import Place
from broadcaster.text.datafiles import SETS
from broadcaster.text.patterns import CAPITAL, SMALL, pattern

REACH_OF_NUMBER = 12
LONGEST_NUMBER = 16
"""Digits; telephone numbers have four and more."""
NEAR_BEFORE, NEAR_AFTER = 5, 6
"""Words."""
REACH_AFTER = 64
"""Code points."""
WORD = pattern(r"[^\W\d_]+|\d+")
WORDS = pattern(r" *[^\W\d_]+(?: [^\W\d_]+){0,2}")
SENTENCE_END = pattern(r"[.!?;](?: |$)")
NUMBER_AFTER = pattern(r"([ .:]*)(?:số )?(\d+)")
NAMED = {
    "plate": pattern(r" ?:? ?\d{2} ?-? ?[A-ZĐ]{1,2}\d?\b"),
    "cell": pattern(r"; "),
    "name": pattern(rf" [{CAPITAL}][{SMALL}]+ [{CAPITAL}][{SMALL}]"),
}


def holds(evidence: str, place: Place, end: int) -> bool:
    """Whether every piece is found around `place.line[place.at:end]`."""
    return all(_holds(piece, place, end) for piece in evidence.split() if piece != "?")


def _holds(piece: str, place: Place, end: int) -> bool:
    if piece[0] == "!":
        return not _holds(piece[1:], place, end)
    if piece == "^":
        return place.starts_line
    if piece[0] == "<":
        return _before(piece[1:], place)
    return _after(piece[1:], place, end)


def _before(wanted: str, place: Place) -> bool:
    if wanted[0] == "<":
        near = place.left[:NEAR_BEFORE]
        return any(word in near if "_" not in word else _ends(near, word) for word in _alternatives(wanted[1:]))
    words = _alternatives(wanted)
    if "#" in words and place.left[0].isdecimal():
        return True
    return place.left[0] in words or any("_" in word and _is_before(place, word) for word in words)


def _is_before(place: Place, phrase: str) -> bool:
    words = phrase.split("_")
    return place.left[: len(words)] == tuple(reversed(words))


def _ends(near: tuple[str, ...], phrase: str) -> bool:
    return f" {phrase.replace('_', ' ')} " in f" {' '.join(reversed(near))} "


def _after(wanted: str, place: Place, end: int) -> bool:
    if wanted[0] == "#":
        glued = wanted.endswith("g")
        return _number_follows(place, end, longest=int(wanted.strip("#g") or LONGEST_NUMBER), glued=glued)
    if wanted[0] == "~":
        return NAMED[wanted[1:]].match(place.line, end) is not None
    if wanted[0] == ">":
        rest = SENTENCE_END.split(place.line[end : end + REACH_AFTER].lower())[0]
        return not _alternatives(wanted[1:]).isdisjoint(WORD.findall(rest)[:NEAR_AFTER])
    return place.line.startswith(":", end) if wanted == ":" else _word_follows(place, end, wanted)


def _word_follows(place: Place, end: int, wanted: str) -> bool:
    allowed = _alternatives(wanted)
    word = place.next_word(end)
    if "Aa" in allowed and word[:1].isupper() and (len(word) == 1 or not word.isupper()):
        return True
    if "AB" in allowed and len(word) > 1 and word.isupper():
        return True
    match = WORDS.match(place.line, end)
    words = match[0].lower().split() if match else ()
    return any("_".join(words[:count]) in allowed for count in range(1, len(words) + 1))


def _number_follows(place: Place, end: int, *, longest: int, glued: bool) -> bool:
    match = NUMBER_AFTER.match(place.line, end, end + REACH_OF_NUMBER + longest)
    if match is None or len(match[2]) > longest:
        return False
    return glued or match[1] not in ("", ".") or place.char(end - 1) == "."


@lru_cache(maxsize=2_000)
def _alternatives(wanted: str) -> frozenset[str]:
    """The words that a piece names, those of its sets among them."""
    words = wanted.split("|")
    named = (SETS[f"names.{word[1:]}"] for word in words if word[0] == "@")
    return frozenset(word for word in words if word[0] != "@").union(*named)
