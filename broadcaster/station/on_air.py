"""The station while it runs: what is due goes on the air at its instant, and each airing ends in one outcome."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

from broadcaster.errors import BroadcasterError, OutputFault, WorkspaceFault
from broadcaster.model.as_run import Intent, LogRow
from broadcaster.schedule.runner import Runner
from broadcaster.station.ahead import Ahead
from broadcaster.station.booth import Booth
from broadcaster.station.deck import Deck
from broadcaster.station.forewarn import forewarn
from broadcaster.station.last_schedule import keep
from broadcaster.station.line_up import LineUp, key_of
from broadcaster.station.lookout import Lookout
from broadcaster.station.measuring import Gauge
from broadcaster.station.notices import in_full
from broadcaster.station.outcomes import Outcomes
from broadcaster.station.reload import tell_refusal
from broadcaster.station.render import Renderer
from broadcaster.station.standby import Standby, lead
from broadcaster.station.station import Station

KEEP_EVERY_S = 120.0
"""How often the station looks ahead again when nothing calls for it."""
NOTE_EVERY_S = 0.5
"""How often the ledger hears of what sounds; outputs report every second."""


class OnAir:
    """The station's threads: one that keeps the plan, one that looks around, one for each instant that is due."""

    def __init__(self, station: Station, *, stop: threading.Event, tell: Callable[[str], None]) -> None:
        self.station = station
        self.stop = stop
        self.tell = tell
        station.notices.tell = tell
        self.renderer = Renderer(station)
        self.outcomes = Outcomes(station, tell=lambda logged: tell(in_words(logged)), warn=tell)
        self.booth = Booth(station, Deck(station, self.renderer), self.outcomes, stop=stop)
        self.line_up = LineUp(station, self.booth)
        self.runner = Runner(station.clock, on_due=self._due, on_replan=self._replan_soon, lead=lead)
        self._again = threading.Event()
        self._settled = False
        self._planning = threading.Lock()
        self._standbys: list[tuple[Standby, threading.Thread]] = []
        self._failures: list[BaseException] = []
        self._troubles: set[str] = set()
        self.ahead = Ahead(self.renderer, stop=stop, tell_once=self._tell_once)
        self.gauge = Gauge(self.renderer, called=self._again)

    def run(self) -> None:
        """Until `stop` is set. First of all, account for what the station missed or broke off while it was away.

        Raises `WorkspaceFault` for simulated records, `OutputFault` where no output can sound, and whatever ended the
        station's own work.
        """
        self._check_records()
        self._check_outputs()
        self._settle_schedule()
        self.station.timekeeper.on_moved = self._clock_moved
        self.replan()
        self.runner.start()
        threads = [
            threading.Thread(target=self._guarded, args=(work,)) for work in (self._keep, self._look_out, self._note)
        ]
        for thread in threads:
            thread.start()
        try:
            self.stop.wait()
        finally:
            self._end(threads)
        if self._failures:
            raise self._failures[0]

    def _end(self, threads: list[threading.Thread]) -> None:
        self.stop.set()
        self._again.set()
        self.runner.stop()
        for standby, _ in self._standbys:
            standby.stop()
        for thread in (*(thread for _, thread in self._standbys), *threads):
            thread.join()
        self._close_the_day()

    def _guarded(self, work: Callable[[], None]) -> None:
        """Should it fail in a way that nobody foresaw, the station ends: one without a plan is silent, lights on."""
        try:
            work()
        except BaseException as error:
            self._failures.append(error)
            self.stop.set()

    def _keep(self) -> None:
        """Plan and render ahead, again and again: texts are edited and approved while the station runs."""
        while not self.stop.is_set():
            self._again.clear()
            self._attempt(self.station.timekeeper.keep)
            self._attempt(self.replan)
            if self.ahead.work():
                self._attempt(self.replan)
            self._attempt(lambda: self.gauge.look(self.ahead.ready()))
            self.station.clock.wait(KEEP_EVERY_S, until=self._again)

    def _look_out(self) -> None:
        lookout = Lookout(
            self.station,
            stop=self.stop,
            on_schedule=self._schedule_changed,
            on_texts=self._replan_soon,
            trouble=self._tell_trouble,
        )
        lookout.run()

    def _note(self) -> None:
        """How far everything has sounded: what a kill leaves to tell; and outcomes that could not be written before."""
        while not self.station.clock.wait(NOTE_EVERY_S, until=self.stop):
            self.outcomes.note_heard()
            self._attempt(self.outcomes.retry)

    def _replan_soon(self) -> None:
        self._again.set()

    def _clock_moved(self) -> None:
        """Whatever was worked out by the old time is worked out again."""
        self.runner.clock_moved()
        self._again.set()

    def _schedule_changed(self) -> None:
        before = self.line_up.coming()
        self._attempt(self.replan)
        after = self.line_up.coming()
        self.tell(
            f"Lịch mới có hiệu lực: thêm {len(after - before)} lượt, bỏ {len(before - after)} lượt "
            f"(tính đến hết ngày mai, theo từng cụm loa)."
        )
        self._again.set()

    def _attempt(self, step: Callable[[], None]) -> None:
        """A step that is tried again in a while; what stands in its way is told when it is new."""
        try:
            step()
        except (BroadcasterError, OSError) as error:
            self._tell_trouble(error)

    def _tell_trouble(self, error: BroadcasterError | OSError) -> None:
        self._tell_once(in_full(error))

    def _tell_once(self, trouble: str) -> None:
        if trouble not in self._troubles:
            self._troubles.add(trouble)
            self.tell(trouble)

    def _close_the_day(self) -> None:
        self._attempt(self.outcomes.retry)
        self._attempt(self.station.timekeeper.keep)
        now = self.station.clock.now()
        if self.station.timekeeper.judge().trusted:
            self.station.ledger.mark_seen(now)
        self.station.checkpoints.write(self.station.log.last(), at=now)

    def _check_records(self) -> None:
        """Simulated rows would stand where the outcomes of real airings have to stand."""
        last = self.station.log.last()
        if last is not None and last.row.simulated:
            raise WorkspaceFault(
                "Nhật ký của đài là nhật ký mô phỏng, không chạy đài thật trên đó được.",
                remedy=f"Dời tệp {self.station.database.path} đi chỗ khác, hoặc chép lại bản lưu nhật ký thật.",
            )

    def _settle_schedule(self) -> None:
        if self.station.refused:
            tell_refusal(self.station, self.station.refused)
        else:
            keep(self.station)

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
        """Expect what the schedule says now, and account for what is over; nothing while the clock is not believed."""
        with self._planning:
            if not self.station.timekeeper.judge().trusted:
                self.runner.expect(())
                return
            if not self._settled:
                self.outcomes.account_for_interrupted()
                self._settled = True
            coming = self.line_up.renew()
            self.runner.expect(coming)
            wanted = [intent for intent in coming if self.line_up.wanted_at(intent) is not None]
            forewarn(self.station, wanted, now=self.station.clock.now())

    def _due(self, instant: datetime, intents: tuple[Intent, ...]) -> None:
        """Called ahead of the instant; while the clock is not believed they wait until it is."""
        trusted = self.station.timekeeper.judge().trusted
        going = [intent for intent in intents if trusted and self.line_up.take(intent)]
        if not trusted:
            self.runner.take_back(map(key_of, intents))
        if going:
            trouble, back = self._tell_unwritten, self._put_back
            standby = Standby(self.booth, self.line_up, instant, going, put_back=back, trouble=trouble)
            thread = threading.Thread(target=standby.run, name=f"standby {instant:%H:%M:%S}")
            self._standbys = [(each, at_work) for each, at_work in self._standbys if at_work.is_alive()]
            self._standbys.append((standby, thread))
            thread.start()

    def _put_back(self, intent: Intent) -> None:
        """It did not start, and is to be expected again."""
        self.runner.take_back([key_of(intent)])
        self._again.set()

    def _tell_unwritten(self, intent: Intent, error: BroadcasterError | OSError) -> None:
        """No row could be written now: `retry` tries again, and else the ledger still holds the intent."""
        self.tell(f"LỖI ở {intent.airing.id} ({intent.cluster}): {in_full(error)}")


def in_words(logged: LogRow) -> str:
    """A row as the operator sees it go by."""
    from broadcaster.reports.wording import OUTCOME_WORDS

    row = logged.row
    heard = f", {row.played_s:.0f} giây" if row.played_s else ""
    why = f" — {row.detail}" if row.detail else ""
    return f"[{row.commune}/{row.cluster}] {row.script_title or row.title}: {OUTCOME_WORDS[row.outcome]}{heard}{why}"
