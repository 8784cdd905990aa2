"""A station's wired parts: each stage's Protocol meets the store, the engine or the output that satisfies it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from broadcaster.clock import Clock, SystemClock
from broadcaster.config.schedule import Schedule
from broadcaster.errors import WorkspaceFault
from broadcaster.station.workspace import Workspace, existing

if TYPE_CHECKING:
    from broadcaster.audio.reel import ReelCase
    from broadcaster.config.edits.journal import EditJournal
    from broadcaster.config.whereabouts import Whereabouts
    from broadcaster.content.approval import ApprovalBook
    from broadcaster.content.library import ScriptLibrary
    from broadcaster.evidence.checkpoints import Checkpoints
    from broadcaster.evidence.log import AsRunLog
    from broadcaster.playout.output import Output
    from broadcaster.programme.shelf import ProgrammeShelf
    from broadcaster.schedule.ledger import AiringLedger
    from broadcaster.speech.cache import ClipCache
    from broadcaster.speech.engine import Engine
    from broadcaster.station.house import Houses
    from broadcaster.station.levelling import Leveller
    from broadcaster.station.notices import Notices
    from broadcaster.station.sound_files import SoundFiles
    from broadcaster.station.timekeeper import Timekeeper
    from broadcaster.storage.database import Database


_MAKING = threading.RLock()

Made = TypeVar("Made")


class part(Generic[Made]):  # noqa: N801 - it reads as the property that it is
    """A property that is made once, whichever threads ask for it: `cached_property` has no lock from 3.12 on."""

    def __init__(self, make: Callable[[Any], Made]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, station: Any, owner: type | None = None) -> Made:
        with _MAKING:
            made: dict[str, Made] = station.__dict__
            if self._name not in made:
                made[self._name] = self._make(station)
            return made[self._name]


@dataclass
class Station:
    """Parts are made when a flow first asks for them: reading a text aloud opens no database."""

    workspace: Workspace
    schedule: Schedule
    clock: Clock
    readonly: bool = False
    """The records are only looked at: nothing in the folder changes, which may be write-protected."""
    simulated: bool = False
    """Its rows are marked, and never evidence."""
    clock_confirmed: bool = False
    """Somebody vouches for the machine's clock as it is."""
    records: Path | None = None
    """Another database than the workspace's own."""
    refused: WorkspaceFault | None = None
    """Why schedule.yaml is not what it goes by; the schedule is then the one that was last in force."""

    @part
    def notices(self) -> Notices:
        from broadcaster.station.notices import Notices

        return Notices()

    @part
    def timekeeper(self) -> Timekeeper:
        from broadcaster.station.timekeeper import Timekeeper

        return Timekeeper(self)

    @part
    def whereabouts(self) -> Whereabouts:
        """Where in schedule.yaml everything stands, for those who tell of it."""
        from broadcaster.config.load import load_with_places

        file = self.workspace.last_schedule if self.refused else self.workspace.schedule_file
        return load_with_places(file)[1]

    @part
    def library(self) -> ScriptLibrary:
        from broadcaster.content.library import ScriptLibrary

        return ScriptLibrary(self.workspace.scripts)

    @part
    def sounds(self) -> SoundFiles:
        from broadcaster.station.sound_files import SoundFiles

        return SoundFiles(self.workspace, readonly=self.readonly)

    @part
    def houses(self) -> Houses:
        from broadcaster.station.house import Houses

        return Houses(self.workspace.folder, frozenset(self.schedule.communes))

    @part
    def database(self) -> Database:
        from broadcaster.storage.database import open_database, open_to_read

        return (open_to_read if self.readonly else open_database)(self.records or self.workspace.database)

    @part
    def log(self) -> AsRunLog:
        from broadcaster.evidence.chain import hash_of
        from broadcaster.storage.log import SqliteLog

        return SqliteLog(self.database, hash_of=hash_of)

    @part
    def approvals(self) -> ApprovalBook:
        from broadcaster.storage.approvals import SqliteApprovals

        return SqliteApprovals(self.database)

    @part
    def ledger(self) -> AiringLedger:
        from broadcaster.storage.ledger import SqliteLedger

        return SqliteLedger(self.database)

    @part
    def shelf(self) -> ProgrammeShelf:
        from broadcaster.storage.programmes import SqliteShelf

        return SqliteShelf(self.database)

    @part
    def edits(self) -> EditJournal:
        from broadcaster.config.edits.journal import JournalStep
        from broadcaster.storage.edits import SqliteEdits

        return SqliteEdits(self.database, kind=JournalStep)

    @part
    def checkpoints(self) -> Checkpoints:
        from broadcaster.evidence.checkpoints import Checkpoint, Checkpoints
        from broadcaster.storage.checkpoints import SqliteCheckpoints

        path = self.workspace.checkpoints if self.records is None else self.records.with_suffix(".moc.jsonl")
        return Checkpoints(path, store=SqliteCheckpoints(self.database, kind=Checkpoint))

    @part
    def engines(self) -> Mapping[str, Engine]:
        from broadcaster.speech.registry import engines

        return engines(self.workspace.data, connected=self.schedule.engines)

    @part
    def clips(self) -> ClipCache:
        from broadcaster.speech.cache import ClipCache

        return ClipCache(self.workspace.clips)

    @part
    def levelled(self) -> Leveller:
        from broadcaster.speech.cache import ClipCache
        from broadcaster.station.levelling import Leveller

        # below the clips it is made from, with locks of its own: making one asks for the others
        return Leveller(ClipCache(self.workspace.clips / "da-can"))

    @part
    def reels(self) -> ReelCase:
        from broadcaster.audio.reel import ReelCase

        return ReelCase(self.workspace.reels)

    @part
    def outputs(self) -> Mapping[str, Output]:
        from broadcaster.playout.registry import open_outputs

        return open_outputs(self.schedule.outputs, workspace=self.workspace.folder, clock=self.clock)

    def use(self, **parts: object) -> None:
        """Have these parts in place of those that it would make: a simulated day sounds on outputs of its own."""
        with _MAKING:
            self.__dict__.update(parts)

    def take(self, schedule: Schedule) -> None:
        """Go on with another schedule. Outputs whose settings stand stay what they are: something may sound on them.

        Raises `WorkspaceFault` where its outputs make no sense; nothing has changed then.
        """
        from broadcaster.playout.registry import open_outputs

        old, known = self.schedule, self.outputs
        fresh = {name: each for name, each in schedule.outputs.items() if old.outputs.get(name) != each}
        opened = open_outputs(fresh, workspace=self.workspace.folder, clock=self.clock)
        with _MAKING:
            self.__dict__["outputs"] = {name: opened.get(name) or known[name] for name in schedule.outputs}
            self.schedule, self.refused = schedule, None
            self.__dict__.pop("whereabouts", None)
            if schedule.communes.keys() != old.communes.keys():
                self.__dict__.pop("houses", None)

    def update_records(self) -> None:
        """Give records of an older version this version's shape, which those who only read never do."""
        self.database.read("SELECT 1")

    def close(self) -> None:
        """Let go of worker processes and the database."""
        if "engines" in self.__dict__:
            for engine in self.engines.values():
                engine.close()
        if "database" in self.__dict__:
            self.database.close()

    def __enter__(self) -> Station:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_station(
    folder: Path,
    *,
    clock: Clock | None = None,
    readonly: bool = False,
    records: Path | None = None,
    fall_back: bool = False,
) -> Station:
    """The station in `folder`, with its own records or those at `records`.

    Raises `WorkspaceFault` with every fault of its schedule; with `fall_back` the schedule that was last in force takes
    its place where there is one, and `refused` says why.
    """
    from broadcaster.config.load import load_schedule
    from broadcaster.station.last_schedule import last_in_force

    workspace = existing(folder)
    refused = None
    try:
        schedule = load_schedule(workspace.schedule_file)
    except WorkspaceFault as fault:
        kept = last_in_force(workspace) if fall_back else None
        if kept is None:
            raise
        schedule, refused = kept, fault
    return Station(workspace, schedule, clock or SystemClock(), readonly=readonly, records=records, refused=refused)
