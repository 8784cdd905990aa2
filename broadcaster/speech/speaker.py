"""Spoken text → its sound, sentence by sentence through the cache: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from broadcaster.audio.clip import Clip
from broadcaster.errors import SpeechFault
from broadcaster.model.speech import Boundary, Phrase, SpokenText, Voice
from broadcaster.speech.cache import ClipCache, clip_key
from broadcaster.speech.engine import Engine
from broadcaster.speech.joining import joined
from broadcaster.speech.plausible import refuse_unless_speech
from broadcaster.speech.wording import phrases_in_one_go

MOST_CLAUSES = 30
"""In one go; about a minute. A page without a full stop took a gigabyte."""


class Speaker:
    """One engine with the cache before it; counts what it had to ask the engine for."""

    def __init__(self, engine: Engine, cache: ClipCache) -> None:
        self.engine = engine
        self.cache = cache
        self.engine_calls = 0
        self.cache_hits = 0

    def speak(self, spoken: SpokenText, voice: Voice) -> Clip:
        """The whole text in one voice, with exact pauses. Raises `SpeechFault` where any sentence fails."""
        return joined(
            [(self.sentence(said, voice), said[-1].boundary) for said in sentences(phrases_in_one_go(spoken.phrases))]
        )

    def sentence(self, sentence: tuple[Phrase, ...], voice: Voice) -> Clip:
        """One sentence of `sentences`, without the pause after it. Raises `SpeechFault`."""
        if voice.engine != self.engine.name:
            raise SpeechFault(
                f"Giọng {voice.key!r} không phải của bộ đọc {self.engine.name!r}.",
                remedy="Chọn đúng giọng của bộ đọc này.",
            )
        said = alone(sentence)
        calls = self.engine_calls
        clip = self.cache.clip(clip_key(self.engine, voice, said), lambda: self._made(said, voice))
        self.cache_hits += calls == self.engine_calls
        return clip

    def _made(self, sentence: tuple[Phrase, ...], voice: Voice) -> Clip:
        """Engines check their own sound; nothing gets into the cache on their word alone."""
        self.engine_calls += 1
        clip = self.engine.speak(sentence, voice)
        refuse_unless_speech(clip, " ".join(phrase.text for phrase in sentence), engine=self.engine.name)
        return clip


def alone(sentence: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """What follows a sentence is not in its clip, so a heading and a sentence of the same words share one."""
    return (*sentence[:-1], replace(sentence[-1], boundary=Boundary.SENTENCE))


def sentences(phrases: Iterable[Phrase]) -> Iterator[tuple[Phrase, ...]]:
    """Phrases up to and with each one that a sentence, paragraph or heading ends after, or a turn.

    A sentence without an end is said `MOST_CLAUSES` at a time, with a clause's pause between.
    """
    sentence: list[Phrase] = []
    for phrase in phrases:
        if sentence and phrase.voice != sentence[-1].voice:
            yield tuple(sentence)
            sentence = []
        sentence.append(phrase)
        if phrase.boundary is not Boundary.CLAUSE or len(sentence) == MOST_CLAUSES:
            yield tuple(sentence)
            sentence = []
    if sentence:
        yield tuple(sentence)
