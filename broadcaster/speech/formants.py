"""Formants made to stand out: what a synthetic voice lacks most, found by trying what a recogniser understands."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.allocation import keep_freed_memory

_FFT = 512
"""23 ms at 22 kHz; longer windows smear the stops."""
_HOP = _FFT // 2
_AT_ONCE = 120
"""Frames: an array of 128 kB or more the system hands out and takes back each time, page by page."""
_IN_SINGLE_PRECISION: Final = "ortho"
"""The scaling with which numpy stays in it; by its own it goes to double and back: the way there takes five times as
long."""
_NARROW_HZ = 100.0
"""What is looked at as one point of the spectrum: narrower than a formant."""
_WIDE_HZ = 900.0
"""Around it: wider than a formant, so that the spectrum's slope stays as it is."""
_EVERY = 4
"""The surroundings are looked at for every fourth point, 172 Hz apart."""
_REACH = 2.5
"""Widths away from a bell's centre it is as good as nothing."""
_FLOOR = 2e-13


def sharpened(samples: NDArray[np.float32], sample_rate: int, *, contrast: float) -> NDArray[np.float32]:
    """The same sound, as long and as loud, with peaks and valleys of its spectrum `contrast` times as deep (in dB)."""
    if not len(samples):
        return samples
    keep_freed_memory()
    window = np.sqrt(np.hanning(_FFT + 1)[:-1]).astype(np.float32)
    frames = -(-len(samples) // _HOP) + 1
    padded = np.zeros((frames + 1) * _HOP, dtype=np.float32)
    padded[_HOP : _HOP + len(samples)] = samples
    overlapping = np.lib.stride_tricks.sliding_window_view(padded, _FFT)[::_HOP]
    whole = np.zeros_like(padded)
    for first in range(0, frames, _AT_ONCE):
        spectra = np.fft.rfft(overlapping[first : first + _AT_ONCE] * window, norm=_IN_SINGLE_PRECISION)
        spectra *= _gains(spectra, sample_rate, contrast)
        pieces = np.fft.irfft(spectra, norm=_IN_SINGLE_PRECISION)
        pieces *= window
        here = whole[first * _HOP : (first + len(pieces) + 1) * _HOP]
        here[:-_HOP] += pieces[:, :_HOP].reshape(-1)
        here[_HOP:] += pieces[:, _HOP:].reshape(-1)
    return whole[_HOP : _HOP + len(samples)]


def _gains(spectra: NDArray[np.complexfloating], sample_rate: int, contrast: float) -> NDArray[np.float32]:
    """How far each point stands above or below its surroundings, so much more it is to; the power stays."""
    apart_hz = sample_rate / _FFT
    powers = (np.square(spectra.real) + np.square(spectra.imag)).astype(np.float32, copy=False)
    powers += np.float32(_FLOOR)
    levels = np.log(_blurred(np.ascontiguousarray(powers.T), _NARROW_HZ / apart_hz, every=_EVERY))
    outstanding = levels - _blurred(levels, _WIDE_HZ / (apart_hz * _EVERY))
    outstanding *= np.float32((contrast - 1) / 2)
    between = np.arange(_EVERY, dtype=np.float32)[:, None] / np.float32(_EVERY)
    steps = np.diff(outstanding, axis=0)[:, None] * between
    steps += outstanding[:-1, None]
    raised = np.concatenate((steps.reshape(-1, len(powers)), outstanding[-1:]))
    gains: NDArray[np.float32] = np.exp(raised, out=raised)
    gains *= np.sqrt(powers.sum(axis=1) / np.einsum("ij,ij,ij->i", powers, gains.T, gains.T))
    return gains.T


def _blurred(rows: NDArray[np.float32], width: float, *, every: int = 1) -> NDArray[np.float32]:
    """Every so many rows under a bell of `width` rows, by shifts: a matrix product wakes all of BLAS's threads."""
    total = rows[::every].copy()
    for share, before, after, to_later, to_earlier in _shifts(len(rows), width, every):
        total[to_later] += share * rows[before]
        total[to_earlier] += share * rows[after]
    total /= _weights(len(rows), width, every)
    return total


@cache
def _shifts(rows: int, width: float, every: int) -> tuple[tuple[np.float32, slice, slice, slice, slice], ...]:
    """For each shift: the share of rows that far before and after, which rows these are, and to which they add."""
    shifts = []
    for shift in range(1, round(_REACH * width) + 1):
        share = np.float32(np.exp(-((shift / width) ** 2) / 2))
        later, earlier = -(-shift // every), len(range(shift, rows, every))
        before, after = slice(later * every - shift, rows - shift, every), slice(shift, rows, every)
        shifts.append((share, before, after, slice(later, None), slice(earlier)))
    return tuple(shifts)


@cache
def _weights(rows: int, width: float, every: int) -> NDArray[np.float32]:
    """What the bell comes to at each row; at the edges, part of it is missing."""
    weights = np.ones((len(range(0, rows, every)), 1), dtype=np.float32)
    for share, _, _, to_later, to_earlier in _shifts(rows, width, every):
        weights[to_later] += share
        weights[to_earlier] += share
    return weights
