from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.audio.stretches import divided
from broadcaster.config.templates import Template, TemplatePart
from broadcaster.errors import WorkspaceFault
from broadcaster.model.programme import CueSheet, Part, PartKind
from broadcaster.programme.assemble import ProgrammeItem, assemble, needs

RATE = 44_100
SOUNDS = {
    "nhac-hieu": 220_500,
    "chuong": 110_250,
    "nhac-cat": 52_920,
    "nhac-nen": 705_600,
    "nhac-ket": 264_600,
    "nhac": 529_200,
    "loi-xuong": 132_301,
    "muc-luc": 300_007,
    "loi-chao": 99_999,
}
MUSICAL = {PartKind.IDENT, PartKind.STINGER, PartKind.BED, PartKind.END_MUSIC, PartKind.MUSIC}


def item(number: int, length_frames: int = 500_003) -> ProgrammeItem:
    return ProgrammeItem(
        title=f"Tin {number}", sound=f"bai-{number}", length_frames=length_frames, script=f"tin/{number}.txt"
    )


def template(*parts: TemplatePart | str) -> Template:
    return Template(
        name="thu", parts=tuple(TemplatePart(name=part) if isinstance(part, str) else part for part in parts)
    )


def bulletin(*, stinger: str | None = "nhac-cat", bed: str | None = "nhac-nen", repeat: int = 1) -> Template:
    content = TemplatePart(name="noi_dung", stinger=stinger, bed=bed, repeat=repeat)
    return template("nhac-hieu", "loi-xuong", "muc-luc", content, "loi-chao", "nhac-ket")


def cues(chosen: Template | None, *items: ProgrammeItem, music: bool = True) -> CueSheet:
    return assemble(template=chosen, items=items, sounds=SOUNDS, sample_rate=RATE, music=music)


def kinds(sheet: CueSheet) -> list[PartKind]:
    return [part.kind for part in sheet.parts]


def test_a_bulletin_has_its_parts_in_the_templates_order() -> None:
    assert kinds(cues(bulletin(bed=None), item(1), item(2), item(3))) == [
        PartKind.IDENT,
        PartKind.STATION_CALL,
        PartKind.CONTENTS,
        PartKind.ITEM,
        PartKind.STINGER,
        PartKind.ITEM,
        PartKind.STINGER,
        PartKind.ITEM,
        PartKind.SIGN_OFF,
        PartKind.END_MUSIC,
    ]


def test_the_first_part_begins_at_once_and_the_programme_ends_with_the_last() -> None:
    sheet = cues(bulletin(), item(1))
    assert sheet.parts[0].offset_frames == 0
    assert sheet.parts[-1].kind is PartKind.END_MUSIC
    assert sheet.length_frames == sheet.parts[-1].end_frames


def test_each_item_is_named_with_its_script() -> None:
    laid = [part for part in cues(bulletin(), item(1), item(2)).parts if part.kind is PartKind.ITEM]
    assert [(part.title, part.source, part.script) for part in laid] == [
        ("Tin 1", "bai-1", "tin/1.txt"),
        ("Tin 2", "bai-2", "tin/2.txt"),
    ]


def test_a_notice_is_read_twice() -> None:
    notice = template("chuong", "loi-xuong", TemplatePart(name="noi_dung", repeat=2), "loi-chao")
    sheet = cues(notice, item(1))
    assert kinds(sheet) == [
        PartKind.CHIME,
        PartKind.STATION_CALL,
        PartKind.ITEM,
        PartKind.ITEM,
        PartKind.SIGN_OFF,
    ]
    assert {part.source for part in sheet.parts if part.kind is PartKind.ITEM} == {"bai-1"}


def test_the_chime_may_ring_three_times() -> None:
    assert kinds(cues(template(TemplatePart(name="chuong", repeat=3), "noi_dung"), item(1))) == [
        *[PartKind.CHIME] * 3,
        PartKind.ITEM,
    ]


def test_without_a_template_the_item_stands_between_station_call_and_sign_off() -> None:
    assert kinds(cues(None, item(1))) == [PartKind.STATION_CALL, PartKind.ITEM, PartKind.SIGN_OFF]


def test_mourning_drops_all_music_and_keeps_every_word() -> None:
    sheet = cues(bulletin(), item(1), item(2), music=False)
    assert not MUSICAL & set(kinds(sheet))
    assert kinds(sheet) == [
        PartKind.STATION_CALL,
        PartKind.CONTENTS,
        PartKind.ITEM,
        PartKind.ITEM,
        PartKind.SIGN_OFF,
    ]


def test_the_chime_is_a_signal_and_stays_in_mourning() -> None:
    assert kinds(cues(template("chuong", "nhac", "noi_dung"), item(1), music=False)) == [PartKind.CHIME, PartKind.ITEM]


def test_a_bed_is_heard_before_and_after_its_item_and_below_it() -> None:
    sheet = cues(bulletin(), item(1), item(2))
    beds = [part for part in sheet.parts if part.kind is PartKind.BED]
    laid = [part for part in sheet.parts if part.kind is PartKind.ITEM]
    assert len(beds) == len(laid) == 2
    for bed, above in zip(beds, laid, strict=True):
        assert 2.0 <= (above.offset_frames - bed.offset_frames) / RATE < 2.1
        assert bed.end_frames - above.end_frames == 2.5 * RATE
        assert bed.ducked_db <= -12.0
        assert bed.gain_db < 0.0
        assert bed.fade_in_frames > 0
        assert bed.fade_out_frames > 0


