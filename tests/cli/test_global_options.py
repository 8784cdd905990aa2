"""`--workspace` and `--now` may stand before or after the command."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def plan(*arguments: str) -> object:
    command = [sys.executable, "-m", "broadcaster", *arguments]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("dai") / "moi"
    subprocess.run([sys.executable, "-m", "broadcaster", "init", str(folder)], check=True, capture_output=True)
    return str(folder)


def test_now_decides_which_day_is_planned(workspace: str) -> None:
    before = plan("--workspace", workspace, "--now", "2026-10-10T04:00:00+07:00", "plan", "--json")
    after = plan("plan", "--json", "--now=2026-10-10T04:00:00+07:00", "--workspace", workspace)

    assert isinstance(before, list)
    assert {row["date"] for row in before} == {"2026-10-10"}
    assert before == after


def test_now_is_taken_in_vietnam_wherever_it_comes_from(workspace: str) -> None:
    rows = plan("--workspace", workspace, "--now", "2026-10-09T18:00:00Z", "plan", "--json")

    assert isinstance(rows, list)
    assert {row["date"] for row in rows} == {"2026-10-10"}
