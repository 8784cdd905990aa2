"""A station in the middle of its day, and its page on a real port."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from web.a_day import NOW, Day, make_a_day

from broadcaster.station.station import open_station
from broadcaster.testing import ManualClock
from broadcaster.web.server import watched


@pytest.fixture
def port() -> int:
    """One that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
    return number


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The day's folder, made once: its texts are read aloud to be approved."""
    folder = tmp_path_factory.mktemp("web") / "dai"
    make_a_day(folder)
    return folder


@pytest.fixture
def day(made: Path, tmp_path: Path) -> Iterator[Day]:
    """A copy of it for one test."""
    shutil.copytree(made, tmp_path / "dai")
    with open_station(tmp_path / "dai", clock=(clock := ManualClock(NOW))) as station:
        yield Day(station, clock)


@pytest.fixture
def said() -> list[str]:
    """What the operator was told."""
    return []


@pytest.fixture
def url(day: Day, port: int, said: list[str]) -> Iterator[str]:
    with watched(day.station, port=port, tell=said.append) as address:
        yield address
