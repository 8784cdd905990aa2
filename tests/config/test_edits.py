"""Edits of schedule.yaml through code: nothing but the wanted value changes, however the office writes its file."""

from __future__ import annotations

import unicodedata
from datetime import date, time
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.config.edits.edits import Add, Change, Edit, Move, OnlyOn, Remove, SetSetting, edited
from broadcaster.config.edits.operations import AppendItem, Operation, RemoveValue, SetValue, applied, values_of
from broadcaster.config.edits.rendering import rendered
from broadcaster.config.load import parse_schedule
from broadcaster.errors import WorkspaceFault, WrongUsage

SAMPLE = (Path(__file__).parents[2] / "schedule.yaml").read_text(encoding="utf-8")


def changed_lines(before: str, after: str) -> list[str]:
    diff = unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in diff if not line.startswith(("---", "+++", "@@"))]


@pytest.mark.parametrize(
    ("edit", "lines"),
    [
        (
            Change(section="lich", key="ban-tin-xa", field="dai", value="tối đa 12 phút"),
            ["-    dai: tối đa 15 phút", "+    dai: tối đa 12 phút"],
        ),
        (Change(section="lich", key="ban-tin-xa", field="doi", value="5 phút"), ["+    doi: 5 phút"]),
        (
            Change(section="lich", key="tiep-song-thoi-su-vov1", field="uu_tien", value=None),
            ["-    uu_tien: 70"],
        ),
        (
            Move(key="ban-tin-xa", at=time(17, 30), to=time(17, 35)),
            ["-    gio: [05:30, 17:30]", "+    gio: [05:30, 17:35]"],
        ),
        (Move(key="tiep-song-dai-tinh", at=time(17), to=time(17, 5)), ["-    gio: 17:00", "+    gio: 17:05"]),
        (
            Add(section="lich", values={"ten": "Họp thôn 3", "bai": "thong-bao/ve-sinh.txt", "gio": "18:20"}),
            ["+  - {ten: Họp thôn 3, bai: thong-bao/ve-sinh.txt, gio: 18:20}"],
        ),
        (
            OnlyOn(key="ban-tin-xa", day=date(2026, 11, 23), times=(time(5, 30), time(18))),
            ["+  - {ten: Bản tin xã (chỉ ngày 23/11/2026), ngay: 23/11/2026, doi_gio: {ban-tin-xa: [05:30, 18:00]}}"],
        ),
        (
            Move(key="chuc-tet", at=time(17, 30), to=time(17, 40)),
            [
                "-      - {ten: Chúc Tết, bai: tet/chuc-tet.txt, chuong_trinh: bai-viet, gio: [05:40, 17:30]}",
                "+      - {ten: Chúc Tết, bai: tet/chuc-tet.txt, chuong_trinh: bai-viet, gio: [05:40, 17:40]}",
            ],
        ),
        (
            Change(section="them", key="Chúc Tết", field="thu", value="T2"),
            [
                "-      - {ten: Chúc Tết, bai: tet/chuc-tet.txt, chuong_trinh: bai-viet, gio: [05:40, 17:30]}",
                "+      - {ten: Chúc Tết, bai: tet/chuc-tet.txt, chuong_trinh: bai-viet, gio: [05:40, 17:30], thu: T2}",
            ],
        ),
        (
            Add(section="them", exception="tet-nguyen-dan", values={"ten": "Thơ xuân", "bai": "a.txt", "gio": "18:00"}),
            ["+      - {ten: Thơ xuân, bai: a.txt, gio: 18:00}"],
        ),
        (
            Add(section="them", exception="Quốc khánh", values={"ten": "Quốc ca", "bai": "a.txt", "gio": "05:30"}),
            ["+    them: [{ten: Quốc ca, bai: a.txt, gio: 05:30}]"],
        ),
        (
            SetSetting(path=("xa", "hoang-dao", "loa", "thon-1", "ten"), value="Loa thôn Một"),
            [
                "-      thon-1: {ten: Loa thôn 1, dau_ra: tep-thon-1}",
                "+      thon-1: {ten: Loa thôn Một, dau_ra: tep-thon-1}",
            ],
        ),
        (
            Change(section="ngoai_le", key="quoc-tang", field="bat", value="true"),
            [
                "-    bat: false                        # khi có thông báo: đổi thành true và sửa ngày",
                "+    bat: true                        # khi có thông báo: đổi thành true và sửa ngày",
            ],
        ),
    ],
)
def test_one_edit_is_one_line_and_comments_stay(edit: Edit, lines: list[str]) -> None:
    after = edited(SAMPLE, edit)
    assert changed_lines(SAMPLE, after) == lines
    parse_schedule(after)


