"""What a simulated station plays from: programmes of known length and no sound, relays that are always there."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from broadcaster.audio.clip import PROGRAMME_SAMPLE_RATE
from broadcaster.content.approval import ApprovalBook
from broadcaster.model.as_run import Intent, OutcomeReason
from broadcaster.model.programme import CueSheet, Programme
from broadcaster.model.script import ApprovalStep, Script
from broadcaster.station.deck import Block, Deck, Sound, too_long
from broadcaster.station.outcomes import Behind
from broadcaster.station.refusal import Cleared, Refused
from broadcaster.station.render import Renderer
from broadcaster.station.station import Station
from broadcaster.station.voicing import SpokenScript


class SilentDeck(Deck):
    """Renders nothing, decodes nothing: a rendered programme has its measured length, another its estimated one."""

    def __init__(self, station: Station) -> None:
        super().__init__(station, _StillTexts(station))

    def load(self, intent: Intent, script: Script, approval: ApprovalStep) -> Cleared | Refused:
        airing = intent.airing
        length_s = self.renderer.length_s(airing.commune, airing.item, airing.template, airing.music)
        if length_s is None:
            detail = f"Chưa làm được chương trình từ bài {script.path}; xem: broadcaster check"
            return Refused(reason=OutcomeReason.NOT_RENDERED, detail=detail)
        programme = _silence(intent, length_s)
        return too_long(intent, programme) or Cleared(
            programme=programme, behind=Behind(script=script, approval=approval)
        )

    def relayed(self, intent: Intent) -> Cleared:
        """What is left of a relay from now on."""
        now = self.station.clock.now()
        ends_at = (intent.airing.start or now) + timedelta(seconds=intent.airing.length_s)
        return Cleared(programme=_silence(intent, (ends_at - now).total_seconds()), behind=Behind())

    def sound(self, programme: Programme) -> Sound:
        return _Silence(programme.length_frames)


class _Silence:
    """All of it in one block, which takes no memory."""

    def __init__(self, frames: int) -> None:
        self._left = [np.broadcast_to(np.zeros(1, np.int16), (frames,))] if frames else []

    def __next__(self) -> Block:
        if not self._left:
            raise StopIteration
        return self._left.pop()

    def close(self) -> None:
        self._left.clear()


class StillApprovals:
    """The book of approvals as it is now: nobody approves anything within a simulated year."""

    def __init__(self, book: ApprovalBook) -> None:
        self._book = book
        self._steps: dict[str, list[ApprovalStep]] = {}

    def record(self, step: ApprovalStep) -> None:
        self._book.record(step)

    def steps(self, script: str) -> list[ApprovalStep]:
        if script not in self._steps:
            self._steps[script] = list(self._book.steps(script))
        return self._steps[script]


class _StillTexts(Renderer):
    """Reads each text and asks for each length once: nothing is edited within a simulated year."""

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self._lengths: dict[tuple[str, str, str | None, bool], int | None] = {}
        self._read: dict[str, SpokenScript] = {}

    def said(self, path: str) -> SpokenScript:
        if path not in self._read:
            self._read[path] = super().said(path)
        return self._read[path]

    def length_s(self, commune: str, path: str, template: str | None, music: bool = True) -> int | None:
        key = (commune, path, template, music)
        if key not in self._lengths:
            self._lengths[key] = super().length_s(*key)
        return self._lengths[key]


def _silence(intent: Intent, length_s: float) -> Programme:
    frames = round(length_s * PROGRAMME_SAMPLE_RATE)
    return Programme(
        key="",
        path="",
        audio_sha256="",
        sample_rate=PROGRAMME_SAMPLE_RATE,
        length_frames=frames,
        loudness_lufs=0.0,
        true_peak_dbtp=0.0,
        cues=CueSheet(sample_rate=PROGRAMME_SAMPLE_RATE, parts=()),
        script=intent.airing.item,
        text_sha256="",
        script_audio_sha256="",
        voice="",
    )
