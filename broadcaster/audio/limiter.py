"""A true-peak limiter with look-ahead that works block by block and moves no sample in time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.clip import Clip

_HOP = 64
"""Frames that share one measured peak: 1.45 ms at 44.1 kHz."""
_AHEAD = 4
"""Hops over which the gain goes down before a peak."""
_REACH = 12
"""Samples to each side that the interpolation between samples looks at."""
_RELEASE_DB_PER_S = 30.0
_INTER_SAMPLE_DB = 4.0
"""Only hops whose sample peak comes this near to the ceiling are looked at between the samples."""
_MARGIN_DB = 0.1
"""What the moving gain and the 4× interpolation may add."""
_BLOCK = 65_536


class Limiter:
    """Keeps mono sound under `peak_dbtp`: as many frames come out as go in, each at its place.

    The gain (dB) falls linearly over about 6 ms before a peak, holds, and recovers by 30 dB a second. Sound that never
    comes near the ceiling passes bit by bit.
    """

    def __init__(self, *, peak_dbtp: float, sample_rate: int) -> None:
        self._ceiling_db = peak_dbtp - _MARGIN_DB
        self._release_db = _RELEASE_DB_PER_S * _HOP / sample_rate
        self._before = np.zeros(_REACH, dtype=np.float32)
        self._pending = np.zeros(_AHEAD * _HOP, dtype=np.float32)
        self._lead = _AHEAD * _HOP
        """Frames of silence before the sound, where the gain can fall ahead of its first peak; they never come out."""
        self._needs = np.zeros(0)
        """Reduction (dB) that each pending hop needs, as far as it is known."""
        self._holds = np.zeros(_AHEAD)
        """Held reduction (dB) of the last hops that left."""

    def process(self, block: NDArray[np.float32]) -> NDArray[np.float32]:
        """Take the next frames; gives those that are ready, perhaps none."""
        self._pending = np.concatenate((self._pending, block))
        self._measure((len(self._pending) - _REACH) // _HOP)
        return self._release(len(self._needs) - _AHEAD)

    def flush(self) -> NDArray[np.float32]:
        """The rest. The limiter is spent afterwards."""
        frames = len(self._pending)
        lead = self._lead
        hops = -(-frames // _HOP)
        padding = np.zeros(hops * _HOP - frames + _REACH, dtype=np.float32)
        self._pending = np.concatenate((self._pending, padding))
        self._measure(hops)
        self._needs = np.concatenate((self._needs, np.zeros(_AHEAD)))
        return self._release(hops)[: frames - lead]

    def _measure(self, hops: int) -> None:
        """Bring `_needs` up to `hops` hops of what is pending."""
        known = len(self._needs)
        if hops <= known:
            return
        audio = np.concatenate((self._before, self._pending))[known * _HOP : hops * _HOP + 2 * _REACH]
        peaks = _true_peaks(audio, hops - known, near=float(10 ** ((self._ceiling_db - _INTER_SAMPLE_DB) / 20)))
        levels = 20 * np.log10(np.maximum(peaks, 1e-9))
        self._needs = np.concatenate((self._needs, np.maximum(levels - self._ceiling_db, 0.0)))

    def _release(self, hops: int) -> NDArray[np.float32]:
        """Let the first `hops` hops go, each under its gain."""
        if hops <= 0:
            return np.zeros(0, dtype=np.float32)
        frames = hops * _HOP
        lead = min(self._lead, frames)
        self._lead -= lead
        ready, self._pending = self._pending[:frames], self._pending[frames:]
        self._before = np.concatenate((self._before, ready))[-_REACH:]
        held = self._hold(hops)
        self._needs = self._needs[hops:]
        past = np.concatenate((self._holds, held))
        self._holds = past[-_AHEAD:]
        if not past.any():
            return ready[lead:]
        edges = np.convolve(past, np.full(_AHEAD, 1 / _AHEAD), mode="valid")
        curve = np.interp(np.arange(frames) / _HOP, np.arange(hops + 1), edges)
        return (ready * 10 ** (-curve / 20)).astype(np.float32)[lead:]

    def _hold(self, hops: int) -> NDArray[np.float64]:
        """Each hop's reduction: the most that it or the `_AHEAD` hops after it need, released slowly."""
        windows = np.lib.stride_tricks.sliding_window_view(self._needs[: hops + _AHEAD], _AHEAD + 1)
        slope = self._release_db * np.arange(1, hops + 1)
        released = np.maximum.accumulate(windows.max(axis=1) + slope) - slope
        return np.asarray(np.maximum(released, self._holds[-1] - slope), dtype=np.float64)


def limit(clip: Clip, *, peak_dbtp: float) -> Clip:
    """The whole clip under `peak_dbtp`."""
    limiter = Limiter(peak_dbtp=peak_dbtp, sample_rate=clip.sample_rate)
    blocks = [limiter.process(clip.samples[at : at + _BLOCK]) for at in range(0, clip.frames, _BLOCK)]
    return Clip(samples=np.concatenate((*blocks, limiter.flush())), sample_rate=clip.sample_rate)


def _true_peaks(audio: NDArray[np.float32], hops: int, *, near: float) -> NDArray[np.float64]:
    """Peak of each hop, between its samples too where one is over `near`; `audio` has `_REACH` frames more a side."""
    body = np.abs(audio[_REACH : _REACH + hops * _HOP]).reshape(hops, _HOP)
    peaks = np.asarray(body.max(axis=1), dtype=np.float64)
    loud = np.flatnonzero(peaks > near)
    if len(loud):
        windows = np.lib.stride_tricks.sliding_window_view(audio, _HOP + 2 * _REACH)[loud * _HOP]
        for kernel in _BETWEEN:
            peaks[loud] = np.maximum(peaks[loud], np.abs(_filtered(windows, kernel)).max(axis=1))
    return peaks


def _filtered(windows: NDArray[np.float32], kernel: NDArray[np.float32]) -> NDArray[np.float32]:
    """Tap by tap: a matrix product wakes all of BLAS's threads and took four times the CPU."""
    values = np.zeros((len(windows), _HOP), dtype=np.float32)
    for tap, weight in enumerate(kernel, start=1):
        values += weight * windows[:, tap : tap + _HOP]
    return values


def _interpolation() -> tuple[NDArray[np.float32], ...]:
    """Kernels that give the values at 1/4, 1/2 and 3/4 of the way from one sample to the next."""
    kernels = []
    for fraction in (0.25, 0.5, 0.75):
        offsets = np.arange(-_REACH + 1, _REACH + 1) - fraction
        kernel = np.sinc(offsets) * np.cos(np.pi * offsets / (2 * _REACH + 1)) ** 2
        kernels.append((kernel / kernel.sum()).astype(np.float32))
    return tuple(kernels)


_BETWEEN = _interpolation()
