"""The file of checkpoints beside the database."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from broadcaster.clock import VIETNAM
from broadcaster.errors import EvidenceBroken
from broadcaster.evidence.checkpoints import Checkpoint, Checkpoints
from broadcaster.model.as_run import LogRow
from broadcaster.testing import MemoryCheckpoints

Aired = Callable[[int], list[LogRow]]
NOW = datetime(2026, 10, 10, 6, 0, tzinfo=VIETNAM)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "du-lieu" / "moc.jsonl"


@pytest.fixture
def store() -> MemoryCheckpoints:
    return MemoryCheckpoints()


def test_station_that_never_ran_has_no_checkpoints(path: Path, store: MemoryCheckpoints) -> None:
    assert Checkpoints(path, store=store).read() == ()
    assert Checkpoints(path, store=store).write(None, at=NOW) is None
    assert not path.exists()


def test_stop_marks_the_end_of_the_chain(path: Path, store: MemoryCheckpoints, aired: Aired) -> None:
    rows = aired(3)
    Checkpoints(path, store=store).write(rows[-1], at=NOW)
    assert Checkpoints(path, store=store).read() == (Checkpoint(seq=3, hash=rows[-1].hash, at=NOW),)
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "seq": 3,
        "hash": rows[-1].hash,
        "at": "2026-10-10T06:00:00+07:00",
    }


def test_stop_without_new_rows_adds_nothing(path: Path, store: MemoryCheckpoints, aired: Aired) -> None:
    rows = aired(3)
    Checkpoints(path, store=store).write(rows[-1], at=NOW)
    assert Checkpoints(path, store=store).write(rows[-1], at=NOW + timedelta(hours=1)) is None
    assert len(Checkpoints(path, store=store).read()) == 1


def test_first_row_and_then_every_so_many_rows_are_marked(path: Path, store: MemoryCheckpoints, aired: Aired) -> None:
    marks = Checkpoints(path, store=store, every=4)
    for row in aired(13):
        marks.note(row, at=NOW)
    assert [mark.seq for mark in Checkpoints(path, store=store).read()] == [1, 5, 9, 13]


def test_rows_since_the_last_mark_count_across_a_restart(path: Path, store: MemoryCheckpoints, aired: Aired) -> None:
    rows = aired(8)
    Checkpoints(path, store=store, every=4).write(rows[2], at=NOW)
    after = Checkpoints(path, store=store, every=4)
    for row in rows[3:]:
        after.note(row, at=NOW)
    assert [mark.seq for mark in after.read()] == [3, 7]


def test_old_lines_are_never_touched(path: Path, store: MemoryCheckpoints, aired: Aired) -> None:
    rows = aired(2)
    Checkpoints(path, store=store).write(rows[0], at=NOW)
    before = path.read_bytes()
    Checkpoints(path, store=store).write(rows[1], at=NOW)
    assert path.read_bytes().startswith(before)


def test_line_torn_by_a_power_cut_is_left_out_and_written_over(
    path: Path, store: MemoryCheckpoints, aired: Aired
) -> None:
    rows = aired(2)
    Checkpoints(path, store=store).write(rows[0], at=NOW)
    with path.open("ab") as file:
        file.write(b'{"seq":2,"ha')
    assert [mark.seq for mark in Checkpoints(path, store=store).read()] == [1]
    Checkpoints(path, store=store).write(rows[1], at=NOW)
    assert [mark.seq for mark in Checkpoints(path, store=store).read()] == [1, 2]


@pytest.mark.parametrize(
    "line",
    [
        "không phải JSON",
        "[]",
        '{"seq":1}',
        '{"seq":"một","hash":"a","at":"x"}',
        "\0" * 20,
        "[" * 99_999,
        '{"seq":Infinity}',
    ],
)
def test_line_that_is_no_checkpoint_is_named(path: Path, store: MemoryCheckpoints, aired: Aired, line: str) -> None:
    Checkpoints(path, store=store).write(aired(1)[0], at=NOW)
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(EvidenceBroken, match="Dòng 2") as told:
        Checkpoints(path, store=store).read()
    assert told.value.remedy


def test_threads_of_one_station_make_one_mark_each_time(path: Path, store: MemoryCheckpoints, aired: Aired) -> None:
    marks = Checkpoints(path, store=store, every=5)
    threads = [threading.Thread(target=marks.note, args=(row,), kwargs={"at": NOW}) for row in aired(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = [mark.seq for mark in Checkpoints(path, store=store).read()]
    assert found == sorted(set(found))
    assert all(later - earlier >= 5 for earlier, later in pairwise(found))


def test_folder_that_may_not_be_written_is_told(path: Path, store: MemoryCheckpoints, aired: Aired) -> None:
    path.parent.write_text("tệp", encoding="utf-8")
    with pytest.raises(EvidenceBroken, match="Không ghi được mốc") as told:
        Checkpoints(path, store=store).write(aired(1)[0], at=NOW)
    assert told.value.remedy


def test_store_keeps_every_mark_of_the_file(path: Path, store: MemoryCheckpoints, aired: Aired) -> None:
    marks = Checkpoints(path, store=store, every=2)
    rows = aired(4)
    for row in rows:
        marks.note(row, at=NOW)
    marks.write(rows[-1], at=NOW)
    assert [mark.seq for mark in marks.read()] == [1, 3, 4]
    assert store.all() == marks.read()


def test_file_that_was_deleted_is_begun_again_while_the_store_still_knows(
    path: Path, store: MemoryCheckpoints, aired: Aired
) -> None:
    rows = aired(3)
    Checkpoints(path, store=store).note(rows[0], at=NOW)
    Checkpoints(path, store=store).write(rows[2], at=NOW)
    path.unlink()
    Checkpoints(path, store=store).write(rows[2], at=NOW + timedelta(hours=1))
    assert [mark.seq for mark in Checkpoints(path, store=store).read()] == [3]
    assert [mark.seq for mark in store.all()] == [1, 3]


def test_folder_in_place_of_the_file_is_told(path: Path, store: MemoryCheckpoints) -> None:
    path.mkdir(parents=True)
    with pytest.raises(EvidenceBroken, match="Không đọc được") as told:
        Checkpoints(path, store=store).read()
    assert told.value.remedy
