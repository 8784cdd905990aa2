"""What the schedule asks for and can never have: entries that air on no date, at no time, nowhere; quotas out of reach.

Each is judged alone, on a day with nothing else in it: what only gives way to others is the plan's to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain

from broadcaster.config.entries import Campaign, Entry
from broadcaster.config.names import fold, slug
from broadcaster.config.schedule import Schedule
from broadcaster.config.values import spoken_duration
from broadcaster.model.plan import PlanReason
from broadcaster.schedule.calendar import Frame, quiet_of, seconds
from broadcaster.schedule.dates import futile_dates, next_date
from broadcaster.schedule.lengths import Lengths, length_of, script_of
from broadcaster.schedule.places import communes_of
from broadcaster.schedule.placing import Board, Hours, Taken
from broadcaster.schedule.plan import hours_of
from broadcaster.schedule.terms import Terms

Step = str | int
MOST_NAMED = 3
USUAL_SPACING = timedelta(hours=1)
"""With it a quota that is asked in earnest finds room; if not, the quota is to blame and not `cach_nhau`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Futile:
    """What cannot be, and which key is to blame: `path` within the item, or from the top of the file without one."""

    item: str | None
    path: tuple[Step, ...]
    message: str
    remedy: str
    is_over: bool = False
    """Its last date has passed: nothing is wrong unless a year was mistyped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """Communes that the same hours bind."""

    hours: Hours
    communes: tuple[str, ...]


def futile(schedule: Schedule, *, today: date, lengths: Lengths) -> Iterator[Futile]:
    """Everything that can never be, in the order of the file; what is over by `today` is told as that alone."""
    book = _Book(schedule, today, lengths)
    added = chain.from_iterable(days.add for days in schedule.exceptions)
    for entry in (*schedule.entries, *added):
        yield from book.entry(entry)
    for campaign in schedule.campaigns:
        yield from book.campaign(campaign)
    yield from book.retimings()


class _Book:
    def __init__(self, schedule: Schedule, today: date, lengths: Lengths) -> None:
        self._schedule = schedule
        self._today = today
        self._lengths = lengths
        quiet = Taken(quiet_of(schedule))
        alike: dict[tuple[object, ...], list[str]] = {}
        for key, commune in schedule.communes.items():
            alike.setdefault((commune.windows, commune.limit), []).append(key)
        self._kinds = [
            _Kind(hours=hours_of(schedule, communes[0], quiet), communes=tuple(communes)) for communes in alike.values()
        ]

    def entry(self, entry: Entry) -> Iterator[Futile]:
        impossible = futile_dates(entry, today=self._today)
        if impossible is not None:
            key, message, remedy = impossible
            yield Futile(item=entry.key, path=(key,), message=message, remedy=remedy)
            return
        day = next_date(entry, today=self._today)
        if day is None:
            yield _over(entry)
            return
        kinds = self._kinds_of(entry)
        if not kinds:
            yield self._nowhere(entry)
            return
        yield from self._times(entry, kinds, day)

    def campaign(self, campaign: Campaign) -> Iterator[Futile]:
        if campaign.last < self._today:
            yield _over(campaign)
            return
        kinds = self._kinds_of(campaign)
        if not kinds:
            yield self._nowhere(campaign)
            return
        short = {kind.communes: kind for kind in kinds if self._fits(campaign, kind) < campaign.per_day}
        if short:
            yield self._out_of_reach(campaign, list(short.values()), everywhere=len(short) == len(kinds))

    def retimings(self) -> Iterator[Futile]:
        """Times of `doi_gio` at which the entry can sound nowhere."""
        entries = {name: entry for entry in self._schedule.entries for name in (fold(entry.name), entry.key)}
        for number, days in enumerate(self._schedule.exceptions):
            for retiming in days.retime:
                entry = entries.get(fold(retiming.entry)) or entries.get(slug(retiming.entry))
                if entry is None or not days.on:
                    continue
                moved = entry.model_copy(update={"times": retiming.times})
                for found in self._times(moved, self._kinds_of(entry), self._today):
                    if found.path[0] == "gio":
                        yield replace(found, item=None, path=("ngoai_le", number, "doi_gio", retiming.entry))

    def _kinds_of(self, placed: Entry | Campaign) -> list[_Kind]:
        wanted = communes_of(self._schedule, placed)
        found = [replace(kind, communes=tuple(key for key in kind.communes if key in wanted)) for kind in self._kinds]
        return [kind for kind in found if kind.communes]

    def _nowhere(self, placed: Entry | Campaign) -> Futile:
        if placed.exclude:
            message = f"“{placed.name}” không phát ở xã nào: tru bỏ hết các xã của noi_phat."
            return Futile(item=placed.key, path=("tru",), message=message, remedy="Bớt xã hoặc nhóm ở tru")
        message = f"“{placed.name}” không phát ở xã nào: nhóm ở noi_phat không có xã nào."
        return Futile(
            item=placed.key, path=("noi_phat",), message=message, remedy="Ghi xã vào nhom ấy, hoặc sửa noi_phat"
        )

    def _times(self, entry: Entry, kinds: list[_Kind], day: date) -> Iterator[Futile]:
        lengths = {kind.communes: self._length(entry, entry.relay or entry.script or "", kind, day) for kind in kinds}
        if all(_roomless(kind.hours, lengths[kind.communes]) for kind in kinds):
            yield _too_long(entry, min(lengths.values()), kinds)
            return
        crowded = [kind for kind in kinds if _over_limit(kind.hours, lengths[kind.communes])]
        if crowded:
            yield self._over_limit(entry, max(lengths.values()), crowded)
            return
        for number, at in enumerate(entry.times):
            reasons = {_reason(kind.hours, seconds(at), lengths[kind.communes]) for kind in kinds}
            if None not in reasons:
                yield _no_time(entry, number, min(lengths.values()), kinds[0].hours)

    def _length(self, source: Entry | Campaign, pattern: str, kind: _Kind, day: date) -> int:
        commune = kind.communes[0]
        item = script_of(pattern, commune=commune, day=day)
        return length_of(source, Terms().of(source), commune=commune, item=item, lengths=self._lengths)

    def _fits(self, campaign: Campaign, kind: _Kind, *, spacing: timedelta | None = None) -> int:
        """How many of a day's airings find room where nothing else airs."""
        spacing_s = int((campaign.spacing if spacing is None else spacing).total_seconds())
        board, not_before, placed = Board(kind.hours), 0, 0
        length_s = self._longest(campaign, kind)
        for _ in range(campaign.per_day):
            start = board.place_anywhere(
                owner="", length_s=length_s, not_before=not_before, windows=campaign.windows
            ).start
            if start is None:
                break
            not_before, placed = start + spacing_s, placed + 1
        return placed

    def _longest(self, campaign: Campaign, kind: _Kind) -> int:
        day = max(campaign.first, self._today)
        return max(self._length(campaign, script, kind, day) for script in campaign.scripts)

    def _out_of_reach(self, campaign: Campaign, short: list[_Kind], *, everywhere: bool) -> Futile:
        kind = short[0]
        fits = self._fits(campaign, kind)
        length = spoken_duration(timedelta(seconds=self._longest(campaign, kind)))
        where = "" if everywhere else f" ở {self._named(short)}"
        frames = [frame for frame in kind.hours.frames if campaign.windows is None or frame.name in campaign.windows]
        said = f"Chiến dịch “{campaign.name}” cần {campaign.per_day} lượt/ngày nhưng"
        if not frames:
            message = f"{said}{where} không có khung giờ nào trong khung để phát."
            remedy = f"Ghi khung có ở khung_gio: {', '.join(str(frame.name) for frame in kind.hours.frames)}"
            return Futile(item=campaign.key, path=("khung",), message=message, remedy=remedy)
        if not fits:
            key = "dai" if campaign.length else "bai"
            message = f"{said}{where} một lượt dài {length} không nằm gọn trong khung giờ nào."
            remedy = f"Rút ngắn {key}, hoặc nới khung_gio, gioi_han"
            return Futile(item=campaign.key, path=(key,), message=message, remedy=remedy)
        message = f"{said}{where} một ngày chỉ đặt được {fits} lượt, kể cả khi không có mục nào khác."
        if self._fits(campaign, kind, spacing=USUAL_SPACING) >= campaign.per_day:
            remedy = f"Giảm cach_nhau (đang là {spoken_duration(campaign.spacing)}), hoặc giảm chi_tieu"
            return Futile(item=campaign.key, path=("cach_nhau",), message=message, remedy=remedy)
        remedy = f"Giảm chi_tieu xuống {fits} lượt/ngày, thêm khung, hoặc giảm cach_nhau và dai"
        return Futile(item=campaign.key, path=("chi_tieu",), message=message, remedy=remedy)

    def _over_limit(self, entry: Entry, length_s: int, crowded: list[_Kind]) -> Futile:
        limits = {kind.hours.limit_s or 0 for kind in crowded}
        length, limit = (spoken_duration(timedelta(seconds=each)) for each in (length_s, min(limits)))
        return Futile(
            item=entry.key,
            path=("dai",) if entry.length else ("bai",),
            message=f"“{entry.name}” dài {length}, hơn giới hạn {limit} mỗi khung của {self._named(crowded)}.",
            remedy="Rút ngắn mục này, nâng gioi_han của xã, hoặc bỏ xã ấy bằng tru",
        )

    def _named(self, kinds: list[_Kind]) -> str:
        names = [self._schedule.communes[key].name for kind in kinds for key in kind.communes]
        more = f" và {len(names) - MOST_NAMED} xã nữa" if len(names) > MOST_NAMED else ""
        return ", ".join(names[:MOST_NAMED]) + more


