"""What a running station makes ready before its time: everything of the next day, in the best voice that may be had."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from broadcaster.config.schedule import Schedule
from broadcaster.errors import BroadcasterError
from broadcaster.model.plan import Airing
from broadcaster.model.programme import Programme
from broadcaster.programme.fitting import overlong
from broadcaster.station.failures import by_cause, named
from broadcaster.station.notices import in_full
from broadcaster.station.render import Rendered, Renderer, Task, due_in
from broadcaster.station.storeroom import advice, trim
from broadcaster.station.workshop import Finished, Trouble, cores, rendered

DAYS_AHEAD = 2
"""Today and tomorrow: what is due in the next 24 hours is always planned and rendered."""
SETTLED = timedelta(minutes=60)
"""So long before air nothing that is ready is made better: whoever listens in beforehand hears what will air."""
RETRY_EVERY_S = 600.0
"""How often a better voice is asked again."""


class Ahead:
    """Looks ahead again and again; tells of each thing that stands in the way once."""

    def __init__(self, renderer: Renderer, *, stop: threading.Event, tell_once: Callable[[str], None]) -> None:
        self.renderer = renderer
        self._stop = stop
        self._tell_once = tell_once
        self._tried: dict[object, float] = {}
        self._ready: list[tuple[Airing, Programme]] = []
        self._troubles: list[tuple[Airing, Trouble]] = []

    def ready(self) -> list[tuple[Airing, Programme]]:
        """What the last look found ready or made so, and what airs next first."""
        return sorted(self._ready, key=lambda one: (str(one[0].start), one[0].id))

    def work(self) -> bool:
        """Make every approved programme that is due, what airs next first; says whether any was new.

        Whatever stands in the way is told, and tried again the next time.
        """
        fresh = False
        self._ready = []
        now = self.renderer.station.clock.now()
        self.renderer.begin_batch()
        try:
            jobs, tasks = max(1, cores() - 1), list(self._tasks(now))
            self._tell_troubles()
            for finished in rendered(self.renderer, tasks, jobs=jobs, stop=self._stop):
                fresh |= self._told(finished)
            self._tell_troubles()
            if fresh:
                self._make_room(now)
        except (BroadcasterError, OSError) as error:
            self._tell_once(in_full(error))
        return fresh

    def _told(self, finished: Finished) -> bool:
        outcome = finished.outcome
        if not isinstance(outcome, Rendered):
            self._troubles.append((finished.task.airing, outcome))
            return False
        self._ready.append((outcome.airing, outcome.programme))
        for line in notes(outcome, self.renderer.station.schedule):
            self._tell_once(line)
        return outcome.fresh

    def _make_room(self, now: datetime) -> None:
        limit_bytes = self.renderer.station.schedule.clip_cache_bytes
        over = advice(trim(self.renderer, today=now.date()), limit_bytes=limit_bytes)
        if over:
            self._tell_once(over)

    def _tasks(self, now: datetime) -> Iterator[Task]:
        for airing in due_in(self.renderer, first=now.date(), days=DAYS_AHEAD, after=now):
            try:
                task = self._task(airing, now)
            except (BroadcasterError, OSError) as error:
                self._troubles.append((airing, error))
                continue
            if task is not None:
                yield task

    def _task(self, airing: Airing, now: datetime) -> Task | None:
        """None for what is not approved, is done, or is to stay as it is for now."""
        task = self.renderer.task(airing)
        if task.approved is None:
            return None
        if task.is_done:
            self._ready.append((airing, task.fitting[0]))
            return None
        asked_at = self.renderer.station.clock.monotonic()
        what = (*self.renderer.programme_of(airing), task.approved)
        last = self._tried.get(what, -RETRY_EVERY_S)
        settled = airing.start is None or airing.start - now <= SETTLED
        if task.fitting and (settled or asked_at - last < RETRY_EVERY_S):
            self._ready.append((airing, task.fitting[0]))
            return None
        self._tried[what] = asked_at
        return task

    def _tell_troubles(self) -> None:
        """Each once, with all that it stops."""
        for failure in by_cause(self._troubles):
            count = f"{len(failure.airings)} " if len(failure.airings) > 1 else ""
            self._tell_once(f"Chưa làm được {count}chương trình {failure.stopped}: {in_full(failure.trouble)}")
        self._troubles = []


def notes(made: Rendered, schedule: Schedule) -> Iterator[str]:
    """What is to be seen of a programme, and of which."""
    return (f"{named([made.airing])}: {remark}" for remark in remarks(made, schedule))


def remarks(made: Rendered, schedule: Schedule) -> Iterator[str]:
    """That it is too long, that a voice was lost, or that its sound or a better one waits for its approval."""
    fault = overlong(schedule.templates.get(made.airing.template or ""), made.programme.length_s)
    if fault is not None:
        yield f"{fault.message[:1].lower()}{fault.message[1:]} → {fault.remedy}"
    lost = made.programme.fallback
    if lost is not None:
        yield f"{lost.in_words[:1].lower()}{lost.in_words[1:]}"
    if made.awaiting == made.programme:
        yield (
            "tiếng đã dựng khác bản đã duyệt nên SẼ KHÔNG PHÁT: giọng đọc đã đổi từ lúc duyệt. "
            f"Nghe rồi duyệt lại: broadcaster scripts approve {made.airing.item} --by TÊN"
        )
    elif made.awaiting is not None:
        yield (
            f"đã dựng sẵn bằng giọng tốt hơn ({made.awaiting.path}) nhưng tiếng ấy chưa duyệt. "
            f"Nghe rồi duyệt: broadcaster scripts approve {made.airing.item} --by TÊN"
        )
