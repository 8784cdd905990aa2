"""What a date asks for once its exceptions are applied (rules 2 and 9), before anything is placed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from broadcaster.config.entries import Campaign, Entry, ExceptionalDays
from broadcaster.config.names import fold, slug
from broadcaster.config.schedule import Schedule
from broadcaster.schedule.calendar import is_on, seconds
from broadcaster.schedule.places import communes_of

RELAYS, CAMPAIGNS = "tiếp sóng", "chiến dịch"
"""Kinds that `chi_phat` and `bo` may name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """An entry at one of its times, in seconds after midnight."""

    entry: Entry
    start: int
    rank: tuple[int, int, int]
    """Priority descending, start, order in the file: the order of placing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySheet:
    """One date's wishes for all communes to which the same exceptions apply."""

    everywhere: tuple[Wish, ...]
    """In order of placing."""
    somewhere: dict[str, list[Wish]]
    """Those of entries that name their communes."""
    campaigns: tuple[Campaign, ...]
    music: bool

    def wishes(self, commune: str) -> Sequence[Wish]:
        """The commune's, in order of placing."""
        own = self.somewhere.get(commune)
        return sorted((*self.everywhere, *own), key=lambda wish: wish.rank) if own else self.everywhere


class DaySheets:
    """The sheets of one date, made once for each set of exceptions."""

    def __init__(self, book: Book, day: date) -> None:
        self._book = book
        self._day = day
        self._exceptions = [days for days in book.schedule.exceptions if days.on and is_on(days, day)]
        self._sheets: dict[tuple[int, ...], DaySheet] = {}

    def of(self, commune: str) -> DaySheet:
        applied = tuple(index for index, days in enumerate(self._exceptions) if commune in self._book.communes(days))
        if applied not in self._sheets:
            self._sheets[applied] = self._book.sheet(self._day, [self._exceptions[index] for index in applied])
        return self._sheets[applied]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """An entry on a date: its times as the exceptions leave them."""

    entry: Entry
    times: frozenset[int]
    added: bool = False


class Book:
    """The schedule with what every date needs of it worked out once."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        added = (entry for days in schedule.exceptions for entry in days.add)
        self._order = {id(entry): number for number, entry in enumerate((*schedule.entries, *added))}
        self._communes: dict[int, frozenset[str]] = {}

    def communes(self, placed: Entry | Campaign | ExceptionalDays) -> frozenset[str]:
        if id(placed) not in self._communes:
            self._communes[id(placed)] = communes_of(self.schedule, placed)
        return self._communes[id(placed)]

    def sheet(self, day: date, exceptions: Iterable[ExceptionalDays]) -> DaySheet:
        """All exceptions applied, in the order of the file."""
        lines = [_line(entry) for entry in self.schedule.entries if is_on(entry, day)]
        campaigns = [campaign for campaign in self.schedule.campaigns if campaign.first <= day <= campaign.last]
        music = True
        for exceptional in exceptions:
            lines = _apply(exceptional, lines, day)
            campaigns = [campaign for campaign in campaigns if stays(exceptional, campaign)]
            music = music and not exceptional.no_music
        return self._sheet(lines, campaigns, music=music)

    def _sheet(self, lines: list[_Line], campaigns: list[Campaign], *, music: bool) -> DaySheet:
        everyone = len(self.schedule.communes)
        everywhere: list[Wish] = []
        somewhere: defaultdict[str, list[Wish]] = defaultdict(list)
        for line in lines:
            wishes = [self._wish(line.entry, start) for start in line.times]
            communes = self.communes(line.entry)
            if len(communes) == everyone:
                everywhere += wishes
            else:
                for commune in communes:
                    somewhere[commune] += wishes
        everywhere.sort(key=lambda wish: wish.rank)
        return DaySheet(
            everywhere=tuple(everywhere), somewhere=dict(somewhere), campaigns=tuple(campaigns), music=music
        )

    def _wish(self, entry: Entry, start: int) -> Wish:
        return Wish(entry=entry, start=start, rank=(-entry.priority, start, self._order[id(entry)]))


def _line(entry: Entry, *, added: bool = False) -> _Line:
    return _Line(entry=entry, times=frozenset(map(seconds, entry.times)), added=added)


def _apply(exceptional: ExceptionalDays, lines: list[_Line], day: date) -> list[_Line]:
    """Keep, drop, add, then retime; what an exception added is beyond every `chi_phat`."""
    kept = [line for line in lines if stays(exceptional, line.entry, added=line.added)]
    kept += [_line(entry, added=True) for entry in exceptional.add if is_on(entry, day)]
    for retiming in exceptional.retime:
        times = frozenset(map(seconds, retiming.times))
        kept = [replace(line, times=times) if is_named(line.entry, [retiming.entry]) else line for line in kept]
    return kept


def stays(exceptional: ExceptionalDays, item: Entry | Campaign, *, added: bool = False) -> bool:
    if not added and exceptional.only is not None and not is_named(item, exceptional.only):
        return False
    return not is_named(item, exceptional.drop)


def is_named(item: Entry | Campaign, names: Iterable[str]) -> bool:
    """By its `ten`, its key, or its kind."""
    own = {fold(item.name), slug(item.name), item.key}
    if isinstance(item, Campaign):
        own.add(CAMPAIGNS)
    elif item.relay is not None:
        own.add(RELAYS)
    return any(fold(name) in own for name in names)
