"""The newest releases that install together; each of the three bounds the other two."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, requires, version

import pytest
from packaging.requirements import Requirement


@pytest.mark.parametrize(
    ("package", "expected"), [("gtts", "2.5.4"), ("click", "8.1.8"), ("sqlite-utils", "3.38"), ("pydub", "0.25.1")]
)
def test_pinned_package_is_installed_at_its_pinned_version(package: str, expected: str) -> None:
    assert version(package) == expected


def test_apscheduler_is_of_the_third_generation() -> None:
    assert (3, 11) <= tuple(int(part) for part in version("apscheduler").split(".")[:2]) < (4, 0)


def test_everything_that_the_program_asks_for_is_installed_in_a_version_that_it_accepts() -> None:
    assert _conflicts("broadcaster") == []


def _conflicts(package: str) -> list[str]:
    """What `pip check` would print for this package and all that it needs, in turn."""
    conflicts: list[str] = []
    seen: set[str] = set()
    waiting = [package]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for line in requires(name) or ():
            need = Requirement(line)
            if need.marker is not None and not need.marker.evaluate({"extra": ""}):
                continue
            try:
                installed = version(need.name)
            except PackageNotFoundError:
                conflicts.append(f"{name} needs {need}, which is not installed")
                continue
            if not need.specifier.contains(installed, prereleases=True):
                conflicts.append(f"{name} needs {need}, but {installed} is installed")
            waiting.append(need.name)
    return conflicts