def test_removing_an_entry_takes_its_own_lines_alone() -> None:
    after = edited(SAMPLE, Remove(section="lich", key="lich-tiem-chung-mo-rong"))
    gone = changed_lines(SAMPLE, after)
    assert gone[0] == "-  - ten: Lịch tiêm chủng mở rộng"
    assert all(line.startswith("-") for line in gone)
    assert len(parse_schedule(after).entries) == len(parse_schedule(SAMPLE).entries) - 1


def test_override_of_the_same_day_takes_the_place_of_the_earlier_one() -> None:
    once = edited(SAMPLE, OnlyOn(key="ban-tin-xa", day=date(2026, 11, 23), times=(time(18),)))
    twice = edited(once, OnlyOn(key="ban-tin-xa", day=date(2026, 11, 23), dropped=True))
    assert changed_lines(SAMPLE, twice) == [
        "+  - {ten: Bản tin xã (chỉ ngày 23/11/2026), ngay: 23/11/2026, bo: [ban-tin-xa]}"
    ]


def test_override_with_another_script_keeps_how_the_entry_airs() -> None:
    after = edited(SAMPLE, OnlyOn(key="ban-tin-xa", day=date(2026, 11, 23), script="bai/duoi-nuoc.txt"))
    added = parse_schedule(after).exceptions[-1].add[0]
    assert (added.script, added.template, added.priority) == ("bai/duoi-nuoc.txt", "ban-tin", 60)
    assert [f"{at:%H:%M}" for at in added.times] == ["05:30", "17:30"]


def test_overrides_of_one_day_in_two_communes_stand_side_by_side() -> None:
    once = edited(SAMPLE, OnlyOn(key="ban-tin-xa", day=date(2026, 11, 23), script="a.txt", communes=("hoang-dao",)))
    twice = edited(once, OnlyOn(key="ban-tin-xa", day=date(2026, 11, 23), script="b.txt", communes=("hoang-tien",)))
    added = [(days.include, entry.script) for days in parse_schedule(twice).exceptions[-2:] for entry in days.add]
    assert added == [(("hoang-dao",), "a.txt"), (("hoang-tien",), "b.txt")]


@pytest.mark.parametrize("key", ["17-diem", "chuc-tet", "Bản tin xã"])
def test_campaigns_and_added_entries_are_dropped_for_a_day_and_titles_are_understood(key: str) -> None:
    after = edited(SAMPLE, OnlyOn(key=key, day=date(2027, 2, 6), dropped=True))
    (dropped,) = parse_schedule(after).exceptions[-1].drop
    assert dropped in {"17-diem", "chuc-tet", "ban-tin-xa"}


@pytest.mark.parametrize("other", [{"times": (time(18),)}, {"script": "bai/duoi-nuoc.txt"}])
def test_a_campaign_has_no_times_or_text_to_change_for_a_day_and_what_to_do_instead_works(
    other: dict[str, Any],
) -> None:
    day = date(2026, 11, 23)
    with pytest.raises(WrongUsage, match="là chiến dịch") as caught:
        edited(SAMPLE, OnlyOn(key="17-diem", day=day, **other))
    assert "edit once 17-diem --date 23/11/2026 --drop" in caught.value.remedy
    assert 'ngay=23/11/2026 van_ban="244/CĐSQG-CSS"' in caught.value.remedy
    instead = {"ten": "Điểm 5", "bai": "17-diem/05.txt", "gio": "18:00", "ngay": "23/11/2026"}
    done = edited(edited(SAMPLE, OnlyOn(key="17-diem", day=day, dropped=True)), Add(section="lich", values=instead))
    assert parse_schedule(done).exceptions[-1].drop == ("17-diem",)


