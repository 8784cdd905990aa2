"""Is a sound the speech that was asked for? Silence, noise bursts and half sentences are refused, never aired."""

from __future__ import annotations

import numpy as np

from broadcaster.audio.clip import Clip
from broadcaster.errors import SpeechFault
from broadcaster.speech.wording import least_syllables, most_syllables

SHORTEST_SYLLABLE_S = 0.11
"""Seconds; hurried human Vietnamese is about 0.14, gTTS about 0.22, the embedded voice 0.3."""
LONGEST_SYLLABLE_S = 0.8
"""Seconds; the embedded voice at its slowest takes 0.55."""
LONGEST_EXTRA_S = 1.5
"""Seconds of pauses and tails that a short phrase may have besides."""
AUDIBLE_RMS = 0.003
"""Full scale ±1 (−50 dBFS), of the loudest 20 ms: less is silence."""
_QUOTED = 40
_REMEDY = "Đọc lại; nếu vẫn lỗi, đổi giọng trong schedule.yaml (giong:) hoặc chạy: broadcaster doctor"


def refuse_unless_speech(clip: Clip, text: str, *, engine: str) -> None:
    """Raises `SpeechFault` where `clip` cannot be `text` as `engine` should have said it."""
    said = text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"
    if not clip.frames:
        raise SpeechFault(f"Bộ đọc {engine} không phát ra tiếng nào cho câu “{said}”.", remedy=_REMEDY)
    if not np.isfinite(clip.samples).all() or _loudest_rms(clip) < AUDIBLE_RMS:
        raise SpeechFault(f"Bộ đọc {engine} trả về khoảng lặng cho câu “{said}”.", remedy=_REMEDY)
    least = SHORTEST_SYLLABLE_S * least_syllables(text)
    most = LONGEST_SYLLABLE_S * most_syllables(text) + LONGEST_EXTRA_S
    if not least <= clip.length_s <= most:
        raise SpeechFault(
            f"Bộ đọc {engine} đọc câu “{said}” trong {clip.length_s:.1f} giây, "
            f"đúng ra phải từ {least:.1f} đến {most:.1f} giây.",
            remedy=_REMEDY,
        )


def _loudest_rms(clip: Clip) -> float:
    """Of 20 ms windows; a click in silence is not speech."""
    window = min(clip.frames, clip.sample_rate // 50)
    whole = clip.samples[: clip.frames // window * window].reshape(-1, window)
    return float(np.sqrt(np.square(whole).mean(axis=1).max()))
