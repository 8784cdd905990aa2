"""What every approval book must do: the real one and the fake."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from broadcaster.clock import VIETNAM
from broadcaster.content.approval import ApprovalBook
from broadcaster.model.script import ApprovalAction, ApprovalStep
from broadcaster.storage.approvals import SqliteApprovals
from broadcaster.storage.database import Database, open_database
from broadcaster.testing import MemoryApprovals

STEP = ApprovalStep(
    script="tin/a.txt",
    action=ApprovalAction.SUBMIT,
    by="Lê Thị Hòa",
    at=datetime(2026, 10, 9, 15, 0, tzinfo=VIETNAM),
    author="Lê Thị Hòa",
    text_sha256="a" * 64,
    spoken_sha256="b" * 64,
)


@pytest.fixture(params=["sqlite", "memory"])
def book(request: pytest.FixtureRequest) -> ApprovalBook:
    return MemoryApprovals() if request.param == "memory" else SqliteApprovals(request.getfixturevalue("database"))


def test_script_that_nobody_touched_has_no_steps(book: ApprovalBook) -> None:
    assert list(book.steps("tin/a.txt")) == []


def test_step_comes_back_as_it_was_recorded(book: ApprovalBook) -> None:
    full = replace(
        STEP,
        action=ApprovalAction.APPROVE,
        audio_sha256="c" * 64,
        fallback_audio_sha256=("d" * 64, "e" * 64),
        self_approval_reason="Đài chỉ có một người",
        note="Đã nghe “thử”; 'được'",
    )
    book.record(STEP)
    book.record(full)
    assert list(book.steps("tin/a.txt")) == [STEP, full]


def test_steps_come_in_the_order_in_which_they_were_recorded_whatever_the_clock_said(book: ApprovalBook) -> None:
    later = replace(STEP, action=ApprovalAction.RETURN, note="sửa lại", at=STEP.at - timedelta(days=1))
    book.record(STEP)
    book.record(later)
    assert [step.action for step in book.steps("tin/a.txt")] == [ApprovalAction.SUBMIT, ApprovalAction.RETURN]


def test_scripts_are_kept_apart(book: ApprovalBook) -> None:
    book.record(STEP)
    book.record(replace(STEP, script="tin/b.txt"))
    assert [step.script for step in book.steps("tin/b.txt")] == ["tin/b.txt"]


def test_steps_survive_the_process(path: Path) -> None:
    with open_database(path) as database:
        SqliteApprovals(database).record(STEP)
    with open_database(path) as database:
        assert SqliteApprovals(database).steps("tin/a.txt") == [STEP]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE approvals SET by = 'Ai đó'",
        "DELETE FROM approvals",
        "INSERT OR REPLACE INTO approvals SELECT * FROM approvals",
    ],
)
def test_the_table_refuses_to_change_a_step(database: Database, path: Path, statement: str) -> None:
    SqliteApprovals(database).record(STEP)
    stranger = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="chỉ được ghi thêm"):
        stranger.execute(statement)
    stranger.close()
