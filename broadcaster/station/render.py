"""Script → programme on the disk: read, speak, level, assemble, mix; done work is not done again."""

from __future__ import annotations

import math
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from broadcaster.audio.clip import PROGRAMME_SAMPLE_RATE, Clip
from broadcaster.audio.mix import mix
from broadcaster.content.approval import approved_step
from broadcaster.content.naming import slug_of
from broadcaster.errors import BroadcasterError, WorkspaceFault
from broadcaster.model.plan import Airing, AiringKind
from broadcaster.model.programme import CueSheet, Programme
from broadcaster.programme.assemble import ProgrammeItem, assemble
from broadcaster.schedule.plan import plan
from broadcaster.station.house import Stamp
from broadcaster.station.ingredients import Ingredients, Order
from broadcaster.station.station import Station
from broadcaster.station.voicing import SpokenScript, spoken, voiced


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """What became of one airing's programme."""

    airing: Airing
    programme: Programme
    fresh: bool = False

    def as_json(self) -> dict[str, Any]:
        made = self.programme
        return {
            "airing": self.airing.id,
            "script": self.airing.item,
            "file": made.path,
            "length_s": round(made.length_s, 3),
            "loudness_lufs": made.loudness_lufs,
            "audio_sha256": made.audio_sha256,
            "made_now": self.fresh,
        }


class Renderer:
    """Makes programmes one at a time; whoever needs the one that is being made waits for it."""

    def __init__(self, station: Station) -> None:
        self.station = station
        self.ingredients = Ingredients(station)
        self._making = threading.Lock()
        self._said: dict[tuple[str, str, Stamp], SpokenScript] = {}

    def said(self, path: str) -> SpokenScript:
        """The script as it reads now. Raises `WorkspaceFault` where it cannot be read."""
        script = self.station.library.load(path)
        key = (path, script.text_sha256, self.station.houses.for_script(path).stamp)
        if key not in self._said:
            self._said[key] = spoken(self.station, script)
        return self._said[key]

    def is_approved(self, path: str) -> bool:
        """Whether the text and its words, as they are now, may air; False where it cannot be read."""
        try:
            said = self.said(path)
        except WorkspaceFault:
            return False
        steps = self.station.approvals.steps(path)
        return approved_step(steps, text_sha256=said.script.text_sha256, spoken_sha256=said.sha256) is not None

    def order(self, airing: Airing) -> Order:
        """What the airing's programme is to be made of, as texts, settings and sounds are now."""
        return self.ingredients.order(airing, self.said(airing.item))

    def ready(self, airing: Airing) -> Programme | None:
        """The finished programme, if it has been made from just these ingredients."""
        return self._on_the_shelf(self.ingredients.key(self.order(airing)))

    def programme(self, airing: Airing) -> Rendered:
        """The airing's programme, made now unless it is there. Raises what stands in the way."""
        order = self.order(airing)
        key = self.ingredients.key(order)
        if (programme := self._on_the_shelf(key)) is not None:
            return Rendered(airing=airing, programme=programme)
        with self._making:
            if (programme := self._on_the_shelf(key)) is not None:
                return Rendered(airing=airing, programme=programme)
            programme = self._make(order, key)
            self.station.shelf.put(programme)
        return Rendered(airing=airing, programme=programme, fresh=True)

    def length_s(self, commune: str, path: str, template: str | None) -> int | None:
        """Whole seconds, rounded up: measured once rendered, else estimated by syllables.

        None while it cannot be made; `check` and the rendering say why, and the plan goes on without.
        """
        try:
            order = self.ingredients.order_for(commune, self.said(path), template=template)
            programme = self._on_the_shelf(self.ingredients.key(order))
            return math.ceil(programme.length_s if programme else self._estimated_cues(order).length_s)
        except BroadcasterError:
            return None

    def _on_the_shelf(self, key: str) -> Programme | None:
        programme = self.station.shelf.get(key)
        if programme is None or not (self.station.workspace.folder / programme.path).is_file():
            return None
        return programme

    def _make(self, order: Order, key: str) -> Programme:
        said = order.said
        voice = voiced(self.station, said)
        items = self.ingredients.levelled(order, voice)
        sounds: dict[str, Clip] = {f"bai-{number}": clip for number, clip in enumerate(items, start=1)}
        sounds |= self.ingredients.frame(order)
        cues = self._cues(order, {name: clip.frames for name, clip in sounds.items()})
        name = said.script.path.rpartition(".")[0]
        path = self.station.workspace.programmes / order.commune.key / f"{slug_of(name)}-{key[:10]}.mp3"
        mixed = mix(
            cues, sounds, path, target_lufs=order.target_lufs, peak_dbtp=self.station.schedule.loudness.peak_dbtp
        )
        return Programme(
            key=key,
            path=self.station.workspace.relative(path),
            audio_sha256=mixed.sha256,
            sample_rate=mixed.sample_rate,
            length_frames=mixed.length_frames,
            loudness_lufs=mixed.loudness_lufs,
            true_peak_dbtp=mixed.true_peak_dbtp,
            cues=cues,
            script=said.script.path,
            text_sha256=said.script.text_sha256,
            script_audio_sha256=voice.audio_sha256,
            voice=voice.voice,
        )

    def _estimated_cues(self, order: Order) -> CueSheet:
        items = self.ingredients.estimated_items(order)
        lengths = {f"bai-{number}": frames for number, frames in enumerate(items, start=1)}
        return self._cues(order, lengths | self.ingredients.estimated_frame(order))

    def _cues(self, order: Order, lengths: Mapping[str, int]) -> CueSheet:
        items = [
            ProgrammeItem(
                title=title,
                sound=f"bai-{number}",
                length_frames=lengths[f"bai-{number}"],
                script=order.said.script.path,
            )
            for number, title in enumerate(order.said.titles, start=1)
        ]
        return assemble(
            template=order.template,
            items=items,
            sounds=lengths,
            sample_rate=PROGRAMME_SAMPLE_RATE,
            music=order.music,
        )


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
        lufs = renderer.ingredients.target_lufs(airing)
        distinct.setdefault((airing.commune, airing.item, airing.template, airing.music, lufs), airing)
    return list(distinct.values())
