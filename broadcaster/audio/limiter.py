"""A true-peak limiter with look-ahead that works block by block and moves no sample in time."""

from __future__ import annotations

import math
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.clip import Clip

HOP = 64
"""Frames that share one measured peak: 1.45 ms at 44.1 kHz."""
_AHEAD = 4
"""Hops over which the gain goes down before a peak."""
_SMOOTH = np.full(_AHEAD, 1 / _AHEAD)
_TAPS = 12
"""Samples to each side that the interpolation between samples looks at."""
_REACH = _TAPS + 1
"""Samples to each side of a hop that its peak may depend on."""
RELEASE_DB_PER_S = 30.0
_INTER_SAMPLE_DB = 3.3
"""Only samples that come this near to the ceiling are looked at from all sides."""
_MARGIN_DB = 0.1
"""What the moving gain and the 4× interpolation may add."""
_BLOCK = 65_536


class Limiter:
    """Keeps mono sound under `peak_dbtp`: as many frames come out as go in, each at its place.

    The reduction (dB) grows linearly over about 6 ms before a peak, holds, and recovers by 30 dB a second. Sound that
    never comes near the ceiling passes bit by bit.
    """

    def __init__(self, *, peak_dbtp: float, sample_rate: int) -> None:
        self._ceiling_db = peak_dbtp - _MARGIN_DB
        self._near = np.float32(10 ** ((self._ceiling_db - _INTER_SAMPLE_DB) / 20))
        self._release_db = RELEASE_DB_PER_S * HOP / sample_rate
        self._pending = np.zeros(_REACH + _AHEAD * HOP, dtype=np.float32)
        """The last `_REACH` frames that left, then those that have not."""
        self._lead = _AHEAD * HOP
        """Frames of silence before the sound, where the gain can fall ahead of its first peak; they never come out."""
        self._levels = np.zeros(0)
        """True peak (dB) of each pending hop, as far as it is known."""
        self._holds = np.zeros(_AHEAD)
        """Held reduction (dB) of the last hops that left."""
        self._highest_db = -math.inf

    @property
    def highest_dbtp(self) -> float:
        """The highest true peak that has left it so far (dBTP); −inf for silence."""
        return self._highest_db

    def process(self, block: NDArray[np.float32]) -> NDArray[np.float32]:
        """Take the next frames; gives those that are ready, perhaps none."""
        self._pending = np.concatenate((self._pending, block))
        self._measure((len(self._pending) - 2 * _REACH) // HOP)
        return self._release(len(self._levels) - _AHEAD)

    def flush(self) -> NDArray[np.float32]:
        """The rest. The limiter is spent afterwards."""
        frames = len(self._pending) - _REACH
        lead = self._lead
        hops = -(-frames // HOP)
        padding = np.zeros(hops * HOP - frames + _REACH, dtype=np.float32)
        self._pending = np.concatenate((self._pending, padding))
        self._measure(hops)
        self._levels = np.concatenate((self._levels, np.full(_AHEAD, -math.inf)))
        return self._release(hops)[: frames - lead]

    def _measure(self, hops: int) -> None:
        """Bring `_levels` up to `hops` hops of what is pending."""
        known = len(self._levels)
        if hops <= known:
            return
        audio = self._pending[known * HOP : hops * HOP + 2 * _REACH]
        with np.errstate(divide="ignore"):
            levels = 20 * np.log10(_true_peaks(audio, hops - known, near=self._near))
        self._levels = np.concatenate((self._levels, levels))

    def _release(self, hops: int) -> NDArray[np.float32]:
        """Let the first `hops` hops go, each under its gain."""
        if hops <= 0:
            return np.zeros(0, dtype=np.float32)
        frames = hops * HOP
        lead = min(self._lead, frames)
        self._lead -= lead
        ready, self._pending = self._pending[_REACH : _REACH + frames], self._pending[frames:]
        past = np.concatenate((self._holds, self._hold(hops)))
        levels, self._levels = self._levels[:hops], self._levels[hops:]
        self._holds = past[-_AHEAD:]
        if past.any():
            edges = np.convolve(past, _SMOOTH, mode="valid")
            ready = _turned_down(ready, edges)
            levels = levels - np.minimum(edges[:-1], edges[1:])
        self._highest_db = max(self._highest_db, float(levels.max()))
        return ready[lead:]

    def _hold(self, hops: int) -> NDArray[np.float64]:
        needs = np.maximum(self._levels[: hops + _AHEAD] - self._ceiling_db, 0.0)
        return _held(needs, before=float(self._holds[-1]), release_db=self._release_db)


def limit(clip: Clip, *, peak_dbtp: float) -> Clip:
    """The whole clip under `peak_dbtp`."""
    limiter = Limiter(peak_dbtp=peak_dbtp, sample_rate=clip.sample_rate)
    blocks = [limiter.process(clip.samples[at : at + _BLOCK]) for at in range(0, clip.frames, _BLOCK)]
    return Clip(samples=np.concatenate((*blocks, limiter.flush())), sample_rate=clip.sample_rate)


class Ceiling:
    """A whole clip's peaks, measured once: what the limiter would take from it at any gain, and the sound under it.

    Finding the gain that a loudness needs with the limiter itself takes several passes over the sound.
    """

    def __init__(
        self, clip: Clip, *, peak_dbtp: float, near_db: float, release_db_per_s: float = RELEASE_DB_PER_S
    ) -> None:
        """`near_db` is about the gain that will be asked for: peaks far below what it lifts are not looked at."""
        self._clip = clip
        self._hops = -(-clip.frames // HOP)
        self._ceiling_db = peak_dbtp - _MARGIN_DB
        self._release_db = release_db_per_s * HOP / clip.sample_rate
        audio = np.zeros(self._hops * HOP + 2 * _REACH, dtype=np.float32)
        audio[_REACH : _REACH + clip.frames] = clip.samples
        near = np.float32(10 ** ((self._ceiling_db - near_db - _INTER_SAMPLE_DB) / 20))
        self._levels_db = 20 * np.log10(np.maximum(_true_peaks(audio, self._hops, near=near), 1e-9))

    def reductions_db(self, gain_db: float) -> NDArray[np.float64]:
        """At the edges of the hops, one more than there are hops."""
        needs = np.zeros(self._hops + 2 * _AHEAD)
        needs[_AHEAD : _AHEAD + self._hops] = np.maximum(self._levels_db + (gain_db - self._ceiling_db), 0.0)
        return np.convolve(_held(needs, before=0.0, release_db=self._release_db), _SMOOTH, mode="valid")

    def under(self, gain_db: float) -> Clip:
        """The clip with the gain, limited."""
        louder = np.zeros(self._hops * HOP, dtype=np.float32)
        np.multiply(self._clip.samples, np.float32(10 ** (gain_db / 20)), out=louder[: self._clip.frames])
        limited = _turned_down(louder, self.reductions_db(gain_db))
        return Clip(samples=limited[: self._clip.frames], sample_rate=self._clip.sample_rate)


def _held(needs: NDArray[np.float64], *, before: float, release_db: float) -> NDArray[np.float64]:
    """Each hop's reduction: the most that it or the `_AHEAD` hops after it need, released slowly."""
    hops = len(needs) - _AHEAD
    most = reduce(np.maximum, (needs[ahead : ahead + hops] for ahead in range(_AHEAD + 1)))
    slope = release_db * np.arange(1, hops + 1)
    released = np.maximum(np.maximum.accumulate(most + slope) - slope, before - slope)
    return np.asarray(np.maximum(released, 0.0))


def _turned_down(audio: NDArray[np.float32], edges: NDArray[np.float64]) -> NDArray[np.float32]:
    """`audio` under gains that run straight from edge to edge of its hops; `edges` are reductions in dB.

    A straight line between two gains lies under neither, so no hop is turned down less than its edges say.
    """
    gains = (10 ** (-edges / 20)).astype(np.float32)
    turned = audio.copy().reshape(-1, HOP)
    touched = np.flatnonzero((edges[:-1] > 0.0) | (edges[1:] > 0.0))
    start, step = gains[touched, None], (gains[touched + 1] - gains[touched])[:, None]
    turned[touched] *= start + step * _RAMP
    return turned.reshape(-1)


def _true_peaks(audio: NDArray[np.float32], hops: int, *, near: np.float32) -> NDArray[np.float64]:
    """Peak (amplitude) of each hop, between its samples too; `audio` has `_REACH` frames more a side.

    Between samples it is looked for beside each local peak over `near`, on the side where the wave goes on rising.
    """
    loudness = np.abs(audio)
    # the bits of floats that are not negative rise with them, and whole numbers are compared in half the time
    bits = loudness[_REACH : _REACH + hops * HOP].view(np.uint32)
    peaks = np.asarray(bits.reshape(hops, HOP).max(axis=1).view(np.float32), dtype=np.float64)
    if not (peaks > near).any():
        return peaks
    # one sample more a side: a peak between two hops counts for both, wherever the sound is cut
    tops = _REACH - 1 + np.flatnonzero(loudness[_REACH - 1 : _REACH + hops * HOP + 1] > near)
    sign = np.sign(audio[tops])
    here, left, right = sign * audio[tops], sign * audio[tops - 1], sign * audio[tops + 1]
    top = (here >= left) & (here >= right)
    before = np.concatenate((tops[top] - 1, tops[top]))
    windows = np.lib.stride_tricks.sliding_window_view(audio, 2 * _TAPS)
    between = np.abs(windows[before - _TAPS + 1] @ _BETWEEN.T).max(axis=1, initial=0.0)
    for place in (before - _REACH, before - _REACH + 1):
        inside = (place >= 0) & (place < hops * HOP)
        np.maximum.at(peaks, place[inside] // HOP, between[inside])
    return peaks


def _interpolation() -> NDArray[np.float32]:
    """Kernels that give the values at 1/4, 1/2 and 3/4 of the way from one sample to the next."""
    kernels = []
    for fraction in (0.25, 0.5, 0.75):
        offsets = np.arange(-_TAPS + 1, _TAPS + 1) - fraction
        kernel = np.sinc(offsets) * np.cos(np.pi * offsets / (2 * _TAPS + 1)) ** 2
        kernels.append(kernel / kernel.sum())
    return np.array(kernels, dtype=np.float32)


_BETWEEN = _interpolation()
_RAMP = (np.arange(HOP, dtype=np.float32) / HOP)[None, :]
