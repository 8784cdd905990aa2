"""Programmes by several processes: the same as by one, and nothing left of whatever is broken off."""

from __future__ import annotations

import hashlib
import os
import signal
import threading
from multiprocessing import active_children
from pathlib import Path

import pytest
from station.day import Day

from broadcaster.config.load import parse_schedule
from broadcaster.errors import BroadcasterError
from broadcaster.station import workshop
from broadcaster.station.render import Renderer, Task, due_in
from broadcaster.station.workshop import rendered

SCHEDULE = """\
xa:
  hoang-dao: {ten: Xã Hoằng Đạo, loa: {trung-tam: {ten: Loa trung tâm, dau_ra: loa}}}
dau_ra: {loa: {kieu: file}}
chuong_trinh: {gon: [noi_dung]}
lich:
"""
ENTRY = "  - {{ten: Tin {0}, bai: tin/{0}.txt, chuong_trinh: gon, gio: '05:{0:02d}'}}\n"


def tasks_for(day: Day, count: int) -> list[Task]:
    """So many short scripts, each with a programme of its own."""
    day.station.schedule = parse_schedule(SCHEDULE + "".join(ENTRY.format(number) for number in range(10, 10 + count)))
    for number in range(10, 10 + count):
        day.write(f"Tin số {number} của xã.", script=f"tin/{number}.txt")
    due = due_in(day.renderer, first=day.clock.now().date(), days=1)
    return [day.renderer.task(airing) for airing in due]


def drafts(day: Day) -> list[Path]:
    return list(day.station.workspace.folder.rglob("*.part*"))


def test_several_processes_make_what_one_makes(day: Day) -> None:
    tasks = tasks_for(day, 3)

    together = list(rendered(day.renderer, tasks, jobs=2, stop=threading.Event()))

    assert {one.task.airing.item for one in together} == {"tin/10.txt", "tin/11.txt", "tin/12.txt"}
    made = {task.airing.id: day.renderer.ready(task.airing) for task in tasks}
    files = {path: path.read_bytes() for path in day.station.workspace.programmes.rglob("*.mp3")}
    assert len(files) == 3
    for path in files:
        path.unlink()
    for one in rendered(
        day.renderer, [day.renderer.task(task.airing) for task in tasks], jobs=1, stop=threading.Event()
    ):
        before = made[one.task.airing.id]
        assert before is not None
        path = day.station.workspace.folder / before.path
        assert hashlib.sha256(path.read_bytes()).hexdigest() == before.audio_sha256, "to the last bit"
    assert active_children() == []
    assert drafts(day) == []


def test_one_that_fails_does_not_keep_the_others(day: Day) -> None:
    tasks = tasks_for(day, 3)
    (day.station.library.folder / "tin" / "11.txt").write_text("", encoding="utf-8")

    together = list(rendered(day.renderer, tasks, jobs=2, stop=threading.Event()))

    failed = [one for one in together if isinstance(one.outcome, BroadcasterError)]
    assert [one.task.airing.item for one in failed] == ["tin/11.txt"]
    assert len(list(day.station.workspace.programmes.rglob("*.mp3"))) == 2


def test_who_leaves_early_leaves_no_process_and_no_draft(day: Day) -> None:
    tasks = tasks_for(day, 6)
    work = rendered(day.renderer, tasks, jobs=2, stop=threading.Event())

    first = next(work)
    work.close()

    assert active_children() == []
    assert drafts(day) == []
    done = [task for task in tasks if Renderer(day.station).ready(task.airing) is not None]
    assert [task.airing.id for task in done] == [first.task.airing.id], (
        "on the shelf at once, and only what is finished"
    )


def test_a_stop_ends_it_between_two_programmes(day: Day) -> None:
    stop = threading.Event()
    done = []
    for one in rendered(day.renderer, tasks_for(day, 4), jobs=2, stop=stop):
        done.append(one)
        stop.set()

    assert 1 <= len(done) <= 2
    assert active_children() == []


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="needs a signal that makes a process deaf")
def test_a_worker_that_does_not_leave_keeps_nobody(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workshop, "PUT_AWAY_S", 0.5)
    work = rendered(day.renderer, tasks_for(day, 8), jobs=2, stop=threading.Event())
    next(work)
    for worker in active_children():
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGSTOP)

    work.close()

    assert active_children() == []


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that kills at once")
def test_a_worker_that_is_killed_is_told_and_what_is_done_stays(day: Day) -> None:
    """As the system does where memory runs out."""
    work = rendered(day.renderer, tasks_for(day, 8), jobs=2, stop=threading.Event())
    first = next(work)
    for worker in active_children():
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGKILL)

    with pytest.raises(BroadcasterError, match="bộ nhớ") as told:
        list(work)

    assert "--jobs 1" in told.value.remedy
    assert Renderer(day.station).ready(first.task.airing) is not None
    assert active_children() == []
