"""Which communes a line of the schedule means."""

from __future__ import annotations

from collections.abc import Iterable

from broadcaster.config.types import Placed, Schedule


def communes_of(schedule: Schedule, placed: Placed) -> frozenset[str]:
    """Rule 1: every commune, or those of `noi_phat`, less those of `tru`."""
    included = _members(schedule, placed.include) if placed.include else frozenset(schedule.communes)
    return included - _members(schedule, placed.exclude)


def _members(schedule: Schedule, names: Iterable[str]) -> frozenset[str]:
    """Groups opened down to their communes; the loader has seen to it that none holds itself."""
    found: set[str] = set()
    for name in names:
        if name in schedule.groups:
            found |= _members(schedule, schedule.groups[name])
        else:
            found.add(name)
    return frozenset(found)
