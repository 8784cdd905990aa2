"""A database in a folder of its own, and samples of what a station records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from broadcaster.clock import VIETNAM
from broadcaster.model.as_run import AsRunRow, Outcome, OutcomeReason
from broadcaster.model.plan import Airing, AiringKind, AiringStatus
from broadcaster.model.script import ScriptKind
from broadcaster.storage.database import Database, open_database

START = datetime(2026, 10, 10, 5, 30, tzinfo=VIETNAM)
AIRING = Airing(
    id="hoang-dao/2026-10-10/05:30/ban-tin",
    commune="hoang-dao",
    date=date(2026, 10, 10),
    planned_start=START,
    start=START,
    length_s=600,
    entry="ban-tin",
    title="Bản tin xã",
    item="ban-tin/2026-10-10.txt",
    kind=AiringKind.SCRIPT,
    priority=60,
    status=AiringStatus.PLANNED,
    template="ban-tin",
    window_end=START + timedelta(hours=1),
)
ROW = AsRunRow(
    airing=AIRING.id,
    commune="hoang-dao",
    cluster="trung-tam",
    output="loa-may (sound-card)",
    entry="ban-tin",
    title="Bản tin xã",
    item=AIRING.item,
    kind=AiringKind.SCRIPT,
    directive="244/CĐSQG-CSS",
    campaign=None,
    script=AIRING.item,
    script_kind=ScriptKind.NEWS,
    script_title="Tin “nhanh”; 'trích'",
    language="vi",
    planned_start=START,
    started_at=START + timedelta(milliseconds=40),
    ended_at=START + timedelta(seconds=600, microseconds=123_456),
    played_s=600.083,
    late_ms=40,
    outcome=Outcome.PLAYED,
    heard=None,
    reason=OutcomeReason.LATE,
    detail="",
    audio_sha256="a" * 64,
    audio="audio_out/chuong-trinh/x.mp3",
    text_sha256="b" * 64,
    author="Lê Thị Hòa",
    approved_by="Trần Văn Bình",
    clock="hệ thống",
    recorded_at=START + timedelta(seconds=601),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "du-lieu" / "dai.sqlite3"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    with open_database(path) as opened:
        yield opened


@pytest.fixture
def airing() -> Airing:
    return AIRING


@pytest.fixture
def row() -> AsRunRow:
    return ROW


@pytest.fixture
def aired() -> Callable[[int], AsRunRow]:
    """The n-th row of a station that airs once a day."""

    def nth(number: int) -> AsRunRow:
        return replace(ROW, airing=f"airing-{number}", planned_start=START + timedelta(days=number - 1))

    return nth
