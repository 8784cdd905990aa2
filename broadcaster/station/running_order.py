"""The plan as people look at it: what will play, whether it may, and why what will not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from broadcaster.errors import BroadcasterError
from broadcaster.model.plan import Airing, AiringKind
from broadcaster.schedule.explain import explain
from broadcaster.schedule.plan import plan
from broadcaster.station.render import Renderer
from broadcaster.station.station import Station


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A line of the running order."""

    airing: Airing
    approved: bool
    """Relays need no approval: their sources are allow-listed in schedule.yaml."""
    why: str
    voice_note: str = ""
    """In which voice it will be said, where that is not the one that was wanted, and why."""

    def as_json(self) -> dict[str, Any]:
        airing = self.airing
        return {
            "id": airing.id,
            "commune": airing.commune,
            "date": airing.date.isoformat(),
            "planned_start": airing.planned_start.isoformat() if airing.planned_start else None,
            "start": airing.start.isoformat() if airing.start else None,
            "length_s": airing.length_s,
            "entry": airing.entry,
            "item": airing.item,
            "kind": airing.kind.value,
            "priority": airing.priority,
            "status": airing.status.value,
            "reason": airing.reason.value if airing.reason else None,
            "yields_to": airing.yields_to,
            "approved": self.approved,
        }


def running_order(
    station: Station, renderer: Renderer, *, first: date, days: int, commune: str | None = None
) -> list[Listed]:
    """Every airing of the plan, in order of commune, then start. Raises `WrongUsage` for an unknown commune."""
    communes = None if commune is None else [commune]
    airings = plan(station.schedule, first=first, days=days, lengths=renderer.length_s, communes=communes)
    note_of = _voice_notes(renderer)
    cleared = {item: renderer.is_approved(item) for item in {a.item for a in airings if _is_script(a)}}
    return [
        Listed(
            airing=airing,
            approved=cleared[airing.item] if _is_script(airing) else True,
            why=explain(airing, station.schedule, others=airings),
            voice_note=note_of(airing),
        )
        for airing in airings
    ]


def _voice_notes(renderer: Renderer) -> Callable[[Airing], str]:
    """Of the programmes that are ready; many airings share one."""
    known: dict[tuple[object, ...], str] = {}

    def note_of(airing: Airing) -> str:
        if not _is_script(airing) or airing.start is None:
            return ""
        key = renderer.programme_of(airing)
        if key not in known:
            known[key] = _voice_note(renderer, airing)
        return known[key]

    return note_of


def _voice_note(renderer: Renderer, airing: Airing) -> str:
    try:
        programme = renderer.ready(airing)
    except BroadcasterError:
        # `check` and the rendering say why there is none
        return ""
    return programme.fallback.in_words if programme and programme.fallback else ""


def _is_script(airing: Airing) -> bool:
    return airing.kind is not AiringKind.RELAY
