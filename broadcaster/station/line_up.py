"""Plan → ledger → what is still to air. What is over, or was taken out of the schedule, gets its outcome here."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from broadcaster.model.as_run import Intent, OutcomeReason
from broadcaster.schedule.lateness import Missed, when_late
from broadcaster.schedule.plan import plan
from broadcaster.station.ahead import DAYS_AHEAD
from broadcaster.station.booth import Booth
from broadcaster.station.refusal import WITHDRAWN, Refused
from broadcaster.station.station import Station

LOOK_BACK = timedelta(days=31)
"""A station that was off for longer accounts for its last month only."""

Key = tuple[str, str]


def key_of(intent: Intent) -> Key:
    return intent.airing.id, intent.cluster


class LineUp:
    """What the schedule wants now, and in whose hands each airing is. Several threads may ask."""

    def __init__(self, station: Station, booth: Booth) -> None:
        self.station = station
        self.booth = booth
        self._hands = threading.Lock()
        self._taken: set[Key] = set()
        self._wanted: Mapping[Key, datetime | None] = {}

    def renew(self) -> list[Intent]:
        """What is to be called for by the schedule as it is now; everything that is over has its outcome afterwards.

        What the schedule wants no more is among it: until its time somebody may put it back. One thread at a time, and
        none while the clock is not believed: what is over would be anybody's guess.
        """
        now = self.station.clock.now()
        since = self._accounted_until(now)
        waiting = [intent for intent in self.station.ledger.open() if intent.began_at is None]
        first = min([since.date(), *(intent.airing.date for intent in waiting)])
        planned = self._planned(first, now)
        fresh = [one for one in planned if one.airing.start and one.airing.start > since]
        self.station.ledger.intend(one for one in fresh if not self.is_taken(one))
        self.station.ledger.mark_seen(now)
        self._wanted = {key_of(intent): intent.airing.start for intent in planned}
        return self._still_to_air(now)

    def wanted_at(self, intent: Intent) -> datetime | None:
        """When the schedule wants it by now; None: no more."""
        return self._wanted.get(key_of(intent))

    def coming(self) -> frozenset[Key]:
        """All that the schedule wants from now on."""
        now = self.station.clock.now()
        return frozenset(key for key, start in self._wanted.items() if start is not None and start > now)

    def take(self, intent: Intent) -> bool:
        """It is in the caller's hands until `let_go`; False where it is in somebody's already."""
        with self._hands:
            free = key_of(intent) not in self._taken
            self._taken.add(key_of(intent))
            return free

    def let_go(self, intents: Iterable[Intent]) -> None:
        """They have their outcome, or wait again."""
        with self._hands:
            self._taken.difference_update(map(key_of, intents))

    def is_taken(self, intent: Intent) -> bool:
        return key_of(intent) in self._taken

    def missed(self, intent: Intent) -> Refused:
        """Why its time could pass."""
        start, timekeeper = intent.airing.start, self.station.timekeeper
        if start is not None and timekeeper.was_off(start):
            return Refused(reason=OutcomeReason.STATION_OFF, detail="Đến giờ phát thì đài không chạy.")
        if start is not None and timekeeper.was_held(start):
            detail = "Đến giờ phát thì giờ của máy không đáng tin, đài giữ lại không phát."
            return Refused(reason=OutcomeReason.CLOCK_DOUBTED, detail=detail)
        return Refused(reason=OutcomeReason.TOO_LATE, detail="Không kịp phát trong thời gian cho phép trễ.")

    def _accounted_until(self, now: datetime) -> datetime:
        since = self.station.ledger.seen_until() or now
        if since >= now - LOOK_BACK:
            return since
        self.station.notices.tell(
            f"Đài không chạy từ {since:%H:%M %d/%m/%Y}; chỉ ghi kết quả của {LOOK_BACK.days} ngày gần nhất."
        )
        return now - LOOK_BACK

    def _planned(self, first: date, now: datetime) -> list[Intent]:
        schedule, days = self.station.schedule, (now.date() - first).days + DAYS_AHEAD
        airings = plan(schedule, first=first, days=days, lengths=self.booth.deck.renderer.length_s)
        return [
            Intent(airing=airing, cluster=cluster.key, output=cluster.output)
            for airing in airings
            if airing.start is not None
            for cluster in schedule.communes[airing.commune].clusters
        ]

    def _still_to_air(self, now: datetime) -> list[Intent]:
        """What waits in the ledger."""
        coming = []
        for intent in self.station.ledger.open():
            start = intent.airing.start
            if start is None or intent.began_at is not None or self.is_taken(intent):
                continue
            if self.booth.outcomes.is_unwritten(intent):
                continue
            withdrawn = self.wanted_at(intent) is None
            if withdrawn and start <= now:
                self._close(intent, WITHDRAWN)
            elif isinstance(when_late(intent.airing, now=now, length_s=intent.airing.length_s), Missed):
                self._close(intent, WITHDRAWN if withdrawn else self.missed(intent))
            else:
                coming.append(intent)
        return coming

    def _close(self, intent: Intent, refused: Refused) -> None:
        """Its outcome, unless it has got one, or somebody to see to it, since the ledger was read."""
        if not self.take(intent):
            return
        try:
            if not self.station.log.has(*key_of(intent)):
                self.booth.refuse(intent, refused)
        finally:
            self.let_go([intent])
