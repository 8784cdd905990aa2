"""Ladders: which voices may say a text, in which order, and who takes turns in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from broadcaster.config.voices import VoiceProfile
from broadcaster.errors import SpeechFault
from broadcaster.model.speech import Voice
from broadcaster.speech.engine import Engine
from broadcaster.speech.ladder import ladder
from broadcaster.speech.registry import engines as found_engines
from broadcaster.testing import SilentEngine


class Tones(SilentEngine):
    """Two voices, one of them of another language."""

    def voices(self) -> tuple[Voice, ...]:
        return (*super().voices(), Voice(engine=self.name, name="hmong", title="Tiếng Mông", language="hmn"))


@pytest.fixture
def engines(tmp_path: Path) -> Mapping[str, Engine]:
    return {**found_engines(tmp_path), "silent": Tones()}


def profile(
    key: str, name: str, *, engine: str = "silent", voice: str | None = None, pace: float = 3.0
) -> VoiceProfile:
    return VoiceProfile(key=key, name=name, engine=engine, voice=voice, syllables_per_second=pace, gain_db=-2.0)


PROFILES = {
    "nu-nam": profile("nu-nam", "Nữ miền Nam"),
    "nam-bac": profile("nam-bac", "Nam miền Bắc", engine="espeak-ng", voice="vi+m3"),
    "hong": profile("hong", "Giọng hỏng", engine="piper-khong-co"),
}


def names(*wanted: str, engines: Mapping[str, Engine], **more: object) -> list[str]:
    return [rung.name for rung in ladder(wanted, profiles=PROFILES, engines=engines, **more)]  # type: ignore[arg-type]


def test_the_embedded_voice_is_the_last_rung(engines: Mapping[str, Engine]) -> None:
    assert names("nu-nam", "gtts:vi", engines=engines) == ["nu-nam", "gtts:vi", "espeak-ng:vi+f2"]


def test_no_rung_is_there_twice(engines: Mapping[str, Engine]) -> None:
    assert names("nam-bac", "nu-nam", "nam-bac", engines=engines) == ["nam-bac", "nu-nam"], (
        "the engine is there already"
    )


def test_a_profile_gives_the_voice_its_title_pace_and_gain(engines: Mapping[str, Engine]) -> None:
    (rung, _) = ladder(["nu-nam"], profiles=PROFILES, engines=engines)

    voice = rung.voice
    assert (voice.key, voice.title, voice.syllables_per_second, voice.gain_db) == (
        "silent:tone",
        "Nữ miền Nam",
        3.0,
        -2,
    )
    assert rung.title == "Nữ miền Nam (nu-nam)"
    assert voice.pitch_range == SilentEngine().voices()[0].pitch_range, "what the profile leaves out"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("hong", "piper-khong-co"),
        ("espeak-ng:vi+f9", "espeak-ng:vi+f2"),
        ("nu-na", "“nu-nam”"),
        ("khong-co:vi", "khong-co"),
    ],
)
def test_a_voice_that_is_not_there_is_a_rung_that_says_why(
    engines: Mapping[str, Engine], name: str, words: str
) -> None:
    lost, embedded = ladder([name], profiles=PROFILES, engines=engines)

    with pytest.raises(SpeechFault) as told:
        _ = lost.voice
    assert words in f"{told.value.message} {told.value.remedy}"
    assert told.value.remedy
    assert embedded.voice.key == "espeak-ng:vi+f2"


def test_another_language_has_its_own_voices_alone(engines: Mapping[str, Engine]) -> None:
    rungs = ladder(["nu-nam", "silent:hmong"], profiles=PROFILES, engines=engines, language="hmn")
    assert [rung.name for rung in rungs] == ["silent:hmong"], "no Vietnamese voice reads Hmong"


def test_a_language_without_a_voice_needs_a_recording(engines: Mapping[str, Engine]) -> None:
    with pytest.raises(SpeechFault) as told:
        ladder(["nu-nam"], profiles=PROFILES, engines=engines, language="rad")
    assert "ban_thu" in told.value.remedy


def test_a_pair_takes_turns_and_falls_as_a_pair(engines: Mapping[str, Engine]) -> None:
    meant, embedded = ladder(["nu-nam", "gtts:vi"], profiles=PROFILES, engines=engines, roles=["nam", "nữ"])

    cast = {role: meant.voice_for(role).title for role in (None, "nam", "nữ")}
    assert cast == {None: "Nữ miền Nam", "nam": "Nam miền Bắc", "nữ": "Nữ miền Nam"}
    assert [embedded.voice_for(role).key for role in (None, "nam", "nữ")] == [
        "espeak-ng:vi+f2",
        "espeak-ng:vi+m3",
        "espeak-ng:vi+f2",
    ]


def test_without_profiles_the_embedded_pair_takes_turns(engines: Mapping[str, Engine]) -> None:
    (rung,) = ladder(["espeak-ng:vi+f2"], profiles={}, engines=engines, roles=["nữ", "nam"])
    assert [rung.voice_for(role).name for role in ("nữ", "nam")] == ["vi+f2", "vi+m3"]


def test_a_role_may_be_a_profile(engines: Mapping[str, Engine]) -> None:
    (meant, embedded) = ladder(["gtts:vi"], profiles=PROFILES, engines=engines, roles=["nu-nam"])
    assert (meant.voice.key, meant.voice_for("nu-nam").key) == ("gtts:vi", "silent:tone")
    assert embedded.voice_for("nu-nam").engine == "espeak-ng"


def test_one_missing_voice_of_a_pair_loses_both(engines: Mapping[str, Engine]) -> None:
    (lost, embedded) = ladder(["nu-nam"], profiles=PROFILES, engines=engines, roles=["hong"])
    with pytest.raises(SpeechFault):
        lost.voice_for(None)
    assert embedded.voice_for(None).engine == "espeak-ng"
