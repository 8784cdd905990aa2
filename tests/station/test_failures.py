"""What stops many programmes is told once, with how many it stops."""

from __future__ import annotations

from dataclasses import replace

import click
from click.testing import CliRunner
from station.day import Day

from broadcaster.cli.main import cli
from broadcaster.config.load import parse_schedule
from broadcaster.errors import AudioFault, WorkspaceFault
from broadcaster.model.plan import Airing
from broadcaster.station.failures import by_cause

COMMUNES = "".join(f"  xa-{n}: {{ten: Xã số {n}, loa: {{ubnd: {{ten: Loa, dau_ra: loa}}}}}}\n" for n in range(1, 8))
SCHEDULE = f"""\
xa:
{COMMUNES}
khung_gio: {{sang: 05:00-06:30}}
dau_ra: {{loa: {{kieu: file}}}}
chuong_trinh: {{gon: [chuong, noi_dung], tron: [noi_dung]}}
lich:
  - {{ten: Tin, bai: tin/thu.txt, chuong_trinh: gon, gio: [05:30, 06:00]}}
  - {{ten: Thư, bai: tin/khong-co.txt, chuong_trinh: tron, gio: 05:50, noi_phat: [xa-1]}}
"""
LOST_VOICE = "giong_doc: {nu-thieu: {ten: Nữ thiếu, may_doc: piper, giong: khong-co}}\n"


def bad(message: str) -> AudioFault:
    return AudioFault(message, remedy="Chép lại tệp gốc.")


def test_the_same_fault_is_one_and_another_is_another(day: Day) -> None:
    airing = day.airing()
    elsewhere = replace(airing, commune="hoang-tien")
    failed = [(airing, bad("hỏng")), (airing, WorkspaceFault("hỏng")), (elsewhere, bad("hỏng")), (airing, bad("rỗng"))]

    found = by_cause(failed)

    assert [(str(one.trouble), len(one.airings)) for one in found] == [("hỏng", 2), ("hỏng", 1), ("rỗng", 1)]
    assert found[0].stopped == "tin/thu.txt (hoang-dao), tin/thu.txt (hoang-tien)"


def test_of_many_some_are_named_and_the_others_counted(day: Day) -> None:
    many: list[Airing] = [replace(day.airing(), commune=f"xa-{number}") for number in range(300)]

    (found,) = by_cause((airing, bad("hỏng")) for airing in (*many, *many))

    assert len(found.airings) == 600
    assert found.stopped.endswith("tin/thu.txt (xa-4) và 295 chương trình khác")


def test_render_tells_a_bad_jingle_once(day: Day) -> None:
    day.station.workspace.schedule_file.write_text(SCHEDULE, encoding="utf-8")
    day.station.take(parse_schedule(SCHEDULE))
    (day.station.workspace.jingles / "chuong.flac").write_bytes(b"")

    done = CliRunner().invoke(
        cli, ["--workspace", str(day.station.workspace.folder), "render", "--date", "10/10/2026", "--jobs", "1"]
    )

    said = click.unstyle(done.output)
    assert isinstance(done.exception, AudioFault), said
    assert done.exception.message == "8 chương trình chưa làm được."
    assert said.count("chuong.flac") == 1
    assert "Vì thế 7 chương trình chưa làm được: tin/thu.txt (xa-1)" in said
    assert "và 2 chương trình khác." in said
    assert "- tin/khong-co.txt (xa-1): " in said


def test_render_tells_a_lost_voice_once_for_all_communes(day: Day) -> None:
    day.station.workspace.schedule_file.write_text(f"{SCHEDULE}giong: nu-thieu\n{LOST_VOICE}", encoding="utf-8")

    done = CliRunner().invoke(
        cli, ["--workspace", str(day.station.workspace.folder), "render", "--date", "10/10/2026", "--jobs", "1"]
    )

    said = click.unstyle(done.output)
    assert said.count("thay cho nu-thieu") == 1, said
    assert "tin/thu.txt (xa-5) và 2 chương trình khác: đọc bằng giọng" in said
