"""Calls the station ahead of each instant of its plan: the only file that knows APScheduler.

One job for each distinct instant, not one for each airing: with a job each, APScheduler's pool of ten let 490 of 500
airings of one second pass. Jobs only wake us; what is due is in our own hands, so that a new plan can replace the old
one while a job is on its way and nothing is lost or called twice. How late is too late is not decided here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, time, timedelta

from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.date import DateTrigger

from broadcaster.clock import VIETNAM, Clock, SystemClock
from broadcaster.model.as_run import Intent

WAKE_EARLY = timedelta(milliseconds=250)
"""The rest is waited on the monotonic clock: APScheduler's own wake-ups are 5–20 ms late."""
REMEMBER = timedelta(days=3)
"""For how long a called airing cannot be called again, whatever the next plans say."""
REPLAN_JOB = "replan"

Key = tuple[str, str]
OnDue = Callable[[datetime, tuple[Intent, ...]], None]
"""Gets the instant and all that start then; hands over to threads and returns at once."""


def no_lead(_: int) -> timedelta:
    """Call at the instant itself."""
    return timedelta()


class Runner:
    """Waits for what `expect` was last given.

    `on_due` comes `lead` (of the number of airings that start then) before the instant, or at once if that is past.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        on_due: OnDue,
        on_replan: Callable[[], None],
        lead: Callable[[int], timedelta] = no_lead,
        replan_at: time = time(23, 0),
    ) -> None:
        self._clock = clock
        self._on_due = on_due
        self._lead = lead
        self._pending: dict[datetime, dict[Key, Intent]] = {}
        self._called: dict[Key, datetime] = {}
        self._jobs: dict[datetime, datetime] = {}
        """Instant → when its job wakes us."""
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._scheduler = BackgroundScheduler(timezone=VIETNAM, job_defaults=defaults)
        nightly = CronTrigger(hour=replan_at.hour, minute=replan_at.minute, second=replan_at.second, timezone=VIETNAM)
        self._scheduler.add_job(on_replan, nightly, id=REPLAN_JOB)

    def expect(self, intents: Iterable[Intent]) -> None:
        """From now on these, in place of all that were expected before; those already called are left out."""
        with self._lock:
            self._forget_old()
            self._pending = {}
            for intent in intents:
                key = (intent.airing.id, intent.cluster)
                if intent.airing.start is not None and key not in self._called:
                    self._pending.setdefault(intent.airing.start, {})[key] = intent
            self._renew_jobs()

    def take_back(self, keys: Iterable[Key]) -> None:
        """Whoever was called for these has let them be: they may be called again, once they are expected again."""
        with self._lock:
            for key in keys:
                self._called.pop(key, None)

    def clock_moved(self) -> None:
        """Somebody has set the wall clock: whatever waits for it looks again."""
        if self._scheduler.running:
            self._scheduler.wakeup()

    def start(self) -> None:
        """Begin to wait; what is due already is called at once."""
        self._scheduler.start()

    def stop(self) -> None:
        """Call nothing more; returns when calls under way have. Not to be called from within `on_due`."""
        self._stopping.set()
        if self._scheduler.running:
            # APScheduler 3.11 raises JobLookupError in its own thread when it is shut down while that takes a job out:
            # paused, it takes no more, and asking for the jobs waits for the one that it may be taking
            self._scheduler.pause()
            self._scheduler.get_jobs()
            self._scheduler.shutdown(wait=True)

    def _renew_jobs(self) -> None:
        """Only what has changed: adding a job to thousands takes 0.2 ms."""
        wanted = {instant: self._wakes_at(instant) for instant in self._pending}
        for instant in self._jobs.keys() - wanted.keys():
            # one that woke us this very moment is gone by itself
            with suppress(JobLookupError):
                self._scheduler.remove_job(_job(instant))
        for instant, wakes_at in wanted.items():
            known = self._jobs.get(instant)
            if known is None or abs(known - wakes_at) > WAKE_EARLY / 5:
                self._add_job(instant, wakes_at)
        self._jobs = {instant: at for instant, at in self._jobs.items() if instant in wanted}

    def _wakes_at(self, instant: datetime) -> datetime:
        """By the machine's clock, which APScheduler lives by, whatever clock the station is given."""
        ahead = instant - self._lead(len(self._pending[instant])) - WAKE_EARLY - self._clock.now()
        return SystemClock().now() + ahead

    def _add_job(self, instant: datetime, wakes_at: datetime) -> None:
        trigger = DateTrigger(wakes_at)
        self._scheduler.add_job(self._wake, trigger, args=[instant], id=_job(instant), replace_existing=True)
        self._jobs[instant] = wakes_at

    def _wake(self, instant: datetime) -> None:
        """Wait out the rest by the monotonic clock, looking at the wall clock again before every call."""
        while (rest := self._rest(instant)) > timedelta():
            if rest > 2 * WAKE_EARLY:
                self._wait_anew(instant)
                return
            if self._clock.wait(rest.total_seconds(), until=self._stopping):
                return
        with self._lock:
            self._jobs.pop(instant, None)
            due = {} if self._stopping.is_set() else self._pending.pop(instant, {})
            self._called.update(dict.fromkeys(due, instant))
        if due:
            self._on_due(instant, tuple(due.values()))

    def _rest(self, instant: datetime) -> timedelta:
        with self._lock:
            lead = self._lead(len(self._pending.get(instant, ())))
        return instant - lead - self._clock.now()

    def _wait_anew(self, instant: datetime) -> None:
        """The wall clock was set back, or fewer airings need less time: this was too early."""
        with self._lock:
            if instant in self._pending and not self._stopping.is_set():
                self._add_job(instant, self._wakes_at(instant))

    def _forget_old(self) -> None:
        horizon = self._clock.now() - REMEMBER
        self._called = {key: instant for key, instant in self._called.items() if instant > horizon}


def _job(instant: datetime) -> str:
    return f"due:{instant.isoformat()}"
