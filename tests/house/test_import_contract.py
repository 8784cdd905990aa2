"""The layers of docs/developers/architecture.md hold, and a planted violation is refused."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    command = [str(program), "--config", str(folder / "setup.cfg"), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def copy_of_the_house(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "broadcaster", tmp_path / "broadcaster", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "setup.cfg", tmp_path / "setup.cfg")
    return tmp_path


def plant(folder: Path, module: str, line: str) -> None:
    path = folder / "broadcaster" / module
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")


def test_the_house_keeps_its_contract(copy_of_the_house: Path) -> None:
    result = lint_imports(copy_of_the_house)

    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("text/__init__.py", "import broadcaster.speech.engine"),
        ("reports/__init__.py", "import broadcaster.storage"),
        ("model/plan.py", "import broadcaster.config"),
        ("audio/clip.py", "import broadcaster.programme"),
        ("schedule/__init__.py", "import broadcaster.station"),
        ("station/workspace.py", "import broadcaster.cli"),
        ("evidence/log.py", "import sqlite_utils"),
    ],
)
def test_a_planted_violation_is_refused(copy_of_the_house: Path, module: str, line: str) -> None:
    plant(copy_of_the_house, module, line)

    result = lint_imports(copy_of_the_house)

    assert result.returncode != 0
    assert "BROKEN" in result.stdout


def test_a_module_outside_the_layers_is_refused(copy_of_the_house: Path) -> None:
    (copy_of_the_house / "broadcaster" / "utils.py").write_text('"""Anything."""\n', encoding="utf-8")

    assert lint_imports(copy_of_the_house).returncode != 0
