"""A plan as it is handed out: per commune and week, the days side by side. Pure; the files are made in `exports/`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from broadcaster.config.schedule import Schedule
from broadcaster.config.stations import Commune
from broadcaster.config.values import spoken_duration
from broadcaster.model.plan import Airing, AiringKind, AiringStatus, PlanReason

WEEK = 7
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
SESSIONS = (("Sáng", 0), ("Trưa", 10 * 60 + 30), ("Chiều", 13 * 60 + 30), ("Tối", 19 * 60))
"""Names of a day's sessions, and the minute of the day with which each begins."""
KINDS = {AiringKind.RELAY: "tiếp sóng", AiringKind.CAMPAIGN: "chiến dịch", AiringKind.SCRIPT: ""}
REASONS = {
    PlanReason.OUTSIDE_WINDOW: "ngoài khung giờ hoặc chạm giờ yên tĩnh",
    PlanReason.OVER_LIMIT: "quá giới hạn của khung giờ",
    PlanReason.NO_ROOM: "không còn chỗ trống",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLine:
    """An airing, and whether it will sound as things stand."""

    airing: Airing
    mark: str = ""
    """What is in its way, in a word or two; empty: nothing."""
    held: str | None = None
    """The same with what mends it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """What is to be read in a cell of the grid."""

    start: datetime
    end: datetime
    title: str
    notes: tuple[str, ...]
    """What is not as written in the schedule, or still lacks something."""

    @property
    def clock(self) -> str:
        return f"{self.start:%H:%M:%S}" if self.start.second else f"{self.start:%H:%M}"

    @property
    def lasting(self) -> str:
        return spoken_duration(timedelta(seconds=max(60, -(-int((self.end - self.start).total_seconds()) // 60) * 60)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A part of the day: for each day of the week what airs in it."""

    name: str
    days: tuple[tuple[Slot, ...], ...]

    def starts(self) -> list[str]:
        """Every start of the session, once."""
        return sorted({slot.clock for slots in self.days for slot in slots})


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One commune's page."""

    commune: Commune
    days: tuple[date, ...]
    sessions: tuple[Session, ...]
    left_out: tuple[str, ...]
    """What was asked for and does not air, each with its reason and its days."""

    @property
    def period(self) -> str:
        first, last = self.days[0], self.days[-1]
        return f"Từ {day_name(first)} {first:%d/%m/%Y} đến {day_name(last)} {last:%d/%m/%Y}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Printout:
    """Everything that is handed out."""

    schedule: Schedule
    lines: tuple[PlannedLine, ...]
    first: date
    days: int
    made_at: datetime

    def weeks(self) -> Iterator[Week]:
        """By commune, then week; the last may be short."""
        by_commune: dict[str, list[PlannedLine]] = {}
        for line in self.lines:
            by_commune.setdefault(line.airing.commune, []).append(line)
        names = _names(self.schedule)
        for key, lines in by_commune.items():
            for begin in range(0, self.days, WEEK):
                count = min(WEEK, self.days - begin)
                days = tuple(self.first + timedelta(days=begin + number) for number in range(count))
                yield _week(self.schedule.communes[key], days, lines, names)


def day_name(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def _names(schedule: Schedule) -> dict[str, str]:
    """Entries' and campaigns' titles by their keys."""
    added = [entry for days in schedule.exceptions for entry in days.add]
    entries = {entry.key: entry.name for entry in (*schedule.entries, *added)}
    return entries | {campaign.key: campaign.name for campaign in schedule.campaigns}


def _week(commune: Commune, days: tuple[date, ...], lines: list[PlannedLine], names: dict[str, str]) -> Week:
    slots: dict[tuple[str, date], list[Slot]] = {}
    left_out: dict[str, list[date]] = {}
    for line in lines:
        airing = line.airing
        if airing.date not in days:
            continue
        if airing.start is None:
            left_out.setdefault(_left_out(airing, names), []).append(airing.date)
        else:
            slots.setdefault((_session(airing.start), airing.date), []).append(_slot(line, airing.start))
    sessions = tuple(
        Session(name=name, days=tuple(tuple(slots.get((name, day), ())) for day in days))
        for name, _ in SESSIONS
        if any((name, day) in slots for day in days)
    )
    told = tuple(f"{what}: {_days_of(missed, days)}" for what, missed in left_out.items())
    return Week(commune=commune, days=days, sessions=sessions, left_out=told)


def _days_of(missed: Sequence[date], days: Sequence[date]) -> str:
    each = tuple(dict.fromkeys(missed))
    count = f" ({len(missed)} lượt)" if len(missed) > len(each) else ""
    if len(each) == len(days) > 1:
        return f"mọi ngày{count}"
    return ", ".join(f"{day_name(day)} {day:%d/%m}" for day in each) + count


def _session(start: datetime) -> str:
    minute = start.hour * 60 + start.minute
    return [name for name, begins in SESSIONS if begins <= minute][-1]


def _slot(line: PlannedLine, start: datetime) -> Slot:
    airing = line.airing
    notes = []
    if KINDS[airing.kind] and KINDS[airing.kind] not in airing.title.casefold():
        notes.append(KINDS[airing.kind])
    if airing.status is AiringStatus.MOVED and airing.planned_start:
        notes.append(f"dời từ {airing.planned_start:%H:%M}")
    if not airing.music:
        notes.append("không nhạc")
    if line.mark:
        notes.append(line.mark)
    end = start + timedelta(seconds=airing.length_s)
    return Slot(start=start, end=end, title=airing.title, notes=tuple(notes))


def _left_out(airing: Airing, names: dict[str, str]) -> str:
    at = f" lúc {airing.planned_start:%H:%M}" if airing.planned_start else ""
    if airing.yields_to:
        why = f"nhường “{names.get(airing.yields_to, airing.yields_to)}”"
    else:
        why = REASONS.get(airing.reason, "") if airing.reason else ""
    return f"“{airing.title}”{at} ({why})"
