"""The field's nouns as frozen types: what one stage hands to the next. No I/O.

Texts come in, `SpokenText` is what a voice says, a `Programme` is what goes on the air, an `Airing` says when and
where, a `Playback` is what the output really did, and an `AsRunRow` is the evidence of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

# --- scripts and their approval ---------------------------------------------------------------------------------------


class ScriptKind(StrEnum):
    """What a text is; reports count each kind on its own."""

    NEWS = "tin"
    ARTICLE = "bài"
    REPORTAGE = "phóng sự"
    ANNOUNCEMENT = "thông báo"
    QUESTION_AND_ANSWER = "hỏi đáp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A text under scripts_content/ with its front matter."""

    path: str
    """Relative to scripts_content/, with forward slashes: the script's name everywhere."""
    title: str
    kind: ScriptKind
    body: str
    """The words to be aired, without front matter; NFC, LF line ends."""
    text_sha256: str
    """Of the whole file's content as UTF-8 NFC with LF, front matter included: what an approval binds."""
    author: str | None = None
    directive: str | None = None
    campaign: str | None = None
    language: str = "vi"
    voice: str | None = None
    recording: str | None = None
    """A recorded file under scripts_content/ that replaces speech."""
    valid_from: date | None = None
    valid_to: date | None = None


class ApprovalState(StrEnum):
    """Where a script stands on its way to the air; derived from its recorded steps, never stored."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"


class ApprovalAction(StrEnum):
    """A step that somebody took with a script."""

    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalStep:
    """One recorded step: who did what to exactly which text, words and sound."""

    script: str
    action: ApprovalAction
    by: str
    at: datetime
    author: str
    text_sha256: str
    spoken_sha256: str
    audio_sha256: str | None = None
    """Of the script's speech or recording as it was when approved."""
    self_approval_reason: str | None = None
    """Set when author and approver are one person: the explicit override of a one-person station."""
    note: str | None = None


# --- directives -------------------------------------------------------------------------------------------------------


class DirectiveKind(StrEnum):
    """What sort of document asks for something to be aired."""

    LETTER = "công văn"
    PLAN = "kế hoạch"
    DECISION = "quyết định"
    NOTICE = "thông báo"
    INSTRUCTION = "chỉ thị"
    TELEGRAM = "công điện"
    GUIDANCE = "hướng dẫn"
    PROGRAMME = "chương trình"
    OTHER = "văn bản"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialDate:
    """A date as a draft has it: “ngày    tháng 10 năm 2022” lacks its day."""

    day: int | None = None
    month: int | None = None
    year: int | None = None

    @property
    def date(self) -> date | None:
        """The day, where it is whole and real."""
        if self.day is None or self.month is None or self.year is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


class DeadlineRepeat(StrEnum):
    """How often a deadline comes back."""

    YEARLY = "hằng năm"
    MONTHLY = "hằng tháng"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """By when something is to be done. *Trước ngày 25/3* makes 24/3 the last day."""

    words: str
    """The sentence that sets it."""
    last_day: date | None
    """The last day on which it is still in time, the first one where it repeats; None where the year is not known."""
    at: time | None = None
    """The hour on the last day, where one is named."""
    repeat: DeadlineRepeat | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectiveReference:
    """Another document that a directive rests on or mentions."""

    number: str
    words: str
    issued: PartialDate
    issuer: str | None = None
    is_parent: bool = False
    """Whether the directive is issued because of it (*căn cứ*, *thực hiện*), not merely mentions it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive:
    """A letter, plan or decision that asks for some subject to be made known."""

    kind: DirectiveKind
    number: str | None
    """`1400/UBND-TH`; None while the letter has no number yet."""
    symbol: str | None
    """`STTTT-BCVTCNTT`: what stands behind the number, known before the number is."""
    issued: PartialDate
    issuer: str | None
    abstract: str | None
    """What it is about: *V/v …* without these words."""
    superior: str | None = None
    """The authority above the issuer, as the letterhead names it."""
    place: str | None = None
    recipients: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    references: tuple[DirectiveReference, ...] = ()
    attachments: tuple[str, ...] = ()
    """The sentences that say that something is sent along (*gửi kèm theo*): that is mostly what is to be aired."""
    signer: str | None = None
    signer_post: str | None = None


# --- spoken text ------------------------------------------------------------------------------------------------------


class Boundary(StrEnum):
    """What follows a phrase; the voice pauses by it."""

    CLAUSE = "clause"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    HEADING = "heading"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words said in one breath, and the boundary after them."""

    text: str
    boundary: Boundary


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Where spoken words come from: `written[start:end]`, code points of the input as given."""

    start: int
    end: int
    written: str
    spoken: str
    rule: str
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A token that nobody knows how to read; `why` is a Vietnamese sentence."""

    start: int
    end: int
    written: str
    why: str
    suggestions: tuple[str, ...] = ()
    """What was probably meant, best first."""
    spelling: bool = False
    """Whether it is a word that seems misspelled; hearing it is not enough to let it on the air."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenText:
    """A text as a voice says it, with where every word comes from and what nobody could read."""

    phrases: tuple[Phrase, ...]
    spans: tuple[Span, ...] = ()
    flags: tuple[Flag, ...] = ()

    @property
    def text(self) -> str:
        """All words on one line."""
        return " ".join(phrase.text for phrase in self.phrases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """How an engine is to speak: its own voice name, pace and pitch range."""

    engine: str
    name: str
    title: str = ""
    """As operators know it, in Vietnamese."""
    language: str = "vi"
    rate: int = 140
    """The engine's own unit (espeak-ng: words a minute; 140 gives about 3.1 Vietnamese syllables a second)."""
    pitch_range: int = 80
    """0–99; wide ranges keep the six tones apart."""

    @property
    def key(self) -> str:
        """What schedule.yaml, front matter and `--voice` call it."""
        return f"{self.engine}:{self.name}"


