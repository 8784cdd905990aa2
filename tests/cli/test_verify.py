"""`verify --json` prints one verdict, whatever was done to the records."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]


def _whole(folder: Path) -> None:
    """Nothing is done to it."""


def _marks_scribbled_over(folder: Path) -> None:
    (folder / "du-lieu" / "moc.jsonl").write_text("không phải mốc\n", encoding="utf-8")


def _marks_are_a_folder(folder: Path) -> None:
    (folder / "du-lieu" / "moc.jsonl").unlink()
    (folder / "du-lieu" / "moc.jsonl").mkdir()


def _database_scribbled_over(folder: Path) -> None:
    (folder / "du-lieu" / "dai.sqlite3").write_bytes(b"khong phai co so du lieu " * 400)


def _database_of_somebody_else(folder: Path) -> None:
    (folder / "du-lieu" / "dai.sqlite3").unlink()
    _sql(folder, "CREATE TABLE khach_hang (ten TEXT)")


def _log_table_dropped(folder: Path) -> None:
    _sql(folder, "DROP TABLE as_run")


def _value_that_is_no_text(folder: Path) -> None:
    _sql(folder, "DROP TRIGGER as_run_no_update", "UPDATE as_run SET title = CAST(x'ff' AS TEXT) WHERE seq = 2")


def _sql(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / "du-lieu" / "dai.sqlite3")) as database, database:
        for statement in statements:
            database.execute(statement)


@pytest.mark.parametrize(
    ("done", "why"),
    [
        (_whole, None),
        (_marks_scribbled_over, "không phải một mốc"),
        (_marks_are_a_folder, "Không đọc được tệp mốc"),
        (_database_scribbled_over, "không phải cơ sở dữ liệu"),
        (_database_of_somebody_else, "chương trình khác"),
        (_log_table_dropped, "đã hỏng"),
        (_value_that_is_no_text, "đã hỏng"),
    ],
)
def test_one_verdict_in_every_case(
    folder: Path, broadcaster: Run, done: Callable[[Path], None], why: str | None
) -> None:
    done(folder)
    result = broadcaster("verify", "--json", workspace=folder)
    verdict = json.loads(result.stdout)
    assert set(verdict) == {"ok", "rows", "first_bad_seq", "checkpoints", "why"}
    assert (verdict["ok"], result.returncode) == ((True, 0) if why is None else (False, 8))
    assert (why or "") in (verdict["why"] or "")
    assert "Traceback" not in result.stderr


def test_rows_that_hold_are_counted_also_where_the_marks_are_damaged(folder: Path, broadcaster: Run) -> None:
    _marks_scribbled_over(folder)
    verdict = json.loads(broadcaster("verify", "--json", workspace=folder).stdout)
    assert (verdict["rows"], verdict["first_bad_seq"]) == (2, None)


def test_row_is_named_where_one_is_bad(folder: Path, broadcaster: Run) -> None:
    _sql(folder, "DROP TRIGGER as_run_no_update", "UPDATE as_run SET title = 'khác' WHERE seq = 2")
    assert "KHÔNG còn nguyên vẹn, từ dòng 2:" in broadcaster("verify", workspace=folder).stderr


def test_marks_are_to_blame_where_every_row_holds(folder: Path, broadcaster: Run) -> None:
    (folder / "du-lieu" / "moc.jsonl").unlink()
    result = broadcaster("verify", workspace=folder)
    assert result.returncode == 8
    assert "KHÔNG còn nguyên vẹn: Tệp mốc thiếu" in result.stderr


def test_folder_that_is_no_station_is_a_fault_and_no_verdict(tmp_path: Path, broadcaster: Run) -> None:
    result = broadcaster("verify", "--json", workspace=tmp_path)
    assert (result.returncode, result.stdout) == (3, "")
    assert "schedule.yaml" in result.stderr
