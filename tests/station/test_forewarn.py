"""A script that the plan needs tonight and that is gone is told of while there is time; the rest goes on."""

from __future__ import annotations

from datetime import timedelta

from station.day import AIRTIME, SCRIPT, Day

from broadcaster.model.as_run import Outcome, OutcomeReason
from broadcaster.station.forewarn import forewarn


def warned(day: Day) -> list[str]:
    return [notice.message for notice in day.station.notices.standing()]


def look(day: Day) -> None:
    forewarn(day.station, [day.intend(), day.intend("tiep-song")], now=day.clock.now())


def test_nothing_is_said_while_everything_is_there(day: Day) -> None:
    look(day)
    assert warned(day) == []


def test_a_deleted_script_is_told_with_the_airing_that_needs_it(day: Day) -> None:
    (day.station.library.folder / SCRIPT).unlink()

    look(day)

    (message,) = warned(day)
    assert SCRIPT in message
    assert "05:30 ngày 10/10/2026" in message
    assert "“Tin”" in message


def test_its_return_is_told_too(day: Day) -> None:
    text = (day.station.library.folder / SCRIPT).read_bytes()
    (day.station.library.folder / SCRIPT).unlink()
    look(day)
    told: list[str] = []
    day.station.notices.tell = told.append
    (day.station.library.folder / SCRIPT).write_bytes(text)

    look(day)

    assert warned(day) == []
    assert told == [f"Bài {SCRIPT} không còn thiếu cho các lượt sắp phát."]


def test_one_that_cannot_be_read_or_lacks_its_recording_counts_as_gone(day: Day) -> None:
    (day.station.library.folder / SCRIPT).write_bytes(b"\x00" * 50)
    look(day)
    (unreadable,) = warned(day)
    day.write("Bản thu.", head="ban_thu: tin/khong-co.flac\n")
    look(day)
    (without,) = warned(day)

    assert unreadable != without
    assert "tin/khong-co.flac" in without


def test_what_is_needed_the_day_after_tomorrow_can_wait(day: Day) -> None:
    (day.station.library.folder / SCRIPT).unlink()
    forewarn(day.station, [day.intend()], now=AIRTIME - timedelta(hours=25))
    assert warned(day) == []


def test_an_airing_that_was_taken_out_needs_nothing(day: Day) -> None:
    (day.station.library.folder / SCRIPT).unlink()
    look(day)
    forewarn(day.station, [], now=day.clock.now())
    assert warned(day) == []


def test_at_its_time_it_fails_with_its_reason(day: Day) -> None:
    day.approve()
    intent = day.intend()
    (day.station.library.folder / SCRIPT).unlink()

    day.booth.air(intent, at=AIRTIME)

    (logged,) = day.rows()
    assert (logged.row.outcome, logged.row.reason) == (Outcome.FAILED, OutcomeReason.SCRIPT_MISSING)
    assert SCRIPT in logged.row.detail