def _over(source: Entry | Campaign) -> Futile:
    dates = source.dates if isinstance(source, Entry) else ()
    last = min(filter(None, (source.last, max((span.last for span in dates), default=None))), default=None)
    key = "den" if last == source.last and source.last else "ngay"
    said = f" {last:%d/%m/%Y}" if last else ""
    return Futile(
        item=source.key,
        path=(key,),
        message=f"“{source.name}” đã hết: ngày cuối{said} qua rồi, mục này không phát nữa.",
        remedy="Kiểm tra năm; không dùng nữa thì có thể xóa mục",
        is_over=True,
    )


def _reason(hours: Hours, start: int, length_s: int) -> PlanReason | None:
    return Board(hours).place(owner="", start=start, length_s=length_s, shift_s=0).reason


def _roomless(hours: Hours, length_s: int) -> bool:
    """No window could hold it at any time of the day."""
    unlimited = replace(hours, limit_s=None)
    return Board(unlimited).place_anywhere(owner="", length_s=length_s, not_before=0, windows=None).start is None


def _over_limit(hours: Hours, length_s: int) -> bool:
    return hours.limit_s is not None and length_s > hours.limit_s


def _too_long(entry: Entry, length_s: int, kinds: list[_Kind]) -> Futile:
    length = spoken_duration(timedelta(seconds=length_s))
    longest = max(frame.end - frame.start for kind in kinds for frame in kind.hours.frames)
    key = "dai" if entry.length else "bai"
    return Futile(
        item=entry.key,
        path=(key,),
        message=f"“{entry.name}” dài {length}, không khung giờ nào chứa nổi, nên không bao giờ phát.",
        remedy=f"Rút ngắn {key}; khung giờ dài nhất là {spoken_duration(timedelta(seconds=longest))}",
    )


