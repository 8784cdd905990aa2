"""The chain once, in a folder of its own: sample texts, two roles, airings seconds from now on the real clock."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from broadcaster.clock import SystemClock
from broadcaster.evidence.verify import Verdict
from broadcaster.model.as_run import LogRow
from broadcaster.reports.figures import Figures
from broadcaster.station.account import print_logbook, write_station_report
from broadcaster.station.on_air import OnAir
from broadcaster.station.prepare import approve, submit
from broadcaster.station.prove import log_rows, verify_log
from broadcaster.station.render import Renderer, due_in
from broadcaster.station.station import Station, open_station
from broadcaster.station.workspace import Workspace, create, only_runner

APPROVER = "Trần Văn Hùng"
SCRIPTS = ("demo/ban-tin-ngan.txt", "demo/thong-bao-ngan.txt")
BULLETIN_IN = timedelta(seconds=6)
NOTICE_IN = timedelta(seconds=16)
SCHEDULE = """\
# Lịch của buổi trình diễn: phát ngay vài giây sau khi chạy, vào bất kỳ giờ nào,
# nên không đặt khung giờ và giờ yên tĩnh. Lịch thật: xem schedule.yaml mà lệnh "broadcaster init" tạo ra.
phien_ban: 1
mui_gio: Asia/Ho_Chi_Minh
tinh: Thanh Hóa

xa:
  hoang-dao:
    ten: Xã Hoằng Đạo
    loi_xuong: Đây là Đài truyền thanh xã Hoằng Đạo.
    loa:
      trung-tam: {{ten: Loa trung tâm, dau_ra: loa-may}}
      thon-1: {{ten: Loa thôn 1, dau_ra: tep}}
  hoang-truong:
    ten: Xã Hoằng Trường
    loi_xuong: Đây là Đài truyền thanh xã Hoằng Trường.
    loa:
      ubnd: {{ten: Loa UBND xã, dau_ra: tep}}

dau_ra:
  loa-may: {{kieu: auto}}      # card âm thanh nếu máy có, không thì ghi ra tệp
  tep: {{kieu: file}}          # ghi lại đúng những gì đã phát, vào audio_out/da-phat

chuong_trinh:
  ban-tin: [nhac-hieu, loi-xuong, {{noi_dung: {{nhac_cat: nhac-cat}}}}, loi-chao, nhac-ket]
  thong-bao: [chuong, loi-xuong, noi_dung, loi-chao]

lich:
  - ten: Bản tin trình diễn
    bai: demo/ban-tin-ngan.txt
    chuong_trinh: ban-tin
    gio: "{bulletin:%H:%M:%S}"
    ngay: ["{bulletin:%d/%m/%Y}"]
    noi_phat: [hoang-dao]
  - ten: Thông báo trình diễn
    bai: demo/thong-bao-ngan.txt
    chuong_trinh: thong-bao
    gio: "{notice:%H:%M:%S}"
    ngay: ["{notice:%d/%m/%Y}"]
    noi_phat: [hoang-truong]
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """What the demonstration made, and whether it holds."""

    workspace: Workspace
    rows: tuple[LogRow, ...]
    verdict: Verdict
    figures: Figures
    report: Path
    report_json: Path
    logbook: Path


def folder_for(workspace: Path, now: datetime) -> Path:
    """A new folder for one demonstration, below audio_out/."""
    return workspace / "audio_out" / f"trinh-dien-{now:%Y%m%d-%H%M%S}"


def prepare(folder: Path, *, tell: Callable[[str], None]) -> Workspace:
    """Make the workspace, have the scripts approved, render the programmes."""
    now = SystemClock().now()
    workspace = create(folder, schedule=schedule_text(now + timedelta(hours=1)), scripts=SCRIPTS)
    with open_station(folder) as station:
        for script in SCRIPTS:
            author = station.library.load(script).author or "Người soạn"
            submit(station, script, by=author)
            step = approve(station, script, by=APPROVER)
            tell(f"Bài {script}: {author} soạn và trình, {step.by} duyệt.")
        renderer = Renderer(station)
        for airing in due_in(renderer, first=now.date(), days=2):
            made = renderer.programme(airing).programme
            tell(f"Chương trình {made.path}: {made.length_s:.0f} giây, {made.loudness_lufs:.1f} LUFS.")
    return workspace


def schedule_text(now: datetime) -> str:
    """The demonstration's schedule.yaml with airings seconds after `now`."""
    whole = now.replace(microsecond=0)
    return SCHEDULE.format(bulletin=whole + BULLETIN_IN, notice=whole + NOTICE_IN)


def air(workspace: Workspace, *, tell: Callable[[str], None], watch: Callable[[Station], None]) -> Performance:
    """Air the plan, then prove and account for it. `watch` is called about five times a second while it plays."""
    workspace.schedule_file.write_text(schedule_text(SystemClock().now()), encoding="utf-8", newline="\n")
    with open_station(workspace.folder) as station, only_runner(workspace):
        stop = threading.Event()
        failures: list[BaseException] = []
        thread = threading.Thread(
            target=_run, args=(OnAir(station, stop=stop, tell=tell), stop, failures), name="on-air"
        )
        thread.start()
        try:
            while not stop.is_set() and (station.ledger.open() or station.log.last() is None):
                watch(station)
                station.clock.wait(0.2, until=stop)
        finally:
            stop.set()
            thread.join()
        if failures:
            raise failures[0]
        return _account(station)


def _run(on_air: OnAir, stop: threading.Event, failures: list[BaseException]) -> None:
    """The station's own thread; what it raises is raised again where the demonstration waits."""
    try:
        on_air.run()
    except BaseException as error:
        failures.append(error)
        stop.set()


def _account(station: Station) -> Performance:
    rows = tuple(log_rows(station))
    days = [row.row.planned_start.date() for row in rows]
    period = f"{min(days).isoformat()}..{max(days).isoformat()}"
    folder = station.workspace.reports
    at = station.clock.now()
    report, report_json, logbook = (folder / name for name in ("bao-cao.docx", "bao-cao.json", "so-nhat-ky.docx"))
    figures = [
        write_station_report(station, "periodic", period=period, directive=None, commune=None, at=at, out=out)
        for out in (report, report_json)
    ]
    print_logbook(station, list(rows), first=min(days), last=max(days), out=logbook)
    return Performance(
        workspace=station.workspace,
        rows=rows,
        verdict=verify_log(station),
        figures=figures[0],
        report=report,
        report_json=report_json,
        logbook=logbook,
    )
