"""Plan → as-run rows: what is due goes to the booth at its instant, and every planned airing ends in one outcome."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from broadcaster.errors import BroadcasterError, OutputFault
from broadcaster.model import Intent, LogRow, OutcomeReason
from broadcaster.schedule.lateness import Missed, when_late
from broadcaster.schedule.plan import plan
from broadcaster.schedule.runner import Runner
from broadcaster.station.booth import Booth, Refused
from broadcaster.station.outcomes import Outcomes
from broadcaster.station.render import Renderer, due_in
from broadcaster.station.station import Station

LEAD = timedelta(seconds=4)
"""How long before its instant an airing is made ready: the decoder primed, the output opened."""
DAYS_AHEAD = 2
"""Today and tomorrow: what is due in the next 24 hours is always planned and rendered."""
LOOK_BACK = timedelta(days=31)
"""A station that was off for longer accounts for its last month only."""

Key = tuple[str, str]


class OnAir:
    """The station while it runs."""

    def __init__(self, station: Station, *, stop: threading.Event, tell: Callable[[str], None]) -> None:
        self.station = station
        self.stop = stop
        self.tell = tell
        self.renderer = Renderer(station)
        self.outcomes = Outcomes(station, tell=lambda logged: tell(in_words(logged)))
        self.booth = Booth(station, self.renderer, self.outcomes, stop=stop)
        self.runner = Runner(station.clock, on_due=self._due, on_replan=self._replan, lead=LEAD)
        self._up_since = station.clock.now()
        self._planning = threading.Lock()
        self._handed: set[Key] = set()
        self._threads: list[threading.Thread] = []

    def run(self) -> None:
        """Until `stop` is set. First of all, account for what the station missed or broke off while it was away.

        Raises `OutputFault` where no output can sound at all.
        """
        self._check_outputs()
        self.outcomes.account_for_interrupted()
        self._replan()
        self.runner.start()
        rendering = threading.Thread(target=self._render_ahead, name="render")
        rendering.start()
        try:
            self.stop.wait()
        finally:
            self.stop.set()
            self.runner.stop()
            for thread in (*self._threads, rendering):
                thread.join()
            now = self.station.clock.now()
            self.station.ledger.mark_seen(now)
            self.station.checkpoints.write(self.station.log.last(), at=now)

    def _check_outputs(self) -> None:
        faults = {name: output.check() for name, output in self.station.outputs.items()}
        for name, output in self.station.outputs.items():
            for fault in faults[name]:
                self.tell(f"Đầu ra {name}: {fault.message} → {fault.remedy}")
            if not faults[name]:
                self.tell(f"Đầu ra {name}: {output.sounds_as()}")
        if faults and all(faults.values()):
            raise OutputFault(
                "Không đầu ra nào phát được.",
                remedy="Sửa theo các dòng ở trên, hoặc dùng 'kieu: auto' để ghi ra tệp khi máy không có loa.",
            )

    def _replan(self) -> None:
        """Intend what the schedule says now, withdraw what it no longer says, leave alone what the booth has."""
        with self._planning:
            now = self.station.clock.now()
            since = max(self.station.ledger.seen_until() or now, now - LOOK_BACK)
            wanted = [intent for intent in self._planned(since, now) if key_of(intent) not in self._handed]
            self.station.ledger.intend(wanted)
            keep = {key_of(intent) for intent in wanted} | self._handed
            for intent in self.station.ledger.open():
                start = intent.airing.start
                if start is not None and start > now and intent.began_at is None and key_of(intent) not in keep:
                    self.station.ledger.withdraw(*key_of(intent))
            self.station.ledger.mark_seen(now)
            self.runner.expect(intent for intent in self.station.ledger.open() if intent.began_at is None)

    def _planned(self, since: datetime, now: datetime) -> list[Intent]:
        first = since.date()
        days = (now.date() - first).days + DAYS_AHEAD
        airings = plan(self.station.schedule, first=first, days=days, lengths=self.renderer.length_s)
        return [
            Intent(airing=airing, cluster=cluster.key, output=cluster.output)
            for airing in airings
            if airing.start is not None and airing.start > since
            for cluster in self.station.schedule.communes[airing.commune].clusters
        ]

    def _render_ahead(self) -> None:
        """Make every programme that is planned, then plan again with what they really last."""
        for airing in due_in(self.renderer, first=self.station.clock.now().date(), days=DAYS_AHEAD):
            if self.stop.is_set():
                return
            try:
                self.renderer.programme(airing)
            except BroadcasterError as error:
                self.tell(
                    f"Chưa làm được chương trình {airing.item} ({airing.commune}): {error.message} → {error.remedy}"
                )
        self._replan()

    def _due(self, instant: datetime, intents: tuple[Intent, ...]) -> None:
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        for intent in intents:
            self._handed.add(key_of(intent))
            thread = threading.Thread(target=self._air, args=(intent, instant), name=f"air {intent.airing.id}")
            self._threads.append(thread)
            thread.start()

    def _air(self, intent: Intent, instant: datetime) -> None:
        try:
            now = self.station.clock.now()
            decision = when_late(intent.airing, now=now, length_s=intent.airing.length_s)
            if isinstance(decision, Missed):
                self.booth.refuse(intent, self._missed(intent, decision))
            else:
                self.booth.air(intent, at=max(now, instant))
        except BroadcasterError as error:
            # no row could be written: the ledger still holds the intent, and the next start accounts for it
            self.tell(f"LỖI ở {intent.airing.id} ({intent.cluster}): {error.message} → {error.remedy}")
        finally:
            self._handed.discard(key_of(intent))

    def _missed(self, intent: Intent, decision: Missed) -> Refused:
        if intent.airing.start is not None and intent.airing.start < self._up_since:
            return Refused(reason=OutcomeReason.STATION_OFF, detail="Đến giờ phát thì đài không chạy.")
        return Refused(reason=decision.reason, detail="Không kịp phát trong thời gian cho phép trễ.")


def key_of(intent: Intent) -> Key:
    return intent.airing.id, intent.cluster


def in_words(logged: LogRow) -> str:
    """A row as the operator sees it go by."""
    from broadcaster.reports.wording import OUTCOME_WORDS

    row = logged.row
    heard = f", {row.played_s:.0f} giây" if row.played_s else ""
    why = f" — {row.detail}" if row.detail else ""
    return f"[{row.commune}/{row.cluster}] {row.script_title or row.title}: {OUTCOME_WORDS[row.outcome]}{heard}{why}"
