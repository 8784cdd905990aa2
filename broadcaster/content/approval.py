"""The way of a script to the air: draft → submitted → approved or returned, derived from recorded steps alone.

A step binds the hash of the text, of the spoken words and of the sound; whatever changed since is a draft again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from broadcaster.clock import VIETNAM
from broadcaster.content.open_flags import note_of, open_flags
from broadcaster.content.people import is_name, people_in, same_person
from broadcaster.errors import Fault, NotApproved
from broadcaster.model.script import ApprovalAction, ApprovalState, ApprovalStep, Script
from broadcaster.model.speech import Flag

_STATES = {
    ApprovalAction.SUBMIT: ApprovalState.SUBMITTED,
    ApprovalAction.APPROVE: ApprovalState.APPROVED,
    ApprovalAction.RETURN: ApprovalState.RETURNED,
}


class ApprovalBook(Protocol):
    """Where steps are kept, append only."""

    def record(self, step: ApprovalStep) -> None: ...

    def steps(self, script: str) -> Sequence[ApprovalStep]:
        """Every step of the script, in the order in which they were recorded."""
        ...


def state_of(steps: Sequence[ApprovalStep], *, text_sha256: str, spoken_sha256: str) -> ApprovalState:
    """Where the script stands as it is now: only the latest step counts, and only if nothing changed since it."""
    if not steps or not _about(steps[-1], text_sha256, spoken_sha256):
        return ApprovalState.DRAFT
    return _STATES[steps[-1].action]


def approved_step(steps: Sequence[ApprovalStep], *, text_sha256: str, spoken_sha256: str) -> ApprovalStep | None:
    """The approval that lets the script on the air as it is now; None: it may not air."""
    state = state_of(steps, text_sha256=text_sha256, spoken_sha256=spoken_sha256)
    return steps[-1] if state is ApprovalState.APPROVED else None


def audio_matches(step: ApprovalStep, audio_sha256: str) -> bool:
    """Whether this is a sound that was approved: the one in the wanted voice, or a fallback's."""
    return audio_sha256 in (step.audio_sha256, *step.fallback_audio_sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """Who lets a script on the air, when, and what he takes upon himself."""

    by: str
    at: datetime
    heard: bool = False
    """He has listened to the words whose reading is in doubt."""
    accepted: Sequence[str] = ()
    """Doubted words that he accepts as they are written."""
    self_approval_reason: str | None = None
    note: str | None = None


def decide_submit(
    steps: Sequence[ApprovalStep], *, script: Script, spoken_sha256: str, by: str, at: datetime, note: str | None = None
) -> ApprovalStep:
    """The step that hands the script in. Its author is the one whom it names, else whoever submits it."""
    state = state_of(steps, text_sha256=script.text_sha256, spoken_sha256=spoken_sha256)
    faults = _unnamed(by, "người trình duyệt")
    if state is ApprovalState.SUBMITTED:
        faults.append(
            Fault(message="bài đã được trình, đang chờ duyệt.", remedy="Chờ người duyệt, không phải trình lại.")
        )
    if state is ApprovalState.APPROVED:
        faults.append(Fault(message="bài đã được duyệt, không có gì thay đổi.", remedy="Không phải trình lại."))
    _refuse(script, faults, "trình duyệt")
    return _step(ApprovalAction.SUBMIT, script, spoken_sha256, by=by, at=at, author=script.author or by, note=note)


def decide_approve(
    steps: Sequence[ApprovalStep],
    *,
    script: Script,
    spoken_sha256: str,
    audio_sha256: str,
    fallback_audio_sha256: Sequence[str] = (),
    flags: Sequence[Flag] = (),
    consent: Consent,
) -> ApprovalStep:
    """The step that lets exactly this text, these words and this sound on the air.

    `fallback_audio_sha256` are the same words in the other voices of the ladder, rendered at the same time: should the
    first voice be lost, one of them may sound, and no other.
    Raises `NotApproved` with everything that stands in the way: not submitted, approver and author one person without
    a reason given, words that nobody knows how to read and nobody heard, words that seem misspelled and nobody
    accepted by name, a text whose days are over. Hearing settles how a word is said, never how it is spelled.
    """
    by, own = consent.by, any(same_person(consent.by, maker) for maker in _makers(steps, script))
    reason = (consent.self_approval_reason or "").strip() or None
    faults = _unnamed(by, "người duyệt")
    sounds = (audio_sha256, *(sha for sha in dict.fromkeys(fallback_audio_sha256) if sha != audio_sha256))
    faults += _not_awaiting_approval(steps, script, spoken_sha256, sounds)
    if own and reason is None:
        faults.append(_self_approval(script))
    faults += open_flags(script, flags, heard=consent.heard, accepted=consent.accepted)
    faults += _expired(script, consent.at)
    _refuse(script, faults, "duyệt")
    return _step(
        ApprovalAction.APPROVE,
        script,
        spoken_sha256,
        by=by,
        at=consent.at,
        author=_author(script, _submission(steps, script, spoken_sha256), by),
        audio_sha256=audio_sha256,
        fallback_audio_sha256=sounds[1:],
        self_approval_reason=reason if own else None,
        note=note_of(flags, consent.note, accepted=consent.accepted),
    )


def decide_return(
    steps: Sequence[ApprovalStep], *, script: Script, spoken_sha256: str, by: str, at: datetime, note: str
) -> ApprovalStep:
    """The step that gives a submitted script back to its author, or takes an approval back; `note` says why."""
    state = state_of(steps, text_sha256=script.text_sha256, spoken_sha256=spoken_sha256)
    faults = _unnamed(by, "người trả bài")
    if state not in (ApprovalState.SUBMITTED, ApprovalState.APPROVED):
        faults.append(Fault(message="bài chưa được trình, không có gì để trả lại.", remedy="Tác giả cứ sửa rồi trình."))
    if not note.strip():
        faults.append(Fault(message="chưa ghi lý do trả lại.", remedy="Ghi rõ cần sửa gì để tác giả biết."))
    _refuse(script, faults, "trả lại")
    author = _author(script, _submission(steps, script, spoken_sha256), by)
    return _step(ApprovalAction.RETURN, script, spoken_sha256, by=by, at=at, author=author, note=note.strip())


def _author(script: Script, submitted: ApprovalStep | None, by: str) -> str:
    return submitted.author if submitted else script.author or by


def _makers(steps: Sequence[ApprovalStep], script: Script) -> list[str]:
    """Everybody who wrote or handed in the script since it was last approved: none of them approves it."""
    approvals = [number for number, step in enumerate(steps) if step.action is ApprovalAction.APPROVE]
    since = steps[approvals[-1] + 1 :] if approvals else steps
    submissions = [step for step in (since or steps) if step.action is ApprovalAction.SUBMIT]
    lines = [script.author or "", *(name for step in submissions for name in (step.author, step.by))]
    return [person for line in lines for person in people_in(line)]


def _expired(script: Script, at: datetime) -> list[Fault]:
    if script.valid_to is None or script.valid_to >= at.astimezone(VIETNAM).date():
        return []
    message = f"bài chỉ có hiệu lực đến {script.valid_to:%d/%m/%Y}, nay đã quá hạn."
    return [Fault(message=message, remedy="Sửa dòng “den” trong phần đầu bài rồi trình lại.")]


def _self_approval(script: Script) -> Fault:
    remedy = (
        "Nhờ người khác duyệt. Đài chỉ có một người thì ghi rõ lý do tự duyệt, lý do được lưu lại: "
        f'broadcaster scripts approve {script.path} --self-approval "LÝ DO" …'
    )
    return Fault(message="người duyệt cũng là người viết hoặc người trình bài.", remedy=remedy)


def _about(step: ApprovalStep, text_sha256: str, spoken_sha256: str) -> bool:
    return step.text_sha256 == text_sha256 and step.spoken_sha256 == spoken_sha256


def _submission(steps: Sequence[ApprovalStep], script: Script, spoken_sha256: str) -> ApprovalStep | None:
    """The latest submission of the script as it is now."""
    for step in reversed(steps):
        if step.action is ApprovalAction.SUBMIT and _about(step, script.text_sha256, spoken_sha256):
            return step
    return None


def _not_awaiting_approval(
    steps: Sequence[ApprovalStep], script: Script, spoken_sha256: str, sounds: Sequence[str]
) -> list[Fault]:
    """Why there is nothing to approve. A new sound of an approved text is: an approval binds its sounds."""
    match state_of(steps, text_sha256=script.text_sha256, spoken_sha256=spoken_sha256):
        case ApprovalState.SUBMITTED:
            return []
        case ApprovalState.APPROVED if not all(audio_matches(steps[-1], sound) for sound in sounds):
            return []
        case ApprovalState.APPROVED:
            return [Fault(message="bài đã được duyệt, không có gì thay đổi.", remedy="Không phải duyệt lại.")]
        case ApprovalState.RETURNED:
            return [Fault(message="bài đã bị trả lại.", remedy="Tác giả sửa bài theo góp ý rồi trình lại.")]
        case ApprovalState.DRAFT:
            changed = "bài đã bị sửa sau lần trình trước." if steps else "bài còn là bản nháp, chưa ai trình."
            remedy = f"Trình duyệt trước: broadcaster scripts submit {script.path} …"
            return [Fault(message=changed, remedy=remedy)]


def _unnamed(by: str, role: str) -> list[Fault]:
    return [] if is_name(by) else [Fault(message=f"chưa ghi tên {role}.", remedy="Ghi rõ họ và tên.")]


def _refuse(script: Script, faults: Sequence[Fault], act: str) -> None:
    """One fault speaks for itself; several are listed."""
    if len(faults) == 1:
        raise NotApproved(f"Chưa thể {act} {script.path}: {faults[0].message}", remedy=faults[0].remedy)
    if faults:
        raise NotApproved(f"Chưa thể {act} {script.path}, vì {len(faults)} điều sau.", faults=faults)


def _step(
    action: ApprovalAction,
    script: Script,
    spoken_sha256: str,
    *,
    by: str,
    at: datetime,
    author: str,
    note: str | None,
    audio_sha256: str | None = None,
    fallback_audio_sha256: tuple[str, ...] = (),
    self_approval_reason: str | None = None,
) -> ApprovalStep:
    return ApprovalStep(
        script=script.path,
        action=action,
        by=" ".join(by.split()),
        at=at,
        author=" ".join(author.split()),
        text_sha256=script.text_sha256,
        spoken_sha256=spoken_sha256,
        audio_sha256=audio_sha256,
        fallback_audio_sha256=fallback_audio_sha256,
        self_approval_reason=self_approval_reason,
        note=note,
    )
