"""What goes on the air: parts with exact offsets, and the file made from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PartKind(StrEnum):
    """A part of a programme, by what it does there."""

    IDENT = "nhac-hieu"
    CHIME = "chuong"
    STATION_CALL = "loi-xuong"
    CONTENTS = "muc-luc"
    ITEM = "noi-dung"
    STINGER = "nhac-cat"
    BED = "nhac-nen"
    SIGN_OFF = "loi-chao"
    END_MUSIC = "nhac-ket"
    MUSIC = "nhac"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One sound in a programme: which, from where to where (frames at the programme's sample rate), how loud."""

    kind: PartKind
    title: str
    source: str
    """The key of the sound that the mixer is given: a jingle's or a speech clip's."""
    offset_frames: int
    length_frames: int
    gain_db: float = 0.0
    script: str | None = None
    fade_in_frames: int = 0
    fade_out_frames: int = 0
    ducked_db: float = 0.0
    """How much lower a bed goes while somebody speaks over it (dB, negative)."""

    @property
    def end_frames(self) -> int:
        return self.offset_frames + self.length_frames


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence as it is said, and where (frames of the programme; to some milliseconds)."""

    text: str
    offset_frames: int
    length_frames: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CueSheet:
    """A programme before it is mixed: its parts with exact offsets."""

    sample_rate: int
    parts: tuple[Part, ...]
    lines: tuple[Line, ...] = ()
    """What is said in them; nothing of recordings."""

    @property
    def length_frames(self) -> int:
        return max((part.end_frames for part in self.parts), default=0)

    @property
    def length_s(self) -> float:
        return self.length_frames / self.sample_rate


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceFallback:
    """A voice that was wanted could not be had: the whole programme is in another one."""

    wanted: str
    """As operators know it."""
    used: str
    why: str
    """In Vietnamese, from the engine that failed."""
    at: datetime

    @property
    def in_words(self) -> str:
        """For the operator, in Vietnamese."""
        return f"Đọc bằng giọng {self.used} thay cho {self.wanted}: {self.why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """What ffmpeg's ebur128 finds in a finished file, decoded as a listener decodes it; both figures to 0.1."""

    audio_sha256: str
    """Of the file that was measured: every programme with the same body carries its figures."""
    loudness_lufs: float
    true_peak_dbtp: float
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A programme on the disk, ready to air."""

    key: str
    """Of everything it was made from: the same key needs no second rendering."""
    path: str
    """Relative to the workspace, with forward slashes."""
    audio_sha256: str
    """Of the file's bytes."""
    sample_rate: int
    length_frames: int
    loudness_lufs: float
    """By our own meter on its way into the encoder, as is the peak."""
    true_peak_dbtp: float
    cues: CueSheet
    script: str
    text_sha256: str
    script_audio_sha256: str
    """Of the script's own speech or recording in it: what the approval binds."""
    voice: str
    """`Voice.key`, or `recording`."""
    fallback: VoiceFallback | None = None
    """Set where a better voice of the ladder failed."""
    body: str = ""
    """The key of what it has in common with programmes that differ in what a commune says in its own name.

    Empty of those that were made before it was noted.
    """
    measured: Measurement | None = None
    """Of its body; None while nobody has measured that."""

    @property
    def length_s(self) -> float:
        return self.length_frames / self.sample_rate
