"""What a programme is made of beside its script: station call, contents, sign-off, jingles, and its loudness."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from broadcaster.audio.clip import PROGRAMME_SAMPLE_RATE
from broadcaster.audio.recording_in import Recorded
from broadcaster.audio.speech_chain import CHAINS
from broadcaster.clock import VIETNAM
from broadcaster.config.stations import Commune
from broadcaster.config.templates import Template
from broadcaster.model.plan import Airing
from broadcaster.model.programme import PartKind
from broadcaster.model.speech import SpokenText
from broadcaster.programme.contents import contents_text
from broadcaster.programme.templates import Needs, as_script_asks, needs
from broadcaster.schedule.calendar import frames_of
from broadcaster.speech.clip_file import KeptSound
from broadcaster.speech.ladder import Rung, ladder
from broadcaster.speech.take import Take, clip_keys, take
from broadcaster.station.house import House, Stamp
from broadcaster.station.jingles import Jingles
from broadcaster.station.recordings import recorded
from broadcaster.station.station import Station
from broadcaster.station.voicing import SpokenScript, ladder_names, rungs_for
from broadcaster.text.syllables import estimate_seconds

DEFAULT_SIGN_OFF = "Chương trình của Đài truyền thanh {name} đến đây là hết. Xin cảm ơn và kính chào bà con."
RECIPE = 7
"""Goes up when the same ingredients make another sound: programmes of an older recipe are made again."""
_WORDS_HELD = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Everything that decides how a programme sounds."""

    commune: Commune
    said: SpokenScript
    template: Template | None
    music: bool = True
    target_lufs: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Casting:
    """Who says what in a programme."""

    items: Rung | None
    """None for a recording."""
    frame: Rung | None
    """Station call, contents and sign-off; None where the template has none of them."""

    @property
    def rungs(self) -> tuple[Rung, ...]:
        return tuple(rung for rung in (self.items, self.frame) if rung is not None)


