"""A clock is believed until something speaks against it, and doubted until something speaks for it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from broadcaster.clock import VIETNAM, ClockStanding
from broadcaster.schedule.clock_trust import Basis, ClockTrust, Doubt, Reading

NOW = datetime(2026, 10, 10, 5, 0, tzinfo=VIETNAM)
MINUTE = timedelta(minutes=1)


class Machine:
    """A clock whose two times are moved by hand."""

    def __init__(self, at: datetime = NOW, *, chip: bool | None = None) -> None:
        self.at = at
        self.steady_s = 1000.0
        self.synchronised: bool | None = None
        self.chip = chip

    def goes_on(self, span: timedelta) -> Machine:
        self.at += span
        self.steady_s += span.total_seconds()
        return self

    def is_set(self, by: timedelta, *, synchronised: bool | None = None) -> Machine:
        self.at += by
        self.synchronised = synchronised
        return self

    @property
    def reading(self) -> Reading:
        standing = ClockStanding(synchronised=self.synchronised, has_chip=self.chip)
        return Reading(at=self.at, steady_s=self.steady_s, standing=standing)


def test_a_clock_that_nothing_speaks_against_is_believed() -> None:
    machine, trust = Machine(), ClockTrust(records_until=NOW - 60 * MINUTE)

    for _ in range(5):
        judgement = trust.observe(machine.goes_on(60 * MINUTE).reading)
        assert (judgement.doubt, judgement.basis) == (None, Basis.SYSTEM)
    assert str(judgement) == "system +0.000 s"


def test_a_clock_that_a_time_service_keeps_says_so() -> None:
    machine = Machine().is_set(timedelta(), synchronised=True)
    assert str(ClockTrust().observe(machine.reading)) == "synchronised +0.000 s"


@pytest.mark.parametrize("minutes", [10, -10])
def test_a_jump_that_nobody_stands_behind_is_doubted_until_it_is_taken_back(minutes: int) -> None:
    machine, trust = Machine(), ClockTrust()
    trust.observe(machine.reading)

    jumped = trust.observe(machine.goes_on(MINUTE).is_set(minutes * MINUTE).reading)
    later = trust.observe(machine.goes_on(60 * MINUTE).reading)
    back = trust.observe(machine.is_set(-minutes * MINUTE).reading)

    assert (jumped.doubt, jumped.moved) == (Doubt.JUMPED, minutes * MINUTE)
    assert later.doubt is Doubt.JUMPED, "time alone mends no clock"
    assert str(later) == f"jumped {minutes * 60:+.3f} s"
    assert back.trusted


@pytest.mark.parametrize("minutes", [10, -10])
def test_a_jump_of_the_time_service_is_a_correction(minutes: int) -> None:
    machine, trust = Machine(), ClockTrust()
    trust.observe(machine.reading)

    judgement = trust.observe(machine.goes_on(MINUTE).is_set(minutes * MINUTE, synchronised=True).reading)

    assert judgement.trusted
    assert judgement.moved == minutes * MINUTE


def test_a_jump_is_believed_once_the_time_service_confirms_it() -> None:
    """The kernel forgets that it was synchronised when the time is set, and is told again a moment later."""
    machine, trust = Machine().is_set(timedelta(), synchronised=True), ClockTrust()
    trust.observe(machine.reading)

    assert trust.observe(machine.is_set(10 * MINUTE, synchronised=False).reading).doubt is Doubt.JUMPED
    assert trust.observe(machine.is_set(timedelta(), synchronised=True).reading).trusted


@pytest.mark.parametrize("seconds", [1, -1, 7, -7])
def test_leap_seconds_and_small_corrections_are_followed(seconds: int) -> None:
    machine, trust = Machine(), ClockTrust()
    trust.observe(machine.reading)

    judgement = trust.observe(machine.goes_on(MINUTE).is_set(timedelta(seconds=seconds)).reading)

    assert judgement.trusted
    assert str(judgement) == f"system {seconds:+d}.000 s"


def test_a_smeared_leap_second_is_not_noticed() -> None:
    machine, trust = Machine(), ClockTrust()
    for _ in range(24):
        machine.goes_on(60 * MINUTE).is_set(timedelta(seconds=-1 / 24))
        assert abs(trust.observe(machine.reading).moved) < timedelta(seconds=0.1)


def test_a_cold_boot_without_a_clock_chip_wakes_up_behind_the_records() -> None:
    machine = Machine(datetime(2026, 10, 9, 17, 0, tzinfo=VIETNAM))
    trust = ClockTrust(records_until=NOW)

    first = trust.observe(machine.reading)

    assert first.doubt is Doubt.BEHIND_RECORDS
    assert first.off == machine.at - NOW
    assert trust.observe(machine.goes_on(24 * 60 * MINUTE).reading).doubt is Doubt.BEHIND_RECORDS, "it is still wrong"


def test_a_cold_boot_in_1970_is_doubted_without_any_records() -> None:
    assert ClockTrust().observe(Machine(datetime(1970, 1, 1, 7, tzinfo=VIETNAM)).reading).doubt is Doubt.BEFORE_PROGRAM


def test_a_board_that_was_never_set_is_doubted_although_its_time_looks_well() -> None:
    machine, trust = Machine(chip=False).is_set(timedelta(), synchronised=False), ClockTrust(records_until=NOW)

    assert trust.observe(machine.reading).doubt is Doubt.NEVER_SET
    assert trust.observe(machine.is_set(500 * MINUTE, synchronised=True).reading).trusted


def test_a_machine_with_a_chip_and_no_network_is_believed() -> None:
    machine = Machine(chip=True).is_set(timedelta(), synchronised=False)
    assert ClockTrust(records_until=NOW).observe(machine.reading).trusted


@pytest.mark.parametrize("start", [datetime(1970, 1, 1, 7, tzinfo=VIETNAM), NOW - 600 * MINUTE])
@pytest.mark.parametrize("synchronised", [True, None])
def test_ntp_that_comes_late_ends_the_doubt(start: datetime, synchronised: bool | None) -> None:
    machine, trust = Machine(start), ClockTrust(records_until=NOW)
    assert not trust.observe(machine.reading).trusted
    assert not trust.observe(machine.goes_on(5 * MINUTE).reading).trusted

    machine.is_set(NOW + 600 * MINUTE - machine.at, synchronised=synchronised)

    assert trust.observe(machine.reading).trusted
    assert trust.observe(machine.goes_on(MINUTE).reading).trusted


def test_a_wrong_time_set_by_hand_is_no_better() -> None:
    machine, trust = Machine(NOW - 600 * MINUTE), ClockTrust(records_until=NOW)
    trust.observe(machine.reading)
    assert trust.observe(machine.is_set(60 * MINUTE).reading).doubt is Doubt.BEHIND_RECORDS


def test_records_from_a_fast_clock_do_not_hold_a_synchronised_one() -> None:
    machine = Machine().is_set(timedelta(), synchronised=True)
    assert ClockTrust(records_until=NOW + 60 * MINUTE).observe(machine.reading).trusted


def test_somebody_may_vouch_for_the_clock_as_it_is_but_not_for_what_it_becomes() -> None:
    machine, trust = Machine(), ClockTrust(records_until=NOW + 600 * MINUTE, confirmed=True)

    first = trust.observe(machine.reading)

    assert (first.doubt, first.basis) == (None, Basis.OPERATOR)
    assert trust.observe(machine.goes_on(MINUTE).is_set(10 * MINUTE).reading).doubt is Doubt.JUMPED


def test_nobody_can_vouch_for_1970() -> None:
    machine = Machine(datetime(1970, 1, 1, 7, tzinfo=VIETNAM))
    assert not ClockTrust(confirmed=True).observe(machine.reading).trusted


def test_a_jump_between_two_runs_in_one_boot_is_seen() -> None:
    machine, before = Machine(), ClockTrust()
    before.observe(machine.reading)
    machine.goes_on(60 * MINUTE).is_set(10 * MINUTE)

    again = ClockTrust(records_until=NOW, origin=before.origin).observe(machine.reading)

    assert (again.doubt, again.off) == (Doubt.JUMPED, 10 * MINUTE)


def test_a_doubt_outlives_the_run_that_had_it() -> None:
    """Three minutes behind at the start, and started again four minutes later."""
    machine, before = Machine(NOW - 3 * MINUTE), ClockTrust(records_until=NOW)
    assert not before.observe(machine.reading).trusted

    again = ClockTrust(records_until=NOW, origin=before.origin).observe(machine.goes_on(4 * MINUTE).reading)

    assert again.doubt is Doubt.JUMPED
