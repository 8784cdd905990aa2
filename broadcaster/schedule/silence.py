"""`plan --why --at`: why nothing plays in a commune at a given moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from broadcaster.clock import VIETNAM
from broadcaster.config.entries import Entry, ExceptionalDays
from broadcaster.model.plan import Airing, AiringStatus
from broadcaster.schedule.calendar import quiet_of, seconds
from broadcaster.schedule.explain import clock_of, hours_of, windows_of
from broadcaster.schedule.lengths import Lengths, length_of, script_of
from broadcaster.schedule.reasons import exceptions_on, kept_away, not_there, retimed, taken_out
from broadcaster.schedule.terms import Terms
from broadcaster.schedule.why import Why, frame_at

MOST_TOLD = 12
"""Entries of other days that are named; a file of 10,000 has hundreds for every minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What plays in a commune at a moment, or why nothing does."""

    commune: str
    at: datetime
    playing: Airing | None
    why: tuple[str, ...]


Held = Callable[[Airing], str | None]
"""What keeps a planned airing off the air all the same (no approval, no script …), and what mends it."""


def moment_of(why: Why, *, commune: str, at: datetime, lengths: Lengths, held: Held) -> Moment:
    """`why` holds the plan of that date."""
    day = why.day(commune, at.date())
    playing = next((airing for airing in day if _covers(airing, airing.start, at)), None)
    if playing is not None:
        obstacle = held(playing)
        if obstacle is None:
            return Moment(commune=commune, at=at, playing=playing, why=tuple(why.lines(playing)))
        reserved = f"Lúc này dành cho “{playing.title}” ({hours_of(playing)}), mục ở {why.place(playing)}."
        return Moment(commune=commune, at=at, playing=None, why=(reserved, obstacle))
    hours = tuple(_hours(why, commune, at))
    reasons = (*hours, *_unplaced(why, day, at), *_absent(why, commune, at, lengths)) or (_free(why, commune, at),)
    short = () if hours else tuple(_short(why, day))
    return Moment(commune=commune, at=at, playing=None, why=(*reasons, *short, *_around(day, at)))


def _covers(airing: Airing, start: datetime | None, at: datetime) -> bool:
    return start is not None and start <= at < start + timedelta(seconds=airing.length_s)


def _free(why: Why, commune: str, at: datetime) -> str:
    frame = frame_at(why.schedule, commune, seconds(at.time()))
    inside = f"Trong khung {frame.name}" if frame and frame.name else "Được phép phát"
    return (
        f"{inside}, nhưng không mục nào của lịch có giờ phát lúc này. "
        f"Muốn phát: thêm vào lich một mục có gio: {clock_of(at)}, hoặc một chiến dịch."
    )


def _hours(why: Why, commune: str, at: datetime) -> Iterator[str]:
    """Windows and quiet hours."""
    second = seconds(at.time())
    if any(start <= second < end for start, end in quiet_of(why.schedule)):
        yield f"Lúc {clock_of(at)} là giờ yên tĩnh (gio_yen_tinh): chỉ tin khẩn cấp được phát."
    elif frame_at(why.schedule, commune, second) is None:
        windows = windows_of(why.schedule, commune)
        yield f"Lúc {clock_of(at)} ngoài mọi khung giờ ({windows}): chỉ tin khẩn cấp được phát."


def _unplaced(why: Why, day: list[Airing], at: datetime) -> Iterator[str]:
    """Airings that were to play now, and play at another time or not at all."""
    for airing in day:
        away = airing.status in {AiringStatus.MOVED, AiringStatus.DROPPED}
        if away and _covers(airing, airing.planned_start, at):
            yield f"{why.sentence(airing)} (mục ở {why.place(airing)})"


def _short(why: Why, day: list[Airing]) -> Iterator[str]:
    """Campaigns that looked for room this day and found none, not even here."""
    for airing in day:
        if airing.status is AiringStatus.SHORT:
            yield f"{why.sentence(airing)} (mục ở {why.place(airing)})"


def _absent(why: Why, commune: str, at: datetime, lengths: Lengths) -> Iterator[str]:
    """Entries that have this time, on other dates or in other communes."""
    exceptions = exceptions_on(why.schedule, at.date(), commune)
    music = not any(days.no_music for days in exceptions)
    added = [entry for days in why.schedule.exceptions for entry in days.add]
    told = 0
    for entry in (*why.schedule.entries, *added):
        if not _has_time(entry, commune, at, lengths, music=music):
            continue
        reason = (
            not_there(why.schedule, entry, commune)
            or kept_away(entry, at.date())
            or taken_out(entry, exceptions)
            or retimed(entry, exceptions)
            or _of_exception(why, entry, exceptions)
        )
        if reason:
            told += 1
            if told > MOST_TOLD:
                yield "… và các mục khác của những ngày khác."
                return
            yield f"“{entry.name}” ở {why.place_of(entry.key)} có giờ này nhưng {reason}."


def _of_exception(why: Why, entry: Entry, exceptions: Sequence[ExceptionalDays]) -> str | None:
    """What an exception adds is not there without it."""
    for days in why.schedule.exceptions:
        if any(added is entry for added in days.add) and days not in exceptions:
            state = "đang tắt (bat: false)" if not days.on else "không có hiệu lực ngày này"
            return f"thuộc ngoại lệ “{days.name}”, {state}"
    return None


def _has_time(entry: Entry, commune: str, at: datetime, lengths: Lengths, *, music: bool) -> bool:
    item = entry.relay or script_of(entry.script or "", commune=commune, day=at.date())
    second = seconds(at.time())
    begun = [start for start in map(seconds, entry.times) if start <= second]
    if not begun:
        return False
    length_s = length_of(entry, Terms().of(entry), commune=commune, item=item, lengths=lengths, music=music)
    return any(second < start + length_s for start in begun)


def _around(day: list[Airing], at: datetime) -> Iterator[str]:
    """What plays before and after."""
    placed = sorted((airing.start, airing) for airing in day if airing.start is not None)
    before = [airing for start, airing in placed if start <= at]
    after = [airing for start, airing in placed if start > at]
    if before:
        yield f"Trước đó: “{before[-1].title}” ({hours_of(before[-1])})."
    if after:
        yield f"Tiếp theo: “{after[0].title}” ({hours_of(after[0])})."
    if not placed:
        midnight = datetime.combine(at.date(), time(), VIETNAM)
        yield f"Ngày {midnight:%d/%m/%Y} xã này không có lượt phát nào."
