"""`log`, `verify` and `report` look at a station's folder and leave it as it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from broadcaster.storage.database import open_database
from broadcaster.storage.migrations import MIGRATIONS

Run = Callable[..., CompletedProcess[str]]
REPORT = ("report", "periodic", "--period", "2026-10", "-o")


def _content(folder: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture(params=["log", "verify", "report"])
def command(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, ...]:
    return (*REPORT, str(tmp_path / "bao-cao.json")) if request.param == "report" else (request.param,)


def test_reading_changes_nothing(folder: Path, broadcaster: Run, command: tuple[str, ...]) -> None:
    before = _content(folder)
    assert broadcaster(*command, workspace=folder).returncode == 0
    assert _content(folder) == before


def test_station_that_never_ran_is_read_and_stays_without_records(
    fresh: Path, broadcaster: Run, command: tuple[str, ...]
) -> None:
    before = _content(fresh)
    result = broadcaster(*command, workspace=fresh)
    assert result.returncode == 0
    assert ("chưa phát gì" in result.stderr) == (command != ("verify",))
    assert _content(fresh) == before


def test_deleted_database_is_no_empty_log_to_verify(folder: Path, broadcaster: Run) -> None:
    (folder / "du-lieu" / "dai.sqlite3").unlink()
    result = broadcaster("verify", "--json", workspace=folder)
    assert result.returncode == 8
    assert "phần cuối đã bị cắt" in json.loads(result.stdout)["why"]
    assert not (folder / "du-lieu" / "dai.sqlite3").exists()


def test_records_of_an_older_version_are_brought_up_to_date_by_check(
    fresh: Path, broadcaster: Run, command: tuple[str, ...]
) -> None:
    open_database(fresh / "du-lieu" / "dai.sqlite3", migrations=MIGRATIONS[:-1]).close()
    before = _content(fresh)
    result = broadcaster(*command, workspace=fresh)
    assert result.returncode == 3
    assert "broadcaster check" in result.stderr
    assert _content(fresh) == before
    broadcaster("check", workspace=fresh)
    assert broadcaster(*command, workspace=fresh).returncode == 0
