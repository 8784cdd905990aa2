"""Script → programme on the disk: down the ladder of voices until one can say it; done work is not done again."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from broadcaster.content.approval import approved_step
from broadcaster.errors import BroadcasterError, WorkspaceFault
from broadcaster.model.plan import Airing, AiringKind
from broadcaster.model.programme import Programme
from broadcaster.model.script import ApprovalStep
from broadcaster.schedule.plan import plan
from broadcaster.station.house import Stamp
from broadcaster.station.ingredients import Casting, Ingredients, Order
from broadcaster.station.making import Made, Maker
from broadcaster.station.recordings import recording_digest
from broadcaster.station.station import Station
from broadcaster.station.voicing import SpokenScript, spoken


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """What became of one airing's programme."""

    airing: Airing
    programme: Programme
    fresh: bool = False
    awaiting: Programme | None = None
    """Its sound has not been approved yet: in a better voice, or `programme` itself, which then may not air."""

    def as_json(self) -> dict[str, Any]:
        made, lost = self.programme, self.programme.fallback
        return {
            "airing": self.airing.id,
            "script": self.airing.item,
            "file": made.path,
            "length_s": round(made.length_s, 3),
            "loudness_lufs": made.loudness_lufs,
            "audio_sha256": made.audio_sha256,
            "made_now": self.fresh,
            "voice": made.voice,
            "fallback": {"wanted": lost.wanted, "used": lost.used, "why": lost.why, "at": lost.at.isoformat()}
            if lost
            else None,
            "awaiting_approval": self.awaiting.path if self.awaiting else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A programme to make, with all that the maker has to know of the records; another process can do it."""

    airing: Airing
    approved: frozenset[str] | None
    """The sounds that may air; None while the script is not approved: then any voice will do."""
    best: str
    """The key of the programme in the best voice."""
    known: tuple[Programme, ...] = ()
    """Those that are on the shelf, the best voice first."""
    urgent: bool = False
    """Voices that are at hand come first: it is about to air."""

    @property
    def fitting(self) -> tuple[Programme, ...]:
        """What may air, of what there is."""
        return tuple(p for p in self.known if self.approved is None or p.script_audio_sha256 in self.approved)

    @property
    def ready(self) -> Programme | None:
        """The best of what may air."""
        return next(iter(self.fitting), None)

    @property
    def unapproved(self) -> Programme | None:
        """What stands ready in vain: the script is approved, but no longer sounds as when it was."""
        return self.known[0] if self.known and not self.fitting else None

    @property
    def is_done(self) -> bool:
        """Whether the best voice is on the shelf, and one that may air."""
        return bool(self.fitting) and any(programme.key == self.best for programme in self.known)


class Renderer:
    """Finds programmes on the shelf and has those made that are not there."""

    def __init__(self, station: Station) -> None:
        self.station = station
        self.ingredients = Ingredients(station)
        self._maker = Maker(station, self.ingredients)
        self._making = threading.Lock()
        self._said: dict[tuple[str, str, Stamp, str | None], SpokenScript] = {}

    def said(self, path: str) -> SpokenScript:
        """The script as it reads now. Raises `WorkspaceFault` where it cannot be read."""
        script = self.station.library.load(path)
        recording = recording_digest(self.station, script)
        key = (path, script.text_sha256, self.station.houses.for_script(path).stamp, recording)
        if key not in self._said:
            self._said[key] = spoken(self.station, script)
        return self._said[key]

    def approval(self, said: SpokenScript) -> ApprovalStep | None:
        """Of this text and these words; None: it may not air."""
        steps = self.station.approvals.steps(said.script.path)
        return approved_step(steps, text_sha256=said.script.text_sha256, spoken_sha256=said.sha256)

    def is_approved(self, path: str) -> bool:
        """Whether the text and its words, as they are now, may air; False where it cannot be read."""
        try:
            return self.approval(self.said(path)) is not None
        except WorkspaceFault:
            return False

    def programme_of(self, airing: Airing) -> tuple[object, ...]:
        """What airings that share a programme have in common."""
        lufs = self.ingredients.target_lufs(airing)
        return airing.commune, airing.item, airing.template, airing.music, lufs

    def order(self, airing: Airing) -> Order:
        """What the airing's programme is to be made of, as texts, settings and sounds are now."""
        return self.ingredients.order(airing, self.said(airing.item))

    def ready(self, airing: Airing) -> Programme | None:
        """The finished programme in the best voice that may air; of an unapproved script, in the best there is."""
        return self.task(airing).ready

    def task(self, airing: Airing, *, urgent: bool = False) -> Task:
        """What there is for this airing, and may be still to do. Raises what stands in the way of knowing."""
        order = self.order(airing)
        keyed = list(self._keyed(order))
        return Task(
            airing=airing,
            approved=_sounds(self.approval(order.said)),
            best=keyed[0][0],
            known=tuple(self._shelved(keyed)),
            urgent=urgent,
        )

    def begin_batch(self) -> None:
        """Voices that failed again and again are worth another try."""
        self._maker.begin_batch()

    def make(self, task: Task) -> Made:
        """Make what the task lacks, without a look at the records. Raises what stands in the way."""
        return self._maker.make(self.order(task.airing), task.approved, known=task.known, urgent=task.urgent)

    def found(self, task: Task) -> Rendered:
        """What is there already, for a task that has something that fits."""
        programme, best = task.fitting[0], task.known[0]
        return Rendered(airing=task.airing, programme=programme, awaiting=best if best is not programme else None)

    def keep(self, airing: Airing, made: Made) -> Rendered:
        """Put on the shelf what was made."""
        for programme in made.put:
            self.station.shelf.put(programme)
        return Rendered(airing=airing, programme=made.programme, fresh=made.fresh, awaiting=made.awaiting)

    def programme(self, airing: Airing, *, urgent: bool = False) -> Rendered:
        """The airing's programme, made now unless it is there. Raises what stands in the way.

        `urgent` takes what may air as it lies on the shelf; else a better voice than that is tried as well.
        """
        task = self.task(airing, urgent=urgent)
        if task.is_done or (urgent and task.fitting):
            return self.found(task)
        with self._making:
            return self.keep(airing, self.make(self.task(airing, urgent=urgent)))

    def length_s(self, commune: str, path: str, template: str | None, music: bool = True) -> int | None:
        """Whole seconds, rounded up: measured once rendered, else estimated by syllables.

        None while it cannot be made; `check` and the rendering say why, and the plan goes on without.
        """
        try:
            order = self.ingredients.order_for(commune, self.said(path), template=template, music=music)
            programme = next(
                (made for one in self._at_any_loudness(order) for made in self._shelved(self._keyed(one))), None
            )
            return math.ceil(programme.length_s if programme else self._maker.estimated_s(order))
        except BroadcasterError:
            return None

    def _at_any_loudness(self, order: Order) -> Iterator[Order]:
        """Windows may have their own; a programme is as long in each."""
        loudness = self.station.schedule.loudness
        for lufs in dict.fromkeys((loudness.target_lufs, *loudness.by_window.values())):
            yield replace(order, target_lufs=lufs)

    def _keyed(self, order: Order) -> Iterator[tuple[str, Casting]]:
        """The best voice first, each key only when it is asked for: it needs a look at every jingle."""
        return ((self.ingredients.key(order, casting), casting) for casting in self.ingredients.castings(order))

    def _shelved(self, keyed: Iterable[tuple[str, Casting]]) -> Iterator[Programme]:
        """What is on the shelf and on the disk, the best voice first; whether that is a fallback now."""
        best: Casting | None = None
        for key, casting in keyed:
            best = best or casting
            programme = self.station.shelf.get(key)
            if programme is not None and (self.station.workspace.folder / programme.path).is_file():
                yield replace(programme, fallback=self._maker.fallback(best, casting, programme.fallback))


def _sounds(approval: ApprovalStep | None) -> frozenset[str] | None:
    if approval is None:
        return None
    return frozenset({*approval.fallback_audio_sha256, approval.audio_sha256 or ""})


def due_in(renderer: Renderer, *, first: date, days: int, after: datetime | None = None) -> list[Airing]:
    """Airings that need a programme, in order of start; of those that share one, the first after `after`."""
    airings = plan(renderer.station.schedule, first=first, days=days, lengths=renderer.length_s)
    placed = [
        (airing.start, airing)
        for airing in airings
        if airing.start is not None and airing.kind is not AiringKind.RELAY and (after is None or airing.start > after)
    ]
    distinct: dict[tuple[object, ...], Airing] = {}
    for _, airing in sorted(placed, key=lambda one: (one[0], one[1].id)):
        distinct.setdefault(renderer.programme_of(airing), airing)
    return list(distinct.values())
