"""Every fault of a workspace in one run: schedule, scripts, jingles, voices, outputs, and airings that clash."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from broadcaster.clock import SystemClock
from broadcaster.errors import BroadcasterError, Fault
from broadcaster.model.plan import Airing, AiringKind, AiringStatus, PlanReason
from broadcaster.playout.registry import outputs_and_faults
from broadcaster.programme.templates import template_faults
from broadcaster.schedule.explain import explain
from broadcaster.schedule.plan import plan
from broadcaster.station.render import Renderer
from broadcaster.station.sharing import sharing_faults
from broadcaster.station.station import Station, open_station
from broadcaster.station.voice_faults import paces, schedule_faults, script_faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What is wrong, and what competes for the same time."""

    faults: tuple[Fault, ...]
    conflicts: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()
    """What works, and could be better."""


def inspect(folder: Path, *, now: datetime | None, days: int) -> Inspection:
    """Look at the whole workspace and at the plan of the next `days` days. Raises only where there is no workspace."""
    clock = SystemClock()
    with open_station(folder, clock=clock) as station:
        station.update_records()
        if misread := tuple(station.houses.faults()):
            return Inspection(faults=misread)
        renderer = Renderer(station)
        first = (now or clock.now()).date()
        airings = plan(station.schedule, first=first, days=days, lengths=renderer.length_s)
        checks: tuple[Callable[[], Iterator[Fault]], ...] = (
            lambda: _scripts(station),
            lambda: schedule_faults(station),
            lambda: _jingles(station, renderer),
            lambda: _airings(station, renderer, airings),
            lambda: _outputs(station, airings),
        )
        faults = tuple(dict.fromkeys(fault for check in checks for fault in check()))
        notes = tuple(paces(station))
        return Inspection(faults=faults, conflicts=tuple(_conflicts(station, airings)), notes=notes)


def told(error: BroadcasterError, *, file: str | None = None) -> tuple[Fault, ...]:
    """An error as faults: its own, or itself."""
    return error.faults or (Fault(message=error.message, remedy=error.remedy, file=file),)


def _scripts(station: Station) -> Iterator[Fault]:
    for path in station.library.paths():
        try:
            script = station.library.load(path)
        except BroadcasterError as error:
            yield from told(error, file=path)
            continue
        if script.recording and not (station.library.folder / script.recording).is_file():
            yield Fault(
                message=f"không có bản thu {script.recording}.",
                remedy="Chép bản thu vào scripts_content/, hoặc bỏ dòng «ban_thu».",
                file=path,
            )
        yield from script_faults(station, script)


def _jingles(station: Station, renderer: Renderer) -> Iterator[Fault]:
    there = renderer.ingredients.jingles()
    for template in station.schedule.templates.values():
        yield from template_faults(template, jingles=there)
        for name in there & set(renderer.ingredients.jingles_of(template)):
            try:
                renderer.ingredients.jingle(name)
            except BroadcasterError as error:
                yield from told(error, file=f"scripts_content/nhac/{name}")


def _airings(station: Station, renderer: Renderer, airings: list[Airing]) -> Iterator[Fault]:
    for airing in airings:
        if airing.kind is AiringKind.RELAY:
            continue
        length_s = renderer.length_s(airing.commune, airing.item, airing.template)
        if length_s is None and not station.library.exists(airing.item):
            yield Fault(
                message=f"mục '{airing.title}' cần bài {airing.item} nhưng chưa có bài đó.",
                remedy=f"Viết bài vào scripts_content/{airing.item}, hoặc sửa «bai» trong schedule.yaml.",
                file="schedule.yaml",
            )
        elif length_s is not None and airing.limit_s is not None and length_s > airing.limit_s:
            yield Fault(
                message=f"bài {airing.item} dài {length_s} giây, mục '{airing.title}' chỉ cho {airing.limit_s} giây.",
                remedy="Rút ngắn bài, hoặc tăng «dai» của mục này: chương trình không bao giờ bị cắt ngang.",
                file="schedule.yaml",
            )


def _outputs(station: Station, airings: list[Airing]) -> Iterator[Fault]:
    usable, faults = outputs_and_faults(
        station.schedule.outputs, workspace=station.workspace.folder, clock=station.clock
    )
    yield from faults
    for output in usable.values():
        yield from output.check()
    yield from sharing_faults(station.schedule, {name: each.occupies for name, each in usable.items()}, airings)


def _conflicts(station: Station, airings: list[Airing]) -> Iterator[Fault]:
    for airing in airings:
        clash = airing.status is AiringStatus.MOVED or airing.reason in (PlanReason.YIELDED, PlanReason.OVER_LIMIT)
        if clash or airing.reason in (PlanReason.OUTSIDE_WINDOW, PlanReason.NO_ROOM):
            yield Fault(message=f"{airing.id}: {explain(airing, station.schedule, others=airings)}")
