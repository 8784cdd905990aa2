"""`kieu: http` in `may_doc`: any engine that answers over HTTP, on this machine, in the office or on the Internet."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from broadcaster.clock import Clock, SystemClock
from broadcaster.errors import Fault, SpeechFault
from broadcaster.model.speech import Phrase, Voice
from broadcaster.speech.connected import refuse_foreign, version_of, voices_of, words_for
from broadcaster.speech.packing import parts
from broadcaster.speech.wording import phrases_in_one_go

if TYPE_CHECKING:
    from broadcaster.audio.clip import Clip
    from broadcaster.config.engines import HttpEngineSettings

kind = "http"
REVISION = 1
"""Of what we do to the sound."""


class WebEngine:
    """One request a part, in the fewest parts that the service takes."""

    repeatable = False

    def __init__(self, settings: HttpEngineSettings, *, clock: Clock | None = None) -> None:
        self.name = settings.name
        self._settings = settings
        self._clock = clock or SystemClock()

    @cached_property
    def version(self) -> str:
        return version_of(self._settings, revision=REVISION)

    def check(self) -> Sequence[Fault]:
        """Only whether its secret is there: a look over the network would cost money with some."""
        variable = self._settings.secret_from
        if variable and not _secret(variable):
            message = f"Bộ đọc {self._settings.label} cần khóa trong biến môi trường {variable}, biến này chưa đặt."
            return (Fault(message=message, remedy=f"Đặt khóa trước khi chạy: export {variable}=…"),)
        return ()

    def voices(self) -> Sequence[Voice]:
        return voices_of(self._settings)

    def speak(self, phrases: Sequence[Phrase], voice: Voice) -> Clip:
        from broadcaster.speech.joining import joined

        said = parts(phrases_in_one_go(phrases), largest=self._settings.largest_part)
        refuse_foreign(voice, self._settings)
        if faults := self.check():
            raise SpeechFault(faults[0].message, remedy=faults[0].remedy)
        return joined([(self._clip(part.text, voice), part.boundary) for part in said])

    def close(self) -> None:
        """Every request has a connection of its own; there is nothing to let go of."""

    def _clip(self, text: str, voice: Voice) -> Clip:
        from broadcaster.speech.plausible import refuse_unless_speech
        from broadcaster.speech.received import clip_of
        from broadcaster.speech.web_voice import WebVoice

        secret = _secret(self._settings.secret_from) if self._settings.secret_from else ""
        asking = WebVoice(self._settings, secret=secret, clock=self._clock)
        sound = asking.sound_of(words_for(text, voice, self._settings))
        remedy = f"Kiểm tra ket_qua của mục {self.name} ở may_doc trong schedule.yaml; hoặc dùng giọng khác."
        clip = clip_of(sound, source=self._settings.label, remedy=remedy)
        refuse_unless_speech(clip, text, engine=self.name)
        return clip


def _secret(variable: str) -> str:
    return os.environ.get(variable, "").strip()


def engine_from(settings: HttpEngineSettings, folder: Path) -> WebEngine:
    """What the registry makes of a `may_doc` entry of this kind; it keeps nothing on the disk."""
    return WebEngine(settings)
