"""The plan as files, one module a format: each has an `ending` and `made(printout)`, which gives the file's bytes."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from broadcaster.plugins import modules_in


def formats() -> Mapping[str, ModuleType]:
    """Every format by the ending of its files."""
    import broadcaster.schedule.exports as package

    return {str(module.ending): module for module in modules_in(package)}
