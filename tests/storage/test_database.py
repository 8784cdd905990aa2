"""Opening and holding the database; everything that can stand where it should be."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from broadcaster.errors import BroadcasterError, WorkspaceFault
from broadcaster.storage import database as storage_database
from broadcaster.storage.database import Database, open_database


def _marks(database: Database) -> list[str]:
    return [row["name"] for row in database.read("SELECT name FROM marks ORDER BY name")]


def _mark(database: Database, name: str) -> None:
    database.insert("marks", {"name": name, "at": "2026-10-10T05:30:00+07:00"})


def test_new_database_is_made_with_its_folder(path: Path) -> None:
    with open_database(path) as database:
        _mark(database, "a")
    assert path.is_file()


def test_what_was_written_is_there_after_reopening(path: Path) -> None:
    with open_database(path) as database:
        _mark(database, "a")
    with open_database(path) as database:
        assert _marks(database) == ["a"]


def test_every_commit_reaches_the_disk_and_readers_are_not_locked_out(database: Database) -> None:
    assert database.read("PRAGMA journal_mode") == [{"journal_mode": "wal"}]
    assert database.read("PRAGMA synchronous") == [{"synchronous": 2}]
    assert database.read("PRAGMA foreign_keys") == [{"foreign_keys": 1}]


@pytest.mark.parametrize(
    "content", [b"khong phai co so du lieu " * 50, b"\x00" * 4096, b"SQLite format 3\x00" + b"\xff" * 4080]
)
def test_file_that_is_no_database_is_named_and_left_alone(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(WorkspaceFault, match="không phải cơ sở dữ liệu") as told:
        open_database(path)
    assert "dai.sqlite3" in told.value.message
    assert told.value.remedy
    assert path.read_bytes() == content


def test_database_of_another_program_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    stranger = sqlite3.connect(path)
    stranger.execute("CREATE TABLE khach_hang (ten TEXT)")
    stranger.commit()
    stranger.close()
    before = path.read_bytes()
    with pytest.raises(WorkspaceFault, match="chương trình khác"):
        open_database(path)
    assert path.read_bytes() == before


def test_folder_in_its_place_is_told(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(WorkspaceFault, match="Không mở được"):
        open_database(path)


def test_file_in_place_of_its_folder_is_told(path: Path) -> None:
    path.parent.write_text("tệp", encoding="utf-8")
    with pytest.raises(WorkspaceFault, match="Không mở được"):
        open_database(path)


def test_database_cut_in_the_middle_is_told(path: Path) -> None:
    with open_database(path) as database, database.atomic():
        for number in range(2_000):
            _mark(database, f"dấu {number}")
    path.write_bytes(path.read_bytes()[:20_000])
    with pytest.raises(WorkspaceFault, match="hỏng"), open_database(path) as database:
        _marks(database)


def test_database_that_another_program_holds_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_database(path).close()
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(storage_database, "BUSY_TIMEOUT_S", 0.05)
    with pytest.raises(BroadcasterError, match="chương trình khác giữ"), open_database(path) as database:
        _mark(database, "a")
    holder.close()


def test_all_of_a_transaction_or_nothing(database: Database) -> None:
    with pytest.raises(RuntimeError), database.atomic():
        _mark(database, "a")
        raise RuntimeError
    assert _marks(database) == []
    with database.atomic():
        _mark(database, "a")
        _mark(database, "b")
    assert _marks(database) == ["a", "b"]


def test_failed_part_is_undone_alone(database: Database) -> None:
    with database.atomic():
        _mark(database, "a")
        with pytest.raises(RuntimeError), database.atomic():
            _mark(database, "b")
            raise RuntimeError
        _mark(database, "c")
    assert _marks(database) == ["a", "c"]


def test_failed_whole_undoes_its_finished_parts(database: Database) -> None:
    with pytest.raises(RuntimeError), database.atomic():
        with database.atomic():
            _mark(database, "a")
        raise RuntimeError
    assert _marks(database) == []


def test_nobody_else_writes_into_a_transaction(database: Database) -> None:
    writing, entered = threading.Event(), threading.Event()

    def other_thread() -> None:
        entered.wait()
        writing.set()
        _mark(database, "b")

    other = threading.Thread(target=other_thread)
    other.start()
    with pytest.raises(RuntimeError), database.atomic():
        _mark(database, "a")
        entered.set()
        writing.wait()
        raise RuntimeError
    other.join()
    assert _marks(database) == ["b"]
