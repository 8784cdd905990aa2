"""Is a sound the speech that was asked for? Silence, noise bursts and half sentences are refused, never aired."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.clip import Clip
from broadcaster.errors import SpeechFault
from broadcaster.speech.wording import fewest_words, least_syllables, most_syllables

SHORTEST_SYLLABLE_S = 0.11
"""Seconds; hurried human Vietnamese is about 0.14, gTTS about 0.22, the embedded voice 0.3."""
SPARED_S = 0.055
"""Seconds that a phrase may be shorter still: "Alô" and "ụt" at the fastest pace that can be set."""
LONGEST_SYLLABLE_S = 0.8
"""Seconds; the embedded voice at its slowest takes 0.55."""
LONGEST_EXTRA_S = 1.5
"""Seconds of pauses and tails that a short phrase may have besides."""
HURRIED = 0.6
"""Of the time that the words would take at the voice's own pace; whole sentences took 0.68 at least, 0.9 mostly."""
AUDIBLE_RMS = 0.003
"""Full scale ±1 (−50 dBFS), of the loudest 20 ms: less is silence."""
VOICED = 0.35
"""Likeness of a sound to itself one pitch period later, in the clearest tenth of its frames (0–1). White, pink and
brown noise come to at most 0.25, 1,582 phrases of four syllables and more in two synthetic voices to 0.44, "Độc lập" to
0.32, "xích" to 0.29."""
SPREAD_DB = 5.0
"""Between the loud and the quiet tenth of 40 ms frames. The same phrases come to 12 at least, "lừ đừ" to 5, a hum or a
whistle to 1."""
SAME = 0.95
"""How much the spectra of most of the loud 40 ms frames are alike (0–1). Hums that swell, beeps and engaged lines come
to 0.98, 3,867 phrases in two synthetic voices to 0.79, human speech to 0.64, "ui ui ui ui" to 0.92."""
ENOUGH_SYLLABLES = 4
"""Of fewer, nobody can tell by their sound alone whether they are speech."""
_QUOTED = 40
_FRAMES_LOOKED_AT = 30
"""More tell no more, and cost as much as the speaking."""
_EASY = 256
"""Multiples of it are lengths that a Fourier transform is quick with."""
_IN_SINGLE_PRECISION: Final = "ortho"
"""The scaling with which numpy stays in it; by its own it goes to double and back, twice as slow and more."""
_NOTHING = 1e-9
_REMEDY = "Đọc lại; nếu vẫn lỗi, đổi giọng trong schedule.yaml (giong:) hoặc chạy: broadcaster doctor"


def refuse_unless_speech(clip: Clip, text: str, *, engine: str, own_pace: float | None = None) -> None:
    """Raises `SpeechFault` where `clip` cannot be `text` as `engine` should have said it.

    `own_pace`: syllables a second that the engine is known for; then half a sentence is found out too.
    """
    said = text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"
    if not clip.frames:
        raise SpeechFault(f"Bộ đọc {engine} không phát ra tiếng nào cho câu “{said}”.", remedy=_REMEDY)
    if not np.isfinite(clip.samples).all() or _loudest_rms(clip) < AUDIBLE_RMS:
        raise SpeechFault(f"Bộ đọc {engine} trả về khoảng lặng cho câu “{said}”.", remedy=_REMEDY)
    fewest = least_syllables(text)
    least = SHORTEST_SYLLABLE_S * fewest - SPARED_S
    if own_pace is not None:
        least = max(least, HURRIED * fewest_words(text) / own_pace)
    most = LONGEST_SYLLABLE_S * most_syllables(text) + LONGEST_EXTRA_S
    if not least <= clip.length_s <= most:
        raise SpeechFault(
            f"Bộ đọc {engine} đọc câu “{said}” trong {_seconds(clip.length_s)} giây, "
            f"đúng ra phải từ {_seconds(least)} đến {_seconds(most)} giây.",
            remedy=_REMEDY,
        )
    if fewest >= ENOUGH_SYLLABLES and not _moves_as_a_voice_does(clip):
        raise SpeechFault(f"Bộ đọc {engine} trả về tiếng ồn, không phải lời, cho câu “{said}”.", remedy=_REMEDY)


