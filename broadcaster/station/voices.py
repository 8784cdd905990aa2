"""The voices that can be used here: of every engine, the office's own connected ones among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from broadcaster.config.load import load_schedule
from broadcaster.config.voices import VoiceProfile
from broadcaster.errors import Fault, SpeechFault
from broadcaster.model.speech import Voice
from broadcaster.speech.engine import Engine
from broadcaster.speech.ladder import named_voice
from broadcaster.speech.registry import engines
from broadcaster.station.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineVoices:
    """What one engine offers here, and what it lacks."""

    engine: str
    version: str
    voices: tuple[Voice, ...]
    profiles: tuple[tuple[VoiceProfile, Voice], ...]
    """Those of `giong_doc` that speak with one of its voices, and the voice as each has it."""
    faults: tuple[Fault, ...]


@contextmanager
def engines_in(folder: Path, *, connected: bool = True) -> Iterator[Mapping[str, Engine]]:
    """The engines of the station in `folder`; where there is no station, those that the program itself brings.

    `connected=False` leaves out what schedule.yaml adds, whose faults would be raised as `WorkspaceFault`.
    """
    workspace = Workspace(folder)
    is_station = workspace.schedule_file.is_file()
    added = load_schedule(workspace.schedule_file).engines if is_station and connected else {}
    with TemporaryDirectory() as aside:
        found = engines(workspace.data if is_station else Path(aside), connected=added)
        try:
            yield found
        finally:
            for engine in found.values():
                engine.close()


def list_voices(folder: Path) -> list[EngineVoices]:
    """Every engine with its voices, the office's names for them, and what is missing with the command that mends it."""
    file = Workspace(folder).schedule_file
    profiles = load_schedule(file).voice_profiles.values() if file.is_file() else ()
    with engines_in(folder) as found:
        return [
            EngineVoices(
                engine=engine.name,
                version=engine.version,
                voices=tuple(engine.voices()),
                profiles=tuple(_profiled(profiles, found, engine)),
                faults=tuple(engine.check()),
            )
            for engine in found.values()
        ]


def _profiled(
    profiles: Iterable[VoiceProfile], engines: Mapping[str, Engine], engine: Engine
) -> Iterator[tuple[VoiceProfile, Voice]]:
    """What names no voice of `engine` is left out: `check` tells of it."""
    mine = {profile.key: profile for profile in profiles if profile.engine == engine.name}
    for profile in mine.values():
        with suppress(SpeechFault):
            yield profile, named_voice(profile.key, profiles=mine, engines=engines)
