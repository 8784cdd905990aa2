"""Loudness of sound in memory by ITU-R BS.1770-4, as ffmpeg's ebur128 measures it on files."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.clip import Clip
from broadcaster.audio.filtering import TAPS, Section, convolved, impulse_response

_FFT = 32_768
_ABSOLUTE_GATE_LUFS = -70.0
_RELATIVE_GATE_LU = -10.0
_STEP_S = 0.1
_STEPS = 4
"""A gating block of 400 ms is four steps of 100 ms."""


class LoudnessMeter:
    """Integrated loudness of mono sound that comes block by block, in constant memory a minute."""

    def __init__(self, sample_rate: int) -> None:
        self._step = round(sample_rate / 10)
        self._response = _response(sample_rate)
        self._before = np.zeros(TAPS - 1, dtype=np.float32)
        self._waiting = np.zeros(0, dtype=np.float32)
        self._weighted = np.zeros(0, dtype=np.float32)
        self._energies: list[NDArray[np.float64]] = []

    def add(self, block: NDArray[np.float32]) -> None:
        """Hear the next frames."""
        self._waiting = np.concatenate((self._waiting, block))
        size = _FFT - TAPS + 1
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
        filtered = np.fft.irfft(spectrum, _FFT)[TAPS - 1 : len(piece)].astype(np.float32)
        self._before = piece[len(piece) - (TAPS - 1) :]
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


def weighted_powers(clip: Clip, *, hop_s: float) -> NDArray[np.float64]:
    """Mean square of each `hop_s` seconds after the K-weighting: what gives a loudness, and again after any gain."""
    hops = math.ceil(clip.length_s / hop_s - 1e-9)
    starts = np.round(np.arange(hops) * hop_s * clip.sample_rate).astype(np.intp)
    squares = np.square(convolved(clip.samples, _impulse_response(clip.sample_rate)))
    energies = np.add.reduceat(squares, starts, dtype=np.float64) if hops else np.zeros(0)
    return np.asarray(energies / (hop_s * clip.sample_rate))


def loudness_of(powers: NDArray[np.float64], *, hop_s: float) -> float:
    """Integrated loudness of `weighted_powers`, as `loudness_lufs` measures it to 0.02 LU; −inf for silence."""
    steps = int(len(powers) * hop_s / _STEP_S)
    if steps < _STEPS:
        return _gated(powers.mean(keepdims=True) if len(powers) else powers)
    total = np.concatenate(([0.0], np.cumsum(powers) * hop_s))
    at_steps = np.interp(np.arange(steps + 1) * _STEP_S, np.arange(len(total)) * hop_s, total)
    return _gated(np.convolve(np.diff(at_steps) / _STEP_S, np.full(_STEPS, 1 / _STEPS), mode="valid"))


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
    """Spectrum (over `_FFT` points) of the K-weighting's impulse response."""
    return np.fft.rfft(_impulse_response(sample_rate), _FFT).astype(np.complex64)


@cache
def _impulse_response(sample_rate: int) -> NDArray[np.float32]:
    """Both K-weighting filters in a row."""
    return impulse_response((_shelf(sample_rate), _high_pass(sample_rate)))


def _shelf(sample_rate: int) -> Section:
    """The standard gives coefficients at 48 kHz: their analogue filter at any rate (constants: libebur128)."""
    k = math.tan(math.pi * 1681.974450955533 / sample_rate)
    q = 0.7071752369554196
    high = 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    a0 = 1 + k / q + k * k
    b = (high + band * k / q + k * k) / a0, 2 * (k * k - high) / a0, (high - band * k / q + k * k) / a0
    return Section(b, (1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0))


def _high_pass(sample_rate: int) -> Section:
    k = math.tan(math.pi * 38.13547087602444 / sample_rate)
    q = 0.5003270373238773
    a0 = 1 + k / q + k * k
    return Section((1.0, -2.0, 1.0), (1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0))
