"""Looks around every second while the station runs: at its clock, its schedule, its texts and the office's words."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from broadcaster.errors import BroadcasterError
from broadcaster.station.reload import Reload
from broadcaster.station.station import Station

LOOK_EVERY_S = 1.0
TEXTS_EVERY = 5
"""Looks between two looks at the texts: going through a thousand of them takes 10 ms."""

Stamps = frozenset[tuple[str, int, int]]


class Lookout:
    """Says when something has changed that the plan stands on. Runs on a thread of its own."""

    def __init__(
        self,
        station: Station,
        *,
        stop: threading.Event,
        on_schedule: Callable[[], None],
        on_texts: Callable[[], None],
        trouble: Callable[[BroadcasterError | OSError], None],
    ) -> None:
        self.station = station
        self.stop = stop
        self._on_schedule = on_schedule
        self._on_texts = on_texts
        self._trouble = trouble
        self._reload = Reload(station)
        self._texts = self._stamps()

    def run(self) -> None:
        """Until the station stops."""
        looks = 0
        while not self.station.clock.wait(LOOK_EVERY_S, until=self.stop):
            looks += 1
            try:
                self.look(at_texts=looks % TEXTS_EVERY == 0)
            except (BroadcasterError, OSError) as error:
                self._trouble(error)

    def look(self, *, at_texts: bool) -> None:
        """Once."""
        self.station.timekeeper.judge()
        if self._reload.look():
            self._on_schedule()
        if at_texts and (texts := self._stamps()) != self._texts:
            self._texts = texts
            self._on_texts()

    def _stamps(self) -> Stamps:
        """Of every text, recording and table of words."""
        workspace = self.station.workspace
        files = [*workspace.scripts.rglob("*"), *workspace.folder.glob("*.tsv")]
        return frozenset(stamp for file in files if (stamp := _stamp_of(file)) is not None)


def _stamp_of(file: Path) -> tuple[str, int, int] | None:
    try:
        stat = file.stat()
    except OSError:
        return None
    return (str(file), stat.st_mtime_ns, stat.st_size)
