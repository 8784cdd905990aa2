"""What is late is played, joined or missed as rule 11 says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from broadcaster.clock import VIETNAM
from broadcaster.model.as_run import OutcomeReason
from broadcaster.model.plan import Airing, AiringKind, AiringStatus
from broadcaster.schedule.lateness import Missed, PlayLate, when_late

START = datetime(2026, 10, 10, 5, 30, tzinfo=VIETNAM)
SCRIPT = Airing(
    id="hoang-dao/2026-10-10/05:30:00/ban-tin-xa",
    commune="hoang-dao",
    date=date(2026, 10, 10),
    planned_start=START,
    start=START,
    length_s=900,
    entry="ban-tin-xa",
    title="Bản tin xã",
    item="ban-tin/mau.txt",
    kind=AiringKind.SCRIPT,
    priority=60,
    status=AiringStatus.PLANNED,
    window_end=START + timedelta(minutes=60),
)
RELAY = replace(SCRIPT, kind=AiringKind.RELAY, item="vov1")
TOO_LATE = Missed(reason=OutcomeReason.TOO_LATE)


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def test_two_minutes_late_is_played_and_a_moment_more_is_missed() -> None:
    assert when_late(SCRIPT, now=after(0), length_s=600) == PlayLate(late_s=0, length_s=600)
    assert when_late(SCRIPT, now=after(120), length_s=600) == PlayLate(late_s=120, length_s=600)
    assert when_late(SCRIPT, now=after(120.001), length_s=600) == TOO_LATE


def test_the_entrys_own_limit_counts() -> None:
    assert when_late(replace(SCRIPT, late_limit_s=0), now=after(0.5), length_s=600) == TOO_LATE
    assert isinstance(when_late(replace(SCRIPT, late_limit_s=600), now=after(599), length_s=600), PlayLate)


def test_a_late_one_still_ends_inside_its_window() -> None:
    closing = replace(SCRIPT, window_end=after(660))
    assert isinstance(when_late(closing, now=after(60), length_s=600), PlayLate)
    assert when_late(closing, now=after(61), length_s=600) == TOO_LATE
    assert isinstance(when_late(replace(SCRIPT, window_end=None), now=after(61), length_s=86_400), PlayLate)


def test_one_that_is_not_due_yet_is_in_time() -> None:
    assert when_late(SCRIPT, now=after(-3), length_s=600) == PlayLate(late_s=0, length_s=600)
    assert when_late(replace(SCRIPT, window_end=after(599)), now=after(-3), length_s=600) == TOO_LATE


@pytest.mark.parametrize(("late_s", "left_s"), [(0, 900), (300, 600), (899, 1)])
def test_a_relay_joins_in_progress_however_late(late_s: float, left_s: float) -> None:
    assert when_late(RELAY, now=after(late_s), length_s=900) == PlayLate(late_s=late_s, length_s=left_s)


def test_a_relay_that_is_over_is_missed() -> None:
    assert when_late(RELAY, now=after(900), length_s=900) == TOO_LATE


def test_what_was_dropped_cannot_be_late() -> None:
    with pytest.raises(ValueError, match="no start"):
        when_late(replace(SCRIPT, start=None), now=START, length_s=1)
