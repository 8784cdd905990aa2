"""A station on one morning: real texts, voice, mixer and database; output and clock are the fakes that we ship."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from threading import Event

from broadcaster.clock import VIETNAM
from broadcaster.model.as_run import Intent, LogRow
from broadcaster.model.plan import Airing
from broadcaster.schedule.plan import plan
from broadcaster.station.booth import Booth
from broadcaster.station.outcomes import Outcomes
from broadcaster.station.prepare import approve, submit
from broadcaster.station.render import Renderer
from broadcaster.station.station import Station
from broadcaster.testing import ManualClock, RecordingOutput

WRITER, APPROVER = "Lê Thị Hòa", "Trần Văn Hùng"
SCRIPT = "tin/thu.txt"
AIRTIME = datetime(2026, 10, 10, 5, 30, tzinfo=VIETNAM)
SCHEDULE = """\
xa:
  hoang-dao: {ten: Xã Hoằng Đạo, loa: {trung-tam: {ten: Loa trung tâm, dau_ra: loa}}}
khung_gio: {sang: 05:00-06:30}
dau_ra: {loa: {kieu: file}}
nguon: {vov1: {ten: VOV1, url: "http://127.0.0.1:9/khong-co"}}
chuong_trinh: {gon: [chuong, noi_dung]}
lich:
  - {ten: Tin, bai: tin/thu.txt, chuong_trinh: gon, gio: 05:30}
  - {ten: Tiếp sóng, tiep_song: vov1, gio: 06:00, dai: 5 phút}
chien_dich:
  - {ten: Chuyển đổi số, ma: cds, bai: [tin/thu.txt], tu: 01/10/2026, den: 02/10/2026, chi_tieu: 1 lượt/ngày}
"""


@dataclass
class Day:
    """A station on the morning of 10 October 2026, half an hour before its airing."""

    station: Station
    clock: ManualClock
    output: RecordingOutput
    renderer: Renderer
    outcomes: Outcomes
    booth: Booth
    stop: Event
    told: list[LogRow]
    warned: list[str]

    def write(self, body: str, *, head: str = "", script: str = SCRIPT) -> None:
        path = self.station.library.folder / script
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\ntieu_de: Tin thử\ntac_gia: {WRITER}\n{head}---\n{body}\n", encoding="utf-8")

    def approve(self, script: str = SCRIPT) -> None:
        submit(self.station, script, by=WRITER)
        approve(self.station, script, by=APPROVER)

    def airing(self, entry: str = "tin") -> Airing:
        airings = plan(self.station.schedule, first=AIRTIME.date(), days=1, lengths=self.renderer.length_s)
        return next(airing for airing in airings if airing.entry == entry)

    def intend(self, entry: str = "tin") -> Intent:
        intent = Intent(airing=self.airing(entry), cluster="trung-tam", output="loa")
        self.station.ledger.intend([intent])
        return intent

    def rows(self) -> list[LogRow]:
        return list(self.station.log.rows())
