"""The office edits its schedule through code, beside people who edit it by hand."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, time
from multiprocessing import get_context
from pathlib import Path

import pytest

from broadcaster.config.edits.edits import Add, Change, Move, OnlyOn, Remove
from broadcaster.config.edits.journal import Act, turned_back
from broadcaster.errors import ScheduleConflict, WorkspaceFault, WrongUsage
from broadcaster.station.consequences import ChangeKind
from broadcaster.station.editing import Editor
from broadcaster.station.station import Station, open_station
from broadcaster.station.workspace import create

MONDAY = date(2026, 11, 23)
LATER = Move(key="ban-tin-xa", at=time(17, 30), to=time(17, 45))


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    create(tmp_path / "dai")
    with open_station(tmp_path / "dai") as opened:
        yield opened


@pytest.fixture
def editor(station: Station) -> Editor:
    return Editor(station)


def by_hand(station: Station, old: str, new: str) -> None:
    file = station.workspace.schedule_file
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_saved_edit_stands_in_the_file_and_in_the_journal(editor: Editor, station: Station) -> None:
    before = editor.look()
    step = editor.save(LATER, by="Lê Hòa", version=before.version)
    assert editor.look().text == before.text.replace("gio: [05:30, 17:30]\n    dai", "gio: [05:30, 17:45]\n    dai", 1)
    assert (step.act, step.by, step.before_sha256) == (Act.EDIT, "Lê Hòa", before.version)
    assert list(station.edits.steps()) == [step]


def test_edit_of_an_older_version_is_refused_and_nothing_is_lost(editor: Editor, station: Station) -> None:
    looked = editor.look()
    by_hand(station, "tinh: Thanh Hóa", "tinh: Nghệ An")
    with pytest.raises(ScheduleConflict, match="vừa được sửa"):
        editor.save(LATER, by="Lê Hòa", version=looked.version)
    assert "tinh: Nghệ An" in editor.look().text
    assert not station.edits.steps()


def test_edit_that_makes_a_fault_is_not_written(editor: Editor, station: Station) -> None:
    before = editor.look()
    with pytest.raises(WorkspaceFault) as caught:
        editor.save(Change(section="lich", key="ban-tin-xa", field="gio", value="25:99"), by="Lê Hòa")
    assert caught.value.faults[0].line is not None
    assert editor.look() == before
    assert not station.edits.steps()


@pytest.mark.parametrize("section", ["\nlich: [a, b]\n", "\nngoai_le: {x: 1}\n", "\nlich:\n  - {ten: Tin}\n"])
def test_file_that_was_broken_by_hand_meanwhile_is_told_and_not_edited(
    editor: Editor, station: Station, section: str
) -> None:
    key = section.strip().partition(":")[0]
    by_hand(station, f"\n{key}:\n", f"\n{key}-cu:\n")
    text = station.workspace.schedule_file.read_text(encoding="utf-8")
    station.workspace.schedule_file.write_text(text + section, encoding="utf-8")
    for attempt in (lambda: editor.save(LATER, by="A"), lambda: editor.preview(LATER, first=MONDAY)):
        with pytest.raises(WorkspaceFault, match="đang có lỗi"):
            attempt()


def test_undo_and_redo_keep_what_was_edited_by_hand_elsewhere(editor: Editor, station: Station) -> None:
    start = editor.look().text
    editor.save(LATER, by="Lê Hòa")
    editor.save(Remove(section="lich", key="phong-chay-chua-chay-rung"), by="Lê Hòa")
    by_hand(station, "tinh: Thanh Hóa", "tinh: Nghệ An")
    wanted = start.replace("tinh: Thanh Hóa", "tinh: Nghệ An")
    edited = editor.look().text
    assert [editor.undo(by="A").of, editor.undo(by="A").of] == [2, 1]
    assert editor.look().text == wanted
    assert [editor.redo(by="A").of, editor.redo(by="A").of] == [1, 2]
    assert editor.look().text == edited


def test_undo_of_lines_edited_by_hand_since_is_left_to_a_person(editor: Editor, station: Station) -> None:
    editor.save(LATER, by="Lê Hòa")
    by_hand(station, "gio: [05:30, 17:45]", "gio: [05:30, 17:50]")
    with pytest.raises(ScheduleConflict, match="sửa tay"):
        editor.undo(by="A")
    assert "17:50" in editor.look().text


def test_new_edit_ends_what_could_be_done_again(editor: Editor) -> None:
    editor.save(LATER, by="A")
    editor.undo(by="A")
    editor.save(Change(section="lich", key="ban-tin-xa", field="uu_tien", value="61"), by="A")
    with pytest.raises(ScheduleConflict, match="làm lại"):
        editor.redo(by="A")


def test_nothing_to_undo_is_said(editor: Editor) -> None:
    with pytest.raises(ScheduleConflict, match="hoàn tác"):
        editor.undo(by="A")


def test_byte_order_mark_and_line_ends_stay(editor: Editor, station: Station) -> None:
    file = station.workspace.schedule_file
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    before = file.read_bytes()
    editor.save(LATER, by="A")
    assert file.read_bytes() == before.replace(b"[05:30, 17:30]\r\n    dai", b"[05:30, 17:45]\r\n    dai", 1)
    editor.undo(by="A")
    assert file.read_bytes() == before


def test_permissions_of_the_file_stay(editor: Editor, station: Station) -> None:
    station.workspace.schedule_file.chmod(0o660)
    editor.save(LATER, by="A")
    assert station.workspace.schedule_file.stat().st_mode & 0o777 == 0o660


def test_read_only_file_is_left_alone_and_said(editor: Editor, station: Station) -> None:
    file = station.workspace.schedule_file
    before = file.read_bytes()
    file.chmod(0o444)
    with pytest.raises(WorkspaceFault, match="chỉ đọc") as caught:
        editor.save(LATER, by="A")
    assert "chmod" in caught.value.remedy
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (before, 0o444)
    assert not station.edits.steps()


def test_link_to_the_schedule_stays_a_link_and_its_target_is_written(station: Station, tmp_path: Path) -> None:
    file = station.workspace.schedule_file
    target = file.rename(tmp_path / "lich-chung.yaml")
    file.symlink_to(target)
    Editor(station).save(LATER, by="A")
    assert file.readlink() == target
    assert "17:45" in target.read_text(encoding="utf-8")


@pytest.mark.skipif(not hasattr(os, "chown") or os.geteuid() != 0, reason="only root may give files away")
def test_owner_and_group_of_the_file_stay(editor: Editor, station: Station) -> None:
    file = station.workspace.schedule_file
    os.chown(file, 1234, 2345)
    editor.save(LATER, by="A")
    assert (file.stat().st_uid, file.stat().st_gid) == (1234, 2345)


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (OnlyOn(key="ban-tin-xa", day=date(2026, 11, 29), script="bai/duoi-nuoc.txt"), "không phát ngày 29/11/2026"),
        (OnlyOn(key="17-diem", day=date(2028, 11, 29), dropped=True), "không phát ngày 29/11/2028"),
        (
            OnlyOn(key="hop-cho-phien-cuoi-nam", day=date(2026, 12, 5), dropped=True, communes=("hoang-dao",)),
            "không phát ở hoang-dao",
        ),
    ],
)
def test_override_of_a_day_or_place_that_the_series_does_not_air_on_is_refused(
    editor: Editor, edit: OnlyOn, said: str
) -> None:
    with pytest.raises(WrongUsage, match=said):
        editor.save(edit, by="A")


def test_override_may_be_said_anew_for_a_day_on_which_the_first_drops_it(editor: Editor) -> None:
    editor.save(OnlyOn(key="ban-tin-xa", day=MONDAY, dropped=True), by="A")
    editor.save(OnlyOn(key="ban-tin-xa", day=MONDAY, times=(time(18),)), by="A")
    assert "bo: [ban-tin-xa]" not in editor.look().text


def undo_once(folder: Path) -> None:
    with open_station(folder) as station:
        Editor(station).undo(by="A")


def test_two_offices_that_undo_at_once_undo_two_edits(editor: Editor, station: Station) -> None:
    before = editor.look()
    for day in (23, 24):
        editor.save(OnlyOn(key="ban-tin-xa", day=date(2026, 11, day), dropped=True), by="A")
    with get_context("spawn").Pool(2) as pool:
        pool.map(undo_once, [station.workspace.folder] * 2)
    assert editor.look() == before
    assert [(step.act, step.of) for step in station.edits.steps()][2:] == [(Act.UNDO, 2), (Act.UNDO, 1)]


def test_preview_tells_what_changes_in_the_next_days_and_writes_nothing(editor: Editor) -> None:
    before = editor.look()
    preview = editor.preview(LATER, first=MONDAY, days=7)
    assert {change.kind for change in preview.consequences.changes} == {ChangeKind.RETIMED}
    assert len(preview.consequences.changes) == 6 * 3  # six weekdays, three communes
    assert preview.consequences.lines == (
        "Bản tin xã: dời từ 17:30 sang 17:45 (18 lượt, 6 ngày từ 23/11 đến 28/11/2026, 3 xã)",
    )
    assert preview.consequences.unapproved == ("ban-tin/mau.txt",)
    assert editor.look() == before


def test_preview_names_the_conflicts_that_the_edit_makes(editor: Editor) -> None:
    clash = Add(
        section="lich",
        values={
            "ten": "Họp dân",
            "bai": "thong-bao/ve-sinh.txt",
            "gio": "17:32",
            "dai": "10 phút",
            "doi": "0",
            "ngay": "24/11/2026",
        },
    )
    found = editor.preview(clash, first=MONDAY, days=3).consequences
    assert {one.airing.entry for one in found.conflicts} == {"hop-dan"}
    assert {one.airing.yields_to for one in found.conflicts} == {"ban-tin-xa"}
    assert all(one.why for one in found.conflicts)


def test_override_of_a_day_touches_no_other_day(editor: Editor) -> None:
    only = OnlyOn(key="ban-tin-xa", day=date(2026, 11, 25), dropped=True, communes=("hoang-dao",))
    changes = editor.preview(only, first=MONDAY, days=7).consequences.changes
    assert {(change.kind, change.listed.airing.date, change.listed.airing.commune) for change in changes} >= {
        (ChangeKind.REMOVED, date(2026, 11, 25), "hoang-dao")
    }
    assert {change.listed.airing.date for change in changes} == {date(2026, 11, 25)}
    assert {change.listed.airing.commune for change in changes} == {"hoang-dao"}


def _save_one(folder: Path, number: int) -> bool:
    with open_station(folder) as station:
        values = {"ten": f"Mục {number}", "bai": "thong-bao/ve-sinh.txt", "gio": "18:20", "ngay": "25/11/2026"}
        Editor(station).save(Add(section="lich", values=values), by=f"Người {number}")
    return True


def test_preview_of_another_script_for_a_day_says_that_the_content_is_another(editor: Editor) -> None:
    other = OnlyOn(key="ban-tin-xa", day=MONDAY, script="bai/duoi-nuoc.txt", communes=("hoang-dao",))
    found = editor.preview(other, first=MONDAY).consequences
    of_series = [one for one in found.changes if one.listed.airing.title == "Bản tin xã"]
    assert [(one.kind, f"{one.listed.airing.start:%H:%M}") for one in of_series] == [
        (ChangeKind.REPLACED, "05:30"),
        (ChangeKind.REPLACED, "17:30"),
    ]


def test_preview_says_what_comes_after_its_days(editor: Editor) -> None:
    """A campaign until 31/03/2027, whose airings of three communes come to differ every day; Tết in February alone."""
    campaign = Change(section="chien_dich", key="17-diem", field="bai", value=["17-diem/02.txt"])
    beyond = editor.preview(campaign, first=MONDAY, days=7).beyond
    assert (beyond.first, beyond.last) == (date(2026, 11, 30), date(2027, 3, 31))
    assert "còn" in beyond.line
    tet = editor.preview(Move(key="chuc-tet", at=time(17, 30), to=time(17, 40)), first=MONDAY)
    assert tet.consequences.changes == ()
    assert (tet.beyond.first, tet.beyond.last) == (date(2027, 2, 5), date(2027, 2, 8))
    assert tet.beyond.airings == 4 * 3  # four days from New Year's Eve on, three communes


def test_preview_says_how_far_it_looked_where_nothing_comes_after(editor: Editor) -> None:
    beyond = editor.preview(OnlyOn(key="ban-tin-xa", day=MONDAY, dropped=True), first=MONDAY).beyond
    assert beyond.line == "Sau đó (đã xét đến hết ngày 23/11/2027): không lượt phát nào thay đổi."


def test_preview_of_a_very_long_schedule_looks_less_far_and_says_so(editor: Editor, station: Station) -> None:
    crowd = "".join(f"  - {{ten: Mục {n}, bai: thong-bao/ve-sinh.txt, gio: 04:00}}\n" for n in range(1000))
    by_hand(station, "\nlich:\n", f"\nlich:\n{crowd}")
    beyond = editor.preview(LATER, first=MONDAY, days=1).beyond
    assert MONDAY < beyond.until < date(2026, 12, 31)


def test_preview_of_a_time_outside_the_windows_says_that_nothing_airs(editor: Editor) -> None:
    found = editor.preview(Move(key="ban-tin-xa", at=time(17, 30), to=time(20)), first=MONDAY).consequences
    assert any("dời khỏi 17:30, không phát được" in line for line in found.lines)
    assert found.conflicts


def test_two_offices_that_save_at_once_lose_nothing(station: Station) -> None:
    folder = station.workspace.folder
    with get_context("spawn").Pool(2) as pool:
        assert all(pool.starmap(_save_one, [(folder, number) for number in range(4)]))
    text = Editor(station).look().text
    assert all(f"ten: Mục {number}," in text for number in range(4))
    assert [step.number for step in station.edits.steps()] == [1, 2, 3, 4]


def test_turning_back_leaves_alike_lines_elsewhere_alone() -> None:
    wanted, made = "a\nx\nb\nx\nc\n", "a\nx\nb\ny\nc\n"
    assert turned_back("a\nz\nx\nb\ny\nc\n", made=made, wanted=wanted) == "a\nz\nx\nb\nx\nc\n"
