from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from broadcaster.audio.clip import Clip
from broadcaster.audio.encode import write_clip
from broadcaster.audio.measure import Loudness, measure, measure_gently
from broadcaster.errors import AudioFault

from .conftest import tone


def test_a_tone_measures_what_the_standard_says(tmp_path: Path) -> None:
    write_clip(tone(3.0, level=0.5, sample_rate=48_000), tmp_path / "a.wav")
    measured = measure(tmp_path / "a.wav")
    assert measured.loudness_lufs == pytest.approx(-9.0, abs=0.1)
    assert measured.true_peak_dbtp == pytest.approx(-6.0, abs=0.1)
    assert measured.length_frames == 144_000
    assert measured.length_s == 3.0


def test_silence_measures_as_silence(tmp_path: Path) -> None:
    write_clip(Clip(samples=np.zeros(44_100, dtype=np.float32), sample_rate=44_100), tmp_path / "a.wav")
    measured = measure(tmp_path / "a.wav")
    assert measured.loudness_lufs <= -70.0
    assert measured.true_peak_dbtp == float("-inf")


def test_a_name_that_looks_like_an_option_or_an_address_is_a_file(tmp_path: Path) -> None:
    for name in ("-y.wav", "http:a.wav", "một hai.wav", "%d.wav"):
        write_clip(tone(1.0), tmp_path / name)
        assert measure(tmp_path / name).length_frames == 44_100


@pytest.mark.parametrize("data", [b"", b"not sound at all" * 100])
def test_what_is_no_sound_is_a_fault_not_a_zero(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "hong.mp3"
    path.write_bytes(data)
    with pytest.raises(AudioFault, match=r"hong\.mp3"):
        measure(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(AudioFault, match=r"thieu\.mp3"):
        measure(tmp_path / "thieu.mp3")


def test_measured_gently_it_is_the_same(tmp_path: Path) -> None:
    write_clip(tone(3.0), tmp_path / "a.wav")
    gently, whole = measure_gently(tmp_path / "a.wav", stop=threading.Event()), measure(tmp_path / "a.wav")
    assert gently == Loudness(loudness_lufs=whole.loudness_lufs, true_peak_dbtp=whole.true_peak_dbtp)


def test_a_long_file_is_let_go_of_when_somebody_calls(tmp_path: Path) -> None:
    path = tmp_path / "dai.wav"
    write_clip(Clip(samples=np.zeros(44_100 * 1800, dtype=np.float32), sample_rate=44_100), path)
    called = threading.Event()
    called.set()
    assert measure_gently(path, stop=called) is None
