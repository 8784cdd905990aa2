"""From the outputs of schedule.yaml to outputs that can be opened."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol

from broadcaster.clock import Clock
from broadcaster.config.names import nearest
from broadcaster.config.stations import OutputSettings
from broadcaster.errors import Fault, WorkspaceFault
from broadcaster.playout import outputs
from broadcaster.playout.options import SCHEDULE_FILE, raise_all
from broadcaster.playout.output import Output
from broadcaster.plugins import modules_in


class Factory(Protocol):
    """Makes an output from its settings. Raises `WorkspaceFault`; opens no device."""

    def __call__(self, settings: OutputSettings, *, workspace: Path, clock: Clock) -> Output: ...


def kinds() -> Mapping[str, Factory]:
    """Every kind of output by its name in schedule.yaml: one file each here, or another package's entry point.

    Such an entry point belongs to the group `broadcaster.playout.outputs`, bears the kind's name and names its factory.
    """
    own = {str(module.kind): module.output for module in modules_in(outputs)}
    return own | {point.name: point.load() for point in entry_points(group=outputs.__name__)}


def open_outputs(settings: Mapping[str, OutputSettings], *, workspace: Path, clock: Clock) -> dict[str, Output]:
    """The outputs by their names. Raises `WorkspaceFault` with every fault of their settings."""
    usable, faults = outputs_and_faults(settings, workspace=workspace, clock=clock)
    raise_all(faults)
    return usable


def outputs_and_faults(
    settings: Mapping[str, OutputSettings], *, workspace: Path, clock: Clock
) -> tuple[dict[str, Output], list[Fault]]:
    """Those outputs whose settings make sense, and what is wrong with the others."""
    known = kinds()
    usable: dict[str, Output] = {}
    faults: list[Fault] = []
    for name, each in settings.items():
        if each.kind not in known:
            faults.append(_unknown_kind(each, list(known)))
            continue
        try:
            usable[name] = known[each.kind](each, workspace=workspace, clock=clock)
        except WorkspaceFault as error:
            faults += error.faults or [Fault(message=error.message, remedy=error.remedy, file=SCHEDULE_FILE)]
    return usable, faults


def _unknown_kind(settings: OutputSettings, known: list[str]) -> Fault:
    meant = nearest(settings.kind, known)
    question = f"Có phải ý bạn là '{meant}'? " if meant else ""
    return Fault(
        message=f"Đầu ra '{settings.name}': không có kiểu '{settings.kind}'.",
        remedy=f"{question}Các kiểu có: {', '.join(known)}.",
        file=SCHEDULE_FILE,
    )
