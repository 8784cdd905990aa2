"""A programme that is longer than its template allows is told everywhere, and airs whole."""

from __future__ import annotations

import pytest
from station.day import AIRTIME, SCRIPT, Day

from broadcaster.config.templates import TemplatePart
from broadcaster.config.values import parse_duration
from broadcaster.model.programme import PartKind, Programme
from broadcaster.station.ahead import notes
from broadcaster.station.plan_faults import plan_faults
from broadcaster.station.render import Renderer
from broadcaster.station.running_order import order_of


def fit(day: Day, longest: str, *, optional: bool = True) -> None:
    parts = (
        TemplatePart(name="chuong"),
        TemplatePart(name="noi_dung"),
        TemplatePart(name="nhac-ket", optional=optional),
    )
    template = day.station.schedule.templates["gon"]
    fitted = template.model_copy(update={"parts": parts, "longest": parse_duration(longest)})
    day.station.__dict__["schedule"] = day.station.schedule.model_copy(update={"templates": {"gon": fitted}})


def made(day: Day) -> Programme:
    return Renderer(day.station).programme(day.airing()).programme


def kinds(programme: Programme) -> list[PartKind]:
    return [part.kind for part in programme.cues.parts]


def told(day: Day) -> list[str]:
    """What `check` and `plan` say of it."""
    renderer = Renderer(day.station)
    order = order_of(day.station, renderer, first=AIRTIME.date(), days=1)
    airings = [line.airing for line in order.lines]
    checked = plan_faults(day.station, airings, today=AIRTIME.date(), lengths=renderer.length_s).faults
    said = [f"{fault.message} {fault.remedy}" for fault in checked]
    return [one for one in [*said, *map(order.overlong, order.lines)] if "dai_toi_da" in one]


def test_end_music_gives_way_to_the_templates_longest(day: Day) -> None:
    day.write(" ".join(["Mời bà con đến nhà văn hóa thôn để nghe phổ biến."] * 6))
    fit(day, "2 phút")
    whole = made(day)
    fit(day, f"{int(whole.length_s) - 1} giây")

    shortened = made(day)

    assert int(whole.length_s) - 1.1 <= shortened.length_s <= int(whole.length_s) - 1
    assert shortened.cues.parts[-1].kind is PartKind.END_MUSIC
    assert shortened.cues.parts[-1].fade_out_frames > 0
    assert shortened.length_frames == shortened.cues.length_frames
    assert told(day) == []


@pytest.mark.parametrize("optional", [True, False])
def test_words_longer_than_that_are_told_and_air_whole(day: Day, optional: bool) -> None:
    day.write(" ".join(["Mời bà con đến nhà văn hóa thôn để nghe phổ biến."] * 6))
    fit(day, "5 giây", optional=optional)
    (before, planned) = told(day)

    rendered = Renderer(day.station).programme(day.airing())

    (note,) = notes(rendered, day.station.schedule)
    (checked, explained) = told(day)
    for said in (before, planned, note, checked, explained):
        assert "quá dai_toi_da của khuôn “gon”" in said
        assert "phát trọn vẹn, không cắt" in said
        assert "út ngắn bài" in said
    assert note.startswith(f"{SCRIPT} (hoang-dao)")
    programme = rendered.programme
    assert kinds(programme) == [PartKind.CHIME, PartKind.ITEM, *([] if optional else [PartKind.END_MUSIC])]
    item = programme.cues.parts[1]
    assert [line.text for line in programme.cues.lines][-1].startswith("Mời bà con")
    assert item.length_frames / programme.sample_rate > 15
