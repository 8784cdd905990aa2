"""The plan as people look at it: what will play, whether it may, and why what will not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from broadcaster.errors import BroadcasterError
from broadcaster.model.plan import Airing, AiringKind
from broadcaster.model.programme import Programme
from broadcaster.playout.relay import sources_for
from broadcaster.reports.saving import ending_of, save
from broadcaster.schedule.explain import Explainer
from broadcaster.schedule.exports import formats
from broadcaster.schedule.lengths import Lengths
from broadcaster.schedule.plan import plan
from broadcaster.schedule.printout import PlannedLine, Printout
from broadcaster.schedule.silence import Moment, moment_of
from broadcaster.schedule.why import Why
from broadcaster.station.overlong import overlong_airing
from broadcaster.station.render import Renderer, Task
from broadcaster.station.station import Station

UNAPPROVED = "CHƯA DUYỆT"
SOUND_UNAPPROVED = "TIẾNG CHƯA DUYỆT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A line of the running order."""

    airing: Airing
    approved: bool
    """Words, and the sound if there is one; relays need none: their sources are allow-listed in schedule.yaml."""
    why: str
    programme: Programme | None = None
    """What is ready to air, with its cue sheet."""
    unapproved: Programme | None = None
    """What is ready, but sounds otherwise than what was approved."""

    @property
    def voice_note(self) -> str:
        """In which voice it will be said, where that is not the one that was wanted, and why."""
        return self.programme.fallback.in_words if self.programme and self.programme.fallback else ""

    def as_json(self) -> dict[str, Any]:
        airing = self.airing
        return {
            "id": airing.id,
            "commune": airing.commune,
            "date": airing.date.isoformat(),
            "planned_start": airing.planned_start.isoformat() if airing.planned_start else None,
            "start": airing.start.isoformat() if airing.start else None,
            "length_s": airing.length_s,
            "entry": airing.entry,
            "item": airing.item,
            "kind": airing.kind.value,
            "priority": airing.priority,
            "status": airing.status.value,
            "reason": airing.reason.value if airing.reason else None,
            "yields_to": airing.yields_to,
            "approved": self.approved,
        }


@dataclass(frozen=True, kw_only=True)
class RunningOrder:
    """The plan's lines, in order of commune, then start, and what explains them."""

    station: Station
    lines: tuple[Listed, ...]
    lengths: Lengths

    @cached_property
    def why(self) -> Why:
        airings = [line.airing for line in self.lines]
        return Why(self.station.schedule, airings, places=self.station.whereabouts)

    def explained(self, line: Listed) -> list[str]:
        """What made the line what it is; the last says what would have to change."""
        told = [*self.why.lines(line.airing), self.held(line.airing), line.voice_note, self.overlong(line)]
        return [each for each in told if each]

    def overlong(self, line: Listed) -> str:
        """That its programme is longer than its template allows, and what to do; else nothing."""
        fault = overlong_airing(self.station.schedule, line.airing, self.lengths)
        return f"{fault.message} Muốn vừa: {fault.remedy[:1].lower()}{fault.remedy[1:]}" if fault else ""

    def at(self, moment: datetime, commune: str) -> Moment:
        """What plays then, or why nothing does."""
        return moment_of(self.why, commune=commune, at=moment, lengths=self.lengths, held=self.held)

    def programme(self, airing: Airing) -> Programme | None:
        """What is ready for it."""
        return next((line.programme for line in self.lines if line.airing.id == airing.id), None)

    @cached_property
    def _by_id(self) -> dict[str, Listed]:
        return {line.airing.id: line for line in self.lines}

    def held(self, airing: Airing) -> str | None:
        """What will keep a planned airing off the air as things stand, and what mends it."""
        obstacle = self._obstacle(airing)
        return f"{obstacle[0]} nên sẽ không phát. Muốn phát: {obstacle[1]}." if obstacle else None

    def mark(self, line: Listed) -> str:
        """The same in a word or two, for a table."""
        obstacle = self._obstacle(line.airing)
        if line.airing.start is None:
            return ""
        if obstacle is None:
            return "" if line.approved else UNAPPROVED
        return obstacle[0] if obstacle[0].isupper() else "SẼ KHÔNG PHÁT"

    def _obstacle(self, airing: Airing) -> tuple[str, str] | None:
        """What is in the way, and what mends it."""
        if airing.start is None:
            return None
        if airing.kind is AiringKind.RELAY:
            sources = sources_for(airing.item, self.station.schedule.sources)
            expired = all(source.expires is not None and airing.date > source.expires for source in sources)
            return (f"Nguồn {airing.item} đã hết hạn", "sửa het_han") if expired else None
        if not self.station.library.exists(airing.item):
            return "CHƯA CÓ BÀI", f"viết scripts_content/{airing.item} rồi duyệt"
        line = self._by_id[airing.id]
        if not line.approved:
            approve, sound = f"broadcaster scripts approve {airing.item}", line.unapproved
            return (SOUND_UNAPPROVED, f"nghe {sound.path} rồi {approve}") if sound else (UNAPPROVED, approve)
        length_s = self.lengths(airing.commune, airing.item, airing.template, airing.music)
        if length_s is not None and airing.limit_s is not None and length_s > airing.limit_s:
            return f"Bài dài {length_s} giây, hơn dai ({airing.limit_s} giây),", "rút ngắn bài"
        return None


