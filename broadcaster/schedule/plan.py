"""schedule.yaml × dates × known lengths → airings, each with its place on the clock or the reason why it has none.

Pure. The meaning is SCHEDULE's, rule by rule, in docs/developers/schedule.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from broadcaster.clock import VIETNAM
from broadcaster.config.entries import Campaign, Entry
from broadcaster.config.names import nearest
from broadcaster.config.schedule import Schedule
from broadcaster.config.values import FIRST_YEAR, LAST_YEAR
from broadcaster.errors import WrongUsage
from broadcaster.model.plan import Airing, AiringStatus
from broadcaster.schedule.calendar import frames_of, quiet_of
from broadcaster.schedule.day_sheet import Book, DaySheet, DaySheets, Wish
from broadcaster.schedule.lengths import Lengths, length_of
from broadcaster.schedule.placing import Board, Hours, Placement, Taken
from broadcaster.schedule.terms import Instants, Term, Terms


def plan(
    schedule: Schedule, *, first: date, days: int, lengths: Lengths, communes: Collection[str] | None = None
) -> list[Airing]:
    """Every airing of `days` dates from `first` on, by commune's key, then start.

    What has no start stands at its planned start, what has neither at the end of its date. Raises `WrongUsage` for a
    commune that the schedule does not have and for dates beyond the lunar calendar.
    """
    wanted = _known_communes(schedule, communes)
    dates = _dates(first, days)
    book = Book(schedule)
    quiet = Taken(quiet_of(schedule))
    hours = {key: hours_of(schedule, key, quiet) for key in wanted}
    terms = Terms()
    airings: list[Airing] = []
    for day in dates:
        sheets, instants = DaySheets(book, day), Instants(day)
        for commune in wanted:
            planner = _Day(
                book=book,
                commune=commune,
                day=day,
                iso=day.isoformat(),
                sheet=sheets.of(commune),
                lengths=lengths,
                terms=terms,
                instants=instants,
            )
            airings += planner.airings(Board(hours[commune]))
    return sorted(airings, key=_in_order)


def no_lengths(commune: str, script: str, template: str | None, music: bool) -> int | None:
    """For a plan made before anything is written or rendered."""
    return None


def _known_communes(schedule: Schedule, communes: Collection[str] | None) -> list[str]:
    for key in communes or ():
        if key not in schedule.communes:
            meant = nearest(key, schedule.communes)
            listed = ", ".join(list(schedule.communes)[:10])
            remedy = f"Có phải ý bạn là “{meant}”?" if meant else f"Các xã trong lịch: {listed}"
            raise WrongUsage(f"Lịch không có xã “{key}”.", remedy=remedy)
    return sorted(schedule.communes if communes is None else set(communes))


def _dates(first: date, days: int) -> list[date]:
    bounds = date(FIRST_YEAR + 2, 1, 1), date(LAST_YEAR - 1, 12, 31)
    if not (bounds[0] <= first <= bounds[1] and 0 <= days <= (bounds[1] - first).days + 1):
        raise WrongUsage(
            f"Không lập được lịch {days} ngày từ {first:%d/%m/%Y}.",
            remedy=f"Chọn các ngày từ {bounds[0]:%d/%m/%Y} đến {bounds[1]:%d/%m/%Y}",
        )
    return [first + timedelta(days=number) for number in range(days)]


def hours_of(schedule: Schedule, key: str, quiet: Taken) -> Hours:
    """What binds a commune on any date; `quiet` is `Taken(quiet_of(schedule))`."""
    commune = schedule.communes[key]
    limit = int(commune.limit.total_seconds()) if commune.limit is not None else None
    return Hours(frames=frames_of(schedule, commune), quiet=quiet, limit_s=limit)


def _in_order(airing: Airing) -> tuple[str, datetime, str]:
    at = airing.start or airing.planned_start
    return airing.commune, at or datetime.combine(airing.date + timedelta(days=1), time(), VIETNAM), airing.id


@dataclass(slots=True, kw_only=True)
class _Day:
    """One commune's date on its way from wishes to airings."""

    book: Book
    commune: str
    day: date
    iso: str
    sheet: DaySheet
    lengths: Lengths
    terms: Terms
    instants: Instants

    def airings(self, board: Board) -> Iterator[Airing]:
        """Entries by their rank, then campaigns in the order of the file."""
        for wish in self.sheet.wishes(self.commune):
            yield self._entry(board, wish)
        for campaign in self.sheet.campaigns:
            if self.commune in self.book.communes(campaign):
                yield from self._campaign(board, campaign)

    def _entry(self, board: Board, wish: Wish) -> Airing:
        entry, term = wish.entry, self.terms.of(wish.entry)
        item = entry.relay or self._script(entry.script or "")
        length_s = self._length_s(entry, term, item)
        placed = board.place(owner=entry.key, start=wish.start, length_s=length_s, shift_s=term.shift_s)
        if placed.start is None:
            status = AiringStatus.DROPPED
        else:
            status = AiringStatus.PLANNED if placed.start == wish.start else AiringStatus.MOVED
        return self._airing(
            entry, term, _clock(wish.start), item, placed, length_s=length_s, planned=wish.start, status=status
        )

    def _campaign(self, board: Board, campaign: Campaign) -> Iterator[Airing]:
        """Rule 10: k = 0…N−1, each as early as it fits, `cach_nhau` after the one before."""
        not_before = 0
        term = self.terms.of(campaign)
        number = (self.day - campaign.first).days * campaign.per_day
        for k in range(campaign.per_day):
            item = self._script(campaign.scripts[(number + k) % len(campaign.scripts)])
            length_s = self._length_s(campaign, term, item)
            placed = board.place_anywhere(
                owner=campaign.key, length_s=length_s, not_before=not_before, windows=campaign.windows
            )
            status = AiringStatus.SHORT if placed.start is None else AiringStatus.PLANNED
            yield self._airing(
                campaign, term, f"k{k}", item, placed, length_s=length_s, planned=placed.start, status=status
            )
            if placed.start is not None:
                not_before = placed.start + int(campaign.spacing.total_seconds())

    def _script(self, pattern: str) -> str:
        return pattern.replace("{xa}", self.commune).replace("{ngay}", self.iso) if "{" in pattern else pattern

    def _length_s(self, source: Entry | Campaign, term: Term, item: str) -> int:
        music = self.sheet.music
        return length_of(source, term, commune=self.commune, item=item, lengths=self.lengths, music=music)

    def _airing(
        self,
        source: Entry | Campaign,
        term: Term,
        place: str,
        item: str,
        placed: Placement,
        *,
        length_s: int,
        planned: int | None,
        status: AiringStatus,
    ) -> Airing:
        instants = self.instants
        return Airing(
            id=f"{self.commune}/{self.iso}/{place}/{source.key}",
            commune=self.commune,
            date=self.day,
            planned_start=None if planned is None else instants[planned],
            start=None if placed.start is None else instants[placed.start],
            length_s=length_s,
            limit_s=term.allowed_s,
            entry=source.key,
            title=source.name,
            item=item,
            kind=term.kind,
            priority=source.priority,
            status=status,
            reason=placed.reason,
            yields_to=placed.yields_to,
            template=source.template,
            directive=source.directive,
            music=self.sheet.music,
            window_end=None if placed.silent_by is None else instants[placed.silent_by],
            late_limit_s=term.late_limit_s,
        )


def _clock(second: int) -> str:
    return f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"
