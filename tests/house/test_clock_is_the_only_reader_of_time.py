"""Nothing outside clock.py asks the system for the time."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "broadcaster"
AMBIENT = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "monotonic"),
    ("time", "sleep"),
}


def imports_of_time(path: Path) -> list[str]:
    """Lines that import the standard library's `time`, under whatever name."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        f"{path.name}:{node.lineno}"
        for node in ast.walk(tree)
        if (isinstance(node, ast.Import) and any(name.name == "time" for name in node.names))
        or (isinstance(node, ast.ImportFrom) and node.module == "time")
    ]


def ambient_calls(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        f"{path.name}:{node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.value.id, node.func.attr) in AMBIENT
    ]


def test_clock_itself_reads_the_time() -> None:
    assert ambient_calls(PACKAGE / "clock.py")


def test_nothing_else_reads_the_time() -> None:
    others = [path for path in PACKAGE.rglob("*.py") if path.name != "clock.py"]

    assert [call for path in others for call in ambient_calls(path)] == []


def test_nothing_else_imports_the_means_to() -> None:
    assert imports_of_time(PACKAGE / "clock.py")
    others = [path for path in PACKAGE.rglob("*.py") if path.name != "clock.py"]

    assert [line for path in others for line in imports_of_time(path)] == []
