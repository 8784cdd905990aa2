"""What an edit of the schedule changes on the air: two running orders, compared. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from broadcaster.model.plan import AiringStatus
from broadcaster.station.running_order import Listed


class ChangeKind(StrEnum):
    """What becomes of an airing."""

    ADDED = "added"
    REMOVED = "removed"
    RETIMED = "retimed"
    REPLACED = "replaced"
    """The same time, another text, length or template."""
    DISPLACED = "displaced"
    """It moves, is dropped or falls short because of others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One airing before and after the edit; either may be missing."""

    kind: ChangeKind
    before: Listed | None
    after: Listed | None

    @property
    def listed(self) -> Listed:
        found = self.after or self.before
        assert found is not None  # noqa: S101 - a change has one side at least
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequences:
    """All that changes, by day and commune, and what of it is new trouble."""

    changes: tuple[Change, ...]
    conflicts: tuple[Listed, ...]
    """Airings that the edit moves, drops or leaves short; each says why."""
    unapproved: tuple[str, ...]
    """Texts that the edit brings on the air and that nobody has approved as they are now."""

    @property
    def lines(self) -> tuple[str, ...]:
        """In Vietnamese: alike changes of a series as one line."""
        return tuple(_told(alike) for alike in _series(self.changes))


def consequences_of(before: Sequence[Listed], after: Sequence[Listed]) -> Consequences:
    """Compare by airing; a time that went and one that came on the same day in the same series are one move."""
    old = {one.airing.id: one for one in before}
    new = {one.airing.id: one for one in after}
    gone = [one for key, one in old.items() if key not in new]
    come = [one for key, one in new.items() if key not in old]
    changes = [*_paired(gone, come), *_altered(old, new)]
    changes.sort(key=lambda change: (change.listed.airing.date, change.listed.airing.commune, change.listed.airing.id))
    aired = {change.after.airing.item for change in changes if change.after and not change.after.approved}
    return Consequences(
        changes=tuple(changes),
        conflicts=tuple(_conflicts(old, new)),
        unapproved=tuple(sorted(aired)),
    )


def _paired(gone: Iterable[Listed], come: Iterable[Listed]) -> Iterator[Change]:
    """A substitute at the same time replaces; else the series' times move, in their order."""
    waiting: defaultdict[tuple[str, date, str], list[Listed]] = defaultdict(list)
    for one in gone:
        waiting[_series_day(one)].append(one)
    moved = []
    for one in come:
        earlier = waiting[_series_day(one)]
        same = next((each for each in earlier if each.airing.planned_start == one.airing.planned_start), None)
        if same is None:
            moved.append(one)
        else:
            earlier.remove(same)
            replaced = _time(same) == _time(one)
            yield Change(kind=ChangeKind.REPLACED if replaced else ChangeKind.DISPLACED, before=same, after=one)
    for one in moved:
        earlier = waiting[_series_day(one)]
        before = earlier.pop(0) if earlier else None
        yield Change(kind=ChangeKind.RETIMED if before else ChangeKind.ADDED, before=before, after=one)
    for rest in waiting.values():
        yield from (Change(kind=ChangeKind.REMOVED, before=one, after=None) for one in rest)


def _altered(old: dict[str, Listed], new: dict[str, Listed]) -> Iterator[Change]:
    for key, after in new.items():
        before = old.get(key)
        if before is None:
            continue
        was, will = before.airing, after.airing
        if (was.start, was.status) != (will.start, will.status):
            yield Change(kind=ChangeKind.DISPLACED, before=before, after=after)
        elif (was.item, was.length_s, was.template, was.music) != (will.item, will.length_s, will.template, will.music):
            yield Change(kind=ChangeKind.REPLACED, before=before, after=after)


def _conflicts(old: dict[str, Listed], new: dict[str, Listed]) -> Iterator[Listed]:
    for key, after in new.items():
        if after.airing.status is not AiringStatus.PLANNED and _place(old.get(key)) != _place(after):
            yield after


def _place(one: Listed | None) -> tuple[object, ...] | None:
    return (one.airing.start, one.airing.status, one.airing.reason) if one else None


def _series_day(one: Listed) -> tuple[str, date, str]:
    """By title: a substitute for one day bears that of its series, under a key of its own."""
    return one.airing.commune, one.airing.date, one.airing.title


def _series(changes: Iterable[Change]) -> Iterator[list[Change]]:
    alike: dict[tuple[object, ...], list[Change]] = {}
    for change in changes:
        times = tuple(_time(one) for one in (change.before, change.after))
        alike.setdefault((change.kind, change.listed.airing.entry, times, change.listed.airing.reason), []).append(
            change
        )
    yield from alike.values()


def _told(alike: Sequence[Change]) -> str:
    change = alike[0]
    days = sorted({one.listed.airing.date for one in alike})
    communes = len({one.listed.airing.commune for one in alike})
    span = f"{days[0]:%d/%m/%Y}" if len(days) == 1 else f"{len(days)} ngày từ {days[0]:%d/%m} đến {days[-1]:%d/%m/%Y}"
    return f"{change.listed.airing.title}: {_happening(change)} ({len(alike)} lượt, {span}, {communes} xã)"


def _happening(change: Change) -> str:
    was, will = (_clock(_time(one)) for one in (change.before, change.after))
    match change.kind:
        case ChangeKind.ADDED:
            return f"thêm lượt {will}" if _time(change.after) else "thêm lượt nhưng không phát được"
        case ChangeKind.REMOVED:
            return f"bỏ lượt {was}"
        case ChangeKind.RETIMED:
            return f"dời từ {was} sang {will}" if _time(change.after) else f"dời khỏi {was}, không phát được"
        case ChangeKind.REPLACED:
            return f"lượt {will} phát nội dung khác"
        case ChangeKind.DISPLACED:
            return f"lượt {was} thành {will}"


def _time(one: Listed | None) -> time | None:
    at = (one.airing.start or None) if one else None
    return at.timetz().replace(tzinfo=None) if at else None


def _clock(at: time | None) -> str:
    return "không phát được" if at is None else at.strftime("%H:%M:%S" if at.second else "%H:%M")
