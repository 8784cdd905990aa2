"""Why an airing plays when it does, or does not, and what would have to change: `plan --why`, in Vietnamese."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from broadcaster.config.types import Campaign, Entry, Schedule
from broadcaster.config.values import Span
from broadcaster.model.plan import Airing, AiringKind, AiringStatus, PlanReason
from broadcaster.schedule.calendar import frames_of, seconds


def explain(airing: Airing, schedule: Schedule, *, others: Sequence[Airing] = ()) -> str:
    """The whole reason. `others` (the same plan's airings) name what stood in a moved one's way."""
    source = _source(airing, schedule)
    match airing.status, airing.reason:
        case AiringStatus.MOVED, _:
            said = _moved(airing, source, others)
        case AiringStatus.DROPPED, PlanReason.OVER_LIMIT:
            said = _over_limit(airing, schedule)
        case AiringStatus.DROPPED, PlanReason.YIELDED:
            said = _yielded(airing, source, schedule)
        case AiringStatus.DROPPED, _:
            said = _outside(airing, schedule)
        case AiringStatus.SHORT, _:
            said = _short(airing, source, schedule)
        case _:
            said = _planned(airing, source)
    return said if airing.music else f"{said} Ngày này bỏ các phần nhạc (tat_nhac)."


def duration(length_s: int) -> str:
    """`1 giờ 30 phút`, `45 giây`."""
    hours, rest = divmod(length_s, 3600)
    parts = ((hours, "giờ"), (rest // 60, "phút"), (rest % 60, "giây"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 giây"


def _source(airing: Airing, schedule: Schedule) -> Entry | Campaign | None:
    added = [entry for days in schedule.exceptions for entry in days.add]
    known: list[Entry | Campaign] = [*schedule.entries, *added, *schedule.campaigns]
    return next((one for one in known if one.key == airing.entry), None)


def _planned(airing: Airing, source: Entry | Campaign | None) -> str:
    if airing.kind is AiringKind.CAMPAIGN and isinstance(source, Campaign):
        return (
            f"Chiến dịch “{airing.title}” ({source.per_day} lượt/ngày): phút sớm nhất còn trống trong khung giờ, "
            f"cách lượt trước ít nhất {_lasting(source.spacing)}, là {_hours(airing)}."
        )
    return f"“{airing.title}” phát đúng giờ ghi trong lịch: {_hours(airing)}, mức ưu tiên {airing.priority}."


def _moved(airing: Airing, source: Entry | Campaign | None, others: Sequence[Airing]) -> str:
    blocker = _in_the_way(airing, others)
    cause = f"“{blocker.title}” ({_hours(blocker)}) được xếp trước" if blocker else "một mục được xếp trước"
    shift = f" (được dời nhiều nhất {_lasting(source.shift)})" if isinstance(source, Entry) else ""
    late_s = int((airing.start - airing.planned_start).total_seconds()) if airing.start and airing.planned_start else 0
    return (
        f"“{airing.title}” ghi lúc {_clock(airing.planned_start)} nhưng lúc đó {cause}, nên dời muộn {duration(late_s)}"
        f"{shift}, phát {_hours(airing)}. Muốn đúng giờ: đổi gio, hoặc cho mục này uu_tien cao hơn {airing.priority}."
    )


def _in_the_way(airing: Airing, others: Sequence[Airing]) -> Airing | None:
    if airing.planned_start is None:
        return None
    start, end = airing.planned_start, airing.planned_start + timedelta(seconds=airing.length_s)
    for other in others:
        if (other.commune, other.date) != (airing.commune, airing.date) or other.id == airing.id:
            continue
        if other.start and other.start < end and start < other.start + timedelta(seconds=other.length_s):
            return other
    return None


def _outside(airing: Airing, schedule: Schedule) -> str:
    commune = schedule.communes[airing.commune]
    windows = schedule.windows if commune.windows is None else commune.windows
    named = ", ".join(f"{window.name} {_span(window.span)}" for window in windows)
    quiet = ", ".join(map(_span, schedule.quiet_hours))
    second = seconds(airing.planned_start.time()) if airing.planned_start else 0
    end = second + airing.length_s
    fits = any(frame.start <= second and end <= frame.end for frame in frames_of(schedule, commune))
    why = f"chạm giờ yên tĩnh ({quiet})" if fits else f"không nằm gọn trong một khung giờ ({named})"
    remedy = "đổi gio ra ngoài giờ yên tĩnh" if fits else "đổi gio vào trong khung, hoặc sửa khung_gio"
    return (
        f"“{airing.title}” lúc {_clock(airing.planned_start)}, dài {duration(airing.length_s)}, {why}, nên không phát. "
        f"Muốn phát: {remedy}, hoặc rút ngắn dai."
    )


def _over_limit(airing: Airing, schedule: Schedule) -> str:
    commune = schedule.communes.get(airing.commune)
    limit = f" {_lasting(commune.limit)}" if commune and commune.limit else ""
    return (
        f"Thêm “{airing.title}” ({duration(airing.length_s)}) thì khung lúc {_clock(airing.planned_start)} vượt giới "
        f"hạn{limit} của xã, vì các mục ưu tiên cao hơn hoặc sớm hơn đã chiếm chỗ. "
        f"Muốn phát: rút ngắn các mục trong khung, cho mục này uu_tien cao hơn {airing.priority}, hoặc nâng gioi_han."
    )


def _yielded(airing: Airing, source: Entry | Campaign | None, schedule: Schedule) -> str:
    shift = f"trong {_lasting(source.shift)} sau đó" if isinstance(source, Entry) and source.shift else "vì doi là 0"
    return (
        f"“{airing.title}” lúc {_clock(airing.planned_start)}, dài {duration(airing.length_s)}, nhường cho "
        f"“{_title(airing.yields_to, schedule)}” được xếp trước, và không dời được: không có chỗ trống {shift}. "
        f"Muốn phát: đổi gio, tăng doi, hoặc cho mục này uu_tien cao hơn {airing.priority}."
    )


def _short(airing: Airing, source: Entry | Campaign | None, schedule: Schedule) -> str:
    if not isinstance(source, Campaign):
        return f"“{airing.title}” thiếu chỗ."
    names = ", ".join(source.windows) if source.windows is not None else "mọi khung giờ"
    return (
        f"Chiến dịch “{airing.title}” cần {source.per_day} lượt/ngày nhưng {airing.date:%d/%m/%Y} không còn phút nào "
        f"trong {names} để đặt {duration(airing.length_s)} cách lượt trước ít nhất {_lasting(source.spacing)} mà không "
        "vượt giới hạn của xã. Muốn đủ: thêm khung, giảm cach_nhau hoặc dai, giảm chi_tieu, hay bớt mục khác."
    )


def _title(key: str | None, schedule: Schedule) -> str:
    added = (entry for days in schedule.exceptions for entry in days.add)
    return next((one.name for one in (*schedule.entries, *added) if one.key == key), key or "")


def _hours(airing: Airing) -> str:
    if airing.start is None:
        return ""
    return f"{_clock(airing.start)}–{_clock(airing.start + timedelta(seconds=airing.length_s))}"


def _clock(at: datetime | None) -> str:
    if at is None:
        return ""
    return f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"


def _span(span: Span) -> str:
    return f"{span.start:%H:%M}–{span.end:%H:%M}"


def _lasting(length: timedelta) -> str:
    return duration(int(length.total_seconds()))
