"""How late airings of one second start: the station's own way, a job each on APScheduler, and a bare heap on asyncio.

Limits: 500 airings on 500 outputs p50 ≤ 5 ms, p99 ≤ 20 ms; 3,321 (every commune of the country) p99 ≤ 50 ms. The
station's figures come from its own log rows (`started_at` by the output's account against the planned start), through
runner, booth, decoder, ledger and log as `broadcaster run` has them; only the outputs are silent ones.
"""

from __future__ import annotations

import asyncio
import heapq
import logging
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from apscheduler.schedulers.background import BackgroundScheduler

from broadcaster.clock import SystemClock
from broadcaster.playout.silent import SilentOutput
from broadcaster.station.on_air import OnAir
from broadcaster.station.prepare import approve, submit
from broadcaster.station.render import Renderer, due_in
from broadcaster.station.standby import lead
from broadcaster.station.station import Station, open_station
from broadcaster.station.workspace import create

SCRIPT = "tin/thu.txt"
JOB_S = 3.0
"""How long each job of the comparison plays."""


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Start lateness in milliseconds, of those that started."""

    name: str
    wanted: int
    late_ms: list[float]

    def line(self) -> str:
        late = sorted(self.late_ms)
        missed = self.wanted - len(late)
        tail = f"   {missed} NEVER STARTED" if missed else ""
        return f"{self.name:58} p50 {at(late, 0.50):9.1f}   p99 {at(late, 0.99):9.1f}   max {late[-1]:9.1f} ms{tail}"


def at(late: list[float], share: float) -> float:
    return late[min(len(late) - 1, int(share * len(late)))]


def schedule_text(count: int, start: datetime) -> str:
    """`count` communes with an output of their own each, all airing one script at `start`."""
    communes = "".join(
        f"  xa-{n}: {{ten: Xã số {n}, loa: {{loa: {{ten: Loa, dau_ra: loa-{n}}}}}}}\n" for n in range(count)
    )
    outputs = "".join(f"  loa-{n}: {{kieu: file}}\n" for n in range(count))
    when = f'gio: "{start:%H:%M:%S}", ngay: ["{start:%d/%m/%Y}"]'
    return (
        f"xa:\n{communes}dau_ra:\n{outputs}chuong_trinh: {{gon: [chuong, noi_dung]}}\n"
        f"lich:\n  - {{ten: Tin, bai: {SCRIPT}, chuong_trinh: gon, {when}}}\n"
    )


def prepared(folder: Path, count: int, *, start: datetime) -> Station:
    """A station whose script is written, approved and rendered, and whose outputs nobody hears."""
    workspace = create(folder, schedule=schedule_text(count, start), scripts=())
    script = workspace.scripts / SCRIPT
    script.parent.mkdir(parents=True, exist_ok=True)
    script.write_text(f"---\ntac_gia: Lê Thị Hòa\n---\n{'Mời bà con ra nhà văn hóa thôn. ' * 3}\n", encoding="utf-8")
    station = open_station(workspace.folder)
    station.__dict__["outputs"] = {name: SilentOutput(name, clock=station.clock) for name in station.schedule.outputs}
    submit(station, SCRIPT, by="Lê Thị Hòa")
    approve(station, SCRIPT, by="Trần Văn Hùng")
    renderer = Renderer(station)
    for airing in due_in(renderer, first=start.date(), days=1):
        renderer.programme(airing)
    return station


def the_station(count: int) -> Measured:
    """From the plan to the rows of the log."""
    clock = SystemClock()
    ahead = lead(count) + timedelta(seconds=25 + count * 0.012)
    start = (clock.now() + ahead).replace(microsecond=0) + timedelta(seconds=1)
    with TemporaryDirectory() as folder, prepared(Path(folder) / "dai", count, start=start) as station:
        print(f"  {count}: ready {(start - clock.now()).total_seconds():.0f} s ahead", file=sys.stderr)
        stop = threading.Event()
        on_air = OnAir(station, stop=stop, tell=lambda line: None)
        thread = threading.Thread(target=on_air.run)
        thread.start()
        while clock.now() < start + timedelta(seconds=15) or station.ledger.open():
            clock.wait(1.0)
            if clock.now() > start + timedelta(seconds=120):
                break
        stop.set()
        thread.join()
        rows = [logged.row for logged in station.log.rows()]
        for row in rows[:1] + [row for row in rows if row.outcome != "played"][:3]:
            print("  ", row.outcome, row.reason, row.detail, f"{row.played_s:.1f} s", file=sys.stderr)
        dry = sum("ngắt tiếng" in row.detail for row in rows)
        print(f"   {dry} of {len(rows)} ran dry meanwhile", file=sys.stderr)
    late = [(row.started_at - row.planned_start) / timedelta(milliseconds=1) for row in rows if row.started_at]
    return Measured(name=f"broadcaster, {count} airings", wanted=count, late_ms=late)


def apscheduler_as_usual(count: int) -> Measured:
    """A date job each on the default pool of ten; each job plays for three seconds."""
    logging.disable(logging.WARNING)
    late: list[float] = []
    start = datetime.now(UTC) + timedelta(seconds=3 + count * 0.002)

    def play() -> None:
        late.append((datetime.now(UTC) - start) / timedelta(milliseconds=1))
        time.sleep(JOB_S)

    scheduler = BackgroundScheduler(timezone=UTC)
    for _ in range(count):
        scheduler.add_job(play, "date", run_date=start)
    scheduler.start()
    time.sleep(max(0.0, (start - datetime.now(UTC)).total_seconds()) + JOB_S + 2)
    scheduler.shutdown(wait=True)
    logging.disable(logging.NOTSET)
    return Measured(name=f"APScheduler, a job each, default pool, {count}", wanted=count, late_ms=late)


def bare_heap(count: int) -> Measured:
    """Nothing but a heap and asyncio: no programme, no ledger, no log. A floor for Python."""
    late: list[float] = []
    start = time.time() + 1.0

    async def play() -> None:
        late.append((time.time() - start) * 1000)
        await asyncio.sleep(JOB_S)

    async def run() -> None:
        heap = [(start, number) for number in range(count)]
        heapq.heapify(heap)
        tasks = []
        while heap:
            due, _ = heapq.heappop(heap)
            rest = due - time.time()
            if rest > 0:
                await asyncio.sleep(rest)
            tasks.append(asyncio.create_task(play()))
        await asyncio.gather(*tasks)

    asyncio.run(run())
    return Measured(name=f"bare heap on asyncio, {count}", wanted=count, late_ms=late)


def main() -> None:
    runs: list[Callable[[], Measured]] = []
    for count in [int(argument) for argument in sys.argv[1:]] or [500, 3321]:
        runs += [lambda n=count: the_station(n), lambda n=count: apscheduler_as_usual(n), lambda n=count: bare_heap(n)]
    for run in runs:
        measured = run()
        print(measured.line(), flush=True)
    print("limits: 500 p50 ≤ 5 ms, p99 ≤ 20 ms; 3,321 p99 ≤ 50 ms")


if __name__ == "__main__":
    main()
