"""Finds speech engines, outputs and report kinds: one file each in its folder, or an entry point of another package."""

from __future__ import annotations

import importlib
import pkgutil
from importlib.metadata import entry_points
from types import ModuleType


def modules_in(package: ModuleType) -> list[ModuleType]:
    """Every module of `package`, in the order of their names; private ones (`_name`) are left out."""
    found = []
    for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda info: info.name):
        if not info.name.startswith("_"):
            found.append(importlib.import_module(f"{package.__name__}.{info.name}"))
    return found


def plugins_in(package: ModuleType, *, attribute: str) -> list[object]:
    """The object named `attribute` of every module in `package`, then those of the entry points of the same name.

    An entry point belongs to the group `<package's dotted name>`, e.g. `broadcaster.speech.engines`.
    """
    found = [getattr(module, attribute) for module in modules_in(package) if hasattr(module, attribute)]
    return found + [point.load() for point in entry_points(group=package.__name__)]
