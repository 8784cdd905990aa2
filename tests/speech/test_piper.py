"""Piper on a real model: pace, repeatability, memory's bounds, and models that were spoiled on the disk."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from broadcaster.errors import SpeechFault
from broadcaster.model.speech import Boundary, Phrase, Voice
from broadcaster.speech.engines import piper
from broadcaster.speech.engines.piper import PiperEngine
from broadcaster.speech.piper_model import (
    MODEL,
    RECORD,
    SETTINGS,
    VoiceRecord,
    length_scale_for,
    read_record,
    sha256_of,
    write_record,
)

SENTENCE = "Please listen to the morning news"


def said(*texts: str, boundary: Boundary = Boundary.SENTENCE) -> list[Phrase]:
    return [Phrase(text=text, boundary=boundary) for text in texts]


@pytest.fixture(scope="module")
def engine(piper_voices: Path) -> Iterator[PiperEngine]:
    made = PiperEngine(piper_voices)
    yield made
    made.close()


@pytest.fixture
def own(piper_voices: Path, tmp_path: Path) -> Iterator[tuple[PiperEngine, Path]]:
    """A copy of the voice that may be spoiled."""
    shutil.copytree(piper_voices / "joe", tmp_path / "joe", copy_function=shutil.copyfile)
    made = PiperEngine(tmp_path)
    yield made, tmp_path / "joe"
    made.close()


def test_it_speaks_at_the_pace_that_the_voice_asks_for(own: tuple[PiperEngine, Path]) -> None:
    """Eight syllables; the record has what `voices add` measures of this model."""
    made, home = own
    record = read_record(home)
    assert record is not None
    measured = ((0.5, 8.23), (0.75, 5.99), (1.0, 5.13), (1.25, 4.6), (1.5, 3.7), (2.0, 2.95), (2.5, 2.46))
    write_record(home, replace(record, paces=measured))
    for pace in (2.8, 3.4):
        clip = made.speak(said(SENTENCE), replace(made.voices()[0], syllables_per_second=pace))
        assert 8 / clip.length_s == pytest.approx(pace, rel=0.15)


@pytest.mark.parametrize(
    ("pace", "scale"), [(9.0, 0.5), (8.0, 0.5), (4.0, 1.0), (2.0, 2.0), (1.0, 2.0), (8 / 3, 1.5), (16 / 3, 0.75)]
)
def test_between_two_measured_paces_the_length_grows_evenly(pace: float, scale: float) -> None:
    record = VoiceRecord(
        title="",
        language="vi",
        sample_rate=1,
        speakers={},
        sha256={},
        size={},
        paces=((0.5, 8.0), (1.0, 4.0), (2.0, 2.0)),
    )
    assert length_scale_for(record, pace) == pytest.approx(scale)


def test_another_process_says_it_with_the_same_sound(engine: PiperEngine, piper_voices: Path) -> None:
    """An approval binds the sound; Piper by itself rolls dice for every sentence."""
    other = PiperEngine(piper_voices)
    try:
        voice = engine.voices()[0]
        assert other.speak(said(SENTENCE), voice).sha256 == engine.speak(said(SENTENCE), voice).sha256
    finally:
        other.close()


def test_a_neural_voice_reports_to_nobody(google: Any, piper_voices: Path) -> None:
    """onnxruntime 1.31 sends telemetry by default; the proxy sees whoever is asked for."""
    google.asked_for.clear()
    program = """
import sys, time
from broadcaster.speech.piper_worker import answer
header, sound = answer(sys.argv[1], {"speaker": None, "length_scale": 1.0, "texts": ["Good morning."]})
assert sound, header
time.sleep(2)
"""
    subprocess.run([sys.executable, "-c", program, str(piper_voices / "joe" / MODEL)], check=True)
    assert google.asked_for == set()


def test_brackets_are_not_taken_for_phonemes(engine: PiperEngine) -> None:
    voice = engine.voices()[0]
    plain = engine.speak(said("the old news"), voice)
    assert engine.speak(said("the [[old]] news"), voice).sha256 == plain.sha256


def test_long_clauses_are_said_in_pieces(engine: PiperEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole paragraph in one go takes twice the memory."""
    asked: list[str] = []
    answer = engine._answer
    monkeypatch.setattr(engine, "_answer", lambda text, *rest: asked.append(text) or answer(text, *rest))
    monkeypatch.setattr(piper, "LARGEST_PIECE", 60)
    engine.speak(said("Please listen to the news, the weather of today and the market of tomorrow"), engine.voices()[0])
    assert asked == ["Please listen to the news,", "the weather of today and the market of tomorrow."]


