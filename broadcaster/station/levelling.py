"""Sounds brought to the programme's level once: every commune and every repeat takes them from the cache."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.clip import PROGRAMME_SAMPLE_RATE, Clip
from broadcaster.audio.level import level_jingle, level_speech
from broadcaster.audio.recording_in import TREATMENT, Recorded
from broadcaster.audio.speech_chain import SpeechChain
from broadcaster.speech.cache import ClipCache
from broadcaster.speech.clip_file import KeptSound
from broadcaster.speech.joining import PAUSE_S
from broadcaster.speech.take import Take

LEVELLING = 6
"""Goes up when the same sound is levelled otherwise."""
SPEECH_LUFS = -16.0
PEAK_DBTP = -2.0
"""A little lower than a programme's, whose limiter is there for sounds that meet; at −2.5 speech gets less loud."""
BETWEEN_PIECES_S = 0.8
"""Between a recording and the words that it goes with: as after a sentence."""
_READ_FRAMES = 1 << 18


class Leveller:
    """Speech through a loudspeaker's chain, jingles as they are, each kept by the hash of what it was made from."""

    def __init__(self, cache: ClipCache) -> None:
        self._cache = cache
        self._known: dict[str, KeptSound] = {}
        """What this process has read and proved: 300 communes ask for the same bulletin."""

    def item(self, pieces: Sequence[Take | Recorded], *, chain: SpeechChain | None) -> KeptSound:
        """What is said and what was recorded, one after the other, all at one loudness."""
        levelled = [
            self.recording(piece, chain=chain) if isinstance(piece, Recorded) else self.speech(piece, chain=chain)
            for piece in pieces
        ]
        if len(levelled) == 1:
            return levelled[0]
        return self._kept(("item", [sound.path.stem for sound in levelled]), lambda: _one_after_the_other(levelled))

    def recording(self, sound: Recorded, *, chain: SpeechChain | None) -> KeptSound:
        """A recorded voice, through the same chain and to the same loudness as speech."""
        stretches = (level_speech(stretch, peak_dbtp=PEAK_DBTP, chain=chain).samples for stretch in sound.stretches())
        return self._kept(("recording", sound.sha256, TREATMENT, repr(chain)), lambda: stretches)

    def speech(self, sound: Take, *, chain: SpeechChain | None) -> KeptSound:
        """An item at the programme's rate, as long as its voice takes plus its pauses; on the disk where it is long.

        What one voice says on end has one level; of a pair each is as loud as the other, but for its profile's gain.
        """
        gains = [sentence.voice.gain_db for sentence in sound.said]
        voices = [sentence.voice.key for sentence in sound.said]
        return self._kept(("speech", sound.sha256, gains, voices, repr(chain)), lambda: levelled_blocks(sound, chain))

    def jingle(self, digest: str, decoded: Callable[[], Clip]) -> KeptSound:
        """The jingle whose file has this `digest`."""
        return self._kept(("jingle", digest), lambda: iter([level_jingle(decoded(), peak_dbtp=PEAK_DBTP).samples]))

    def _kept(self, made_from: tuple[object, ...], make: Callable[[], Iterator[NDArray[np.float32]]]) -> KeptSound:
        key = hashlib.sha256(json.dumps((LEVELLING, PROGRAMME_SAMPLE_RATE, *made_from)).encode()).hexdigest()
        known = self._known.get(key)
        if known is None or not known.path.exists():
            known = self._known[key] = self._cache.streamed(key, make, sample_rate=PROGRAMME_SAMPLE_RATE)
        return known


def _one_after_the_other(sounds: Sequence[KeptSound]) -> Iterator[NDArray[np.float32]]:
    for number, sound in enumerate(sounds):
        if number:
            yield np.zeros(round(BETWEEN_PIECES_S * PROGRAMME_SAMPLE_RATE), np.float32)
        for first in range(0, sound.frames, _READ_FRAMES):
            yield sound.read(first, min(first + _READ_FRAMES, sound.frames))


def levelled_blocks(take: Take, chain: SpeechChain | None) -> Iterator[NDArray[np.float32]]:
    """Stretch by stretch, so that an hour of speech takes no more memory than three minutes of it."""
    pause_s = 0.0
    for stretch in take.stretches():
        yield np.zeros(round(pause_s * PROGRAMME_SAMPLE_RATE), np.float32)
        loudness = SPEECH_LUFS + stretch.voice.gain_db
        yield level_speech(take.clip(stretch), target_lufs=loudness, peak_dbtp=PEAK_DBTP, chain=chain).samples
        pause_s = PAUSE_S[stretch.boundary]
