"""One airing on one cluster: made ready ahead, started at its instant, and its outcome in the log."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from broadcaster.audio.clip import PROGRAMME_SAMPLE_RATE
from broadcaster.clock import SteadyClock
from broadcaster.content.approval import approved_step
from broadcaster.errors import AudioFault, BroadcasterError, DiskFull, WorkspaceFault
from broadcaster.model.as_run import Intent, LogRow, Outcome, OutcomeReason, Playback
from broadcaster.model.plan import Airing, AiringKind
from broadcaster.model.programme import Programme
from broadcaster.model.script import ApprovalStep, Script
from broadcaster.playout.player import Expected, Playing
from broadcaster.schedule.lateness import Missed, when_late
from broadcaster.station.deck import Block, Deck, Sound, label_of
from broadcaster.station.outcomes import Behind, Outcomes
from broadcaster.station.refusal import WITHDRAWN, Cleared, Refused, failed
from broadcaster.station.station import Station

NOTICEABLY_LATE = timedelta(seconds=1)
"""Less is the device's own doing; `late_ms` tells it anyway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """Cleared, its output open, its first sound decoded: `start` is all that it needs."""

    intent: Intent
    programme: Programme
    behind: Behind
    playing: Playing
    sound: InWindow

    def start(self, steady: SteadyClock) -> None:
        """Now, as `steady` has it. Takes some microseconds."""
        self.sound.goes_by(steady)
        self.playing.start()