def test_a_station_without_voices_is_told_how_to_add_one(tmp_path: Path) -> None:
    lonely = PiperEngine(tmp_path / "giong")
    (fault,) = lonely.check()
    assert "voices add" in fault.remedy
    assert lonely.voices() == ()
    with pytest.raises(SpeechFault) as refused:
        lonely.speak(said(SENTENCE), Voice(engine="piper", name="joe"))
    assert "voices add" in refused.value.remedy


def test_without_the_package_the_command_that_brings_it_is_named(engine: PiperEngine, piper_voices: Path) -> None:
    without = PiperEngine(piper_voices)
    without.__dict__["version"] = "missing-1"
    (fault,) = without.check()
    assert "pip install piper-tts" in fault.remedy
    with pytest.raises(SpeechFault, match="Chưa cài"):
        without.speak(said(SENTENCE), engine.voices()[0])


def test_vietnamese_voices_come_first_and_speakers_have_names(own: tuple[PiperEngine, Path], tmp_path: Path) -> None:
    made, home = own
    record = read_record(home)
    assert record is not None
    (tmp_path / "vivos").mkdir()
    write_record(
        tmp_path / "vivos", replace(record, language="vi", title="Vivos", speakers={"nu-1": 0, "nam-2": 1}, size={})
    )
    assert [(voice.key, voice.title, voice.language) for voice in made.voices()] == [
        ("piper:vivos+nu-1", "Vivos, giọng nu-1", "vi"),
        ("piper:vivos+nam-2", "Vivos, giọng nam-2", "vi"),
        ("piper:joe", "Nam (tiếng Anh)", "en"),
    ]


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        pytest.param(lambda home: (home / MODEL).unlink(), "thiếu", id="no model"),
        pytest.param(lambda home: (home / SETTINGS).unlink(), "thiếu", id="no settings"),
        pytest.param(lambda home: (home / RECORD).unlink(), RECORD, id="no record"),
        pytest.param(lambda home: (home / RECORD).write_text("{"), RECORD, id="torn record"),
        pytest.param(lambda home: (home / MODEL).write_bytes(b"x" * 100), "cắt cụt", id="torn model"),
    ],
)
def test_a_voice_that_lost_a_file_is_named_with_what_mends_it(
    own: tuple[PiperEngine, Path], spoil: object, what: str
) -> None:
    made, home = own
    assert callable(spoil)
    spoil(home)
    (fault,) = made.check()
    assert what in fault.message
    assert "voices remove joe" in fault.remedy
    with pytest.raises(SpeechFault) as refused:
        made.speak(said(SENTENCE), Voice(engine="piper", name="joe"))
    assert refused.value.remedy


def test_a_model_that_rots_on_the_disk_is_found_out_before_it_speaks(own: tuple[PiperEngine, Path]) -> None:
    made, home = own
    with (home / MODEL).open("rb+") as file:
        file.seek(30_000_000)
        file.write(b"\0" * 4096)
    assert made.check() == [], "as long as before"
    with pytest.raises(SpeechFault, match="không còn như lúc thêm") as refused:
        made.speak(said(SENTENCE), made.voices()[0])
    assert "voices remove joe" in refused.value.remedy


@pytest.mark.parametrize("kept", [0.02, 0.5, 0.999])
def test_a_model_that_no_library_loads_is_a_fault(own: tuple[PiperEngine, Path], kept: float) -> None:
    """Half copied from a stick, and added by hand."""
    made, home = own
    size = int((home / MODEL).stat().st_size * kept)
    with (home / MODEL).open("rb+") as file:
        file.truncate(size)
    record = read_record(home)
    assert record is not None
    write_record(
        home,
        replace(
            record,
            sha256=record.sha256 | {MODEL: sha256_of(home / MODEL)},
            size=record.size | {MODEL: size},
        ),
    )
    with pytest.raises(SpeechFault, match="không nạp được") as refused:
        made.speak(said(SENTENCE), made.voices()[0])
    assert "voices remove joe" in refused.value.remedy
