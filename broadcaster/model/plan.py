"""When and where something is to be aired, and why it is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class AiringKind(StrEnum):
    """What fills an airing."""

    SCRIPT = "script"
    RELAY = "relay"
    CAMPAIGN = "campaign"


class AiringStatus(StrEnum):
    """What the plan decided."""

    PLANNED = "planned"
    MOVED = "moved"
    DROPPED = "dropped"
    SHORT = "short"


class PlanReason(StrEnum):
    """Why the plan dropped an airing or left a campaign short; codes of SCHEDULE.md."""

    OUTSIDE_WINDOW = "ngoai-khung"
    YIELDED = "nhuong"
    OVER_LIMIT = "qua-gioi-han"
    NO_ROOM = "thieu-cho"


@dataclass(frozen=True, slots=True, kw_only=True)
class Airing:
    """One commune, one time, one item: a line of the plan."""

    id: str
    """Made of (commune, date, planned time, entry key), a campaign's of (commune, date, k, entry key), alone."""
    commune: str
    date: date
    planned_start: datetime | None
    """None for a `short` row."""
    start: datetime | None
    """None where dropped or short."""
    length_s: int
    limit_s: int | None = None
    """What the entry's `dai` allows, reserved or as a cap: longer content is not aired, never cut. None: no limit."""
    entry: str
    """The entry's key."""
    title: str
    """The entry's `ten`."""
    item: str
    """The script's path, or the relay's source."""
    kind: AiringKind
    priority: int
    status: AiringStatus
    reason: PlanReason | None = None
    yields_to: str | None = None
    template: str | None = None
    """The programme template's name; None airs the item bare between station call and sign-off."""
    directive: str | None = None
    music: bool = True
    """False on days that drop music parts (`tat_nhac`)."""
    window_end: datetime | None = None
    """The end of the window that it was placed in: a late start must still end by then. None: no windows at all."""
    late_limit_s: int = 120
    """The most that it may start late after an interruption."""
