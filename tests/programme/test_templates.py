from __future__ import annotations

import pytest

from broadcaster.config.templates import Template, TemplatePart
from broadcaster.errors import WorkspaceFault
from broadcaster.model.programme import PartKind
from broadcaster.programme.templates import as_script_asks, kind_of, needs, template_faults

JINGLES = ("nhac-hieu", "chuong", "nhac-cat", "nhac-nen", "nhac-ket", "trong-hoi")
BULLETIN = Template(
    name="ban-tin",
    parts=(
        TemplatePart(name="nhac-hieu"),
        TemplatePart(name="loi-xuong"),
        TemplatePart(name="muc-luc"),
        TemplatePart(name="noi_dung", stinger="nhac-cat", bed="nhac-nen"),
        TemplatePart(name="loi-chao"),
        TemplatePart(name="nhac-ket"),
    ),
)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("noi_dung", PartKind.ITEM),
        ("noi-dung", PartKind.ITEM),
        ("loi-xuong", PartKind.STATION_CALL),
        ("nhac-hieu", PartKind.IDENT),
        ("nhac-hieu-tet", PartKind.IDENT),
        ("chuong", PartKind.CHIME),
        ("nhac", PartKind.MUSIC),
        ("trong-hoi", PartKind.MUSIC),
    ],
)
def test_a_part_is_known_by_its_name(name: str, kind: PartKind) -> None:
    assert kind_of(name) is kind


def test_a_template_says_what_it_needs_once_each() -> None:
    wanted = needs(BULLETIN)
    assert wanted.spoken == (PartKind.STATION_CALL, PartKind.CONTENTS, PartKind.SIGN_OFF)
    assert wanted.jingles == ("nhac-hieu", "nhac-cat", "nhac-nen", "nhac-ket")


def test_a_day_without_music_still_rings_the_chime() -> None:
    notice = Template(
        name="thong-bao",
        parts=(
            TemplatePart(name="chuong"),
            TemplatePart(name="nhac-hieu"),
            TemplatePart(name="noi_dung", stinger="chuong", bed="chuong"),
            TemplatePart(name="trong-hoi"),
        ),
    )
    assert needs(notice, music=False).jingles == ("chuong",)
    assert needs(BULLETIN, music=False).jingles == ()


def test_without_a_template_the_station_calls_and_signs_off() -> None:
    assert needs(None).spoken == (PartKind.STATION_CALL, PartKind.SIGN_OFF)
    assert needs(None).jingles == ()


def test_a_sound_template_has_no_fault() -> None:
    assert template_faults(BULLETIN, jingles=JINGLES) == ()


def test_every_unknown_name_is_a_fault_with_the_nearest_one() -> None:
    wrong = Template(
        name="sai",
        parts=(
            TemplatePart(name="nhac-hiu"),
            TemplatePart(name="loi-xuog"),
            TemplatePart(name="noi_dung", stinger="nhac-catt", bed="xyz"),
        ),
    )
    faults = template_faults(wrong, jingles=JINGLES)
    assert [fault.message.split("“")[2].rstrip("”.") for fault in faults] == [
        "nhac-hiu",
        "loi-xuog",
        "nhac-catt",
        "xyz",
    ]
    for fault, nearest in zip(faults, ("nhac-hieu", "loi-xuong", "nhac-cat"), strict=False):
        assert f"Có phải ý bạn là “{nearest}”?" in fault.remedy
    assert "Có phải" not in faults[3].remedy
    assert "scripts_content/nhac/" in faults[3].remedy


def test_music_whose_file_is_missing_is_not_taken_for_a_misspelt_part() -> None:
    (fault,) = template_faults(Template(name="a", phan=["nhac-hieu", "noi_dung"]), jingles=["nhac-ket"])
    assert fault.message == "Khuôn chương trình “a” cần “nhac-hieu” mà scripts_content/nhac/ không có tệp ấy."
    assert "Chép nhac-hieu.mp3" in fault.remedy
    assert "Đang có: nhac-ket." in fault.remedy


def test_content_twice_is_a_fault_that_points_to_lap() -> None:
    twice = Template(name="hai-lan", parts=(TemplatePart(name="noi_dung"), TemplatePart(name="noi_dung")))
    (fault,) = template_faults(twice, jingles=JINGLES)
    assert "có 2 phần noi_dung" in fault.message
    assert "lap: 2" in fault.remedy


def test_a_stinger_under_a_jingle_is_a_fault() -> None:
    odd = Template(name="la", parts=(TemplatePart(name="chuong", bed="nhac-nen"), TemplatePart(name="noi_dung")))
    (fault,) = template_faults(odd, jingles=JINGLES)
    assert "noi_dung" in fault.remedy


def names(template: Template | None) -> list[str]:
    assert template is not None
    return [part.name for part in template.parts]


def test_a_script_that_asks_for_nothing_leaves_the_template_alone() -> None:
    assert as_script_asks(BULLETIN, opening=None, repeat=1) is BULLETIN
    assert as_script_asks(None, opening=None, repeat=1) is None


def test_a_script_may_ask_for_a_chime_before_everything() -> None:
    assert names(as_script_asks(BULLETIN, opening="chuong", repeat=1))[:2] == ["chuong", "nhac-hieu"]
    assert names(as_script_asks(None, opening="chuong", repeat=1)) == ["chuong", "loi-xuong", "noi_dung", "loi-chao"]


def test_a_chime_that_opens_the_template_rings_once() -> None:
    assert as_script_asks(BULLETIN, opening="nhac-hieu", repeat=1) is BULLETIN


@pytest.mark.parametrize(("by_template", "by_script", "read"), [(1, 2, 2), (2, 2, 2), (3, 2, 3)])
def test_script_and_template_that_both_repeat_do_not_multiply(by_template: int, by_script: int, read: int) -> None:
    template = Template(name="thong-bao", parts=(TemplatePart(name="noi_dung", repeat=by_template),))
    asked = as_script_asks(template, opening=None, repeat=by_script)
    assert asked is not None
    assert asked.parts[0].repeat == read


@pytest.mark.parametrize("opening", ["loi-xuong", "noi_dung"])
def test_a_programme_opens_with_a_jingle_never_with_words(opening: str) -> None:
    with pytest.raises(WorkspaceFault, match="mo_dau"):
        as_script_asks(BULLETIN, opening=opening, repeat=1)
