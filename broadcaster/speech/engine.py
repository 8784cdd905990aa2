"""What a speech engine must do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from broadcaster.audio.clip import Clip
from broadcaster.errors import Fault
from broadcaster.model.speech import Phrase, Voice


class Engine(Protocol):
    """Turns phrases into sound. Whatever is missing or goes wrong is said, never silent or half-spoken."""

    name: str
    """As voices name it: `espeak-ng`, `gtts`."""
    version: str
    """Part of the cache's key: another version may sound different."""

    repeatable: bool
    """Whether the same phrases and voice give the same sound every time; else only the cache keeps approved ones."""

    def check(self) -> Sequence[Fault]:
        """What is missing here and the command that mends it; empty where it can speak. Opens no network connection."""
        ...

    def voices(self) -> Sequence[Voice]:
        """Its voices, those for Vietnamese before others, the default first."""
        ...

    def speak(self, phrases: Sequence[Phrase], voice: Voice) -> Clip:
        """One clip with all phrases and the pauses between them, none after the last.

        Raises `SpeechFault` for whatever goes wrong; never returns an empty or partial clip.
        """
        ...

    def close(self) -> None:
        """Lets go of worker processes; may be called twice, and the engine may be used again after."""
        ...
