"""A take: what was said, in which voice, from the cache again whenever it is wanted; never another sound."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from broadcaster.audio.clip import Clip
from broadcaster.errors import SpeechFault
from broadcaster.model.speech import Boundary, Phrase, SpokenText, Voice
from broadcaster.speech.cache import ClipCache
from broadcaster.speech.take import Take, clip_keys, take
from broadcaster.testing import SilentEngine

HIGH, LOW = Voice(engine="silent", name="tone"), Voice(engine="silent", name="tone", pitch=10)


class Counted(SilentEngine):
    """Each call gives another sound, as a network voice may."""

    def __init__(self) -> None:
        self.calls = 0

    def speak(self, phrases: Sequence[Phrase], voice: Voice) -> Clip:
        self.calls += 1
        clip = super().speak(phrases, voice)
        return Clip(samples=clip.samples * np.float32(1 + self.calls / 1000), sample_rate=clip.sample_rate)


def text(*sentences: tuple[str, str | None]) -> SpokenText:
    return SpokenText(
        phrases=tuple(Phrase(text=words, boundary=Boundary.SENTENCE, voice=role) for words, role in sentences)
    )


def voice_of(role: str | None) -> Voice:
    return LOW if role == "nam" else HIGH


def taken(spoken: SpokenText, engine: SilentEngine, folder: Path) -> Take:
    return take(spoken, voice_of, engines={"silent": engine}, cache=ClipCache(folder))


DIALOGUE = text(("Hỏi bao giờ tiêm", "nam"), ("Đáp ngày mai", "nữ"), ("Nhớ mang sổ", "nữ"), ("Xin cảm ơn", None))


def test_each_turn_has_its_voice(tmp_path: Path) -> None:
    said = taken(DIALOGUE, SilentEngine(), tmp_path)

    assert [sentence.voice for sentence in said.said] == [LOW, HIGH, HIGH, HIGH]
    assert [len(stretch.said) for stretch in said.stretches()] == [1, 3], "one voice on end is levelled together"


def test_a_clause_does_not_join_two_turns(tmp_path: Path) -> None:
    spoken = SpokenText(
        phrases=(
            Phrase(text="Hỏi", boundary=Boundary.CLAUSE, voice="nam"),
            Phrase(text="Đáp", boundary=Boundary.SENTENCE, voice="nữ"),
        )
    )
    assert [sentence.voice for sentence in taken(spoken, SilentEngine(), tmp_path).said] == [LOW, HIGH]


def test_the_keys_of_a_take_are_those_that_it_fills(tmp_path: Path) -> None:
    engine = SilentEngine()
    taken(DIALOGUE, engine, tmp_path)

    keys = list(clip_keys(DIALOGUE, voice_of, engines={"silent": engine}))

    assert {path.stem for path in tmp_path.rglob("*.clip")} == set(keys)


def test_the_same_words_otherwise_said_are_another_take(tmp_path: Path) -> None:
    engine = Counted()
    first, again = (taken(DIALOGUE, engine, tmp_path / folder) for folder in ("a", "b"))

    assert first.sha256 != again.sha256
    assert taken(DIALOGUE, engine, tmp_path / "a").sha256 == first.sha256
    assert engine.calls == 8, "the third take came from the cache"


def test_a_pause_is_part_of_a_take(tmp_path: Path) -> None:
    engine = SilentEngine()
    pauses = [
        SpokenText(phrases=(Phrase(text="Một", boundary=boundary), Phrase(text="Hai", boundary=Boundary.SENTENCE)))
        for boundary in (Boundary.SENTENCE, Boundary.PARAGRAPH)
    ]
    assert len({taken(spoken, engine, tmp_path).sha256 for spoken in pauses}) == 2


def test_a_clip_that_was_lost_and_came_back_otherwise_is_refused(tmp_path: Path) -> None:
    said = taken(DIALOGUE, Counted(), tmp_path)
    for clip in tmp_path.rglob("*.clip"):
        clip.unlink()

    with pytest.raises(SpeechFault, match="tiếng khác"):
        said.clip(next(said.stretches()))


def test_an_hour_comes_in_stretches_of_about_three_minutes(tmp_path: Path) -> None:
    """Only a stretch is ever in memory at once."""
    words = " ".join(["mưa"] * 60)
    said = taken(text(*((f"{words}", None) for _ in range(190))), SilentEngine(), tmp_path)

    lengths = [said.clip(stretch).length_s for stretch in said.stretches()]

    assert sum(lengths) > 3600
    assert max(lengths) < 205
    assert min(lengths) > 140, "no short rest at the end"


class FromElsewhere(SilentEngine):
    """Its sound comes over a line that loses the second half of what is said about water."""

    repeatable = False
    cuts = True

    def speak(self, phrases: Sequence[Phrase], voice: Voice) -> Clip:
        clip = super().speak(phrases, voice)
        kept = clip.frames // 2 if self.cuts and "nước" in phrases[0].text else clip.frames
        return Clip(samples=clip.samples[:kept], sample_rate=clip.sample_rate)


BULLETIN = text(
    ("Ủy ban xã mời bà con đi họp", None),
    ("Chiều mai ngừng cấp nước ở thôn Hạ và thôn Thượng", None),
    ("Bà con chuẩn bị xô chậu", None),
    ("Sáng thứ bảy tiêm phòng cho trẻ em", None),
    ("Nhớ mang theo sổ tiêm chủng", None),
)


def test_a_sentence_that_comes_in_half_the_time_of_the_others_loses_the_voice(tmp_path: Path) -> None:
    engine = FromElsewhere()
    with pytest.raises(SpeechFault, match="cụt"):
        taken(BULLETIN, engine, tmp_path)

    engine.cuts = False
    whole = taken(BULLETIN, engine, tmp_path)

    assert whole.said[1].length_s > 3, "the half that was heard before is not kept"


def test_short_sentences_may_be_as_short_as_they_like(tmp_path: Path) -> None:
    engine = FromElsewhere()
    short = text(*[(words, None) for words in ("Thôn Hạ", "Mất nước", "Chú ý", "Xin cảm ơn", "Kính chào bà con")])
    assert len(taken(short, engine, tmp_path).said) == 5
