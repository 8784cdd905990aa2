"""`init`, `demo`, `check`, `doctor`: a station's folder, and what is wrong with it or with this machine."""

from __future__ import annotations

from pathlib import Path

import click

from broadcaster.cli.face import Face
from broadcaster.cli.printing import faults_as_json, print_json, say
from broadcaster.cli.vietnamese import VietnameseCommand, option
from broadcaster.errors import OutputFault, ScheduleConflict, SpeechFault, WorkspaceFault


@click.command(cls=VietnameseCommand)
@click.argument("folder", metavar="[THƯ_MỤC]", required=False, type=click.Path(path_type=Path))
@option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
@click.pass_obj
def init(face: Face, folder: Path | None, as_json: bool) -> None:
    """Tạo thư mục đài mới: lịch phát có chú thích, bài mẫu, nhạc hiệu."""
    from broadcaster.station.workspace import create

    workspace = create(face.workspace / folder if folder else face.workspace)
    if as_json:
        print_json({"workspace": str(workspace.folder), "schedule": str(workspace.schedule_file)})
        return
    say(f"Đã tạo đài trong {workspace.folder}.")
    say("Việc tiếp theo: sửa schedule.yaml (tên xã, khung giờ, lịch), rồi chạy: broadcaster check")


@click.command(cls=VietnameseCommand)
@option("--folder", metavar="THƯ_MỤC", type=click.Path(path_type=Path), default=None, help="Nơi làm bản trình diễn.")
@option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
@click.pass_obj
def demo(face: Face, folder: Path | None, as_json: bool) -> None:
    """Trình diễn trọn một buổi phát: từ bài viết đến tiếng trên loa, nhật ký và báo cáo."""
    from broadcaster.cli.demo import perform

    perform(face.workspace, folder, as_json=as_json)


@click.command(cls=VietnameseCommand)
@option("--strict", is_flag=True, help="Coi các lượt phát tranh giờ nhau là lỗi (mã thoát 4).")
@option("--days", metavar="SỐ", type=click.IntRange(1, 366), default=31, help="Xem trước bao nhiêu ngày (mặc định 31).")
@option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
@click.pass_obj
def check(face: Face, strict: bool, days: int, as_json: bool) -> None:
    """Kiểm tra toàn bộ đài: lịch, bài, âm thanh, giọng đọc, đầu ra."""
    from broadcaster.station.inspect import inspect

    try:
        found = inspect(face.workspace, now=face.now, days=days)
    except WorkspaceFault as error:
        if as_json:
            print_json({"faults": faults_as_json(error.faults), "conflicts": [], "notes": []})
        raise
    if as_json:
        told = {"faults": found.faults, "conflicts": found.conflicts, "notes": found.notes}
        print_json({kind: faults_as_json(faults) for kind, faults in told.items()})
    else:
        for fault in (*found.faults, *found.conflicts):
            say(f"- {fault}")
        for note in found.notes:
            say(f"- Lưu ý: {note}")
    if found.faults:
        raise WorkspaceFault(f"Đài có {len(found.faults)} lỗi.", remedy="Sửa từng mục ở trên rồi kiểm tra lại.")
    if strict and found.conflicts:
        raise ScheduleConflict(
            f"Có {len(found.conflicts)} lượt phát tranh giờ nhau.", remedy="Đổi giờ, hoặc đặt uu_tien và doi cho rõ."
        )
    say("Không có lỗi nào." if not found.conflicts else "Không có lỗi; các lượt tranh giờ ở trên sẽ dời hoặc bỏ.")


@click.command(cls=VietnameseCommand)
@option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
@click.pass_obj
def doctor(face: Face, as_json: bool) -> None:
    """Khám máy này: thiếu gì, hỏng gì, và lệnh để sửa."""
    from broadcaster.station.doctor import examine

    examined = examine(face.workspace)
    if as_json:
        print_json([{"what": one.what, "state": one.state, "faults": faults_as_json(one.faults)} for one in examined])
    else:
        for one in examined:
            click.echo(f"{'✗' if one.faults else '✓'} {one.what}: {one.state}")
            for fault in one.faults:
                click.echo(f"    {fault.message}\n    → {fault.remedy}")
    ill = {one.area.value for one in examined if one.faults and one.needed}
    if "speech" in ill:
        raise SpeechFault("Máy này chưa đọc được.", remedy="Làm theo các dòng có dấu ✗ ở trên.")
    if "output" in ill:
        raise OutputFault("Máy này chưa phát được ra loa.", remedy="Làm theo các dòng có dấu ✗ ở trên.")
    if ill:
        raise WorkspaceFault("Máy này còn việc phải sửa.", remedy="Làm theo các dòng có dấu ✗ ở trên.")
