"""What somebody can do to a station's folder, and whether `verify` sees it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from station.day import Day

from broadcaster.model.as_run import OutcomeReason
from broadcaster.station.booth import Refused
from broadcaster.station.prove import verify_log
from broadcaster.station.station import open_station


@pytest.fixture
def folder(day: Day) -> Path:
    """A station that stopped after two rows: marked at the first, and at its end."""
    for entry in ("tin", "tiep-song"):
        day.booth.refuse(day.intend(entry), Refused(reason=OutcomeReason.STATION_OFF, detail="Đài không chạy."))
    day.station.checkpoints.write(day.station.log.last(), at=day.clock.now())
    day.station.close()
    return day.station.workspace.folder


def _delete_rows(folder: Path, where: str) -> None:
    """As somebody does who knows SQLite: without the trigger that forbids it."""
    with closing(sqlite3.connect(folder / "du-lieu" / "dai.sqlite3")) as database, database:
        (trigger,) = database.execute("SELECT sql FROM sqlite_master WHERE name = 'as_run_no_delete'").fetchone()
        database.execute("DROP TRIGGER as_run_no_delete")
        database.execute(f"DELETE FROM as_run WHERE {where}")
        database.execute(trigger)


def _why(folder: Path) -> str | None:
    with open_station(folder) as station:
        return verify_log(station).why


def test_log_that_nobody_touched_holds(folder: Path) -> None:
    assert _why(folder) is None


def test_deleted_checkpoint_file_is_seen(folder: Path) -> None:
    (folder / "du-lieu" / "moc.jsonl").unlink()
    assert "tệp mốc đã bị xóa" in (_why(folder) or "")


def test_file_that_lost_its_last_line_is_seen(folder: Path) -> None:
    file = folder / "du-lieu" / "moc.jsonl"
    file.write_bytes(file.read_bytes().splitlines(keepends=True)[0])
    assert "thiếu mốc ở dòng 2" in (_why(folder) or "")


@pytest.mark.parametrize("where", ["seq = 2", "seq > 0"], ids=["tail", "all"])
def test_cut_rows_are_seen_also_without_the_checkpoint_file(folder: Path, where: str) -> None:
    _delete_rows(folder, where)
    (folder / "du-lieu" / "moc.jsonl").unlink()
    assert "đã bị cắt" in (_why(folder) or "")


def test_station_that_goes_on_does_not_cover_the_deletion_up(folder: Path) -> None:
    (folder / "du-lieu" / "moc.jsonl").unlink()
    with open_station(folder) as station:
        station.checkpoints.write(station.log.last(), at=station.clock.now())
    assert "thiếu mốc ở dòng 1" in (_why(folder) or "")


def test_only_programmes_stand_behind_rows_and_the_guides_say_no_more(folder: Path) -> None:
    recording = folder / "audio_out" / "da-phat" / "ban-ghi.mp3"
    recording.parent.mkdir(parents=True, exist_ok=True)
    recording.write_bytes(b"sound")
    assert _why(folder) is None
    recording.unlink()
    assert _why(folder) is None
    root = Path(__file__).parents[2]
    guides = ("audio_out/README.md", "docs/van-hanh/5-nhat-ky-bao-cao.md", "docs/van-hanh/6-xu-ly-su-co.md")
    for guide in guides:
        text = " ".join((root / guide).read_text(encoding="utf-8").split())
        assert any(
            told in text for told in ("`verify` không biết", "`verify` không kiểm tra", "Lệnh này chưa kiểm tra")
        )
