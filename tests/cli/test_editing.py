"""`edit` as people type it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from broadcaster.station.workspace import create

Run = Callable[..., subprocess.CompletedProcess[str]]
NOW = ("--now", "2026-11-25T08:00:00+07:00")


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return create(tmp_path / "dai").folder


def test_override_of_a_day_that_is_past_is_refused(station: Path, broadcaster: Run) -> None:
    before = (station / "schedule.yaml").read_bytes()

    result = broadcaster(
        *NOW, "edit", "once", "ban-tin-xa", "--date", "24/11/2026", "--drop", "--by", "A", workspace=station
    )

    assert result.returncode == 2
    assert "Ngày 24/11/2026 đã qua" in result.stderr
    assert "25/11/2026" in result.stderr, "today is the first that may be given"
    assert (station / "schedule.yaml").read_bytes() == before


def test_script_that_is_not_there_is_told_when_it_is_named(station: Path, broadcaster: Run) -> None:
    other = (*NOW, "edit", "once", "ban-tin-xa", "--date", "26/11/2026", "--script", "bai/chua-viet.txt")

    preview = broadcaster(*other, "--preview", workspace=station)
    saved = broadcaster(*other, "--by", "A", workspace=station)

    assert "bài bai/chua-viet.txt chưa có trong scripts_content/" in preview.stdout
    assert saved.returncode == 0
    assert "chưa có bài bai/chua-viet.txt" in saved.stderr
