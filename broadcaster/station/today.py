"""Today on one page: what the plan asks for, what the ledger waits for, what the log proves. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from broadcaster.config.types import Cluster, Commune, Schedule
from broadcaster.model import Airing, AiringKind, Intent, LogRow, OutcomeReason
from broadcaster.station.running_order import Listed

Key = tuple[str, str]
"""Airing and cluster."""


class AirState(StrEnum):
    """Where an airing stands on one cluster; the last five come from the log alone."""

    COMING = "coming"
    NOT_APPROVED = "not-approved"
    DROPPED = "dropped"
    STARTING = "starting"
    """It is on, and the output has not yet told of any sound."""
    ON_AIR = "on-air"
    UNACCOUNTED = "unaccounted"
    """Its time has passed, and neither ledger nor log knows of it: planned into the past, or before the first run."""
    PLAYED = "played"
    PARTIAL = "partial"
    MISSED = "missed"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An airing on one cluster."""

    cluster: str
    output: str
    """What sounded, by the log's word; before that, what would sound now."""
    state: AirState
    started_at: datetime | None = None
    played_s: float = 0.0
    """Seconds that have left the output."""
    reason: OutcomeReason | None = None
    detail: str = ""
    """The log's own words."""
    seq: int | None = None
    """The row of the log that says so; None while there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An airing of today on all clusters of its commune."""

    id: str
    commune: str
    at: datetime | None
    """When it starts or was to start; None for what a campaign found no room for."""
    planned_start: datetime | None
    length_s: int | None
    """As planned; None where only the log still knows of it."""
    title: str
    item: str
    script_title: str | None
    """None for relays, and where there is no usable script."""
    kind: AiringKind
    why: str
    """Why the plan places or drops it, as `plan --why` says it."""
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneToday:
    """One commune's lines, in order of time."""

    commune: Commune
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The page."""

    now: datetime
    schedule: Schedule
    communes: tuple[CommuneToday, ...]
    log_rows: int
    """Rows that today's airings have in the log so far."""

    @property
    def on_air(self) -> tuple[tuple[Line, Standing], ...]:
        """What sounds now, or is about to."""
        on = (AirState.ON_AIR, AirState.STARTING)
        lines = [line for each in self.communes for line in each.lines]
        return tuple((line, standing) for line in lines for standing in line.standings if standing.state in on)

    @property
    def next(self) -> Line | None:
        """The next one that will sound."""
        lines = [line for each in self.communes for line in each.lines if line.at is not None and line.at >= self.now]
        coming = [line for line in lines if any(each.state is AirState.COMING for each in line.standings)]
        return min(coming, key=lambda line: (line.at, line.id), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of today, each from its own source."""

    schedule: Schedule
    listed: Iterable[Listed]
    open: Iterable[Intent]
    rows: Iterable[LogRow]
    titles: Mapping[str, str] = field(default_factory=dict)
    """Script path → its title."""
    sounds: Mapping[str, str] = field(default_factory=dict)
    """Output → what would sound now."""


def today(known: Known, *, now: datetime) -> Today:
    """Every airing of the plan, and those that ledger or log still know of after the plan forgot them."""
    rows = {(each.row.airing, each.row.cluster): each for each in known.rows}
    open_ = {(each.airing.id, each.cluster): each for each in known.open}
    listed = {each.airing.id: each for each in known.listed}
    lines = [_planned(each, known, rows, open_, now=now) for each in listed.values()]
    lines += _unplanned(known, {k: v for k, v in rows.items() if k[0] not in listed}, known_open(open_, listed, now))
    return Today(
        now=now,
        schedule=known.schedule,
        communes=tuple(
            CommuneToday(commune=commune, lines=tuple(sorted(_of(commune, lines), key=_order)))
            for commune in known.schedule.communes.values()
        ),
        log_rows=len(rows),
    )
