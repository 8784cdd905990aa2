"""What every clock must do, the machine's and the fake."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import datetime, timedelta

import pytest

from broadcaster.clock import VIETNAM, Clock, SimulatedClock, SteadyClock, SystemClock
from broadcaster.testing import ManualClock, SettableClock

NOW = datetime(2026, 10, 10, 5, 30, tzinfo=VIETNAM)


@pytest.fixture(params=["system", "manual", "settable", "simulated", "steady"])
def clock(request: pytest.FixtureRequest) -> Clock:
    match request.param:
        case "system":
            return SystemClock()
        case "manual":
            return ManualClock(NOW)
        case "simulated":
            return SimulatedClock(NOW)
        case "settable":
            return SettableClock()
    return SteadyClock(SystemClock())


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


def test_it_says_how_far_it_may_be_believed(clock: Clock) -> None:
    standing = clock.standing()

    assert standing.synchronised in (True, False, None)
    assert standing.has_chip in (True, False, None)
    assert standing.boot == clock.standing().boot


def test_setting_the_clock_leaves_the_monotonic_time_alone() -> None:
    clock = ManualClock(NOW)

    clock.jump(-600)

    assert clock.now() == NOW - timedelta(minutes=10)
    assert clock.monotonic() == 0.0


def test_a_clock_that_is_set_during_a_wait_does_not_draw_it_out() -> None:
    clock = ManualClock(NOW)
    clock.jump(-600, after=30)

    clock.wait(60)

    assert clock.monotonic() == 60.0
    assert clock.now() == NOW + timedelta(minutes=1) - timedelta(minutes=10)


def test_what_is_on_the_air_goes_by_a_clock_that_nobody_can_set() -> None:
    clock = ManualClock(NOW)
    steady = SteadyClock(clock)

    clock.jump(600)
    steady.wait(5)

    assert steady.now() == NOW + timedelta(seconds=5)


@pytest.mark.parametrize("zone", [None, "", "UTC", "America/New_York", ":khong/co", "Asia/Ho_Chi_Minh", "XYZ-13"])
def test_the_machines_zone_does_not_matter(zone: str | None) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "TZ"}
    environment |= {} if zone is None else {"TZ": zone}
    program = "from broadcaster.clock import SystemClock; print(SystemClock().now().isoformat())"

    said = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    ).stdout.strip()

    told = datetime.fromisoformat(said)
    assert told.utcoffset() == timedelta(hours=7)
    assert abs(told - SystemClock().now()) < timedelta(minutes=1)