def _no_time(entry: Entry, number: int, length_s: int, hours: Hours) -> Futile:
    at = entry.times[number]
    start = seconds(at)
    length = spoken_duration(timedelta(seconds=length_s))
    windows = ", ".join(_span(frame) for frame in hours.frames if frame.name is not None)
    fits = any(frame.start <= start and start + length_s <= frame.end for frame in hours.frames)
    begins = any(frame.start <= start < frame.end for frame in hours.frames)
    if fits:
        why, remedy = "chạm giờ yên tĩnh", "Đổi gio ra ngoài giờ yên tĩnh (gio_yen_tinh)"
    elif begins:
        why = f"dài {length} nên không kết thúc trong khung giờ"
        remedy = f"Đổi gio sớm hơn hoặc rút ngắn, để mục nằm gọn trong khung: {windows}"
    else:
        why, remedy = "ngoài mọi khung giờ", f"Đổi gio vào trong một khung: {windows}; hoặc sửa khung_gio"
    message = f"“{entry.name}” lúc {at:%H:%M} {why}, nên không bao giờ phát."
    return Futile(item=entry.key, path=("gio", number), message=message, remedy=remedy)


def _span(frame: Frame) -> str:
    start, end = (f"{second // 3600 % 24:02d}:{second // 60 % 60:02d}" for second in (frame.start, frame.end))
    return f"{frame.name} {start}-{end}"
