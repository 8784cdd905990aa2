"""A station in a fresh folder for each test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from station.day import AIRTIME, SCHEDULE, Day

from broadcaster.model.as_run import LogRow
from broadcaster.station.booth import Booth
from broadcaster.station.deck import Deck
from broadcaster.station.outcomes import Outcomes
from broadcaster.station.render import Renderer
from broadcaster.station.station import open_station
from broadcaster.station.workspace import create
from broadcaster.testing import ManualClock, RecordingOutput


@pytest.fixture
def day(tmp_path: Path) -> Iterator[Day]:
    clock = ManualClock(AIRTIME - timedelta(minutes=30))
    workspace = create(tmp_path / "đài thử", schedule=SCHEDULE, scripts=())
    with open_station(workspace.folder, clock=clock) as station:
        output = RecordingOutput("loa", clock=clock)
        station.__dict__["outputs"] = {"loa": output}
        told: list[LogRow] = []
        warned: list[str] = []
        stop = Event()
        renderer, outcomes = Renderer(station), Outcomes(station, tell=told.append, warn=warned.append)
        made = Day(
            station=station,
            clock=clock,
            output=output,
            renderer=renderer,
            outcomes=outcomes,
            booth=Booth(station, Deck(station, renderer), outcomes, stop=stop),
            stop=stop,
            told=told,
            warned=warned,
        )
        made.write("Xin chào bà con.")
        yield made
