"""A day with every state an airing can be in, in a real workspace with a real database, at 05:30:20."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from broadcaster.clock import VIETNAM
from broadcaster.model.as_run import Intent, Outcome, OutcomeReason, Playback
from broadcaster.model.plan import Airing
from broadcaster.schedule.plan import plan
from broadcaster.station.outcomes import Behind, Outcomes
from broadcaster.station.prepare import approve, submit
from broadcaster.station.render import Renderer
from broadcaster.station.station import Station, open_station
from broadcaster.station.workspace import create
from broadcaster.testing import ManualClock

NOW = datetime(2026, 10, 10, 5, 30, 20, tzinfo=VIETNAM)
APPROVED, DRAFT = "demo/thong-bao-ngan.txt", "demo/ban-tin-ngan.txt"
SCHEDULE = """\
phien_ban: 1
mui_gio: Asia/Ho_Chi_Minh
tinh: Thanh Hóa
xa:
  hoang-dao:
    ten: Xã Hoằng Đạo
    loa:
      trung-tam: {ten: Loa trung tâm, dau_ra: tep}
      thon-1: {ten: Thôn 1, dau_ra: tep}
  hoang-truong: {ten: Xã Hoằng Trường, loa: {ubnd: {ten: Loa UBND xã, dau_ra: tep}}}
  hoang-thanh: {ten: Xã Hoằng Thanh, loa: {chinh: {ten: Loa chính, dau_ra: tep}}}
khung_gio: {sang: "05:00-06:30"}
dau_ra: {tep: {kieu: file}}
nguon: {vov1: {ten: VOV1, url: "http://may-tiep-song.example/vov1"}}
chuong_trinh: {gon: [chuong, noi_dung]}
lich:
  - {ten: Nhắc vệ sinh đường làng, bai: demo/thong-bao-ngan.txt, chuong_trinh: gon,
     gio: ["05:05", "05:10", "05:15", "05:20"], dai: 1 phút, noi_phat: [hoang-dao]}
  - {ten: Thông báo tổng vệ sinh, bai: demo/thong-bao-ngan.txt, chuong_trinh: gon, gio: "05:30", dai: 1 phút,
     noi_phat: [hoang-dao]}
  - {ten: Bản tin xã, bai: demo/ban-tin-ngan.txt, chuong_trinh: gon, gio: "05:40", dai: 2 phút, noi_phat: [hoang-dao]}
  - {ten: Lịch tiêm chủng mở rộng, bai: thong-bao/chua-viet.txt, gio: "05:45", dai: 1 phút, noi_phat: [hoang-dao]}
  - {ten: Mời họp thôn, bai: demo/thong-bao-ngan.txt, chuong_trinh: gon, gio: "05:50", dai: 1 phút,
     noi_phat: [hoang-dao]}
  - {ten: Họp chợ phiên, bai: demo/thong-bao-ngan.txt, chuong_trinh: gon, gio: "12:00", dai: 1 phút,
     noi_phat: [hoang-dao]}
  - {ten: Thời sự VOV1, tiep_song: vov1, gio: "05:15", dai: 30 phút, noi_phat: [hoang-truong]}
  - {ten: Thông báo cũ, bai: demo/thong-bao-ngan.txt, chuong_trinh: gon, gio: "05:01", dai: 1 phút,
     noi_phat: [hoang-truong]}
"""
Ending = tuple[Outcome, OutcomeReason | None, str, float]
ENDINGS: dict[str, Ending] = {
    "05:05": (Outcome.PLAYED, None, "", 15.2),
    "05:10": (Outcome.PARTIAL, OutcomeReason.STOPPED, "Dừng theo lệnh.", 7.9),
    "05:15": (Outcome.MISSED, OutcomeReason.TOO_LATE, "Không kịp phát trong thời gian cho phép trễ.", 0.0),
    "05:20": (Outcome.FAILED, OutcomeReason.NO_DEVICE, "Không thấy thiết bị âm thanh nào.", 0.0),
}


@dataclass
class Day:
    """The station, and hands to move its day on."""

    station: Station
    clock: ManualClock

    def airings(self) -> list[Airing]:
        return plan(self.station.schedule, first=NOW.date(), days=1, lengths=Renderer(self.station).length_s)

    def at(self, hour: str, *, commune: str = "hoang-dao") -> Airing:
        """The airing that the schedule has at `05:30`."""
        today = [airing for airing in self.airings() if airing.commune == commune]
        return next(airing for airing in today if f"{airing.planned_start:%H:%M}" == hour)

    def intents(self, airing: Airing) -> list[Intent]:
        clusters = self.station.schedule.communes[airing.commune].clusters
        return [Intent(airing=airing, cluster=cluster.key, output=cluster.output) for cluster in clusters]

    def intend(self, *airings: Airing) -> None:
        self.station.ledger.intend(intent for airing in airings for intent in self.intents(airing))

    def end(self, airing: Airing, ending: Ending) -> None:
        """Its outcome stands in the log, on every cluster."""
        outcome, reason, detail, played_s = ending
        started = airing.start if played_s else None
        playback = Playback(
            output="tep (file)",
            started_at=started,
            ended_at=started + timedelta(seconds=played_s) if started else None,
            frames=round(played_s * 44_100),
            sample_rate=44_100,
            outcome=outcome,
            reason=reason,
            detail=detail,
        )
        outcomes = Outcomes(self.station, tell=lambda _: None, warn=lambda _: None)
        for intent in self.intents(airing):
            outcomes.record(intent, playback, Behind())

    def sound(self, airing: Airing, cluster: str, *, seconds: float) -> None:
        """It is on the air, and the output has told of so much."""
        self.station.ledger.begin(airing.id, cluster, at=airing.start or NOW)
        if seconds:
            self.station.ledger.progress(airing.id, cluster, frames=round(seconds * 44_100), sample_rate=44_100)


def make_a_day(folder: Path) -> None:
    """Played, partial, missed, failed; on the air and about to be; unapproved, unwritten, coming, dropped, unknown."""
    create(folder, schedule=SCHEDULE, scripts=(APPROVED, DRAFT))
    with open_station(folder, clock=(clock := ManualClock(NOW))) as station:
        submit(station, APPROVED, by="Lê Thị Hòa")
        approve(station, APPROVED, by="Trần Văn Hùng")
        day = Day(station, clock)
        placed = [airing for airing in day.airings() if airing.start is not None]
        day.intend(*(airing for airing in placed if airing.title != "Thông báo cũ"))
        for hour, ending in ENDINGS.items():
            day.end(day.at(hour), ending)
        day.sound(day.at("05:30"), "trung-tam", seconds=9.0)
        day.sound(day.at("05:30"), "thon-1", seconds=0.0)
        day.sound(day.at("05:15", commune="hoang-truong"), "ubnd", seconds=910.0)
