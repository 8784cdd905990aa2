"""The voices that can be used here: of every engine, the office's own connected ones among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from broadcaster.config.load import load_schedule
from broadcaster.errors import Fault
from broadcaster.model.speech import Voice
from broadcaster.speech.engine import Engine
from broadcaster.speech.registry import engines
from broadcaster.station.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineVoices:
    """What one engine offers here, and what it lacks."""

    engine: str
    version: str
    voices: tuple[Voice, ...]
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
    """Every engine with its voices, and what is missing with the command that mends it."""
    with engines_in(folder) as found:
        return [
            EngineVoices(
                engine=engine.name,
                version=engine.version,
                voices=tuple(engine.voices()),
                faults=tuple(engine.check()),
            )
            for engine in found.values()
        ]
