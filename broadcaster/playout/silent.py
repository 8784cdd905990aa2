"""An output that nobody hears: it takes sound at the pace of its clock, accounts for it, and keeps none.

Not a kind of schedule.yaml, where silence would be counted as a play: simulated days and the benches use it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from broadcaster.clock import Clock
from broadcaster.errors import Fault
from broadcaster.playout.pace import AT_ONCE_S, Pace, PacedStream, mono, pieces


class SilentOutput:
    """Any number of programmes at once; with `at_once` each is taken whole, and its pace only accounted for."""

    def __init__(self, name: str, *, clock: Clock, at_once: bool = False) -> None:
        self.name = name
        self.occupies: str | None = None
        self._clock = clock
        self._at_once = at_once

    def check(self) -> Sequence[Fault]:
        return ()

    def sounds_as(self) -> str:
        return f"{self.name} (silent)"

    def open(self, *, label: str, sample_rate: int) -> SilentStream:
        return SilentStream(self.sounds_as(), clock=self._clock, sample_rate=sample_rate, at_once=self._at_once)


class SilentStream(PacedStream):
    """One programme that is not heard."""

    def __init__(self, sounding_as: str, *, clock: Clock, sample_rate: int, at_once: bool) -> None:
        self.sounding_as = sounding_as
        self._sample_rate = sample_rate
        self._at_once = at_once
        self._pace = Pace(clock, sample_rate=sample_rate)

    def write(self, block: NDArray[np.int16]) -> None:
        if 0 < len(mono(block)) <= AT_ONCE_S * self._sample_rate or self._at_once:
            self._take(block)
            return
        for piece in pieces(block, sample_rate=self._sample_rate):
            self._take(piece)

    def _take(self, piece: NDArray[np.int16]) -> None:
        if len(piece) and (self._at_once or self._pace.wait_for_room(len(piece))):
            self._pace.take(len(piece))
