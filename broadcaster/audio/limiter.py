"""A true-peak limiter with look-ahead that works block by block and moves no sample in time."""

from __future__ import annotations

from functools import reduce

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.clip import Clip

HOP = 64
"""Frames that share one measured peak: 1.45 ms at 44.1 kHz."""
_AHEAD = 4
"""Hops over which the gain goes down before a peak."""
_SMOOTH = np.full(_AHEAD, 1 / _AHEAD)
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
        self._release_db = _RELEASE_DB_PER_S * HOP / sample_rate
        self._before = np.zeros(_REACH, dtype=np.float32)
        self._pending = np.zeros(_AHEAD * HOP, dtype=np.float32)
        self._lead = _AHEAD * HOP
        """Frames of silence before the sound, where the gain can fall ahead of its first peak; they never come out."""
        self._needs = np.zeros(0)
        """Reduction (dB) that each pending hop needs, as far as it is known."""
        self._holds = np.zeros(_AHEAD)
        """Held reduction (dB) of the last hops that left."""

    def process(self, block: NDArray[np.float32]) -> NDArray[np.float32]:
        """Take the next frames; gives those that are ready, perhaps none."""
        self._pending = np.concatenate((self._pending, block))
        self._measure((len(self._pending) - _REACH) // HOP)
        return self._release(len(self._needs) - _AHEAD)

    def flush(self) -> NDArray[np.float32]:
        """The rest. The limiter is spent afterwards."""
        frames = len(self._pending)
        lead = self._lead
        hops = -(-frames // HOP)
        padding = np.zeros(hops * HOP - frames + _REACH, dtype=np.float32)
        self._pending = np.concatenate((self._pending, padding))
        self._measure(hops)
        self._needs = np.concatenate((self._needs, np.zeros(_AHEAD)))
        return self._release(hops)[: frames - lead]

    def _measure(self, hops: int) -> None:
        """Bring `_needs` up to `hops` hops of what is pending."""
        known = len(self._needs)
        if hops <= known:
            return
        audio = np.concatenate((self._before, self._pending))[known * HOP : hops * HOP + 2 * _REACH]
        peaks = _true_peaks(audio, hops - known, near=float(10 ** ((self._ceiling_db - _INTER_SAMPLE_DB) / 20)))
        levels = 20 * np.log10(np.maximum(peaks, 1e-9))
        self._needs = np.concatenate((self._needs, np.maximum(levels - self._ceiling_db, 0.0)))

    def _release(self, hops: int) -> NDArray[np.float32]:
        """Let the first `hops` hops go, each under its gain."""
        if hops <= 0:
            return np.zeros(0, dtype=np.float32)
        frames = hops * HOP
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
        edges = np.convolve(past, _SMOOTH, mode="valid")
        curve = np.interp(np.arange(frames) / HOP, np.arange(hops + 1), edges)
        return (ready * 10 ** (-curve / 20)).astype(np.float32)[lead:]

    def _hold(self, hops: int) -> NDArray[np.float64]:
        return _held(self._needs[: hops + _AHEAD], before=float(self._holds[-1]), release_db=self._release_db)


def limit(clip: Clip, *, peak_dbtp: float) -> Clip:
    """The whole clip under `peak_dbtp`."""
    limiter = Limiter(peak_dbtp=peak_dbtp, sample_rate=clip.sample_rate)
    blocks = [limiter.process(clip.samples[at : at + _BLOCK]) for at in range(0, clip.frames, _BLOCK)]
    return Clip(samples=np.concatenate((*blocks, limiter.flush())), sample_rate=clip.sample_rate)


class Ceiling:
    """A whole clip's peaks, measured once: what the limiter would take from it at any gain, and the sound under it.

    Finding the gain that a loudness needs with the limiter itself takes several passes over the sound.
    """

    def __init__(self, clip: Clip, *, peak_dbtp: float, near_db: float) -> None:
        """`near_db` is about the gain that will be asked for: peaks far below what it lifts are not looked at."""
        self._clip = clip
        self._hops = -(-clip.frames // HOP)
        self._ceiling_db = peak_dbtp - _MARGIN_DB
        self._release_db = _RELEASE_DB_PER_S * HOP / clip.sample_rate
        audio = np.zeros(self._hops * HOP + 2 * _REACH, dtype=np.float32)
        audio[_REACH : _REACH + clip.frames] = clip.samples
        near = 10 ** ((self._ceiling_db - near_db - _INTER_SAMPLE_DB) / 20)
        self._levels_db = 20 * np.log10(np.maximum(_true_peaks(audio, self._hops, near=near), 1e-9))

    def reductions_db(self, gain_db: float) -> NDArray[np.float64]:
        """At the edges of the hops, one more than there are hops."""
        needs = np.zeros(self._hops + 2 * _AHEAD)
        needs[_AHEAD : _AHEAD + self._hops] = np.maximum(self._levels_db + (gain_db - self._ceiling_db), 0.0)
        return np.convolve(_held(needs, before=0.0, release_db=self._release_db), _SMOOTH, mode="valid")

    def under(self, gain_db: float) -> Clip:
        """The clip with the gain, limited."""
        edges = (10 ** ((gain_db - self.reductions_db(gain_db)) / 20)).astype(np.float32)
        body = np.zeros((self._hops, HOP), dtype=np.float32)
        body.reshape(-1)[: self._clip.frames] = self._clip.samples
        slopes = np.diff(edges) / np.float32(HOP)
        moving = np.flatnonzero(slopes)
        moved = body[moving] * (edges[moving, None] + slopes[moving, None] * np.arange(HOP, dtype=np.float32))
        body *= edges[:-1, None]
        body[moving] = moved
        return Clip(samples=body.reshape(-1)[: self._clip.frames], sample_rate=self._clip.sample_rate)


def _held(needs: NDArray[np.float64], *, before: float, release_db: float) -> NDArray[np.float64]:
    """Each hop's reduction: the most that it or the `_AHEAD` hops after it need, released slowly."""
    hops = len(needs) - _AHEAD
    most = reduce(np.maximum, (needs[ahead : ahead + hops] for ahead in range(_AHEAD + 1)))
    slope = release_db * np.arange(1, hops + 1)
    return np.asarray(np.maximum(np.maximum.accumulate(most + slope) - slope, before - slope))


def _true_peaks(audio: NDArray[np.float32], hops: int, *, near: float) -> NDArray[np.float64]:
    """Peak of each hop, between its samples too where one is over `near`; `audio` has `_REACH` frames more a side."""
    body = np.abs(audio[_REACH : _REACH + hops * HOP]).reshape(hops, HOP)
    peaks = np.asarray(body.max(axis=1), dtype=np.float64)
    loud = np.flatnonzero(peaks > near)
    if len(loud):
        windows = np.lib.stride_tricks.sliding_window_view(audio, HOP + 2 * _REACH)[loud * HOP]
        for kernel in _BETWEEN:
            peaks[loud] = np.maximum(peaks[loud], np.abs(_filtered(windows, kernel)).max(axis=1))
    return peaks


def _filtered(windows: NDArray[np.float32], kernel: NDArray[np.float32]) -> NDArray[np.float32]:
    """Tap by tap: a matrix product wakes all of BLAS's threads and took four times the CPU."""
    values = np.zeros((len(windows), HOP), dtype=np.float32)
    for tap, weight in enumerate(kernel, start=1):
        values += weight * windows[:, tap : tap + HOP]
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
