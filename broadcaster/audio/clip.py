"""A piece of sound in memory."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

PROGRAMME_SAMPLE_RATE = 44_100
"""Hz, mono: what programmes are mixed, kept and played at."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Clip:
    """Mono sound: float32 samples of shape (frames,), full scale ±1, at `sample_rate` Hz. Nobody changes them."""

    samples: NDArray[np.float32]
    sample_rate: int

    @property
    def frames(self) -> int:
        return len(self.samples)

    @property
    def length_s(self) -> float:
        return self.frames / self.sample_rate

    def read(self, first: int, last: int) -> NDArray[np.float32]:
        """Frames `first` up to, not with, `last`."""
        return self.samples[first:last]

    @cached_property
    def sha256(self) -> str:
        """Of the rate and the samples as little-endian float32; whoever keeps a clip asks for it three times."""
        digest = hashlib.sha256(str(self.sample_rate).encode())
        digest.update(np.ascontiguousarray(self.samples, dtype="<f4").data)
        return digest.hexdigest()
