"""Where as-run rows are kept, append only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Protocol

from broadcaster.model.as_run import AsRunRow, LogRow


class AsRunLog(Protocol):
    """The station's log. A row that `append` returned is on the disk; none is ever changed or taken away."""

    def append(self, row: AsRunRow) -> LogRow:
        """Chain the row to the last one. Raises `EvidenceBroken` if this airing and cluster have an outcome already."""
        ...

    def has(self, airing: str, cluster: str) -> bool: ...

    def last(self) -> LogRow | None: ...

    def rows(
        self, *, first: date | None = None, last: date | None = None, commune: str | None = None
    ) -> Iterator[LogRow]:
        """In order of seq; `first` and `last` are days (Vietnam) of the planned start, both included."""
        ...
