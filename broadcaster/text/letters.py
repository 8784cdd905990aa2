"""Letters by their names, and words reduced to the Vietnamese alphabet."""

from __future__ import annotations

import unicodedata

from broadcaster.text.patterns import pattern
from broadcaster.text.style import STYLE, Style

NAMES = {
    "a": "a", "ă": "á", "â": "ớ", "b": "bê", "c": "xê", "d": "dê", "đ": "đê", "e": "e", "ê": "ê", "f": "ép",
    "g": "giê", "h": "hát", "i": "i", "j": "gi", "k": "ca", "l": "lờ", "m": "em", "n": "en", "o": "o", "ô": "ô",
    "ơ": "ơ", "p": "pê", "q": "quy", "r": "rờ", "s": "ét", "t": "tê", "u": "u", "ư": "ư", "v": "vê", "w": "vê kép",
    "x": "ích", "y": "y", "z": "dét",
}  # fmt: skip
SOUNDS = {letter: f"{letter}ờ" for letter in "bdđghlmnprstvx"} | {"c": "cờ", "k": "ca", "q": "quờ"}
"""Consonants by the sound that pupils learn, where the house prefers it: `a bờ cờ`."""
UNNAMED = "ký tự lạ"
"""Said for a letter of another script: heard, never dropped."""
MODIFIERS = frozenset("\u0302\u0306\u031b")
"""Circumflex, breve and horn belong to a Vietnamese letter; tones and foreign marks do not."""
DIGRAPH = str.maketrans({"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l",
                         "Ł": "L", "ı": "i", "þ": "th", "Þ": "Th"})  # fmt: skip
ALPHABET = frozenset("abcdefghijklmnopqrstuvwxyzđ")
VOWEL = pattern("[aeiouyăâêôơư]")


def spell(written: str, *, style: Style = STYLE) -> str:
    """Each letter by its name, each digit by its word; `ký tự lạ` where there is neither."""
    named = NAMES | SOUNDS if style.letters == "âm" else NAMES
    names: list[str] = []
    for char in latin(written).lower():
        plain = "".join(
            mark for mark in unicodedata.normalize("NFD", char) if not unicodedata.combining(mark) or mark in MODIFIERS
        )
        names.append(named.get(unicodedata.normalize("NFC", plain), ""))
    said = " ".join(name for name in names if name)
    return said or UNNAMED


def latin(word: str) -> str:
    """The word in letters of the Vietnamese alphabet: marks of other languages go, letters of other scripts too."""
    kept: list[str] = []
    for char in word.translate(DIGRAPH):
        if char.lower() in ALPHABET or _vietnamese(char):
            kept.append(char)
            continue
        base = unicodedata.normalize("NFKD", char)[0]
        if base.lower() in ALPHABET:
            kept.append(base)
    return "".join(kept)


def _vietnamese(char: str) -> bool:
    parts = unicodedata.normalize("NFD", char.lower())
    marks = set(parts[1:])
    if parts[0] not in "aeiouy" or not marks:
        return False
    modifiers = marks & MODIFIERS
    allowed = {"a": "\u0302\u0306", "e": "\u0302", "o": "\u0302\u031b", "u": "\u031b"}.get(parts[0], "")
    return all(mark in allowed for mark in modifiers) and len(modifiers) <= 1 and _only_tones(marks - modifiers)


def _only_tones(marks: set[str]) -> bool:
    return len(marks) <= 1 and marks <= set("\u0300\u0301\u0303\u0309\u0323")


def has_vowel(word: str) -> bool:
    bare = "".join(part for part in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(part))
    return VOWEL.search(bare) is not None
