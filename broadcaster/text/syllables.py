"""How long a text takes to say, before anybody has said it."""

from __future__ import annotations

from broadcaster.model.speech import Boundary, SpokenText
from broadcaster.text.orthography import is_syllable
from broadcaster.text.patterns import pattern

PAUSES_S = {Boundary.CLAUSE: 0.35, Boundary.SENTENCE: 0.8, Boundary.PARAGRAPH: 1.0, Boundary.HEADING: 1.0}
"""Silence after a phrase (s), for loudspeakers outdoors."""
SYLLABLE_S, PHRASE_S = 0.267, 0.205
"""Each syllable, and what a phrase adds at its ends (s): least squares over the 23 sample scripts as the default voice
says them."""
VOWELS = pattern(r"[^bcdfghjklmnpqrstvwxzđ]+")


def count_syllables(spoken: str) -> int:
    """A Vietnamese word is one syllable; of a foreign word each group of vowels is."""
    return sum(1 if is_syllable(word.lower()) else len(VOWELS.findall(word.lower())) or 1 for word in spoken.split())


def estimate_seconds(spoken: SpokenText) -> float:
    """Length of the speech (s) with the pauses between its phrases, none after the last; within 3 % for the samples."""
    syllables = sum(count_syllables(phrase.text) for phrase in spoken.phrases)
    pauses = sum(PAUSES_S[phrase.boundary] for phrase in spoken.phrases[:-1])
    return syllables * SYLLABLE_S + len(spoken.phrases) * PHRASE_S + pauses
