"""What the booth plays from: the finished programme, proved to be the one that was approved and made, and its sound."""

from __future__ import annotations

import math
import threading
from datetime import datetime, timedelta
from typing import Protocol
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.clip import PROGRAMME_SAMPLE_RATE
from broadcaster.audio.programme_sound import Cut, SharedSound
from broadcaster.clock import SteadyClock
from broadcaster.content.approval import audio_matches
from broadcaster.model.as_run import Intent, Outcome, OutcomeReason, Playback
from broadcaster.model.programme import Programme
from broadcaster.model.script import ApprovalStep, Script
from broadcaster.playout.output import Output
from broadcaster.playout.player import Player
from broadcaster.playout.relay import play_relay, sources_for
from broadcaster.station.outcomes import Behind, Outcomes
from broadcaster.station.prove import audio_digest
from broadcaster.station.refusal import Cleared, Refused
from broadcaster.station.render import Renderer
from broadcaster.station.station import Station

Block = NDArray[np.int16]
BLOCK_FRAMES = 4_410
"""A tenth of a second at 44.1 kHz: how finely playing can be stopped."""


class Sound(Protocol):
    """A programme's blocks, in order."""

    def __next__(self) -> Block: ...

    def close(self) -> None:
        """Let go of what they come from; may be called twice."""
        ...


class Deck:
    """Programmes from the shelf, relays from their sources."""

    def __init__(self, station: Station, renderer: Renderer) -> None:
        self.station = station
        self.renderer = renderer
        self._sharing = threading.Lock()
        self._sounding: WeakValueDictionary[str, SharedSound] = WeakValueDictionary()
        """By the programme's file, as long as somebody airs it."""

    def load(self, intent: Intent, script: Script, approval: ApprovalStep) -> Cleared | Refused:
        """The programme, made now unless it is there. Raises what stands in the way of making it."""
        programme = self.renderer.programme(intent.airing, urgent=True).programme
        if not audio_matches(approval, programme.script_audio_sha256):
            detail = f"Âm thanh của bài {script.path} khác bản đã duyệt; hãy nghe rồi duyệt lại."
            return Refused(reason=OutcomeReason.NOT_APPROVED, detail=detail)
        cleared = Cleared(programme=programme, behind=Behind(programme=programme, script=script, approval=approval))
        return self._unfit(intent, programme) or cleared

    def sound(self, programme: Programme) -> Sound:
        """To be closed in the end. Raises `AudioFault` where there are none."""
        cut = Cut(
            path=self.station.workspace.folder / programme.path,
            sample_rate=programme.sample_rate,
            block_frames=BLOCK_FRAMES,
        )
        with self._sharing:
            shared = self._sounding.get(programme.path)
            if shared is None:
                shared = self._sounding[programme.path] = SharedSound(cut)
            return shared.reader()

    def relay(
        self, intent: Intent, output: Output, *, at: datetime, stop: threading.Event, outcomes: Outcomes
    ) -> Playback:
        """What is left of it from `at` on: a relay joins in progress and ends when it was to end."""
        airing = intent.airing
        starts_at = airing.start or at
        ends_at = starts_at + timedelta(seconds=airing.length_s)
        return play_relay(
            sources_for(airing.item, self.station.schedule.sources),
            seconds=(ends_at - max(at, starts_at)).total_seconds(),
            on=airing.date,
            output=output,
            player=Player(SteadyClock(self.station.clock)),
            label=label_of(intent),
            stop=stop,
            on_progress=lambda frames: outcomes.progress(intent, frames, PROGRAMME_SAMPLE_RATE),
            start_at=at,
            until=ends_at,
        )

    def _unfit(self, intent: Intent, programme: Programme) -> Refused | None:
        """The file must be the one that was made, and no longer than its entry allows: nothing is cut in the air."""
        if audio_digest(self.station, programme.path) != programme.audio_sha256:
            detail = f"Tệp {programme.path} không còn như khi được làm ra."
            return Refused(reason=OutcomeReason.AUDIO_CHANGED, detail=detail, outcome=Outcome.FAILED)
        return too_long(intent, programme)


def too_long(intent: Intent, programme: Programme) -> Refused | None:
    """Longer than its entry allows."""
    limit_s = intent.airing.limit_s
    if limit_s is None or math.ceil(programme.length_s) <= limit_s:
        return None
    detail = f"Chương trình dài {programme.length_s:.0f} giây, mục '{intent.airing.title}' chỉ cho {limit_s} giây."
    return Refused(reason=OutcomeReason.TOO_LONG, detail=detail)


def label_of(intent: Intent) -> str:
    """Names recordings of it."""
    return f"{intent.airing.id}/{intent.cluster}"
