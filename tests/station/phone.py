"""Recordings as people bring them, made on the spot."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

import numpy as np
from audio.conftest import speech_like
from numpy.typing import NDArray

from broadcaster.audio.ffmpeg import executable

RATE = 44_100


@cache
def voice(seconds: float, *, seed: int = 1) -> NDArray[np.float32]:
    """Speech over a room's quiet hiss; not to be changed in place."""
    hiss = np.random.default_rng(seed).standard_normal(round(seconds * RATE)).astype(np.float32) * np.float32(3e-4)
    return speech_like(seconds, seed=seed, level=0.3).samples + hiss


def keep(path: Path, samples: NDArray[np.floating], *options: str) -> Path:
    """The samples in a file of the kind that its ending tells."""
    path.parent.mkdir(parents=True, exist_ok=True)
    channels = 1 if samples.ndim == 1 else samples.shape[1]
    raw = ["-f", "f32le", "-ar", str(RATE), "-ac", str(channels), "-i", "pipe:0"]
    command = [executable(), "-v", "error", "-y", *raw, *options, str(path)]
    subprocess.run(command, input=samples.astype("<f4").tobytes(), check=True)
    return path
