"""`--help` is answered before anything heavy is imported."""

from __future__ import annotations

import subprocess
import sys

import pytest

LOADED = """
import sys
from broadcaster.cli.main import cli
try:
    cli(["--help"], standalone_mode=False)
finally:
    print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""
HEAVY = {
    "audio": {"numpy", "pydub", "soxr", "miniaudio", "imageio_ffmpeg"},
    "speech": {"gtts", "espeakng_loader", "requests"},
    "web": {"fastapi", "starlette", "uvicorn", "jinja2"},
    "report": {"docx", "lxml"},
    "schedule": {"apscheduler", "pydantic", "ruamel", "rapidfuzz", "lunar_vn"},
    "storage": {"sqlite_utils", "sqlite3"},
}


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    result = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    return set(result.stderr.split())


def test_the_list_of_modules_is_real(loaded: set[str]) -> None:
    assert {"broadcaster", "click"} <= loaded


@pytest.mark.parametrize("part", HEAVY)
def test_help_imports_nothing_heavy(loaded: set[str], part: str) -> None:
    assert loaded & HEAVY[part] == set()
