"""How speech reaches somebody across the fields: through a horn, with the echo of another one, in noise."""

from __future__ import annotations

import numpy as np

from broadcaster.audio.clip import Clip
from broadcaster.audio.filtering import convolved, high_pass, impulse_response, low_pass
from broadcaster.audio.resample import resample

NOISES_DB = (-60.0, -28.0, -22.0)
"""Noise beside the true peak of the speech: a still evening, a street, a market."""
_LOW_HZ, _HIGH_HZ = 300.0, 6_000.0
_ECHO_S = 0.18
"""Of the next horn, some 60 m further away."""
_ECHO_GAIN = 0.25
_SAMPLE_RATE = 16_000


def through_horn(clip: Clip, *, noise_db: float = -28.0, seed: int = 1) -> Clip:
    """The clip at a true peak of 1, band-limited, with its echo and white noise of `noise_db` (RMS); at 16 kHz.

    Amplifiers clip at a peak, so clips are compared at equal true peak: the louder one stands out of the noise more.
    The same seed gives the same noise.
    """
    resampled = resample(clip, _SAMPLE_RATE).samples
    band = [high_pass(_LOW_HZ, _SAMPLE_RATE), low_pass(_HIGH_HZ, _SAMPLE_RATE)] * 2
    played = convolved(resampled / np.float32(true_peak(clip)), impulse_response(band))
    delay = round(_ECHO_S * _SAMPLE_RATE)
    heard = np.zeros(len(played) + delay, dtype=np.float32)
    heard[: len(played)] += played
    heard[delay:] += np.float32(_ECHO_GAIN) * played
    noise = np.random.default_rng(seed).standard_normal(len(heard), dtype=np.float32)
    return Clip(samples=heard + noise * np.float32(10 ** (noise_db / 20)), sample_rate=_SAMPLE_RATE)


def true_peak(clip: Clip) -> float:
    """The highest peak, also between the samples; 1 for silence."""
    finer = resample(clip, 4 * clip.sample_rate).samples
    return float(np.abs(finer).max(initial=0.0)) or 1.0
