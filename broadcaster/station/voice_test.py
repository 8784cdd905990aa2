"""A voice that somebody brings: how much of it is understood, in a quiet room and outdoors, before it may air."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from broadcaster.audio.clip import Clip
from broadcaster.audio.horn import NOISES_DB, through_horn
from broadcaster.audio.level import level_speech
from broadcaster.config.languages import NAMES, VIETNAMESE
from broadcaster.config.load import load_schedule
from broadcaster.errors import SpeechFault
from broadcaster.model.speech import Voice
from broadcaster.speech.cache import ClipCache
from broadcaster.speech.engine import Engine
from broadcaster.speech.intelligibility import FIT_TO_AIR, Recogniser, Understood, listening_test
from broadcaster.speech.ladder import named_voice
from broadcaster.speech.speaker import Speaker
from broadcaster.station.voices import engines_in
from broadcaster.station.workspace import Workspace
from broadcaster.text.reader import read

STREET_DB = NOISES_DB[1]
"""Noise beside the speech's peak that the test outdoors is held in."""
_OUTDOORS = 10
"""Sentences that are heard outdoors too: enough to see the difference, in half the time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceTest:
    """What the recogniser understood of a voice."""

    voice: str
    clean: Understood
    outdoors: Understood
    """Through a horn in street noise, after the outdoor speech chain."""
    syllables_per_second: float
    """Pauses included."""

    @property
    def fit(self) -> bool:
        """Whether it may go on the air."""
        return self.clean.word_error_rate <= FIT_TO_AIR


def judge_voice(
    folder: Path, key: str, *, sentences: Sequence[str] = (), progress: Callable[[float], None] = lambda _share: None
) -> VoiceTest:
    """Speaks the listening test (or other `sentences`, as they are said) and has it written down.

    Raises `SpeechFault` where there is no such voice, it speaks another language, it cannot speak, or the recogniser
    is not installed.
    """
    with engines_in(folder) as engines:
        voice = _vietnamese_voice(key, folder, engines)
        clips = spoken(sentences or listening_test(), voice, engines)
    recogniser = Recogniser()
    clean, outdoors, listened = Understood(), Understood(), 0
    rounds = len(clips) + min(_OUTDOORS, len(clips))
    for number, (words, clip) in enumerate(clips):
        clean += recogniser.understood([(words, clip)])
        listened += 1
        if number < _OUTDOORS:
            outdoors += recogniser.understood([(words, through_horn(level_speech(clip), noise_db=STREET_DB))])
            listened += 1
        progress(listened / rounds)
    pace = clean.syllables / sum(clip.length_s for _, clip in clips)
    return VoiceTest(voice=key, clean=clean, outdoors=outdoors, syllables_per_second=pace)


def _vietnamese_voice(key: str, folder: Path, engines: Mapping[str, Engine]) -> Voice:
    """By its own name or that of `giong_doc`, then at the pace and the pitch that stand there."""
    file = Workspace(folder).schedule_file
    profiles = load_schedule(file).voice_profiles if file.is_file() else {}
    voice = named_voice(key, profiles=profiles, engines=engines)
    if voice.language != VIETNAMESE:
        raise SpeechFault(
            f"Giọng {key} nói {NAMES.get(voice.language, f'tiếng {voice.language!r}')}, không chấm được: "
            "bộ nghe chỉ hiểu tiếng Việt.",
            remedy="Chọn một giọng tiếng Việt (xem cột “Tiếng”): broadcaster voices list",
        )
    return voice


def spoken(sentences: Sequence[str], voice: Voice, engines: Mapping[str, Engine]) -> list[tuple[str, Clip]]:
    """Each sentence with its sound, made now: no cache of an older sound stands in for the voice."""
    with TemporaryDirectory() as aside:
        speaker = Speaker(engines[voice.engine], ClipCache(Path(aside)))
        return [(sentence, speaker.speak(read(sentence), voice)) for sentence in sentences]
