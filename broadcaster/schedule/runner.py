"""Calls the station at each instant of its plan: the only file that knows APScheduler.

One job for each distinct instant, not one for each airing: with a job each, APScheduler's pool of ten let 490 of 500
airings of one second pass. Jobs only wake us; what is due is in our own hands, so that a new plan can replace the old
one while a job is on its way and nothing is lost or called twice. How late is too late is not decided here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.date import DateTrigger

from broadcaster.clock import VIETNAM, Clock
from broadcaster.model.as_run import Intent

WAKE_EARLY = timedelta(milliseconds=250)
"""The rest is waited on the monotonic clock: APScheduler's own wake-ups are 5–20 ms late."""
REMEMBER = timedelta(days=3)
"""For how long a called airing cannot be called again, whatever the next plans say."""
REPLAN_JOB, DUE_JOB = "replan", "due:"

OnDue = Callable[[datetime, tuple[Intent, ...]], None]
"""Gets the instant and all that start then; hands over to threads and returns at once."""


class Runner:
    """Waits for what `expect` was last given. `on_due` comes `lead` before the instant, or at once if that is past."""

    def __init__(
        self,
        clock: Clock,
        *,
        on_due: OnDue,
        on_replan: Callable[[], None],
        lead: timedelta = timedelta(),
        replan_at: time = time(23, 0),
    ) -> None:
        self._clock = clock
        self._on_due = on_due
        self._lead = lead
        self._pending: dict[datetime, dict[tuple[str, str], Intent]] = {}
        self._called: dict[tuple[str, str], datetime] = {}
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
        wanted = {f"{DUE_JOB}{instant.isoformat()}": instant for instant in self._pending}
        for job in self._scheduler.get_jobs():
            if job.id.startswith(DUE_JOB) and job.id not in wanted:
                self._scheduler.remove_job(job.id)
        for job_id, instant in wanted.items():
            trigger = DateTrigger(instant - self._lead - WAKE_EARLY)
            self._scheduler.add_job(self._wake, trigger, args=[instant], id=job_id, replace_existing=True)

    def _wake(self, instant: datetime) -> None:
        """Wait out the rest by the monotonic clock, looking at the wall clock again before every call."""
        while (rest := (instant - self._lead - self._clock.now()).total_seconds()) > 0:
            if self._clock.wait(rest, until=self._stopping):
                return
        with self._lock:
            due = {} if self._stopping.is_set() else self._pending.pop(instant, {})
            self._called.update(dict.fromkeys(due, instant))
        if due:
            self._on_due(instant, tuple(due.values()))

    def _forget_old(self) -> None:
        horizon = self._clock.now() - REMEMBER
        self._called = {key: instant for key, instant in self._called.items() if instant > horizon}
