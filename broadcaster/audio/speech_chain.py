"""What makes speech carry outdoors: a chain for each kind of loudspeaker; the level and the limiter come after it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.clip import Clip
from broadcaster.audio.filtering import bell, convolved, high_pass, impulse_response, low_pass
from broadcaster.model.loudspeakers import Loudspeakers

_HOP_S = 0.0015
"""Seconds that share one level and one gain."""
_KNEE_DB = 4.0
_GATE = 0.1
"""Hops 10 dB below the mean are pauses, and do not count for how loud the speech is."""
_OUT_DB = -20.0
"""Mean level (dB full scale) at which the speech comes out, before the compression takes its part."""
_NYQUIST_SHARE = 0.45
"""A low-pass nearer to half the sample rate than this would do nothing that the rate has not done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechChain:
    """Filters, then compression against the speech's own level: a soft recording is treated as a loud one is."""

    high_pass_hz: float
    """Below it a horn gives only heat and distortion."""
    presence_hz: float
    presence_db: float
    ratio: float
    """Of the compression; 1 compresses nothing."""
    threshold_db: float
    """Level from which it compresses, relative to the mean level of the speech."""
    low_pass_hz: float
    attack_s: float = 0.005
    release_s: float = 0.12
    """How fast the compression takes hold and lets go: fast, it lifts the soft sounds between the loud ones."""


HORN = SpeechChain(
    high_pass_hz=250.0,
    presence_hz=2_500.0,
    presence_db=3.0,
    ratio=4.0,
    threshold_db=-15.0,
    low_pass_hz=7_000.0,
    attack_s=0.001,
    release_s=0.05,
)
"""Human speech through a simulated horn, noise at −28 and −22 dB: word error rate .146 and .258, .213 and .404 without
it; with the threshold at −6 dB and the slow times .225 and .326 (docs/developers/speech.md)."""
COLUMN = SpeechChain(
    high_pass_hz=150.0, presence_hz=2_500.0, presence_db=2.0, ratio=3.0, threshold_db=-6.0, low_pass_hz=10_000.0
)
"""A row of cones reaches further down and up than a horn."""
INDOOR = SpeechChain(
    high_pass_hz=80.0, presence_hz=2_500.0, presence_db=0.0, ratio=2.0, threshold_db=-6.0, low_pass_hz=15_000.0
)
"""A full-range box in a hall: only rumble goes, and words come a little nearer to each other."""

CHAINS: dict[Loudspeakers, SpeechChain | None] = {
    "loa nén": HORN,
    "loa cột": COLUMN,
    "trong nhà": INDOOR,
    "không": None,
}
"""By what schedule.yaml calls the loudspeakers; None: speech gets its level and nothing else."""


def through(chain: SpeechChain, clip: Clip) -> Clip:
    """The speech after filters and compression, as many frames as before, at about −20 dB whatever came in."""
    filtered = convolved(clip.samples, _response(chain, clip.sample_rate))
    return Clip(samples=_compressed(filtered, chain, clip.sample_rate), sample_rate=clip.sample_rate)


@cache
def _response(chain: SpeechChain, sample_rate: int) -> NDArray[np.float32]:
    """All filters in a row; the compressor's gain is slow beside them, so the low-pass may come before it."""
    sections = [high_pass(chain.high_pass_hz, sample_rate), bell(chain.presence_hz, chain.presence_db, sample_rate)]
    if chain.low_pass_hz < _NYQUIST_SHARE * sample_rate:
        sections.append(low_pass(chain.low_pass_hz, sample_rate))
    return impulse_response(sections)


def _compressed(samples: NDArray[np.float32], chain: SpeechChain, sample_rate: int) -> NDArray[np.float32]:
    hop = round(_HOP_S * sample_rate)
    hops = -(-len(samples) // hop)
    padded = np.zeros(hops * hop, dtype=np.float32)
    padded[: len(samples)] = samples
    body = padded.reshape(hops, hop)
    powers = np.einsum("ij,ij->i", body, body, dtype=np.float64) / hop
    speech = powers[powers > _GATE * powers.mean()] if powers.any() else np.ones(1)
    levels_db = 10 * np.log10(np.maximum(powers / speech.mean(), 1e-9))
    gains = 10 ** ((_OUT_DB - _followed(_reductions_db(levels_db, chain), hop / sample_rate, chain)) / 20)
    return _scaled(body, (gains / np.sqrt(speech.mean())).astype(np.float32)).reshape(-1)[: len(samples)]


def _reductions_db(levels_db: NDArray[np.float64], chain: SpeechChain) -> NDArray[np.float64]:
    """What the compressor's curve, its knee rounded, takes from hops of these levels beside the mean."""
    over_db = levels_db - chain.threshold_db
    knee = np.square(np.clip(over_db + _KNEE_DB / 2, 0.0, _KNEE_DB)) / (2 * _KNEE_DB)
    return np.asarray((1 - 1 / chain.ratio) * (knee + np.maximum(over_db - _KNEE_DB / 2, 0.0)))


def _followed(wanted_db: NDArray[np.float64], hop_s: float, chain: SpeechChain) -> NDArray[np.float64]:
    """The reduction as it moves: quickly up, slowly back. One step a hop, 700 a second."""
    attack, release = (1 - math.exp(-hop_s / time_s) for time_s in (chain.attack_s, chain.release_s))
    moved, now = [], 0.0
    for wanted in wanted_db.tolist():
        now += (wanted - now) * (attack if wanted > now else release)
        moved.append(now)
    return np.array(moved)


def _scaled(body: NDArray[np.float32], gains: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each hop under a gain that moves in a straight line from the hop before's to its own."""
    if not len(gains):
        return body
    before = np.concatenate((gains[:1], gains[:-1]))
    ramp = np.arange(1, body.shape[1] + 1, dtype=np.float32) / np.float32(body.shape[1])
    return np.asarray(body * (before[:, None] + (gains - before)[:, None] * ramp), dtype=np.float32)
