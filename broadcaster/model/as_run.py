"""What went on the air, by the output's own account, and its row in the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from broadcaster.model.plan import Airing, AiringKind
from broadcaster.model.script import ScriptKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """An airing on one cluster that has no outcome yet."""

    airing: Airing
    cluster: str
    output: str
    began_at: datetime | None = None
    """When it went on the air; None while it waits."""
    programme: str | None = None
    """`Programme.key` of what went on the air; None for a relay and while it waits."""
    played_frames: int = 0
    """By the output's last word: at most about a second behind."""
    sample_rate: int = 44_100


class Outcome(StrEnum):
    """How a planned airing ended; exactly one each."""

    PLAYED = "played"
    PARTIAL = "partial"
    MISSED = "missed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class OutcomeReason(StrEnum):
    """Why it did not end as `played`, or what was odd though it did."""

    NOT_APPROVED = "chua-duyet"
    NOT_RENDERED = "chua-co-chuong-trinh"
    SCRIPT_MISSING = "thieu-bai"
    SCRIPT_EXPIRED = "bai-het-han"
    TOO_LONG = "dai-hon-gioi-han"
    TOO_LATE = "qua-gio"
    STATION_OFF = "tram-khong-chay"
    STATION_DIED = "tram-dung-dot-ngot"
    STOPPED = "dung-theo-lenh"
    OUTPUT_FAILED = "loi-dau-ra"
    NO_DEVICE = "khong-co-thiet-bi-am-thanh"
    OUTPUT_BUSY = "dau-ra-dang-ban"
    SOURCE_FAILED = "nguon-tiep-song-hong"
    SOURCE_EXPIRED = "nguon-tiep-song-het-han"
    SUBSTITUTE_SOURCE = "dung-nguon-du-phong"
    SUBSTITUTE_VOICE = "dung-giong-du-phong"
    DISK_FULL = "het-cho-dia"
    AUDIO_CHANGED = "am-thanh-khong-khop"
    WITHDRAWN = "rut-khoi-lich"
    LATE = "phat-tre"
    CLOCK_DOUBTED = "dong-ho-khong-dang-tin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Playback:
    """What an output really did, by its own account; nothing here comes from the plan."""

    output: str
    started_at: datetime | None
    """When the first frame left; None where none did."""
    ended_at: datetime | None
    frames: int
    """Frames that left the output."""
    sample_rate: int
    outcome: Outcome
    reason: OutcomeReason | None = None
    detail: str = ""
    """For the operator, in Vietnamese."""
    recording: str | None = None
    """Where a file output kept what it played; relative to the workspace."""

    @property
    def played_s(self) -> float:
        return self.frames / self.sample_rate


@dataclass(frozen=True, slots=True, kw_only=True)
class AsRunRow:
    """One row of the log, as evidence: what one cluster of loudspeakers really aired."""

    airing: str
    commune: str
    cluster: str
    output: str
    """What sounded: the output's name, and its kind where that was chosen at run time."""
    entry: str
    title: str
    item: str
    kind: AiringKind
    directive: str | None
    campaign: str | None
    script: str | None
    script_kind: ScriptKind | None
    script_title: str | None
    language: str | None
    planned_start: datetime
    started_at: datetime | None
    ended_at: datetime | None
    played_s: float
    """Seconds of sound that left the output, rounded to milliseconds."""
    late_ms: int | None
    outcome: Outcome
    heard: bool | None
    """What a monitor heard; None where none listens."""
    reason: OutcomeReason | None
    detail: str
    audio_sha256: str | None
    audio: str | None
    """The programme's file, relative to the workspace."""
    text_sha256: str | None
    author: str | None
    approved_by: str | None
    clock: str
    recorded_at: datetime
    simulated: bool = False


GENESIS = "0" * 64
"""Stands for the hash of the row before the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRow:
    """An as-run row in its place in the chain."""

    seq: int
    row: AsRunRow
    previous: str
    """Hash of the row before, hexadecimal; `GENESIS` before the first."""
    hash: str
