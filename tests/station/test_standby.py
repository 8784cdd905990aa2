"""The airings of one instant: all that may go start together, and nobody holds up anybody else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from station.running import Running, entry

from broadcaster.errors import BroadcasterError
from broadcaster.model.as_run import Intent, Outcome, OutcomeReason
from broadcaster.station.booth import Booth
from broadcaster.station.deck import Deck
from broadcaster.station.line_up import LineUp
from broadcaster.station.outcomes import Outcomes
from broadcaster.station.render import Renderer
from broadcaster.station.standby import Standby, lead
from broadcaster.testing import RecordingOutput, RecordingOutputStream


class Instant:
    """One instant a second and a half from now, and those who put back and complain."""

    def __init__(self, running: Running, *names: str) -> None:
        self.running = running
        self.at = running.soon(2.5)
        running.schedule(*(entry(name, self.at) for name in names))
        station, self.stop = running.station, threading.Event()
        outcomes = Outcomes(station, tell=lambda _: None, warn=running.said.append)
        self.booth = Booth(station, Deck(station, Renderer(station)), outcomes, stop=self.stop)
        self.line_up = LineUp(station, self.booth)
        self.put_back: list[Intent] = []
        self.troubles: list[BroadcasterError | OSError] = []
        self.intents = self.line_up.renew()

    def standby(self, intents: list[Intent] | None = None, *, at: datetime | None = None) -> Standby:
        return Standby(
            self.booth,
            self.line_up,
            at or self.at,
            [intent for intent in intents or self.intents if self.line_up.take(intent)],
            put_back=self.put_back.append,
            trouble=lambda _, error: self.troubles.append(error),
        )

    def begun(self) -> list[datetime | None]:
        return [intent.began_at for intent in self.running.station.ledger.open()]


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    made = Running(tmp_path / "dai")
    made.approve("tin")
    yield made
    made.station.close()


def test_both_clusters_start_at_the_instant_and_not_before(running: Running) -> None:
    instant = Instant(running, "tin")

    instant.standby().run()

    rows = running.rows()
    assert [(row.outcome, row.reason) for row in rows] == [(Outcome.PLAYED, None)] * 2
    assert all(row.started_at is not None and row.started_at >= instant.at for row in rows)
    assert len({row.audio_sha256 for row in rows}) == 1
    assert instant.begun() == []
    assert not any(instant.line_up.is_taken(intent) for intent in instant.intents)


def test_one_that_may_not_air_holds_up_nobody(running: Running) -> None:
    instant = Instant(running, "tin", "nhap")
    at_once = [replace(each, airing=replace(each.airing, start=instant.at)) for each in instant.intents]
    running.station.ledger.intend(at_once)
    instant.line_up._wanted = {(each.airing.id, each.cluster): instant.at for each in at_once}

    instant.standby(at_once).run()

    ends = sorted((row.title, row.outcome, row.reason) for row in running.rows())
    assert ends == [
        *[("nhap", Outcome.MISSED, OutcomeReason.NOT_APPROVED)] * 2,
        *[("tin", Outcome.PLAYED, None)] * 2,
    ]


def test_what_was_taken_out_of_the_schedule_in_the_last_second_does_not_sound(running: Running) -> None:
    instant = Instant(running, "tin")
    instant.line_up._wanted = {}

    instant.standby().run()

    assert [(row.outcome, row.reason) for row in running.rows()] == [(Outcome.CANCELLED, OutcomeReason.WITHDRAWN)] * 2
    assert {row.played_s for row in running.rows()} == {0.0}


def test_what_was_taken_out_of_the_schedule_does_not_sound_late_either(running: Running) -> None:
    instant = Instant(running, "tin")
    instant.line_up._wanted = {}

    instant.standby(at=instant.at - timedelta(seconds=10)).run()

    assert [(row.outcome, row.reason) for row in running.rows()] == [(Outcome.CANCELLED, OutcomeReason.WITHDRAWN)] * 2


def test_what_was_moved_in_the_last_second_waits_again(running: Running) -> None:
    instant = Instant(running, "tin")
    later = {(each.airing.id, each.cluster): instant.at + timedelta(minutes=5) for each in instant.intents}
    instant.line_up._wanted = later

    instant.standby().run()

    assert running.rows() == []
    assert instant.begun() == [None, None]
    assert len(instant.put_back) == 2
    assert not any(instant.line_up.is_taken(intent) for intent in instant.intents)


@pytest.mark.parametrize("seconds", [600, -600])
def test_while_the_clock_is_doubted_nothing_starts(running: Running, seconds: int) -> None:
    instant = Instant(running, "tin")
    running.station.timekeeper.judge()
    standby = threading.Thread(target=instant.standby().run)
    standby.start()
    running.clock.wait(0.5)

    running.clock.jump(seconds)
    standby.join(20)
    running.clock.jump(-seconds)

    assert not standby.is_alive() or seconds < 0
    standby.join()
    assert running.rows() == []
    assert instant.begun() == [None, None]
    assert len(instant.put_back) == 2


def test_stopped_before_the_instant_nothing_has_an_outcome(running: Running) -> None:
    instant = Instant(running, "tin")
    standby = threading.Thread(target=instant.standby().run)
    standby.start()

    instant.stop.set()
    standby.join()

    assert running.rows() == []
    assert instant.begun() == [None, None]


def test_a_device_that_hangs_holds_up_nobody(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    hanging = threading.Event()
    device = RecordingOutput("loa", clock=running.clock)
    device.occupies = "sound-card:"
    write = RecordingOutputStream.write
    written = 0

    def hang(stream: RecordingOutputStream, block: NDArray[np.int16]) -> None:
        nonlocal written
        written += 1
        if written > 1:
            hanging.wait(60)
        write(stream, block)

    monkeypatch.setattr(RecordingOutputStream, "write", hang)
    instant = Instant(running, "tin")
    running.station.use(outputs={**running.station.outputs, "loa": device})
    standby = threading.Thread(target=instant.standby().run)
    standby.start()

    running.wait_for_rows(1)
    (row,) = running.rows()
    hanging.set()
    standby.join()

    assert (row.cluster, row.outcome) == ("thon-1", Outcome.PLAYED)
    assert len(running.rows()) == 2


def test_one_whose_instant_has_passed_plays_late_and_says_so(running: Running) -> None:
    instant = Instant(running, "tin")
    running.clock.wait((instant.at - running.clock.now()).total_seconds() + 2)

    instant.standby().run()

    assert [(row.outcome, row.reason) for row in running.rows()] == [(Outcome.PLAYED, OutcomeReason.LATE)] * 2


def test_many_are_called_for_earlier_than_one() -> None:
    assert lead(1) < timedelta(seconds=5)
    assert lead(500) > timedelta(seconds=10)
