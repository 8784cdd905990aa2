"""Script → the words that will be said → their sound: what an approver hears and what goes on the air."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from broadcaster.audio.clip import Clip
from broadcaster.audio.decode import decode
from broadcaster.content.script import items_of
from broadcaster.model.script import Script
from broadcaster.model.speech import Flag, SpokenText
from broadcaster.speech.registry import voice_of
from broadcaster.speech.speaker import Speaker
from broadcaster.station.station import Station

VIETNAMESE = "vi"
"""The one language whose spelling is checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenScript:
    """A script as it will be said, item by item."""

    script: Script
    titles: tuple[str, ...]
    items: tuple[SpokenText, ...]

    @property
    def sha256(self) -> str:
        """Of all words and the pauses between them: what an approval binds beside the text."""
        digest = hashlib.sha256()
        for item in self.items:
            for phrase in item.phrases:
                turn = f"\t{phrase.voice}" if phrase.voice else ""
                digest.update(f"{phrase.boundary}\t{phrase.text}{turn}\n".encode())
        return digest.hexdigest()

    @property
    def flags(self) -> tuple[Flag, ...]:
        return tuple(flag for item in self.items for flag in item.flags)


@dataclass(frozen=True, slots=True, kw_only=True)
class VoicedScript:
    """The sound of a script's items, before any levelling."""

    clips: tuple[Clip, ...]
    voice: str
    """`engine:name`, or `recording`."""

    @property
    def audio_sha256(self) -> str:
        return hashlib.sha256("\n".join(clip.sha256 for clip in self.clips).encode()).hexdigest()


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
    )


def voiced(station: Station, said: SpokenScript) -> VoicedScript:
    """The script's recording, or its words from the voice that it, else the station, names."""
    script = said.script
    if script.recording is not None:
        return VoicedScript(clips=(decode(station.library.folder / script.recording),), voice="recording")
    voice = voice_of(script.voice or station.schedule.voice, station.engines)
    speaker = Speaker(station.engines[voice.engine], station.clips)
    return VoicedScript(clips=tuple(speaker.speak(item, voice) for item in said.items), voice=voice.key)
