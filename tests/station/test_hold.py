"""While the clock cannot be believed nothing airs; nothing airs at a wrong hour, and nothing airs twice."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from station.running import Running, SideBySide, entry

from broadcaster.clock import ClockStanding
from broadcaster.model.as_run import Outcome, OutcomeReason
from broadcaster.station.timekeeper import ABOUT

MINUTES = 600.0


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    made = Running(tmp_path / "dai")
    made.approve("tin", "dai")
    yield made
    made.station.close()


def held(running: Running) -> list[str]:
    return [notice.message for notice in running.station.notices.standing() if notice.about == ABOUT]


def an_unexplained_jump(running: Running) -> None:
    missed, refused = running.soon(4), running.soon(14)
    far = running.soon(MINUTES + 6)
    running.schedule(entry("tin", missed, late="1 giây"), entry("dai", far), entry("nhap", refused))

    with running.on_air():
        running.clock.wait(1.5)
        running.clock.jump(MINUTES)
        running.wait_for(lambda: held(running), "the operator to be told")
        running.wait_for(lambda: running.clock.now() > far + timedelta(seconds=1), "what would air by the wrong clock")
        assert running.rows() == []
        running.clock.jump(-MINUTES)
        running.wait_for_rows(4)

    assert held(running) == []
    assert any("đáng tin trở lại" in line for line in running.said)
    by_title = {row.title: (row.outcome, row.reason) for row in running.rows()}
    assert by_title == {
        "tin": (Outcome.MISSED, OutcomeReason.CLOCK_DOUBTED),
        "nhap": (Outcome.MISSED, OutcomeReason.NOT_APPROVED),
    }
    assert {intent.airing.item for intent in running.station.ledger.open()} == {"dai.txt"}


def a_correction_by_the_time_service(running: Running) -> None:
    """Back by ten minutes, on to the same hour once more, and ten minutes on."""
    at = running.soon(4)
    running.schedule(entry("tin", at), entry("dai", at + timedelta(seconds=MINUTES + 12)))

    with running.on_air():
        running.wait_for_rows(2)
        running.clock.jump(-MINUTES, synchronised=True)
        running.wait_for(lambda: any("chỉnh lùi 10 phút" in line for line in running.said), "the jump to be told")
        running.clock.jump((at - timedelta(seconds=5) - running.clock.now()).total_seconds(), synchronised=True)
        running.wait_for(lambda: running.clock.now() > at + timedelta(seconds=2), "the same instant again")
        running.clock.jump(MINUTES, synchronised=True)
        running.wait_for_rows(4)

    assert [(row.title, row.outcome) for row in running.rows()] == [("tin", "played")] * 2 + [("dai", "played")] * 2
    assert all(row.late_ms is not None and 0 <= row.late_ms < 5_000 for row in running.rows())
    assert [row.clock.split()[0] for row in running.rows()] == ["system"] * 2 + ["synchronised"] * 2


def a_jump_under_an_airing(running: Running) -> None:
    running.schedule(entry("dai", running.soon(4)))

    with running.on_air():
        running.wait_for_sound()
        running.clock.jump(-MINUTES)
        running.wait_for_rows(2)

    assert {(row.outcome, row.reason) for row in running.rows()} == {(Outcome.PLAYED, None)}
    assert {row.clock for row in running.rows()} == {"jumped -600.000 s"}


def a_cold_boot_in_the_past(running: Running) -> None:
    """No clock chip: the machine wakes up an hour before its own last plan, and NTP comes late."""
    true = running.clock.now() + timedelta(hours=1)
    running.station.ledger.mark_seen(true - timedelta(minutes=5))
    wrong, right = running.soon(4), true.replace(microsecond=0) + timedelta(seconds=15)
    running.schedule(entry("tin", wrong), entry("dai", right))

    with running.on_air():
        running.wait_for(lambda: running.clock.now() > wrong + timedelta(seconds=1), "a wrong hour to pass")
        assert "chậm" in held(running)[0]
        assert running.rows() == []
        assert running.station.ledger.open() == []
        running.clock.jump((true + timedelta(seconds=8) - running.clock.now()).total_seconds(), synchronised=True)
        running.wait_for_rows(2)

    assert [(row.title, row.outcome) for row in running.rows()] == [("dai", "played")] * 2
    assert held(running) == []


@pytest.fixture(scope="module")
def scenarios(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SideBySide]:
    jumps = an_unexplained_jump, a_correction_by_the_time_service, a_jump_under_an_airing, a_cold_boot_in_the_past
    with ThreadPoolExecutor(len(jumps)) as pool:
        yield SideBySide(pool, tmp_path_factory.mktemp("gio"), *jumps)


def test_a_jump_that_nobody_stands_behind_holds_everything_until_it_is_taken_back(scenarios: SideBySide) -> None:
    scenarios.see(an_unexplained_jump)


def test_a_correction_by_the_time_service_is_followed_and_nothing_airs_twice(scenarios: SideBySide) -> None:
    scenarios.see(a_correction_by_the_time_service)


def test_what_is_on_the_air_goes_on_and_its_row_tells_of_the_clock(scenarios: SideBySide) -> None:
    scenarios.see(a_jump_under_an_airing)


def test_a_cold_boot_in_the_past_waits_for_the_time_service(scenarios: SideBySide) -> None:
    scenarios.see(a_cold_boot_in_the_past)


def test_somebody_may_vouch_for_the_clock(running: Running) -> None:
    running.station.ledger.mark_seen(running.clock.now() + timedelta(hours=1))
    running.station.ledger.mark_seen(running.clock.now() + timedelta(minutes=1))
    running.station.clock_confirmed = True
    running.schedule(entry("tin", running.soon(70)))

    with running.on_air():
        running.wait_for(lambda: len(running.station.ledger.open()) == 2, "the plan")

    assert held(running) == []
    assert running.station.timekeeper.row_state() == "operator +0.000 s"


def test_a_jump_while_the_station_was_off_is_seen_in_the_same_boot(running: Running) -> None:
    running.schedule(entry("tin", running.soon(900)))
    with running.on_air():
        running.clock.wait(0.5)
    running.station.close()
    running.clock.jump(MINUTES)
    running.station = running.opened()

    assert str(running.station.timekeeper.judge()) == "jumped +600.000 s"


def test_after_a_new_boot_the_clock_is_taken_as_it_is(running: Running) -> None:
    running.station.timekeeper.keep()
    running.station.close()
    running.clock.jump(MINUTES)
    running.clock._standing = ClockStanding(boot="2")
    running.station = running.opened()

    assert running.station.timekeeper.judge().trusted


def test_a_doubt_leaves_no_trace_in_what_the_station_has_accounted_for(running: Running) -> None:
    running.schedule(entry("tin", running.soon(900)))
    with running.on_air():
        running.clock.wait(0.5)
        running.clock.jump(3600)
        running.wait_for(lambda: held(running), "the doubt")
    seen = running.station.ledger.seen_until()
    running.clock.jump(-3600)

    assert seen is not None
    assert seen < running.clock.now() + timedelta(minutes=5)
    assert running.rows() == []
