"""Formants made to stand out: what a synthetic voice lacks most, found by trying what a recogniser understands."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_FFT = 512
"""23 ms at 22 kHz; longer windows smear the stops."""
_HOP = _FFT // 2
_NARROW_HZ = 100.0
"""What is looked at as one point of the spectrum: narrower than a formant."""
_WIDE_HZ = 900.0
"""Around it: wider than a formant, so that the spectrum's slope stays as it is."""
_EVERY = 4
"""The surroundings are looked at for every fourth point, 172 Hz apart."""
_REACH = 2.5
"""Widths away from a bell's centre it is as good as nothing."""
_FLOOR = 1e-10


def sharpened(samples: NDArray[np.float32], sample_rate: int, *, contrast: float) -> NDArray[np.float32]:
    """The same sound, as long and as loud, with peaks and valleys of its spectrum `contrast` times as deep (in dB)."""
    if not len(samples):
        return samples
    window = np.sqrt(np.hanning(_FFT + 1)[:-1]).astype(np.float32)
    frames = -(-len(samples) // _HOP) + 1
    padded = np.zeros((frames + 1) * _HOP, dtype=np.float32)
    padded[_HOP : _HOP + len(samples)] = samples
    spectra = np.fft.rfft(np.lib.stride_tricks.sliding_window_view(padded, _FFT)[::_HOP] * window)
    powers = (np.square(spectra.real) + np.square(spectra.imag)).astype(np.float32) + np.float32(_FLOOR)
    gains = _gains(powers, sample_rate, contrast)
    gains *= np.sqrt(powers.sum(axis=1) / np.einsum("ij,ij,ij->i", powers, gains, gains))[:, None]
    pieces = (np.fft.irfft(spectra * gains) * window).astype(np.float32)
    whole = np.zeros_like(padded)
    whole[: frames * _HOP] += pieces[:, :_HOP].reshape(-1)
    whole[_HOP:] += pieces[:, _HOP:].reshape(-1)
    return whole[_HOP : _HOP + len(samples)]


def _gains(powers: NDArray[np.float32], sample_rate: int, contrast: float) -> NDArray[np.float32]:
    """How far each point stands above or below its surroundings, so much more it is to; rows are points here."""
    apart_hz = sample_rate / _FFT
    levels = np.log(_blurred(np.ascontiguousarray(powers.T), _NARROW_HZ / apart_hz)[::_EVERY])
    outstanding = (levels - _blurred(levels, _WIDE_HZ / (apart_hz * _EVERY))) * np.float32((contrast - 1) / 2)
    between = np.arange(_EVERY, dtype=np.float32)[:, None] / np.float32(_EVERY)
    steps = outstanding[:-1, None] + np.diff(outstanding, axis=0)[:, None] * between
    return np.asarray(np.exp(np.concatenate((steps.reshape(-1, len(powers)), outstanding[-1:]))).T)


def _blurred(rows: NDArray[np.float32], width: float) -> NDArray[np.float32]:
    """All rows under a bell of `width` rows, by shifts: a matrix product wakes all of BLAS's threads."""
    total, weight = rows.copy(), np.ones((len(rows), 1), dtype=np.float32)
    for shift in range(1, round(_REACH * width) + 1):
        share = np.float32(np.exp(-((shift / width) ** 2) / 2))
        part = share * rows
        total[shift:] += part[:-shift]
        total[:-shift] += part[shift:]
        weight[shift:] += share
        weight[:-shift] += share
    return total / weight
