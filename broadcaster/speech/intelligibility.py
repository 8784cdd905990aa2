"""How much of a voice is understood: a recogniser writes down what it hears, and the wrong syllables are counted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from rapidfuzz.distance import Levenshtein

from broadcaster.errors import SpeechFault

if TYPE_CHECKING:
    from broadcaster.audio.clip import Clip

FIT_TO_AIR = 0.15
"""Word error rate up to which a voice may go on the air; people in a studio come to .08."""
RECOGNISER = "viet-asr>=0.1.0.dev11"
"""Its model is inside the wheel; it needs no network."""
_SAMPLE_RATE = 16_000
_PEAK = 0.7
_EDGE_S = 0.5
"""Seconds of silence around a clip; without them the recogniser loses first and last syllables."""
_WARNINGS = 3
"""Of its log levels; the ones below say that the model was loaded."""
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """Syllables that were said, and how many were written down wrong, left out or made up."""

    syllables: int = 0
    errors: int = 0

    @property
    def word_error_rate(self) -> float:
        """0 is perfect; a Vietnamese "word" of the usual measure is a syllable."""
        return self.errors / self.syllables if self.syllables else 0.0

    def __add__(self, other: Understood) -> Understood:
        return Understood(syllables=self.syllables + other.syllables, errors=self.errors + other.errors)


def understood(said: str, heard: str) -> Understood:
    """Fewest substitutions, deletions and insertions of syllables."""
    reference = syllables_of(said)
    return Understood(syllables=len(reference), errors=Levenshtein.distance(reference, syllables_of(heard)))


def syllables_of(text: str) -> list[str]:
    """Without case, punctuation, and the ways to write the same: `HÒA,` and `hoà` are one."""
    return [_plain(word) for word in _WORD.findall(unicodedata.normalize("NFC", text).lower())]


def _plain(word: str) -> str:
    """Letters, then the tone: where its mark stands is a matter of taste."""
    parts = unicodedata.normalize("NFD", word)
    letters = "".join(part for part in parts if part not in _TONES)
    return unicodedata.normalize("NFC", letters) + "".join(part for part in parts if part in _TONES)


def listening_test() -> list[str]:
    """Sentences of the genre, as they are said; no voice of ours was tuned on them."""
    return files("broadcaster.speech").joinpath("data/listening_test.txt").read_text(encoding="utf-8").splitlines()


class Recogniser:
    """Writes down Vietnamese speech, on this machine's processor, at a fifth of real time."""

    def transcript(self, clip: Clip) -> str:
        """What it hears. Raises `SpeechFault` where it is not installed."""
        import numpy as np

        from broadcaster.audio.resample import resample

        samples = resample(clip, _SAMPLE_RATE).samples
        samples = samples * np.float32(_PEAK / (np.abs(samples).max(initial=0.0) or 1.0))
        silence = np.zeros(round(_EDGE_S * _SAMPLE_RATE), np.float32)
        padded = np.concatenate((silence, samples, silence))
        return str(self._pipeline.transcribe((padded * 32_767).astype("<i2"), float(_SAMPLE_RATE)).text)

    def understood(self, clips: Iterable[tuple[str, Clip]]) -> Understood:
        """Of all pairs of words and sound."""
        return sum((understood(said, self.transcript(clip)) for said, clip in clips), Understood())

    @cached_property
    def _pipeline(self) -> Any:
        try:
            from vietasr import Pipeline  # type: ignore[import-untyped]
            from vietasr.ffi import native  # type: ignore[import-untyped]
        except ImportError as error:
            raise SpeechFault(
                "Chưa cài bộ nghe viet-asr nên không chấm được giọng đọc.",
                remedy=f'Cài bộ nghe (56 MB, dùng không cần mạng): pip install "{RECOGNISER}"',
            ) from error
        native.lib.vietasr_set_log_level(_WARNINGS)
        return Pipeline.preset("transcribe")
