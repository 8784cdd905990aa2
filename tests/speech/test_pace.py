"""A voice with a pace of its own is brought to the pace that is understood outdoors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from speech.connected_engines import over_http
from speech.loopback_service import LoopbackService, Reply

from broadcaster.audio.clip import Clip
from broadcaster.audio.encode import write_clip
from broadcaster.model.speech import Boundary, Phrase
from broadcaster.speech.engines.espeak_ng import EspeakEngine
from broadcaster.speech.pace import SLOWEST, not_faster

TEXT = "Ủy ban nhân dân xã mời bà con ra nhà văn hóa thôn họp bàn việc làm đường"
SYLLABLES = len(TEXT.split())


@pytest.fixture(scope="module")
def espeak() -> Iterator[EspeakEngine]:
    made = EspeakEngine()
    yield made
    made.close()


def said(espeak: EspeakEngine, *, pace: float) -> Clip:
    voice = replace(espeak.voices()[0], syllables_per_second=pace)
    return espeak.speak([Phrase(text=TEXT, boundary=Boundary.SENTENCE)], voice)


def pitch_hz(clip: Clip) -> float:
    """Where the spectrum between 80 and 400 Hz has its centre."""
    power = np.abs(np.fft.rfft(clip.samples)) ** 2
    hertz = np.fft.rfftfreq(clip.frames, 1 / clip.sample_rate)
    voice = (hertz > 80) & (hertz < 400)
    return float(np.average(hertz[voice], weights=power[voice]))


def test_a_fast_voice_comes_to_the_pace_that_was_asked_for_at_its_own_height(espeak: EspeakEngine) -> None:
    fast = said(espeak, pace=4.5)
    slow = not_faster(fast, TEXT, replace(espeak.voices()[0], syllables_per_second=3.1))

    assert slow.length_s == pytest.approx(SYLLABLES / 3.1, rel=0.03)
    assert pitch_hz(slow) == pytest.approx(pitch_hz(fast), rel=0.05)


def test_a_voice_that_keeps_the_pace_stays_as_it_is(espeak: EspeakEngine) -> None:
    clip = said(espeak, pace=3.1)
    assert not_faster(clip, TEXT, replace(espeak.voices()[0], syllables_per_second=3.1)) is clip
    assert not_faster(clip, TEXT, replace(espeak.voices()[0], syllables_per_second=4.5)) is clip, "nor is it hurried"


def test_no_voice_is_drawn_out_until_it_slurs(espeak: EspeakEngine) -> None:
    fast = said(espeak, pace=5.0)
    slow = not_faster(fast, TEXT, replace(espeak.voices()[0], syllables_per_second=2.0))
    assert slow.length_s == pytest.approx(fast.length_s / SLOWEST, rel=0.03)


def test_a_service_that_knows_one_pace_airs_at_ours(
    espeak: EspeakEngine, service: LoopbackService, tmp_path: Path
) -> None:
    write_clip(said(espeak, pace=4.5), tmp_path / "fast.wav")
    service.answer = lambda _: Reply((tmp_path / "fast.wav").read_bytes())
    engine = over_http(service)
    clip = engine.speak([Phrase(text=TEXT, boundary=Boundary.SENTENCE)], engine.voices()[0])
    assert 2.8 <= SYLLABLES / clip.length_s <= 3.4
