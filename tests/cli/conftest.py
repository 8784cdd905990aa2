"""A station with two rows in its log, and the command line as people type it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from broadcaster.clock import VIETNAM
from broadcaster.model.as_run import AsRunRow, Outcome, OutcomeReason
from broadcaster.model.plan import AiringKind
from broadcaster.station.station import open_station
from broadcaster.station.workspace import create

Run = Callable[..., subprocess.CompletedProcess[str]]
SCHEDULE = """\
xa:
  hoang-dao: {ten: Xã Hoằng Đạo, loa: {trung-tam: {ten: Loa trung tâm, dau_ra: loa}}}
dau_ra: {loa: {kieu: file}}
"""
START = datetime(2026, 10, 10, 5, 30, tzinfo=VIETNAM)


def missed(number: int, *, commune: str = "hoang-dao") -> AsRunRow:
    """An airing that found the station switched off."""
    return AsRunRow(
        airing=f"{commune}/2026-10-10/05:30/tin-{number}",
        commune=commune,
        cluster="trung-tam",
        output="loa",
        entry="tin",
        title="Bản tin xã",
        item="tin/thu.txt",
        kind=AiringKind.SCRIPT,
        directive=None,
        campaign=None,
        script="tin/thu.txt",
        script_kind=None,
        script_title=None,
        language=None,
        planned_start=START,
        started_at=None,
        ended_at=None,
        played_s=0.0,
        late_ms=None,
        outcome=Outcome.MISSED,
        heard=None,
        reason=OutcomeReason.STATION_OFF,
        detail="Đến giờ phát thì đài không chạy.",
        audio_sha256=None,
        audio=None,
        text_sha256=None,
        author=None,
        approved_by=None,
        clock="system",
        recorded_at=START,
    )


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A station that never ran."""
    return create(tmp_path / "đài 100%", schedule=SCHEDULE, scripts=()).folder


@pytest.fixture
def folder(fresh: Path) -> Path:
    """A station that stopped; one of its two communes has left the schedule since."""
    with open_station(fresh) as station:
        for row in (missed(1), missed(2, commune="hoang-truong")):
            station.checkpoints.note(station.log.append(row), at=START)
        station.checkpoints.write(station.log.last(), at=START)
    return fresh


@pytest.fixture
def broadcaster() -> Run:
    """`broadcaster("log", "--json", workspace=folder)`."""

    def run(*arguments: str, workspace: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "broadcaster", "--workspace", str(workspace), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)

    return run
