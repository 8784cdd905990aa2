"""A text as it was said: which sentence in which voice, with its sound in the cache and not in memory."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from broadcaster.audio.clip import Clip
from broadcaster.errors import SpeechFault
from broadcaster.model.speech import Boundary, Phrase, SpokenText, Voice
from broadcaster.speech.cache import ClipCache, clip_key
from broadcaster.speech.engine import Engine
from broadcaster.speech.evenness import cut_short
from broadcaster.speech.joining import PAUSE_S, joined
from broadcaster.speech.speaker import Speaker, alone, sentences
from broadcaster.speech.wording import phrases_to_say

LONGEST_STRETCH_S = 180.0
"""Seconds of speech, or little more, that are in memory at once: 16 MB at 22 kHz."""

VoiceOf = Callable[[str | None], Voice]
"""By role, as `Phrase.voice` has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One sentence and the clip that it became."""

    phrases: tuple[Phrase, ...]
    voice: Voice
    sha256: str
    length_s: float

    @property
    def boundary(self) -> Boundary:
        return self.phrases[-1].boundary


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Sentences on end in one voice: what is levelled together."""

    said: tuple[Said, ...]

    @property
    def voice(self) -> Voice:
        return self.said[0].voice

    @property
    def boundary(self) -> Boundary:
        """What follows it."""
        return self.said[-1].boundary


class Take:
    """All sentences of a text; made only when every one of them could be said."""

    def __init__(self, said: Iterable[Said], speakers: Mapping[str, Speaker]) -> None:
        self.said = tuple(said)
        self._speakers = speakers

    @property
    def sha256(self) -> str:
        """Of every clip and the pauses between them: the same words said otherwise are another take."""
        digest = hashlib.sha256()
        for sentence in self.said:
            digest.update(f"{sentence.sha256} {PAUSE_S[sentence.boundary]}\n".encode())
        return digest.hexdigest()

    @property
    def engine_calls(self) -> int:
        """How many sentences were not in the cache."""
        return sum(speaker.engine_calls for speaker in self._speakers.values())

    def stretches(self) -> Iterator[Stretch]:
        """Each as long as one voice speaks, and of about the same length where that is very long."""
        for turn in _turns(self.said):
            yield from _divided(turn)

    def clip(self, stretch: Stretch) -> Clip:
        """Its sound, without the pause after it. Raises `SpeechFault` where a clip was lost and came back otherwise."""
        return joined([(self._again(sentence), sentence.boundary) for sentence in stretch.said])

    def _again(self, sentence: Said) -> Clip:
        clip = self._speakers[sentence.voice.engine].sentence(sentence.phrases, sentence.voice)
        if clip.sha256 != sentence.sha256:
            raise SpeechFault(
                f"Câu “{sentence.phrases[0].text[:40]}” vừa đọc lại thành tiếng khác giữa lúc dựng.",
                remedy="Chạy lại: broadcaster render",
            )
        return clip


def take(spoken: SpokenText, voice_of: VoiceOf, *, engines: Mapping[str, Engine], cache: ClipCache) -> Take:
    """Have every sentence said, or find it in the cache. Raises `SpeechFault` where any fails.

    Sound from elsewhere is compared with itself: half a sentence is known by its haste, and not kept.
    """
    speakers: dict[str, Speaker] = {}
    said = []
    for sentence in sentences(phrases_to_say(spoken.phrases)):
        voice = voice_of(sentence[0].voice)
        speaker = speakers.setdefault(voice.engine, Speaker(engines[voice.engine], cache))
        clip = speaker.sentence(sentence, voice)
        said.append(Said(phrases=sentence, voice=voice, sha256=clip.sha256, length_s=clip.length_s))
    from_elsewhere = [one for one in said if not engines[one.voice.engine].repeatable]
    halves = [from_elsewhere[place] for place in cut_short(from_elsewhere)]
    for half in halves:
        cache.forget(clip_key(engines[half.voice.engine], half.voice, alone(half.phrases)))
    if halves:
        raise SpeechFault(
            f"Giọng {halves[0].voice.key} đọc câu “{halves[0].phrases[0].text[:40]}…” quá nhanh so với các câu khác: "
            "có lẽ bị cụt.",
            remedy="Chạy lại; nếu vẫn lỗi, đổi giọng trong schedule.yaml (giong:).",
        )
    return Take(said, speakers)


def clip_keys(spoken: SpokenText, voice_of: VoiceOf, *, engines: Mapping[str, Engine]) -> Iterator[str]:
    """The cache's keys of what `take` would need. Raises `SpeechFault` where there is nothing to say."""
    for sentence in sentences(phrases_to_say(spoken.phrases)):
        voice = voice_of(sentence[0].voice)
        yield clip_key(engines[voice.engine], voice, alone(sentence))


def _turns(said: Iterable[Said]) -> Iterator[tuple[Said, ...]]:
    turn: list[Said] = []
    for sentence in said:
        if turn and sentence.voice != turn[-1].voice:
            yield tuple(turn)
            turn = []
        turn.append(sentence)
    if turn:
        yield tuple(turn)


def _divided(turn: tuple[Said, ...]) -> Iterator[Stretch]:
    ends_s = list(accumulate(sentence.length_s + PAUSE_S[sentence.boundary] for sentence in turn))
    parts = max(1, round(ends_s[-1] / LONGEST_STRETCH_S))
    first = 0
    for part in range(1, parts + 1):
        last = bisect_left(ends_s, ends_s[-1] * part / parts)
        if last >= first:
            yield Stretch(said=turn[first : last + 1])
            first = last + 1
