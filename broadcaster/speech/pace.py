"""Brings voices that speak as fast as they like to the pace that is understood outdoors."""

from __future__ import annotations

from broadcaster.audio.clip import Clip
from broadcaster.audio.tempo import slowed
from broadcaster.errors import AudioFault, SpeechFault
from broadcaster.model.speech import Voice
from broadcaster.speech.wording import least_syllables

NEAR_ENOUGH = 1.1
"""Times the pace that was asked for: 3.4 syllables a second where that is 3.1."""
SLOWEST = 0.6
"""Times its own speed; slower, a stretched voice slurs."""


def not_faster(clip: Clip, text: str, voice: Voice) -> Clip:
    """`clip`, which says `text`, slowed down to the pace of `voice` where it is plainly faster; never hurried."""
    pace = least_syllables(text) / clip.length_s
    if pace <= NEAR_ENOUGH * voice.syllables_per_second:
        return clip
    try:
        return slowed(clip, max(SLOWEST, voice.syllables_per_second / pace))
    except AudioFault as fault:
        raise SpeechFault(f"Không làm chậm được giọng {voice.key}: {fault}", remedy=fault.remedy) from fault
