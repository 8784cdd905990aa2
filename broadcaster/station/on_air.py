"""Plan → as-run rows: what is due goes to the booth at its instant, and every planned airing ends in one outcome."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta

from broadcaster.errors import BroadcasterError, OutputFault
from broadcaster.model.as_run import Intent, LogRow, Outcome, OutcomeReason
from broadcaster.schedule.lateness import Missed, when_late
from broadcaster.schedule.plan import plan
from broadcaster.schedule.runner import Runner
from broadcaster.station.ahead import DAYS_AHEAD, Ahead
from broadcaster.station.booth import Booth, Refused
from broadcaster.station.outcomes import Outcomes
from broadcaster.station.render import Renderer
from broadcaster.station.station import Station

LEAD = timedelta(seconds=4)
"""How long before its instant an airing is made ready: the decoder primed, the output opened."""
KEEP_EVERY_S = 120.0
"""How often the station looks ahead again."""
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
        self.outcomes = Outcomes(station, tell=lambda logged: tell(in_words(logged)), warn=tell)
        self.booth = Booth(station, self.renderer, self.outcomes, stop=stop)
        self.runner = Runner(station.clock, on_due=self._due, on_replan=self._attempt_replan, lead=LEAD)
        self._up_since = station.clock.now()
        self._planning = threading.Lock()
        self._handed: set[Key] = set()
        self._threads: list[threading.Thread] = []
        self._failures: list[BaseException] = []
        self._troubles: set[str] = set()
        self.ahead = Ahead(self.renderer, stop=stop, tell_once=self._tell_once)

    def run(self) -> None:
        """Until `stop` is set. First of all, account for what the station missed or broke off while it was away.

        Raises `OutputFault` where no output can sound at all, and whatever ended the station's own work.
        """
        self._check_outputs()
        self.outcomes.account_for_interrupted()
        self.replan()
        self.runner.start()
        keeper = threading.Thread(target=self._keep, name="keeper")
        keeper.start()
        try:
            self.stop.wait()
        finally:
            self.stop.set()
            self.runner.stop()
            for thread in (*self._threads, keeper):
                thread.join()
            self._close_the_day()
        if self._failures:
            raise self._failures[0]

    def _keep(self) -> None:
        """Plan and render ahead, again and again: texts are edited and approved while the station runs.

        Should it fail in a way that nobody foresaw, the station ends: one without a plan is silent with every light on.
        """
        try:
            while not self.stop.is_set():
                self._attempt(self.outcomes.retry)
                self._attempt_replan()
                if self.ahead.work():
                    self._attempt_replan()
                self.station.clock.wait(KEEP_EVERY_S, until=self.stop)
        except BaseException as error:
            self._failures.append(error)
            self.stop.set()

    def _attempt(self, step: Callable[[], None]) -> None:
        """A step that is tried again in a while; what stands in its way is told when it is new."""
        try:
            step()
        except (BroadcasterError, OSError) as error:
            self._tell_once(f"{error} → {getattr(error, 'remedy', '')}")

    def _attempt_replan(self) -> None:
        self._attempt(self.replan)

    def _tell_once(self, trouble: str) -> None:
        if trouble not in self._troubles:
            self._troubles.add(trouble)
            self.tell(trouble)

    def _close_the_day(self) -> None:
        self._attempt(self.outcomes.retry)
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

    def replan(self) -> None:
        """Intend what the schedule says now; account for what is over, or is no longer wanted and over."""
        with self._planning:
            now = self.station.clock.now()
            since = self.station.ledger.seen_until() or now
            if since < now - LOOK_BACK:
                self.tell(
                    f"Đài không chạy từ {since:%H:%M %d/%m/%Y}; chỉ ghi kết quả của {LOOK_BACK.days} ngày gần nhất."
                )
                since = now - LOOK_BACK
            waiting = [intent for intent in self.station.ledger.open() if intent.began_at is None]
            first = min([since.date(), *(intent.airing.date for intent in waiting)])
            planned = self._planned(first, now)
            wanted = {key_of(intent) for intent in planned}
            fresh = [one for one in planned if one.airing.start and one.airing.start > since]
            self.station.ledger.intend(one for one in fresh if key_of(one) not in self._handed)
            self.station.ledger.mark_seen(now)
            self.runner.expect(self._still_to_air(wanted, now))

    def _still_to_air(self, wanted: set[Key], now: datetime) -> list[Intent]:
        """What waits in the ledger and is wanted. What is over gets its outcome here, one after the other."""
        coming = []
        for intent in self.station.ledger.open():
            start = intent.airing.start
            if start is None or intent.began_at is not None or key_of(intent) in self._handed:
                continue
            decision = when_late(intent.airing, now=now, length_s=intent.airing.length_s)
            if key_of(intent) in wanted and not isinstance(decision, Missed):
                coming.append(intent)
            elif key_of(intent) in wanted:
                self.booth.refuse(intent, self._missed(intent))
            elif start <= now:
                detail = "Lịch phát đã sửa, không còn lượt này."
                refused = Refused(reason=OutcomeReason.WITHDRAWN, detail=detail, outcome=Outcome.CANCELLED)
                self.booth.refuse(intent, refused)
        return coming

    def _planned(self, first: date, now: datetime) -> list[Intent]:
        days = (now.date() - first).days + DAYS_AHEAD
        airings = plan(self.station.schedule, first=first, days=days, lengths=self.renderer.length_s)
        return [
            Intent(airing=airing, cluster=cluster.key, output=cluster.output)
            for airing in airings
            if airing.start is not None
            for cluster in self.station.schedule.communes[airing.commune].clusters
        ]

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
            if isinstance(when_late(intent.airing, now=now, length_s=intent.airing.length_s), Missed):
                self.booth.refuse(intent, self._missed(intent))
            else:
                self.booth.air(intent, at=max(now, instant))
        except (BroadcasterError, OSError) as error:
            # no row could be written now: `retry` tries again, and else the ledger still holds the intent
            self.tell(f"LỖI ở {intent.airing.id} ({intent.cluster}): {error} → {getattr(error, 'remedy', '')}")
        finally:
            self._handed.discard(key_of(intent))

    def _missed(self, intent: Intent) -> Refused:
        if intent.airing.start is not None and intent.airing.start < self._up_since:
            return Refused(reason=OutcomeReason.STATION_OFF, detail="Đến giờ phát thì đài không chạy.")
        return Refused(reason=OutcomeReason.TOO_LATE, detail="Không kịp phát trong thời gian cho phép trễ.")


def key_of(intent: Intent) -> Key:
    return intent.airing.id, intent.cluster


def in_words(logged: LogRow) -> str:
    """A row as the operator sees it go by."""
    from broadcaster.reports.wording import OUTCOME_WORDS

    row = logged.row
    heard = f", {row.played_s:.0f} giây" if row.played_s else ""
    why = f" — {row.detail}" if row.detail else ""
    return f"[{row.commune}/{row.cluster}] {row.script_title or row.title}: {OUTCOME_WORDS[row.outcome]}{heard}{why}"
