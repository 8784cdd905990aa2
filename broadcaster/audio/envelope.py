"""How loud a part is at each of its frames: fades, and beds that give way to speech. From the cue sheet alone."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from broadcaster.model.programme import CueSheet, Part, PartKind

ATTACK_S = 0.6
"""A bed goes down so long before somebody speaks, and is down at the first word."""
RELEASE_S = 1.2
"""And comes up again so slowly afterwards."""
HOLD_S = 3.0
"""A pause shorter than this between two that speak leaves it down: a bed that breathes in every pause pumps."""

_SPEECH = {PartKind.STATION_CALL, PartKind.CONTENTS, PartKind.ITEM, PartKind.SIGN_OFF}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Envelope:
    """A part's gain: decibels between corner points, and straight fades at both ends."""

    part: Part
    corners: list[float]
    """Frames of the programme where the decibels turn; before the first and after the last they stay."""
    decibels: list[float]

    def gain(self, first: int, last: int) -> NDArray[np.float32] | np.float32:
        """Amplitude from frame `first` to `last` of the programme; a single value where it does not move."""
        return self._level(first, last) * self._fade(first, last)

    def _level(self, first: int, last: int) -> NDArray[np.float32] | np.float32:
        before, after = bisect(self.corners, first) - 1, bisect(self.corners, last - 1)
        around = self.decibels[max(before, 0) : after + 1]
        if min(around) == max(around):
            return np.float32(10 ** (around[0] / 20))
        decibels = np.interp(np.arange(first, last), self.corners, self.decibels).astype(np.float32)
        return np.asarray(np.power(np.float32(10), decibels / np.float32(20)), dtype=np.float32)

    def _fade(self, first: int, last: int) -> NDArray[np.float32] | np.float32:
        part = self.part
        rising = first < part.offset_frames + part.fade_in_frames
        falling = last > part.end_frames - part.fade_out_frames
        if not rising and not falling:
            return np.float32(1)
        at = np.arange(first, last)
        rise = (at - part.offset_frames + 1) / max(part.fade_in_frames, 1)
        fall = (part.end_frames - at) / max(part.fade_out_frames, 1)
        return np.clip(np.minimum(rise, fall), 0.0, 1.0).astype(np.float32)


def envelope(part: Part, cues: CueSheet) -> Envelope:
    """The part's own gain, and for a bed how it goes down under whoever speaks in the same cue sheet."""
    corners, decibels = [float(part.offset_frames)], [part.gain_db]
    if part.ducked_db:
        attack, release = (seconds * cues.sample_rate for seconds in (ATTACK_S, RELEASE_S))
        corners, decibels = [], []
        for first, last in _spoken(part, cues):
            corners += [first - attack, first, last, last + release]
            decibels += [part.gain_db, part.gain_db + part.ducked_db, part.gain_db + part.ducked_db, part.gain_db]
    if not corners:
        corners, decibels = [float(part.offset_frames)], [part.gain_db]
    return Envelope(part=part, corners=corners, decibels=decibels)


def _spoken(bed: Part, cues: CueSheet) -> list[tuple[int, int]]:
    """Where somebody speaks over the bed (frames); pauses shorter than `HOLD_S` are spoken through."""
    over = sorted(
        (part.offset_frames, part.end_frames)
        for part in cues.parts
        if part.kind in _SPEECH and part.offset_frames < bed.end_frames and part.end_frames > bed.offset_frames
    )
    runs: list[tuple[int, int]] = []
    for first, last in over:
        if runs and first - runs[-1][1] < HOLD_S * cues.sample_rate:
            runs[-1] = (runs[-1][0], max(runs[-1][1], last))
        else:
            runs.append((first, last))
    return runs
