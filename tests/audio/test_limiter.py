from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soxr  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.audio.clip import Clip
from broadcaster.audio.encode import write_clip
from broadcaster.audio.limiter import Limiter, limit
from broadcaster.audio.measure import measure

from .conftest import speech_like, tone


def louder(clip: Clip, decibels: float) -> Clip:
    return Clip(samples=clip.samples * np.float32(10 ** (decibels / 20)), sample_rate=clip.sample_rate)


def test_sound_below_the_ceiling_passes_bit_by_bit() -> None:
    clip = speech_like(3.0, level=0.5)
    assert np.array_equal(limit(clip, peak_dbtp=-1.5).samples, clip.samples)


@pytest.mark.parametrize("decibels", [3.0, 12.0, 30.0])
def test_loud_speech_stays_under_the_true_peak_without_moving(tmp_path: Path, decibels: float) -> None:
    clip = louder(speech_like(6.0, level=0.9), decibels)
    limited = limit(clip, peak_dbtp=-1.5)
    write_clip(limited, tmp_path / "a.wav")
    assert measure(tmp_path / "a.wav").true_peak_dbtp <= -1.5
    assert limited.frames == clip.frames
    assert np.all(np.abs(limited.samples) <= np.abs(clip.samples) + 1e-6)
    assert np.all(limited.samples * clip.samples >= 0.0)


def test_peaks_between_the_samples_count() -> None:
    """A sine at a quarter of the rate, 45° off: every sample is 3 dB below the wave's peak."""
    time = np.arange(44_100)
    wave = np.sin(2 * np.pi * time / 4 + np.pi / 4) * np.hanning(44_100)
    limited = limit(Clip(samples=wave.astype(np.float32), sample_rate=44_100), peak_dbtp=-1.5)
    finer = np.asarray(soxr.resample(limited.samples, 1, 8, quality="VHQ"))
    assert 20 * np.log10(np.abs(finer).max()) <= -1.5


def test_a_click_in_the_first_sample_is_limited() -> None:
    samples = np.zeros(5000, dtype=np.float32)
    samples[0], samples[4999] = 4.0, -4.0
    limited = limit(Clip(samples=samples, sample_rate=44_100), peak_dbtp=-1.5).samples
    assert 0.7 < np.abs(limited).max() <= 10 ** (-1.5 / 20)
    assert limited[0] > 0.7
    assert limited[4999] < -0.7


def test_the_gain_recovers_after_a_peak() -> None:
    quiet = tone(2.0, level=0.1)
    samples = quiet.samples.copy()
    samples[1000] = 3.0
    limited = limit(Clip(samples=samples, sample_rate=44_100), peak_dbtp=-1.5).samples
    assert np.array_equal(limited[44_100:], samples[44_100:])


@settings(max_examples=30, deadline=None)
@given(cuts=st.lists(st.integers(0, 3000), max_size=25), decibels=st.floats(-6, 24))
def test_however_it_is_cut_into_blocks_the_result_is_the_same(cuts: list[int], decibels: float) -> None:
    clip = louder(speech_like(0.4, level=0.9), decibels)
    limiter = Limiter(peak_dbtp=-1.5, sample_rate=clip.sample_rate)
    places = np.minimum(np.cumsum(cuts), clip.frames) if cuts else np.array([], dtype=int)
    pieces = [limiter.process(piece) for piece in np.split(clip.samples, places)]
    whole = limit(clip, peak_dbtp=-1.5).samples
    together = np.concatenate((*pieces, limiter.flush()))
    assert len(together) == clip.frames
    assert np.allclose(together, whole, atol=1e-6)
