"""Vietnamese written without its marks and without spaces, as in addresses: `dichvucong` → dich vu cong."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache, lru_cache
from itertools import pairwise
from operator import itemgetter

from broadcaster.text.datafiles import SETS, rows
from broadcaster.text.orthography import AFTER_QU, ANY_ONSET, BACK_ONSETS, BACK_RIMES, FRONT_RIMES, Y_ONSETS
from broadcaster.text.patterns import pattern
from broadcaster.text.tables import ABBREVIATIONS, FOREIGN

SHORTEST = 5
"""Letters; a shorter run is as likely a name or a foreign word."""
LONGEST = 48
LONGEST_PIECE = 10
LONG = 7
ONSET_PAIRS = frozenset({"th", "ph", "ch", "tr"})
PIECE_COST = 10
RARE_COST, UNUSED_COST = 2, 4
"""Beyond that of a common syllable; xa tan son, not xat an son."""
TOGETHER = 8
"""What a name is worth that other syllables could be cut out of."""
COMMON = 3
"""Words of the genre's compounds that a common syllable is in."""
LEADS = frozenset({"xa", "phuong", "thon", "ubnd", "dai", "truyen", "ban", "truong"})
"""What names of offices begin with."""
CLOSES = frozenset({"an", "yen"})
"""Bình An, Hưng Yên."""
NAME_LEFT_OUT = pattern(r".{2,}(?:van|thi)[abc]")
"""nguyenvana: a letter stands for the name."""
BARE_SYLLABLES = SETS["unaccented.bare_syllables"]
"""Syllables without a first consonant that stand within names: Nghệ An, Hưng Yên; not the ang of da-nang."""
NAMES = SETS["unaccented.names"]
"""Đông Anh, not don ganh; công an, not con gan."""
NO_GLIDE_AFTER = frozenset({"b", "m", "ph", "v"})
"""Lip sounds take no rounded glide: phuyen is phu yen."""
GLIDES = ("oa", "oe", "ue", "uy")
VOWELS = frozenset("aeiou")
TWO_LETTERS = frozenset({"ub", "vp", "tp", "tx", "tt"})
FOREIGN_ENDINGS = (
    "ts",
    "ns",
    "rt",
    "st",
    "ft",
    "nd",
    "ld",
    "rd",
    "ck",
    "ll",
    "ss",
    "ct",
    "ks",
    "sh",
    "rs",
    "ls",
    "nk",
    "lt",
)
"""Of words such as chart and blank."""
MOST_GIVEN = 2
CONSONANTS = pattern("[bcdghklmnpqrstvx]+")
SPELLABLE = pattern(r"[A-ZĐ]{3,9}")


@lru_cache(maxsize=4_000)
def syllables_of(run: str) -> tuple[str, ...]:
    """The run's syllables, and abbreviations as one piece each; empty where it is no Vietnamese.

    The fewest pieces win; of two such readings the one of common syllables (binh an, not bin han) that begin with a
    consonant (xa canh nau, not xac anh nau), keep th, ph and ch together (le thi, not let hi) and stand side by side
    in a known name (cong an, not con gan).
    """
    if not SHORTEST <= len(run) <= LONGEST or not run.isascii():
        return ()
    best: list[dict[str, tuple[int, tuple[str, ...]]]] = [{} for _ in run] + [{"": (0, ())}]
    for at in range(len(run) - 1, -1, -1):
        for end in range(min(len(run), at + LONGEST_PIECE), at, -1):
            piece = run[at:end]
            if not best[end] or not (_is_piece(piece) or (end == at + 1 == len(run) and _leaves_out(run))):
                continue
            cost, rest = _cheapest(piece, best[end])
            cost += _cost(piece) + (run[end - 1 : end + 1] in ONSET_PAIRS)
            cost -= (at == 0 and piece in LEADS) or (end == len(run) and piece in CLOSES)
            best[at][piece] = (cost, (piece, *rest))
    pieces = min(best[0].values(), key=itemgetter(0))[1] if best[0] else ()
    return pieces if any(piece in _syllables() for piece in pieces) else ()


def _cheapest(piece: str, readings: dict[str, tuple[int, tuple[str, ...]]]) -> tuple[int, tuple[str, ...]]:
    """The best reading of what follows a piece; `readings` has one for each piece that may begin it."""
    costs = ((cost - TOGETHER * (f"{piece}_{head}" in NAMES), rest) for head, (cost, rest) in readings.items())
    return min(costs, key=itemgetter(0))


