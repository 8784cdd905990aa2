"""Programmes made by several processes at once; what is finished stays, whatever happens to the rest."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import FrameType

from broadcaster.clock import SystemClock
from broadcaster.config.schedule import Schedule
from broadcaster.errors import BroadcasterError
from broadcaster.station.making import Made
from broadcaster.station.render import Rendered, Renderer, Task
from broadcaster.station.station import Station
from broadcaster.station.workspace import Workspace

NICENESS = 10
"""Whoever plays comes before whoever renders."""
LOOK_EVERY_S = 0.5
"""How soon a stop is noticed while all are at work."""
PUT_AWAY_S = 10.0
"""What a worker that is told to leave may take; its drafts are gone in a fraction of it."""

Trouble = BroadcasterError | OSError
Outcome = Rendered | Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """One task and what became of it."""

    task: Task
    outcome: Outcome


def rendered(renderer: Renderer, tasks: Sequence[Task], *, jobs: int, stop: threading.Event) -> Iterator[Finished]:
    """Each task as it is finished, put on the shelf by this process alone; ends early when `stop` is set.

    With one job it is done here. Others are done in processes that read files and write clips and programmes, each of
    which appears whole. Whoever leaves this iterator before its end (Ctrl-C too) leaves no process behind.
    """
    if min(jobs, len(tasks)) <= 1:
        for task in tasks:
            if stop.is_set():
                return
            yield Finished(task=task, outcome=_here(renderer, task))
        return
    with _Workers(renderer.station, count=min(jobs, len(tasks))) as workers:
        for task, made in workers.results(tasks, stop=stop):
            outcome = renderer.keep(task.airing, made) if isinstance(made, Made) else made
            yield Finished(task=task, outcome=outcome)


def cores() -> int:
    """That this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _here(renderer: Renderer, task: Task) -> Outcome:
    try:
        return renderer.keep(task.airing, renderer.make(task))
    except (BroadcasterError, OSError) as error:
        return error


class _Workers:
    """A pool that is gone when its block is left, however it is left."""

    def __init__(self, station: Station, *, count: int) -> None:
        self._before = set(active_children())
        self._idle = True
        self._pool = ProcessPoolExecutor(
            count,
            mp_context=get_context("spawn"),
            initializer=_start,
            initargs=(station.workspace.folder, station.schedule),
        )

    def results(self, tasks: Sequence[Task], *, stop: threading.Event) -> Iterator[tuple[Task, Made | Trouble]]:
        """As they come. Raises `BroadcasterError` where a worker died."""
        self._idle = False
        waiting = {self._pool.submit(_make, task): task for task in tasks}
        while waiting and not stop.is_set():
            done, _ = wait(waiting, timeout=LOOK_EVERY_S, return_when=FIRST_COMPLETED)
            for future in done:
                try:
                    yield waiting.pop(future), future.result()
                except BrokenProcessPool as error:
                    raise BroadcasterError(
                        "Một tiến trình dựng chương trình dừng đột ngột, có thể vì máy thiếu bộ nhớ.",
                        remedy="Phần đã dựng vẫn còn. Chạy lại với ít việc cùng lúc: broadcaster render --jobs 1",
                    ) from error
        self._idle = not waiting

    def __enter__(self) -> _Workers:
        return self

    def __exit__(self, *_: object) -> None:
        """Nobody waits for a programme that nobody wants any more."""
        unwanted = set() if self._idle else set(active_children()) - self._before
        for worker in unwanted:
            worker.terminate()
        # one that ended with the lock of the results in its hands leaves the other waiting for it for ever
        last_resort = threading.Timer(PUT_AWAY_S, _kill, args=(unwanted,))
        last_resort.start()
        self._pool.shutdown(wait=True, cancel_futures=True)
        last_resort.cancel()


def _kill(workers: set[BaseProcess]) -> None:
    for worker in workers:
        if worker.is_alive():
            worker.kill()


_renderer: Renderer | None = None
"""Of a worker process."""


def _start(folder: Path, schedule: Schedule) -> None:
    """A worker opens no database. It ends when told to, after its drafts are put away, and with its parent."""
    global _renderer  # noqa: PLW0603 - what an initializer makes has no other way to the tasks
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    threading.Thread(target=_leave_with_parent, name="parent watch", daemon=True).start()
    _renderer = Renderer(Station(Workspace(folder), schedule, SystemClock(), readonly=True))


def _make(task: Task) -> Made | Trouble:
    if _renderer is None:
        raise AssertionError("a worker is started before its tasks")
    try:
        return _renderer.make(task)
    except (BroadcasterError, OSError) as error:
        return error
    except SystemExit:
        # the pool would take it for the task's result, and go on
        os._exit(0)


def _leave(_number: int, _frame: FrameType | None) -> None:
    """Once: told again, it would leave what it is putting away."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit(0)


def _leave_with_parent() -> None:
    """A parent that was killed says nothing; its workers would wait for tasks for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
