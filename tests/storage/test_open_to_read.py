"""Reading the database leaves its folder as it was, and works where nothing may be written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from broadcaster.errors import RecordsDamaged, WorkspaceFault
from broadcaster.evidence.chain import hash_of
from broadcaster.model.as_run import AsRunRow
from broadcaster.storage.database import Database, open_database, open_to_read
from broadcaster.storage.log import SqliteLog
from broadcaster.storage.migrations import MIGRATIONS

READ = """
import os, sys
from pathlib import Path
from broadcaster.errors import BroadcasterError
from broadcaster.storage.database import open_to_read

Path.cwd().as_uri()  # imports urllib, from a Python that may lie where nobody else may read
if os.geteuid() == 0:
    os.setuid(65534)
try:
    with open_to_read(Path(sys.argv[1])) as database:
        print(database.read("SELECT count(*) AS rows FROM as_run")[0]["rows"])
except BroadcasterError as error:
    print(error.message, error.remedy)
"""


def _files(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.parent.iterdir()}


def _count(database: Database) -> int:
    return len(list(SqliteLog(database, hash_of=hash_of).rows()))


@pytest.fixture
def written(path: Path, row: AsRunRow) -> Path:
    with open_database(path) as database:
        SqliteLog(database, hash_of=hash_of).append(row)
    return path


@pytest.fixture
def protected(row: AsRunRow) -> Iterator[Path]:
    """A database in a folder that neither root nor anybody else may write; tmp_path is root's alone."""
    folder = Path(tempfile.mkdtemp())
    with open_database(folder / "dai.sqlite3") as database:
        SqliteLog(database, hash_of=hash_of).append(row)
    yield folder / "dai.sqlite3"
    folder.chmod(0o755)
    shutil.rmtree(folder)


def _read_as_nobody(path: Path) -> str:
    """By a process that file modes bind: root is bound by none."""
    for file in path.parent.iterdir():
        file.chmod(0o444)
    path.parent.chmod(0o555)
    command = [sys.executable, "-c", READ, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_rows_are_read_and_the_folder_stays_as_it_was(written: Path) -> None:
    before = _files(written)
    with open_to_read(written) as database:
        assert _count(database) == 1
    assert _files(written) == before


def test_nothing_can_be_written_through_it(written: Path) -> None:
    with open_to_read(written) as database, pytest.raises(WorkspaceFault, match="không ghi được"):
        database.insert("marks", {"name": "a", "at": "2026-10-10T05:30:00+07:00"})


def test_rows_of_a_running_station_are_seen(path: Path, row: AsRunRow) -> None:
    with open_database(path) as running:
        SqliteLog(running, hash_of=hash_of).append(row)
        with open_to_read(path) as database:
            assert _count(database) == 1


def test_missing_database_reads_as_empty_and_is_not_made(path: Path) -> None:
    with open_to_read(path) as database:
        assert _count(database) == 0
    assert not path.parent.exists()


def test_file_of_no_bytes_reads_as_empty(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with open_to_read(path) as database:
        assert _count(database) == 0
    assert path.stat().st_size == 0


def test_database_of_an_older_version_is_left_as_it_is(path: Path) -> None:
    open_database(path, migrations=MIGRATIONS[:-1]).close()
    before = _files(path)
    with pytest.raises(WorkspaceFault, match="phiên bản cũ hơn") as told:
        open_to_read(path)
    assert "broadcaster check" in told.value.remedy
    assert _files(path) == before


def test_what_is_no_database_is_told(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"khong phai co so du lieu " * 50)
    with pytest.raises(RecordsDamaged, match="không phải cơ sở dữ liệu"):
        open_to_read(path)


def test_name_with_signs_that_addresses_use_is_a_name(tmp_path: Path) -> None:
    path = tmp_path / "đài 100% #1?" / "dai.sqlite3"
    open_database(path).close()
    with open_to_read(path) as database:
        assert _count(database) == 0


@pytest.mark.skipif(os.name != "posix", reason="file modes bind nobody on Windows")
def test_write_protected_folder_is_read(protected: Path) -> None:
    assert _read_as_nobody(protected).strip() == "1"


@pytest.mark.skipif(os.name != "posix", reason="file modes bind nobody on Windows")
def test_write_protected_folder_with_an_empty_write_ahead_log_is_read(protected: Path) -> None:
    protected.with_name("dai.sqlite3-wal").touch()
    assert _read_as_nobody(protected).strip() == "1"


@pytest.mark.skipif(os.name != "posix", reason="file modes bind nobody on Windows")
def test_rows_that_lie_only_in_the_write_ahead_log_are_never_passed_over(protected: Path, row: AsRunRow) -> None:
    """A station that was killed, copied to a disc without SQLite's index of the log."""
    aside = protected.with_name("aside")
    with open_database(protected) as running:
        running.insert("marks", {"name": "a", "at": "2026-10-10T05:30:00+07:00"})
        shutil.copyfile(protected.with_name("dai.sqlite3-wal"), aside)
    aside.rename(protected.with_name("dai.sqlite3-wal"))
    told = _read_as_nobody(protected)
    assert "dai.sqlite3-wal" in told
    assert "Chép cả thư mục" in told
