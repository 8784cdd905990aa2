"""Abbreviations that a paragraph itself explains: `Ban Công tác Mặt trận (BCTMT)`, `BCTMT (ban công tác mặt trận)`."""

from __future__ import annotations

from functools import lru_cache

from broadcaster.text.claim import Claim, Place
from broadcaster.text.orthography import is_syllable
from broadcaster.text.patterns import pattern

LETTERS = r"([A-ZĐÂĂÊÔƠƯ]{2,10})"
AFTER_WORDS = pattern(rf"((?:[^\W\d_]+[ ,–-]+){{2,16}})\((?:[^()\d]{{0,24}}\blà:? ?)?[\"']?{LETTERS}[\"']?\)")
BEFORE_WORDS = pattern(rf"(?<!\w){LETTERS} ?\(([^()\d]{{3,90}})\)")
WORD = pattern(r"[^\W\d_]+")
TOKEN = pattern(rf"{LETTERS}(?!\w)")
PASSED_OVER = frozenset({"và", "của", "các", "cho", "về", "trong"})
"""Small words that an abbreviation often leaves out."""


def defined(place: Place) -> Claim | None:
    """What the paragraph says that the letters mean, wherever in it they stand."""
    if "(" not in place.line:
        return None
    match = TOKEN.match(place.line, place.at)
    spoken = _meanings(place.line).get(match[1]) if match else None
    return Claim(place.at, match.end(), spoken, "chữ viết tắt giải thích trong bài") if match and spoken else None


@lru_cache(maxsize=64)
def _meanings(line: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in AFTER_WORDS.finditer(line):
        if meaning := _meaning(match[2], WORD.findall(match[1])):
            found.setdefault(match[2], meaning)
    for match in BEFORE_WORDS.finditer(line):
        words = WORD.findall(match[2])
        if _meaning(match[1], words) == " ".join(words):
            found.setdefault(match[1], " ".join(words))
    return found


def _meaning(letters: str, words: list[str]) -> str:
    """The last of the words, as many as the letters begin; empty where they do not, or are no ordinary words."""
    at = len(words)
    for letter in reversed(letters):
        at -= 1
        while at > 0 and words[at].lower() in PASSED_OVER and words[at][0].upper() != letter:
            at -= 1
        if at < 0 or words[at][0].upper() != letter:
            return ""
    chosen = words[at:]
    return " ".join(chosen) if all(is_syllable(word.lower()) for word in chosen) else ""
