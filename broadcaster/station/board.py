"""Plan, ledger and log → today, for as many lookers as come: cheap to ask for, and never a hash computed."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import date, datetime

from broadcaster.config.schedule import Schedule
from broadcaster.errors import WorkspaceFault
from broadcaster.model.as_run import LogRow
from broadcaster.model.plan import AiringKind
from broadcaster.model.programme import Programme
from broadcaster.station.render import Renderer
from broadcaster.station.running_order import Listed, running_order
from broadcaster.station.station import Station
from broadcaster.station.today import Sources, Today, today

PLAN_LASTS_S = 20.0
"""How old plan, approvals and titles may be: making them takes about 0.1 s of CPU for 15 airings, an idle look 2 ms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """The running order of one date, and what it takes to show it."""

    day: date
    schedule: Schedule
    made_at: float
    listed: tuple[Listed, ...]
    titles: dict[str, str]
    sounds: dict[str, str]


class Board:
    """What a running station's page shows. Several threads may ask."""

    def __init__(self, station: Station) -> None:
        self.station = station
        self._renderer = Renderer(station)
        self._asking = threading.Lock()
        self._order: _Order | None = None
        self._known: dict[str, Programme] = {}
        self._rows: tuple[date, int, tuple[LogRow, ...]] | None = None
        # parts are made by whoever asks first: not by two threads at once
        self.today()

    def today(self) -> Today:
        """Raises what stands in the way of reading the station's records."""
        with self._asking:
            now = self.station.clock.now()
            order = self._order_of(now)
            # the ledger first: what leaves it meanwhile stands in the log that is read next
            intents = self.station.ledger.open()
            rows = self._rows_of(now.date())
            sources = Sources(
                schedule=self.station.schedule,
                listed=order.listed,
                intents=intents,
                rows=rows,
                aired=self._aired(rows),
                titles=order.titles,
                sounds=order.sounds,
                notices=self.station.notices.standing(),
            )
            return today(sources, now=now)

    def _order_of(self, now: datetime) -> _Order:
        asked_at = self.station.clock.monotonic()
        order = self._order
        edited = order is None or order.schedule is not self.station.schedule
        if order is None or edited or order.day != now.date() or asked_at - order.made_at >= PLAN_LASTS_S:
            listed = tuple(running_order(self.station, self._renderer, first=now.date(), days=1))
            order = self._order = _Order(
                day=now.date(),
                schedule=self.station.schedule,
                made_at=asked_at,
                listed=listed,
                titles=self._titles({one.airing.item for one in listed if one.airing.kind is not AiringKind.RELAY}),
                sounds={name: output.sounds_as() for name, output in self.station.outputs.items()},
            )
        return order

    def _titles(self, scripts: set[str]) -> dict[str, str]:
        """Of those that can be read; the others have none, and the running order calls them unapproved."""
        titles: dict[str, str] = {}
        for path in scripts:
            try:
                titles[path] = self._renderer.said(path).script.title
            except WorkspaceFault:
                continue
        return titles

    def programme(self, audio_sha256: str) -> Programme | None:
        """The one with this sound, where its cue sheet is kept."""
        return self.station.shelf.sounding(audio_sha256)

    def _aired(self, rows: tuple[LogRow, ...]) -> dict[str, Programme]:
        """Looked up once each: a programme never changes under the hash of its sound."""
        digests = {row.row.audio_sha256 for row in rows if row.row.audio_sha256}
        found = {each: self._known.get(each) or self.programme(each) for each in digests}
        self._known = {digest: programme for digest, programme in found.items() if programme is not None}
        return self._known

    def _rows_of(self, day: date) -> tuple[LogRow, ...]:
        """The day's rows, read again only when the log has grown: a year's log takes longer to go through."""
        last = self.station.log.last()
        seq = last.seq if last else 0
        if self._rows is None or self._rows[:2] != (day, seq):
            self._rows = (day, seq, tuple(self.station.log.rows(first=day, last=day)))
        return self._rows[2]
