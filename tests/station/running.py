"""A station that really runs, on a clock that can be set: short texts, outputs of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from broadcaster.config.load import parse_schedule
from broadcaster.model.as_run import AsRunRow, Intent
from broadcaster.playout.silent import SilentOutput
from broadcaster.schedule.plan import plan
from broadcaster.station.on_air import OnAir
from broadcaster.station.prepare import approve, submit
from broadcaster.station.render import Renderer
from broadcaster.station.station import Station, open_station
from broadcaster.station.workspace import create
from broadcaster.testing import SettableClock

WRITER, APPROVER = "Lê Thị Hòa", "Trần Văn Hùng"
SCHEDULE = """\
xa:
  hoang-dao:
    ten: Xã Hoằng Đạo
    loa: {{trung-tam: {{ten: Loa, dau_ra: loa}}, thon-1: {{ten: Thôn 1, dau_ra: loa-2}}}}
dau_ra: {{loa: {{kieu: file}}, loa-2: {{kieu: file}}}}
chuong_trinh: {{gon: [noi_dung]}}
lich:
{entries}
"""


def entry(name: str, at: datetime, *, late: str = "5 giây") -> str:
    when = f'gio: "{at:%H:%M:%S}", ngay: ["{at:%d/%m/%Y}"]'
    return f"  - {{ten: {name}, bai: {name}.txt, chuong_trinh: gon, {when}, tre_toi_da: {late}}}\n"


class Running:
    """A station in a thread of its own; what is approved is rendered, too; `nhap.txt` is for what is not."""

    def __init__(self, folder: Path, *, clock: SettableClock | None = None) -> None:
        self.clock = clock or SettableClock()
        schedule = SCHEDULE.format(entries=entry("tin", self.soon(3600)))
        self.folder = create(folder, schedule=schedule, scripts=()).folder
        for name, text in (("tin", "Xin chào bà con."), ("nhap", "Chưa ai duyệt."), ("dai", "Mời bà con đi họp. " * 3)):
            script = f"---\ntac_gia: {WRITER}\n---\n{text}\n"
            (self.folder / "scripts_content" / f"{name}.txt").write_text(script, encoding="utf-8")
        self.said: list[str] = []
        self.station = self.opened()

    def opened(self) -> Station:
        station = open_station(self.folder, clock=self.clock)
        station.use(outputs={name: SilentOutput(name, clock=self.clock) for name in ("loa", "loa-2")})
        return station

    def approve(self, *names: str) -> None:
        for name in names:
            submit(self.station, f"{name}.txt", by=WRITER)
            approve(self.station, f"{name}.txt", by=APPROVER)
        # long before their instants, so that a slow machine is not late for them
        self.schedule(*(entry(name, self.soon(3600 + 60 * place)) for place, name in enumerate(names)))
        renderer = Renderer(self.station)
        for intent in self.intents():
            renderer.programme(intent.airing)

    def soon(self, seconds: float) -> datetime:
        return (self.clock.now() + timedelta(seconds=seconds)).replace(microsecond=0)

    def write(self, *entries: str) -> None:
        """What an office does while the station runs."""
        text = SCHEDULE.format(entries="".join(entries))
        self.station.workspace.schedule_file.write_text(text, encoding="utf-8")

    def schedule(self, *entries: str) -> None:
        """What stands in the file before the station starts."""
        self.write(*entries)
        self.station.schedule = parse_schedule(SCHEDULE.format(entries="".join(entries)))

    def intents(self) -> list[Intent]:
        first = self.clock.now().date()
        airings = plan(self.station.schedule, first=first, days=2, lengths=Renderer(self.station).length_s)
        return [
            Intent(airing=airing, cluster=cluster, output=output)
            for airing in airings
            for cluster, output in (("trung-tam", "loa"), ("thon-1", "loa-2"))
        ]

    @contextmanager
    def on_air(self) -> Iterator[OnAir]:
        stop = threading.Event()
        on_air = OnAir(self.station, stop=stop, tell=self.said.append)
        failures: list[BaseException] = []
        thread = threading.Thread(target=_noting(on_air.run, failures))
        thread.start()
        try:
            yield on_air
        finally:
            stop.set()
            thread.join()
        assert failures == []

    def rows(self) -> list[AsRunRow]:
        return [logged.row for logged in self.station.log.rows()]

    def wait_for(self, condition: Callable[[], object], what: str) -> None:
        for _ in range(1200):
            if condition():
                return
            self.clock.wait(0.05)
        raise AssertionError(f"waited in vain for {what}: {self.rows()} {self.said}")

    def wait_for_rows(self, count: int) -> None:
        self.wait_for(lambda: len(self.rows()) >= count, f"{count} rows")

    def wait_for_sound(self) -> None:
        self.wait_for(lambda: any(each.played_frames for each in self.station.ledger.open()), "sound")


class SideBySide:
    """Scenarios that mostly wait for their instants, all at once: each on a station and a thread of its own."""

    def __init__(self, pool: Executor, folder: Path, *scenarios: Callable[[Running], None]) -> None:
        self._ends = {each: pool.submit(_live, each, folder / each.__name__) for each in scenarios}

    def see(self, scenario: Callable[[Running], None]) -> None:
        """How it ended; raises what did not hold."""
        self._ends[scenario].result()


def _live(scenario: Callable[[Running], None], folder: Path) -> None:
    running = Running(folder)
    running.approve("tin", "dai")
    try:
        scenario(running)
    finally:
        running.station.close()


def _noting(run: Callable[[], None], failures: list[BaseException]) -> Callable[[], None]:
    def noted() -> None:
        try:
            run()
        except BaseException as error:
            failures.append(error)

    return noted
