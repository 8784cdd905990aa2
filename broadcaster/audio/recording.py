"""What was heard in a sound file, measured and not judged."""

from __future__ import annotations

from dataclasses import dataclass

WINDOW_S = 0.05
"""Levels are taken over windows of this length: about a quarter of a syllable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """From where to where in a file, in seconds."""

    start_s: float
    end_s: float

    @property
    def length_s(self) -> float:
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Hum:
    """A steady tone of the mains."""

    hertz: int
    """50 or 100."""
    below_speech_db: float
    """How far its level lies under that of the speech."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A sound file as it was heard from its first to its last sample, its channels mixed to one."""

    length_s: float
    claimed_s: float | None
    """As its header tells; None where it tells nothing."""
    sample_rate: int
    channels: int
    eight_bits: bool
    unreadable: int
    """Places that could not be decoded."""
    is_cut: bool
    """Its last piece ends in the middle."""
    speech_db: float
    """Level of what is spoken (dB full scale, pauses left out); −inf for silence."""
    noise_db: float
    """Level of the quietest tenth: what sounds between the words."""
    lost_in_mixing_db: float
    """What channels of opposite sign take from each other when they are mixed."""
    offset: float
    """Mean of all samples, full scale ±1: 0 in sound that is right."""
    loudest: float
    """The largest sample of any channel, full scale 1."""
    sound: Stretch
    """From the first to the last word; of no length where nothing is to be heard."""
    silences: tuple[Stretch, ...]
    """Longer pauses between them."""
    clipped: tuple[Stretch, ...]
    """Where the sound ran into the end of the scale."""
    broken: tuple[Stretch, ...]
    """Where samples are no numbers."""
    hum: Hum | None

    @property
    def snr_db(self) -> float:
        """How far speech stands out from what sounds between the words."""
        return self.speech_db - self.noise_db