def test_what_a_commune_says_in_its_own_name_can_be_joined_to_a_body_with_a_bed() -> None:
    """300 communes share such a body only if it is quiet long enough before their sign-off."""
    stretches = divided(cues(bulletin(), item(1), item(2)), own={PartKind.STATION_CALL, PartKind.SIGN_OFF})
    assert [[part.kind for part in stretch.cues.parts] for stretch in stretches] == [
        [PartKind.IDENT],
        [PartKind.STATION_CALL],
        [PartKind.CONTENTS, PartKind.BED, PartKind.ITEM, PartKind.STINGER, PartKind.BED, PartKind.ITEM],
        [PartKind.SIGN_OFF],
        [PartKind.END_MUSIC],
    ]


def test_without_stingers_one_bed_lies_under_all_items() -> None:
    sheet = cues(bulletin(stinger=None), item(1), item(2), item(3))
    (bed,) = [part for part in sheet.parts if part.kind is PartKind.BED]
    laid = [part for part in sheet.parts if part.kind is PartKind.ITEM]
    assert bed.offset_frames < laid[0].offset_frames
    assert bed.end_frames > laid[-1].end_frames


def test_all_that_is_missing_is_said_at_once() -> None:
    with pytest.raises(WorkspaceFault) as caught:
        assemble(template=bulletin(), items=[], sounds={"nhac-hieu": 5, "loi-xuong": 5}, sample_rate=RATE)
    said = " ".join(fault.message for fault in caught.value.faults)
    assert all(name in said for name in ("muc-luc", "loi-chao", "nhac-cat", "nhac-nen", "nhac-ket", "không có bài"))
    assert all(fault.remedy for fault in caught.value.faults)


def test_what_a_day_without_music_does_not_need_is_not_asked_for() -> None:
    spoken = {name: SOUNDS[name] for name in ("loi-xuong", "muc-luc", "loi-chao")}
    sheet = assemble(template=bulletin(), items=[item(1)], sounds=spoken, sample_rate=RATE, music=False)
    assert PartKind.ITEM in kinds(sheet)


_PARTS = st.one_of(
    st.sampled_from(["nhac-hieu", "chuong", "loi-xuong", "muc-luc", "loi-chao", "nhac-ket", "nhac"]).flatmap(
        lambda name: st.builds(TemplatePart, name=st.just(name), repeat=st.integers(1, 3))
    )
)
_CONTENT = st.builds(
    TemplatePart,
    name=st.just("noi_dung"),
    stinger=st.sampled_from([None, "nhac-cat"]),
    bed=st.sampled_from([None, "nhac-nen"]),
    repeat=st.integers(1, 3),
)
_TEMPLATES = st.one_of(
    st.none(),
    st.builds(
        lambda before, content, after: template(*before, content, *after),
        st.lists(_PARTS, max_size=4),
        _CONTENT,
        st.lists(_PARTS, max_size=4),
    ),
)
_LENGTHS = st.lists(st.integers(1, 20_000_000), min_size=1, max_size=6)


@given(chosen=_TEMPLATES, lengths=_LENGTHS, rate=st.sampled_from([16_000, 22_050, 44_100, 48_000]), music=st.booleans())
def test_whatever_the_template_nothing_overlaps_and_no_item_is_cut(
    chosen: Template | None, lengths: list[int], rate: int, music: bool
) -> None:
    items = [item(number, length) for number, length in enumerate(lengths)]
    sheet = assemble(template=chosen, items=items, sounds=SOUNDS, sample_rate=rate, music=music)
    heard = [part for part in sheet.parts if part.kind is not PartKind.BED]
    assert all(before.end_frames < after.offset_frames for before, after in pairwise(heard))
    assert min(part.offset_frames for part in sheet.parts) == 0
    repeat = next((part.repeat for part in chosen.parts if part.name == "noi_dung"), 1) if chosen else 1
    assert [part.length_frames for part in heard if part.kind is PartKind.ITEM] == lengths * repeat
    jingles = [part for part in heard if part.kind is not PartKind.ITEM]
    assert all(part.length_frames == SOUNDS[part.source] for part in jingles)
    assert music or not MUSICAL & set(kinds(sheet))
    assert {part.source for part in sheet.parts if part.kind is not PartKind.ITEM} <= {
        *needs(chosen, music=music).spoken,
        *needs(chosen, music=music).jingles,
    }


@given(chosen=_TEMPLATES, lengths=_LENGTHS)
def test_beds_lie_only_under_items_and_never_under_another_jingle(chosen: Template | None, lengths: list[int]) -> None:
    sheet = cues(chosen, *(item(number, length) for number, length in enumerate(lengths)))
    beds = [part for part in sheet.parts if part.kind is PartKind.BED]
    others = [part for part in sheet.parts if part.kind not in (PartKind.BED, PartKind.ITEM)]
    assert not any(_overlap(bed, other) for bed in beds for other in others)
    assert not any(_overlap(one, two) for one, two in pairwise(beds))


def _overlap(one: Part, two: Part) -> bool:
    return one.offset_frames < two.end_frames and two.offset_frames < one.end_frames
