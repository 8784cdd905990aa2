"""What every store of checkpoints must do: the real one and the fake."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from broadcaster.clock import VIETNAM
from broadcaster.errors import EvidenceBroken
from broadcaster.evidence.checkpoints import Checkpoint, CheckpointStore
from broadcaster.storage.checkpoints import SqliteCheckpoints
from broadcaster.storage.database import Database, open_database
from broadcaster.testing import MemoryCheckpoints

FIRST = Checkpoint(seq=1, hash="a" * 64, at=datetime(2026, 10, 10, 5, 40, tzinfo=VIETNAM))
LATER = Checkpoint(seq=101, hash="b" * 64, at=FIRST.at + timedelta(days=7))


@pytest.fixture(params=["sqlite", "memory"])
def store(request: pytest.FixtureRequest) -> CheckpointStore:
    if request.param == "memory":
        return MemoryCheckpoints()
    return SqliteCheckpoints(request.getfixturevalue("database"), kind=Checkpoint)


def test_new_store_has_none(store: CheckpointStore) -> None:
    assert store.all() == ()


def test_checkpoints_come_back_in_order(store: CheckpointStore) -> None:
    store.add(FIRST)
    store.add(LATER)
    assert store.all() == (FIRST, LATER)


def test_what_is_kept_stays_as_it_is(store: CheckpointStore) -> None:
    store.add(LATER)
    store.add(Checkpoint(seq=LATER.seq, hash="c" * 64, at=LATER.at))
    store.add(FIRST)
    assert store.all() == (LATER,)


def test_checkpoints_survive_the_process(path: Path) -> None:
    with open_database(path) as database:
        SqliteCheckpoints(database, kind=Checkpoint).add(FIRST)
    with open_database(path) as database:
        assert SqliteCheckpoints(database, kind=Checkpoint).all() == (FIRST,)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE checkpoints SET hash = 'c'",
        "DELETE FROM checkpoints",
        "INSERT OR REPLACE INTO checkpoints SELECT seq, 'c', at FROM checkpoints",
    ],
)
def test_the_table_refuses_whatever_is_no_new_checkpoint(database: Database, path: Path, statement: str) -> None:
    store = SqliteCheckpoints(database, kind=Checkpoint)
    store.add(FIRST)
    stranger = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="chỉ được ghi"):
        stranger.execute(statement)
    stranger.close()
    assert store.all() == (FIRST,)


def test_checkpoint_that_nobody_can_have_written_is_named(database: Database) -> None:
    database.insert("checkpoints", {"seq": 7, "hash": "a", "at": "hôm qua"})
    with pytest.raises(EvidenceBroken, match="dòng 7"):
        SqliteCheckpoints(database, kind=Checkpoint).all()
