"""Which voices may say a text, the preferred first: the rungs that a bulletin falls down, always as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from broadcaster.config.languages import VIETNAMESE, language_name
from broadcaster.config.names import nearest
from broadcaster.config.voices import VoiceProfile, is_male
from broadcaster.errors import Fault, SpeechFault
from broadcaster.model.speech import Voice
from broadcaster.speech.engine import Engine
from broadcaster.speech.registry import DEFAULT_VOICE, voice_of

EMBEDDED_MALE = "espeak-ng:vi+m3"
"""Takes turns with `DEFAULT_VOICE` where a script wants a man and a woman and nothing better can be had."""

Profiles = Mapping[str, VoiceProfile]
Engines = Mapping[str, Engine]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One step of a ladder: the voice of the text, and of each role that takes turns in it."""

    name: str
    """As schedule.yaml or the script has it."""
    cast: tuple[tuple[str | None, Voice], ...] = ()
    """By role; None is who says what no role does. Empty where `missing` says why there is no such voice."""
    missing: Fault | None = None

    @property
    def voice(self) -> Voice:
        """The text's own. Raises `SpeechFault` where it cannot be had."""
        return self.voice_for(None)

    def voice_for(self, role: str | None) -> Voice:
        """Raises `SpeechFault` where it cannot be had."""
        if self.missing is not None:
            raise SpeechFault(self.missing.message, remedy=self.missing.remedy)
        return dict(self.cast)[role]

    @property
    def title(self) -> str:
        """As operators know it: `Nữ miền Bắc (nu-bac)`; of several voices all."""
        titles = dict.fromkeys(voice.title for _, voice in self.cast if voice.title)
        return f"{' và '.join(titles)} ({self.name})" if titles else self.name


def ladder(
    names: Sequence[str],
    *,
    profiles: Profiles,
    engines: Engines,
    language: str = VIETNAMESE,
    roles: Sequence[str] = (),
) -> tuple[Rung, ...]:
    """The rungs for `names` (profiles or `engine:voice`), then the embedded voice, which is always there.

    A text in which roles take turns has two: the cast that was meant, and the embedded pair; so falling moves all
    voices at once. Raises `SpeechFault` for a language that no voice speaks: only a recording can be aired in it.
    """
    rungs = [_rung(name, roles, profiles, engines) for name in dict.fromkeys(names)]
    rungs = [rung for rung in rungs if rung.missing or _is(rung.voice.language, language)]
    if roles:
        rungs = rungs[:1]
    if _is(language, VIETNAMESE):
        rungs += _embedded(rungs, roles, engines)
    if not rungs:
        raise SpeechFault(
            f"Không có giọng máy nào đọc được {language_name(language)}.",
            remedy=(
                "Thu lời người đọc rồi nhập: broadcaster import TỆP --language …, hoặc chép tệp vào scripts_content/ "
                "và ghi dòng ban_thu trong phần đầu bài. Bài tiếng Việt thì sửa dòng ngon_ngu."
            ),
        )
    return tuple(rungs)


def named_voice(name: str, *, profiles: Profiles, engines: Engines) -> Voice:
    """The voice that a profile's key or `engine:voice` means. Raises `SpeechFault` with the nearest names."""
    profile = profiles.get(name)
    if profile is not None:
        return _as_profiled(voice_of(profile.voice_key, engines), profile)
    if ":" in name or name in engines:
        return voice_of(name, engines)
    meant = nearest(name, list(profiles))
    guess = f"Có phải ý bạn là “{meant}”? " if meant else ""
    there = ", ".join([*profiles, *(voice.key for engine in engines.values() for voice in engine.voices())])
    raise SpeechFault(f"Không có giọng “{name}”.", remedy=f"{guess}Hiện có: {there}.")


def _as_profiled(voice: Voice, profile: VoiceProfile) -> Voice:
    """What the profile leaves out stays as the engine has it."""
    return replace(
        voice,
        title=profile.name,
        syllables_per_second=profile.syllables_per_second or voice.syllables_per_second,
        pitch=voice.pitch if profile.pitch is None else profile.pitch,
        pitch_range=voice.pitch_range if profile.pitch_range is None else profile.pitch_range,
        gain_db=profile.gain_db,
    )


def _rung(name: str, roles: Sequence[str], profiles: Profiles, engines: Engines) -> Rung:
    try:
        own = named_voice(name, profiles=profiles, engines=engines)
        cast = [(role, _voice_of_role(role, name, own, profiles, engines)) for role in dict.fromkeys(roles)]
    except SpeechFault as fault:
        return Rung(name=name, missing=Fault(message=fault.message, remedy=fault.remedy))
    return Rung(name=name, cast=((None, own), *cast))


def _voice_of_role(role: str, name: str, own: Voice, profiles: Profiles, engines: Engines) -> Voice:
    """`nam` or `nữ`: the text's own voice if it is such, else the first profile that is, else the embedded one.

    Any other role is a voice's name.
    """
    male = is_male(role)
    if role in profiles or male is None:
        return named_voice(role, profiles=profiles, engines=engines)
    if _sounds_male(name, own.title) is male:
        return own
    for profile in profiles.values():
        if _sounds_male(profile.key, profile.name) is male:
            return named_voice(profile.key, profiles=profiles, engines=engines)
    return voice_of(EMBEDDED_MALE if male else DEFAULT_VOICE, engines)


def _sounds_male(key: str, title: str) -> bool | None:
    """The key tells first: a woman of the south may be titled "Nam Bộ"."""
    told = is_male(key)
    return is_male(title) if told is None else told


def _is(language: str, other: str) -> bool:
    """`vi-VN` is `vi`."""
    return language.partition("-")[0] == other.partition("-")[0]


def _embedded(rungs: Sequence[Rung], roles: Sequence[str], engines: Engines) -> list[Rung]:
    """Nothing where all voices of a rung are the embedded engine's already: it would fail the same way."""
    own = voice_of(DEFAULT_VOICE, engines)
    if any(rung.cast and all(voice.engine == own.engine for _, voice in rung.cast) for rung in rungs):
        return []
    pair = (own, voice_of(EMBEDDED_MALE, engines))
    cast = [(role, pair[_place_in_pair(role, number)]) for number, role in enumerate(dict.fromkeys(roles))]
    return [Rung(name=DEFAULT_VOICE, cast=((None, own), *cast))]


def _place_in_pair(role: str, number: int) -> int:
    """Men and women by their names, all others turn about."""
    male = is_male(role)
    return number % 2 if male is None else int(male)
