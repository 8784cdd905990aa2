"""Every airing gets one outcome, also when the station died while it sounded."""

from __future__ import annotations

from datetime import timedelta

import pytest
from station.day import AIRTIME, Day

from broadcaster.errors import DiskFull, EvidenceBroken
from broadcaster.model.as_run import Outcome, OutcomeReason
from broadcaster.station.booth import Refused
from broadcaster.station.line_up import LineUp
from broadcaster.station.outcomes import Outcomes
from broadcaster.station.start_marks import StartMarks
from broadcaster.storage.database import Database


def interrupted(day: Day, *, after_s: float) -> None:
    """As a kill leaves it: begun, reported up to `after_s`, no row."""
    day.approve()
    intent = day.intend()
    day.clock.advance(timedelta(minutes=30).total_seconds())
    day.outcomes.begin([(intent, day.renderer.programme(intent.airing).programme)], at=day.clock.now())
    if after_s:
        day.outcomes.progress(intent, round(after_s * 44_100), 44_100)
        day.outcomes.note_heard()


def test_what_sounded_before_the_station_died_is_partial(day: Day) -> None:
    interrupted(day, after_s=2.0)

    day.outcomes.account_for_interrupted()

    (logged,) = day.rows()
    row = logged.row
    assert (row.outcome, row.reason) == (Outcome.PARTIAL, OutcomeReason.STATION_DIED)
    assert (row.started_at, row.ended_at) == (AIRTIME, AIRTIME + timedelta(seconds=2))
    assert row.played_s == 2.0
    assert row.audio_sha256 is not None
    assert row.approved_by == "Trần Văn Hùng"


def test_dead_before_the_first_second_was_heard_of_it_failed(day: Day) -> None:
    interrupted(day, after_s=0)

    day.outcomes.account_for_interrupted()

    (logged,) = day.rows()
    assert (logged.row.outcome, logged.row.reason) == (Outcome.FAILED, OutcomeReason.STATION_DIED)
    assert logged.row.audio_sha256 is None


def test_accounting_twice_writes_one_row(day: Day) -> None:
    interrupted(day, after_s=2.0)

    day.outcomes.account_for_interrupted()
    day.outcomes.account_for_interrupted()

    assert len(day.rows()) == 1
    assert day.station.ledger.open() == []


def test_a_row_without_its_settled_intent_is_not_written_again(day: Day) -> None:
    """A kill between the row and the ledger cannot happen (one transaction); an old backup of the ledger can."""
    interrupted(day, after_s=2.0)
    (intent,) = day.station.ledger.open()
    day.outcomes.account_for_interrupted()
    day.station.database.write("DELETE FROM settled")
    day.station.ledger.intend([intent])
    day.station.ledger.begin(intent.airing.id, intent.cluster, at=AIRTIME)

    day.outcomes.account_for_interrupted()

    assert len(day.rows()) == 1
    assert day.station.ledger.open() == []


def test_a_second_outcome_is_refused_and_leaves_the_ledger_as_it_was(day: Day) -> None:
    day.approve()
    intent = day.intend()
    day.booth.air(intent, at=AIRTIME)

    with pytest.raises(EvidenceBroken):
        day.booth.air(intent, at=AIRTIME)

    assert len(day.rows()) == 1


def test_what_sounded_on_a_full_disk_has_its_row_once_there_is_room_and_is_not_written_off(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even its beginning could be noted: the ledger knows of nothing."""
    day.approve()
    line_up = LineUp(day.station, day.booth)
    intent, *_ = (each for each in line_up.renew() if each.airing.entry == "tin")
    day.renderer.programme(intent.airing)
    with monkeypatch.context() as full:
        full.setattr(Database, "_run", out_of_room)
        with pytest.raises(DiskFull):
            day.booth.air(intent, at=AIRTIME)
        with pytest.raises(DiskFull):
            day.outcomes.retry()
    (notice,) = day.station.notices.standing()
    assert "CHƯA GHI ĐƯỢC NHẬT KÝ" in notice.message

    day.clock.advance(600)
    assert intent not in line_up.renew()
    assert day.rows() == [], "a new plan knows better than to call it missed"
    day.outcomes.retry()

    (logged,) = day.rows()
    assert (logged.row.outcome, logged.row.reason) == (Outcome.PLAYED, None)
    assert day.station.notices.standing() == ()


def test_beginning_on_a_full_disk_is_known_to_the_next_run(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed before there was room again: it has sounded, and is not begun a second time."""
    day.approve()
    intent = day.intend()
    day.outcomes.account_for_interrupted()
    programme = day.renderer.programme(intent.airing).programme
    with monkeypatch.context() as full:
        full.setattr(Database, "_run", out_of_room)
        day.outcomes.begin([(intent, programme)], at=AIRTIME)
    (waiting,) = day.station.ledger.open()
    assert waiting.began_at is None, "the ledger had no room for it"

    Outcomes(day.station, tell=lambda _: None, warn=day.warned.append).account_for_interrupted()

    (logged,) = day.rows()
    assert (logged.row.outcome, logged.row.reason) == (Outcome.FAILED, OutcomeReason.STATION_DIED)
    assert StartMarks(day.station.workspace.start_marks).read() == {}


def test_airing_that_did_not_start_after_all_is_marked_no_more(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    day.approve()
    intent = day.intend()
    day.outcomes.account_for_interrupted()
    with monkeypatch.context() as full:
        full.setattr(Database, "_run", out_of_room)
        day.outcomes.begin([(intent, None)], at=AIRTIME)
        day.outcomes.stand_down([intent])

    Outcomes(day.station, tell=lambda _: None, warn=day.warned.append).account_for_interrupted()

    assert day.rows() == []


def out_of_room(database: Database, sql: str) -> None:
    if sql == "COMMIT":
        raise DiskFull("Hết chỗ.", remedy="Xóa bớt tệp.")
    database.tables.conn.execute(sql)


def test_a_clock_that_was_set_meanwhile_is_written_into_the_row(day: Day) -> None:
    interrupted(day, after_s=2.0)
    day.outcomes.account_for_interrupted()
    day.clock.jump(-3600)
    relay = day.intend("tiep-song")

    day.booth.refuse(relay, Refused(reason=OutcomeReason.STATION_OFF, detail="Đài không chạy."))

    first, second = (logged.row.clock for logged in day.rows())
    assert first == "system +0.000 s"
    assert second == "jumped -3600.000 s"
