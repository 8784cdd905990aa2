"""A sentence that took far less time than the others of the same voice was not said to its end."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from typing import Protocol

from broadcaster.model.speech import Phrase, Voice
from broadcaster.speech.joining import PAUSE_S
from broadcaster.speech.plausible import HURRIED
from broadcaster.speech.wording import fewest_words

FEWEST_WORDS = 4
"""Shorter sentences are drawn out, each in its own way."""
FEWEST_SENTENCES = 4
"""Fewer do not tell how fast a voice is."""


class Timed(Protocol):
    """A sentence, who said it, and how long that took."""

    @property
    def phrases(self) -> tuple[Phrase, ...]: ...

    @property
    def voice(self) -> Voice: ...

    @property
    def length_s(self) -> float: ...


def cut_short(said: Iterable[Timed]) -> list[int]:
    """Places in `said` of what was said in less than `HURRIED` times what its voice needs for as many words."""
    a_word_s: dict[Voice, dict[int, float]] = {}
    for place, one in enumerate(said):
        words = fewest_words(" ".join(phrase.text for phrase in one.phrases))
        if words >= FEWEST_WORDS:
            pauses_s = sum(PAUSE_S[phrase.boundary] for phrase in one.phrases[:-1])
            a_word_s.setdefault(one.voice, {})[place] = (one.length_s - pauses_s) / words
    return [
        place
        for times in a_word_s.values()
        if len(times) >= FEWEST_SENTENCES
        for place, time_s in times.items()
        if time_s < HURRIED * statistics.median(times.values())
    ]
