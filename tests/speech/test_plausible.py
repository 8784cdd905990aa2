"""Noise is not speech, whatever its length; a voice is, however few of its sounds are voiced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from broadcaster.audio.clip import Clip
from broadcaster.errors import SpeechFault
from broadcaster.model.speech import Boundary, Phrase
from broadcaster.speech.engines.espeak_ng import EspeakEngine
from broadcaster.speech.plausible import refuse_unless_speech

TEXT = "Mời bà con chú ý theo dõi"


def noise(*, colour: float, sample_rate: int, length_s: float = 2.0) -> Clip:
    """Its spectrum falls by 6 dB an octave times `colour`: 0 white, 0.5 pink, 1 brown."""
    spectrum = np.fft.rfft(np.random.default_rng(7).normal(0, 1, int(length_s * sample_rate)))
    samples = np.fft.irfft(spectrum / np.maximum(1, np.arange(len(spectrum))) ** colour)
    return Clip(samples=(samples / np.abs(samples).max() * 0.5).astype(np.float32), sample_rate=sample_rate)


@pytest.mark.parametrize("colour", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("sample_rate", [8_000, 16_000, 22_050, 24_000, 44_100])
def test_noise_as_long_as_the_words_is_refused(colour: float, sample_rate: int) -> None:
    with pytest.raises(SpeechFault, match="tiếng ồn") as fault:
        refuse_unless_speech(noise(colour=colour, sample_rate=sample_rate), TEXT, engine="x")
    assert fault.value.remedy


def steady(*, hertz: float, square: bool, length_s: float = 2.0) -> Clip:
    """A whistle, or the hum of a loose plug: as periodic as a voice, and always as loud."""
    wave = np.sin(2 * np.pi * hertz * np.arange(int(length_s * 24_000)) / 24_000)
    samples = 0.3 * (np.sign(wave) if square else wave)
    return Clip(samples=samples.astype(np.float32), sample_rate=24_000)


@pytest.mark.parametrize(("hertz", "square"), [(50, True), (100, True), (440, False), (1_000, False)])
def test_a_hum_or_a_whistle_is_refused(hertz: float, square: bool) -> None:
    with pytest.raises(SpeechFault, match="tiếng ồn"):
        refuse_unless_speech(steady(hertz=hertz, square=square), TEXT, engine="x")


def tone(*, hertz: float, loudness: str) -> Clip:
    """The same sound throughout, which comes and goes."""
    time_s = np.arange(2 * 24_000) / 24_000
    swell = {
        "beeps": np.sin(2 * np.pi * 3 * time_s) > 0,
        "swells": 1 + 0.9 * np.sin(2 * np.pi * 4 * time_s),
        "rises": time_s / 2,
        "struck": np.exp(-3 * (time_s % 1)),
    }[loudness]
    samples = 0.15 * np.sin(2 * np.pi * hertz * time_s) * swell
    return Clip(samples=samples.astype(np.float32), sample_rate=24_000)


@pytest.mark.parametrize("loudness", ["beeps", "swells", "rises", "struck"])
@pytest.mark.parametrize("hertz", [60, 100, 425, 1_000])
def test_a_tone_that_comes_and_goes_is_refused(hertz: float, loudness: str) -> None:
    """An engaged telephone line, a hum that swells, a gong."""
    with pytest.raises(SpeechFault, match="tiếng ồn"):
        refuse_unless_speech(tone(hertz=hertz, loudness=loudness), TEXT, engine="x")


def test_a_sound_that_stands_still_is_refused() -> None:
    """What a broken sound card gives: a level, and no movement."""
    still = Clip(samples=np.full(48_000, 0.2, dtype=np.float32), sample_rate=24_000)
    with pytest.raises(SpeechFault, match="tiếng ồn"):
        refuse_unless_speech(still, TEXT, engine="x")


@pytest.fixture(scope="module")
def engine() -> Iterator[EspeakEngine]:
    made = EspeakEngine()
    yield made
    made.close()


@pytest.mark.parametrize(
    "text", ["Trời mưa", "Phát thanh thôn Tích Sách", "Sáu sáu", "xích", "Số bốn mươi sáu", "Độc lập", "lừ đừ", TEXT]
)
def test_words_full_of_voiceless_sounds_are_speech(engine: EspeakEngine, text: str) -> None:
    for voice in engine.voices():
        engine.speak([Phrase(text=text, boundary=Boundary.SENTENCE)], voice)


@pytest.mark.parametrize("text", ["A a a a", "Hai hai hai hai", "Ui ui ui ui", "Một một một một năm năm năm năm"])
def test_the_same_syllable_again_and_again_is_speech(engine: EspeakEngine, text: str) -> None:
    """As a telephone number may have it."""
    for voice in engine.voices():
        engine.speak([Phrase(text=text, boundary=Boundary.SENTENCE)], voice)


@pytest.mark.parametrize("text", ["Alô", "ụt", "image banner", "Ngắt điện", "tỉnh"])
@pytest.mark.parametrize("pace", [2.0, 5.0])
def test_short_words_are_speech_at_the_slowest_and_the_fastest_pace(
    engine: EspeakEngine, text: str, pace: float
) -> None:
    for voice in engine.voices():
        engine.speak([Phrase(text=text, boundary=Boundary.SENTENCE)], replace(voice, syllables_per_second=pace))


LONG = "Ủy ban nhân dân xã mời bà con ra nhà văn hóa thôn họp bàn việc làm đường"


@pytest.mark.parametrize("own_pace", [3.1, 4.5])
def test_half_a_sentence_is_refused_where_the_pace_is_known(engine: EspeakEngine, own_pace: float) -> None:
    voice = replace(engine.voices()[0], syllables_per_second=own_pace)
    whole = engine.speak([Phrase(text=LONG, boundary=Boundary.SENTENCE)], voice)
    half = replace(whole, samples=whole.samples[: whole.frames // 2])

    refuse_unless_speech(whole, LONG, engine="x", own_pace=own_pace)
    with pytest.raises(SpeechFault, match="giây"):
        refuse_unless_speech(half, LONG, engine="x", own_pace=own_pace)
