"""What every as-run log must do: the real one and the fake."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from broadcaster.clock import VIETNAM
from broadcaster.errors import EvidenceBroken
from broadcaster.evidence.chain import GENESIS, hash_of
from broadcaster.evidence.log import AsRunLog
from broadcaster.model.as_run import AsRunRow
from broadcaster.storage.log import SqliteLog
from broadcaster.testing import MemoryLog

Nth = Callable[[int], AsRunRow]


@pytest.fixture(params=["sqlite", "memory"])
def log(request: pytest.FixtureRequest) -> AsRunLog:
    if request.param == "memory":
        return MemoryLog()
    return SqliteLog(request.getfixturevalue("database"), hash_of=hash_of)


def test_new_log_is_empty(log: AsRunLog) -> None:
    assert log.last() is None
    assert list(log.rows()) == []
    assert not log.has("airing-1", "trung-tam")


def test_first_row_follows_sixty_four_zeros(log: AsRunLog, row: AsRunRow) -> None:
    first = log.append(row)
    assert (first.seq, first.previous) == (1, "0" * 64)
    assert first.previous == GENESIS


def test_each_row_follows_the_one_before(log: AsRunLog, aired: Nth) -> None:
    chained = [log.append(aired(number)) for number in range(1, 6)]
    assert [each.seq for each in chained] == [1, 2, 3, 4, 5]
    assert [each.previous for each in chained[1:]] == [each.hash for each in chained[:-1]]
    assert [each.hash for each in chained] == [
        hash_of(each.row, seq=each.seq, previous=each.previous) for each in chained
    ]


def test_row_comes_back_as_it_went_in(log: AsRunLog, row: AsRunRow) -> None:
    appended = log.append(row)
    assert log.last() == appended
    assert list(log.rows()) == [appended]
    assert appended.row == row


def test_row_that_never_sounded_comes_back_with_its_gaps(log: AsRunLog, row: AsRunRow) -> None:
    bare = replace(row, **{each.name: None for each in fields(row) if "None" in str(each.type)})
    log.append(bare)
    assert [each.row for each in log.rows()] == [bare]


def test_flags_come_back_as_flags(log: AsRunLog, row: AsRunRow) -> None:
    log.append(replace(row, heard=False, simulated=True))
    last = log.last()
    assert last is not None
    assert last.row.heard is False
    assert last.row.simulated is True


def test_an_airing_has_one_outcome_on_a_cluster(log: AsRunLog, row: AsRunRow) -> None:
    log.append(row)
    with pytest.raises(EvidenceBroken):
        log.append(replace(row, detail="lần nữa"))
    assert len(list(log.rows())) == 1


def test_an_airing_has_an_outcome_on_each_cluster(log: AsRunLog, row: AsRunRow) -> None:
    log.append(row)
    log.append(replace(row, cluster="thon-1"))
    assert log.has(row.airing, "trung-tam")
    assert log.has(row.airing, "thon-1")
    assert not log.has(row.airing, "thon-2")


def test_refused_row_leaves_no_gap(log: AsRunLog, row: AsRunRow) -> None:
    log.append(row)
    with pytest.raises(EvidenceBroken):
        log.append(row)
    assert log.append(replace(row, cluster="thon-1")).seq == 2


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [1, 2, 3, 4]),
        ({"first": date(2026, 10, 11)}, [2, 3, 4]),
        ({"last": date(2026, 10, 11)}, [1, 2]),
        ({"first": date(2026, 10, 11), "last": date(2026, 10, 12)}, [2, 3]),
        ({"first": date(2026, 10, 12), "last": date(2026, 10, 11)}, []),
        ({"last": date.max}, [1, 2, 3, 4]),
    ],
)
def test_days_asked_for_are_both_included(log: AsRunLog, aired: Nth, asked: dict[str, Any], found: list[int]) -> None:
    for number in range(1, 5):
        log.append(aired(number))
    assert [each.seq for each in log.rows(**asked)] == found


def test_day_of_a_row_is_its_day_in_vietnam(log: AsRunLog, row: AsRunRow) -> None:
    evening_before_in_utc = datetime(2026, 10, 9, 22, 30, tzinfo=UTC)
    log.append(replace(row, planned_start=evening_before_in_utc))
    assert [each.seq for each in log.rows(first=date(2026, 10, 10), last=date(2026, 10, 10))] == [1]


def test_last_second_of_a_day_belongs_to_it(log: AsRunLog, row: AsRunRow) -> None:
    log.append(replace(row, planned_start=datetime(2026, 10, 10, 23, 59, 59, 999_999, tzinfo=VIETNAM)))
    log.append(replace(row, cluster="thon-1", planned_start=datetime(2026, 10, 11, tzinfo=VIETNAM)))
    assert [each.seq for each in log.rows(last=date(2026, 10, 10))] == [1]


def test_a_commune_sees_its_own_rows(log: AsRunLog, aired: Nth) -> None:
    log.append(aired(1))
    log.append(replace(aired(2), commune="hoang-truong"))
    assert [each.seq for each in log.rows(commune="hoang-truong")] == [2]


def test_rows_added_while_somebody_reads_do_not_disturb_the_reader(log: AsRunLog, aired: Nth) -> None:
    log.append(aired(1))
    reading = log.rows()
    first = next(reading)
    log.append(aired(2))
    assert first.seq == 1
    assert [each.seq for each in reading] in ([], [2])


def test_time_of_a_row_is_told_in_vietnam(log: AsRunLog, row: AsRunRow) -> None:
    log.append(row)
    last = log.last()
    assert last is not None
    assert last.row.planned_start.utcoffset() == timedelta(hours=7)
