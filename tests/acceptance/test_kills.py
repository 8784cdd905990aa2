"""kill -9 at random moments of a running station: each planned airing has exactly one outcome, and none plays twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from acceptance.driver import APPROVER, WRITER, wait_for

from broadcaster.clock import SystemClock
from broadcaster.model.as_run import AsRunRow, Outcome, OutcomeReason
from broadcaster.schedule.plan import no_lengths, plan
from broadcaster.station.prepare import approve, submit
from broadcaster.station.prove import log_rows, verify_log
from broadcaster.station.render import Renderer, due_in
from broadcaster.station.station import open_station
from broadcaster.station.workspace import create

KILLS = int(os.environ.get("BROADCASTER_KILLS", "25"))
AIRINGS, EVERY_S = 9, 2
"""In each of two communes: what is due while the station is killed again and again."""
SEED = 20261010
SCHEDULE = """\
xa:
  hoang-dao:
    ten: Xã Hoằng Đạo
    loa: {{trung-tam: {{ten: Loa, dau_ra: loa-1}}, thon-1: {{ten: Thôn 1, dau_ra: loa-2}}}}
  hoang-truong: {{ten: Xã Hoằng Trường, loa: {{ubnd: {{ten: Loa UBND, dau_ra: loa-3}}}}}}
dau_ra: {{loa-1: {{kieu: file}}, loa-2: {{kieu: file}}, loa-3: {{kieu: file}}}}
chuong_trinh: {{gon: [noi_dung]}}
lich: [{{ten: Tin, bai: tin/thu.txt, chuong_trinh: gon, gio: [{times}], ngay: ["{day}"], doi: 0, tre_toi_da: 30 giây}}]
"""


def instants(first: datetime) -> list[datetime]:
    return [first + timedelta(seconds=EVERY_S * number) for number in range(AIRINGS)]


def prepared(folder: Path) -> None:
    create(folder, schedule=schedule(SystemClock().now() + timedelta(hours=1)), scripts=())
    script = folder / "scripts_content" / "tin" / "thu.txt"
    script.parent.mkdir()
    script.write_text(f"---\ntac_gia: {WRITER}\n---\nXin chào bà con.\n", encoding="utf-8")
    with open_station(folder) as station:
        submit(station, "tin/thu.txt", by=WRITER)
        approve(station, "tin/thu.txt", by=APPROVER)
        renderer = Renderer(station)
        for airing in due_in(renderer, first=SystemClock().now().date(), days=2):
            renderer.programme(airing)
        station.ledger.mark_seen(station.clock.now())


def schedule(first: datetime) -> str:
    times = ", ".join(f'"{at:%H:%M:%S}"' for at in instants(first))
    return SCHEDULE.format(times=times, day=f"{first:%d/%m/%Y}")


class Mother:
    """Gives birth to stations."""

    def __init__(self, folder: Path) -> None:
        helper = Path(__file__).with_name("mortal_station.py")
        self.errors = folder.with_suffix(".log").open("w+")
        self._process = subprocess.Popen(
            [sys.executable, str(helper), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            text=True,
        )

    def station(self) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def wait(self) -> None:
        """Until the last station has ended."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        assert self._process.wait(60) == 0

    def close(self) -> None:
        with self._process:
            self._process.kill()
        self.errors.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    prepared(tmp_path / "dai")
    return tmp_path / "dai"


@pytest.fixture
def mother(folder: Path) -> Iterator[Mother]:
    made = Mother(folder)
    yield made
    made.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_every_airing_has_one_outcome_after_many_kills(folder: Path, mother: Mother) -> None:
    clock, chance = SystemClock(), random.Random(SEED)
    first = (clock.now() + timedelta(seconds=4)).replace(microsecond=0)
    (folder / "schedule.yaml").write_text(schedule(first), encoding="utf-8")
    last = instants(first)[-1]

    for _ in range(KILLS):
        station = mother.station()
        clock.wait(chance.uniform(0.2, 2 * (last - first).total_seconds() / KILLS))
        os.kill(station, signal.SIGKILL)
    station = mother.station()
    wait_for(lambda: len(rows(folder)) >= 3 * AIRINGS and clock.now() > last, what="all outcomes")
    os.kill(station, signal.SIGTERM)
    mother.wait()

    check(folder, first)
    mother.errors.seek(0)
    assert "Traceback" not in mother.errors.read()


def rows(folder: Path) -> list[AsRunRow]:
    with open_station(folder, readonly=True) as station:
        return [logged.row for logged in log_rows(station)]


def check(folder: Path, first: datetime) -> None:
    with open_station(folder, readonly=True) as station:
        planned = {
            (airing.id, cluster.key): airing
            for airing in plan(station.schedule, first=first.date(), days=1, lengths=no_lengths)
            for cluster in station.schedule.communes[airing.commune].clusters
        }
        assert verify_log(station).ok
    ended = [(row.airing, row.cluster) for row in rows(folder)]
    assert sorted(ended) == sorted(planned), "each of them once"
    for row in rows(folder):
        if row.outcome is Outcome.PLAYED:
            assert row.late_ms is not None
            assert 0 <= row.late_ms <= 31_000
            assert (row.reason is OutcomeReason.LATE) == (row.late_ms > 1_000)
        elif row.outcome is Outcome.MISSED:
            assert row.reason in (OutcomeReason.STATION_OFF, OutcomeReason.TOO_LATE)
        else:
            assert row.reason is OutcomeReason.STATION_DIED, row
    assert any(row.reason is not None for row in rows(folder)), "nothing was hit"
