"""A fresh workspace for each test of the real command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from acceptance.driver import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A fresh workspace made by `init`; whatever still runs in it is killed afterwards."""
    fresh = Workspace(tmp_path / "dai")
    result = fresh.run("init")
    assert result.returncode == 0, result.stderr.decode()
    yield fresh
    for process in fresh.running:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture(autouse=True)
def no_sound_card(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever this machine has, these tests listen to files."""
    monkeypatch.setenv("PULSE_SERVER", "unix:/nonexistent")
