"""Loudness of sound in memory by ITU-R BS.1770-4, as ffmpeg's ebur128 measures it on files."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.clip import Clip

_TAPS = 2048
"""Length of the K-weighting's impulse response: a longer one moves the result by less than 0.000001 LU."""
_FFT = 32_768
_ABSOLUTE_GATE_LUFS = -70.0
_RELATIVE_GATE_LU = -10.0
_STEPS = 4
"""A gating block of 400 ms is four steps of 100 ms."""


class LoudnessMeter:
    """Integrated loudness of mono sound that comes block by block, in constant memory a minute."""

    def __init__(self, sample_rate: int) -> None:
        self._step = round(sample_rate / 10)
        self._response = _response(sample_rate)
        self._before = np.zeros(_TAPS - 1, dtype=np.float32)
        self._waiting = np.zeros(0, dtype=np.float32)
        self._weighted = np.zeros(0, dtype=np.float32)
        self._energies: list[NDArray[np.float64]] = []

    def add(self, block: NDArray[np.float32]) -> None:
        """Hear the next frames."""
        self._waiting = np.concatenate((self._waiting, block))
        size = _FFT - _TAPS + 1
        while len(self._waiting) >= size:
            self._weigh(self._waiting[:size])
            self._waiting = self._waiting[size:]

    def integrated_lufs(self) -> float:
        """Of all that was added; −inf for silence. Nothing can be added afterwards.

        Less than one gating block (400 ms) counts as if it were whole.
        """
        if len(self._waiting):
            self._weigh(self._waiting)
            self._waiting = np.zeros(0, dtype=np.float32)
        energies = np.concatenate(self._energies) if self._energies else np.zeros(0)
        if len(energies) >= _STEPS:
            blocks = np.convolve(energies, np.full(_STEPS, 1 / _STEPS), mode="valid")
        else:
            total = float(energies.sum()) * self._step + float(np.square(self._weighted).sum())
            frames = len(energies) * self._step + len(self._weighted)
            blocks = np.array([total / frames]) if frames else np.zeros(0)
        return _gated(blocks)

    def _weigh(self, block: NDArray[np.float32]) -> None:
        """Overlap-save: filter one piece and keep the mean square of each whole 100 ms."""
        piece = np.concatenate((self._before, block))
        spectrum = np.fft.rfft(piece, _FFT) * self._response
        filtered = np.fft.irfft(spectrum, _FFT)[_TAPS - 1 : len(piece)].astype(np.float32)
        self._before = piece[len(piece) - (_TAPS - 1) :]
        weighted = np.concatenate((self._weighted, filtered))
        steps = len(weighted) // self._step
        whole = weighted[: steps * self._step].reshape(steps, self._step)
        self._energies.append(np.square(whole).mean(axis=1, dtype=np.float64))
        self._weighted = weighted[steps * self._step :]


def loudness_lufs(clip: Clip) -> float:
    """Integrated loudness of a whole clip; −inf for silence."""
    meter = LoudnessMeter(clip.sample_rate)
    meter.add(clip.samples)
    return meter.integrated_lufs()


def _gated(blocks: NDArray[np.float64]) -> float:
    """Mean over the blocks that pass the absolute, then the relative gate."""
    loud = blocks[blocks > _energy(_ABSOLUTE_GATE_LUFS)]
    if not len(loud):
        return -math.inf
    loud = loud[loud > _energy(_lufs(float(loud.mean())) + _RELATIVE_GATE_LU)]
    return _lufs(float(loud.mean()))


def _lufs(energy: float) -> float:
    return -0.691 + 10 * math.log10(energy)


def _energy(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))


@cache
def _response(sample_rate: int) -> NDArray[np.complex64]:
    """Both K-weighting filters in a row: spectrum (over `_FFT` points) of their impulse response cut after `_TAPS`."""
    frequencies = np.exp(-2j * np.pi * np.arange(_FFT + 1) / (2 * _FFT))
    response = np.ones(_FFT + 1, dtype=np.complex128)
    for b, a in (_shelf(sample_rate), _high_pass(sample_rate)):
        response *= np.polyval(b[::-1], frequencies) / np.polyval(a[::-1], frequencies)
    return np.fft.rfft(np.fft.irfft(response)[:_TAPS], _FFT).astype(np.complex64)


def _shelf(sample_rate: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The standard gives coefficients at 48 kHz: their analogue filter at any rate (constants: libebur128)."""
    k = math.tan(math.pi * 1681.974450955533 / sample_rate)
    q = 0.7071752369554196
    high = 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    a0 = 1 + k / q + k * k
    b = np.array([high + band * k / q + k * k, 2 * (k * k - high), high - band * k / q + k * k]) / a0
    return b, np.array([1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0])


def _high_pass(sample_rate: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    k = math.tan(math.pi * 38.13547087602444 / sample_rate)
    q = 0.5003270373238773
    a0 = 1 + k / q + k * k
    return np.array([1.0, -2.0, 1.0]), np.array([1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0])
