"""The station's watch on its clock: while it is not believed nothing goes on the air, and the operator is told."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from broadcaster.schedule.clock_trust import EARLIEST, NOTICED, ClockTrust, Doubt, Judgement, Reading

if TYPE_CHECKING:
    from broadcaster.station.station import Station

ABOUT = "dong-ho"
SIMULATED = "simulated"
_REMEDY = (
    "Chỉnh lại ngày giờ của máy (bật tự chỉnh giờ qua mạng nếu có). Nếu giờ máy đang hiện là đúng: bấm Ctrl+C rồi chạy "
    "lại với --trust-clock. Trong lúc này không lượt nào được phát."
)


class Timekeeper:
    """Judges the clock whenever asked; several threads may ask."""

    def __init__(self, station: Station) -> None:
        self.station = station
        self.on_moved: Callable[[], None] = lambda: None
        """Called when the wall clock was set, or is believed again: what waits for it must be worked out anew."""
        self._lock = threading.Lock()
        self._trust: ClockTrust | None = None
        self._judgement: Judgement | None = None
        self._up_since_s = station.clock.monotonic()
        self._held: list[tuple[float, float]] = []
        """Spans of monotonic time in which the clock was not believed."""

    def judge(self) -> Judgement:
        """What is to be thought of the clock now; tells the operator, and whoever waits, when that has changed."""
        clock = self.station.clock
        with self._lock:
            standing = clock.standing()
            trust = self._trust = self._trust or self._first_trust(standing.boot)
            reading = Reading(at=clock.now(), steady_s=clock.monotonic(), standing=standing)
            before, judgement = self._judgement, trust.observe(reading)
            self._judgement = judgement
            if not judgement.trusted:
                self._hold(reading.steady_s, already=before is not None and not before.trusted)
        self._tell(judgement, before, at=reading.at)
        changed = before is not None and before.doubt is not judgement.doubt
        if changed or abs(judgement.moved) > NOTICED:
            self.on_moved()
        return judgement

    def keep(self) -> None:
        """Note where the clock was right, for the next run in this boot of the machine."""
        self.judge()
        with self._lock:
            boot, origin = self.station.clock.standing().boot, self._trust.origin if self._trust else None
        if boot is not None and origin is not None:
            self.station.ledger.mark(_boot_mark(boot), origin)

    def row_state(self) -> str:
        """For a row of the log: how far its times can be trusted."""
        return SIMULATED if self.station.simulated else str(self.judge())

    def was_off(self, at: datetime) -> bool:
        """Whether the station did not run then, as far as the clock can be believed now."""
        return self._steady_s(at) < self._up_since_s

    def was_held(self, at: datetime) -> bool:
        """Whether the clock was not believed then."""
        steady_s = self._steady_s(at)
        with self._lock:
            return any(begin <= steady_s <= end for begin, end in self._held)

    def _steady_s(self, at: datetime) -> float:
        clock = self.station.clock
        return clock.monotonic() - (clock.now() - at).total_seconds()

    def _first_trust(self, boot: str | None) -> ClockTrust:
        station = self.station
        last, seen = station.log.last(), station.ledger.seen_until()
        known = [mark.at for mark in station.checkpoints.store.all()]
        known += [last.row.recorded_at] if last else []
        known += [seen] if seen else []
        return ClockTrust(
            records_until=max(known, default=None),
            origin=station.ledger.marked(_boot_mark(boot)) if boot is not None else None,
            confirmed=station.clock_confirmed,
        )

    def _hold(self, steady_s: float, *, already: bool) -> None:
        begin = self._held.pop()[0] if already and self._held else steady_s
        self._held.append((begin, steady_s))

    def _tell(self, judgement: Judgement, before: Judgement | None, *, at: datetime) -> None:
        notices, now = self.station.notices, f"{at:%H:%M:%S ngày %d/%m/%Y}"
        if judgement.doubt is not None:
            notices.post(ABOUT, _in_words(judgement), remedy=_REMEDY, at=at)
        elif before is not None and before.doubt is not None:
            notices.clear(ABOUT, because=f"Đồng hồ máy đã đáng tin trở lại ({now}); đài phát tiếp theo lịch.")
        elif abs(judgement.moved) > NOTICED:
            notices.tell(f"Đồng hồ máy vừa được chỉnh {_span(judgement.moved)} (nay là {now}); đã tính lại giờ phát.")


def _boot_mark(boot: str) -> str:
    return f"boot:{boot}"


def _in_words(judgement: Judgement) -> str:
    """Why the clock is not believed, without the hour: each minute of it would be news."""
    match judgement.doubt:
        case Doubt.BEFORE_PROGRAM:
            return f"GIỜ MÁY CHƯA ĐÚNG: máy báo một ngày trước {EARLIEST:%d/%m/%Y}. Đài tạm giữ mọi lượt phát."
        case Doubt.BEHIND_RECORDS:
            return f"GIỜ MÁY CHƯA ĐÚNG: chậm {_length(judgement.off)} so với nhật ký. Đài tạm giữ mọi lượt phát."
        case Doubt.NEVER_SET:
            return (
                "GIỜ MÁY CHƯA CHẮC ĐÚNG: máy này không có đồng hồ chạy khi mất điện, và chưa được chỉnh giờ qua mạng. "
                "Đài tạm giữ mọi lượt phát."
            )
    return f"GIỜ MÁY VỪA BỊ ĐỔI {_span(judgement.off)} mà không do máy chủ giờ. Đài tạm giữ mọi lượt phát."


def _span(span: timedelta) -> str:
    """`tới 10 phút 00 giây`, `lùi 2 giờ 00 phút`."""
    return f"{'lùi' if span < timedelta() else 'tới'} {_length(span)}"


def _length(span: timedelta) -> str:
    seconds = round(abs(span.total_seconds()))
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    return f"{hours} giờ {minutes:02d} phút" if hours else f"{minutes} phút {rest:02d} giây"
