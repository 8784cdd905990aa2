"""The last steps before the encoder, in one pass: loudness, true-peak limiter, measurement, outline."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio import mp3
from broadcaster.audio.limiter import Limiter
from broadcaster.audio.loudness import LoudnessMeter, gated_lufs
from broadcaster.audio.summing import Sum
from broadcaster.audio.waveform import Outline
from broadcaster.errors import AudioFault

_NEAR_ENOUGH_LU = 0.3
_TOLERANCE_LU = 1.5
"""What may stay where the limiter takes back whatever is added: a single short sentence is all peaks (0.7 LU)."""
_LEAST_BROUGHT_LU = 0.1
_ATTEMPTS = 4
_HEARD_WHOLE_S = 240.0
"""Up to this length all of the sum is measured beforehand; of longer ones every eighth 400 ms."""
_SAMPLED_EVERY = 8
_GATING_BLOCK_S = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Codec:
    """What an encoder does to level and peaks (dB), so that it is allowed for beforehand."""

    loss_db: float = 0.0
    overshoot_db: float = 0.0


CODECS = {
    ".mp3": Codec(loss_db=mp3.LOSS_DB, overshoot_db=mp3.OVERSHOOT_DB),
    ".opus": Codec(overshoot_db=1.0),
    ".flac": Codec(),
    ".wav": Codec(),
}
"""By the file's ending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What the decoded file is to measure."""

    target_lufs: float = -16.0
    peak_dbtp: float = -1.5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Mastered:
    """What went into the encoder, as the decoded file will have it."""

    loudness_lufs: float
    energies: NDArray[np.float64]
    """K-weighted mean square of each 100 ms."""
    true_peak_dbtp: float
    outline: NDArray[np.int8]


Write = Callable[[NDArray[np.float32]], None]
Encode = Callable[[Callable[[Write], Mastered]], Mastered]


def mastered(total: Sum, *, aim: Aim, codec: Codec, encode: Encode) -> Mastered:
    """Send `total` through `encode`, again where the limiter took too much.

    `encode` opens its file and calls what it is given with a function that takes blocks. Raises `AudioFault` for
    silence, or where the loudness cannot be reached under the peak.
    """
    gain_db = aim.target_lufs - _estimated_lufs(total)
    before_lu = math.inf
    for _ in range(_ATTEMPTS):
        result = encode(partial(_run, total=total, gain_db=gain_db, aim=aim, codec=codec))
        error_lu = aim.target_lufs - result.loudness_lufs
        if abs(error_lu) <= _NEAR_ENOUGH_LU or before_lu - abs(error_lu) < _LEAST_BROUGHT_LU:
            break
        before_lu = abs(error_lu)
        gain_db += error_lu
    if abs(error_lu) <= _TOLERANCE_LU:
        return result
    raise AudioFault(
        f"Không đưa được chương trình về {aim.target_lufs:g} LUFS dưới đỉnh {aim.peak_dbtp:g} dBTP "
        f"(được {result.loudness_lufs:.1f} LUFS).",
        remedy="Kiểm tra xem có phần nào gần như im lặng hoặc bị vỡ tiếng không; nếu không thì giảm muc ở am_luong.",
    )


def _run(write: Write, *, total: Sum, gain_db: float, aim: Aim, codec: Codec) -> Mastered:
    """One pass. What is measured is turned down by what the codec will take."""
    ceiling_dbtp = aim.peak_dbtp - codec.overshoot_db + codec.loss_db
    limiter = Limiter(peak_dbtp=ceiling_dbtp, sample_rate=total.sample_rate)
    meter, outline = LoudnessMeter(total.sample_rate), Outline()
    gain = np.float32(10 ** ((gain_db + codec.loss_db) / 20))

    def pass_on(block: NDArray[np.float32]) -> None:
        meter.add(block)
        outline.add(block)
        write(block)

    for block in total.blocks():
        pass_on(limiter.process(block * gain))
    pass_on(limiter.flush())
    return Mastered(
        loudness_lufs=meter.integrated_lufs() - codec.loss_db,
        energies=meter.energies() * 10 ** (-codec.loss_db / 10),
        true_peak_dbtp=limiter.highest_dbtp - codec.loss_db,
        outline=outline.points(),
    )


def _estimated_lufs(total: Sum) -> float:
    """Of the sum itself; long ones by samples, within about 0.1 LU."""
    if total.frames <= _HEARD_WHOLE_S * total.sample_rate:
        meter = LoudnessMeter(total.sample_rate)
        for block in total.blocks():
            meter.add(block)
        loudness = meter.integrated_lufs()
    else:
        loudness = _sampled_lufs(total)
    if not math.isfinite(loudness):
        raise AudioFault("Cả chương trình im lặng.", remedy="Kiểm tra âm thanh của từng phần: broadcaster check")
    return loudness


def _sampled_lufs(total: Sum) -> float:
    """Single gating blocks, evenly spread."""
    length = round(_GATING_BLOCK_S * total.sample_rate)
    energies = []
    for first in range(0, total.frames - length, length * _SAMPLED_EVERY):
        meter = LoudnessMeter(total.sample_rate)
        meter.add(total.read(first, first + length))
        energies.append(meter.energies().mean())
    return gated_lufs(np.array(energies))
