"""Why an airing plays when it does, or does not, and what would have to change: `plan --why`, in Vietnamese."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from broadcaster.config.entries import Campaign, Entry
from broadcaster.config.schedule import Schedule
from broadcaster.config.values import Span, spoken_duration
from broadcaster.model.plan import Airing, AiringKind, AiringStatus, PlanReason
from broadcaster.schedule.calendar import frames_of, seconds

HIGHEST_PRIORITY = 99


class Explainer:
    """Says why of a plan's airings: looks up once who asked for them and what stood in their way."""

    def __init__(self, schedule: Schedule, airings: Iterable[Airing] = ()) -> None:
        self.schedule = schedule
        added = [entry for days in schedule.exceptions for entry in days.add]
        known: list[Entry | Campaign] = [*schedule.entries, *added, *schedule.campaigns]
        self._sources = {source.key: source for source in reversed(known)}
        self._days: defaultdict[tuple[str, date], list[Airing]] = defaultdict(list)
        for airing in airings:
            self._days[airing.commune, airing.date].append(airing)

    def source(self, airing: Airing) -> Entry | Campaign | None:
        """The entry or campaign that asked for it."""
        return self._sources.get(airing.entry)

    def day(self, commune: str, day: date) -> list[Airing]:
        """The plan's airings of one commune and date."""
        return self._days[commune, day]

    def sentence(self, airing: Airing) -> str:
        """The whole reason, and what would have to change."""
        source = self.source(airing)
        match airing.status, airing.reason:
            case AiringStatus.MOVED, _:
                said = _moved(airing, source, self.day(airing.commune, airing.date))
            case AiringStatus.DROPPED, PlanReason.OVER_LIMIT:
                said = _over_limit(airing, self.schedule, self.day(airing.commune, airing.date))
            case AiringStatus.DROPPED, PlanReason.YIELDED:
                yields_to = self._sources.get(airing.yields_to or "")
                name = yields_to.name if yields_to else airing.yields_to or ""
                said = _yielded(airing, source, name, self.day(airing.commune, airing.date))
            case AiringStatus.DROPPED, _:
                said = _outside(airing, self.schedule)
            case AiringStatus.SHORT, _:
                said = _short(airing, source)
            case _:
                said = _planned(airing, source)
        return said if airing.music else f"{said} Ngày này bỏ các phần nhạc (tat_nhac)."


def duration(length_s: int) -> str:
    """`1 giờ 30 phút`, `45 giây`."""
    return spoken_duration(timedelta(seconds=length_s))


def _planned(airing: Airing, source: Entry | Campaign | None) -> str:
    if airing.kind is AiringKind.CAMPAIGN and isinstance(source, Campaign):
        return (
            f"Chiến dịch “{airing.title}” ({source.per_day} lượt/ngày): phút sớm nhất còn trống trong khung giờ, "
            f"cách lượt trước ít nhất {spoken_duration(source.spacing)}, là {hours_of(airing)}."
        )
    return f"“{airing.title}” phát đúng giờ ghi trong lịch: {hours_of(airing)}, mức ưu tiên {airing.priority}."


def _moved(airing: Airing, source: Entry | Campaign | None, others: Sequence[Airing]) -> str:
    blockers = _in_the_way(airing, others)
    blocker = blockers[0] if blockers else None
    cause = f"“{blocker.title}” ({hours_of(blocker)}) được xếp trước" if blocker else "một mục được xếp trước"
    shift = f" (được dời nhiều nhất {spoken_duration(source.shift)})" if isinstance(source, Entry) else ""
    late_s = int((airing.start - airing.planned_start).total_seconds()) if airing.start and airing.planned_start else 0
    return (
        f"“{airing.title}” ghi lúc {clock_of(airing.planned_start)} nhưng lúc đó {cause}, nên dời muộn "
        f"{duration(late_s)}{shift}, phát {hours_of(airing)}. Muốn đúng giờ: "
        f"đổi gio{_or_outrank(airing, blockers)}."
    )


def _in_the_way(airing: Airing, others: Sequence[Airing]) -> list[Airing]:
    """What of the entries stands where it was to play; campaigns came after it."""
    if airing.planned_start is None:
        return []
    return _between(airing, others, airing.planned_start, airing.planned_start + timedelta(seconds=airing.length_s))


def _between(airing: Airing, others: Sequence[Airing], start: datetime, end: datetime) -> list[Airing]:
    return [
        other
        for other in others
        if other.id != airing.id
        and other.kind is not AiringKind.CAMPAIGN
        and other.start
        and other.start < end
        and start < other.start + timedelta(seconds=other.length_s)
    ]


