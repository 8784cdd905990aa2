"""Loudness of sound in memory by ITU-R BS.1770-4, as ffmpeg's ebur128 measures it on files."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.clip import Clip
from broadcaster.audio.filtering import Section, convolved, impulse_response
from broadcaster.audio.series import Series

_ABSOLUTE_GATE_LUFS = -70.0
_RELATIVE_GATE_LU = -10.0
_TRIANGLES = tuple(
    np.array([((fewer - at) / fewer**2, at / fewer**2) for at in range(fewer)], dtype=np.float32) for fewer in (1, 2, 4)
)
"""Weights of frames within a group: what they add to it, and to the next one."""
_STEP_S = 0.1
_STEPS = 4
"""A gating block of 400 ms is four steps of 100 ms."""
_FILTERED_UP_TO_S = 3.0
_NOTHING = 1e-12
_FLAT_ABOVE_HZ = 5_000
"""From here on the weighting is within 0.1 dB of its end."""


class LoudnessMeter:
    """Integrated loudness of mono sound that comes block by block, in constant memory a minute.

    The weighting is flat above 5 kHz, so the spectrum is needed only below: the energy of each 100 ms is its plain
    energy at the weight up there, less what the sound at half or a quarter of its rate says is too much. A fifth of the
    CPU of filtering, within 0.02 LU of it on speech, music, noise and hum; far off only where sound below 10 Hz drowns
    all.
    """

    def __init__(self, sample_rate: int) -> None:
        self._halvings = sum(sample_rate >= 4 * _FLAT_ABOVE_HZ * times for times in (1, 2))
        self._step = round(sample_rate / 10) >> self._halvings << self._halvings
        self._high, self._less = _weights(sample_rate, self._step, self._halvings)
        self._waiting = np.zeros(0, dtype=np.float32)
        self._energies = Series(np.zeros(0))

    def add(self, block: NDArray[np.float32]) -> None:
        """Hear the next frames."""
        heard = np.concatenate((self._waiting, block)) if len(self._waiting) else block
        steps = len(heard) // self._step
        self._energies.add(self._energy(heard[: steps * self._step].reshape(steps, self._step)) / self._step)
        self._waiting = heard[steps * self._step :].copy()

    @property
    def step_frames(self) -> int:
        """In 100 ms."""
        return self._step

    def energies(self) -> NDArray[np.float64]:
        """Weighted mean square of each whole 100 ms so far."""
        return self._energies.rows()

    def integrated_lufs(self) -> float:
        """Of all that was added so far; −inf for silence.

        Less than one gating block (400 ms) counts as if it were whole.
        """
        energies = self.energies()
        if len(energies) >= _STEPS:
            return integrated_lufs(energies)
        frames = len(energies) * self._step + len(self._waiting)
        rest = np.zeros((1, self._step), dtype=np.float32)
        rest[0, : len(self._waiting)] = self._waiting
        whole = float(energies.sum()) * self._step + float(self._energy(rest)[0])
        return gated_lufs(np.array([whole / frames])) if frames else -math.inf

    def _energy(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Weighted energy of each row, by Parseval."""
        if not len(rows):
            return np.zeros(0)
        plain = np.einsum("ij,ij->i", rows, rows).astype(np.float64)
        spectrum = np.fft.rfft(_thinned(rows, self._halvings), axis=1)
        power = np.square(spectrum.real) + np.square(spectrum.imag)
        return np.asarray(np.maximum(self._high * plain - power @ self._less, 0.0), dtype=np.float64)


def _thinned(rows: NDArray[np.float32], halvings: int) -> NDArray[np.float32]:
    """Every second or fourth frame of each row, under the triangle that reaches to the next; each row is a ring."""
    fewer = 1 << halvings
    together = rows.reshape(len(rows), -1, fewer)
    both = together @ _TRIANGLES[halvings]
    both[:, 1:, 0] += both[:, :-1, 1]
    both[:, 0, 0] += both[:, -1, 1]
    return np.ascontiguousarray(both[:, :, 0])


