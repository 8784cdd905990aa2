"""One airing on one cluster, from its instant to its outcome in the log."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.clip import PROGRAMME_SAMPLE_RATE
from broadcaster.audio.stream import stream
from broadcaster.content.approval import approved_step, audio_matches
from broadcaster.errors import BroadcasterError, DiskFull, WorkspaceFault
from broadcaster.model.as_run import Intent, LogRow, Outcome, OutcomeReason, Playback
from broadcaster.model.plan import Airing, AiringKind
from broadcaster.model.programme import Programme
from broadcaster.model.script import ApprovalStep, Script
from broadcaster.playout.player import Player
from broadcaster.playout.relay import play_relay, sources_for
from broadcaster.schedule.lateness import Missed, when_late
from broadcaster.station.outcomes import Behind, Outcomes
from broadcaster.station.prove import audio_digest
from broadcaster.station.render import Renderer
from broadcaster.station.station import Station

Block = NDArray[np.int16]
BLOCK_FRAMES = 4_410
"""A tenth of a second at 44.1 kHz: how finely playing can be stopped."""


NOTICEABLY_LATE = timedelta(seconds=1)
"""Less is the device's own doing; `late_ms` tells it anyway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """A programme that may go on the air, and what stands behind it."""

    programme: Programme
    behind: Behind


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why an airing may not sound now."""

    reason: OutcomeReason
    detail: str
    outcome: Outcome = Outcome.MISSED


class Booth:
    """Plays intents and has their outcomes logged; several threads may play at once."""

    def __init__(self, station: Station, renderer: Renderer, outcomes: Outcomes, *, stop: threading.Event) -> None:
        self.station = station
        self.renderer = renderer
        self.outcomes = outcomes
        self.stop = stop
        self._player = Player(station.clock)

    def air(self, intent: Intent, *, at: datetime) -> LogRow | None:
        """Play it from `at` on, and log what came of it. None: stopped before `at`; it has no outcome yet."""
        if intent.airing.kind is AiringKind.RELAY:
            return self._conclude(intent, self._relay(intent, at=at), Behind())
        cleared = self.clear(intent)
        if isinstance(cleared, Refused):
            if self.wait_until(at):
                return None
            cleared = self.clear(intent)
        if isinstance(cleared, Refused):
            return self.refuse(intent, cleared)
        entry = _Entry(self, intent, cleared.programme, at=at)
        playback = self._play(intent, cleared.programme, entry)
        if entry.refused is not None:
            return self.refuse(intent, entry.refused)
        return self._conclude(intent, playback, cleared.behind)

    def wait_until(self, at: datetime) -> bool:
        """Whether it was told to stop before."""
        return self.station.clock.wait((at - self.station.clock.now()).total_seconds(), until=self.stop)

    def refuse(self, intent: Intent, refused: Refused) -> LogRow:
        """Log an airing that never sounded."""
        nothing = Playback(
            output=intent.output,
            started_at=None,
            ended_at=None,
            frames=0,
            sample_rate=PROGRAMME_SAMPLE_RATE,
            outcome=refused.outcome,
            reason=refused.reason,
            detail=refused.detail,
        )
        return self.outcomes.record(intent, nothing, self.outcomes.behind(intent))

    def clear(self, intent: Intent) -> Cleared | Refused:
        """May it air? Asked shortly before, and again at its instant: texts, approvals and files change until then."""
        try:
            approved = self._approved(intent.airing)
            if isinstance(approved, Refused):
                return approved
            programme = self.renderer.programme(intent.airing, urgent=True).programme
        except WorkspaceFault as error:
            return _failed(OutcomeReason.SCRIPT_MISSING, error)
        except DiskFull as error:
            return _failed(OutcomeReason.DISK_FULL, error)
        except BroadcasterError as error:
            return _failed(OutcomeReason.NOT_RENDERED, error)
        script, approval = approved
        if not audio_matches(approval, programme.script_audio_sha256):
            detail = f"Âm thanh của bài {script.path} khác bản đã duyệt; hãy trình và duyệt lại."
            return Refused(reason=OutcomeReason.NOT_APPROVED, detail=detail)
        cleared = Cleared(programme=programme, behind=Behind(programme=programme, script=script, approval=approval))
        return self._unfit(intent, programme) or self.too_late(intent, programme) or cleared

    def _approved(self, airing: Airing) -> tuple[Script, ApprovalStep] | Refused:
        said = self.renderer.said(airing.item)
        script = said.script
        steps = self.station.approvals.steps(script.path)
        approval = approved_step(steps, text_sha256=script.text_sha256, spoken_sha256=said.sha256)
        if approval is None:
            return Refused(reason=OutcomeReason.NOT_APPROVED, detail=f"Bài {script.path} chưa được duyệt.")
        if not (script.valid_from or airing.date) <= airing.date <= (script.valid_to or airing.date):
            return Refused(reason=OutcomeReason.SCRIPT_EXPIRED, detail=f"Bài {script.path} không còn hiệu lực.")
        return script, approval

    def _unfit(self, intent: Intent, programme: Programme) -> Refused | None:
        """The file must be the one that was made, and no longer than its entry allows: nothing is cut in the air."""
        limit_s = intent.airing.limit_s
        if audio_digest(self.station, programme.path) != programme.audio_sha256:
            detail = f"Tệp {programme.path} không còn như khi được làm ra."
            return Refused(reason=OutcomeReason.AUDIO_CHANGED, detail=detail, outcome=Outcome.FAILED)
        if limit_s is not None and math.ceil(programme.length_s) > limit_s:
            detail = (
                f"Chương trình dài {programme.length_s:.0f} giây, mục '{intent.airing.title}' chỉ cho {limit_s} giây."
            )
            return Refused(reason=OutcomeReason.TOO_LONG, detail=detail)
        return None

    def too_late(self, intent: Intent, programme: Programme) -> Refused | None:
        """Whether it would start too late, or still sound when its window is over, if it started now (or in time)."""
        airing, now = intent.airing, self.station.clock.now()
        start = airing.start or now
        punctual = now - start <= NOTICEABLY_LATE
        decision = when_late(airing, now=start if punctual else now, length_s=programme.length_s)
        if not isinstance(decision, Missed):
            return None
        if punctual:
            detail = f"Chương trình dài {programme.length_s:.0f} giây, không kịp xong trước khi hết khung giờ."
            return Refused(reason=OutcomeReason.TOO_LONG, detail=detail)
        detail = f"Muộn {(now - start).total_seconds():.0f} giây, không kịp phát trong thời gian cho phép."
        return Refused(reason=decision.reason, detail=detail)

    def _play(self, intent: Intent, programme: Programme, entry: _Entry) -> Playback:
        file = self.station.workspace.folder / programme.path
        with stream(file, sample_rate=programme.sample_rate, block_frames=BLOCK_FRAMES) as sound:
            return self._player.play(
                entry.blocks(sound),
                self.station.outputs[intent.output],
                label=f"{intent.airing.id}/{intent.cluster}",
                sample_rate=programme.sample_rate,
                length_frames=programme.length_frames,
                stop=self.stop,
                on_progress=lambda frames: self.outcomes.progress(intent, frames, programme.sample_rate),
                broken_source=OutcomeReason.AUDIO_CHANGED,
            )

    def _relay(self, intent: Intent, *, at: datetime) -> Playback:
        """What is left of it from `at` on: a relay joins in progress and ends when it was to end."""
        airing = intent.airing
        starts_at = airing.start or at
        ends_at = starts_at + timedelta(seconds=airing.length_s)
        return play_relay(
            sources_for(airing.item, self.station.schedule.sources),
            seconds=(ends_at - max(at, starts_at)).total_seconds(),
            on=airing.date,
            output=self.station.outputs[intent.output],
            player=self._player,
            label=f"{airing.id}/{intent.cluster}",
            stop=self.stop,
            on_progress=lambda frames: self.outcomes.progress(intent, frames, PROGRAMME_SAMPLE_RATE),
            start_at=at,
            until=ends_at,
        )

    def _conclude(self, intent: Intent, playback: Playback, behind: Behind) -> LogRow | None:
        if playback.reason is OutcomeReason.STOPPED and playback.frames == 0:
            return None
        start = intent.airing.start
        late = start is not None and playback.started_at is not None and playback.started_at - start > NOTICEABLY_LATE
        if late and playback.outcome is Outcome.PLAYED and playback.reason is None:
            playback = replace(playback, reason=OutcomeReason.LATE)
        return self.outcomes.record(intent, _with_voice(playback, behind.programme), behind)


class _Entry:
    """A programme's way onto the air: the last look at the clock, just before its first block sounds."""

    def __init__(self, booth: Booth, intent: Intent, programme: Programme, *, at: datetime) -> None:
        self.refused: Refused | None = None
        self._booth = booth
        self._intent = intent
        self._programme = programme
        self._at = at

    def blocks(self, sound: Iterator[Block]) -> Iterator[Block]:
        """The sound from its instant on; the first block is decoded and waits with the output open.

        None where it has become too late meanwhile, and none after the window's end, should the output stutter.
        """
        first = next(sound)
        if self._booth.wait_until(self._at):
            return
        self.refused = self._booth.too_late(self._intent, self._programme)
        if self.refused is not None:
            return
        self._booth.outcomes.begin(self._intent, self._programme, at=self._booth.station.clock.now())
        yield first
        silent_by = self._intent.airing.window_end
        for block in sound:
            if silent_by is not None and self._booth.station.clock.now() > silent_by + NOTICEABLY_LATE:
                return
            yield block


def _with_voice(playback: Playback, programme: Programme | None) -> Playback:
    """Says so where it sounded in another voice than it should have."""
    lost = programme.fallback if programme else None
    if lost is None or not playback.frames:
        return playback
    reason = playback.reason or OutcomeReason.SUBSTITUTE_VOICE
    return replace(playback, reason=reason, detail=f"{playback.detail} {lost.in_words}".strip())


def _failed(reason: OutcomeReason, error: BroadcasterError) -> Refused:
    parts = (error.message, *(str(fault) for fault in error.faults))
    return Refused(reason=reason, detail=" ".join(parts), outcome=Outcome.FAILED)
