"""`check` finds everything that is wrong with a workspace in one run, and names what competes for time."""

from __future__ import annotations

from pathlib import Path

import pytest
from station.day import AIRTIME, SCHEDULE, WRITER

from broadcaster.errors import WorkspaceFault
from broadcaster.station.inspect import Inspection, inspect
from broadcaster.station.workspace import Workspace, create


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = create(tmp_path / "dai", schedule=SCHEDULE, scripts=())
    write(made, "tin/thu.txt", "Xin chào bà con.")
    return made


def write(workspace: Workspace, name: str, body: str, *, head: str = "") -> None:
    path = workspace.scripts / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ntieu_de: Tin\ntac_gia: {WRITER}\n{head}---\n{body}\n", encoding="utf-8")


def edit(workspace: Workspace, old: str, new: str) -> None:
    text = workspace.schedule_file.read_text(encoding="utf-8")
    assert old in text
    workspace.schedule_file.write_text(text.replace(old, new), encoding="utf-8")


def inspected(workspace: Workspace) -> Inspection:
    return inspect(workspace.folder, now=AIRTIME, days=2)


def messages(workspace: Workspace) -> str:
    return "\n".join(str(fault) for fault in inspected(workspace).faults)


def test_a_workspace_that_is_right_has_no_faults(workspace: Workspace) -> None:
    edit(workspace, "den: 02/10/2026", "den: 31/10/2026")

    assert inspected(workspace) == Inspection(faults=(), conflicts=())


def test_every_fault_is_found_in_one_run(workspace: Workspace) -> None:
    write(workspace, "tin/hong.txt", "", head="")
    write(workspace, "tin/ban-thu.txt", "Bản thu.", head="ban_thu: tin/khong-co.mp3\n")
    write(workspace, "tin/giong.txt", "Giọng lạ.", head="giong: espeak-ng:vi+f9\n")
    (workspace.scripts / "tin" / "thu.txt").unlink()
    (workspace.jingles / "chuong.flac").write_bytes(b"not a sound")
    edit(workspace, "kieu: file", "kieu: fil")

    said = messages(workspace)

    assert "tin/hong.txt" in said
    assert "tin/khong-co.mp3" in said
    assert "vi+f2" in said, "names the nearest voice"
    assert "tin/thu.txt" in said
    assert "chuong" in said
    assert "Có phải ý bạn là 'file'" in said


def test_a_jingle_that_is_not_there_is_named_with_the_nearest(workspace: Workspace) -> None:
    edit(workspace, "[chuong, noi_dung]", "[chuog, noi_dung]")

    assert "Có phải ý bạn là “chuong”" in messages(workspace)


def test_a_text_longer_than_its_entry_allows_is_a_fault(workspace: Workspace) -> None:
    write(workspace, "tin/thu.txt", " ".join(["Mời bà con đến nhà văn hóa thôn."] * 30))
    edit(workspace, "gio: 05:30}", "gio: 05:30, dai: tối đa 30 giây}")

    said = messages(workspace)

    assert "tin/thu.txt" in said
    assert "30 giây" in said
    assert "→" in said


def with_another_commune(workspace: Workspace, *, output: str) -> None:
    """A second commune airs the same bulletin at the same time on `output`; the first one's is a sound card."""
    edit(
        workspace,
        "khung_gio:",
        f"  hoang-tien: {{ten: Xã Hoằng Tiến, loa: {{ubnd: {{ten: UBND, dau_ra: {output}}}}}}}\nkhung_gio:",
    )
    edit(workspace, "{loa: {kieu: file}}", "{loa: {kieu: auto}, tep: {kieu: file}, loa-2: {kieu: auto}}")


def test_two_airings_that_want_one_sound_card_at_one_time_are_a_fault(workspace: Workspace) -> None:
    with_another_commune(workspace, output="loa")

    said = [str(fault) for fault in inspected(workspace).faults if "chồng giờ" in str(fault)]

    assert len(said) == 2, "the bulletin and the relay, once each for both days"
    assert "“Tin” (Xã Hoằng Tiến, 05:30 ngày 10/10/2026)" in said[0]
    assert "“Tin” (Xã Hoằng Đạo, 05:30 ngày 10/10/2026)" in said[0]
    assert "và 1 lần nữa" in said[0]
    assert "đầu ra 'loa'" in said[0]
    assert "đầu ra riêng" in said[0]


def test_airings_at_one_time_on_a_sound_card_and_into_a_file_are_no_fault(workspace: Workspace) -> None:
    with_another_commune(workspace, output="tep")

    assert inspected(workspace).faults == ()


def test_two_outputs_on_one_sound_card_are_a_fault(workspace: Workspace) -> None:
    with_another_commune(workspace, output="loa-2")

    assert "'loa' và 'loa-2' cùng là một cạc âm thanh" in messages(workspace)


