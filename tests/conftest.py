"""Fixtures for every test; real programs from outside Python are declared with `@pytest.mark.needs("name")`."""

from __future__ import annotations

import importlib.util
import os
from datetime import datetime
from pathlib import Path

import pytest

from broadcaster.clock import VIETNAM
from broadcaster.testing import ManualClock

_spec = importlib.util.spec_from_file_location("programs", Path(__file__).with_name("programs.py"))
assert _spec is not None
assert _spec.loader is not None
programs = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(programs)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A missing program skips with the command that brings it; with BROADCASTER_TEST_ALL=1 it fails instead."""
    for marker in item.iter_markers("needs"):
        absent = programs.missing(marker.args)
        if not absent:
            continue
        message = f"needs {', '.join(absent)}: {programs.remedy(absent)}"
        if os.environ.get("BROADCASTER_TEST_ALL"):
            pytest.fail(message, pytrace=False)
        pytest.skip(message)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 10, 10, 5, 30, tzinfo=VIETNAM))
