from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.audio.mp3 import packet_frames
from broadcaster.config.templates import Template, TemplatePart
from broadcaster.model.programme import CueSheet, Part, PartKind
from broadcaster.programme.assemble import ProgrammeItem, assemble
from broadcaster.programme.fitting import FADE_OUT_S, SHORTEST_MUSIC_S, overlong
from broadcaster.programme.templates import as_script_asks, template_faults

RATE = 44_100
PACKET_S = packet_frames(RATE) / RATE
SOUNDS = {
    "nhac-hieu": 10 * RATE,
    "chuong": 3 * RATE,
    "nhac-ket": 30 * RATE,
    "loi-xuong": 4 * RATE,
    "loi-chao": 5 * RATE,
}
WORDS = {PartKind.STATION_CALL, PartKind.CONTENTS, PartKind.ITEM, PartKind.SIGN_OFF, PartKind.CHIME}


def bulletin(
    *, wanted_s: float | None = None, longest_s: float | None = None, optional: tuple[str, ...] = ("nhac-ket",)
) -> Template:
    names = ("nhac-hieu", "loi-xuong", "noi_dung", "loi-chao", "nhac-ket")
    return Template(
        name="thu",
        wanted=None if wanted_s is None else timedelta(seconds=wanted_s),
        longest=None if longest_s is None else timedelta(seconds=longest_s),
        parts=tuple(TemplatePart(name=name, optional=name in optional) for name in names),
    )


def cues(template: Template, *, item_s: float = 60.0, music: bool = True) -> CueSheet:
    item = ProgrammeItem(title="Tin", sound="bai-1", length_frames=round(item_s * RATE))
    return assemble(template=template, items=[item], sounds=SOUNDS, sample_rate=RATE, music=music)


def part(sheet: CueSheet, kind: PartKind) -> Part:
    return next(part for part in sheet.parts if part.kind is kind)


WHOLE_S = cues(bulletin()).length_s


def test_a_programme_that_is_short_enough_keeps_all_its_music() -> None:
    assert cues(bulletin(wanted_s=WHOLE_S + 1)) == cues(bulletin())


def test_the_end_music_fades_so_that_the_programme_comes_to_its_wanted_length() -> None:
    sheet = cues(bulletin(wanted_s=WHOLE_S - 12))

    assert WHOLE_S - 12 - PACKET_S < sheet.length_s <= WHOLE_S - 12
    assert part(sheet, PartKind.END_MUSIC).fade_out_frames == FADE_OUT_S * RATE
    assert part(sheet, PartKind.IDENT).length_frames == SOUNDS["nhac-hieu"]


def test_music_of_which_little_would_be_left_is_left_out() -> None:
    sheet = cues(bulletin(wanted_s=WHOLE_S - 30 + SHORTEST_MUSIC_S - 1))

    assert PartKind.END_MUSIC not in {part.kind for part in sheet.parts}


def test_the_last_music_gives_way_first_and_the_ident_after_it() -> None:
    sheet = cues(bulletin(wanted_s=WHOLE_S - 33, optional=("nhac-hieu", "nhac-ket")))

    assert PartKind.END_MUSIC not in {part.kind for part in sheet.parts}
    assert SHORTEST_MUSIC_S * RATE <= part(sheet, PartKind.IDENT).length_frames < SOUNDS["nhac-hieu"]
    assert part(sheet, PartKind.STATION_CALL).offset_frames % packet_frames(RATE) == 0
    assert sheet.length_s <= WHOLE_S - 33


def test_music_that_is_not_optional_stays_however_long_the_programme() -> None:
    assert cues(bulletin(wanted_s=10, longest_s=20, optional=())) == cues(bulletin())


def test_without_a_wanted_length_music_gives_way_to_the_longest() -> None:
    assert cues(bulletin(longest_s=WHOLE_S - 12)) == cues(bulletin(wanted_s=WHOLE_S - 12))


def test_in_mourning_there_is_no_music_left_to_give_way() -> None:
    assert cues(bulletin(wanted_s=10), music=False) == cues(bulletin(), music=False)


@given(
    item_s=st.floats(0.5, 400.0),
    wanted_s=st.floats(1.0, 400.0),
    optional=st.sets(st.sampled_from(["nhac-hieu", "nhac-ket"])),
)
def test_nothing_but_optional_music_ever_gives_way(item_s: float, wanted_s: float, optional: set[str]) -> None:
    whole = cues(bulletin(optional=tuple(optional)), item_s=item_s)
    sheet = cues(bulletin(wanted_s=wanted_s, optional=tuple(optional)), item_s=item_s)

    assert [p.length_frames for p in sheet.parts if p.kind in WORDS] == [
        p.length_frames for p in whole.parts if p.kind in WORDS
    ]
    assert all(before.end_frames < after.offset_frames for before, after in pairwise(sheet.parts))
    assert {p.source for p in whole.parts} - {p.source for p in sheet.parts} <= optional
    if sheet.length_s > wanted_s:
        assert not optional & {p.source for p in sheet.parts}, "there was music left that could have given way"


def test_a_programme_over_its_longest_is_told_with_what_to_do_and_that_it_airs_whole() -> None:
    fault = overlong(bulletin(longest_s=720), 749.3)

    assert fault is not None
    assert "12 phút 30 giây" in fault.message
    assert "quá dai_toi_da của khuôn “thu” 30 giây, dù đã bỏ hết nhạc tùy chọn" in fault.message
    assert "phát trọn vẹn, không cắt" in fault.message
    assert "Rút ngắn bài" in fault.remedy
    assert "tăng dai_toi_da" in fault.remedy


def test_who_made_no_music_optional_is_told_of_it() -> None:
    fault = overlong(bulletin(longest_s=60, optional=()), 61)

    assert fault is not None
    assert "tuy_chon: có" in fault.remedy


@pytest.mark.parametrize("length_s", [1.0, 720.0])
def test_up_to_its_longest_nothing_is_wrong(length_s: float) -> None:
    assert overlong(bulletin(longest_s=720), length_s) is None
    assert overlong(bulletin(wanted_s=1), length_s) is None, "the wanted length is a wish"
    assert overlong(None, length_s) is None


@pytest.mark.parametrize("name", ["noi_dung", "loi-xuong", "chuong"])
def test_words_and_chimes_cannot_be_optional(name: str) -> None:
    parts = (TemplatePart(name=name, optional=True), *([] if name == "noi_dung" else [TemplatePart(name="noi_dung")]))
    (fault,) = template_faults(Template(name="sai", parts=parts), jingles=["chuong"])

    assert name in fault.message
    assert "Bỏ tuy_chon" in fault.remedy


def test_what_a_script_asks_for_leaves_the_lengths_as_they_are() -> None:
    asked = as_script_asks(bulletin(wanted_s=60, longest_s=90), opening="chuong", repeat=2)

    assert asked is not None
    assert (asked.wanted, asked.longest) == (timedelta(seconds=60), timedelta(seconds=90))