def integrated_lufs(energies: NDArray[np.float64]) -> float:
    """Integrated loudness of sound whose every 100 ms has these energies; less than a gating block counts as whole."""
    if len(energies) < _STEPS:
        return gated_lufs(energies.mean(keepdims=True) if len(energies) else energies)
    return gated_lufs(np.convolve(energies, np.full(_STEPS, 1 / _STEPS), mode="valid"))


def loudness_lufs(clip: Clip) -> float:
    """Integrated loudness of a whole clip; −inf for silence."""
    meter = LoudnessMeter(clip.sample_rate)
    meter.add(clip.samples)
    return meter.integrated_lufs()


def weighted_powers(clip: Clip, *, hop_s: float) -> NDArray[np.float64]:
    """Mean square of each `hop_s` seconds after the K-weighting: what gives a loudness, and again after any gain.

    Short sound is filtered. Of longer sound the plain energies are taken, by how much the meter finds that the
    weighting changes each 100 ms: a third of the CPU, and the loudness comes out the same to 0.02 LU.
    """
    hops = math.ceil(clip.length_s / hop_s - 1e-9)
    starts = np.round(np.arange(hops) * hop_s * clip.sample_rate).astype(np.intp)
    if clip.length_s >= _FILTERED_UP_TO_S:
        return _powers(clip.samples, starts, hop_s * clip.sample_rate) * _weight_at(starts, clip)
    return _powers(convolved(clip.samples, _impulse_response(clip.sample_rate)), starts, hop_s * clip.sample_rate)


def _powers(samples: NDArray[np.float32], starts: NDArray[np.intp], hop_frames: float) -> NDArray[np.float64]:
    """Mean square from each start to the next."""
    energies = np.add.reduceat(np.square(samples), starts, dtype=np.float64) if len(starts) else np.zeros(0)
    return np.asarray(energies / hop_frames)


def _weight_at(starts: NDArray[np.intp], clip: Clip) -> NDArray[np.float64]:
    """What the weighting makes of the energy of the 100 ms that each of these frames lies in."""
    meter = LoudnessMeter(clip.sample_rate)
    meter.add(clip.samples)
    weighted, step = meter.energies(), meter.step_frames
    body = clip.samples[: len(weighted) * step].reshape(-1, step)
    plain = np.einsum("ij,ij->i", body, body).astype(np.float64) / step
    weights = weighted / np.maximum(plain, _NOTHING)
    return np.asarray(weights[np.minimum(starts // step, len(weights) - 1)])


def loudness_of(powers: NDArray[np.float64], *, hop_s: float) -> float:
    """Integrated loudness of `weighted_powers`, as `loudness_lufs` measures it to 0.02 LU; −inf for silence."""
    steps = int(len(powers) * hop_s / _STEP_S)
    if steps < _STEPS:
        return gated_lufs(powers.mean(keepdims=True) if len(powers) else powers)
    total = np.concatenate(([0.0], np.cumsum(powers) * hop_s))
    at_steps = np.interp(np.arange(steps + 1) * _STEP_S, np.arange(len(total)) * hop_s, total)
    return gated_lufs(np.convolve(np.diff(at_steps) / _STEP_S, np.full(_STEPS, 1 / _STEPS), mode="valid"))


def gated_lufs(blocks: NDArray[np.float64]) -> float:
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
def _weights(sample_rate: int, step: int, halvings: int) -> tuple[float, NDArray[np.float32]]:
    """Squared response of both K-weighting filters at high frequencies, and by how much it is less further down.

    The latter stands for each frequency of the halved sound, with the filters on the way there undone, and scaled so
    that powers sum up to energy.
    """
    points = step >> halvings
    turns = np.arange(points // 2 + 1) / step
    around = np.exp(-2j * np.pi * turns)
    response = np.ones(len(turns), dtype=np.complex128)
    for section in (_shelf(sample_rate), _high_pass(sample_rate)):
        response *= np.polyval(section.b[::-1], around) / np.polyval(section.a[::-1], around)
    power = np.square(np.abs(response))
    thinned = np.prod([np.cos(np.pi * turns * 2**time) ** 4 for time in range(halvings)], axis=0)
    less = (power[-1] - power) / np.maximum(thinned, 1e-6) * 2 * 2**halvings / points
    less[0] /= 2
    if points % 2 == 0:
        less[-1] /= 2
    return float(power[-1]), less.astype(np.float32)


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