def _seconds(length_s: float) -> str:
    return f"{length_s:.1f}".replace(".", ",")


def _loudest_rms(clip: Clip) -> float:
    """Of 20 ms windows; a click in silence is not speech."""
    window = min(clip.frames, clip.sample_rate // 50)
    whole = clip.samples[: clip.frames // window * window].reshape(-1, window)
    return float(np.sqrt(_energy(whole).max() / window))


def _energy(rows: NDArray[np.floating]) -> NDArray[np.floating]:
    """Sum of squares of each row, without a second sound in memory."""
    energy: NDArray[np.floating] = np.einsum("ij,ij->i", rows, rows)
    return energy


def _spread_db(clip: Clip) -> float:
    """How much louder the loud parts of a sound are than the quiet ones: syllables rise and fall, a hum does not."""
    length = clip.sample_rate // 25
    energy = _energy(clip.samples[: clip.frames // length * length].reshape(-1, length)) / length
    quiet, loud = _quantiles(energy, (0.1, 0.9)) if len(energy) else (0.0, 1.0)
    return float(10 * np.log10(max(loud, _NOTHING) / max(quiet, _NOTHING)))


def _moves_as_a_voice_does(clip: Clip) -> bool:
    """Periodic as voices are, now loud and now soft, and of one vowel after the other."""
    if _spread_db(clip) < SPREAD_DB:
        return False
    length = clip.sample_rate // 25
    first, last = clip.sample_rate // 400, min(clip.sample_rate // 60, length - 1)
    powers = _powers(_loud_frames(clip, length), -(-(length + last) // _EASY) * _EASY)
    return _sameness(powers) < SAME and _voicing(powers, np.arange(first, last), length) >= VOICED


def _loud_frames(clip: Clip, length: int) -> NDArray[np.float32]:
    """Some of them, `length` samples long, once the spectrum is flattened."""
    whole = clip.samples[: clip.frames // length * length]
    steps = np.zeros_like(whole)
    np.subtract(whole[1:], whole[:-1], out=steps[1:])
    frames = steps.reshape(-1, length)
    energy = _energy(frames)
    loud = np.flatnonzero(energy > 0.01 * energy.max())
    return frames[loud[:: len(loud) // _FRAMES_LOOKED_AT + 1]]


def _powers(frames: NDArray[np.float32], size: int) -> NDArray[np.floating]:
    """The spectrum of each frame."""
    spectra = np.fft.rfft(frames, size, norm=_IN_SINGLE_PRECISION)
    return np.square(spectra.real) + np.square(spectra.imag)


def _voicing(powers: NDArray[np.floating], lags: NDArray[np.integer], length: int) -> float:
    """0–1: how periodic the clearest tenth of the frames is, one of `lags` samples later."""
    likeness = np.fft.irfft(powers)
    periodic = likeness[:, lags[0] : lags[-1] + 1] / (1 - lags / length)
    (clearest,) = _quantiles(periodic.max(axis=1) / likeness[:, 0], (0.9,))
    return float(clearest)


def _sameness(powers: NDArray[np.floating]) -> float:
    """0–1: how much the spectra of most frames are like the mean one; a few may lie where a tone begins or ends."""
    shapes = powers / np.sqrt(_energy(powers))[:, None]
    mean = shapes.mean(axis=0)
    (likeness,) = _quantiles(shapes @ mean / np.linalg.norm(mean), (0.3,))
    return float(likeness)


def _quantiles(values: NDArray[np.floating], shares: tuple[float, ...]) -> NDArray[np.floating]:
    """As `numpy.quantile` has them, in a tenth of its time: it prepares for much that these few values do not need."""
    return np.interp(np.multiply(shares, len(values) - 1), np.arange(len(values)), np.sort(values))
