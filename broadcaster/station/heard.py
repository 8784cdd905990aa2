"""What was said at 17:41:20: the log knows what sounded, the programme's cue sheet what was said in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from broadcaster.clock import VIETNAM
from broadcaster.model.as_run import Intent, LogRow
from broadcaster.model.plan import AiringKind
from broadcaster.model.programme import Programme
from broadcaster.programme.lines import Heard, heard_at
from broadcaster.station.prove import log_rows
from broadcaster.station.station import Station


@dataclass(frozen=True, slots=True, kw_only=True)
class Sounded:
    """One cluster's row of the log that a moment lies in."""

    logged: LogRow
    second: float
    """From the first sound that left the output."""
    heard: Heard | None
    """None where there is no cue sheet: of a relay, and of a programme that is no longer kept."""

    @property
    def is_relay(self) -> bool:
        return self.logged.row.kind is AiringKind.RELAY


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheAir:
    """One cluster's airing that is not over, and so has no row of the log."""

    intent: Intent
    second: float
    heard: Heard | None
    """None as in `Sounded`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThatMoment:
    """What each cluster sounded, and where none did, the airings on both sides of the silence."""

    at: datetime
    sounded: tuple[Sounded, ...]
    on_the_air: tuple[OnTheAir, ...] = ()
    before: LogRow | None = None
    after: LogRow | None = None


def that_moment(station: Station, at: datetime, *, commune: str | None = None) -> ThatMoment:
    """By the log, and for what is on the air still by the ledger. Raises `WrongUsage` for an unknown commune."""
    day = at.astimezone(VIETNAM).date()
    rows = log_rows(station, first=day - timedelta(days=1), last=day + timedelta(days=1), commune=commune)
    sounded = tuple(_sounded(station, rows, at))
    ended = [row for row in rows if row.row.started_at is not None and _end(row) <= at]
    began = [row for row in rows if row.row.started_at is not None and row.row.started_at > at]
    return ThatMoment(
        at=at,
        sounded=sounded,
        on_the_air=tuple(_on_the_air(station, at, commune=commune)),
        before=max(ended, key=_end, default=None),
        after=min(began, key=lambda row: (row.row.started_at or at, row.seq), default=None),
    )


def _end(logged: LogRow) -> datetime:
    """By what left the output, which is what people heard."""
    started = logged.row.started_at or logged.row.planned_start
    return started + timedelta(seconds=logged.row.played_s)


def _sounded(station: Station, rows: list[LogRow], at: datetime) -> Iterator[Sounded]:
    for logged in rows:
        started = logged.row.started_at
        if started is None or not started <= at < _end(logged):
            continue
        programme = _programme(station, logged)
        second = (at - started).total_seconds()
        heard = heard_at(programme.cues, second) if programme else None
        yield Sounded(logged=logged, second=second, heard=heard)


def _on_the_air(station: Station, at: datetime, *, commune: str | None) -> Iterator[OnTheAir]:
    """Up to the output's last word, which is about a second old: what comes after it nobody has heard yet."""
    for intent in station.ledger.open():
        began = intent.began_at
        if began is None or commune not in (None, intent.airing.commune):
            continue
        second = (at - began).total_seconds()
        if 0 <= second <= intent.played_frames / intent.sample_rate:
            programme = station.shelf.get(intent.programme) if intent.programme else None
            yield OnTheAir(intent=intent, second=second, heard=heard_at(programme.cues, second) if programme else None)


def _programme(station: Station, logged: LogRow) -> Programme | None:
    digest = logged.row.audio_sha256
    return station.shelf.sounding(digest) if digest else None
