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
