"""The check of a voice that somebody brings."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcaster.errors import SpeechFault
from broadcaster.speech.intelligibility import Understood
from broadcaster.station.voice_test import VoiceTest, judge_voice


def result(*, errors: int) -> VoiceTest:
    heard = Understood(syllables=100, errors=errors)
    return VoiceTest(voice="vieneu:ngoc", clean=heard, outdoors=heard, syllables_per_second=3.1)


def test_a_voice_is_fit_to_air_up_to_15_wrong_syllables_in_a_hundred() -> None:
    assert result(errors=15).fit
    assert not result(errors=16).fit


def test_a_voice_is_heard_in_a_quiet_room_and_through_a_horn(tmp_path: Path) -> None:
    shares: list[float] = []
    tested = judge_voice(tmp_path, "espeak-ng", sentences=["Xin mời bà con chú ý lắng nghe."], progress=shares.append)
    assert tested.clean.syllables == tested.outdoors.syllables == 8
    assert 2.0 < tested.syllables_per_second < 4.0
    assert shares == [1.0]


def test_a_voice_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(SpeechFault, match="khong-co") as fault:
        judge_voice(tmp_path, "khong-co")
    assert "espeak-ng" in fault.value.remedy


def test_a_voice_by_its_name_of_the_schedule_is_heard_at_the_pace_that_stands_there(tmp_path: Path) -> None:
    (tmp_path / "schedule.yaml").write_text(
        "xa: {hoang-dao: {ten: Xã Hoằng Đạo}}\n"
        "giong_doc: {nu-cham: {ten: Nữ đọc chậm, may_doc: espeak-ng, toc_do: 2.0}}\n",
        encoding="utf-8",
    )
    sentences = ["Xin mời bà con chú ý lắng nghe."]
    slow = judge_voice(tmp_path, "nu-cham", sentences=sentences)
    usual = judge_voice(tmp_path, "espeak-ng", sentences=sentences)
    assert slow.syllables_per_second < 0.8 * usual.syllables_per_second
    with pytest.raises(SpeechFault, match="nu-chấm") as fault:
        judge_voice(tmp_path, "nu-chấm")
    assert "Có phải ý bạn là “nu-cham”" in fault.value.remedy
