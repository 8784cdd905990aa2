"""Which sentence is said where in a programme, so that "what was said at 17:41:20" has an answer. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from broadcaster.model.programme import CueSheet, Line, Part, PartKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """Words and where they lie in a part's sound (s)."""

    text: str
    start_s: float
    length_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What sounds at one moment: the part, and the sentence in it if somebody is speaking."""

    part: Part | None
    line: Line | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A part of a running order, with what is said in it, in seconds from the programme's start."""

    part: Part
    start_s: float
    end_s: float
    said: tuple[tuple[float, str], ...]
    """(second, sentence); nothing of music and of recordings."""


def running(cues: CueSheet) -> tuple[Cue, ...]:
    """The cue sheet as people read it: part after part, each with its sentences; beds, which lie under others, too."""
    rate = cues.sample_rate
    return tuple(
        Cue(
            part=part,
            start_s=part.offset_frames / rate,
            end_s=part.end_frames / rate,
            said=tuple(
                (line.offset_frames / rate, line.text)
                for line in cues.lines
                if part.kind is not PartKind.BED and part.offset_frames <= line.offset_frames < part.end_frames
            ),
        )
        for part in sorted(cues.parts, key=lambda part: (part.offset_frames, part.kind is not PartKind.BED))
    )


def lines_of(cues: CueSheet, sentences: Mapping[str, Sequence[Sentence]]) -> tuple[Line, ...]:
    """Every sentence of every part, by `Part.source`, as often as the part comes; in order."""
    lines = [
        Line(
            text=one.text,
            offset_frames=part.offset_frames + round(one.start_s * cues.sample_rate),
            length_frames=min(round(one.length_s * cues.sample_rate), part.length_frames),
        )
        for part in cues.parts
        for one in sentences.get(part.source, ())
    ]
    return tuple(sorted(lines, key=lambda line: line.offset_frames))


def heard_at(cues: CueSheet, second: float) -> Heard:
    """At so many seconds into the programme; in a pause, the sentence before it within the same part."""
    frame = round(second * cues.sample_rate)
    over = [part for part in cues.parts if part.offset_frames <= frame < part.end_frames]
    part = next((part for part in over if part.kind is not PartKind.BED), over[0] if over else None)
    if part is None:
        return Heard(part=None, line=None)
    said = [line for line in cues.lines if part.offset_frames <= line.offset_frames <= frame]
    return Heard(part=part, line=said[-1] if said and part.kind is not PartKind.BED else None)
