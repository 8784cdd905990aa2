"""Google's voice through gTTS: better than the embedded one, for who has a network and chooses it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from broadcaster.clock import Clock, SystemClock
from broadcaster.errors import Fault, SpeechFault
from broadcaster.model.speech import Phrase, Voice
from broadcaster.speech.packing import parts
from broadcaster.speech.wording import phrases_in_one_go

if TYPE_CHECKING:
    from datetime import datetime

    from broadcaster.audio.clip import Clip
    from broadcaster.speech.turnstile import Turnstile

LARGEST_PART = 100
"""Characters that the service takes at a time."""
READ_TIMEOUT_S = 20.0
"""Without a byte from the service; gTTS by itself waits for ever."""
ATTEMPTS = 4
"""Of one part, where the service stumbles; about seven seconds of waiting in all."""
REVISION = 3
"""Of what we do to the sound; counts up with every audible change."""
OWN_PACE = 4.5
"""Syllables a second; it has no other."""
_INSTALL = "Cài bộ đọc: pip install gtts==2.5.4"


class GoogleEngine:
    """Asks part by part, at most 100 characters each; one part that fails fails the whole."""

    name = "gtts"
    repeatable = False

    def __init__(self, folder: Path, *, clock: Clock | None = None, read_timeout_s: float = READ_TIMEOUT_S) -> None:
        self._folder = folder
        self._clock = clock or SystemClock()
        self._read_timeout_s = read_timeout_s

    @cached_property
    def version(self) -> str:
        try:
            return f"{version('gtts')}-{REVISION}"
        except PackageNotFoundError:
            return f"missing-{REVISION}"

    def check(self) -> Sequence[Fault]:
        if self.version.startswith("missing"):
            return (Fault(message="Chưa cài bộ đọc gTTS.", remedy=_INSTALL),)
        if until := self._turns.blocked_until():
            blocked = _blocked(until)
            return (Fault(message=blocked.message, remedy=blocked.remedy),)
        return ()

    def voices(self) -> Sequence[Voice]:
        return (Voice(engine=self.name, name="vi", title="Nữ (Google, giọng Bắc, cần mạng)"),)

    def speak(self, phrases: Sequence[Phrase], voice: Voice) -> Clip:
        from broadcaster.speech.joining import joined

        if voice.key != self.voices()[0].key:
            raise SpeechFault(f"gTTS không có giọng {voice.key!r}.", remedy="Giọng của gTTS: gtts:vi.")
        said = parts(phrases_in_one_go(phrases), largest=LARGEST_PART)
        if faults := self.check():
            raise SpeechFault(faults[0].message, remedy=faults[0].remedy)
        return joined([(self._clip(part.text, voice), part.boundary) for part in said])

    def close(self) -> None:
        """Every request has a connection of its own; there is nothing to let go of."""

    @cached_property
    def _turns(self) -> Turnstile:
        from broadcaster.speech.turnstile import Turnstile

        return Turnstile(self._folder, clock=self._clock)

    def _clip(self, text: str, voice: Voice) -> Clip:
        from broadcaster.speech.google_service import OTHER_VOICE
        from broadcaster.speech.pace import not_faster
        from broadcaster.speech.plausible import refuse_unless_speech
        from broadcaster.speech.received import clip_of
        from broadcaster.speech.retrying import retried

        mp3 = retried(lambda: self._asked(text), attempts=ATTEMPTS, clock=self._clock)
        clip = clip_of(mp3, source="Google", remedy=OTHER_VOICE)
        refuse_unless_speech(clip, text, engine=self.name, own_pace=OWN_PACE)
        return not_faster(clip, text, voice)

    def _asked(self, text: str) -> bytes:
        """One request, in its turn; a 429 blocks those that would come after it."""
        from broadcaster.speech.google_service import TooMany, mp3_of

        if until := self._turns.blocked_until():
            raise _blocked(until)
        self._turns.wait_for_turn()
        try:
            mp3 = mp3_of(text, clock=self._clock, read_timeout_s=self._read_timeout_s)
        except TooMany as fault:
            until = self._turns.refused()
            raise SpeechFault(
                f"{fault.message} Từ nay đến {until:%H:%M ngày %d/%m/%Y} không hỏi nữa.", remedy=fault.remedy
            ) from fault
        self._turns.answered()
        return mp3


def _blocked(until: datetime) -> SpeechFault:
    return SpeechFault(
        f"Google đã tạm chặn máy này; đến {until:%H:%M ngày %d/%m/%Y} mới hỏi lại.",
        remedy="Dùng giọng có sẵn trong máy (giong: espeak-ng:vi+f2) cho đến lúc ấy.",
    )


def engine(folder: Path) -> GoogleEngine:
    """What the registry finds."""
    return GoogleEngine(folder / GoogleEngine.name)