def _or_outrank(airing: Airing, others: Sequence[Airing]) -> str:
    """The priority with which it would have been placed before them; nothing where none is higher."""
    to_beat = max((other.priority for other in others), default=airing.priority)
    return f", hoặc cho mục này uu_tien cao hơn {to_beat}" if to_beat < HIGHEST_PRIORITY else ""


def windows_of(schedule: Schedule, commune: str) -> str:
    """A commune's windows, named."""
    own = schedule.communes[commune].windows
    return ", ".join(f"{window.name} {span_of(window.span)}" for window in (schedule.windows if own is None else own))


def _outside(airing: Airing, schedule: Schedule) -> str:
    commune = schedule.communes[airing.commune]
    named = windows_of(schedule, airing.commune)
    quiet = ", ".join(map(span_of, schedule.quiet_hours))
    second = seconds(airing.planned_start.time()) if airing.planned_start else 0
    end = second + airing.length_s
    fits = any(frame.start <= second and end <= frame.end for frame in frames_of(schedule, commune))
    why = f"chạm giờ yên tĩnh ({quiet})" if fits else f"không nằm gọn trong một khung giờ ({named})"
    remedy = "đổi gio ra ngoài giờ yên tĩnh" if fits else "đổi gio vào trong khung, hoặc sửa khung_gio"
    return (
        f"“{airing.title}” lúc {clock_of(airing.planned_start)}, dài {duration(airing.length_s)}, {why}, "
        f"nên không phát. Muốn phát: {remedy}, hoặc rút ngắn dai."
    )


def _over_limit(airing: Airing, schedule: Schedule, others: Sequence[Airing]) -> str:
    commune = schedule.communes.get(airing.commune)
    same_window = _sharing_its_window(airing, schedule, others)
    limit = f" {spoken_duration(commune.limit)}" if commune and commune.limit else ""
    return (
        f"Thêm “{airing.title}” ({duration(airing.length_s)}) thì khung lúc {clock_of(airing.planned_start)} vượt giới "
        f"hạn{limit} của xã, vì các mục ưu tiên cao hơn hoặc sớm hơn đã chiếm chỗ. "
        f"Muốn phát: rút ngắn các mục trong khung, nâng gioi_han{_or_outrank(airing, same_window)}."
    )


def _sharing_its_window(airing: Airing, schedule: Schedule, others: Sequence[Airing]) -> list[Airing]:
    if airing.planned_start is None:
        return []
    second = seconds(airing.planned_start.time())
    frames = frames_of(schedule, schedule.communes[airing.commune])
    frame = next((frame for frame in frames if frame.start <= second and second + airing.length_s <= frame.end), None)
    if frame is None:
        return []
    midnight = airing.planned_start - timedelta(seconds=second)
    bounds = (midnight + timedelta(seconds=edge) for edge in (frame.start, frame.end))
    return _between(airing, others, *bounds)


def _yielded(airing: Airing, source: Entry | Campaign | None, yields_to: str, others: Sequence[Airing]) -> str:
    shift = (
        f"trong {spoken_duration(source.shift)} sau đó" if isinstance(source, Entry) and source.shift else "vì doi là 0"
    )
    return (
        f"“{airing.title}” lúc {clock_of(airing.planned_start)}, dài {duration(airing.length_s)}, nhường cho "
        f"“{yields_to}” được xếp trước, và không dời được: không có chỗ trống {shift}. "
        f"Muốn phát: đổi gio, tăng doi{_or_outrank(airing, _in_the_way(airing, others))}."
    )


def _short(airing: Airing, source: Entry | Campaign | None) -> str:
    if not isinstance(source, Campaign):
        return f"“{airing.title}” thiếu chỗ."
    names = ", ".join(source.windows) if source.windows is not None else "mọi khung giờ"
    return (
        f"Chiến dịch “{airing.title}” cần {source.per_day} lượt/ngày nhưng {airing.date:%d/%m/%Y} không còn phút nào "
        f"trong {names} để đặt {duration(airing.length_s)} cách lượt trước ít nhất {spoken_duration(source.spacing)} "
        "mà không vượt giới hạn của xã. Muốn đủ: thêm khung, giảm cach_nhau hoặc dai, giảm chi_tieu, hay bớt mục khác."
    )


def hours_of(airing: Airing) -> str:
    if airing.start is None:
        return ""
    return f"{clock_of(airing.start)}–{clock_of(airing.start + timedelta(seconds=airing.length_s))}"


def clock_of(at: datetime | None) -> str:
    if at is None:
        return ""
    return f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"


def span_of(span: Span) -> str:
    return f"{span.start:%H:%M}–{span.end:%H:%M}"
