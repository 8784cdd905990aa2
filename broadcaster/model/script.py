"""What is to be aired as a text, and the steps of its approval."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class ScriptKind(StrEnum):
    """What a text is; reports count each kind on its own."""

    NEWS = "tin"
    ARTICLE = "bài"
    REPORTAGE = "phóng sự"
    ANNOUNCEMENT = "thông báo"
    QUESTION_AND_ANSWER = "hỏi đáp"


class RecordingUse(StrEnum):
    """What a script's recording does: it is said in place of the text, or goes with its speech."""

    REPLACES = "thay"
    BEFORE = "trước"
    AFTER = "sau"


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
    """Its own ladder of voices, commas between; None: the commune's or the station's."""
    recording: str | None = None
    """A recorded file under scripts_content/ that replaces or accompanies speech."""
    recording_use: RecordingUse = RecordingUse.REPLACES
    opening: str | None = None
    """The jingle that a programme with it opens with, whatever the template: `chuong`."""
    repeat: int = 1
    """How often all of it is said at least, with a pause between."""
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def is_spoken(self) -> bool:
        """Whether an engine says its words; else its recording stands in for all of them."""
        return self.recording is None or self.recording_use is not RecordingUse.REPLACES


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
    fallback_audio_sha256: tuple[str, ...] = ()
    """Of the same words in the other voices that may say them: a fallback is approved with the voice it replaces."""
    self_approval_reason: str | None = None
    """Set when author and approver are one person: the explicit override of a one-person station."""
    note: str | None = None
