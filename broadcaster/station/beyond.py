"""What an edit changes after the days of its preview: how many airings, from when to when. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from broadcaster.model.plan import Airing


@dataclass(frozen=True, slots=True, kw_only=True)
class Beyond:
    """The rest of a year, or as much of it as so many communes allow to look at."""

    until: date
    """The last date that was looked at."""
    airings: int
    first: date | None
    last: date | None

    def as_json(self) -> dict[str, str | int | None]:
        dates = {"until": self.until, "first": self.first, "last": self.last}
        return {name: day.isoformat() if day else None for name, day in dates.items()} | {"airings": self.airings}

    @property
    def line(self) -> str:
        """In Vietnamese; it also says how far was looked."""
        looked = f"Sau đó (đã xét đến hết ngày {self.until:%d/%m/%Y})"
        if self.first is None or self.last is None:
            return f"{looked}: không lượt phát nào thay đổi."
        if self.first == self.last:
            return f"{looked}: còn {self.airings} lượt khác đi, đều trong ngày {self.first:%d/%m/%Y}."
        return f"{looked}: còn {self.airings} lượt khác đi, từ {self.first:%d/%m/%Y} đến {self.last:%d/%m/%Y}."


def beyond_of(before: Sequence[Airing], after: Sequence[Airing], *, until: date) -> Beyond:
    """Compare two plans of the same dates; an airing that leaves one time for another counts once."""
    old = {airing.id: _as_heard(airing) for airing in before}
    new = {airing.id: _as_heard(airing) for airing in after}
    gone, come = old.keys() - new.keys(), new.keys() - old.keys()
    altered = {key for key in old.keys() & new.keys() if old[key] != new[key]}
    dates = {airing.date for airing in (*before, *after) if airing.id in gone | come | altered}
    return Beyond(
        until=until,
        airings=max(len(gone), len(come)) + len(altered),
        first=min(dates, default=None),
        last=max(dates, default=None),
    )


def _as_heard(airing: Airing) -> tuple[object, ...]:
    return airing.start, airing.status, airing.item, airing.length_s, airing.template, airing.music
