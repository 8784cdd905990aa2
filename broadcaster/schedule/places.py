"""Which communes a line of the schedule means."""

from __future__ import annotations

from collections.abc import Iterable

from broadcaster.config.entries import Placed
from broadcaster.config.schedule import Schedule


def communes_of(schedule: Schedule, placed: Placed) -> frozenset[str]:
    """Rule 1: every commune, or those of `noi_phat`, less those of `tru`."""
    included = members_of(schedule, placed.include) if placed.include else frozenset(schedule.communes)
    return included - members_of(schedule, placed.exclude)


def members_of(schedule: Schedule, names: Iterable[str]) -> frozenset[str]:
    """Groups opened down to their communes, each group once."""
    found: set[str] = set()
    waiting, opened = list(names), set[str]()
    while waiting:
        name = waiting.pop()
        if name not in schedule.groups:
            found.add(name)
        elif name not in opened:
            opened.add(name)
            waiting += schedule.groups[name]
    return frozenset(found)
