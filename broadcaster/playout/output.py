"""What an output must do: take sound at the pace at which it is heard, and account for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from broadcaster.errors import Fault


class OutputStream(Protocol):
    """One programme on its way out. After `finish` or `abort` it takes nothing more."""

    sounding_as: str
    """What really sounds, for the log: `loa-may (sound-card: USB Audio)`, `tep (file)`."""

    def write(self, block: NDArray[np.int16]) -> None:
        """Hand over mono frames; waits so that no more than about 0.5 s is ever ahead of the ear.

        The first 0.3 s (`pace.AT_ONCE_S`) are taken at once, so that one thread can start many programmes together.

        Raises `OutputFault` when the device is gone, `DiskFull` when a file has no room; the account is settled by
        then. Takes nothing, without a word, once it is finished or aborted.
        """
        ...

    @property
    def played_frames(self) -> int:
        """Frames that have left: sounded on a device, or stand in the file at the pace of the ear."""
        ...

    @property
    def started_at(self) -> datetime | None:
        """Wall time when the first frame left; None while none has."""
        ...

    @property
    def ended_at(self) -> datetime | None:
        """Wall time when the last frame left; None while more may leave, or none has."""
        ...

    @property
    def underruns(self) -> int:
        """Times it ran dry between the first frame and the last: a silence that nobody wrote."""
        ...

    def finish(self) -> str | None:
        """Waits until all that was written has left; gives the recording's path relative to the workspace, if any."""
        ...

    def abort(self) -> str | None:
        """Stops at once; what has sounded stays accounted for (and recorded, where the output records)."""
        ...


class Output(Protocol):
    """Where sound goes: a sound card, a file, a stream."""

    name: str
    """As schedule.yaml names it."""
    occupies: str | None
    """What only one programme can have at a time (`sound-card:usb`), whichever output asks; None: any number sound."""

    def check(self) -> Sequence[Fault]:
        """Why it cannot play now and what mends it; empty where it can."""
        ...

    def sounds_as(self) -> str:
        """What would sound now, in the words of `OutputStream.sounding_as`; opens nothing."""
        ...

    def open(self, *, label: str, sample_rate: int) -> OutputStream:
        """Get ready to sound; `label` (an airing's id and cluster) names recordings.

        Raises `NoDevice` where there is nothing to sound on, `OutputBusy` while another programme has it, `DiskFull`,
        or another `OutputFault`.
        """
        ...
