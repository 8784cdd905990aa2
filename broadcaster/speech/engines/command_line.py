"""`kieu: lenh` in `may_doc`: any program on this machine that turns a text into a sound file."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from broadcaster.errors import Fault, SpeechFault
from broadcaster.model.speech import Phrase, Voice
from broadcaster.speech.connected import refuse_foreign, version_of, voices_of, words_for
from broadcaster.speech.packing import parts
from broadcaster.speech.wording import phrases_in_one_go

if TYPE_CHECKING:
    from broadcaster.audio.clip import Clip
    from broadcaster.config.engines import CommandEngineSettings

kind = "lenh"
REVISION = 1
"""Of what we do to the sound."""


class CommandEngine:
    """One run a part, in the fewest parts that the program takes."""

    repeatable = False

    def __init__(self, settings: CommandEngineSettings, home: Path) -> None:
        self.name = settings.name
        self._settings = settings
        self._home = home

    @cached_property
    def version(self) -> str:
        return version_of(self._settings, revision=REVISION)

    def check(self) -> Sequence[Fault]:
        """Whether the program is there and may be run; it is not started."""
        from broadcaster.speech.program_voice import program_of

        program = program_of(self._settings, self._home)
        if shutil.which(program) is None:
            message = (
                f"Bộ đọc {self._settings.label} cần chương trình {program}, máy này không có hoặc không chạy được."
            )
            return (
                Fault(message=message, remedy=f"Cài chương trình ấy, hoặc sửa chay ở mục {self.name} trong may_doc."),
            )
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
        """Every part has a process of its own; there is nothing to let go of."""

    def _clip(self, text: str, voice: Voice) -> Clip:
        from broadcaster.speech.plausible import refuse_unless_speech
        from broadcaster.speech.program_voice import sound_of
        from broadcaster.speech.received import clip_of

        sound = sound_of(self._settings, words_for(text, voice, self._settings), home=self._home)
        remedy = f"Kiểm tra chay ở mục {self.name} trong may_doc: chương trình phải ghi ra một tệp âm thanh."
        clip = clip_of(sound, source=self._settings.label, remedy=remedy)
        refuse_unless_speech(clip, text, engine=self.name)
        return clip


def engine_from(settings: CommandEngineSettings, folder: Path) -> CommandEngine:
    """What the registry makes of a `may_doc` entry of this kind; `folder` is the workspace's for speech."""
    return CommandEngine(settings, folder.parent)
