"""What engines of `may_doc` have in common, however they are reached."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from broadcaster.errors import Fault, SpeechFault
from broadcaster.model.speech import Phrase, Voice
from broadcaster.speech.packing import parts
from broadcaster.speech.wording import phrases_in_one_go

if TYPE_CHECKING:
    from broadcaster.audio.clip import Clip
    from broadcaster.config.engines import EngineSettings

Settings = TypeVar("Settings", bound="EngineSettings")


class ConnectedEngine(ABC, Generic[Settings]):
    """Speaks in the fewest parts that the other side takes; one part that fails fails the whole."""

    repeatable = False
    revision: ClassVar[int]
    """Of what we do to the sound."""

    def __init__(self, settings: Settings) -> None:
        self.name = settings.name
        self._settings = settings

    @cached_property
    def version(self) -> str:
        """Changes with every setting that may change the sound, and with the office's own `phien_ban`."""
        said = self._settings.model_dump_json(exclude={"title", "voices", "patience", "retries"})
        return f"{hashlib.sha256(said.encode()).hexdigest()[:12]}-{self.revision}"

    @abstractmethod
    def check(self) -> Sequence[Fault]: ...

    def voices(self) -> Sequence[Voice]:
        """The voices that the office lists, in its order."""
        return tuple(
            Voice(engine=self.name, name=name, title=title, language=self._settings.language)
            for name, title in self._settings.voices.items()
        )

    def speak(self, phrases: Sequence[Phrase], voice: Voice) -> Clip:
        from broadcaster.speech.joining import joined

        said = parts(phrases_in_one_go(phrases), largest=self._settings.largest_part)
        self._refuse_foreign(voice)
        if faults := self.check():
            raise SpeechFault(faults[0].message, remedy=faults[0].remedy)
        return joined([(self._clip(part.text, voice), part.boundary) for part in said])

    def close(self) -> None:
        """Every part has a connection or a process of its own; there is nothing to let go of."""

    @abstractmethod
    def _sound_of(self, words: Mapping[str, str]) -> bytes:
        """The sound file that the other side made of one part. Raises `SpeechFault`."""

    @abstractmethod
    def _no_sound_remedy(self) -> str:
        """What to do where what came back is no sound."""

    def _clip(self, text: str, voice: Voice) -> Clip:
        from broadcaster.speech.pace import not_faster
        from broadcaster.speech.plausible import refuse_unless_speech
        from broadcaster.speech.received import clip_of

        sound = self._sound_of(self._words_for(text, voice))
        clip = clip_of(sound, source=self._settings.label, remedy=self._no_sound_remedy())
        fastest = max(self._settings.normal_pace, voice.syllables_per_second)
        refuse_unless_speech(clip, text, engine=self.name, own_pace=fastest)
        return not_faster(clip, text, voice)

    def _words_for(self, text: str, voice: Voice) -> dict[str, str]:
        """What the placeholders stand for; the rate is the voice's pace as a multiple of the engine's normal one."""
        rate = voice.syllables_per_second / self._settings.normal_pace
        return {"text": text, "voice": voice.name, "rate": f"{rate:.2f}"}

    def _refuse_foreign(self, voice: Voice) -> None:
        if voice.engine != self.name or voice.name not in self._settings.voices:
            raise SpeechFault(
                f"Bộ đọc {self._settings.label} không có giọng {voice.key!r}.",
                remedy=f"Chọn một trong các giọng: {', '.join(self._settings.voices)}; hoặc thêm vào giong ở may_doc.",
            )