def test_the_sample_station_has_no_faults_whatever_sound_card_is_there(tmp_path: Path) -> None:
    made = create(tmp_path / "mẫu")

    assert inspect(made.folder, now=AIRTIME, days=31).faults == ()


def test_airings_that_compete_are_conflicts_not_faults(workspace: Workspace) -> None:
    edit(workspace, "gio: 06:00, dai: 5 phút", "gio: 05:30, dai: 5 phút, uu_tien: 90, doi: 0")

    found = inspected(workspace)

    assert found.faults == ()
    (conflict,) = found.conflicts
    assert "Tin" in str(conflict)
    assert "và 1 ngày nữa" in str(conflict), "the bulletin moves on both days, and is told once"
    assert conflict.line == line_of(workspace, "ten: Tin,")


def test_what_competes_alike_in_several_communes_is_told_once(workspace: Workspace) -> None:
    with_another_commune(workspace, output="tep")
    edit(workspace, "gio: 06:00, dai: 5 phút", "gio: 05:30, dai: 5 phút, uu_tien: 90, doi: 0")

    (conflict,) = inspected(workspace).conflicts

    assert "cả thảy 4 lượt ở 2 xã" in str(conflict)


def line_of(workspace: Workspace, piece: str) -> int:
    lines = workspace.schedule_file.read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, start=1) if piece in line)


def test_a_campaign_whose_dates_have_passed_is_a_note_and_no_fault(workspace: Workspace) -> None:
    found = inspected(workspace)

    assert found.faults == ()
    (note,) = found.notes
    assert note.line == line_of(workspace, "den: 02/10/2026")
    assert "02/10/2026" in note.message
    assert "năm" in note.remedy


def test_a_campaign_that_other_entries_crowd_out_every_day_is_a_fault_at_its_quota(workspace: Workspace) -> None:
    edit(workspace, "den: 02/10/2026", "den: 31/10/2026")
    edit(workspace, "gio: 06:00, dai: 5 phút", "gio: 05:00, dai: 90 phút, uu_tien: 90")

    (crowded,) = [fault for fault in inspected(workspace).faults if "chiếm chỗ" in fault.message]

    assert crowded.line == line_of(workspace, "chi_tieu")
    assert "chi_tieu" in crowded.remedy


def test_the_scripts_are_looked_at_even_where_the_schedule_cannot_be_read(workspace: Workspace) -> None:
    edit(workspace, "gio: 05:30", "gio: 5h30")
    write(workspace, "tin/hong.txt", "")

    with pytest.raises(WorkspaceFault) as caught:
        inspected(workspace)

    said = "\n".join(str(fault) for fault in caught.value.faults)
    assert "Viết 05:30" in said
    assert "tin/hong.txt" in said


def test_a_voice_that_is_not_there_is_named_with_its_place_and_the_nearest(workspace: Workspace) -> None:
    profiles = "giong: [nu, espeak-ng:vi+f9]\ngiong_doc:\n  nu: {ten: Nữ, may_doc: espeak, giong: vi+f2}\n"
    edit(workspace, "xa:\n", profiles + "xa:\n")

    told = {(fault.line, fault.column): str(fault) for fault in inspected(workspace).faults}

    assert "espeak-ng:vi+f2" in told[1, 13]
    assert "Có phải ý bạn là espeak-ng" in told[3, 26]


def test_a_pace_that_is_hard_to_follow_outdoors_is_noted_and_no_fault(workspace: Workspace) -> None:
    edit(workspace, "den: 02/10/2026", "den: 31/10/2026")
    profile = "giong_doc: {nhanh: {ten: Nữ nhanh, may_doc: espeak-ng, toc_do: 4 âm tiết/giây}}\n"
    edit(workspace, "xa:\n", profile + "xa:\n")

    found = inspected(workspace)

    assert found.faults == ()
    (note,) = found.notes
    assert "nhanh" in note.message
    assert "2.8" in note.remedy


def test_a_text_of_three_hours_is_a_fault_that_says_how_to_divide_it(workspace: Workspace) -> None:
    write(workspace, "tin/dai.txt", "Mời bà con đến nhà văn hóa thôn để nghe phổ biến chính sách mới. " * 2_500)

    (fault,) = inspected(workspace).faults

    assert fault.file == "tin/dai.txt"
    assert "giờ" in fault.message
    assert "--series" in fault.remedy


def test_a_language_that_no_voice_speaks_needs_a_recording(workspace: Workspace) -> None:
    write(workspace, "tin/mong.txt", "Nyob zoo.", head="ngon_ngu: hmn\n")

    said = messages(workspace)

    assert "tin/mong.txt" in said
    assert "ban_thu" in said
