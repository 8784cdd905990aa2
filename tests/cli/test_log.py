"""`log --commune`: one commune's rows, and no table for a commune that nobody knows."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]


@pytest.mark.parametrize("commune", ["hoang-dao", "hoang-truong"], ids=["scheduled", "only in the log"])
def test_commune_that_the_schedule_or_the_log_knows_has_its_rows(folder: Path, broadcaster: Run, commune: str) -> None:
    result = broadcaster("log", "--commune", commune, "--json", workspace=folder)
    assert [row["commune"] for row in json.loads(result.stdout)] == [commune]


def test_scheduled_commune_without_rows_has_an_empty_log(fresh: Path, broadcaster: Run) -> None:
    result = broadcaster("log", "--commune", "hoang-dao", "--json", workspace=fresh)
    assert (result.returncode, json.loads(result.stdout)) == (0, [])


@pytest.mark.parametrize("more", [[], ["--json"], ["--from", "01/10/2026"]])
def test_commune_that_nobody_knows_is_refused(folder: Path, broadcaster: Run, more: list[str]) -> None:
    result = broadcaster("log", "--commune", "zzz", *more, workspace=folder)
    assert (result.returncode, result.stdout) == (2, "")
    assert "“zzz”" in result.stderr
    assert "hoang-dao" in result.stderr
