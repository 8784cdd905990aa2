"""Clips brought to the programme's level, once each: speech through the outdoor chain, jingles as they are."""

from __future__ import annotations

import math
from collections.abc import Callable

from broadcaster.audio.allocation import keep_freed_memory
from broadcaster.audio.clip import PROGRAMME_SAMPLE_RATE, Clip
from broadcaster.audio.limiter import HOP, RELEASE_DB_PER_S, Ceiling
from broadcaster.audio.loudness import loudness_of, weighted_powers
from broadcaster.audio.resample import resample
from broadcaster.audio.speech_chain import HORN, SpeechChain, through
from broadcaster.errors import AudioFault

_CLOSE_ENOUGH_LU = 0.02
_CORRECTIONS = 8
_WEIGHED_FROM_HZ = 16_000
"""Sample rate below which the K-weighting's treble shelf comes out wrong (8 kHz: by 0.24 LU)."""
_LEAST_BROUGHT = 0.2
"""Of one dB more gain, in LU, where the limiter takes nearly all of it: keeps a step from running away."""
_STILL_FINE_LU = 0.05
_RELEASES_DB_PER_S = (RELEASE_DB_PER_S, 4 * RELEASE_DB_PER_S, 16 * RELEASE_DB_PER_S)
"""Of a man's sharp voice the usual limiter takes back what gain it is given; one that lets go faster takes less."""
_MOST_TAKEN_DB = 2.0
"""What the limiter may take from the loudness, and the gain give again, before its peaks are looked at once more."""
_LOOKS = 3
"""A sharp voice that only says thanks needs 7 dB more gain than its loudness says."""


def level_speech(
    clip: Clip,
    *,
    target_lufs: float = -16.0,
    peak_dbtp: float = -1.5,
    sample_rate: int = PROGRAMME_SAMPLE_RATE,
    chain: SpeechChain | None = HORN,
) -> Clip:
    """Speech or a recording, through the loudspeakers' chain (None: no chain), at `target_lufs` ±0.1 and `sample_rate`.

    Raises `AudioFault` for silence.
    """
    chained = clip if chain is None else through(chain, clip)
    return _settle(chained, target_lufs=target_lufs, peak_dbtp=peak_dbtp, sample_rate=sample_rate)


def level_jingle(
    clip: Clip, *, target_lufs: float = -16.0, peak_dbtp: float = -1.5, sample_rate: int = PROGRAMME_SAMPLE_RATE
) -> Clip:
    """A jingle at `target_lufs` ±0.1 and `sample_rate`, its tone untouched. Raises `AudioFault` for silence."""
    return _settle(clip, target_lufs=target_lufs, peak_dbtp=peak_dbtp, sample_rate=sample_rate)


def _settle(clip: Clip, *, target_lufs: float, peak_dbtp: float, sample_rate: int) -> Clip:
    """Gain, then limiter, the gain corrected by what the limiter takes: open loop loses 0.6–0.8 LU."""
    keep_freed_memory()
    hop_s = HOP / sample_rate
    resampled = resample(clip, sample_rate)
    powers = weighted_powers(clip if clip.sample_rate >= _WEIGHED_FROM_HZ else resampled, hop_s=hop_s)
    loudness = loudness_of(powers, hop_s=hop_s)
    if not math.isfinite(loudness):
        raise AudioFault("Đoạn tiếng này im lặng, không chỉnh được mức.", remedy="Thu lại, hoặc chọn tệp khác.")
    plain_db = gain_db = target_lufs - loudness
    for release_db_per_s in _RELEASES_DB_PER_S:
        for _ in range(_LOOKS):
            near_db = gain_db + _MOST_TAKEN_DB
            ceiling = Ceiling(resampled, peak_dbtp=peak_dbtp, near_db=near_db, release_db_per_s=release_db_per_s)

            def missing_lu(gain_db: float, ceiling: Ceiling = ceiling) -> float:
                taken_db = ceiling.reductions_db(gain_db)[: len(powers)]
                return target_lufs - loudness_of(powers * 10 ** ((gain_db - taken_db) / 10), hop_s=hop_s)

            gain_db = plain_db + _correction_db(plain_db, missing_lu)
            if gain_db <= near_db:
                break
        if abs(missing_lu(gain_db)) <= _STILL_FINE_LU:
            break
    return ceiling.under(gain_db)


def _correction_db(gain_db: float, missing_lu: Callable[[float], float]) -> float:
    """More gain until nothing is missing, each step by what the last one brought (the secant method)."""
    more, step, missing = 0.0, 0.0, missing_lu(gain_db)
    brought = 1.0
    for _ in range(_CORRECTIONS):
        if abs(missing) <= _CLOSE_ENOUGH_LU:
            break
        step = missing / brought
        more += step
        before, missing = missing, missing_lu(gain_db + more)
        brought = min(max((before - missing) / step, _LEAST_BROUGHT), 1.0)
    return more
