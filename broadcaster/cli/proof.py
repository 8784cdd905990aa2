"""`log`, `verify`, `report`: what really aired, that nobody changed it, and the documents made from it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from broadcaster.cli.day import AS_JSON, day_of
from broadcaster.cli.face import Face
from broadcaster.cli.moments import moment, tell_moment
from broadcaster.cli.printing import print_json, print_table, say, seconds_in_words
from broadcaster.cli.vietnamese import VietnameseCommand, option
from broadcaster.errors import EvidenceBroken

if TYPE_CHECKING:
    from broadcaster.model.as_run import LogRow
    from broadcaster.station.station import Station

RECORDS = option(
    "--db",
    "records",
    metavar="TỆP",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=None,
    help="Nhật ký ở tệp này, ví dụ của lệnh simulate, thay cho nhật ký của đài.",
)


@click.command(cls=VietnameseCommand)
@option("--from", "first", metavar="NGÀY", default=None, help="Từ ngày, ví dụ 01/10/2026.")
@option("--to", "last", metavar="NGÀY", default=None, help="Đến hết ngày.")
@option("--commune", metavar="XÃ", default=None, help="Chỉ một xã.")
@option("--logbook", metavar="TỆP.docx", type=click.Path(path_type=Path), help="In sổ nhật ký ra tệp Word.")
@option("--at", "at", metavar="LÚC", default=None, help='Lúc ấy loa đang nói gì: --at "10/10/2026 17:41:20".')
@RECORDS
@AS_JSON
@click.pass_obj
def log(
    face: Face,
    first: str | None,
    last: str | None,
    commune: str | None,
    logbook: Path | None,
    at: str | None,
    records: Path | None,
    as_json: bool,
) -> None:
    """Nhật ký phát sóng: những gì đã thực sự phát."""
    from broadcaster.evidence.chain import as_json as row_as_json
    from broadcaster.station.account import print_logbook
    from broadcaster.station.heard import that_moment
    from broadcaster.station.prove import log_rows
    from broadcaster.station.station import open_station

    with open_station(face.workspace, readonly=True, records=_there(records), fall_back=True) as station:
        _say_if_refused(station)
        now = face.now or station.clock.now()
        if at is not None:
            tell_moment(that_moment(station, moment(at, today=now), commune=commune), station.schedule, as_json=as_json)
            return
        today = now.date()
        start = day_of(first, today=today) if first else None
        end = day_of(last, today=today) if last else None
        rows = log_rows(station, first=start, last=end, commune=commune)
        _say_if_empty(station)
        if logbook is not None:
            print_logbook(station, rows, first=start, last=end, out=logbook)
            say(f"Đã ghi sổ nhật ký: {logbook}")
    if as_json:
        print_json([row_as_json(row) for row in rows])
    elif logbook is None:
        show_log(rows)
    if any(row.row.simulated for row in rows):
        say("Các dòng MÔ PHỎNG không phải bằng chứng, không vào báo cáo nào.")


def _there(records: Path | None) -> Path | None:
    return records.absolute() if records is not None else None


def _say_if_refused(station: Station) -> None:
    if station.refused:
        say("CHÚ Ý: schedule.yaml đang có lỗi; tên xã, cụm loa lấy theo lịch chạy gần nhất. Xem lỗi: broadcaster check")


def _say_if_empty(station: Station) -> None:
    """An empty table alone does not tell whether the folder is the right one."""
    if station.log.last() is None:
        say(f"Đài trong {station.workspace.folder} chưa phát gì: nhật ký chưa có dòng nào.")


def show_log(rows: list[LogRow]) -> None:
    """Rows as a table: what aired where, for how long, and how it ended."""
    from broadcaster.reports.wording import OUTCOME_WORDS, REASON_WORDS

    print_table(
        ("Số", "Ngày", "Giờ thực", "Đã phát", "Xã", "Cụm loa", "Nội dung", "Kết quả", "Lý do"),
        [
            (
                row.seq,
                f"{row.row.planned_start:%d/%m/%Y}",
                f"{row.row.started_at:%H:%M:%S}" if row.row.started_at else "—",
                seconds_in_words(row.row.played_s),
                row.row.commune,
                row.row.cluster,
                row.row.script_title or row.row.title,
                f"{'MÔ PHỎNG: ' if row.row.simulated else ''}{OUTCOME_WORDS[row.row.outcome]}",
                REASON_WORDS[row.row.reason] if row.row.reason else "",
            )
            for row in rows
        ],
    )


@click.command(cls=VietnameseCommand)
@click.argument("path", metavar="[THƯ_MỤC]", required=False, type=click.Path(path_type=Path))
@RECORDS
@AS_JSON
@click.pass_obj
def verify(face: Face, path: Path | None, records: Path | None, as_json: bool) -> None:
    """Kiểm chứng nhật ký: chuỗi băm, các mốc và tệp âm thanh còn nguyên vẹn."""
    from broadcaster.station.prove import verify_log
    from broadcaster.station.station import open_station

    folder = path.absolute() if path else face.workspace
    with open_station(folder, readonly=True, records=_there(records), fall_back=True) as station:
        _say_if_refused(station)
        verdict = verify_log(station)
    if as_json:
        print_json(asdict(verdict))
    if not verdict.ok:
        place = f", từ dòng {verdict.first_bad_seq}" if verdict.first_bad_seq else ""
        raise EvidenceBroken(
            f"Nhật ký KHÔNG còn nguyên vẹn{place}: {verdict.why}",
            remedy="Giữ nguyên thư mục đài, sao chép ra nơi khác và báo cho cơ quan quản lý; đừng ghi đè.",
        )
    if not as_json:
        say(f"Nhật ký nguyên vẹn: {verdict.rows} dòng, {verdict.checkpoints} mốc, tệp chương trình khớp mã băm.")


@click.command(cls=VietnameseCommand)
@click.argument("kind", metavar="LOẠI")
@option("--period", metavar="KỲ", required=True, help="2026-H1, 2026-Q3, 2026-10, 2026 hoặc 01/10/2026..10/10/2026.")
@option("--directive", metavar="SỐ", default=None, help="Chỉ các lượt phát theo văn bản chỉ đạo này.")
@option("--commune", metavar="XÃ", default=None, help="Chỉ một xã.")
@option(
    "-o", "out", metavar="TỆP", required=True, type=click.Path(path_type=Path), help="Tệp báo cáo: .docx hoặc .json."
)
@RECORDS
@AS_JSON
@click.pass_obj
def report(
    face: Face,
    kind: str,
    period: str,
    directive: str | None,
    commune: str | None,
    out: Path,
    records: Path | None,
    as_json: bool,
) -> None:
    """Lập báo cáo từ nhật ký: periodic (định kỳ), directive (theo văn bản chỉ đạo)."""
    from broadcaster.station.account import write_station_report
    from broadcaster.station.station import open_station

    with open_station(face.workspace, readonly=True, records=_there(records), fall_back=True) as station:
        _say_if_refused(station)
        at = face.now or station.clock.now()
        figures = write_station_report(
            station, kind, period=period, directive=directive, commune=commune, at=at, out=out
        )
        _say_if_empty(station)
    if as_json:
        print_json({"file": str(out), "plays": figures.total.plays.value, "played_s": figures.total.airtime_s.value})
    else:
        airtime = seconds_in_words(figures.total.airtime_s.value)
        say(f"Đã ghi báo cáo {out}: {figures.total.plays.value} lượt phát, {airtime}.")
