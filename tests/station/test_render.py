"""Programmes are made once for the same ingredients, and anew for any other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from station.day import AIRTIME, SCHEDULE, SCRIPT, Day

from broadcaster.audio.measure import measure
from broadcaster.config.load import parse_schedule
from broadcaster.errors import WorkspaceFault
from broadcaster.model.programme import PartKind
from broadcaster.station.batch import render_due
from broadcaster.station.render import Renderer, due_in


def test_a_programme_is_made_once(day: Day) -> None:
    first = day.renderer.programme(day.airing())
    again = Renderer(day.station).programme(day.airing())

    assert (first.fresh, again.fresh) == (True, False)
    assert first.programme == again.programme


def test_a_programme_that_was_deleted_is_made_again_with_the_same_sound(day: Day) -> None:
    first = day.renderer.programme(day.airing()).programme
    path = day.station.workspace.folder / first.path
    path.unlink()

    again = day.renderer.programme(day.airing())

    assert again.fresh
    assert again.programme.script_audio_sha256 == first.script_audio_sha256
    assert path.is_file()


def test_render_makes_a_file_again_that_the_air_would_refuse(day: Day) -> None:
    """Half of it lost by the disk, or saved by somebody's editor."""
    first = day.renderer.programme(day.airing()).programme
    path = day.station.workspace.folder / first.path
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])

    batches = [
        render_due(Renderer(day.station), first=AIRTIME.date(), days=1, jobs=1, show=lambda *_: None) for _ in range(2)
    ]

    assert [batch.touched for batch in batches] == [(first.path,), ()]
    assert [one.fresh for batch in batches for one in batch.made] == [True, False]
    assert path.read_bytes() == whole


def edit_text(day: Day) -> None:
    day.write("Xin chào bà con. Mời bà con đi họp.")


def change_jingle(day: Day) -> None:
    jingles = day.station.workspace.jingles
    (jingles / "chuong.flac").write_bytes((jingles / "nhac-cat.flac").read_bytes())


def change_voice(day: Day) -> None:
    day.station.schedule = day.station.schedule.model_copy(update={"voice_ladder": ("espeak-ng:vi+m3",)})


def change_template(day: Day) -> None:
    templates = day.station.schedule.templates
    swapped = templates["gon"].model_copy(update={"parts": templates["gon"].parts[::-1]})
    day.station.schedule = day.station.schedule.model_copy(update={"templates": {"gon": swapped}})


def change_loudness(day: Day) -> None:
    loudness = day.station.schedule.loudness.model_copy(update={"by_window": {"sang": -20.0}})
    day.station.schedule = day.station.schedule.model_copy(update={"loudness": loudness})


@pytest.mark.parametrize("change", [edit_text, change_jingle, change_voice, change_template, change_loudness])
def test_any_change_of_an_ingredient_makes_another_programme(day: Day, change: Callable[[Day], None]) -> None:
    first = day.renderer.programme(day.airing()).programme

    change(day)
    again = Renderer(day.station).programme(day.airing())

    assert again.fresh
    assert again.programme.audio_sha256 != first.audio_sha256


def test_a_window_may_be_quieter_than_the_others(day: Day) -> None:
    change_loudness(day)

    programme = day.renderer.programme(day.airing()).programme

    assert measure(day.station.workspace.folder / programme.path).loudness_lufs == pytest.approx(-20.0, abs=0.5)


def test_a_length_is_estimated_before_and_measured_after(day: Day) -> None:
    day.write(" ".join(["Mời bà con đến nhà văn hóa thôn để nghe phổ biến."] * 8))
    estimated = day.renderer.length_s("hoang-dao", SCRIPT, "gon")
    measured = day.renderer.programme(day.airing()).programme.length_s

    assert day.renderer.length_s("hoang-dao", SCRIPT, "gon") == -(-measured // 1)
    assert estimated == pytest.approx(measured, rel=0.1)


def test_a_length_is_measured_in_a_window_of_its_own_loudness_too(day: Day) -> None:
    change_loudness(day)
    day.write(" ".join(["Mời bà con đến nhà văn hóa thôn để nghe phổ biến."] * 8))

    made = day.renderer.programme(day.airing()).programme

    assert day.airing().length_s == -(-made.length_s // 1)


def test_a_day_without_music_is_planned_as_long_as_it_airs(day: Day) -> None:
    mourning = f"ngoai_le: [{{ten: Quốc tang, ngay: {AIRTIME:%d/%m/%Y}, tat_nhac: true}}]\n"
    musical = SCHEDULE.replace("gon: [chuong, noi_dung]", "gon: [chuong, noi_dung, nhac-ket]")
    day.station.schedule = parse_schedule(musical + mourning)
    day.write(" ".join(["Mời bà con đến nhà văn hóa thôn để nghe phổ biến."] * 8))

    estimated_s = day.airing().length_s
    made = day.renderer.programme(day.airing()).programme

    assert {part.kind for part in made.cues.parts} == {PartKind.CHIME, PartKind.ITEM}
    assert estimated_s == pytest.approx(made.length_s, rel=0.1)
    assert day.airing().length_s == -(-made.length_s // 1)


def test_a_script_that_is_not_there_has_no_length(day: Day) -> None:
    assert day.renderer.length_s("hoang-dao", "tin/khong-co.txt", "gon") is None


def test_a_missing_jingle_is_named_with_those_that_are_there(day: Day) -> None:
    (day.station.workspace.jingles / "chuong.flac").unlink()

    with pytest.raises(WorkspaceFault, match="chuong") as caught:
        day.renderer.programme(day.airing())

    assert "nhac-hieu" in caught.value.remedy


def test_only_what_needs_a_programme_is_due(day: Day) -> None:
    due = due_in(day.renderer, first=AIRTIME.date(), days=3)

    assert [airing.entry for airing in due] == ["tin"], "relays need none, and three days of one bulletin need one"
