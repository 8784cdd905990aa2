"""Formants stand out more, and nothing else changes: not length, loudness, pitch or silence."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from broadcaster.speech.formants import sharpened

RATE = 22_050


def vowel(*, length_s: float = 1.0, pitch_hz: float = 200.0) -> NDArray[np.float32]:
    """Harmonics under formants at 700, 1,200 and 2,600 Hz, as in "a"."""
    times = np.arange(round(length_s * RATE)) / RATE
    harmonics = np.arange(1, 40) * pitch_hz
    loudness = sum(np.exp(-(((harmonics - formant) / 150) ** 2)) for formant in (700, 1_200, 2_600)) + 0.05
    sound = (loudness[:, None] * np.sin(2 * np.pi * harmonics[:, None] * times)).sum(axis=0)
    return (0.3 * sound / np.abs(sound).max()).astype(np.float32)


def level_db(samples: NDArray[np.float32], frequency_hz: float) -> float:
    """Of 100 Hz around it."""
    spectrum = np.abs(np.fft.rfft(samples)) ** 2
    frequencies = np.fft.rfftfreq(len(samples), 1 / RATE)
    return float(10 * np.log10(spectrum[np.abs(frequencies - frequency_hz) < 50].sum()))


def test_peaks_rise_above_valleys() -> None:
    plain = vowel()
    clear = sharpened(plain, RATE, contrast=1.5)
    for peak_hz, valley_hz in ((1_200, 1_800), (2_600, 2_000)):
        before = level_db(plain, peak_hz) - level_db(plain, valley_hz)
        after = level_db(clear, peak_hz) - level_db(clear, valley_hz)
        assert after > before + 3


def test_a_contrast_of_one_changes_nothing() -> None:
    plain = vowel()
    assert np.abs(sharpened(plain, RATE, contrast=1.0) - plain).max() < 1e-5


def test_length_and_loudness_stay() -> None:
    for frames in (1, 255, 256, 383, 384, 511, 12_345):
        plain = vowel()[:frames]
        assert len(sharpened(plain, RATE, contrast=1.5)) == frames
    plain = vowel()
    clear = sharpened(plain, RATE, contrast=1.5)
    assert np.sqrt(np.mean(clear**2)) == pytest.approx(np.sqrt(np.mean(plain**2)), rel=0.1)


def test_where_a_sound_begins_does_not_change_it() -> None:
    """Long sounds are worked on in pieces, and a later beginning moves the seams."""
    plain = vowel(length_s=3.0)
    alone = sharpened(plain, RATE, contrast=1.5)
    for lead in (384, 60 * 384, 239 * 384, 241 * 384):
        later = sharpened(np.concatenate((np.zeros(lead, np.float32), plain)), RATE, contrast=1.5)
        assert np.array_equal(later[lead:], alone)


def test_silence_stays_silence_and_nothing_stays_nothing() -> None:
    assert not sharpened(np.zeros(5_000, np.float32), RATE, contrast=1.5).any()
    assert len(sharpened(np.zeros(0, np.float32), RATE, contrast=1.5)) == 0
