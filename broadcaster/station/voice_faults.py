"""What is wrong with the voices: those that schedule.yaml names, and those that a script names or would need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from broadcaster.config.load import load_with_places
from broadcaster.config.voices import OUTDOORS, ladder_of
from broadcaster.errors import BroadcasterError, Fault
from broadcaster.model.script import Script
from broadcaster.speech.ladder import named_voice
from broadcaster.speech.registry import DEFAULT_VOICE
from broadcaster.station.station import Station
from broadcaster.station.voicing import rungs_for, spoken, too_long

DEFAULT_ENGINE = DEFAULT_VOICE.partition(":")[0]


def schedule_faults(station: Station) -> Iterator[Fault]:
    """Each voice at its place in the file, and what the engines that are used or connected lack."""
    schedule, places = load_with_places(station.workspace.schedule_file)
    ladders: list[tuple[tuple[str, ...], Sequence[str]]] = [(("giong",), schedule.voice_ladder or ())]
    ladders += [(("xa", key, "giong"), each.voice_ladder or ()) for key, each in schedule.communes.items()]
    for path, names in ladders:
        for number, name in enumerate(names):
            if name not in schedule.voice_profiles:
                yield from (places.put(fault, places.of(*path, number)) for fault in _unknown(station, name))
    for key in schedule.voice_profiles:
        yield from (places.put(fault, places.of("giong_doc", key, "may_doc")) for fault in _unknown(station, key))
    used = {_engine_of(station, name) for _, names in ladders for name in names} or {DEFAULT_ENGINE}
    used |= {profile.engine for profile in schedule.voice_profiles.values()} | set(schedule.engines)
    for engine in sorted(used & set(station.engines)):
        yield from station.engines[engine].check()


def script_faults(station: Station, script: Script) -> Iterator[Fault]:
    """Its own voices, and whether any voice could say it at all."""
    said = spoken(station, script)
    if fault := too_long(said):
        yield fault
    for name in ladder_of(script.voice):
        yield from (replace(fault, file=script.path) for fault in _unknown(station, name))
        if (engine := _engine_of(station, name)) in station.engines:
            yield from station.engines[engine].check()
    if script.is_spoken:
        try:
            rungs_for(station, said, None)
        except BroadcasterError as error:
            yield Fault(message=error.message, remedy=error.remedy, file=script.path)


def paces(station: Station) -> Iterator[Fault]:
    """Voices that are hard to follow outdoors; they work all the same."""
    slowest, fastest = OUTDOORS
    for profile in station.schedule.voice_profiles.values():
        if not profile.is_outdoor_pace:
            yield Fault(
                message=f"giọng {profile.key} đọc {profile.syllables_per_second:g} âm tiết/giây, ngoài trời khó nghe.",
                remedy=f"Nên đặt toc_do từ {slowest:g} đến {fastest:g} âm tiết/giây.",
                file="schedule.yaml",
            )


def _unknown(station: Station, name: str) -> Iterator[Fault]:
    try:
        named_voice(name, profiles=station.schedule.voice_profiles, engines=station.engines)
    except BroadcasterError as error:
        yield Fault(message=error.message, remedy=error.remedy)


def _engine_of(station: Station, name: str) -> str:
    profile = station.schedule.voice_profiles.get(name)
    return profile.engine if profile else name.partition(":")[0]
