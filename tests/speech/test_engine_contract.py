"""What every speech engine must do; a new file in speech/engines comes under these tests by itself."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from speech.connected_engines import as_program, over_http
from speech.loopback_service import LoopbackService

from broadcaster.audio.clip import Clip
from broadcaster.clock import VIETNAM
from broadcaster.errors import SpeechFault
from broadcaster.model.speech import Boundary, Phrase, Voice
from broadcaster.speech.engine import Engine
from broadcaster.speech.engines.google import GoogleEngine
from broadcaster.speech.engines.piper import PiperEngine
from broadcaster.speech.registry import engines
from broadcaster.testing import ManualClock, SilentEngine

MADE_HERE = ("silent", "qua-mang", "chuong-trinh")
"""The fake, and engines that an office connects."""
NAMES = sorted({*engines(Path()), *MADE_HERE})
ENDLESS = {"piper": 300}
"""Letters of an endless word; elsewhere 5,000. A neural model needs a minute for so many."""


@dataclass(frozen=True)
class Words:
    """What is said, in a language that the voice speaks."""

    seven: str
    """Seven syllables."""
    market: str
    rice: str
    rain: str
    listen: str
    odd: tuple[str, ...]
    """With control characters and colours, an emoji, markup, decomposed letters, half a surrogate pair."""
    spoiled: tuple[str, str]
    """The same words, clean and with characters that nobody hears."""


WORDS = {
    "vi": Words(
        seven="Mời bà con chú ý theo dõi",
        market="Chợ phiên họp sáng mai",
        rice="Lúa đã chín vàng",
        rain="Trời mưa to",
        listen="Bà con chú ý",
        odd=(
            "xã\0 Hoằng\x07 Đạo\x1b[31m thông\u200b báo",
            "Chúc mừng năm mới 🎉 mọi nhà vui vẻ",
            "Tỉ lệ < 5 & > 3 “tốt” [[abc]] <break/>",
            "xa\u0303 Ho\u0103\u0300ng \u0110a\u0323o",
            "Bác \ud800 sĩ đến xã",
        ),
        spoiled=("Xã Hoằng Đạo thông báo", "Xã\0 Hoằng\x07 Đạo\u200b thông báo"),
    ),
    "en": Words(
        seven="Listen to the morning news",
        market="Market day will be tomorrow",
        rice="The fields are yellow",
        rain="It rains today",
        listen="Please be careful now",
        odd=(
            "good\0 morning\x07 to\x1b[31m all\u200b of you",
            "A happy new year 🎉 to all of you",
            "The rate < 5 & > 3 “good” [[abc]] <break/>",
            "The cafe\u0301 at the corner",
            "The \ud800 doctor is here",
        ),
        spoiled=("Good morning to all", "Good\0 morning\x07 to\u200b all"),
    ),
}


@pytest.fixture(scope="module")
def piper(piper_voices: Path) -> Iterator[PiperEngine]:
    """One for all tests: a model takes seconds to load."""
    made = PiperEngine(piper_voices)
    yield made
    made.close()


@pytest.fixture(params=NAMES)
def engine(
    request: pytest.FixtureRequest, tmp_path: Path, google: object, service: LoopbackService, piper: PiperEngine
) -> Iterator[Engine]:
    match request.param:
        case "piper":
            yield piper
            return
        case "silent":
            made: Engine = SilentEngine()
        case "qua-mang":
            made = over_http(service)
        case "chuong-trinh":
            made = as_program(service, tmp_path)
        case "gtts":
            made = GoogleEngine(tmp_path, clock=ManualClock(datetime(2026, 10, 10, 5, tzinfo=VIETNAM)))
        case name:
            made = engines(tmp_path)[name]
    yield made
    made.close()


@pytest.fixture
def voice(engine: Engine) -> Voice:
    return engine.voices()[0]


@pytest.fixture
def words(voice: Voice) -> Words:
    return WORDS[voice.language]


def said(*texts: str, boundary: Boundary = Boundary.SENTENCE) -> list[Phrase]:
    return [Phrase(text=text, boundary=boundary) for text in texts]


def loud(clip: Clip) -> bool:
    return bool(np.sqrt(np.mean(clip.samples**2)) > 0.003)


def longest_silence_s(clip: Clip) -> float:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], clip.samples == 0, [0]])))
    return float(max(edges[1::2] - edges[::2], default=0)) / clip.sample_rate


def test_nothing_is_missing_where_it_was_installed(engine: Engine) -> None:
    assert list(engine.check()) == []


def test_its_voices_have_titles_and_vietnamese_ones_come_first(engine: Engine) -> None:
    voices = engine.voices()
    assert voices
    assert all(voice.engine == engine.name and voice.title for voice in voices)
    languages = [voice.language for voice in voices]
    assert languages == sorted(languages, key=lambda language: language != "vi")


def test_every_voice_speaks(engine: Engine, words: Words) -> None:
    for voice in engine.voices():
        clip = engine.speak(said(words.seven), voice)
        assert clip.samples.dtype == np.float32
        assert np.abs(clip.samples).max() <= 1
        assert loud(clip)
        assert 7 / 8 < clip.length_s < 7 / 1.5, "seven syllables at 1.5–8 a second"


def test_an_engine_that_promises_it_gives_the_same_sound_again(engine: Engine, voice: Voice, words: Words) -> None:
    if not engine.repeatable:
        pytest.skip("promises no such thing")
    first = engine.speak(said(words.market), voice).sha256
    engine.speak(said(words.rice), voice)
    again = engine.speak(said(words.market), voice).sha256
    engine.close()
    assert [again, engine.speak(said(words.market), voice).sha256] == [first, first]


def test_other_words_give_another_sound(engine: Engine, voice: Voice, words: Words) -> None:
    assert engine.speak(said(words.rain), voice).sha256 != engine.speak(said(words.market), voice).sha256


@pytest.mark.parametrize(
    ("boundary", "pause_s"), [(Boundary.SENTENCE, 0.8), (Boundary.PARAGRAPH, 1.0), (Boundary.HEADING, 1.0)]
)
def test_sentences_have_their_pause_and_the_last_has_none(
    engine: Engine, voice: Voice, words: Words, boundary: Boundary, pause_s: float
) -> None:
    clip = engine.speak(said(words.rain, words.listen, boundary=boundary), voice)
    assert pause_s <= longest_silence_s(clip) < pause_s + 0.05
    assert np.abs(clip.samples[-clip.sample_rate // 20 :]).max() > 0.001


def test_clauses_lie_closer_than_sentences(engine: Engine, voice: Voice, words: Words) -> None:
    clauses = engine.speak(said(words.rain, words.listen, boundary=Boundary.CLAUSE), voice)
    sentences = engine.speak(said(words.rain, words.listen), voice)
    assert clauses.length_s < sentences.length_s


@pytest.mark.parametrize("number", range(5), ids=["control", "emoji", "markup", "decomposed", "surrogate"])
def test_odd_input_is_spoken(engine: Engine, voice: Voice, words: Words, number: int) -> None:
    assert loud(engine.speak(said(words.odd[number]), voice))


def test_control_characters_are_not_heard(engine: Engine, voice: Voice, words: Words) -> None:
    clean, spoiled = (engine.speak(said(text), voice).sha256 for text in words.spoiled)
    assert spoiled == clean


def test_no_letter_of_an_endless_word_is_lost(engine: Engine, voice: Voice) -> None:
    """Two-letter syllables without a space; nobody says ten a second. A voice that swallows some is found out."""
    letters = ENDLESS.get(engine.name, 5_000)
    try:
        clip = engine.speak(said("ba" * (letters // 2)), voice)
    except SpeechFault as fault:
        assert "giây" in fault.message
        assert engine.name == "piper", "an English voice mumbles what is no word"
    else:
        assert clip.length_s > letters / 20


@pytest.mark.parametrize("texts", [(), ("",), ("   ",), ("…",), ("\0\x01",), ("🎉",), ("Nghe đây", "")])
def test_what_has_nothing_to_say_is_refused(engine: Engine, voice: Voice, texts: tuple[str, ...]) -> None:
    with pytest.raises(SpeechFault) as refused:
        engine.speak(said(*texts), voice)
    assert refused.value.remedy


def test_a_text_without_any_punctuation_is_refused_with_advice(engine: Engine, voice: Voice) -> None:
    with pytest.raises(SpeechFault, match="ngắt câu"):
        engine.speak(said("mưa " * 10_000), voice)


def test_three_hours_of_text_are_refused_with_advice(engine: Engine, voice: Voice) -> None:
    """Half an hour of sound is what is held in memory; the message says what to do instead."""
    with pytest.raises(SpeechFault, match=r"khoảng 3,0 giờ") as refused:
        engine.speak(said(*["Mời bà con chú ý theo dõi"] * 4_800), voice)
    assert "--series" in refused.value.remedy


def test_a_voice_of_another_engine_is_refused(engine: Engine) -> None:
    for stranger in (Voice(engine="nobody", name="x"), Voice(engine=engine.name, name="x")):
        with pytest.raises(SpeechFault) as refused:
            engine.speak(said("Nghe đây"), stranger)
        assert refused.value.remedy


def test_it_may_be_closed_twice_and_used_again(engine: Engine, voice: Voice, words: Words) -> None:
    first = engine.speak(said(words.rain), voice)
    engine.close()
    engine.close()
    assert engine.speak(said(words.rain), voice).frames == first.frames


def test_threads_do_not_mix_their_words(engine: Engine, voice: Voice, words: Words) -> None:
    texts = [words.rain, words.market, words.rice, words.listen]
    alone = [engine.speak(said(text), voice).sha256 for text in texts]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: engine.speak(said(text), voice).sha256, texts))
    assert together == alone
