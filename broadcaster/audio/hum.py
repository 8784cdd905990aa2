"""Hum of the mains: tones at 50 and 100 Hz that stay where they are while speech comes and goes."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.recording import Hum

_TONES_HZ = (50, 100, 150, 200, 250, 300)
_REACH_HZ = 1.5
_NEIGHBOURS_HZ = (4.0, 12.0)
"""Beside a tone, from and to: what sounds there by itself."""
_STANDS_OUT_DB = 9.0
"""Over its neighbours in most seconds; a voice glides, and so fills them."""
_STEADY = 25
"""Percentile over all seconds: the level that a steady tone hardly ever goes below."""
_SECONDS = 2
_LOW_RATE = 2_500
"""Hz; samples are averaged down to about this rate, which leaves a tone of 300 Hz whole (−0.2 dB)."""


class HumMeter:
    """Keeps the level of each tone, second by second."""

    def __init__(self, sample_rate: int) -> None:
        self._sample_rate = sample_rate
        self._together = max(1, sample_rate // _LOW_RATE)
        self._tones: list[NDArray[np.float64]] = []
        self._beside: list[NDArray[np.float64]] = []

    def add(self, block: NDArray[np.float32]) -> None:
        """Mono sound, second by second; what is left at the end of a block says too little."""
        frames = self._sample_rate // self._together
        seconds = len(block) // (frames * self._together)
        low = block[: seconds * frames * self._together].reshape(seconds, frames, self._together).mean(axis=2)
        low = low[low.any(axis=1)]
        taper, tone, beside = _bands(frames, self._sample_rate / self._together)
        spectrum = np.fft.rfft(low * taper, axis=1)[:, : tone.shape[1]]
        power = np.square(np.abs(spectrum)) * 2 / (frames * np.square(taper).sum())
        self._tones.extend(power @ tone.T)
        self._beside.extend(power @ beside.T)

    def hum(self, *, speech_db: float) -> Hum | None:
        """The hum, where there is one; levels as in `Recording`."""
        if len(self._tones) < _SECONDS:
            return None
        tones, beside = np.array(self._tones), np.array(self._beside) + 1e-15
        stands_out = np.median(10 * np.log10((tones + 1e-15) / beside), axis=0) >= _STANDS_OUT_DB
        level = np.percentile(tones, _STEADY, axis=0) * stands_out
        if not level.any():
            return None
        odd = level[0::2].sum() > level[1::2].sum()
        return Hum(hertz=50 if odd else 100, below_speech_db=speech_db - 10 * math.log10(level.sum()))


@lru_cache(maxsize=4)
def _bands(frames: int, sample_rate: float) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """The taper of a block, and weights over the low end of its spectrum: each tone's bins, and its neighbours'."""
    near, far = _NEIGHBOURS_HZ
    hertz = np.arange(frames // 2 + 1) * sample_rate / frames
    distance = np.abs(hertz[None, hertz <= _TONES_HZ[-1] + far] - np.array(_TONES_HZ)[:, None])
    tone = (distance <= _REACH_HZ).astype(np.float64)
    beside = ((distance >= near) & (distance <= far)).astype(np.float64)
    return np.hanning(frames), tone, beside * (tone.sum(axis=1) / beside.sum(axis=1))[:, None]
