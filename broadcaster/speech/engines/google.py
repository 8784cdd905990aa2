"""Google's voice through gTTS: better than the embedded one, for who has a network and chooses it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from broadcaster.clock import Clock, SystemClock
from broadcaster.errors import AudioFault, Fault, SpeechFault
from broadcaster.model.speech import Boundary, Phrase, Voice
from broadcaster.speech.wording import bare, phrases_to_say

if TYPE_CHECKING:
    from broadcaster.audio.clip import Clip

LARGEST_PART = 100
"""Characters that the service takes at a time."""
READ_TIMEOUT_S = 20.0
"""Without a byte from the service; gTTS by itself waits for ever."""
REVISION = 1
"""Of what we do to the sound; counts up with every audible change."""
_INSTALL = "Cài bộ đọc: pip install gtts==2.5.4"


class GoogleEngine:
    """Asks part by part, at most 100 characters each; one part that fails fails the whole."""

    name = "gtts"

    def __init__(self, *, clock: Clock | None = None, read_timeout_s: float = READ_TIMEOUT_S) -> None:
        self._clock = clock or SystemClock()
        self._read_timeout_s = read_timeout_s

    @cached_property
    def version(self) -> str:
        try:
            return f"{version('gtts')}-{REVISION}"
        except PackageNotFoundError:
            return f"missing-{REVISION}"

    def check(self) -> Sequence[Fault]:
        if self.version.startswith("missing"):
            return (Fault(message="Chưa cài bộ đọc gTTS.", remedy=_INSTALL),)
        return ()

    def voices(self) -> Sequence[Voice]:
        return (Voice(engine=self.name, name="vi", title="Nữ (Google, giọng Bắc, cần mạng)"),)

    def speak(self, phrases: Sequence[Phrase], voice: Voice) -> Clip:
        from broadcaster.speech.joining import joined

        if voice.key != self.voices()[0].key:
            raise SpeechFault(f"gTTS không có giọng {voice.key!r}.", remedy="Giọng của gTTS: gtts:vi.")
        if faults := self.check():
            raise SpeechFault(faults[0].message, remedy=faults[0].remedy)
        return joined([(self._clip(part.text), part.boundary) for part in parts(phrases_to_say(phrases))])

    def close(self) -> None:
        """Every request has a connection of its own; there is nothing to let go of."""

    def _clip(self, text: str) -> Clip:
        from broadcaster.audio.decode import decode
        from broadcaster.speech.google_service import mp3_of
        from broadcaster.speech.joining import trimmed
        from broadcaster.speech.plausible import refuse_unless_speech

        mp3 = mp3_of(text, clock=self._clock, read_timeout_s=self._read_timeout_s)
        with TemporaryDirectory(prefix="broadcaster-gtts-") as folder:
            path = Path(folder) / "part.mp3"
            path.write_bytes(mp3)
            try:
                clip = trimmed(decode(path))
            except AudioFault as fault:
                raise SpeechFault("Google trả về âm thanh không giải mã được.", remedy=fault.remedy) from fault
        refuse_unless_speech(clip, text, engine=self.name)
        return clip


def engine(_folder: Path) -> GoogleEngine:
    """What the registry finds; it keeps nothing on the disk."""
    return GoogleEngine()


def parts(phrases: Sequence[Phrase], *, largest: int = LARGEST_PART) -> Sequence[Phrase]:
    """The fewest parts of at most `largest` characters, cut where a clause ends; only a longer clause is cut inside.

    A sentence's end is always a cut, since its pause is ours.
    """
    packed: list[Phrase] = []
    pieces = (piece for phrase in phrases for piece in _pieces(phrase, largest - 1))
    for phrase in pieces:
        before = packed[-1] if packed else None
        if before and before.boundary is Boundary.CLAUSE and len(before.text) + len(phrase.text) + 2 < largest:
            packed[-1] = replace(phrase, text=f"{before.text}, {phrase.text}")
        else:
            packed.append(phrase)
    return [replace(part, text=f"{part.text}.") for part in packed]


def _pieces(phrase: Phrase, largest: int) -> Iterator[Phrase]:
    """The phrase, or where it is too long pieces of it, cut behind punctuation, else between words."""
    rest = bare(phrase.text)
    while len(rest) > largest:
        cut = _last_cut(rest[: largest + 1])
        yield Phrase(text=bare(rest[:cut]), boundary=Boundary.CLAUSE)
        rest = rest[cut:].lstrip(" ,;:")
    yield replace(phrase, text=rest)


def _last_cut(head: str) -> int:
    """Words are at most 40 characters long by now, so there is a space."""
    behind_marks = [match.end() for match in re.finditer(r"[,;:.!?…] ", head) if match.end() > len(head) // 2]
    return behind_marks[-1] if behind_marks else head.rindex(" ")
