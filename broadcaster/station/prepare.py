"""Draft → approved script: submit, approve, return. Drafts come from `importing.py` or from people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from broadcaster.audio.recording_faults import Verdict
from broadcaster.content.approval import Consent, decide_approve, decide_return, decide_submit, state_of
from broadcaster.errors import Fault, NotApproved, SpeechFault
from broadcaster.model.script import ApprovalState, ApprovalStep
from broadcaster.speech.wording import phrases_to_say
from broadcaster.station.jingles import Jingles
from broadcaster.station.recordings import recording_verdict
from broadcaster.station.sound_faults import opening_faults
from broadcaster.station.station import Station
from broadcaster.station.voicing import SpokenScript, all_rungs, spoken, too_long, voicings


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptStatus:
    """A script, how it reads, and where it stands on its way to the air."""

    said: SpokenScript
    state: ApprovalState
    steps: tuple[ApprovalStep, ...]
    recording: Verdict
    """What is wrong with its recording; nothing, without one."""
    obstacles: tuple[Fault, ...]
    """Why nobody can hear it as it is: its recording's faults, too many words, none, or some that no voice speaks."""

    @property
    def estimated_s(self) -> float:
        return self.said.estimated_s


def status(station: Station, path: str) -> ScriptStatus:
    """Where the script stands. Raises `WorkspaceFault` where it cannot be read."""
    said = spoken(station, station.library.load(path))
    steps = tuple(station.approvals.steps(path))
    state = state_of(steps, text_sha256=said.script.text_sha256, spoken_sha256=said.sha256)
    recording = recording_verdict(station, said.script, words_s=said.words_s)
    endless = too_long(said)
    obstacles = (*recording.faults, *((endless,) if endless else _unvoiced(station, said)))
    return ScriptStatus(said=said, state=state, steps=steps, recording=recording, obstacles=obstacles)


def _unvoiced(station: Station, said: SpokenScript) -> Iterator[Fault]:
    if said.script.is_spoken:
        try:
            all_rungs(station, said)
            for item in said.items:
                phrases_to_say(item.phrases)
        except SpeechFault as error:
            yield Fault(message=error.message, remedy=error.remedy)


def submit(station: Station, path: str, *, by: str, tell: Callable[[str], None] = lambda _: None) -> ApprovalStep:
    """Hand a script in for approval; `tell` hears what its recording could have better, and of a chime that lacks.

    Raises `NotApproved` where it could not be heard as it is.
    """
    found = status(station, path)
    _refuse_unheard(found, "trình duyệt")
    step = decide_submit(
        found.steps, script=found.said.script, spoken_sha256=found.said.sha256, by=by, at=station.clock.now()
    )
    station.approvals.record(step)
    _tell_of_sounds(station, found, tell)
    return step


def approve(
    station: Station,
    path: str,
    *,
    by: str,
    heard: bool = False,
    accepted: Sequence[str] = (),
    self_approval_reason: str | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> ApprovalStep:
    """Approve exactly this text, these words and this sound, and the sounds of the voices that it may fall back to.

    `tell` hears of voices that could not say it now, and so are not approved, and of the recording. Raises
    `NotApproved` with what stands in the way.
    """
    found = status(station, path)
    _refuse_unheard(found, "duyệt")
    sounds = voicings(station, found.said)
    step = decide_approve(
        found.steps,
        script=found.said.script,
        spoken_sha256=found.said.sha256,
        audio_sha256=sounds.best.audio_sha256,
        fallback_audio_sha256=[other.audio_sha256 for other in sounds.others],
        flags=found.said.flags,
        consent=Consent(
            by=by,
            at=station.clock.now(),
            heard=heard,
            accepted=accepted,
            self_approval_reason=self_approval_reason,
        ),
    )
    station.approvals.record(step)
    _tell_of_sounds(station, found, tell)
    for rung, fault in sounds.lost:
        tell(f"Giọng {rung.title} chưa đọc được: {fault.message} Khi giọng ấy đọc lại được, duyệt lại bài để phát nó.")
    return step


def _tell_of_sounds(station: Station, found: ScriptStatus, tell: Callable[[str], None]) -> None:
    """Of its recording, and of the chime that it opens with: a file of that name may still come."""
    for fault in opening_faults(found.said.script, Jingles(station).names()):
        tell(f"Chưa phát được: {fault.message} {fault.remedy}")
    for warning in found.recording.warnings:
        tell(f"Nghe lại: {warning.message} {warning.remedy}")


def _refuse_unheard(found: ScriptStatus, act: str) -> None:
    """Before anybody is asked to listen."""
    path, faults = found.said.script.path, found.obstacles
    if len(faults) == 1:
        raise NotApproved(f"Chưa thể {act} {path}: {faults[0].message}", remedy=faults[0].remedy)
    if faults:
        raise NotApproved(f"Chưa thể {act} {path}, vì {len(faults)} điều sau.", faults=faults)


def send_back(station: Station, path: str, *, by: str, note: str) -> ApprovalStep:
    """Return a submitted or approved script to its author, with what is to be changed."""
    found = status(station, path)
    step = decide_return(
        found.steps, script=found.said.script, spoken_sha256=found.said.sha256, by=by, at=station.clock.now(), note=note
    )
    station.approvals.record(step)
    return step
