"""Every fault of a workspace in one run: schedule, scripts, jingles, voices, outputs, and airings that clash."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from broadcaster.clock import SystemClock
from broadcaster.config.reading import refusal
from broadcaster.content.library import ScriptLibrary
from broadcaster.errors import BroadcasterError, Fault, WorkspaceFault
from broadcaster.model.plan import Airing
from broadcaster.playout.registry import outputs_and_faults
from broadcaster.programme.templates import template_faults
from broadcaster.schedule.plan import plan
from broadcaster.station.plan_faults import conflicts, placed_in, plan_faults
from broadcaster.station.render import Renderer
from broadcaster.station.sharing import sharing_faults
from broadcaster.station.sound_faults import jingle_faults, poor_sounds, recording_faults
from broadcaster.station.station import Station, open_station
from broadcaster.station.voice_faults import paces, schedule_faults, script_faults
from broadcaster.station.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What is wrong, and what competes for the same time."""

    faults: tuple[Fault, ...]
    conflicts: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()
    """What works, and could be better; entries whose last date has passed."""


def inspect(folder: Path, *, now: datetime | None, days: int) -> Inspection:
    """Look at the whole workspace and at the plan of the next `days` days.

    Raises `WorkspaceFault` where there is no workspace, and with every fault of schedule and scripts where the schedule
    cannot be read: nothing else can be looked at then.
    """
    clock = SystemClock()
    try:
        opened = open_station(folder, clock=clock)
    except WorkspaceFault as error:
        raise _with_scripts(error, folder) from error
    with opened as station:
        station.update_records()
        if misread := tuple(station.houses.faults()):
            return Inspection(faults=misread)
        renderer = Renderer(station)
        first = (now or clock.now()).date()
        lengths = cache(renderer.length_s)
        airings = plan(station.schedule, first=first, days=days, lengths=lengths)
        planned = plan_faults(station, airings, today=first, lengths=lengths)
        checks: tuple[Callable[[], Iterable[Fault]], ...] = (
            lambda: planned.faults,
            lambda: _scripts(station.library, station),
            lambda: schedule_faults(station),
            lambda: _jingles(station, renderer),
            lambda: _outputs(station, airings),
        )
        faults = tuple(dict.fromkeys(fault for check in checks for fault in check()))
        notes = (*planned.notes, *paces(station), *poor_sounds(station, renderer.ingredients.jingles))
        return Inspection(faults=faults, conflicts=tuple(conflicts(station, airings)), notes=notes)


def _with_scripts(error: WorkspaceFault, folder: Path) -> WorkspaceFault:
    """All that can be said of a workspace whose schedule cannot be read."""
    workspace = Workspace(folder)
    if not workspace.schedule_file.is_file():
        return error
    faults = [*error.faults, *_scripts(ScriptLibrary(workspace.scripts), None)]
    return refusal(*faults) if len(faults) > len(error.faults) else error


def told(error: BroadcasterError, *, file: str | None = None) -> tuple[Fault, ...]:
    """An error as faults: its own, or itself."""
    return error.faults or (Fault(message=error.message, remedy=error.remedy, file=file),)


def _scripts(library: ScriptLibrary, station: Station | None) -> Iterator[Fault]:
    """Without a station their voices are taken on trust."""
    for path in library.paths():
        try:
            script = library.load(path)
        except BroadcasterError as error:
            yield from told(error, file=path)
            continue
        if station is not None:
            yield from recording_faults(station, script)
            yield from script_faults(station, script)


def _jingles(station: Station, renderer: Renderer) -> Iterator[Fault]:
    jingles = renderer.ingredients.jingles
    there = jingles.names()
    for template in station.schedule.templates.values():
        place = placed_in(station, ("chuong_trinh", template.name))
        yield from map(place, template_faults(template, jingles=there))
    yield from jingle_faults(station, jingles)


def _outputs(station: Station, airings: list[Airing]) -> Iterator[Fault]:
    usable, faults = outputs_and_faults(
        station.schedule.outputs, workspace=station.workspace.folder, clock=station.clock
    )
    yield from map(placed_in(station, ("dau_ra",)), faults)
    for name, output in usable.items():
        yield from map(placed_in(station, ("dau_ra", name)), output.check())
    occupied = {name: each.occupies for name, each in usable.items()}
    yield from sharing_faults(station.schedule, occupied, airings, places=station.whereabouts)
