"""`plan --why`: the rules that made an airing what it is, each with its line of the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta

from broadcaster.clock import VIETNAM
from broadcaster.config.entries import Campaign, Entry
from broadcaster.config.schedule import Schedule
from broadcaster.config.stations import RelaySource
from broadcaster.config.values import spoken_duration
from broadcaster.config.whereabouts import Place, Whereabouts
from broadcaster.model.plan import Airing, AiringKind
from broadcaster.schedule.calendar import Frame, frames_of
from broadcaster.schedule.explain import Explainer, duration
from broadcaster.schedule.reasons import exceptions_on, on_this_date, retimed, where


class Why(Explainer):
    """An explainer that knows where everything stands in schedule.yaml."""

    def __init__(self, schedule: Schedule, airings: Iterable[Airing], *, places: Whereabouts) -> None:
        super().__init__(schedule, airings)
        self._places = places

    def place(self, airing: Airing) -> Place:
        """The line of the file that asks for it."""
        return self._places.of_item(airing.entry)

    def place_of(self, key: str) -> Place:
        return self._places.of_item(key)

    def lines(self, airing: Airing) -> list[str]:
        """What decided, in the order in which it did; the last line says what would have to change."""
        source = self.source(airing)
        rules = list(self._rules(airing, source)) if source else []
        return [*rules, self.sentence(airing)]

    def _rules(self, airing: Airing, source: Entry | Campaign) -> Iterator[str]:
        place = self.place(airing)
        yield f"Mục “{source.name}” ở {place}: {on_this_date(source, airing.date)}; {where(source)}."
        yield from self._exceptions(airing, source)
        if airing.start is not None:
            yield from self._hours(airing, airing.start)
            if airing.kind is AiringKind.RELAY:
                yield from self._relayed(airing)

    def _relayed(self, airing: Airing) -> Iterator[str]:
        """From which source, when the first may no longer be relayed or should fail."""
        chain = list(_chain(airing.item, self.schedule))
        expired = [source for source in chain if source.expires is not None and source.expires < airing.date]
        left = [source for source in chain if source not in expired]
        for source in expired:
            place = self._places.of("nguon", source.key)
            yield f"Nguồn {source.key} đã hết hạn ngày {source.expires:%d/%m/%Y} (het_han, {place})."
        if left and expired:
            yield f"Vì vậy tiếp sóng nguồn dự phòng {left[0].key} ({left[0].name})."
        if len(left) > 1:
            yield f"Nguồn {left[0].key} hỏng thì tiếp nguồn dự phòng {left[1].key}, nhật ký ghi rõ."

    def _exceptions(self, airing: Airing, source: Entry | Campaign) -> Iterator[str]:
        for days in exceptions_on(self.schedule, airing.date, airing.commune):
            place = self._places.of("ngoai_le", self.schedule.exceptions.index(days))
            if any(entry is source for entry in days.add):
                yield f"Được thêm bởi ngoại lệ “{days.name}” ở {place} (them)."
            elif isinstance(source, Entry) and (said := retimed(source, [days])):
                yield f"{said[:1].upper()}{said[1:]}, ở {place}."
            else:
                yield f"Ngày này có ngoại lệ “{days.name}” ở {place}; mục này được giữ."

    def _hours(self, airing: Airing, start: datetime) -> Iterator[str]:
        commune = self.schedule.communes[airing.commune]
        second = int((start - datetime.combine(airing.date, time(), VIETNAM)).total_seconds())
        frame = frame_at(self.schedule, airing.commune, second)
        if frame is None or frame.name is None:
            return
        own = ("xa", airing.commune, "khung_gio") if commune.windows is not None else ("khung_gio",)
        place = self._places.of(*own, frame.name)
        quiet = " và không chạm giờ yên tĩnh" if self.schedule.quiet_hours else ""
        limit = f", giới hạn {spoken_duration(commune.limit)}" if commune.limit else ""
        used = duration(self._used(airing, frame))
        yield f"Nằm gọn trong khung {frame.name} ({place}){quiet}; khung này đã xếp {used}{limit}."

    def _used(self, airing: Airing, frame: Frame) -> int:
        midnight = datetime.combine(airing.date, time(), VIETNAM)
        begins, ends = (midnight + timedelta(seconds=second) for second in (frame.start, frame.end))
        placed = (each for each in self.day(airing.commune, airing.date) if each.start and begins <= each.start < ends)
        return sum(each.length_s for each in placed)


def _chain(key: str, schedule: Schedule) -> Iterator[RelaySource]:
    """The source and its substitutes, in the order in which they are tried; `check` tells of circles."""
    tried: set[str] = set()
    following: str | None = key
    while following in schedule.sources and following not in tried:
        tried.add(following)
        yield schedule.sources[following]
        following = schedule.sources[following].substitute


def frame_at(schedule: Schedule, commune: str, second: int) -> Frame | None:
    """The window that is open then, as seen from a date."""
    frames = frames_of(schedule, schedule.communes[commune])
    return next((frame for frame in frames if frame.start <= second < frame.end), None)
