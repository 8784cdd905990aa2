from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from broadcaster.audio.clip import Clip
from broadcaster.audio.encode import write_clip
from broadcaster.audio.horn import true_peak
from broadcaster.audio.level import level_jingle, level_speech
from broadcaster.audio.loudness import loudness_lufs
from broadcaster.audio.measure import measure
from broadcaster.audio.speech_chain import CHAINS
from broadcaster.errors import AudioFault
from broadcaster.model.loudspeakers import Loudspeakers
from broadcaster.model.speech import Boundary, Phrase
from broadcaster.speech.engines.espeak_ng import EspeakEngine

from .conftest import speech_like, tone


def band_db(clip: Clip, low: float, high: float) -> float:
    spectrum = np.abs(np.fft.rfft(clip.samples.astype(np.float64))) ** 2
    hertz = np.fft.rfftfreq(clip.frames, 1 / clip.sample_rate)
    return float(10 * np.log10(spectrum[(hertz >= low) & (hertz < high)].sum() / spectrum.sum()))


@pytest.mark.parametrize("level", [0.003, 0.1, 1.0])
@pytest.mark.parametrize("target_lufs", [-20.0, -16.0])
def test_speech_of_any_level_comes_to_the_target_under_the_peak(
    tmp_path: Path, level: float, target_lufs: float
) -> None:
    levelled = level_speech(speech_like(8.0, level=level), target_lufs=target_lufs, peak_dbtp=-1.5)
    write_clip(levelled, tmp_path / "a.wav")
    measured = measure(tmp_path / "a.wav")
    assert measured.loudness_lufs == pytest.approx(target_lufs, abs=0.1)
    assert measured.true_peak_dbtp <= -1.5


@pytest.mark.parametrize("loudspeakers", sorted(CHAINS))
def test_a_mans_sharp_voice_comes_to_the_target_in_a_short_sentence_too(loudspeakers: Loudspeakers) -> None:
    """Nearly all of it is peaks: without a chain the usual limiter left it at −18.4."""
    with closing(EspeakEngine()) as engine:
        man = next(voice for voice in engine.voices() if voice.name == "vi+m3")
        said = [
            engine.speak((Phrase(text=text, boundary=Boundary.SENTENCE),), man)
            for text in ("đây là đài truyền thanh xã hoằng đạo", "xin cảm ơn")
        ]
    for clip in said:
        levelled = level_speech(clip, peak_dbtp=-2.0, chain=CHAINS[loudspeakers])
        assert loudness_lufs(levelled) == pytest.approx(-16.0, abs=0.15)
        assert 20 * np.log10(true_peak(levelled)) <= -2.0


def test_speech_keeps_its_length_and_comes_at_the_programmes_rate() -> None:
    clip = speech_like(5.0, sample_rate=22_050)
    levelled = level_speech(clip)
    assert levelled.sample_rate == 44_100
    assert levelled.frames == 2 * clip.frames


def test_the_outdoor_chain_takes_away_what_a_horn_cannot_play() -> None:
    time = np.arange(44_100 * 6) / 44_100
    mixed = sum(np.sin(2 * np.pi * hertz * time) for hertz in (80.0, 1000.0, 2500.0, 12_000.0))
    clip = Clip(samples=(0.1 * np.asarray(mixed)).astype(np.float32), sample_rate=44_100)
    chained = level_speech(clip)
    middle = band_db(chained, 950, 1050)
    assert band_db(chained, 70, 90) - middle < -15
    assert band_db(chained, 11_900, 12_100) - middle < -5
    assert band_db(chained, 2450, 2550) - middle == pytest.approx(3.0, abs=1.0)


def test_the_chain_brings_loud_and_soft_words_nearer() -> None:
    soft, loud = speech_like(4.0, level=0.05), speech_like(4.0, level=0.5, seed=2)
    both = Clip(samples=np.concatenate((soft.samples, loud.samples)), sample_rate=44_100)
    chained = level_speech(both)
    half = chained.frames // 2

    def step(clip: Clip) -> float:
        first = Clip(samples=clip.samples[:half], sample_rate=44_100)
        second = Clip(samples=clip.samples[half:], sample_rate=44_100)
        return loudness_lufs(second) - loudness_lufs(first)

    assert step(both) > 18
    assert step(chained) < step(both) - 8


def test_a_jingle_is_as_loud_as_speech_and_keeps_its_tone() -> None:
    jingle = tone(4.0, hertz=110.0, level=0.05)
    levelled = level_jingle(jingle)
    assert loudness_lufs(levelled) == pytest.approx(loudness_lufs(level_speech(speech_like(6.0))), abs=0.2)
    assert band_db(levelled, 100, 120) == pytest.approx(0.0, abs=0.1)


def test_silence_cannot_be_levelled_and_says_so() -> None:
    silence = Clip(samples=np.zeros(44_100, dtype=np.float32), sample_rate=44_100)
    for level in (level_speech, level_jingle):
        with pytest.raises(AudioFault, match="im lặng"):
            level(silence)


def test_levelling_twice_gives_the_same_samples() -> None:
    clip = speech_like(3.0)
    assert level_speech(clip).sha256 == level_speech(clip).sha256
