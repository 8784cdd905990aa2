"""How long an airing is taken to be before it airs (rule 3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from broadcaster.config.entries import Campaign, Entry
from broadcaster.model.plan import AiringKind
from broadcaster.schedule.terms import Term

Lengths = Callable[[str, str, str | None, bool], int | None]
"""(commune, script, template, has the day music) → whole seconds of the programme, rounded up; None where nobody
knows yet."""

UNKNOWN_LENGTH_S = 60
"""Reserved for an item of unknown length and without `dai`."""


def length_of(
    source: Entry | Campaign, term: Term, *, commune: str, item: str, lengths: Lengths, music: bool = True
) -> int:
    """What is reserved, else the programme's length under its cap, in whole seconds."""
    allowed_s = term.allowed_s
    if term.reserved and allowed_s is not None:
        return allowed_s
    known_s = None if term.kind is AiringKind.RELAY else lengths(commune, item, source.template, music)
    if known_s is None:
        return UNKNOWN_LENGTH_S if allowed_s is None else allowed_s
    return known_s if allowed_s is None else min(known_s, allowed_s)


def script_of(pattern: str, *, commune: str, day: date) -> str:
    """A script's path on one date in one commune."""
    return pattern.replace("{xa}", commune).replace("{ngay}", day.isoformat())
