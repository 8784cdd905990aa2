"""The schedule that was last in force, kept aside: the power may fail while schedule.yaml has a fault."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from broadcaster.audio.atomic import replacing
from broadcaster.config.load import load_schedule, parse_schedule
from broadcaster.config.reading import read_text
from broadcaster.config.schedule import Schedule
from broadcaster.errors import BroadcasterError, WorkspaceFault
from broadcaster.station.workspace import Workspace

if TYPE_CHECKING:
    from broadcaster.station.station import Station


def keep(station: Station) -> None:
    """Remember what the station goes by, if that is what schedule.yaml says at this moment.

    Where the disk takes no file the one kept before stays: being on the air matters more than being ready for worse.
    """
    with suppress(BroadcasterError):
        text = read_text(station.workspace.schedule_file)
        if parse_schedule(text) == station.schedule:
            with replacing(station.workspace.last_schedule) as draft:
                draft.write_text(text, encoding="utf-8")


def last_in_force(workspace: Workspace) -> Schedule | None:
    """None where no station ever ran here, or where what was kept is of no use either."""
    try:
        return load_schedule(workspace.last_schedule)
    except WorkspaceFault:
        return None
