"""A fresh workspace for each test of the real command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from acceptance.driver import Workspace, station_in


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with station_in(tmp_path / "dai") as fresh:
        yield fresh


@pytest.fixture(autouse=True)
def no_sound_card(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever this machine has, these tests listen to files."""
    monkeypatch.setenv("PULSE_SERVER", "unix:/nonexistent")
