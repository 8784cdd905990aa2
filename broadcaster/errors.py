"""What failed and what to do next: one class a kind, each with its exit code.

Messages and remedies are Vietnamese sentences, since operators read them as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong, where it is, and what mends it (both texts in Vietnamese)."""

    message: str
    remedy: str = ""
    file: str | None = None
    line: int | None = None
    column: int | None = None

    @property
    def place(self) -> str:
        """`file:line:column` as far as it is known, lines and columns counted from 1."""
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)

    def __str__(self) -> str:
        head = f"{self.place}: {self.message}" if self.place else self.message
        return f"{head}\n  → {self.remedy}" if self.remedy else head


class BroadcasterError(Exception):
    """Anything a person can be told about: a message, a remedy and an exit code."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, remedy: str = "", faults: Sequence[Fault] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.faults = tuple(faults)


class WrongUsage(BroadcasterError):
    """The command line itself is off."""

    exit_code = 2


class WorkspaceFault(BroadcasterError):
    """The schedule, a script or the folder is not as it must be; `faults` names every one."""

    exit_code = 3


class RecordsDamaged(WorkspaceFault):
    """The station's database is damaged, or is not the station's."""


class ScheduleConflict(BroadcasterError):
    """Airings that cannot all have their time (`check --strict`)."""

    exit_code = 4


class OutputFault(BroadcasterError):
    """A loudspeaker output is missing, or broke while it played."""

    exit_code = 5


class NoDevice(OutputFault):
    """There is nothing to sound on: no sound card, or not the one that was asked for."""


class OutputBusy(OutputFault):
    """Another programme sounds on it now."""


class SpeechFault(BroadcasterError):
    """A speech engine is missing, unreachable, or gave something that is not speech."""

    exit_code = 6


class NotApproved(BroadcasterError):
    """A text that nobody with the right to do so has approved, or that changed since."""

    exit_code = 7


class EvidenceBroken(BroadcasterError):
    """The log, a checkpoint or an audio file is not what was recorded."""

    exit_code = 8


class AudioFault(BroadcasterError):
    """A sound file that cannot be read, or is not what it claims to be."""

    exit_code = 3


class DiskFull(BroadcasterError):
    """No room on the disk; nothing half-written is left behind."""

    exit_code = 1
