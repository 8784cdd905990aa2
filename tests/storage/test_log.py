"""The log in SQLite: what acknowledged rows survive, and what nobody may do to them."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from broadcaster.errors import DiskFull, EvidenceBroken
from broadcaster.evidence.chain import hash_of
from broadcaster.evidence.verify import verify
from broadcaster.model.as_run import AsRunRow
from broadcaster.storage.database import Database, open_database
from broadcaster.storage.log import SqliteLog

Nth = Callable[[int], AsRunRow]

APPEND_FOR_EVER = """
import sys
from dataclasses import replace
from pathlib import Path
from broadcaster.evidence.chain import hash_of
from broadcaster.storage.database import open_database
from broadcaster.storage.log import SqliteLog

database = open_database(Path(sys.argv[1]))
log = SqliteLog(database, hash_of=hash_of)
first = log.last().row
number = 1
while True:
    number += 1
    chained = log.append(replace(first, airing=f"airing-{number}"))
    print(chained.seq, chained.hash, flush=True)
"""


@pytest.fixture
def log(database: Database) -> SqliteLog:
    return SqliteLog(database, hash_of=hash_of)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE as_run SET played_s = 900 WHERE seq = 1",
        "UPDATE as_run SET seq = 7 WHERE seq = 1",
        "DELETE FROM as_run WHERE seq = 1",
        "DELETE FROM as_run",
        "INSERT OR REPLACE INTO as_run SELECT * FROM as_run WHERE seq = 1",
        "REPLACE INTO as_run SELECT * FROM as_run WHERE seq = 1",
        "INSERT OR IGNORE INTO as_run SELECT * FROM as_run WHERE seq = 1",
    ],
)
def test_the_table_refuses_whatever_is_no_new_row(log: SqliteLog, path: Path, row: AsRunRow, statement: str) -> None:
    log.append(row)
    stranger = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="chỉ được ghi"):
        stranger.execute(statement)
    stranger.close()
    assert [each.row for each in log.rows()] == [row]


def test_the_table_refuses_rows_out_of_order(log: SqliteLog, database: Database, row: AsRunRow) -> None:
    log.append(row)
    names = ", ".join(name for name in database.read("SELECT * FROM as_run")[0] if name not in ("seq", "airing"))
    with pytest.raises(EvidenceBroken, match="nối tiếp"):
        database.write(f"INSERT INTO as_run (seq, airing, {names}) SELECT 9, 'khác', {names} FROM as_run")


def test_every_field_is_a_column_that_people_can_query(log: SqliteLog, database: Database, row: AsRunRow) -> None:
    log.append(row)
    (columns,) = database.read("SELECT * FROM as_run")
    assert set(columns) == {each.name for each in fields(row)} | {"seq", "previous", "hash"}
    assert columns["planned_start"] == "2026-10-10T05:30:00+07:00"
    assert columns["outcome"] == "played"
    assert columns["reason"] == "phat-tre"
    assert columns["played_s"] == 600.083
    assert columns["heard"] is None
    assert columns["simulated"] == 0


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE as_run SET played_s = 900 WHERE seq = 2",
        "UPDATE as_run SET outcome = 'missed' WHERE seq = 2",
        "UPDATE as_run SET approved_by = 'Ai đó' WHERE seq = 2",
        "UPDATE as_run SET detail = detail || ' ' WHERE seq = 2",
        "UPDATE as_run SET simulated = 1 WHERE seq = 2",
        "UPDATE as_run SET hash = previous WHERE seq = 2",
        "UPDATE as_run SET outcome = 'tốt' WHERE seq = 2",
        "UPDATE as_run SET planned_start = '2026-10-10T22:30:00+00:00' WHERE seq = 2",
        "UPDATE as_run SET planned_start = 'hôm qua' WHERE seq = 2",
        "UPDATE as_run SET started_at = NULL WHERE seq = 2",
        "DELETE FROM as_run WHERE seq = 2",
    ],
)
def test_whoever_drops_the_triggers_and_edits_is_found_out(
    log: SqliteLog, path: Path, aired: Nth, tampering: str
) -> None:
    for number in range(1, 5):
        log.append(aired(number))
    stranger = sqlite3.connect(path)
    stranger.execute("DROP TRIGGER as_run_no_update")
    stranger.execute("DROP TRIGGER as_run_no_delete")
    stranger.execute(tampering)
    stranger.commit()
    stranger.close()
    verdict = verify(log.rows(), (), checkpoint_every=None, audio_digest=lambda _: "a" * 64)
    assert (verdict.ok, verdict.first_bad_seq, verdict.rows) == (False, 2, 1)


def test_untouched_log_holds(log: SqliteLog, aired: Nth) -> None:
    for number in range(1, 5):
        log.append(aired(number))
    assert verify(log.rows(), (), checkpoint_every=None, audio_digest=lambda _: "a" * 64).ok


def test_every_acknowledged_row_survives_kill_9(log: SqliteLog, path: Path, row: AsRunRow) -> None:
    log.append(row)
    station = subprocess.Popen([sys.executable, "-c", APPEND_FOR_EVER, str(path)], stdout=subprocess.PIPE, text=True)
    assert station.stdout is not None
    acknowledged = [station.stdout.readline().split() for _ in range(40)]
    station.send_signal(signal.SIGKILL)
    rest, _ = station.communicate()
    acknowledged += [line.split() for line in rest.splitlines() if line.count(" ") == 1 and len(line.split()[1]) == 64]
    with open_database(path) as reopened:
        rows = list(SqliteLog(reopened, hash_of=hash_of).rows())
    kept = {str(each.seq): each.hash for each in rows}
    assert len(acknowledged) >= 40
    assert {seq: kept.get(seq) for seq, _ in acknowledged} == dict(acknowledged)
    assert verify(rows, (), checkpoint_every=None, audio_digest=lambda _: "a" * 64).ok


def test_rows_of_one_transaction_stand_or_fall_together(log: SqliteLog, database: Database, aired: Nth) -> None:
    log.append(aired(1))
    with pytest.raises(RuntimeError, match="giữa chừng"), database.atomic():
        log.append(aired(2))
        log.append(aired(3))
        raise RuntimeError("giữa chừng")
    assert [each.seq for each in log.rows()] == [1]
    assert log.append(aired(2)).seq == 2


def test_a_refused_row_leaves_the_rest_of_its_transaction(log: SqliteLog, database: Database, aired: Nth) -> None:
    with database.atomic():
        log.append(aired(1))
        with pytest.raises(EvidenceBroken):
            log.append(aired(1))
        log.append(aired(2))
    assert [each.seq for each in log.rows()] == [1, 2]


def test_full_disk_is_told_and_takes_no_row_with_it(log: SqliteLog, database: Database, aired: Nth) -> None:
    log.append(aired(1))
    pages = database.read("PRAGMA page_count")[0]["page_count"]
    database.read(f"PRAGMA max_page_count = {pages}")
    number = 1
    with pytest.raises(DiskFull, match="hết chỗ") as told:
        while True:
            number += 1
            log.append(aired(number))
    assert told.value.remedy
    assert [each.seq for each in log.rows()] == list(range(1, number))
    database.read(f"PRAGMA max_page_count = {pages + 100}")
    assert log.append(aired(number)).seq == number


def test_threads_of_one_station_share_the_log(log: SqliteLog, aired: Nth) -> None:
    def air(booth: int) -> None:
        for number in range(10):
            log.append(aired(booth * 100 + number))

    booths = [threading.Thread(target=air, args=(booth,)) for booth in range(1, 9)]
    for booth in booths:
        booth.start()
    for booth in booths:
        booth.join()
    assert [each.seq for each in log.rows()] == list(range(1, 81))
    assert verify(log.rows(), (), checkpoint_every=None, audio_digest=lambda _: "a" * 64).ok


def test_another_process_reads_while_the_station_writes(log: SqliteLog, path: Path, aired: Nth) -> None:
    log.append(aired(1))
    with open_database(path) as office:
        reader = SqliteLog(office, hash_of=hash_of)
        log.append(aired(2))
        assert [each.seq for each in reader.rows()] == [1, 2]
        assert reader.append(aired(3)).seq == 3
    assert log.append(aired(4)).seq == 4


def test_long_log_comes_page_by_page_in_order(log: SqliteLog, database: Database, aired: Nth) -> None:
    with database.atomic():
        for number in range(1, 2_502):
            log.append(aired(number))
    assert [each.seq for each in log.rows()] == list(range(1, 2_502))
