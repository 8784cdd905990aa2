"""Where a programme may be taken apart: between silences, so that each stretch can be an MP3 stream of its own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import pairwise

from broadcaster.audio import mp3
from broadcaster.model.programme import CueSheet, PartKind

_QUIET_PACKETS = 3
"""Silence before a joint: one packet that LAME adds by itself, and room for the last sound to die away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A part of a cue sheet that can be a stream of its own; its parts' offsets count from its own start."""

    cues: CueSheet
    frames: int
    """That its stream has to fill up to the next one; of the last, those that are to be heard."""
    last: bool

    @property
    def fed_frames(self) -> int:
        """LAME adds a packet to whatever it is given; in the last one decoders are told what to leave out."""
        return self.frames if self.last else self.frames - mp3.PACKET


def divided(cues: CueSheet, *, own: Collection[PartKind]) -> tuple[Stretch, ...]:
    """Cut before and after each part of a kind in `own`, wherever there is silence enough on a whole packet."""
    bounds = [0, *_joints(cues, own), cues.length_frames]
    stretches = []
    for first, end in pairwise(bounds):
        parts = [part for part in cues.parts if first <= part.offset_frames < end]
        shifted = tuple(replace(part, offset_frames=part.offset_frames - first) for part in parts)
        sheet = CueSheet(sample_rate=cues.sample_rate, parts=shifted)
        stretches.append(Stretch(cues=sheet, frames=end - first, last=end == cues.length_frames))
    return tuple(stretches)


def _joints(cues: CueSheet, own: Collection[PartKind]) -> list[int]:
    """Frames at which a new stretch begins."""
    parts = sorted(cues.parts, key=lambda part: part.offset_frames)
    joints, sounding = [], 0
    for before, part in zip([None, *parts], parts, strict=False):
        wanted = before is not None and (part.kind in own or before.kind in own)
        quiet = part.offset_frames - sounding >= _QUIET_PACKETS * mp3.PACKET
        if wanted and quiet and part.offset_frames % mp3.PACKET == 0:
            joints.append(part.offset_frames)
        sounding = max(sounding, part.end_frames)
    return joints