class Booth:
    """Plays intents and has their outcomes logged; several threads may play at once."""

    def __init__(self, station: Station, deck: Deck, outcomes: Outcomes, *, stop: threading.Event) -> None:
        self.station = station
        self.deck = deck
        self.outcomes = outcomes
        self.stop = stop

    def air(self, intent: Intent, *, at: datetime) -> LogRow | None:
        """Alone, from `at` on; its row of the log. None: stopped before `at`; it has no outcome yet."""
        if intent.airing.kind is AiringKind.RELAY:
            return self.relay(intent, at=at, stop=self.stop)
        ready = self.ready(intent)
        if isinstance(ready, Refused):
            if self.wait_until(at):
                return None
            ready = self.ready(intent)
        if isinstance(ready, Refused):
            return self.refuse(intent, ready)
        if self.wait_until(at):
            ready.playing.abandon()
            return None
        return self.go(ready)

    def relay(self, intent: Intent, *, at: datetime, stop: threading.Event) -> LogRow | None:
        """Connects at once and sounds from `at` on. None: stopped before; it has no outcome yet."""
        output = self.station.outputs.get(intent.output)
        if output is None or intent.airing.item not in self.station.schedule.sources:
            return self.refuse(intent, WITHDRAWN)
        playback = self.deck.relay(intent, output, at=at, stop=stop, outcomes=self.outcomes)
        return self._conclude(intent, playback, Behind())

    def ready(self, intent: Intent) -> Ready | Refused:
        """Everything that can be done ahead. Refused at its instant, it is asked again: until then much can change."""
        if intent.airing.commune not in self.station.schedule.communes:
            return WITHDRAWN
        cleared = self.clear(intent)
        return cleared if isinstance(cleared, Refused) else self.load(intent, cleared)

    def load(self, intent: Intent, cleared: Cleared) -> Ready | Refused:
        """The output opened, the first sound decoded."""
        output, programme = self.station.outputs.get(intent.output), cleared.programme
        if output is None:
            return WITHDRAWN
        try:
            sound = InWindow(self.deck.sound(programme), until=intent.airing.window_end)
        except AudioFault as error:
            return failed(OutcomeReason.AUDIO_CHANGED, error)
        playing = Playing(
            sound,
            output,
            Expected(sample_rate=programme.sample_rate, length_frames=programme.length_frames),
            label=label_of(intent),
            stop=self.stop,
            on_progress=lambda frames: self.outcomes.progress(intent, frames, programme.sample_rate),
        )
        playing.prime()
        return Ready(intent=intent, programme=programme, behind=cleared.behind, playing=playing, sound=sound)

    def go(self, ready: Ready) -> LogRow | None:
        """Start it now and see it through; refuse it where it has become too late."""
        refused = self.too_late(ready.intent, ready.programme)
        if refused is not None:
            ready.playing.abandon()
            return self.refuse(ready.intent, refused)
        self.outcomes.begin([(ready.intent, ready.programme)], at=self.station.clock.now())
        ready.start(SteadyClock(self.station.clock))
        return self.finish(ready)

    def finish(self, ready: Ready) -> LogRow | None:
        """One that was started, to its end. None: stopped before any of it sounded; it has no outcome yet."""
        return self._conclude(ready.intent, ready.playing.finish(), ready.behind)

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
        """May it air? Texts, approvals and files change until its instant."""
        try:
            approved = self._approved(intent.airing)
            if isinstance(approved, Refused):
                return approved
            cleared = self.deck.load(intent, *approved)
        except WorkspaceFault as error:
            return failed(OutcomeReason.SCRIPT_MISSING, error)
        except DiskFull as error:
            return failed(OutcomeReason.DISK_FULL, error)
        except BroadcasterError as error:
            return failed(OutcomeReason.NOT_RENDERED, error)
        if isinstance(cleared, Refused):
            return cleared
        return self.too_late(intent, cleared.programme) or cleared

    def _approved(self, airing: Airing) -> tuple[Script, ApprovalStep] | Refused:
        said = self.deck.renderer.said(airing.item)
        script = said.script
        steps = self.station.approvals.steps(script.path)
        approval = approved_step(steps, text_sha256=script.text_sha256, spoken_sha256=said.sha256)
        if approval is None:
            return Refused(reason=OutcomeReason.NOT_APPROVED, detail=f"Bài {script.path} chưa được duyệt.")
        if not (script.valid_from or airing.date) <= airing.date <= (script.valid_to or airing.date):
            return Refused(reason=OutcomeReason.SCRIPT_EXPIRED, detail=f"Bài {script.path} không còn hiệu lực.")
        return script, approval

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

    def _conclude(self, intent: Intent, playback: Playback, behind: Behind) -> LogRow | None:
        if playback.reason is OutcomeReason.STOPPED and playback.frames == 0:
            self.outcomes.stand_down([intent])
            return None
        start = intent.airing.start
        late = start is not None and playback.started_at is not None and playback.started_at - start > NOTICEABLY_LATE
        if late and playback.outcome is Outcome.PLAYED and playback.reason is None:
            playback = replace(playback, reason=OutcomeReason.LATE)
        return self.outcomes.record(intent, _with_voice(playback, behind.programme), behind)


class InWindow(Iterator[Block]):
    """A programme's blocks, and none after its window's end, should the output stutter.

    By a clock that nobody can set once it has started.
    """

    def __init__(self, sound: Sound, *, until: datetime | None) -> None:
        self._sound = sound
        self._silent_by = until and until + NOTICEABLY_LATE
        self._steady: SteadyClock | None = None

    def goes_by(self, steady: SteadyClock) -> None:
        """It sounds from now on."""
        self._steady = steady

    def __next__(self) -> Block:
        if self._steady is not None and self._silent_by is not None and self._steady.now() > self._silent_by:
            raise StopIteration
        return next(self._sound)

    def close(self) -> None:
        """Let go of the sound."""
        self._sound.close()


def _with_voice(playback: Playback, programme: Programme | None) -> Playback:
    """Says so where it sounded in another voice than it should have."""
    lost = programme.fallback if programme else None
    if lost is None or not playback.frames:
        return playback
    reason = playback.reason or OutcomeReason.SUBSTITUTE_VOICE
    return replace(playback, reason=reason, detail=f"{playback.detail} {lost.in_words}".strip())
