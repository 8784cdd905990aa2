"""Formants made to stand out: what a synthetic voice lacks most, found by trying what a recogniser understands."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from broadcaster.audio.allocation import keep_freed_memory

_FFT = 512
"""23 ms at 22 kHz; longer windows smear the stops."""
_LAP = _FFT // 4
"""That neighbouring windows share; half a window takes half as much CPU again."""
_HOP = _FFT - _LAP
_AT_ONCE = 240
"""Frames, four seconds: longer sounds need no more memory, and fewer at once more CPU."""
_IN_SINGLE_PRECISION: Final = "ortho"
"""The scaling with which numpy stays in it; by its own it goes to double and back: the way there takes five times as
long."""
_CELL = 4
"""Points of the spectrum, 43 Hz apart, that are looked at as one; with a third of its neighbours still narrower than a
formant."""
_WIDE_HZ = 900.0
"""Around it: wider than a formant, so that the spectrum's slope stays as it is."""
_FLOOR = np.float32(2e-13)


def sharpened(samples: NDArray[np.float32], sample_rate: int, *, contrast: float) -> NDArray[np.float32]:
    """The same sound, as long and as loud, with peaks and valleys of its spectrum `contrast` times as deep (in dB)."""
    if not len(samples):
        return samples
    keep_freed_memory()
    window = _window()
    frames = -(-(len(samples) + _LAP) // _HOP)
    padded = np.zeros(frames * _HOP + _LAP, dtype=np.float32)
    padded[_LAP : _LAP + len(samples)] = samples
    whole = np.zeros_like(padded)
    given = sliding_window_view(padded, _FFT)[::_HOP]
    made = sliding_window_view(whole, _FFT, writeable=True)[::_HOP]
    for first in range(0, frames, _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        spectra = np.fft.rfft(given[some] * window, norm=_IN_SINGLE_PRECISION)
        spectra *= _gains(spectra, sample_rate, contrast)
        pieces = np.fft.irfft(spectra, norm=_IN_SINGLE_PRECISION)
        pieces *= window
        made[some, :_HOP] += pieces[:, :_HOP]
        made[some, _HOP:] += pieces[:, _HOP:]
    return whole[_LAP : _LAP + len(samples)]


@cache
def _window() -> NDArray[np.float32]:
    """Used twice, before and after; then the slopes of two neighbours come to one."""
    slope = np.sin(np.pi / 2 * (np.arange(_LAP) + 0.5) / _LAP)
    return np.concatenate((slope, np.ones(_HOP - _LAP), slope[::-1])).astype(np.float32)


def _gains(spectra: NDArray[np.complexfloating], sample_rate: int, contrast: float) -> NDArray[np.float32]:
    """How far each point stands above or below its surroundings, so much more it is to; the power stays."""
    powers = (np.square(spectra.real) + np.square(spectra.imag)).astype(np.float32, copy=False)
    powers += _FLOOR
    cells = powers[:, :-1:_CELL].copy()
    for point in range(1, _CELL):
        cells += powers[:, point:-1:_CELL]
    around = 3 * cells
    around[:, 1:] += cells[:, :-1]
    around[:, :-1] += cells[:, 1:]
    cepstra = np.fft.irfft(np.log(around), norm=_IN_SINGLE_PRECISION)
    cepstra *= _lifter(cepstra.shape[1], _WIDE_HZ * _FFT / (_CELL * sample_rate), contrast)
    gains: NDArray[np.float32] = np.exp(np.fft.rfft(cepstra, norm=_IN_SINGLE_PRECISION).real)
    gains *= np.sqrt(cells.sum(axis=1) / np.einsum("ij,ij,ij->i", cells, gains, gains))[:, None]
    return _at_every_point(gains)


@cache
def _lifter(length: int, width: float, contrast: float) -> NDArray[np.float32]:
    """Of a cepstrum: nothing is left of what is smoother than a bell `width` cells wide, of the rest what it gains."""
    quefrency = np.minimum(np.arange(length), length - np.arange(length))
    smooth: NDArray[np.float64] = np.exp(-2 * np.square(np.pi * quefrency * width / length))
    return ((contrast - 1) / 2 * (1 - smooth)).astype(np.float32)


def _at_every_point(gains: NDArray[np.float32]) -> NDArray[np.float32]:
    """In straight lines from the middle of one cell to that of the next."""
    edge = _CELL // 2
    every = np.empty((len(gains), _FFT // 2 + 1), dtype=np.float32)
    every[:, :edge], every[:, -edge - 1 :] = gains[:, :1], gains[:, -1:]
    steps = np.diff(gains, axis=1) / _CELL
    between = gains[:, :-1] + steps / 2
    for point in range(_CELL):
        every[:, edge + point : -edge - 1 : _CELL] = between
        between += steps
    return every
