"""The plan as people look at it: what will play, whether it may, and why what will not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

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
    cleared = {item: renderer.is_approved(item) for item in {a.item for a in airings if _is_script(a)}}
    return [
        Listed(
            airing=airing,
            approved=cleared[airing.item] if _is_script(airing) else True,
            why=explain(airing, station.schedule, others=airings),
        )
        for airing in airings
    ]


def _is_script(airing: Airing) -> bool:
    return airing.kind is not AiringKind.RELAY
