"""A text as a voice says it, with where every word comes from, and the voice that says it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Boundary(StrEnum):
    """What follows a phrase; the voice pauses by it."""

    CLAUSE = "clause"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    HEADING = "heading"


LONGEST_SHOWN = 60
"""Characters of a doubted place in a message; somebody will forget every space of a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words said in one breath, and the boundary after them."""

    text: str
    boundary: Boundary
    voice: str | None = None
    """Who says it where a script lets two voices take turns (`nam`, `nữ`); None: the script's own voice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Where spoken words come from: `written[start:end]`, code points of the input as given."""

    start: int
    end: int
    written: str
    spoken: str
    rule: str
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A token that nobody knows how to read; `why` is a Vietnamese sentence."""

    start: int
    end: int
    written: str
    why: str
    suggestions: tuple[str, ...] = ()
    """What was probably meant, best first."""
    spelling: bool = False
    """Whether it is a word that seems misspelled; hearing it is not enough to let it on the air."""

    @property
    def shown(self) -> str:
        """What was written, as much of it as a reader needs to find it."""
        words = " ".join(self.written.split())
        return words if len(words) <= LONGEST_SHOWN else f"{words[:LONGEST_SHOWN]}…"

    @property
    def teachable(self) -> bool:
        """Whether one reading of it may serve every text: letters do, figures mean something else in each sentence."""
        return not self.spelling and not any(map(str.isdecimal, self.written))


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenText:
    """A text as a voice says it, with where every word comes from and what nobody could read."""

    phrases: tuple[Phrase, ...]
    spans: tuple[Span, ...] = ()
    flags: tuple[Flag, ...] = ()

    @property
    def text(self) -> str:
        """All words on one line."""
        return " ".join(phrase.text for phrase in self.phrases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """How an engine is to speak: its own voice name, pace and pitch range."""

    engine: str
    name: str
    title: str = ""
    """As operators know it, in Vietnamese."""
    language: str = "vi"
    syllables_per_second: float = 3.1
    """Within a phrase; outdoors 2.8 to 3.4 are understood best. Engines with a pace of their own are slowed to it."""
    pitch: int = 50
    """0–99, 50 the voice's own height, where the engine can change it."""
    pitch_range: int = 80
    """0–99; wide ranges keep the six tones apart."""
    gain_db: float = 0.0
    """Beside the common loudness: what a voice needs to sound as loud as the others."""

    @property
    def key(self) -> str:
        """What schedule.yaml, front matter and `--voice` call it."""
        return f"{self.engine}:{self.name}"
