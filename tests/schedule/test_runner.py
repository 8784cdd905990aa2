"""The runner on the machine's own clock, with instants a moment ahead."""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta

import pytest

from broadcaster.clock import SystemClock
from broadcaster.model.as_run import Intent
from broadcaster.model.plan import Airing, AiringKind, AiringStatus
from broadcaster.schedule.runner import Runner

CLOCK = SystemClock()
PATIENCE_S = 20.0


def intent(start: datetime, number: int = 0, *, cluster: str = "trung-tam") -> Intent:
    airing = Airing(
        id=f"xa-{number}/{start.date()}/{start.time()}/ban-tin-xa",
        commune=f"xa-{number}",
        date=start.date(),
        planned_start=start,
        start=start,
        length_s=60,
        entry="ban-tin-xa",
        title="Bản tin xã",
        item="ban-tin/mau.txt",
        kind=AiringKind.SCRIPT,
        priority=50,
        status=AiringStatus.PLANNED,
    )
    return Intent(airing=airing, cluster=cluster, output="loa-may")


def soon(seconds: float = 1.0) -> datetime:
    return CLOCK.now() + timedelta(seconds=seconds)


class Desk:
    """Takes calls as the station does, and notes when they came."""

    def __init__(self, enough: int = 1) -> None:
        self.calls: list[tuple[datetime, tuple[Intent, ...], datetime]] = []
        self._enough = enough
        self._done = threading.Event()

    def due(self, instant: datetime, intents: tuple[Intent, ...]) -> None:
        self.calls.append((instant, intents, CLOCK.now()))
        if sum(len(call[1]) for call in self.calls) >= self._enough:
            self._done.set()

    def wait(self) -> None:
        assert self._done.wait(PATIENCE_S), f"only {len(self.calls)} calls"

    @property
    def keys(self) -> list[tuple[str, str]]:
        return [(one.airing.id, one.cluster) for call in self.calls for one in call[1]]


def runner_of(desk: Desk, *, lead: timedelta = timedelta()) -> Runner:
    return Runner(CLOCK, on_due=desk.due, on_replan=lambda: None, lead=lambda _: lead)


def test_five_hundred_airings_of_one_second_are_all_called_once(caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk(enough=500)
    runner = runner_of(desk)
    start = soon()
    with caplog.at_level(logging.WARNING):
        runner.expect(intent(start, number) for number in range(500))
        runner.start()
        desk.wait()
        runner.stop()
    assert len(desk.calls) == 1
    assert len(set(desk.keys)) == 500
    assert desk.calls[0][2] >= start
    assert caplog.records == []


def test_each_instant_is_called_at_its_time_and_not_before() -> None:
    desk = Desk(enough=3)
    runner = runner_of(desk)
    first = soon(0.6)
    instants = [first, first + timedelta(milliseconds=150), first + timedelta(milliseconds=700)]
    runner.expect(intent(instant, number) for number, instant in enumerate(instants))
    runner.start()
    desk.wait()
    runner.stop()
    assert [call[0] for call in sorted(desk.calls)] == instants
    assert all(called >= instant for instant, _, called in desk.calls)


def test_the_lead_gives_time_to_get_ready() -> None:
    desk = Desk()
    runner = runner_of(desk, lead=timedelta(seconds=3))
    start = soon(3.5)
    runner.expect([intent(start)])
    runner.start()
    desk.wait()
    runner.stop()
    instant, _, called = desk.calls[0]
    assert instant == start
    assert start - timedelta(seconds=3) <= called < start


def test_what_is_past_already_is_called_at_once_for_others_to_judge() -> None:
    desk = Desk()
    runner = runner_of(desk)
    runner.expect([intent(soon(-3600))])
    runner.start()
    desk.wait()
    runner.stop()
    assert len(desk.keys) == 1


def test_a_new_plan_replaces_the_old_one_and_repeats_nothing() -> None:
    desk = Desk(enough=3)
    runner = runner_of(desk)
    kept, withdrawn, added = intent(soon(0.8), 1), intent(soon(0.8), 2), intent(soon(0.9), 3)
    called = intent(soon(-1), 4)
    runner.start()
    runner.expect([called, kept, withdrawn])
    for _ in range(20):
        runner.expect([called, kept, added])
    desk.wait()
    runner.expect([called, kept, added])
    runner.stop()
    assert sorted(desk.keys) == sorted((one.airing.id, one.cluster) for one in (called, kept, added))


def test_re_planning_while_airings_fall_due_neither_loses_nor_doubles_one() -> None:
    first = soon(0.5)
    intents = [intent(first + timedelta(milliseconds=20 * number), number) for number in range(50)]
    desk = Desk(enough=50)
    runner = runner_of(desk)
    runner.expect(intents)
    runner.start()
    while CLOCK.now() < first + timedelta(seconds=1):
        runner.expect(intents)
        CLOCK.wait(0.01)
    desk.wait()
    runner.stop()
    assert sorted(desk.keys) == sorted((one.airing.id, one.cluster) for one in intents)


def test_two_clusters_of_one_airing_are_two_calls_of_one_instant() -> None:
    desk = Desk(enough=2)
    runner = runner_of(desk)
    start = soon(0.5)
    runner.expect([intent(start, cluster="trung-tam"), intent(start, cluster="thon-1")])
    runner.start()
    desk.wait()
    runner.stop()
    assert [cluster for _, cluster in desk.keys] == ["trung-tam", "thon-1"]


def test_nothing_is_called_after_stop() -> None:
    desk = Desk()
    runner = runner_of(desk)
    runner.expect([intent(soon(0.6))])
    runner.start()
    CLOCK.wait(0.4)
    runner.stop()
    CLOCK.wait(0.5)
    assert desk.calls == []


def test_the_plan_is_made_anew_every_night() -> None:
    replanned = threading.Event()
    at = soon(1.5)
    runner = Runner(CLOCK, on_due=Desk().due, on_replan=replanned.set, replan_at=at.time().replace(microsecond=0))
    runner.start()
    assert replanned.wait(PATIENCE_S)
    runner.stop()


def test_stop_before_start_is_nothing_to_do() -> None:
    runner_of(Desk()).stop()
