"""Counting what a recogniser misheard, and the recogniser itself."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

import numpy as np
import pytest

from broadcaster.audio.clip import Clip
from broadcaster.errors import SpeechFault
from broadcaster.speech.intelligibility import Recogniser, Understood, listening_test, syllables_of, understood

TUNING = Path(__file__).parent / "intelligibility" / "tuning.txt"


@pytest.mark.parametrize(
    ("said", "heard", "syllables", "errors"),
    [
        ("Mời bà con chú ý", "mời bà con chú ý", 5, 0),
        ("Mời bà con chú ý", "mời bác con chú ý", 5, 1),
        ("Mời bà con chú ý", "mời bà chú ý", 5, 1),
        ("Mời bà con chú ý", "à mời bà con chú ý", 5, 1),
        ("Mời bà con chú ý", "", 5, 5),
        ("Phường Hòa Bình, xin chào!", "phường hoà bình xin chào", 5, 0),
        ("nghỉ ngơi", "nghi ngơi", 2, 1),
        ("", "à", 0, 1),
    ],
)
def test_wrong_missing_and_invented_syllables_count(said: str, heard: str, syllables: int, errors: int) -> None:
    assert understood(said, heard) == Understood(syllables=syllables, errors=errors)


def test_marks_typed_apart_are_the_same_letters() -> None:
    assert syllables_of(unicodedata.normalize("NFD", "Thủy lợi")) == syllables_of("thuỷ lợi")


def test_a_tone_is_part_of_a_syllable() -> None:
    assert len({*syllables_of("ma má mà mả mã mạ")}) == 6


def test_rates_add_up_over_sentences() -> None:
    whole = Understood(syllables=10, errors=1) + Understood(syllables=30, errors=5)
    assert whole.word_error_rate == pytest.approx(0.15)


def test_nothing_said_is_nothing_wrong() -> None:
    assert Understood().word_error_rate == 0.0


def test_the_sentences_that_judge_a_voice_are_none_that_voices_are_tuned_on() -> None:
    tuning = {tuple(syllables_of(line)) for line in TUNING.read_text(encoding="utf-8").splitlines()}
    judging = {tuple(syllables_of(line)) for line in listening_test()}
    assert len(tuning) == len(judging) == 32
    assert not tuning & judging


@pytest.mark.parametrize("file", [TUNING.read_text(encoding="utf-8"), "\n".join(listening_test())])
def test_the_sentences_are_written_as_they_are_said(file: str) -> None:
    assert not any(letter.isdigit() for letter in file)
    assert unicodedata.is_normalized("NFC", file)


def test_silence_is_nobody_speaking() -> None:
    silence = Clip(samples=np.zeros(22_050, np.float32), sample_rate=22_050)
    assert Recogniser().transcript(silence) == ""


def test_without_the_recogniser_the_fault_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vietasr", None)
    with pytest.raises(SpeechFault) as fault:
        Recogniser().transcript(Clip(samples=np.zeros(100, np.float32), sample_rate=16_000))
    assert "pip install" in fault.value.remedy
    assert "viet-asr" in fault.value.remedy
