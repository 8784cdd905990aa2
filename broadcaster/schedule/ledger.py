"""What the station means to air and has not accounted for yet: survives a pulled plug."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from broadcaster.model import Airing


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """An airing on one cluster that has no outcome yet."""

    airing: Airing
    cluster: str
    output: str
    began_at: datetime | None = None
    """When it went on the air; None while it waits."""
    played_frames: int = 0
    """By the output's last word: at most about a second behind."""
    sample_rate: int = 44_100


class AiringLedger(Protocol):
    """Intents from the moment they are planned to the moment their outcome stands in the log."""

    def intend(self, intents: Iterable[Intent]) -> None:
        """Add those that are new; renew those that have not begun; leave those on the air or settled alone."""
        ...

    def withdraw(self, airing: str, cluster: str) -> None:
        """Forget one that has not begun (an edit took it out of the schedule)."""
        ...

    def begin(self, airing: str, cluster: str, *, at: datetime) -> None: ...

    def progress(self, airing: str, cluster: str, *, frames: int, sample_rate: int) -> None: ...

    def settle(self, airing: str, cluster: str) -> None:
        """Its outcome stands in the log; it is never intended again."""
        ...

    def open(self) -> list[Intent]:
        """All without an outcome, in order of start."""
        ...

    def seen_until(self) -> datetime | None:
        """Up to when every due airing has been accounted for; None before the station's first run."""
        ...

    def mark_seen(self, at: datetime) -> None: ...
