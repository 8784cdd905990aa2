"""What can be a Vietnamese syllable: onset, rime and tone as the spelling allows them, old and new tone placement."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from broadcaster.text.datafiles import SETS
from broadcaster.text.patterns import pattern

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
"""huyền, sắc, ngã, hỏi, nặng as combining marks."""
STOP_TONES = frozenset(("\u0301", "\u0323"))
"""A syllable closed by c, ch, p or t is sắc or nặng."""

BACK_RIMES = SETS["orthography.back_rimes"]
FRONT_RIMES = SETS["orthography.front_rimes"]
Y_RIMES = SETS["orthography.y_rimes"]
AFTER_QU = SETS["orthography.after_qu"]
AFTER_GI = frozenset({"", "n", "m", "êng", "êt", "êc", "êm", "êu"})
ANY_ONSET = frozenset(
    ["b", "ch", "d", "đ", "h", "kh", "l", "m", "n", "nh", "p", "ph", "r", "s", "t", "th", "tr", "v", "x"]
) | {""}
BACK_ONSETS = frozenset({"c", "g", "ng"})
FRONT_ONSETS = frozenset({"k", "gh", "ngh", "g"})
Y_ONSETS = frozenset({"", "h", "k", "l", "m", "n", "s", "t", "th", "v"})
OPEN_PAIRS = frozenset({"oa", "oe", "uy"})
"""hòa and hoà, khỏe and khoẻ, thủy and thuỷ are all in use."""
MARKED = frozenset("ăâêôơư")
ONSET = pattern("ngh|ng|nh|gh|kh|ph|th|tr|ch|qu|gi|[bcdđghklmnpqrstvx]|")


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether a lower-case NFC word is spelled as a Vietnamese syllable may be."""
    if len(word) > 7:  # noqa: PLR2004 - nghiêng
        return False
    letters, tone, tone_at = _without_tone(word)
    if tone_at == -2:  # noqa: PLR2004
        return False
    return any(
        rime_ok and _tone_fits(letters, onset, tone, tone_at)
        for onset, rime_ok in ((onset, _fits(onset, letters[len(onset) :])) for onset in _onsets(letters))
    )


def _without_tone(word: str) -> tuple[str, str, int]:
    """The letters without their tone, the tone, and which letter bears it (−1 none, −2 more than one)."""
    letters: list[str] = []
    tone, tone_at = "", -1
    for char in word:
        if char < "\x80":
            letters.append(char)
            continue
        parts = unicodedata.normalize("NFD", char)
        marks = [mark for mark in parts if mark in TONES]
        if marks:
            if tone or len(marks) > 1:
                return word, "", -2
            tone, tone_at = marks[0], len(letters)
        letters.append(unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES)))
    return "".join(letters), tone, tone_at


def _onsets(letters: str) -> tuple[str, ...]:
    match = ONSET.match(letters)
    onset = match[0] if match else ""
    if onset == "gi":
        return ("gi", "g")
    return (onset,)


def _fits(onset: str, rime: str) -> bool:
    if onset == "qu":
        return rime in AFTER_QU
    if onset == "gi":
        return rime in AFTER_GI or rime in BACK_RIMES or rime in FRONT_RIMES
    if rime in Y_RIMES:
        return onset in Y_ONSETS
    if rime in FRONT_RIMES:
        return onset in ANY_ONSET or (onset in FRONT_ONSETS and (onset != "g" or rime[0] == "i"))
    return rime in BACK_RIMES and (onset in ANY_ONSET or onset in BACK_ONSETS)


def _tone_fits(letters: str, onset: str, tone: str, tone_at: int) -> bool:
    rime = letters[len(onset) :]
    stopped = rime.endswith(("c", "ch", "p", "t"))
    if stopped:
        if tone not in STOP_TONES:
            return False
    elif not tone:
        return True
    return tone_at in _bearers(letters, len(onset))


def _bearers(letters: str, start: int) -> tuple[int, ...]:
    """Positions at which the tone may be written."""
    vowels = [at for at in range(start, len(letters)) if letters[at] in "aăâeêioôơuưy"]
    if not vowels:
        return (start - 1,)  # gì
    marked = [at for at in vowels if letters[at] in MARKED]
    if marked:
        return (marked[-1],)
    closed = letters[-1] not in "aeiouy"
    if len(vowels) == 1:
        return (vowels[0],)
    if len(vowels) > 2 or closed:  # noqa: PLR2004
        return (vowels[1],)
    pair = letters[vowels[0] : vowels[1] + 1]
    if pair in OPEN_PAIRS:
        return (vowels[0], vowels[1])
    return (vowels[0],)
