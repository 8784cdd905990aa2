"""Where an announcer takes breath in a long sentence that has no comma: before a new clause, else between its parts."""

from __future__ import annotations

from broadcaster.text.datafiles import SETS

LONGEST = 24
"""Words in one breath: about eight seconds at an outdoor pace of three syllables a second."""
SHORTEST = 5
"""Words on either side of a breath."""
CLAUSE_HEADS = SETS["breaths.clause_heads"]
"""Words that begin a clause: nhằm, để, khi."""
CLAUSE_PAIRS = SETS["breaths.clause_pairs"]
"""Two words that do: về_việc, trong_đó."""
PART_HEADS = SETS["breaths.part_heads"]
"""Words that begin a part of one: và, tại, theo."""
LED = SETS["breaths.led"]
"""Words that a head is joined to on its left, so that breath is taken before them: sau khi, bởi vì."""
BOUND = SETS["breaths.bound"]
"""Pairs that look like a head and are none: tự_do, kèm_theo, để_lại."""


def breaths_of(words: list[str], plain: list[bool]) -> list[list[str]]:
    """The words in breaths; unchanged where they are few, or where no place for a breath is safe."""
    if len(words) <= LONGEST:
        return [words]
    at = _best(words, plain, CLAUSE_HEADS) or _best(words, plain, PART_HEADS)
    if not at:
        return [words]
    return breaths_of(words[:at], plain[:at]) + breaths_of(words[at:], plain[at:])


def _best(words: list[str], plain: list[bool], heads: frozenset[str]) -> int:
    """The place nearest to the middle, 0 for none."""
    middle = len(words) / 2
    places = [_place(words, at, heads) for at in range(1, len(words) - 1) if plain[at]]
    safe = [at for at in places if SHORTEST <= at <= len(words) - SHORTEST]
    return min(safe, key=lambda at: abs(at - middle), default=0)


def _place(words: list[str], at: int, heads: frozenset[str]) -> int:
    """Where to breathe if a head stands at `at`, else 0."""
    before, head, after = words[at - 1], words[at], words[at + 1]
    if heads is CLAUSE_HEADS and f"{head}_{after}" in CLAUSE_PAIRS:
        return at
    if head not in heads or f"{before}_{head}" in BOUND or f"{head}_{after}" in BOUND:
        return 0
    return at - 1 if before in LED else at
