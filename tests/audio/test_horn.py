"""The simulated horn: what reaches somebody across the fields."""

from __future__ import annotations

import numpy as np
import pytest

from broadcaster.audio.clip import Clip
from broadcaster.audio.horn import through_horn, true_peak

from .conftest import speech_like, tone


def rms_db(samples: np.ndarray) -> float:
    return float(10 * np.log10(np.square(samples, dtype=np.float64).mean()))


@pytest.mark.parametrize("noise_db", [-60.0, -28.0, -22.0])
def test_noise_stands_beside_the_peak_of_the_speech(noise_db: float) -> None:
    silence_after = np.concatenate((speech_like(2.0).samples, np.zeros(44_100 * 2, np.float32)))
    heard = through_horn(Clip(samples=silence_after, sample_rate=44_100), noise_db=noise_db)
    assert rms_db(heard.samples[-16_000:]) == pytest.approx(noise_db, abs=0.3)


def test_a_loud_clip_and_a_soft_one_sound_alike() -> None:
    """An amplifier's peak is the limit for both."""
    loud, soft = (through_horn(speech_like(2.0, level=level)).samples for level in (0.9, 0.05))
    assert np.allclose(loud, soft, atol=1e-3)


@pytest.mark.parametrize(("hertz", "least", "most"), [(100.0, -200, -30), (1000.0, -4, -2), (7500.0, -200, -15)])
def test_a_horn_plays_the_middle_alone(hertz: float, least: float, most: float) -> None:
    heard = through_horn(tone(1.0, hertz=hertz), noise_db=-90.0)
    assert least < rms_db(heard.samples[1600:2800]) < most


def test_the_next_horn_is_heard_180_ms_later() -> None:
    click = np.zeros(22_050, np.float32)
    click[2205] = 1.0
    heard = np.abs(through_horn(Clip(samples=click, sample_rate=22_050), noise_db=-90.0).samples)
    first = int(heard.argmax())
    second = first + 400 + int(heard[first + 400 :].argmax())
    assert second - first == round(0.18 * 16_000)
    assert 0.2 < heard[second] / heard[first] < 0.3


def test_the_same_seed_gives_the_same_noise() -> None:
    clip = speech_like(1.0)
    assert through_horn(clip).sha256 == through_horn(clip).sha256 != through_horn(clip, seed=2).sha256


def test_a_peak_between_the_samples_is_a_peak() -> None:
    wave = np.sin(2 * np.pi * np.arange(4000) / 4 + np.pi / 4) * np.hanning(4000)
    assert true_peak(Clip(samples=wave.astype(np.float32), sample_rate=8000)) == pytest.approx(1.0, abs=0.01)
