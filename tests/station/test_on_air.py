"""The running station on the real clock: what it plans, withdraws, misses and says."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from station.running import Running as Live
from station.running import entry as live_entry

from broadcaster.clock import SystemClock
from broadcaster.config.load import parse_schedule
from broadcaster.errors import OutputFault
from broadcaster.station.on_air import OnAir
from broadcaster.station.station import Station, open_station
from broadcaster.station.workspace import create
from broadcaster.testing import RecordingOutput

SCHEDULE = """\
xa:
  hoang-dao:
    ten: Xã Hoằng Đạo
    loa: {{trung-tam: {{ten: Loa, dau_ra: loa}}, thon-1: {{ten: Thôn 1, dau_ra: loa-2}}}}
dau_ra: {{loa: {{kieu: file}}, loa-2: {{kieu: file}}}}
lich:
{entries}
"""


def entry(name: str, at: datetime) -> str:
    when = f'gio: "{at:%H:%M:%S}", ngay: ["{at:%d/%m/%Y}"]'
    return f"  - {{ten: {name}, bai: {name}.txt, {when}, tre_toi_da: 5 giây}}\n"


def soon(seconds: float) -> datetime:
    return (SystemClock().now() + timedelta(seconds=seconds)).replace(microsecond=0)


class Running:
    """A station in a thread of its own."""

    def __init__(self, folder: Path) -> None:
        self.clock = SystemClock()
        self.folder = create(folder, schedule=SCHEDULE.format(entries=entry("tin", soon(3600))), scripts=()).folder
        (self.folder / "scripts_content" / "tin.txt").write_text("Xin chào bà con.\n", encoding="utf-8")
        self.said: list[str] = []
        self.station: Station = open_station(self.folder, clock=self.clock)
        self.station.__dict__["outputs"] = {name: RecordingOutput(name, clock=self.clock) for name in ("loa", "loa-2")}

    def schedule(self, *entries: str) -> None:
        text = SCHEDULE.format(entries="".join(entries))
        self.station.workspace.schedule_file.write_text(text, encoding="utf-8")
        self.station.schedule = parse_schedule(text)

    @contextmanager
    def on_air(self) -> Iterator[OnAir]:
        stop = threading.Event()
        on_air = OnAir(self.station, stop=stop, tell=self.said.append)
        thread = threading.Thread(target=on_air.run)
        thread.start()
        try:
            yield on_air
        finally:
            stop.set()
            thread.join()

    def wait_for_intents(self, at: datetime) -> None:
        """Until the ledger holds one for each cluster at `at`, and nothing else."""
        for _ in range(600):
            if [intent.airing.start for intent in self.station.ledger.open()] == [at, at]:
                return
            self.clock.wait(0.05)
        raise AssertionError(f"waited in vain for {at}: {self.station.ledger.open()} {self.said}")

    def wait_for_rows(self, count: int) -> None:
        for _ in range(600):
            if len(list(self.station.log.rows())) >= count:
                return
            self.clock.wait(0.05)
        raise AssertionError(f"waited in vain for {count} rows: {self.said}")


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    made = Running(tmp_path / "dai")
    yield made
    made.station.close()


def test_every_cluster_gets_a_row_of_its_own(running: Running) -> None:
    running.schedule(entry("tin", soon(4)))

    with running.on_air():
        running.wait_for_rows(2)

    rows = list(running.station.log.rows())
    assert {logged.row.cluster for logged in rows} == {"trung-tam", "thon-1"}
    assert len({logged.row.airing for logged in rows}) == 1
    assert any("chưa được duyệt" in line for line in running.said)


def test_an_airing_that_left_the_schedule_is_cancelled_when_its_time_has_come(running: Running) -> None:
    before, after = soon(7), soon(1200)
    running.schedule(entry("tin", before))
    with running.on_air():
        running.wait_for_intents(before)
    running.schedule(entry("tin", after))
    with running.on_air():
        running.clock.wait(0.5)
    assert list(running.station.log.rows()) == [], "an edit may still be taken back"
    running.clock.wait((before - running.clock.now()).total_seconds() + 0.1)

    with running.on_air():
        running.wait_for_rows(2)

    outcomes = [(logged.row.outcome, logged.row.reason) for logged in running.station.log.rows()]
    assert outcomes == [("cancelled", "rut-khoi-lich")] * 2
    assert {intent.airing.start for intent in running.station.ledger.open()} == {after}


def test_what_was_due_before_the_first_run_is_not_missed(running: Running) -> None:
    running.schedule(entry("tin", soon(-600)))

    with running.on_air():
        running.clock.wait(0.5)

    assert list(running.station.log.rows()) == []


def test_what_fell_due_between_two_runs_is_missed_once(running: Running) -> None:
    running.station.ledger.mark_seen(soon(-900))
    running.schedule(entry("tin", soon(-600)))

    for _ in range(2):
        with running.on_air():
            running.wait_for_rows(2)

    outcomes = [(logged.row.outcome, logged.row.reason) for logged in running.station.log.rows()]
    assert outcomes == [("missed", "tram-khong-chay")] * 2


def test_a_station_without_any_usable_output_does_not_start(running: Running) -> None:
    dead = RecordingOutput("loa", clock=running.clock, error=OutputFault("Loa hỏng.", remedy="Thay loa."))
    running.station.__dict__["outputs"] = {"loa": dead}

    with pytest.raises(OutputFault, match="Không đầu ra nào phát được"):
        OnAir(running.station, stop=threading.Event(), tell=running.said.append).run()

    assert any("Loa hỏng. → Thay loa." in line for line in running.said)


def test_stopping_marks_the_end_of_the_chain(running: Running) -> None:
    running.schedule(entry("tin", soon(4)))

    with running.on_air():
        running.wait_for_rows(2)

    (*_, mark) = running.station.checkpoints.read()
    last = running.station.log.last()
    assert last is not None
    assert (mark.seq, mark.hash) == (last.seq, last.hash)


def test_an_edit_takes_effect_while_the_station_runs_and_cuts_nothing(tmp_path: Path) -> None:
    """One airing sounds, one is taken away, one is added: all in the file, nothing by a restart."""
    running = Live(tmp_path / "dai")
    running.approve("tin", "dai")
    sounding, away = running.soon(4), running.soon(17)
    running.schedule(live_entry("dai", sounding), live_entry("tin", away))
    with running.on_air():
        running.wait_for_sound()
        running.write(live_entry("tin", running.soon(10)))
        running.wait_for_rows(6)

    ends = sorted((row.title, row.planned_start, row.outcome, row.reason) for row in running.rows())
    assert [end[2:] for end in ends if end[0] == "dai"] == [("played", None)] * 2, "it was on the air"
    assert [end[2:] for end in ends if end[1] == away] == [("cancelled", "rut-khoi-lich")] * 2
    assert [end[2:] for end in ends if end[0] == "tin" and end[1] != away] == [("played", None)] * 2
    assert any("Lịch mới có hiệu lực: thêm 2 lượt, bỏ" in line for line in running.said)
    running.station.close()
