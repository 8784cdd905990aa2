"""Fixtures for every test; real programs from outside Python are declared with `@pytest.mark.needs("name")`."""

from __future__ import annotations

import os
import shutil
from datetime import datetime

import pytest

from broadcaster.clock import VIETNAM
from broadcaster.testing import ManualClock

PACKAGES = {
    "pulseaudio": "pulseaudio pulseaudio-utils",
    "ffmpeg": "ffmpeg",
    "libreoffice": "libreoffice-writer-nogui fonts-liberation2",
    "pdftoppm": "poppler-utils",
    "chromium": "chromium",
    "unshare": "util-linux",
}
"""Program → the Debian packages that bring it."""


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A missing program skips with the command that brings it; with BROADCASTER_TEST_ALL=1 it fails instead."""
    for marker in item.iter_markers("needs"):
        missing = [program for program in marker.args if shutil.which(program) is None]
        if not missing:
            continue
        packages = " ".join(PACKAGES[program] for program in missing)
        message = f"needs {', '.join(missing)}: apt-get install {packages}"
        if os.environ.get("BROADCASTER_TEST_ALL"):
            pytest.fail(message, pytrace=False)
        pytest.skip(message)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 10, 10, 5, 30, tzinfo=VIETNAM))
