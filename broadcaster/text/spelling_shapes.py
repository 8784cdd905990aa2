"""A syllable as spelling sees it: its letters and its tone apart, and what one slip of the hand makes of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from broadcaster.text.patterns import pattern

TONES = {"\u0300": "2", "\u0301": "1", "\u0303": "4", "\u0309": "3", "\u0323": "5"}
"""Combining mark → figure: sắc 1, huyền 2, hỏi 3, ngã 4, nặng 5; no tone is 0. VNI's own figures."""
MARKS = ("aăâ", "oôơ", "uư", "eê", "dđ")
ONSETS = (("s", "x"), ("ch", "tr"), ("d", "gi", "r"), ("l", "n"), ("ng", "ngh"), ("g", "gh"), ("c", "k"))
"""Beginnings that ears of one region or another do not keep apart, or that spelling rules tell apart."""
ENDINGS = (("n", "ng"), ("t", "c"), ("n", "nh"), ("ch", "t"))
OPEN_Y = pattern("(?:[hklmst]|qu)y")
"""kỹ and kĩ, lý and lí, quý and quí are both in use."""
TELEX_LETTERS = (
    ("dd", "đ"),
    ("aa", "â"),
    ("aw", "ă"),
    ("ee", "ê"),
    ("oo", "ô"),
    ("uow", "ươ"),
    ("ow", "ơ"),
    ("uw", "ư"),
)
TELEX_TONES = {"s": "1", "f": "2", "r": "3", "x": "4", "j": "5"}
TELEX_TONE = pattern("[aeiouy][^sfrxj]*([sfrxj])")
SHORTEST_TELEX = 3
VNI_LETTERS = {"a6": "â", "a8": "ă", "e6": "ê", "o6": "ô", "o7": "ơ", "u7": "ư", "d9": "đ"}
VNI = pattern("[a-z]+[1-9][a-z1-9]*")


@lru_cache(maxsize=20_000)
def shape(word: str) -> str:
    """Letters, then the tone's figure: hoà and hòa are both `hoa2`, kỹ and kĩ both `ki4`."""
    tone = "0"
    letters = []
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in TONES:
            tone = TONES[char]
        else:
            letters.append(char)
    plain = unicodedata.normalize("NFC", "".join(letters))
    return (f"{plain[:-1]}i" if OPEN_Y.fullmatch(plain) else plain) + tone


@lru_cache(maxsize=20_000)
def bare(form: str) -> str:
    """A shape without any mark: `đuơc5` is `duoc`."""
    stripped = unicodedata.normalize("NFD", form[:-1].replace("đ", "d"))
    return "".join(char for char in stripped if not unicodedata.combining(char))


def is_bare(form: str) -> bool:
    """Whether it carries neither tone nor mark: plain ASCII letters."""
    return form[-1] == "0" and form.isascii()


def slips(form: str) -> Iterator[str]:
    """Shapes of which `form` may be a slip of ear or eye: another tone, a mark more or less, a sound confused."""
    letters, tone = form[:-1], form[-1]
    for other in "012345":
        if other != tone:
            yield letters + other
    for changed in (*_marked(letters), *_sounding(letters)):
        yield changed + tone


def mistyped(form: str) -> Iterator[str]:
    """Shapes of which `form` may be a slip of the finger: one letter too many, or two in the wrong order."""
    letters, tone = form[:-1], form[-1]
    yield from (changed + tone for changed in dropped(letters))
    for at in range(len(letters) - 1):
        if letters[at] != letters[at + 1]:
            yield letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :] + tone


def _marked(letters: str) -> Iterator[str]:
    for group in MARKS:
        for at, char in enumerate(letters):
            if char in group:
                yield from (f"{letters[:at]}{other}{letters[at + 1 :]}" for other in group if other != char)
    for wrong in ("uo", "ưo", "uơ", "uô"):
        if wrong in letters:
            yield letters.replace(wrong, "ươ", 1)
    if "ươ" in letters:
        yield letters.replace("ươ", "uô", 1)


def _sounding(letters: str) -> Iterator[str]:
    for alike in ONSETS:
        heard = max((onset for onset in alike if letters.startswith(onset)), key=len, default="")
        if heard:
            yield from (other + letters[len(heard) :] for other in alike if other != heard)
    for alike in ENDINGS:
        heard = max((ending for ending in alike if letters.endswith(ending)), key=len, default="")
        if heard:
            yield from (letters[: -len(heard)] + other for other in alike if other != heard)


def dropped(letters: str) -> Iterator[str]:
    """The word with each of its letters left out once."""
    if len(letters) > 2:  # noqa: PLR2004 - what is left must still be a syllable
        yield from (letters[:at] + letters[at + 1 :] for at in range(len(letters)))


def telexed(word: str) -> str | None:
    """The shape that Telex keys stand for, where the keyboard was off: `tuyeen`, `dduwowcj`, `baso`."""
    letters, tone = word.lower(), "0"
    if len(letters) < SHORTEST_TELEX or not letters.isascii():
        return None
    key = TELEX_TONE.search(letters)
    if key is not None:
        letters, tone = letters[: key.start(1)] + letters[key.end(1) :], TELEX_TONES[key[1]]
    for keys, letter in (("uwow", "ươ"), *TELEX_LETTERS):
        letters = letters.replace(keys, letter)
    return letters + tone if letters + tone != word.lower() + "0" else None


def typed_in_vni(word: str) -> str | None:
    """The shape that VNI keys stand for, where the keyboard was off: `nguo7i2`, `d9uo75c`."""
    if not VNI.fullmatch(word.lower()):
        return None
    tone, letters = "0", ""
    for key in word.lower():
        if key in "6789" and letters:
            at = next((at for at in range(len(letters) - 1, -1, -1) if letters[at] + key in VNI_LETTERS), None)
            if at is None:
                return None
            letters = letters[:at] + VNI_LETTERS[letters[at] + key] + letters[at + 1 :]
        elif key.isdecimal():
            tone = key
        else:
            letters += key
    return letters.replace("uơ", "ươ") + tone
