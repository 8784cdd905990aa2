"""Today at a glance: what the plan asks for, what the ledger waits for, what the log proves. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from broadcaster.config.schedule import Schedule
from broadcaster.config.stations import Cluster, Commune
from broadcaster.model.as_run import Intent, LogRow, OutcomeReason
from broadcaster.model.plan import Airing, AiringKind
from broadcaster.model.programme import Programme
from broadcaster.station.notices import Notice
from broadcaster.station.running_order import Listed


class AirState(StrEnum):
    """Where an airing stands on one cluster; the last five come from the log alone, by its own words."""

    COMING = "coming"
    NOT_APPROVED = "not-approved"
    DROPPED = "dropped"
    STARTING = "starting"
    """It went on, and the output has not told of any sound yet."""
    ON_AIR = "on-air"
    WITHDRAWN = "withdrawn"
    """It waits in the ledger, and the schedule no longer wants it: cancelled when its time has come."""
    UNACCOUNTED = "unaccounted"
    """Its time has passed and neither ledger nor log knows of it: it was planned before the station's first run."""
    PLAYED = "played"
    PARTIAL = "partial"
    MISSED = "missed"
    FAILED = "failed"
    CANCELLED = "cancelled"


SOUNDING = (AirState.STARTING, AirState.ON_AIR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An airing on one cluster."""

    cluster: str
    output: str
    """What sounded, by the log's word; before that, what would sound now."""
    state: AirState
    started_at: datetime | None = None
    played_s: float = 0.0
    """Seconds that have left the output, by its own account."""
    reason: OutcomeReason | None = None
    detail: str = ""
    seq: int | None = None
    """The row of the log that says so; None while there is none."""
    simulated: bool = False
    """That row is of a simulated day, and no evidence."""


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
    voice_note: str = ""
    """In which voice it will be said, where that is not the one that was wanted."""
    programme: Programme | None = None
    """What sounded, by the log; else what would."""

    @property
    def began_at(self) -> datetime | None:
        """When its first sound left an output; before that, when it is to begin."""
        return min((each.started_at for each in self.standings if each.started_at is not None), default=self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneToday:
    """One commune's lines, in order of time; those without a time last."""

    commune: Commune
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """All communes' day as it stands at `now`."""

    now: datetime
    schedule: Schedule
    communes: tuple[CommuneToday, ...]
    notices: tuple[Notice, ...] = ()
    """What is not as it should be."""

    @property
    def lines(self) -> list[Line]:
        return [line for each in self.communes for line in each.lines]

    def on_air(self) -> list[tuple[Line, Standing]]:
        """What sounds now, or is about to."""
        return [(line, standing) for line in self.lines for standing in line.standings if standing.state in SOUNDING]

    def next_line(self) -> Line | None:
        """The next one that will sound."""
        coming = [
            (line.at, line.id, line)
            for line in self.lines
            if line.at is not None and any(each.state is AirState.COMING for each in line.standings)
        ]
        return min(coming)[2] if coming else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What is known of today, each from where it is true."""

    schedule: Schedule
    listed: Iterable[Listed]
    """The plan."""
    intents: Iterable[Intent]
    """The ledger: what waits, and what is on the air."""
    rows: Iterable[LogRow]
    """The log: what came of it."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Of scripts, by path."""
    sounds: Mapping[str, str] = field(default_factory=dict)
    """What would sound now, by output."""
    aired: Mapping[str, Programme] = field(default_factory=dict)
    """The programmes of the rows, by the hash of their sound, as far as they are kept."""
    notices: tuple[Notice, ...] = ()


def today(sources: Sources, *, now: datetime) -> Today:
    """Every airing of the plan, and those that ledger or log know of though the plan no longer does."""
    reader = _Reader(sources, now=now)
    lines = reader.lines()
    return Today(
        now=now,
        schedule=sources.schedule,
        notices=sources.notices,
        communes=tuple(
            CommuneToday(
                commune=commune,
                lines=tuple(sorted((line for line in lines if line.commune == commune.key), key=_by_time)),
            )
            for commune in sources.schedule.communes.values()
        ),
    )


def _by_time(line: Line) -> tuple[bool, float, str]:
    return line.at is None, line.at.timestamp() if line.at else 0.0, line.id


class _Reader:
    """Log before ledger before plan: what happened outweighs what was meant."""

    def __init__(self, sources: Sources, *, now: datetime) -> None:
        self._sources = sources
        self._now = now
        self._rows = {(each.row.airing, each.row.cluster): each for each in sources.rows}
        self._intents = {(each.airing.id, each.cluster): each for each in sources.intents}

    def lines(self) -> list[Line]:
        found = {each.airing.id: self._line(each.airing, each) for each in self._sources.listed}
        for intent in self._intents.values():
            if intent.airing.id not in found and _concerns(intent, self._now):
                found[intent.airing.id] = self._line(intent.airing, None)
        for logged in self._rows.values():
            if logged.row.airing not in found:
                found[logged.row.airing] = self._only_logged(logged)
        return list(found.values())

    def _line(self, airing: Airing, listed: Listed | None) -> Line:
        clusters = self._sources.schedule.communes[airing.commune].clusters
        placed = next((i.airing for (airing_id, _), i in self._intents.items() if airing_id == airing.id), airing)
        return Line(
            id=airing.id,
            commune=airing.commune,
            at=placed.start or placed.planned_start,
            planned_start=placed.planned_start,
            length_s=placed.length_s,
            title=airing.title,
            item=airing.item,
            script_title=self._sources.titles.get(airing.item),
            kind=airing.kind,
            why=listed.why if listed else "",
            voice_note=listed.voice_note if listed else "",
            programme=self._programme(airing.id, listed),
            standings=tuple(self._standing(airing, cluster, listed) for cluster in clusters),
        )

    def _programme(self, airing: str, listed: Listed | None) -> Programme | None:
        rows = [each.row for each in self._rows.values() if each.row.airing == airing]
        digests = [row.audio_sha256 for row in rows if row.audio_sha256]
        if digests:
            return next((self._sources.aired[each] for each in digests if each in self._sources.aired), None)
        return listed.programme if listed else None

    def _standing(self, airing: Airing, cluster: Cluster, listed: Listed | None) -> Standing:
        key = (airing.id, cluster.key)
        if key in self._rows:
            return _as_logged(self._rows[key])
        output = self._sources.sounds.get(cluster.output, cluster.output)
        intent = self._intents.get(key)
        if intent is not None and intent.began_at is not None:
            return _on_the_air(intent, output=output)
        return Standing(cluster=cluster.key, output=output, state=self._meant(airing, intent, listed))

    def _meant(self, airing: Airing, intent: Intent | None, listed: Listed | None) -> AirState:
        if intent is None and airing.start is None:
            return AirState.DROPPED
        if intent is None and airing.start is not None and airing.start <= self._now:
            return AirState.UNACCOUNTED
        if listed is None:
            return AirState.WITHDRAWN
        return AirState.COMING if listed.approved else AirState.NOT_APPROVED

    def _only_logged(self, logged: LogRow) -> Line:
        row = logged.row
        return Line(
            id=row.airing,
            commune=row.commune,
            at=row.planned_start,
            planned_start=row.planned_start,
            length_s=None,
            title=row.title,
            item=row.item,
            script_title=row.script_title,
            kind=row.kind,
            why="",
            programme=self._programme(row.airing, None),
            standings=tuple(_as_logged(each) for each in self._rows.values() if each.row.airing == row.airing),
        )


def _concerns(intent: Intent, now: datetime) -> bool:
    """Today's, and what began yesterday and still sounds."""
    return intent.airing.date == now.date() or intent.began_at is not None


def _as_logged(logged: LogRow) -> Standing:
    row = logged.row
    return Standing(
        cluster=row.cluster,
        output=row.output,
        state=AirState(row.outcome.value),
        started_at=row.started_at,
        played_s=row.played_s,
        reason=row.reason,
        detail=row.detail,
        seq=logged.seq,
        simulated=row.simulated,
    )


def _on_the_air(intent: Intent, *, output: str) -> Standing:
    return Standing(
        cluster=intent.cluster,
        output=output,
        state=AirState.ON_AIR if intent.played_frames else AirState.STARTING,
        started_at=intent.began_at if intent.played_frames else None,
        played_s=intent.played_frames / intent.sample_rate,
    )
