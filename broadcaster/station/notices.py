"""What the operator must know while it lasts: told when it begins and when it is over, shown on the page between."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from broadcaster.errors import BroadcasterError


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that is not as it should be, and what to do about it; both in Vietnamese."""

    about: str
    """What it concerns (`dong-ho`, `lich`, `bai:tin/thu.txt`): one notice each."""
    message: str
    remedy: str
    since: datetime

    def __str__(self) -> str:
        return f"{self.message}\n  → {self.remedy}" if self.remedy else self.message


def in_full(error: BroadcasterError | OSError) -> str:
    """What stands in the station's way, with every fault, and what to do."""
    if not isinstance(error, BroadcasterError):
        return str(error)
    faults = "".join(f"\n  - {fault}" for fault in error.faults)
    return f"{error.message}{faults}\n  → {error.remedy}" if error.remedy else f"{error.message}{faults}"


def _unheard(_: str) -> None:
    """Nobody listens yet."""


class Notices:
    """Those that stand. Threads of one station share it; `tell` is whoever speaks to the operator."""

    def __init__(self) -> None:
        self.tell: Callable[[str], None] = _unheard
        self._standing: dict[str, Notice] = {}
        self._lock = threading.Lock()

    def post(self, about: str, message: str, *, remedy: str, at: datetime) -> None:
        """It stands from now on, in place of what was said about it before; told when it is news."""
        with self._lock:
            before = self._standing.get(about)
            if before is not None and (before.message, before.remedy) == (message, remedy):
                return
            notice = Notice(about=about, message=message, remedy=remedy, since=before.since if before else at)
            self._standing[about] = notice
        self.tell(f"CHÚ Ý: {notice}")

    def clear(self, about: str, *, because: str) -> None:
        """It is over; told if it stood."""
        with self._lock:
            stood = self._standing.pop(about, None)
        if stood is not None:
            self.tell(because)

    def about(self) -> set[str]:
        """What the standing ones concern."""
        with self._lock:
            return set(self._standing)

    def standing(self) -> tuple[Notice, ...]:
        """The oldest first."""
        with self._lock:
            return tuple(sorted(self._standing.values(), key=lambda notice: (notice.since, notice.about)))
