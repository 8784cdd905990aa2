"""Listens to a sound file from end to end, block by block, and measures what a person would complain of."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.blocks import SoundBlocks
from broadcaster.audio.decode import mono
from broadcaster.audio.hum import HumMeter
from broadcaster.audio.recording import WINDOW_S, Recording, Stretch

SILENCE_S = 5.0
"""Shorter pauses are the speaker's own."""
_BLOCK_WINDOWS = 80
"""Four seconds at a time: six channels at 96 kHz are 9 MB."""
_FLOOR = 1e-10
"""Power (full scale 1; −100 dB) below which everything is silence."""
_HOT = 0.985
"""Of full scale, or of the height at which a file is cut off."""
_HOT_SHARE = 0.01
"""Of a window's samples; speech that is whole touches the height of its loudest syllable for far less."""
_CUT_SHARE = 0.04
"""The same below full scale, where a phone cut off before it wrote: one loud vowel comes to less."""
_CUT_WINDOWS = 0.05
"""Of all that sounds: so much of it must be cut off at one height."""
_GATE = 0.1
"""Of the mean power: what lies below is a pause, as in the rule of programme loudness."""
_UNDER_SPEECH, _OVER_NOISE, _AT_MOST = 0.001, 4.0, 0.1
"""Power of a word: −30 dB of the speech, +6 dB of the noise where that is more, at most −10 dB of the speech."""
_WORD_WINDOWS, _WORD_IN = 3, 6
"""So many of so many windows must sound: a tap on the button is no word."""
_JOIN_S = 1.0
"""Stretches of one kind that are nearer to each other are one."""


def examine(path: Path) -> Recording:
    """Everything that can be measured of the file, in constant memory (and some 8 MB an hour for its levels).

    Raises `AudioFault` where it is missing, empty, no sound file, damaged, or without a single sample.
    """
    heard = _Heard()
    with SoundBlocks(path) as blocks:
        window = max(1, round(blocks.sample_rate * WINDOW_S))
        hum = HumMeter(blocks.sample_rate)
        for block in blocks.read(window * _BLOCK_WINDOWS):
            hum.add(heard.add(block, window))
        levels = heard.levels()
        speech_db = _db(levels.speech)
        return Recording(
            length_s=heard.frames / blocks.sample_rate,
            claimed_s=blocks.claimed_s,
            sample_rate=blocks.sample_rate,
            channels=blocks.channels,
            eight_bits=blocks.has_eight_bits,
            unreadable=blocks.unreadable,
            is_cut=blocks.is_cut,
            speech_db=speech_db,
            noise_db=_db(float(np.percentile(levels.power, 10))),
            lost_in_mixing_db=levels.lost_in_mixing_db,
            offset=heard.total / heard.frames,
            loudest=float(levels.peak.max()),
            sound=levels.sound,
            silences=tuple(levels.silences()),
            clipped=tuple(levels.clipped()),
            broken=tuple(_stretches(levels.broken)),
            hum=hum.hum(speech_db=speech_db),
        )


