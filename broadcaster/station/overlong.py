"""Programmes that are longer than their templates allow: told to whoever looks at them, aired whole all the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from broadcaster.config.schedule import Schedule
from broadcaster.errors import Fault
from broadcaster.model.plan import Airing, AiringKind
from broadcaster.programme.fitting import overlong
from broadcaster.schedule.lengths import Lengths


def overlong_airing(schedule: Schedule, airing: Airing, lengths: Lengths) -> Fault | None:
    """As measured once rendered, else as estimated."""
    template = schedule.templates.get(airing.template or "")
    if airing.kind is AiringKind.RELAY or airing.start is None or template is None:
        return None
    length_s = lengths(airing.commune, airing.item, airing.template, airing.music)
    return None if length_s is None else overlong(template, length_s)


def overlong_airings(schedule: Schedule, airings: Sequence[Airing], lengths: Lengths) -> Iterator[tuple[Airing, Fault]]:
    """Each script in its template once, at its longest place in the plan."""
    told = set()
    for airing in airings:
        fault = overlong_airing(schedule, airing, lengths)
        if fault is not None and (airing.item, airing.template) not in told:
            told.add((airing.item, airing.template))
            yield airing, fault
