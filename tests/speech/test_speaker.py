"""The speaker: sentence by sentence through the cache, exact pauses, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from broadcaster.audio.clip import Clip
from broadcaster.errors import SpeechFault
from broadcaster.model.speech import Boundary, Phrase, SpokenText, Voice
from broadcaster.speech.cache import ClipCache
from broadcaster.speech.speaker import Speaker
from broadcaster.testing import SilentEngine

VOICE = SilentEngine().voices()[0]
TEXT = (
    ("Thông báo", Boundary.HEADING),
    ("Ngày mai", Boundary.CLAUSE),
    ("bà con đi tiêm chủng", Boundary.SENTENCE),
    ("Nhớ mang theo sổ", Boundary.PARAGRAPH),
    ("Xin cảm ơn", Boundary.SENTENCE),
)


def spoken(*phrases: tuple[str, Boundary]) -> SpokenText:
    return SpokenText(phrases=tuple(Phrase(text=text, boundary=boundary) for text, boundary in phrases))


class NotedEngine(SilentEngine):
    """Notes what it is asked for; may be told to break, or to say something else."""

    def __init__(self, alter: Callable[[str, Clip], Clip] = lambda text, clip: clip) -> None:
        self.asked: list[str] = []
        self.alter = alter

    def speak(self, phrases: Sequence[Phrase], voice: Voice) -> Clip:
        text = " ".join(phrase.text for phrase in phrases)
        self.asked.append(text)
        return self.alter(text, super().speak(phrases, voice))


def test_each_boundary_has_its_pause_to_the_frame(tmp_path: Path) -> None:
    engine = SilentEngine()
    clip = Speaker(engine, ClipCache(tmp_path)).speak(spoken(*TEXT), VOICE)
    alone = [engine.speak([Phrase(text=text, boundary=Boundary.SENTENCE)], VOICE).frames for text, _ in TEXT]
    pauses = sum(round(pause_s * engine.sample_rate) for pause_s in (1.0, 0.35, 0.8, 1.0))
    assert clip.frames == sum(alone) + pauses


def test_nothing_follows_the_last_sentence(tmp_path: Path) -> None:
    clip = Speaker(SilentEngine(), ClipCache(tmp_path)).speak(spoken(*TEXT), VOICE)
    assert np.abs(clip.samples[-200:]).max() > 0.01


def test_saying_it_again_asks_no_engine(tmp_path: Path) -> None:
    first = Speaker(SilentEngine(), ClipCache(tmp_path))
    clip = first.speak(spoken(*TEXT), VOICE)
    assert (first.engine_calls, first.cache_hits) == (4, 0)
    engine = NotedEngine()
    again = Speaker(engine, ClipCache(tmp_path))
    assert again.speak(spoken(*TEXT), VOICE).sha256 == clip.sha256
    assert (again.engine_calls, again.cache_hits, engine.asked) == (0, 4, [])


def test_one_edited_sentence_is_the_only_one_made_anew(tmp_path: Path) -> None:
    Speaker(SilentEngine(), ClipCache(tmp_path)).speak(spoken(*TEXT), VOICE)
    engine = NotedEngine()
    edited = [*TEXT[:3], ("Nhớ mang theo sổ và khẩu trang", Boundary.PARAGRAPH), TEXT[4]]
    Speaker(engine, ClipCache(tmp_path)).speak(spoken(*edited), VOICE)
    assert engine.asked == ["Nhớ mang theo sổ và khẩu trang"]


def test_a_sentence_said_twice_is_made_once(tmp_path: Path) -> None:
    engine = NotedEngine()
    words = ("Trời mưa to", Boundary.SENTENCE), ("Trời mưa to", Boundary.HEADING), ("Trời mưa to", Boundary.CLAUSE)
    Speaker(engine, ClipCache(tmp_path)).speak(spoken(*words), VOICE)
    assert engine.asked == ["Trời mưa to"]


def test_invisible_characters_make_no_other_sentence(tmp_path: Path) -> None:
    engine = NotedEngine()
    speaker = Speaker(engine, ClipCache(tmp_path))
    for text in ("Trời mưa to", "Trời  mưa\u200b to", "Tro\u031b\u0300i mưa to"):
        speaker.speak(spoken((text, Boundary.SENTENCE)), VOICE)
    assert engine.asked == ["Trời mưa to"]


def test_one_sentence_that_fails_fails_the_text(tmp_path: Path) -> None:
    def fail(text: str, clip: Clip) -> Clip:
        if text == "Nhớ mang theo sổ":
            raise SpeechFault("mất mạng")
        return clip

    broken = Speaker(NotedEngine(fail), ClipCache(tmp_path))
    with pytest.raises(SpeechFault, match="mất mạng"):
        broken.speak(spoken(*TEXT), VOICE)
    engine = NotedEngine()
    Speaker(engine, ClipCache(tmp_path)).speak(spoken(*TEXT), VOICE)
    assert engine.asked == ["Nhớ mang theo sổ", "Xin cảm ơn"]


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda samples: samples[:0], id="nothing"),
        pytest.param(lambda samples: samples * 0, id="silence"),
        pytest.param(lambda samples: samples * 0.001, id="a whisper"),
        pytest.param(lambda samples: samples[: len(samples) // 4], id="a quarter of the words"),
        pytest.param(lambda samples: np.tile(samples, 30), id="far too long"),
        pytest.param(lambda samples: samples * np.nan, id="no numbers"),
        pytest.param(lambda samples: np.eye(1, len(samples), dtype=np.float32)[0] * 0.05, id="a click"),
    ],
)
def test_what_is_no_speech_is_refused_and_not_kept(
    tmp_path: Path,
    spoil: Callable[[np.ndarray[tuple[int], np.dtype[np.float32]]], np.ndarray[tuple[int], np.dtype[np.float32]]],
) -> None:
    liar = NotedEngine(lambda text, clip: Clip(samples=spoil(clip.samples), sample_rate=clip.sample_rate))
    with pytest.raises(SpeechFault) as fault:
        Speaker(liar, ClipCache(tmp_path)).speak(spoken(("Bà con đi tiêm chủng", Boundary.SENTENCE)), VOICE)
    assert fault.value.remedy
    assert list(tmp_path.rglob("*.clip")) == []


@pytest.mark.parametrize(
    "phrases", [(), (("", Boundary.SENTENCE),), (("…", Boundary.CLAUSE), ("Nghe", Boundary.SENTENCE))]
)
def test_an_empty_text_is_refused(tmp_path: Path, phrases: tuple[tuple[str, Boundary], ...]) -> None:
    engine = NotedEngine()
    with pytest.raises(SpeechFault):
        Speaker(engine, ClipCache(tmp_path)).speak(spoken(*phrases), VOICE)
    assert engine.asked == []


def test_a_voice_of_another_engine_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SpeechFault, match="gtts:vi"):
        Speaker(SilentEngine(), ClipCache(tmp_path)).speak(spoken(*TEXT), Voice(engine="gtts", name="vi"))


def test_a_page_without_a_full_stop_is_said_some_clauses_at_a_time(tmp_path: Path) -> None:
    clauses = [Phrase(text=f"mời bà con thôn số {number}", boundary=Boundary.CLAUSE) for number in range(65)]
    engine = SilentEngine()
    whole = engine.speak(clauses, VOICE)

    speaker = Speaker(engine, ClipCache(tmp_path))
    clip = speaker.speak(SpokenText(phrases=tuple(clauses)), VOICE)

    assert speaker.engine_calls == 3
    assert clip.frames == whole.frames, "the pause at the cut is a clause's"