def test_a_campaign_has_no_time_to_move() -> None:
    with pytest.raises(WrongUsage, match="máy tự tìm giờ"):
        edited(SAMPLE, Move(key="17-diem", at=time(18), to=time(19)))


def test_line_of_another_section_is_told_by_the_name_of_that_section() -> None:
    with pytest.raises(WrongUsage, match="mục thêm của ngoại lệ") as caught:
        edited(SAMPLE, Change(section="lich", key="chuc-tet", field="gio", value="06:00"))
    assert "them thay cho lich" in caught.value.remedy


def test_what_an_exception_adds_is_removed_with_the_overrides_of_itself_alone() -> None:
    day = date(2027, 2, 6)
    other_script = edited(SAMPLE, OnlyOn(key="ban-tin-xa", day=day, script="bai/duoi-nuoc.txt"))
    substitute = parse_schedule(other_script).exceptions[-1].add[0].key
    both = edited(other_script, OnlyOn(key=substitute, day=day, times=(time(18),)))
    after = parse_schedule(edited(both, Remove(section="them", key=substitute)))
    assert [days.name for days in after.exceptions][3:] == ["Bản tin xã (chỉ ngày 06/02/2027)"]
    assert (after.exceptions[-1].drop, after.exceptions[-1].add) == (("ban-tin-xa",), ())


def test_entry_is_added_to_an_exception_that_is_named() -> None:
    with pytest.raises(WrongUsage, match="ngoại lệ nào"):
        edited(SAMPLE, Add(section="them", values={"ten": "Thơ xuân", "bai": "a.txt", "gio": "18:00"}))


def test_removing_an_entry_takes_its_one_day_overrides_along() -> None:
    once = edited(SAMPLE, OnlyOn(key="phong-chay-chua-chay-rung", day=date(2027, 4, 6), dropped=True))
    assert edited(once, Remove(section="lich", key="phong-chay-chua-chay-rung")) == edited(
        SAMPLE, Remove(section="lich", key="phong-chay-chua-chay-rung")
    )


def test_a_time_is_not_moved_onto_another_of_the_same_entry() -> None:
    with pytest.raises(WrongUsage, match="17:30") as caught:
        edited(SAMPLE, Move(key="ban-tin-xa", at=time(5, 30), to=time(17, 30)))
    assert 'gio="[17:30]"' in caught.value.remedy


@pytest.mark.parametrize(
    ("written", "after"),
    [("5:00", "06:00"), ("05:00:00", "06:00"), ("05:00, 17:00", '"06:00, 17:00"'), ("[17:00, 5:00]", "[17:00, 06:00]")],
)
def test_a_time_is_found_however_it_is_written(written: str, after: str) -> None:
    text = f"lich:\n  - ten: Tin\n    bai: a.txt\n    gio: {written}  # giờ\n"
    assert edited(text, Move(key="tin", at=time(5), to=time(6))) == text.replace(written, after)


