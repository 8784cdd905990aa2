"""What of the schedule is alike in a hundred thousand airings, worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from broadcaster.clock import VIETNAM
from broadcaster.config.entries import Campaign, Entry
from broadcaster.model.plan import AiringKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What an entry or campaign says of each of its airings, in whole seconds."""

    kind: AiringKind
    allowed_s: int | None
    reserved: bool
    shift_s: int
    late_limit_s: int


class Terms(dict[int, Term]):
    """Worked out once for each entry and campaign, not for each airing."""

    def of(self, source: Entry | Campaign) -> Term:
        term = self.get(id(source))
        if term is None:
            term = self[id(source)] = Term(
                kind=_kind(source),
                allowed_s=int(source.length.duration.total_seconds()) if source.length else None,
                reserved=source.length is not None and not source.length.cap,
                shift_s=int(source.shift.total_seconds()) if isinstance(source, Entry) else 0,
                late_limit_s=int(source.late_limit.total_seconds()),
            )
        return term


class Instants(dict[int, datetime]):
    """Seconds after a date's midnight as instants, each made once for all communes.

    Vietnam has kept one offset since 1975, so that wall-clock arithmetic is exact.
    """

    def __init__(self, day: date) -> None:
        super().__init__()
        self._midnight = datetime.combine(day, time(), VIETNAM)

    def __missing__(self, second: int) -> datetime:
        instant = self[second] = self._midnight + timedelta(seconds=second)
        return instant


def _kind(source: Entry | Campaign) -> AiringKind:
    if isinstance(source, Campaign):
        return AiringKind.CAMPAIGN
    return AiringKind.RELAY if source.relay is not None else AiringKind.SCRIPT
