"""A new engine, output or report kind is one new file that is found by itself."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import pytest

from broadcaster.plugins import modules_in, plugins_in


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    name = "a_package_of_plugins"
    folder = tmp_path / name
    folder.mkdir()
    (folder / "__init__.py").write_text("", encoding="utf-8")
    (folder / "second.py").write_text("made = 'second'\n", encoding="utf-8")
    (folder / "first.py").write_text("made = 'first'\n", encoding="utf-8")
    (folder / "bare.py").write_text("", encoding="utf-8")
    (folder / "_private.py").write_text("raise AssertionError('not to be imported')\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    for module in [module for module in sys.modules if module.startswith(name)]:
        monkeypatch.delitem(sys.modules, module)
    return name


def test_modules_are_found_by_name_and_private_ones_left_alone(package: str) -> None:
    assert [module.__name__.rpartition(".")[2] for module in modules_in(import_module(package))] == [
        "bare",
        "first",
        "second",
    ]


def test_plugins_are_what_the_modules_export(package: str) -> None:
    assert plugins_in(import_module(package), attribute="made") == ["first", "second"]


def test_a_file_that_is_dropped_in_is_found_too(package: str, tmp_path: Path) -> None:
    (tmp_path / package / "third.py").write_text("made = 'third'\n", encoding="utf-8")

    assert plugins_in(import_module(package), attribute="made") == ["first", "second", "third"]
