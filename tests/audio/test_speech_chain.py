"""A chain for each kind of loudspeaker, and the filters and measures it is made of."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

from broadcaster.audio.clip import Clip
from broadcaster.audio.filtering import Section, bell, convolved, high_pass, impulse_response, low_pass
from broadcaster.audio.level import level_speech
from broadcaster.audio.limiter import HOP, Ceiling, limit
from broadcaster.audio.loudness import loudness_lufs, loudness_of, weighted_powers
from broadcaster.audio.speech_chain import CHAINS, COLUMN, HORN, INDOOR, SpeechChain, through
from broadcaster.model.loudspeakers import Loudspeakers

from .conftest import speech_like


def band_db(clip: Clip, low: float, high: float) -> float:
    """A band's share of the whole."""
    spectrum = np.abs(np.fft.rfft(clip.samples.astype(np.float64))) ** 2
    hertz = np.fft.rfftfreq(clip.frames, 1 / clip.sample_rate)
    return float(10 * np.log10(spectrum[(hertz >= low) & (hertz < high)].sum() / spectrum.sum()))


def tones(*hertz: float) -> Clip:
    time = np.arange(44_100 * 3) / 44_100
    samples = 0.05 * np.sum([np.sin(2 * np.pi * one * time) for one in hertz], axis=0)
    return Clip(samples=samples.astype(np.float32), sample_rate=44_100)


def step_by_step(samples: np.ndarray, section: Section) -> np.ndarray:
    """The difference equation itself, as any textbook writes it."""
    (b0, b1, b2), (a0, a1, a2) = section.b, section.a
    out = np.zeros(len(samples) + 2)
    past = np.concatenate(([0.0, 0.0], samples))
    for n in range(2, len(past)):
        out[n] = (b0 * past[n] + b1 * past[n - 1] + b2 * past[n - 2] - a1 * out[n - 1] - a2 * out[n - 2]) / a0
    return out[2:]


@pytest.mark.parametrize("section", [high_pass(250, 22_050), low_pass(7_000, 22_050), bell(2_500, 3.0, 22_050)])
def test_filters_by_fft_give_what_the_difference_equation_gives(section: Section) -> None:
    samples = speech_like(2.0, sample_rate=22_050).samples
    by_fft = convolved(samples, impulse_response([section]))
    assert np.abs(by_fft - step_by_step(samples, section)).max() < 1e-5


def test_filtering_nothing_gives_nothing() -> None:
    assert not len(convolved(np.zeros(0, np.float32), impulse_response([high_pass(250, 22_050)])))


def test_every_kind_of_loudspeaker_has_its_chain() -> None:
    assert set(CHAINS) == set(get_args(Loudspeakers))


def test_a_hall_keeps_the_bass_that_a_horn_cannot_play() -> None:
    sound = tones(130.0, 1000.0)
    shares = [band_db(through(chain, sound), 120, 140) for chain in (HORN, COLUMN, INDOOR)]
    assert shares == sorted(shares)
    assert shares[0] < -9
    assert shares[2] > -4


def test_a_horn_gets_no_treble_that_it_cannot_play() -> None:
    sound = tones(1000.0, 9000.0)
    assert band_db(through(HORN, sound), 8900, 9100) < -7
    assert band_db(through(INDOOR, sound), 8900, 9100) > -4


def test_without_a_chain_speech_keeps_its_tone() -> None:
    sound = tones(130.0, 1000.0, 9000.0)
    levelled = level_speech(sound, chain=None)
    for hertz in (130, 1000, 9000):
        assert band_db(levelled, hertz - 10, hertz + 10) == pytest.approx(10 * np.log10(1 / 3), abs=0.1)


@pytest.mark.parametrize("chain", [HORN, COLUMN, INDOOR])
@pytest.mark.parametrize("sample_rate", [8_000, 16_000, 24_000, 48_000])
def test_the_chain_takes_clips_of_any_rate(chain: SpeechChain, sample_rate: int) -> None:
    levelled = level_speech(speech_like(3.0, sample_rate=sample_rate), chain=chain)
    assert loudness_lufs(levelled) == pytest.approx(-16.0, abs=0.1)
    assert levelled.frames == 3 * 44_100


def test_a_soft_recording_is_compressed_as_a_loud_one() -> None:
    soft, loud = (level_speech(speech_like(4.0, level=level)) for level in (0.01, 0.8))
    assert np.allclose(soft.samples, loud.samples, atol=1e-3)


@pytest.mark.parametrize("gain_db", [-6.0, 0.0, 9.0, 20.0])
def test_the_measured_ceiling_limits_as_the_limiter_does(gain_db: float) -> None:
    clip = speech_like(5.0, level=0.9)
    louder = Clip(samples=clip.samples * np.float32(10 ** (gain_db / 20)), sample_rate=clip.sample_rate)
    once = Ceiling(clip, peak_dbtp=-1.5, near_db=gain_db).under(gain_db)
    assert once.frames == clip.frames
    assert np.abs(once.samples - limit(louder, peak_dbtp=-1.5).samples).max() < 0.01


@pytest.mark.parametrize("seconds", [0.2, 0.7, 9.3])
def test_the_loudness_of_powers_is_the_loudness_of_the_sound(seconds: float) -> None:
    clip = speech_like(seconds, sample_rate=24_000)
    hop_s = HOP / 44_100
    assert loudness_of(weighted_powers(clip, hop_s=hop_s), hop_s=hop_s) == pytest.approx(loudness_lufs(clip), abs=0.03)
