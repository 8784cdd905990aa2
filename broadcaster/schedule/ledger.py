"""What the station means to air and has not accounted for yet: survives a pulled plug."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from broadcaster.model.as_run import Intent

__all__ = ["AiringLedger", "Intent"]


class AiringLedger(Protocol):
    """Intents from the moment they are planned to the moment their outcome stands in the log."""

    def intend(self, intents: Iterable[Intent]) -> None:
        """Add those that are new; renew those that have not begun; leave those on the air or settled alone."""
        ...

    def begin(self, airing: str, cluster: str, *, at: datetime, programme: str | None = None) -> None:
        """It is on the air; beginning again keeps the first time. Raises `EvidenceBroken` if it was not intended."""
        ...

    def stand_down(self, airing: str, cluster: str) -> None:
        """It did not go on the air after all, and waits again. Leaves one that has sounded as it is."""
        ...

    def progress(self, airing: str, cluster: str, *, frames: int, sample_rate: int) -> None:
        """How far it has sounded. Raises `EvidenceBroken` for one that is not on the air."""
        ...

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

    def marked(self, name: str) -> datetime | None:
        """What `mark` noted under this name."""
        ...

    def mark(self, name: str, at: datetime) -> None: ...