# --- programmes -------------------------------------------------------------------------------------------------------


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

    @property
    def end_frames(self) -> int:
        return self.offset_frames + self.length_frames


@dataclass(frozen=True, slots=True, kw_only=True)
class CueSheet:
    """A programme before it is mixed: its parts with exact offsets."""

    sample_rate: int
    parts: tuple[Part, ...]

    @property
    def length_frames(self) -> int:
        return max((part.end_frames for part in self.parts), default=0)

    @property
    def length_s(self) -> float:
        return self.length_frames / self.sample_rate


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
    true_peak_dbtp: float
    cues: CueSheet
    script: str
    text_sha256: str
    script_audio_sha256: str
    """Of the script's own speech or recording in it: what the approval binds."""
    voice: str
    """`Voice.key`, or `recording`."""

    @property
    def length_s(self) -> float:
        return self.length_frames / self.sample_rate


# --- the plan ---------------------------------------------------------------------------------------------------------


class AiringKind(StrEnum):
    """What fills an airing."""

    SCRIPT = "script"
    RELAY = "relay"
    CAMPAIGN = "campaign"


class AiringStatus(StrEnum):
    """What the plan decided."""

    PLANNED = "planned"
    MOVED = "moved"
    DROPPED = "dropped"
    SHORT = "short"


class PlanReason(StrEnum):
    """Why the plan dropped an airing or left a campaign short; codes of SCHEDULE.md."""

    OUTSIDE_WINDOW = "ngoai-khung"
    YIELDED = "nhuong"
    OVER_LIMIT = "qua-gioi-han"
    NO_ROOM = "thieu-cho"


@dataclass(frozen=True, slots=True, kw_only=True)
class Airing:
    """One commune, one time, one item: a line of the plan."""

    id: str
    """Made of (commune, date, planned time, entry key), a campaign's of (commune, date, k, entry key), alone."""
    commune: str
    date: date
    planned_start: datetime | None
    """None for a `short` row."""
    start: datetime | None
    """None where dropped or short."""
    length_s: int
    limit_s: int | None = None
    """What the entry's `dai` allows, reserved or as a cap: longer content is not aired, never cut. None: no limit."""
    entry: str
    """The entry's key."""
    title: str
    """The entry's `ten`."""
    item: str
    """The script's path, or the relay's source."""
    kind: AiringKind
    priority: int
    status: AiringStatus
    reason: PlanReason | None = None
    yields_to: str | None = None
    template: str | None = None
    """The programme template's name; None airs the item bare between station call and sign-off."""
    directive: str | None = None
    music: bool = True
    """False on days that drop music parts (`tat_nhac`)."""
    window_end: datetime | None = None
    """The end of the window that it was placed in: a late start must still end by then. None: no windows at all."""
    late_limit_s: int = 120
    """The most that it may start late after an interruption."""


# --- on the air -------------------------------------------------------------------------------------------------------


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
    DISK_FULL = "het-cho-dia"
    AUDIO_CHANGED = "am-thanh-khong-khop"
    WITHDRAWN = "rut-khoi-lich"
    LATE = "phat-tre"


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


# --- periods ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Whole days from `start` to `end`, both included."""

    start: date
    end: date
    label: str = field(default="", compare=False)

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end
