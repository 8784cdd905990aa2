"""A text straight to a file, in a voice as the office calls it."""

from __future__ import annotations

from pathlib import Path

import pytest
from station.day import SCHEDULE

from broadcaster.audio.measure import measure
from broadcaster.errors import SpeechFault
from broadcaster.station.speak import speak_text
from broadcaster.station.workspace import create

PROFILE = "giong_doc: {ong-ba: {ten: Nam chậm, may_doc: espeak-ng, giong: vi+m3, toc_do: 2.4, khuech_dai: -4 dB}}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return create(tmp_path / "dai", schedule=PROFILE + SCHEDULE, scripts=()).folder


def test_a_named_voice_has_its_pace_and_its_gain(folder: Path) -> None:
    text = "Mời bà con đến nhà văn hóa thôn."
    plain, own = folder / "a.wav", folder / "b.wav"

    usual = speak_text(text, out=plain, workspace=folder, engine=None, voice="espeak-ng:vi+m3")
    named = speak_text(text, out=own, workspace=folder, engine=None, voice="ong-ba")

    assert named.voice == "espeak-ng:vi+m3"
    assert named.length_s > 1.1 * usual.length_s
    assert measure(own).loudness_lufs == pytest.approx(-20.0, abs=0.3)


def test_an_unknown_name_is_answered_with_voices_that_there_are(folder: Path) -> None:
    with pytest.raises(SpeechFault) as told:
        speak_text("Xin chào.", out=folder / "a.wav", workspace=folder, engine=None, voice="ong-bac")
    assert "vi+f2" in told.value.remedy
