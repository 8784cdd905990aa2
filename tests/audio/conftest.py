"""Sounds to work on, made on the spot, and ffmpeg as the referee."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from broadcaster.audio.clip import Clip
from broadcaster.audio.ffmpeg import executable

MakeSound = Callable[..., Path]


def speech_like(seconds: float, *, sample_rate: int = 44_100, seed: int = 1, level: float = 0.2) -> Clip:
    """Noise with a voice's spectrum in bursts of about three syllables a second, with pauses."""
    rng = np.random.default_rng(seed)
    frames = round(seconds * sample_rate)
    spectrum = np.fft.rfft(rng.standard_normal(frames))
    hertz = np.fft.rfftfreq(frames, 1 / sample_rate)
    spectrum *= np.where((hertz > 120) & (hertz < 8000), 1 / np.maximum(hertz, 300.0), 0.0)
    noise = np.fft.irfft(spectrum, frames)
    time = np.arange(frames) / sample_rate
    syllables = np.maximum(np.sin(2 * np.pi * 1.6 * time), 0.0) ** 0.5 * (np.sin(2 * np.pi * 0.35 * time) > -0.6)
    samples = noise / np.abs(noise).max() * syllables * level
    return Clip(samples=samples.astype(np.float32), sample_rate=sample_rate)


def tone(seconds: float, *, hertz: float = 997.0, level: float = 0.5, sample_rate: int = 44_100) -> Clip:
    time = np.arange(round(seconds * sample_rate)) / sample_rate
    return Clip(samples=(level * np.sin(2 * np.pi * hertz * time)).astype(np.float32), sample_rate=sample_rate)


def decoded(path: Path, *, sample_rate: int = 44_100) -> NDArray[np.float32]:
    """What ffmpeg itself makes of a file."""
    command = [executable(), "-v", "error", "-nostdin", "-i", str(path), "-ac", "1", "-ar", str(sample_rate)]
    data = subprocess.run([*command, "-f", "f32le", "-"], check=True, capture_output=True).stdout
    return np.frombuffer(data, dtype="<f4")


@pytest.fixture
def make_sound(tmp_path: Path) -> MakeSound:
    """`make_sound("a.m4a", "-c:a", "aac", seconds=2)`: a 440 Hz tone that ffmpeg itself writes."""

    def make(name: str, *options: str, seconds: float = 2.0) -> Path:
        path = tmp_path / name
        source = ["-f", "lavfi", "-i", f"sine=frequency=440:sample_rate=44100:duration={seconds}"]
        subprocess.run([executable(), "-v", "error", "-nostdin", "-y", *source, *options, str(path)], check=True)
        return path

    return make
