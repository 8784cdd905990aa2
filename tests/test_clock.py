"""What every clock must do, the machine's and the fake."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest

from broadcaster.clock import VIETNAM, Clock, SystemClock
from broadcaster.testing import ManualClock


@pytest.fixture(params=["system", "manual"])
def clock(request: pytest.FixtureRequest) -> Clock:
    return SystemClock() if request.param == "system" else ManualClock(datetime(2026, 10, 10, 5, 30, tzinfo=VIETNAM))


def test_it_tells_the_time_in_vietnam(clock: Clock) -> None:
    assert clock.now().utcoffset() == timedelta(hours=7)


def test_waiting_lets_both_times_pass(clock: Clock) -> None:
    wall, monotonic = clock.now(), clock.monotonic()

    assert clock.wait(0.05) is False

    assert clock.now() - wall >= timedelta(seconds=0.05)
    assert clock.monotonic() - monotonic >= 0.05


def test_a_wait_ends_when_it_is_told_to(clock: Clock) -> None:
    told = threading.Event()
    told.set()
    before = clock.monotonic()

    assert clock.wait(3600, until=told) is True

    assert clock.monotonic() - before < 60


def test_a_time_that_has_passed_is_not_waited_for(clock: Clock) -> None:
    assert clock.wait(-5) is False
    assert clock.wait(-5, until=threading.Event()) is False
