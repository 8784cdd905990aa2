"""What every speech engine must do; a new file in speech/engines comes under these tests by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from broadcaster.audio.clip import Clip
from broadcaster.clock import VIETNAM
from broadcaster.errors import SpeechFault
from broadcaster.model.speech import Boundary, Phrase, Voice
from broadcaster.speech.engine import Engine
from broadcaster.speech.engines.google import GoogleEngine
from broadcaster.speech.registry import engines
from broadcaster.testing import ManualClock, SilentEngine

MADE_HERE: dict[str, Callable[[Path], Engine]] = {
    "silent": lambda folder: SilentEngine(),
    "gtts": lambda folder: GoogleEngine(folder, clock=ManualClock(datetime(2026, 10, 10, 5, tzinfo=VIETNAM))),
}
"""Fakes, and engines that need something of the test's: a clock that does not make us wait between requests."""
NAMES = sorted({*engines(Path()), *MADE_HERE})


@pytest.fixture(params=NAMES)
def engine(request: pytest.FixtureRequest, tmp_path: Path, google: object) -> Iterator[Engine]:
    name: str = request.param
    made = MADE_HERE[name](tmp_path) if name in MADE_HERE else engines(tmp_path)[name]
    yield made
    made.close()


@pytest.fixture
def voice(engine: Engine) -> Voice:
    return engine.voices()[0]


def said(*texts: str, boundary: Boundary = Boundary.SENTENCE) -> list[Phrase]:
    return [Phrase(text=text, boundary=boundary) for text in texts]


def longest_silence_s(clip: Clip) -> float:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], clip.samples == 0, [0]])))
    return float(max(edges[1::2] - edges[::2], default=0)) / clip.sample_rate


def test_nothing_is_missing_where_it_was_installed(engine: Engine) -> None:
    assert list(engine.check()) == []


def test_its_voices_are_vietnamese_and_titled(engine: Engine) -> None:
    voices = engine.voices()
    assert voices
    for voice in voices:
        assert voice.engine == engine.name
        assert voice.language == "vi"
        assert voice.title


def test_every_voice_speaks(engine: Engine) -> None:
    for voice in engine.voices():
        clip = engine.speak(said("Mời bà con chú ý theo dõi"), voice)
        assert clip.samples.dtype == np.float32
        assert np.abs(clip.samples).max() <= 1
        assert np.sqrt(np.mean(clip.samples**2)) > 0.003
        assert 7 / 8 < clip.length_s < 7 / 1.5, "seven syllables at 1.5–8 a second"


def test_an_engine_that_promises_it_gives_the_same_sound_again(engine: Engine, voice: Voice) -> None:
    if not engine.repeatable:
        pytest.skip("promises no such thing")
    first = engine.speak(said("Chợ phiên họp sáng mai"), voice).sha256
    engine.speak(said("Lúa đã chín vàng"), voice)
    again = engine.speak(said("Chợ phiên họp sáng mai"), voice).sha256
    engine.close()
    assert [again, engine.speak(said("Chợ phiên họp sáng mai"), voice).sha256] == [first, first]


def test_other_words_give_another_sound(engine: Engine, voice: Voice) -> None:
    assert engine.speak(said("Trời mưa"), voice).sha256 != engine.speak(said("Hôm nay trời nắng to"), voice).sha256


@pytest.mark.parametrize(
    ("boundary", "pause_s"), [(Boundary.SENTENCE, 0.8), (Boundary.PARAGRAPH, 1.0), (Boundary.HEADING, 1.0)]
)
def test_sentences_have_their_pause_and_the_last_has_none(
    engine: Engine, voice: Voice, boundary: Boundary, pause_s: float
) -> None:
    clip = engine.speak(said("Trời mưa to", "Bà con chú ý", boundary=boundary), voice)
    assert pause_s <= longest_silence_s(clip) < pause_s + 0.05
    assert np.abs(clip.samples[-clip.sample_rate // 20 :]).max() > 0.001


def test_clauses_lie_closer_than_sentences(engine: Engine, voice: Voice) -> None:
    clauses = engine.speak(said("Trời mưa to", "bà con chú ý", boundary=Boundary.CLAUSE), voice)
    sentences = engine.speak(said("Trời mưa to", "bà con chú ý"), voice)
    assert clauses.length_s < sentences.length_s


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("xã\0 Hoằng\x07 Đạo\x1b[31m thông\u200b báo", id="control characters"),
        pytest.param("Chúc mừng năm mới 🎉 mọi nhà vui vẻ", id="emoji"),
        pytest.param("ba" * 2_500, id="5,000 letters without a space"),
        pytest.param("Nghe", id="one word"),
        pytest.param("Tỉ lệ < 5 & > 3 “tốt” [[abc]] <break/>", id="markup"),
        pytest.param("xa\u0303 Ho\u0103\u0300ng \u0110a\u0323o", id="decomposed letters"),
        pytest.param("Bác \ud800 sĩ đến xã", id="half a surrogate pair"),
    ],
)
def test_odd_input_is_spoken(engine: Engine, voice: Voice, text: str) -> None:
    clip = engine.speak(said(text), voice)
    assert np.sqrt(np.mean(clip.samples**2)) > 0.003


def test_control_characters_are_not_heard(engine: Engine, voice: Voice) -> None:
    clean = engine.speak(said("Xã Hoằng Đạo thông báo"), voice)
    assert engine.speak(said("Xã\0 Hoằng\x07 Đạo\u200b thông báo"), voice).sha256 == clean.sha256


def test_no_letter_of_an_endless_word_is_lost(engine: Engine, voice: Voice) -> None:
    """Five thousand letters of two-letter syllables; nobody says ten a second."""
    assert engine.speak(said("ba" * 2_500), voice).length_s > 250


@pytest.mark.parametrize("texts", [(), ("",), ("   ",), ("…",), ("\0\x01",), ("🎉",), ("Nghe đây", "")])
def test_what_has_nothing_to_say_is_refused(engine: Engine, voice: Voice, texts: tuple[str, ...]) -> None:
    with pytest.raises(SpeechFault) as refused:
        engine.speak(said(*texts), voice)
    assert refused.value.remedy


def test_a_text_without_any_punctuation_is_refused_with_advice(engine: Engine, voice: Voice) -> None:
    with pytest.raises(SpeechFault, match="ngắt câu"):
        engine.speak(said("mưa " * 10_000), voice)


def test_a_voice_of_another_engine_is_refused(engine: Engine) -> None:
    for stranger in (Voice(engine="nobody", name="x"), Voice(engine=engine.name, name="x")):
        with pytest.raises(SpeechFault):
            engine.speak(said("Nghe đây"), stranger)


def test_it_may_be_closed_twice_and_used_again(engine: Engine, voice: Voice) -> None:
    first = engine.speak(said("Nghe đây"), voice)
    engine.close()
    engine.close()
    assert engine.speak(said("Nghe đây"), voice).sha256 == first.sha256


def test_threads_do_not_mix_their_words(engine: Engine, voice: Voice) -> None:
    texts = ["Trời mưa", "Trời nắng to", "Lúa đã chín vàng ngoài đồng", "Nghe đây"]
    alone = [engine.speak(said(text), voice).sha256 for text in texts]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: engine.speak(said(text), voice).sha256, texts))
    assert together == alone
