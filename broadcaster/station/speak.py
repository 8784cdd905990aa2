"""A text straight to a sound file: to hear a sentence, a voice or an engine before anything is aired."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from broadcaster.audio.atomic import replacing
from broadcaster.audio.clip import PROGRAMME_SAMPLE_RATE
from broadcaster.audio.encode import check_ending, encoding
from broadcaster.audio.speech_chain import HORN
from broadcaster.audio.tags import Tags
from broadcaster.config.load import load_schedule
from broadcaster.errors import WrongUsage
from broadcaster.model.speech import SpokenText
from broadcaster.speech.cache import ClipCache
from broadcaster.speech.engine import Engine
from broadcaster.speech.ladder import named_voice
from broadcaster.speech.registry import voice_of
from broadcaster.speech.take import Take, take
from broadcaster.speech.wording import phrases_in_one_go
from broadcaster.station.house import house_in
from broadcaster.station.levelling import levelled_blocks
from broadcaster.station.voices import engines_in
from broadcaster.station.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenFile:
    """What was spoken into a file, and by whom."""

    spoken: SpokenText
    voice: str
    length_s: float
    engine_calls: int


def voice_key(engine: str | None, voice: str | None, found: Mapping[str, Engine]) -> str | None:
    """`--engine` and `--voice` together; an engine alone means its first voice, a voice alone may name its engine."""
    if engine is not None and engine not in found:
        raise WrongUsage(f"Không có bộ đọc '{engine}'.", remedy=f"Các bộ đọc: {', '.join(found)}.")
    if engine is None:
        return voice if voice is None or ":" in voice else f"{voice_of(None, found).engine}:{voice}"
    if voice is None and engine in found:
        return found[engine].voices()[0].key
    return f"{engine}:{voice or ''}"


def speak_text(written: str, *, out: Path, workspace: Path, engine: str | None, voice: str | None) -> SpokenFile:
    """Works in any folder; in a station's folder its named voices may be asked for, and its cache is used and filled.

    Raises `SpeechFault`, `WrongUsage` for an empty text or an unknown file ending, `DiskFull`.
    """
    check_ending(out)
    if not written.strip():
        raise WrongUsage("Văn bản rỗng, không có gì để đọc.", remedy="Kiểm tra lại tệp văn bản.")
    station = Workspace(workspace)
    with TemporaryDirectory() as aside, engines_in(workspace) as found:
        profiles = load_schedule(station.schedule_file).voice_profiles if station.schedule_file.is_file() else {}
        if engine is None and voice in profiles:
            chosen = named_voice(voice, profiles=profiles, engines=found)
        else:
            chosen = voice_of(voice_key(engine, voice, found), found)
        cache = ClipCache(station.clips if station.schedule_file.is_file() else Path(aside))
        spoken = house_in(workspace).read(written)
        phrases_in_one_go(spoken.phrases)
        said = take(spoken, lambda _: chosen, engines=found, cache=cache)
        length_s = _written(said, out)
    return SpokenFile(spoken=spoken, voice=chosen.key, length_s=length_s, engine_calls=said.engine_calls)


def _written(said: Take, out: Path) -> float:
    """Levelled and encoded three minutes at a time; how long it is (s)."""
    frames = 0
    with replacing(out) as draft, encoding(draft, sample_rate=PROGRAMME_SAMPLE_RATE, tags=Tags(title="")) as write:
        for block in levelled_blocks(said, HORN):
            write(block)
            frames += len(block)
    return frames / PROGRAMME_SAMPLE_RATE
