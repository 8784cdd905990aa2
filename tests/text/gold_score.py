"""Whether a spoken text is one of the readings that a professional newsreader may give.

The gold set stands in `gold/dev.tsv` and `gold/held.tsv`: id, category, written, accepted. Accepted forms are parted by
" | "; within a form

    (x)        x may be left out
    {a/b/c}    one of these; _ is nothing
    [OTP]      letters one by one, each by any usual Vietnamese or English name
    ∅          nothing at all

What is heard alike is equal: case, punctuation, where the tone mark sits (hoà, hòa), i and y (kĩ, kỹ), and the words
that differ by region alone (nghìn, ngàn; linh, lẻ; mùng, mồng; hai mươi tư, hai mươi bốn).
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Protocol

SETS = Path(__file__).with_name("gold")
TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
SAME_WORD = {"ngàn": "nghìn", "lẻ": "linh", "mồng": "mùng", "bẩy": "bảy", "nhăm": "lăm"}
FOUR_AFTER = frozenset({"mươi", "linh", "tháng"})
LETTERS = {
    "a": "a, ây, ê, ei",
    "ă": "ă, á",
    "â": "â, ớ",
    "b": "b, bê, bờ, bi",
    "c": "c, xê, cờ, xi, sê, si",
    "d": "d, dê, dờ, đê, đi, di",
    "đ": "đ, đê, đờ",
    "e": "e, i",
    "ê": "ê",
    "f": "f, ép, ép phờ, phờ, ép phê",
    "g": "g, giê, gờ, gi, di, ghê",
    "h": "h, hát, hắt, hờ, ếch, ết, ết chờ, ếch chờ",
    "i": "i, ai",
    "j": "j, gi, giây, di, chây",
    "k": "k, ca, cờ, cây, kây, ka",
    "l": "l, lờ, e lờ, eo, en lờ, eo lờ",
    "m": "m, mờ, em mờ, em, e mờ",
    "n": "n, nờ, en nờ, en, e nờ",
    "o": "o, ô, âu",
    "ô": "ô",
    "ơ": "ơ",
    "p": "p, pê, pờ, pi",
    "q": "q, quy, cu, quờ, kiu",
    "r": "r, rờ, e rờ, a rờ, a, e",
    "s": "s, ét, ét sì, ét xì, ét sờ, sờ, ét xờ",
    "t": "t, tê, tờ, ti",
    "u": "u, iu, du",
    "ư": "ư",
    "v": "v, vê, vờ, vi",
    "w": "w, vê kép, vê đúp, đắp liu, đáp liu, đúp liu, đắp bờ liu",
    "x": "x, ích, ích xì, xờ, ích sì, éc, ếch xì, éc xì",
    "y": "y, i, y dài, i dài, quai, goai, oai",
    "z": "z, dét, giét, zét, di",
}


class MalformedForm(ValueError):
    """An accepted form whose brackets do not close, or that spells something other than letters."""


def _heard(word: str) -> str:
    """The tone after its syllable, so that its place no longer matters, and y as i where both spellings are in use."""
    letters = unicodedata.normalize("NFD", word)
    tone = "".join(letter for letter in letters if letter in TONES)
    base = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in TONES))
    return re.sub(r"^([hklmst]|qu)y$", r"\1i", base) + tone


@cache
def words(text: str) -> tuple[str, ...]:
    """The text as it is heard, word by word."""
    written = re.sub(r"[\W_]+", " ", unicodedata.normalize("NFC", text).lower()).split()
    plain = [SAME_WORD.get(word, word) for word in written]
    for at, (before, word) in enumerate(pairwise(plain), start=1):
        if word == "tư" and before in FOUR_AFTER:
            plain[at] = "bốn"
    return tuple(_heard(word) for word in plain)


class Form(Protocol):
    """A piece of an accepted reading."""

    def ends(self, heard: tuple[str, ...], starts: frozenset[int]) -> frozenset[int]:
        """Where this piece may end in what was heard, if it begins at one of `starts`."""
        ...

    def example(self, chance: random.Random) -> str:
        """Some reading of this piece."""
        ...


@dataclass(frozen=True, slots=True)
class Said:
    """Plain words."""

    text: str

    def ends(self, heard: tuple[str, ...], starts: frozenset[int]) -> frozenset[int]:
        wanted = words(self.text)
        return frozenset(at + len(wanted) for at in starts if heard[at : at + len(wanted)] == wanted)

    def example(self, chance: random.Random) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Joined:
    """One piece after the other."""

    pieces: tuple[Form, ...]

    def ends(self, heard: tuple[str, ...], starts: frozenset[int]) -> frozenset[int]:
        for piece in self.pieces:
            starts = piece.ends(heard, starts)
        return starts

    def example(self, chance: random.Random) -> str:
        return " ".join(filter(None, (piece.example(chance) for piece in self.pieces)))


@dataclass(frozen=True, slots=True)
class OneOf:
    """Any of several."""

    choices: tuple[Form, ...]

    def ends(self, heard: tuple[str, ...], starts: frozenset[int]) -> frozenset[int]:
        return frozenset().union(*(choice.ends(heard, starts) for choice in self.choices))

    def example(self, chance: random.Random) -> str:
        return chance.choice(self.choices).example(chance)


NOTHING = Joined(())


def _letters(spelt: str) -> Form:
    unknown = sorted(set(spelt.lower()) - set(LETTERS))
    if unknown or not spelt:
        raise MalformedForm(f"no letter names for {unknown} in [{spelt}]")
    return Joined(tuple(OneOf(tuple(Said(name) for name in LETTERS[letter].split(", "))) for letter in spelt.lower()))


class _Parser:
    """Recursive descent over one accepted form."""

    def __init__(self, form: str) -> None:
        self.form = form
        self.marks = re.findall(r"[(){}/]|\[[^\[\]]*\]|[^(){}/\[\]]+|.", form)
        self.at = 0

    def parse(self) -> Form:
        whole = self._joined()
        if self.at < len(self.marks):
            raise MalformedForm(f"{self.marks[self.at]!r} out of place in {self.form!r}")
        return whole

    def _joined(self) -> Form:
        pieces: list[Form] = []
        while self.at < len(self.marks) and self.marks[self.at] not in ")}/]":
            mark = self.marks[self.at]
            self.at += 1
            if mark == "(":
                pieces.append(OneOf((self._joined(), NOTHING)))
                self._close(")")
            elif mark == "{":
                pieces.append(OneOf(tuple(self._choices())))
            elif mark.startswith("["):
                pieces.append(_letters(mark[1:-1]))
            elif mark.strip() not in {"", "_", "∅"}:
                pieces.append(Said(mark.strip()))
        return Joined(tuple(pieces))

    def _choices(self) -> list[Form]:
        choices = [self._joined()]
        while self.at < len(self.marks) and self.marks[self.at] == "/":
            self.at += 1
            choices.append(self._joined())
        self._close("}")
        return choices

    def _close(self, bracket: str) -> None:
        if self.at == len(self.marks) or self.marks[self.at] != bracket:
            raise MalformedForm(f"{bracket!r} missing in {self.form!r}")
        self.at += 1


def parse(form: str) -> Form:
    return _Parser(form).parse()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A written phrase with its accepted readings."""

    id: str
    category: str
    written: str
    accepted: tuple[Form, ...]

    def accepts(self, spoken: str) -> bool:
        heard = words(spoken)
        return any(len(heard) in form.ends(heard, frozenset({0})) for form in self.accepted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many readings were right, of how many."""

    right: int
    cases: int

    def __str__(self) -> str:
        return f"{self.right:4}/{self.cases:<4} {self.right / self.cases:6.1%}"


def load(name: str) -> list[Case]:
    """The cases of gold/<name>.tsv."""
    cases = []
    for line in (SETS / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith(("#", "id\t")):
            continue
        case_id, category, written, accepted = line.split("\t")
        forms = tuple(parse(form) for form in accepted.split(" | "))
        cases.append(Case(id=case_id, category=category, written=written, accepted=forms))
    return cases


def tally(cases: Iterable[Case], read: Callable[[str], str]) -> dict[str, Tally]:
    """By category, in order of the set, then "all"."""
    tallies: dict[str, Tally] = {}
    for case in cases:
        right = int(case.accepts(read(case.written)))
        for key in (case.category, "all"):
            so_far = tallies.get(key, Tally(right=0, cases=0))
            tallies[key] = Tally(right=so_far.right + right, cases=so_far.cases + 1)
    tallies["all"] = tallies.pop("all")
    return tallies