@lru_cache(maxsize=4_000)
def _cost(piece: str) -> int:
    if piece not in _syllables():
        return PIECE_COST
    uses = _uses()[piece]
    rare = UNUSED_COST if not uses else RARE_COST if uses < COMMON else 0
    return PIECE_COST + rare + (piece[0] in VOWELS)


@cache
def _uses() -> Counter[str]:
    """How many of the genre's compounds have a syllable that looks so without its marks."""
    found: Counter[str] = Counter()
    for head, followers in rows("spelling_compounds.tsv"):
        words = [word.rstrip("~") for word in followers.split()]
        found[_plain_word(head)] += len(words)
        found.update(map(_plain_word, words))
    return found


def named_with_initials(run: str) -> tuple[str, ...]:
    """`nvhung`, `hungnv`: a given name and the initials before or after it; empty where it is no such name."""
    for cut in (1, 2, 3):
        if CONSONANTS.fullmatch(run, 0, cut) and _is_given_name(run[cut:]):
            return (run[:cut], run[cut:])
    for cut in (len(run) - 2, len(run) - 3):
        if cut > 0 and CONSONANTS.fullmatch(run, cut) and not run.endswith(FOREIGN_ENDINGS):
            given = (run[:cut],) if _is_given_name(run[:cut]) else syllables_of(run[:cut])
            if 1 <= len(given) <= MOST_GIVEN:
                return (*given, run[cut:])
    return ()


def _is_given_name(run: str) -> bool:
    return len(run) > len("an") and is_common(run)


def is_common(piece: str) -> bool:
    """Whether it is a common syllable without its marks: `tuc`, `hoc`."""
    return piece in _syllables() and _uses()[piece] >= COMMON


def is_sayable(word: str) -> bool:
    """Whether its letters stand side by side as they do in words: `leviathan`, not `xyzab`.

    One odd pair is let pass in a long word.
    """
    odd = sum(pair not in _pairs() for pair in map("".join, pairwise(f"^{word}$")))
    return odd <= (len(word) >= LONG)


@cache
def _pairs() -> frozenset[str]:
    words = (*_syllables(), *(word for word in FOREIGN if word.isascii()))
    return frozenset("".join(pair) for word in words for pair in pairwise(f"^{word}$"))


def is_said_whole(piece: str) -> bool:
    """Whether the piece is a syllable without its marks, or a foreign word; abbreviations are spelled."""
    return piece in _syllables() or piece in FOREIGN


def _is_piece(piece: str) -> bool:
    return piece in _syllables() or piece in _abbreviations() or (len(piece) >= SHORTEST and piece in FOREIGN)


def _leaves_out(run: str) -> bool:
    return NAME_LEFT_OUT.fullmatch(run) is not None


@cache
def _syllables() -> frozenset[str]:
    """Every onset with every rime, without marks, but for what no Vietnamese word has."""
    back, front = _plain(BACK_RIMES), _plain(FRONT_RIMES)
    made = set(BARE_SYLLABLES)
    for onset in (ANY_ONSET | BACK_ONSETS) - {""}:
        rimes = {rime for rime in back if not rime.startswith(GLIDES)} if onset in NO_GLIDE_AFTER else back
        made |= {_plain_word(onset) + rime for rime in rimes}
    for onset in (ANY_ONSET | {"k", "gh", "ngh"}) - {""}:
        made |= {_plain_word(onset) + rime for rime in front}
    made |= {onset + "y" for onset in Y_ONSETS - {""}}
    made |= {"qu" + rime for rime in _plain(AFTER_QU)} | {"gi" + rime for rime in back | {"", "n", "eng", "et"}}
    return frozenset(word for word in made if len(word) > 1)


@cache
def _abbreviations() -> frozenset[str]:
    """Abbreviations of offices and schools that nobody could take for syllables."""
    plain = {_plain_word(key.lower()) for key in ABBREVIATIONS if SPELLABLE.fullmatch(key)}
    return TWO_LETTERS | {word for word in plain if not VOWELS.intersection(word[1:])}


def _plain(rimes: frozenset[str]) -> frozenset[str]:
    return frozenset(_plain_word(rime) for rime in rimes)


def _plain_word(word: str) -> str:
    bare = "".join(mark for mark in unicodedata.normalize("NFD", word) if not unicodedata.combining(mark))
    return bare.replace("đ", "d")
