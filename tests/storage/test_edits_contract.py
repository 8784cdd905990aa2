"""What every journal of edits must do: the real one and the fake."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from broadcaster.clock import VIETNAM
from broadcaster.config.edits.journal import Act, EditJournal, JournalStep, version_of
from broadcaster.errors import EvidenceBroken
from broadcaster.storage.database import Database
from broadcaster.storage.edits import SqliteEdits
from broadcaster.testing import MemoryEdits

STEP = JournalStep(
    number=1,
    act=Act.EDIT,
    of=1,
    what="Dời “ban-tin-xa” từ 17:30 sang 17:35",
    by="Lê Thị Hòa",
    at=datetime(2026, 11, 22, 9, 0, tzinfo=VIETNAM),
    before_sha256=version_of("gio: 17:30\n"),
    after_sha256=version_of("gio: 17:35\n"),
)


@pytest.fixture(params=["sqlite", "memory"])
def journal(request: pytest.FixtureRequest) -> EditJournal:
    if request.param == "memory":
        return MemoryEdits()
    return SqliteEdits(request.getfixturevalue("database"), kind=JournalStep)


def test_new_journal_has_no_steps(journal: EditJournal) -> None:
    assert list(journal.steps()) == []


def test_steps_come_back_in_order_with_their_texts(journal: EditJournal) -> None:
    back = replace(STEP, number=2, act=Act.UNDO, before_sha256=STEP.after_sha256, after_sha256=STEP.before_sha256)
    journal.record(STEP, before="gio: 17:30\n", after="gio: 17:35\n")
    journal.record(back, before="gio: 17:35\n", after="gio: 17:30\n")
    assert list(journal.steps()) == [STEP, back]
    assert journal.text(STEP.before_sha256) == "gio: 17:30\n"
    assert journal.text(STEP.after_sha256) == "gio: 17:35\n"


def test_text_that_was_never_kept_is_not_there(journal: EditJournal) -> None:
    with pytest.raises(KeyError):
        journal.text("0" * 64)


def test_recorded_steps_can_be_neither_altered_nor_deleted(database: Database) -> None:
    SqliteEdits(database, kind=JournalStep).record(STEP, before="a\n", after="b\n")
    for sql in ("UPDATE schedule_edits SET by = 'ai'", "DELETE FROM schedule_edits", "DELETE FROM schedule_texts"):
        with pytest.raises(EvidenceBroken, match="chỉ được ghi thêm"):
            database.write(sql)
