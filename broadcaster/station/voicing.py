"""Script → the words that will be said → their sound: what an approver hears and what goes on the air."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from broadcaster.audio.recording_in import TREATMENT, Recorded
from broadcaster.config.languages import VIETNAMESE
from broadcaster.config.stations import Commune
from broadcaster.config.voices import ladder_of
from broadcaster.content.script import items_of
from broadcaster.errors import Fault, SpeechFault, WorkspaceFault
from broadcaster.model.script import RecordingUse, Script
from broadcaster.model.speech import Flag, SpokenText
from broadcaster.speech.ladder import Rung, ladder
from broadcaster.speech.registry import DEFAULT_VOICE
from broadcaster.speech.take import Take, take
from broadcaster.station.recordings import recorded, recorded_s, recording_digest
from broadcaster.station.station import Station
from broadcaster.text.syllables import estimate_seconds

RECORDED = "recording"
LONGEST_SCRIPT_S = 3600.0
"""Longer than any session of a station; who has more to say makes a series of it."""


@dataclass(frozen=True, kw_only=True)
class SpokenScript:
    """A script as it will be said, item by item. What is told of its words is found once for all communes."""

    script: Script
    titles: tuple[str, ...]
    items: tuple[SpokenText, ...]
    recording_sha256: str | None = None
    """Of the recording that stands; None without one, and where there never was a good one."""
    recorded_s: float = 0.0
    """Seconds of it that sound."""

    @cached_property
    def sha256(self) -> str:
        """Of all words and the pauses between them, and of the recording: what an approval binds beside the text."""
        digest = hashlib.sha256()
        if self.script.recording:
            digest.update(f"{self.script.recording_use} {TREATMENT} {self.recording_sha256}\n".encode())
        for item in self.items:
            for phrase in item.phrases:
                turn = f"\t{phrase.voice}" if phrase.voice else ""
                digest.update(f"{phrase.boundary}\t{phrase.text}{turn}\n".encode())
        return digest.hexdigest()

    @property
    def flags(self) -> tuple[Flag, ...]:
        """Where a recording stands in for the words, nobody asks how an engine would say them."""
        flags = (flag for item in self.items for flag in item.flags)
        return tuple(flag for flag in flags if self.script.is_spoken or flag.spelling)

    @property
    def roles(self) -> tuple[str, ...]:
        """Who takes turns in it."""
        voices = (phrase.voice for item in self.items for phrase in item.phrases)
        return tuple(dict.fromkeys(voice for voice in voices if voice))

    @property
    def words_s(self) -> float:
        """How long saying its words takes (s), whoever says them."""
        return sum(self.items_s)

    @cached_property
    def items_s(self) -> tuple[float, ...]:
        """The same of each item."""
        return tuple(estimate_seconds(item) for item in self.items)

    @property
    def estimated_s(self) -> float:
        """How long it sounds (s): what is said, and the recording."""
        return self.recorded_s + (self.words_s if self.script.is_spoken else 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class VoicedScript:
    """The sound of a script's items, before any levelling; said ones lie in the cache, recordings in their files."""

    sounds: tuple[tuple[Take | Recorded, ...], ...]
    """Of each item what is heard one after the other."""
    voice: str
    """`engine:name`, or `recording`."""

    @property
    def audio_sha256(self) -> str:
        pieces = (piece.sha256 for item in self.sounds for piece in item)
        return hashlib.sha256("\n".join(pieces).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Voicings:
    """A script in every voice that may have to say it."""

    best: VoicedScript
    others: tuple[VoicedScript, ...]
    lost: tuple[tuple[Rung, SpeechFault], ...]
    """Voices that could not say it now."""


def spoken(station: Station, script: Script) -> SpokenScript:
    """Every item by the house's words; a bulletin says its headings before their items, a lone item no title."""
    items = items_of(script)
    bulletin = len(items) > 1
    house = station.houses.for_script(script.path)
    read = house.proofread if script.language == VIETNAMESE else house.read
    return SpokenScript(
        script=script,
        titles=tuple(item.title for item in items),
        items=tuple(read(f"# {item.title}\n\n{item.body}" if bulletin else item.body) for item in items),
        recording_sha256=recording_digest(station, script),
        recorded_s=recorded_s(station, script),
    )


def ladder_names(station: Station, commune: Commune | None, script: Script | None = None) -> tuple[str, ...]:
    """Whose ladder counts: the script's, else the commune's, else the station's, else the embedded voice's."""
    own = ladder_of(script.voice) if script else ()
    theirs = commune.voice_ladder if commune else None
    return own or theirs or station.schedule.voice_ladder or (DEFAULT_VOICE,)


def rungs_for(station: Station, said: SpokenScript, commune: Commune | None) -> tuple[Rung, ...]:
    """The voices that may say this script in this commune. Raises `SpeechFault` where no engine knows its language."""
    return ladder(
        ladder_names(station, commune, said.script),
        profiles=station.schedule.voice_profiles,
        engines=station.engines,
        language=said.script.language,
        roles=said.roles,
    )


def voiced(station: Station, said: SpokenScript, rung: Rung | None) -> VoicedScript:
    """The whole script in one rung's voice; without a rung, the recording that stands in for its words.

    Raises `SpeechFault` where any sentence fails, `WorkspaceFault` for a text that no session could hold, `AudioFault`
    for a recording that cannot air.
    """
    recording = recorded(station, said.script) if said.script.recording else None
    if rung is None:
        return VoicedScript(sounds=((recording,) if recording else (),), voice=RECORDED)
    if fault := too_long(said):
        raise WorkspaceFault(f"Bài {said.script.path} chưa dùng được: {fault.message}", remedy=fault.remedy)
    takes = [take(item, rung.voice_for, engines=station.engines, cache=station.clips) for item in said.items]
    return VoicedScript(sounds=_accompanied(takes, recording, said.script.recording_use), voice=rung.voice.key)


def _accompanied(
    takes: Sequence[Take], recording: Recorded | None, use: RecordingUse
) -> tuple[tuple[Take | Recorded, ...], ...]:
    """The recording before the first item's words, or after the last one's."""
    items: list[tuple[Take | Recorded, ...]] = [(each,) for each in takes]
    if recording is not None and use is RecordingUse.BEFORE:
        items[0] = (recording, *items[0])
    elif recording is not None:
        items[-1] = (*items[-1], recording)
    return tuple(items)


def too_long(said: SpokenScript) -> Fault | None:
    """Found by counting syllables, before any engine is asked."""
    if not said.script.is_spoken or said.estimated_s <= LONGEST_SCRIPT_S:
        return None
    hours, minutes = divmod(round(said.estimated_s / 60), 60)
    length = f"{hours} giờ {minutes} phút" if hours else f"{minutes} phút"
    return Fault(
        message=f"đọc lên dài khoảng {length}, quá {LONGEST_SCRIPT_S / 60:.0f} phút.",
        remedy="Chia bài thành nhiều kỳ: broadcaster import --series TỆP, hoặc rút gọn bài.",
        file=said.script.path,
    )


def voicings(station: Station, said: SpokenScript) -> Voicings:
    """The script in every voice of every ladder by which a commune may air it: an approval binds them all.

    Raises the last `SpeechFault` where no voice can say it.
    """
    if not said.script.is_spoken:
        return Voicings(best=voiced(station, said, None), others=(), lost=())
    made: list[VoicedScript] = []
    lost: list[tuple[Rung, SpeechFault]] = []
    for rung in all_rungs(station, said):
        try:
            made.append(voiced(station, said, rung))
        except SpeechFault as fault:
            lost.append((rung, fault))
    if not made:
        raise no_voice_left(said, lost)
    return Voicings(best=made[0], others=tuple(made[1:]), lost=tuple(lost))


def no_voice_left(said: SpokenScript, lost: Sequence[tuple[Rung, SpeechFault]]) -> SpeechFault:
    """What each voice said of itself, where not even the embedded one could speak."""
    faults = [Fault(message=f"{rung.title}: {fault.message}", remedy=fault.remedy) for rung, fault in lost]
    if len({fault.message for _, fault in lost}) == 1:
        return lost[0][1]
    return SpeechFault(f"Không giọng nào đọc được bài {said.script.path}.", remedy=faults[-1].remedy, faults=faults)


def all_rungs(station: Station, said: SpokenScript) -> tuple[Rung, ...]:
    """Of the commune in whose folder the script lies, else of every commune's ladder."""
    communes = station.schedule.communes
    named = [communes[part] for part in PurePosixPath(said.script.path).parts if part in communes]
    ladders = {ladder_names(station, commune, said.script): commune for commune in named or communes.values()}
    return tuple(dict.fromkeys(rung for commune in ladders.values() for rung in rungs_for(station, said, commune)))
