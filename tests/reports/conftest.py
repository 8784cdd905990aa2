"""Log rows as a station leaves them: two days of three communes, with all that can go wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest

from broadcaster.clock import VIETNAM
from broadcaster.model.as_run import AsRunRow, LogRow, Outcome, OutcomeReason
from broadcaster.model.period import Period
from broadcaster.model.plan import AiringKind
from broadcaster.model.script import ScriptKind
from broadcaster.reports.names import CommuneNames, StationNames
from broadcaster.reports.period import parse_period

RowFactory = Callable[..., LogRow]
DIRECTIVE = "244/CĐSQG-CSS"


def log_rows() -> RowFactory:
    """Makes rows with seqs 1, 2, 3 … in one chain; a row played whole unless told otherwise."""
    seqs = count(1)
    chain = ["0" * 64]

    def row(
        start: str = "2026-10-10T05:30:00",
        *,
        airing: str | None = None,
        commune: str = "hoang-dao",
        cluster: str = "trung-tam",
        script: str | None = "tin/vac-xin.txt",
        script_kind: ScriptKind | None = ScriptKind.NEWS,
        outcome: Outcome = Outcome.PLAYED,
        played_s: float = 60.0,
        reason: OutcomeReason | None = None,
        **other: Any,
    ) -> LogRow:
        seq = next(seqs)
        planned = datetime.fromisoformat(start).replace(tzinfo=VIETNAM)
        sounded = played_s > 0
        values: dict[str, Any] = {
            "airing": airing or f"{commune}:{start}",
            "commune": commune,
            "cluster": cluster,
            "output": f"{cluster} (file)",
            "entry": "ban-tin-xa",
            "title": "Bản tin xã",
            "item": script or "vov1",
            "kind": AiringKind.SCRIPT if script else AiringKind.RELAY,
            "directive": None,
            "campaign": None,
            "script": script,
            "script_kind": script_kind if script else None,
            "script_title": "Lịch tiêm vắc-xin" if script else None,
            "language": "vi" if script else None,
            "planned_start": planned,
            "started_at": planned if sounded else None,
            "ended_at": planned + timedelta(seconds=played_s) if sounded else None,
            "played_s": played_s,
            "late_ms": 0 if sounded else None,
            "outcome": outcome,
            "heard": None,
            "reason": reason,
            "detail": "",
            "audio_sha256": "a" * 64 if script else None,
            "audio": "audio_out/chuong-trinh/a.mp3" if script else None,
            "text_sha256": "b" * 64 if script else None,
            "author": "Lê Thị Hoa" if script else None,
            "approved_by": "Nguyễn Văn Bình" if script else None,
            "clock": "system",
            "recorded_at": planned + timedelta(seconds=played_s),
        }
        run = AsRunRow(**(values | other))
        digest = hashlib.sha256(f"{chain[-1]} {seq} {run.airing} {run.cluster} {run.outcome}".encode()).hexdigest()
        made = LogRow(seq=seq, row=run, previous=chain[-1], hash=digest)
        chain.append(digest)
        return made

    return row


@pytest.fixture(scope="session")
def new_log() -> Callable[[], RowFactory]:
    """Each call begins another log."""
    return log_rows


@pytest.fixture
def row() -> RowFactory:
    return log_rows()


@pytest.fixture
def october() -> Period:
    return parse_period("2026-10")


@pytest.fixture
def station() -> StationNames:
    return StationNames(
        province="Thanh Hóa",
        communes={
            "hoang-dao": CommuneNames(name="Xã Hoằng Đạo", clusters={"trung-tam": "Loa trung tâm", "thon-1": "Thôn 1"}),
            "hoang-truong": CommuneNames(name="Xã Hoằng Trường", clusters={"ubnd": "Loa UBND"}),
            "nam-sam-son": CommuneNames(name="Phường Nam Sầm Sơn", clusters={"cho": "Loa chợ", "bien": "Loa bãi biển"}),
        },
        sources={"vov1": "VOV1"},
        campaigns={"17-diem": "17 điểm khác nhau giữa công nghệ thông tin và chuyển đổi số"},
    )


@pytest.fixture
def two_days(row: RowFactory) -> list[LogRow]:
    return list(_two_days(row))


def _two_days(row: RowFactory) -> Iterator[LogRow]:
    """Seqs 1–14; Nam Sầm Sơn has no row at all, and row 14 is a simulation."""
    relay = {"entry": "vov1", "title": "Tiếp sóng thời sự VOV1", "script": None}
    part = {
        "entry": "17-diem",
        "title": "17 điểm khác nhau",
        "kind": AiringKind.CAMPAIGN,
        "script_kind": ScriptKind.ARTICLE,
        "directive": DIRECTIVE,
        "campaign": "17-diem",
    }
    yield row("2026-10-10T05:00:00", **relay, played_s=1800.0)
    yield row("2026-10-10T05:30:00", played_s=245.4)
    yield row("2026-10-10T05:30:00", cluster="thon-1", played_s=245.6)
    yield row("2026-10-10T05:30:00", commune="hoang-truong", cluster="ubnd", played_s=245.4)
    yield row("2026-10-10T17:00:00", **part, script="17-diem/01.txt", script_title="Phần 1", played_s=300.0)
    yield row(
        "2026-10-10T17:00:00",
        **part,
        script="17-diem/01.txt",
        script_title="Phần 1",
        cluster="thon-1",
        outcome=Outcome.FAILED,
        reason=OutcomeReason.OUTPUT_FAILED,
        played_s=0.0,
        detail="Mất kết nối với máy phát trực tuyến.",
    )
    yield row("2026-10-10T17:30:00", played_s=245.5, reason=OutcomeReason.LATE, late_ms=41_000)
    yield row("2026-10-10T17:45:00", outcome=Outcome.PARTIAL, reason=OutcomeReason.STATION_DIED, played_s=31.2)
    yield row("2026-10-11T05:00:00", **relay, outcome=Outcome.MISSED, reason=OutcomeReason.STATION_OFF, played_s=0.0)
    yield row(
        "2026-10-11T05:30:00",
        script="phong-su/lang-chai.txt",
        script_kind=ScriptKind.REPORTAGE,
        script_title="Làng chài mùa biển động",
        outcome=Outcome.MISSED,
        reason=OutcomeReason.NOT_APPROVED,
        played_s=0.0,
    )
    yield row(
        "2026-10-11T05:30:00",
        commune="hoang-truong",
        cluster="ubnd",
        script="thong-bao/tieng-mong.mp3.txt",
        script_kind=ScriptKind.ANNOUNCEMENT,
        script_title="Phòng cháy rừng",
        language="hmn",
        directive="12/KH-UBND",
        played_s=90.0,
    )
    yield row(
        "2026-10-11T17:00:00",
        **part,
        script="17-diem/02.txt",
        script_title="Phần 2",
        commune="hoang-truong",
        cluster="ubnd",
        played_s=301.0,
    )
    yield row("2026-10-11T17:45:00", outcome=Outcome.CANCELLED, reason=OutcomeReason.WITHDRAWN, played_s=0.0)
    yield row("2026-10-12T05:30:00", played_s=500.0, simulated=True)
