from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from broadcaster.audio.clip import Clip
from broadcaster.audio.encode import write_clip
from broadcaster.audio.loudness import LoudnessMeter, loudness_lufs
from broadcaster.audio.measure import measure

from .conftest import speech_like, tone


def test_a_full_scale_tone_at_997_hz_reads_minus_3_lufs() -> None:
    """BS.1770-4: a 0 dBFS sine of 997 Hz in one channel reads −3.01 LUFS."""
    assert loudness_lufs(tone(5.0, level=1.0, sample_rate=48_000)) == pytest.approx(-3.01, abs=0.02)


@pytest.mark.parametrize("sample_rate", [16_000, 22_050, 44_100, 48_000])
def test_ffmpeg_measures_the_same(tmp_path: Path, sample_rate: int) -> None:
    clip = speech_like(9.0, sample_rate=sample_rate)
    write_clip(clip, tmp_path / "a.wav")
    assert loudness_lufs(clip) == pytest.approx(measure(tmp_path / "a.wav").loudness_lufs, abs=0.06)


def test_silence_between_sentences_does_not_count() -> None:
    """Gating: half a minute of silence leaves a minute of speech as loud as it was."""
    clip = speech_like(20.0)
    quiet = np.zeros(clip.sample_rate * 30, dtype=np.float32)
    stretched = Clip(samples=np.concatenate((clip.samples, quiet, clip.samples)), sample_rate=clip.sample_rate)
    assert loudness_lufs(stretched) == pytest.approx(loudness_lufs(clip), abs=0.1)


def test_the_size_of_the_blocks_does_not_matter() -> None:
    clip = speech_like(6.0)
    meter = LoudnessMeter(clip.sample_rate)
    for at in range(0, clip.frames, 1777):
        meter.add(clip.samples[at : at + 1777])
    assert meter.integrated_lufs() == pytest.approx(loudness_lufs(clip), abs=1e-6)


def test_silence_is_minus_infinity() -> None:
    assert loudness_lufs(Clip(samples=np.zeros(44_100, dtype=np.float32), sample_rate=44_100)) == -math.inf
    assert loudness_lufs(Clip(samples=np.zeros(0, dtype=np.float32), sample_rate=44_100)) == -math.inf


def test_a_sound_shorter_than_one_gating_block_has_a_loudness() -> None:
    assert loudness_lufs(tone(0.2, level=1.0)) == pytest.approx(-3.0, abs=0.3)
