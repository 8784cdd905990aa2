"""What a misspelled word was probably meant to be."""

from __future__ import annotations

from broadcaster.text.spelling_shapes import bare, is_bare, shape, telexed
from broadcaster.text.spelling_words import Company, company

MOST = 3
FAR = 2
"""Slips that may separate a longer word from what was meant, where the neighbours agree; else one."""
LONG = 5
SHORTEST_PART = 2


def suggestions_for(written: str, *, before: str = "", after: str = "") -> tuple[str, ...]:
    """For a word that is none, best first, at most three; `before` and `after` are its neighbours' shapes."""
    words = company()
    parts = _split(written, words)
    if parts:
        return (as_written(parts, written),)
    distances = _distances(shape(written), words)
    company_kept = {other: words.knows(before, other) + words.knows(other, after) for other in distances}
    nearest = min(distances.values(), default=0)
    near = [other for other, distance in distances.items() if distance == nearest]
    most = max((company_kept[other] for other in near), default=0)
    if not nearest or most:
        chosen = [other for other in near if not nearest or company_kept[other] == most]
    elif nearest == 1:
        chosen = [] if written[0].isupper() else near
    else:
        chosen = []
    chosen.sort(key=lambda other: (distances[other], other not in words.free, -words.uses[other]))
    return tuple(as_written(words.written[other], written) for other in chosen[:MOST])


def _distances(form: str, words: Company) -> dict[str, int]:
    """Every syllable of the table that is near, by edits of letters, marks and tone."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    far = FAR if len(form) > LONG else 1
    near = extract(form, words.written.keys(), scorer=OSA.distance, score_cutoff=far, limit=None)
    found = {other: int(distance) for other, distance, _ in near}
    if is_bare(form):
        found |= dict.fromkeys(words.by_bare.get(bare(form), ()), 1)
        typed = telexed(form[:-1])
        if typed is not None and typed in words.written:
            found[typed] = 0
    return found


def _split(written: str, words: Company) -> str | None:
    """Two words that lost the space between them: `tuyêntruyền`."""
    for at in range(SHORTEST_PART, len(written) - SHORTEST_PART + 1):
        if words.joins(shape(written[:at]), shape(written[at:])):
            return f"{written[:at]} {written[at:]}"
    return None


def with_its_capitals(meant: str, written: list[str]) -> str:
    """A phrase with the capitals of what it replaces: `chuyển số Quốc gia` → `chuyển đổi số Quốc gia`."""
    words = meant.split()
    words[0] = as_written(words[0], written[0])
    for back in range(1, min(len(words), len(written))):
        words[-back] = as_written(words[-back], written[-back])
    return " ".join(words)


def as_written(word: str, model: str) -> str:
    """In capitals, or with a capital, as the misspelled word was."""
    if len(model) > 1 and model.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
