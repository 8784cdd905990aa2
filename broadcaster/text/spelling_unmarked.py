"""Words that lost their tones and marks: which they were, from the pairs that they make."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from broadcaster.text.spelling_shapes import bare
from broadcaster.text.spelling_words import company

PAIR, KNOWN, SAME = 4.0, 1.0, 0.5
"""What speaks for a form: a known pair with its neighbour, that it is a word at all, that it stands as written."""


def marked_again(forms: list[str]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Stretches that make no sense as written, and what they make with marks."""
    if not any(_loses(first, second) for first, second in pairwise(forms)):
        return
    meant = _likeliest(tuple(forms))
    changed = [at for at, (old, new) in enumerate(zip(forms, meant, strict=True)) if old != new]
    if changed:
        begin, end = changed[0], changed[-1] + 1
        if begin and company().knows(meant[begin - 1], meant[begin]):
            begin -= 1
        if end < len(forms) and company().knows(meant[end - 1], meant[end]):
            end += 1
        if end - begin > 1:
            yield begin, end, meant[begin:end]


@lru_cache(maxsize=20_000)
def _loses(first: str, second: str) -> bool:
    """Whether the two are no pair, but would be one with their marks; two common words prove nothing."""
    words = company()
    if words.knows(first, second) or {first, second} <= words.free:
        return False
    no_words = not {first, second} <= words.written.keys()
    return any(
        words.joins(one, other) and (no_words or not {one, other} <= words.free)
        for one in _with_marks(first)
        for other in _with_marks(second)
    )


def _with_marks(form: str) -> list[str]:
    """What it may be: a word that holds sentences together is only itself."""
    words = company()
    return [form] if form in words.grammar else words.by_bare.get(bare(form), [])


def _likeliest(forms: tuple[str, ...]) -> tuple[str, ...]:
    """The forms with their marks that agree best with each other."""
    words = company()
    best: dict[str, tuple[float, tuple[str, ...]]] = {"": (0.0, ())}
    for form in forms:
        choices = {form, *words.by_bare.get(bare(form), ())} & words.written.keys() or {form}
        best = {
            choice: max(
                (score + _speaks_for(choice, form, before), (*path, choice)) for before, (score, path) in best.items()
            )
            for choice in sorted(choices)
        }
    return max(best.values())[1]


def _speaks_for(choice: str, form: str, before: str) -> float:
    words = company()
    return PAIR * words.joins(before, choice) + KNOWN * (choice in words.written) + SAME * (choice == form)