class Ingredients:
    """Finds, speaks and levels what goes around a script's own sound."""

    def __init__(self, station: Station) -> None:
        self.station = station
        self.jingles = Jingles(station)
        self._words: dict[tuple[Stamp, str], SpokenText] = {}

    def order(self, airing: Airing, said: SpokenScript) -> Order:
        """For an airing of the plan, at the loudness of its window."""
        return Order(
            commune=self.station.schedule.communes[airing.commune],
            said=said,
            template=self._template(airing.template, said),
            music=airing.music,
            target_lufs=self.target_lufs(airing),
        )

    def target_lufs(self, airing: Airing) -> float:
        """The loudness (LUFS) of the window that the airing lies in, else the common one."""
        schedule = self.station.schedule
        if airing.start is None:
            return schedule.loudness.target_lufs
        at = (airing.start - datetime.combine(airing.date, time(), VIETNAM)).total_seconds()
        frames = frames_of(schedule, schedule.communes[airing.commune])
        name = next((frame.name for frame in frames if frame.start <= at < frame.end), None)
        return schedule.loudness.by_window.get(name or "", schedule.loudness.target_lufs)

    def order_for(self, commune: str, said: SpokenScript, *, template: str | None, music: bool = True) -> Order:
        """Before there is a plan: at the common loudness."""
        schedule = self.station.schedule
        return Order(
            commune=schedule.communes[commune],
            said=said,
            template=self._template(template, said),
            music=music,
            target_lufs=schedule.loudness.target_lufs,
        )

    def castings(self, order: Order) -> tuple[Casting, ...]:
        """By whom the programme may be said, the best first. Raises `SpeechFault` for a language without a voice.

        Where script and station have one ladder, both fall together: call and items never end up in two voices by
        accident. A script with a ladder of its own is another voice on purpose, and each falls for itself.
        """
        said, commune = order.said, order.commune
        items = rungs_for(self.station, said, commune) if said.script.is_spoken else (None,)
        if not self._needs(order).spoken:
            return tuple(Casting(items=rung, frame=None) for rung in items)
        common = ladder_names(self.station, commune)
        frame = ladder(common, profiles=self.station.schedule.voice_profiles, engines=self.station.engines)
        alike = {rung.name: rung for rung in frame}
        if ladder_names(self.station, commune, said.script) == common and all(r and r.name in alike for r in items):
            return tuple(Casting(items=rung, frame=alike[rung.name]) for rung in items if rung)
        return tuple(Casting(items=rung, frame=other) for rung in items for other in frame)

    def clips_needed(self, order: Order, casting: Casting) -> list[str]:
        """The keys of every sentence's clip, most of which the cache should have. Raises `SpeechFault`."""
        texts = [(item, casting.items) for item in order.said.items] if casting.items else []
        texts += [(words, casting.frame) for words in self._frame_words(order).values()] if casting.frame else []
        engines = self.station.engines
        return [key for words, rung in texts if rung for key in clip_keys(words, rung.voice_for, engines=engines)]

    def to_be_said(self, order: Order, casting: Casting) -> float:
        """How many sentences an engine has to be asked for; infinite where a voice is not there."""
        if any(rung.missing for rung in casting.rungs):
            return math.inf
        return sum(not self.station.clips.has(key) for key in self.clips_needed(order, casting))

    def key(self, order: Order, casting: Casting) -> str:
        """SHA-256 of everything that the programme depends on."""
        recipe = {
            "recipe": RECIPE,
            "script": order.said.script.path,
            "text": order.said.script.text_sha256,
            "spoken": order.said.sha256,
            "voices": {"script": self._voices(casting.items), "station": self._voices(casting.frame)},
            "template": order.template.model_dump(mode="json") if order.template else None,
            "music": order.music,
            "frame": self._frame_texts(order),
            "jingles": {name: self.jingles.standing(name) for name in self._needs(order).jingles},
            "lufs": order.target_lufs,
            "dbtp": self.station.schedule.loudness.peak_dbtp,
            "loudspeakers": order.commune.loudspeakers,
        }
        return hashlib.sha256(json.dumps(recipe, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def levelled(self, order: Order, sounds: Mapping[str, Sequence[Take | Recorded]]) -> dict[str, KeptSound]:
        """Each through the chain of the commune's loudspeakers, at the programme's rate."""
        chain = CHAINS[order.commune.loudspeakers]
        return {name: self.station.levelled.item(pieces, chain=chain) for name, pieces in sounds.items()}

    def spoken_frame(self, order: Order, rung: Rung) -> dict[str, tuple[Take, ...]]:
        """The spoken parts around the items, by the names that the template uses. Raises `SpeechFault`."""
        engines, clips = self.station.engines, self.station.clips
        return {
            name: (take(words, rung.voice_for, engines=engines, cache=clips),)
            for name, words in self._frame_words(order).items()
        }

    def jingles_in(self, order: Order) -> dict[str, KeptSound]:
        """The jingles that the template uses, by their names."""
        return {name: self.jingles.clip(name) for name in self._needs(order).jingles}

    def estimated_frame(self, order: Order) -> dict[str, int]:
        """Frames of the same sounds: jingles as they are, words by their syllables."""
        spoken = {name: _estimated_frames(words) for name, words in self._frame_words(order).items()}
        return spoken | {name: self.jingles.clip(name).frames for name in self._needs(order).jingles}

    def estimated_items(self, order: Order) -> list[int]:
        """Frames of each item: a recording's own length, words by their syllables."""
        said = order.said
        words = [round(each * PROGRAMME_SAMPLE_RATE) if said.script.is_spoken else 0 for each in said.items_s]
        if said.script.recording is not None:
            words[0] += round(recorded(self.station, said.script).length_s * PROGRAMME_SAMPLE_RATE)
        return words

    def _template(self, name: str | None, said: SpokenScript) -> Template | None:
        template = self.station.schedule.templates[name] if name else None
        return as_script_asks(template, opening=said.script.opening, repeat=said.script.repeat)

    def _needs(self, order: Order) -> Needs:
        return needs(order.template, music=order.music)

    def _frame_texts(self, order: Order) -> dict[str, str]:
        """What is said around the items in this commune, as written."""
        commune = order.commune
        texts = {
            PartKind.STATION_CALL: commune.station_call or f"Đây là Đài truyền thanh {commune.name}.",
            PartKind.CONTENTS: contents_text(order.said.titles),
            PartKind.SIGN_OFF: commune.sign_off or DEFAULT_SIGN_OFF.format(name=commune.name),
        }
        return {part.value: texts[part] for part in self._needs(order).spoken}

    def _frame_words(self, order: Order) -> dict[str, SpokenText]:
        house = self.station.houses.of(order.commune.key)
        return {name: self._read(house, text) for name, text in self._frame_texts(order).items()}

    def _read(self, house: House, text: str) -> SpokenText:
        """As the house reads it: planning, keys and speaking ask for the same words."""
        if (house.stamp, text) not in self._words:
            if len(self._words) >= _WORDS_HELD:
                self._words.clear()
            self._words[house.stamp, text] = house.read(text)
        return self._words[house.stamp, text]

    def _voices(self, rung: Rung | None) -> list[str] | None:
        """Every voice of the rung with its engine's version; what it is called changes no sound."""
        if rung is None:
            return None
        engines = self.station.engines
        return [f"{role} {replace(voice, title='')!r} {engines[voice.engine].version}" for role, voice in rung.cast]


def _estimated_frames(words: SpokenText) -> int:
    return round(estimate_seconds(words) * PROGRAMME_SAMPLE_RATE)