class _Heard:
    """What is kept of each window while the file goes by."""

    def __init__(self) -> None:
        self.frames = 0
        self.total = 0.0
        self._kept: list[tuple[NDArray[np.float64], ...]] = []

    def add(self, block: NDArray[np.float32], window: int) -> NDArray[np.float32]:
        """Hears the next windows, and gives them back mixed to one channel, bad samples as silence."""
        good = np.isfinite(block)
        sound = block if good.all() else np.where(good, block, np.float32(0.0))
        mixed = mono(sound)
        loudest = np.abs(sound).max(axis=1)
        edges = np.arange(0, len(block), window)
        sizes = np.diff(np.append(edges, len(block)))
        peak = np.maximum.reduceat(loudest, edges)
        near_peak = loudest >= _HOT * np.repeat(peak, sizes)
        self.frames += len(block)
        self.total += float(mixed.sum(dtype=np.float64))
        self._kept.append(
            (
                _power(mixed[:, None], edges, sizes),
                _power(sound, edges, sizes),
                peak.astype(np.float64),
                np.add.reduceat(loudest >= _HOT, edges) / sizes,
                np.add.reduceat(near_peak, edges) / sizes,
                np.add.reduceat(~good.all(axis=1), edges).astype(np.float64),
            )
        )
        return mixed

    def levels(self) -> _Levels:
        power, before, peak, hot, near_peak, broken = (np.concatenate(each) for each in zip(*self._kept, strict=True))
        return _Levels(
            power=power,
            before_mixing=float(before.mean()),
            peak=peak,
            hot=hot,
            near_peak=near_peak,
            broken=broken > 0,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Levels:
    """The whole file, one value a window: power of the mix, largest sample, shares of samples near the top."""

    power: NDArray[np.float64]
    before_mixing: float
    peak: NDArray[np.float64]
    hot: NDArray[np.float64]
    near_peak: NDArray[np.float64]
    broken: NDArray[np.bool_]

    @property
    def lost_in_mixing_db(self) -> float:
        if self.before_mixing <= _FLOOR:
            return 0.0
        return 10 * math.log10(self.before_mixing / max(float(self.power.mean()), _FLOOR))

    @property
    def speech(self) -> float:
        """Mean power of what sounds, pauses left out."""
        audible = self.power[self.power > _FLOOR]
        if not len(audible):
            return 0.0
        return float(audible[audible >= _GATE * audible.mean()].mean())

    @property
    def words(self) -> NDArray[np.bool_]:
        """Which windows hold words, and not a click, noise or nothing."""
        noise = float(np.percentile(self.power, 10))
        least = min(max(_UNDER_SPEECH * self.speech, _OVER_NOISE * noise, _FLOOR), _AT_MOST * self.speech)
        sounds = self.power > least
        around = np.convolve(sounds, np.ones(_WORD_IN), mode="same") >= min(_WORD_WINDOWS, len(sounds))
        return np.asarray(sounds & around)

    @property
    def sound(self) -> Stretch:
        at = np.flatnonzero(self.words)
        if not len(at):
            return Stretch(start_s=0.0, end_s=0.0)
        return Stretch(start_s=float(at[0]) * WINDOW_S, end_s=float(at[-1] + 1) * WINDOW_S)

    def silences(self) -> Iterator[Stretch]:
        at = np.flatnonzero(self.words)
        for before in np.flatnonzero(np.diff(at) > SILENCE_S / WINDOW_S):
            yield Stretch(start_s=float(at[before] + 1) * WINDOW_S, end_s=float(at[before + 1]) * WINDOW_S)

    def clipped(self) -> list[Stretch]:
        """At full scale, or at the one lower height at which much of the file is cut off."""
        height = float(self.peak.max())
        if height >= _HOT:
            return _stretches(self.hot >= _HOT_SHARE)
        cut = (self.peak >= _HOT * height) & (self.near_peak >= _CUT_SHARE) & (self.power > _FLOOR)
        return _stretches(cut) if cut.sum() >= _CUT_WINDOWS * max(1, self.words.sum()) else []


def _power(samples: NDArray[np.float32], edges: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.float64]:
    """Of each window without its mean, over all channels: an offset is no sound."""
    totals = np.add.reduceat(samples, edges, axis=0, dtype=np.float64)
    squares = np.add.reduceat(np.square(samples, dtype=np.float64), edges, axis=0)
    means = totals / sizes[:, None]
    return np.asarray(np.maximum(squares / sizes[:, None] - means**2, 0.0).mean(axis=1))


def _stretches(windows: NDArray[np.bool_]) -> list[Stretch]:
    """Windows that hold, those near to each other as one stretch."""
    at = np.flatnonzero(windows)
    if not len(at):
        return []
    groups = np.split(at, np.flatnonzero(np.diff(at) > _JOIN_S / WINDOW_S) + 1)
    return [Stretch(start_s=float(group[0]) * WINDOW_S, end_s=float(group[-1] + 1) * WINDOW_S) for group in groups]


def _db(power: float) -> float:
    return 10 * math.log10(power) if power > _FLOOR else -math.inf
