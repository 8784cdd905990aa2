"""The wheel carries what a station needs, so that `init` works without a checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLES = ("schedule.yaml", "schedule.schema.json", "lexicon.tsv", "cach-doc.tsv")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel in it; the libraries come from the environment that the tests run in."""
    folder = tmp_path_factory.mktemp("wheel")
    for part in ("broadcaster", "scripts_content"):
        shutil.copytree(ROOT / part, folder / "source" / part, ignore=shutil.ignore_patterns("__pycache__"))
    for part in (*SAMPLES, "setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copyfile(ROOT / part, folder / "source" / part)
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", str(folder)]
    subprocess.run([*build, str(folder / "source")], check=True, cwd=folder)
    (wheel,) = folder.glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    python = folder / "venv" / "bin" / "python"
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", "--no-deps", str(wheel)], check=True)
    return python


def test_init_makes_the_sample_workspace_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": sysconfig.get_path("purelib")}
    command = [str(installed), "-m", "broadcaster", "--workspace", str(tmp_path / "dai")]

    subprocess.run([*command, "init"], check=True, cwd=tmp_path, env=environment)
    where = [str(installed), "-c", "import broadcaster; print(broadcaster.__file__)"]
    origin = subprocess.run(where, check=True, capture_output=True, text=True, cwd=tmp_path, env=environment).stdout

    assert str(ROOT) not in origin, "the wheel is tried, not the checkout"
    ours = {path.relative_to(ROOT) for path in (ROOT / "scripts_content").rglob("*") if path.is_file()}
    theirs = {
        path.relative_to(tmp_path / "dai")
        for path in (tmp_path / "dai" / "scripts_content").rglob("*")
        if path.is_file()
    }
    assert theirs == ours
    for part in SAMPLES:
        assert (tmp_path / "dai" / part).read_bytes() == (ROOT / part).read_bytes()