def running_order(
    station: Station, renderer: Renderer, *, first: date, days: int, commune: str | None = None
) -> list[Listed]:
    """Every airing of the plan, in order of commune, then start. Raises `WrongUsage` for an unknown commune."""
    return list(order_of(station, renderer, first=first, days=days, commune=commune).lines)


def order_of(
    station: Station, renderer: Renderer, *, first: date, days: int, commune: str | None = None
) -> RunningOrder:
    """The same with all that explains it."""
    lengths = cache(renderer.length_s)
    communes = None if commune is None else [commune]
    airings = plan(station.schedule, first=first, days=days, lengths=lengths, communes=communes)
    ready = _ready(renderer)
    cleared = {item: renderer.is_approved(item) for item in {a.item for a in airings if _is_script(a)}}
    explainer = Explainer(station.schedule, airings)

    def line(airing: Airing) -> Listed:
        task = ready(airing)
        unapproved = task.unapproved if task else None
        return Listed(
            airing=airing,
            approved=not _is_script(airing) or (cleared[airing.item] and unapproved is None),
            why=explainer.sentence(airing),
            programme=task.ready if task else None,
            unapproved=unapproved,
        )

    return RunningOrder(station=station, lines=tuple(map(line, airings)), lengths=lengths)


def hand_out(order: RunningOrder, out: Path, *, first: date, days: int, at: datetime) -> Path:
    """The plan as a file, by its ending. Raises `WrongUsage` for others, `BroadcasterError` where it cannot be kept."""
    known = formats()
    kind = known[ending_of(out, possible=tuple(sorted(known)))]
    lines = tuple(
        PlannedLine(airing=line.airing, mark=order.mark(line), held=order.held(line.airing)) for line in order.lines
    )
    printout = Printout(schedule=order.station.schedule, lines=lines, first=first, days=days, made_at=at)
    return save(kind.made(printout), out)


def _ready(renderer: Renderer) -> Callable[[Airing], Task | None]:
    """The programmes that there are; many airings share one."""
    known: dict[tuple[object, ...], Task | None] = {}

    def ready(airing: Airing) -> Task | None:
        if not _is_script(airing) or airing.start is None:
            return None
        key = renderer.programme_of(airing)
        if key not in known:
            known[key] = _on_the_shelf(renderer, airing)
        return known[key]

    return ready


def _on_the_shelf(renderer: Renderer, airing: Airing) -> Task | None:
    try:
        return renderer.task(airing)
    except BroadcasterError:
        # `check` and the rendering say why there is none
        return None


def _is_script(airing: Airing) -> bool:
    return airing.kind is not AiringKind.RELAY