@pytest.mark.parametrize(
    ("text", "operation", "after"),
    [
        ("a: 1  # ghi chú\n", SetValue(path=("a",), value="2"), "a: 2  # ghi chú\n"),
        ("a: '1'\n", SetValue(path=("a",), value="2"), "a: '2'\n"),
        ('a: "1"\n', SetValue(path=("a",), value='b"c'), 'a: "b\\"c"\n'),
        ("a:\nb: 1\n", SetValue(path=("a",), value="2"), "a: 2\nb: 1\n"),
        ("a:   # chưa có\nb: 1\n", SetValue(path=("a",), value="2"), "a: 2   # chưa có\nb: 1\n"),
        ("a:\n  - 1\n  - 2\nb: 1\n", SetValue(path=("a",), value=["3"]), "a: [3]\nb: 1\n"),
        ("a: {}\n", SetValue(path=("a", "b"), value="2"), "a: {b: 2}\n"),
        ("a: 1\r\nb: 2\r\n", SetValue(path=("c",), value="3"), "a: 1\r\nb: 2\r\nc: 3\r\n"),
        ("a: 1", SetValue(path=("b",), value="2"), "a: 1\nb: 2"),
        ("a: |\n  một\n  hai\nb: 1\n", SetValue(path=("a",), value="ba"), "a: ba\nb: 1\n"),
        ("a: [1, 2]\n", RemoveValue(path=("a", 1)), "a: [1]\n"),
        ("a: [1, 2]\n", RemoveValue(path=("a", 0)), "a: [2]\n"),
        ("a: [1]\n", RemoveValue(path=("a", 0)), "a: []\n"),
        ("a:\n  - 1\n  # hai\n  - 2\n", RemoveValue(path=("a", 0)), "a:\n  # hai\n  - 2\n"),
        ("a:\n  - 1\nb: 2\n", RemoveValue(path=("a", 0)), "a:\nb: 2\n"),
        ("a:\n- x: 1\n  y: 2\n", RemoveValue(path=("a", 0, "x")), "a:\n- y: 2\n"),
        ("a: 1\nb: 2\n", RemoveValue(path=("a",)), "b: 2\n"),
        ("a: {b: 1, c: 2}\n", RemoveValue(path=("a", "c")), "a: {b: 1}\n"),
        ("a:\n    - 1\n# hết\n", AppendItem(path=("a",), value="2"), "a:\n    - 1\n    - 2\n# hết\n"),
        ("a:\n- 1\n", AppendItem(path=("a",), value={"b": "2"}), "a:\n- 1\n- {b: 2}\n"),
        ("a: []  # trống\n", AppendItem(path=("a",), value="1"), "a: [1]  # trống\n"),
        ("a: [1]\n", AppendItem(path=("a",), value="2"), "a: [1, 2]\n"),
        ("a:   # trống\nb: 1\n", AppendItem(path=("a",), value="1"), "a:   # trống\n  - 1\nb: 1\n"),
        ("a: 1", AppendItem(path=("b",), value="2"), "a: 1\nb:\n  - 2\n"),
    ],
)
def test_each_way_of_writing_is_kept(text: str, operation: Operation, after: str) -> None:
    assert applied(text, [operation]) == after


@pytest.mark.parametrize(
    ("text", "operation"),
    [
        ("a: &x {b: 1}\nc: *x\n", SetValue(path=("c", "b"), value="2")),
        ("a:\n- x: 1\n  # về y\n  y: 2\n", RemoveValue(path=("a", 0, "x"))),
        ("a:\n  - 1  # một\n  - 2\n", SetValue(path=("a",), value=["3"])),
        ("a: [\n  1,  # một\n  2,  # hai\n]\n", RemoveValue(path=("a", 1))),
        ("a: một\n  hai\n", AppendItem(path=("a",), value="2")),
        ("a: 1\n", SetValue(path=("b", "c"), value="2")),
    ],
)
def test_what_cannot_be_kept_as_it_is_is_left_to_a_person(text: str, operation: Operation) -> None:
    with pytest.raises((WorkspaceFault, KeyError)):
        applied(text, [operation])


def test_unknown_key_names_the_nearest() -> None:
    with pytest.raises(WrongUsage) as caught:
        edited(SAMPLE, Remove(section="lich", key="ban-tin-xaa"))
    assert "ban-tin-xa" in caught.value.remedy


def test_time_that_the_entry_does_not_have_is_refused_with_those_it_has() -> None:
    with pytest.raises(WrongUsage) as caught:
        edited(SAMPLE, Move(key="ban-tin-xa", at=time(12), to=time(13)))
    assert "05:30, 17:30" in caught.value.remedy


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30))
def test_any_text_comes_back_as_it_was_given(text: str) -> None:
    assert values_of(f"a: [{rendered(text)}]\n", file="t") == {"a": [unicodedata.normalize("NFC", text)]}
