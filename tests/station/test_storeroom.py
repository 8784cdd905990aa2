"""What was said once is not said again, and what the week needs is never taken away."""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest
from station.day import SCRIPT, Day

from broadcaster.audio.clip import Clip
from broadcaster.config.load import parse_schedule
from broadcaster.model.speech import Boundary, Phrase, Voice
from broadcaster.station.render import Renderer
from broadcaster.station.storeroom import advice, trim
from broadcaster.station.voicing import all_rungs, voiced
from broadcaster.testing import SilentEngine

SCHEDULE = """\
giong: "counted:tone"
xa:
  hoang-dao: {ten: Xã Hoằng Đạo, loa: {trung-tam: {ten: Loa trung tâm, dau_ra: loa}}}
dau_ra: {loa: {kieu: file}}
chuong_trinh: {gon: [noi_dung]}
lich:
  - {ten: Tin, bai: tin/thu.txt, chuong_trinh: gon, gio: 05:30, ngay: 16/10/2026}
khan_cap: {mau: {bao: khan-cap/bao.txt}}
"""
TEXT = "Xã mở lớp học nghề. Bà con đăng ký ở nhà văn hóa. Lớp học mở ngày mai."


class Counted(SilentEngine):
    """Notes what it had to say."""

    name = "counted"

    def __init__(self) -> None:
        self.said: list[str] = []

    def speak(self, phrases: Sequence[Phrase], voice: Voice) -> Clip:
        self.said.append(" ".join(phrase.text for phrase in phrases))
        return super().speak(phrases, voice)


@pytest.fixture
def engine(day: Day) -> Counted:
    """Six days from now its text airs, and an emergency is prepared."""
    counted = Counted()
    day.station.engines = {**day.station.engines, "counted": counted}  # type: ignore[misc]
    day.station.schedule = parse_schedule(SCHEDULE)
    day.write(TEXT)
    day.write("Bão đang vào. Bà con trú ẩn.", script="khan-cap/bao.txt")
    return counted


def render(day: Day) -> None:
    """As if the programme had never been made."""
    for programme in day.station.workspace.programmes.rglob("*.mp3"):
        programme.unlink()
    planned = parse_schedule(SCHEDULE.replace("16/10/2026", "10/10/2026"))
    later, day.station.schedule = day.station.schedule, planned
    assert Renderer(day.station).programme(day.airing()).fresh
    day.station.schedule = later


def say(day: Day, script: str) -> None:
    """In every voice of its ladder, as an approval does."""
    said = day.renderer.said(script)
    for rung in all_rungs(day.station, said):
        voiced(day.station, said, rung)


def grow_old(day: Day) -> None:
    for clip in day.station.workspace.clips.rglob("*.clip"):
        os.utime(clip, (1_000_000_000,) * 2)
    newest = [Phrase(text="Một câu mới đọc", boundary=Boundary.SENTENCE)]
    day.station.clips.clip("ff" * 32, lambda: SilentEngine().speak(newest, SilentEngine().voices()[0]))


def test_rendering_again_asks_no_engine(day: Day, engine: Counted) -> None:
    render(day)
    assert len(engine.said) == 3
    render(day)
    assert len(engine.said) == 3


def test_one_edited_sentence_is_all_that_is_said_anew(day: Day, engine: Counted) -> None:
    render(day)
    engine.said.clear()
    day.write(TEXT.replace("ở nhà văn hóa", "tại trụ sở xã"))

    render(day)

    assert len(engine.said) == 1
    assert "trụ sở" in engine.said[0]


def test_what_the_next_seven_days_need_stays_when_all_is_old(day: Day, engine: Counted) -> None:
    day.write("Bài này không có trong lịch. Ai cũng nghe rồi.", script="tin/cu.txt")
    for script in (SCRIPT, "tin/cu.txt", "khan-cap/bao.txt"):
        say(day, script)
    grow_old(day)
    day.station.schedule = day.station.schedule.model_copy(update={"clip_cache_bytes": 1})
    engine.said.clear()

    trimmed = trim(Renderer(day.station), today=day.clock.now().date())

    say(day, SCRIPT)
    say(day, "khan-cap/bao.txt")
    assert engine.said == [], "in the wanted voice and in the fallback's, nothing has to be said again"
    say(day, "tin/cu.txt")
    assert len(engine.said) == 2, "this made room"
    assert trimmed.needed_bytes > 1
    told = advice(trimmed, limit_bytes=1)
    assert told is not None
    assert "bo_nho_tieng" in told


def test_what_is_only_needed_later_may_go(day: Day, engine: Counted) -> None:
    say(day, SCRIPT)
    grow_old(day)
    day.station.schedule = parse_schedule(SCHEDULE.replace("16/10/2026", "18/10/2026"))
    day.station.schedule = day.station.schedule.model_copy(update={"clip_cache_bytes": 1})
    engine.said.clear()

    trim(Renderer(day.station), today=day.clock.now().date())

    say(day, SCRIPT)
    assert len(engine.said) == 3


def test_a_script_that_cannot_be_read_does_not_stop_the_trimming(day: Day, engine: Counted) -> None:
    say(day, SCRIPT)
    grow_old(day)
    day.write("", script="khan-cap/bao.txt")
    day.station.schedule = day.station.schedule.model_copy(update={"clip_cache_bytes": 1})

    trim(Renderer(day.station), today=day.clock.now().date())

    engine.said.clear()
    say(day, SCRIPT)
    assert engine.said == []
