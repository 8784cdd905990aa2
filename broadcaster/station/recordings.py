"""A script's recording: its file, what is wrong with it, and its sound as it goes on the air."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from broadcaster.audio.recording_faults import Verdict
from broadcaster.audio.recording_faults import recording_verdict as judged
from broadcaster.audio.recording_in import Recorded
from broadcaster.config.schedule import Schedule
from broadcaster.errors import AudioFault, Fault
from broadcaster.model.script import Script
from broadcaster.station.station import Station


def recording_file(station: Station, script: Script) -> Path:
    """Where the recording lies, or should."""
    return station.library.folder / (script.recording or "")


def recording_verdict(station: Station, script: Script, *, words_s: float = 0.0) -> Verdict:
    """What is wrong with it: as a sound, for the time that the schedule gives it, and beside the text's `words_s`.

    Nothing, for a script without a recording.
    """
    if script.recording is None:
        return Verdict()
    limit_s, entry = allowed(station.schedule, script.path)
    judge = partial(
        judged,
        file=script.path,
        limit_s=limit_s,
        entry=entry,
        words_s=words_s if words_s and not script.is_spoken else None,
    )
    verdict = station.sounds.verdict(recording_file(station, script), judge)
    return Verdict(faults=_named(script, verdict.faults), warnings=_named(script, verdict.warnings))


def recording_digest(station: Station, script: Script) -> str | None:
    """SHA-256 of the recording that stands: the file, or while that is bad the last good one of its name.

    None for a script without one, and where there never was a good one.
    """
    if script.recording is None:
        return None
    file = recording_file(station, script)
    return station.sounds.standing(file, partial(judged, file=station.workspace.relative(file)))


def recorded(station: Station, script: Script) -> Recorded:
    """The recording, ready to sound. Raises `AudioFault` with everything that keeps it off the air."""
    file = recording_file(station, script)
    verdict = station.sounds.verdict(file, partial(judged, file=station.workspace.relative(file)))
    if verdict.faults:
        raise unusable(script, verdict.faults)
    return Recorded(file=file, heard=station.sounds.heard(file), sha256=station.sounds.sha256(file))


def recorded_s(station: Station, script: Script) -> float:
    """Seconds of its recording that will sound; 0 without one, or where it cannot be heard."""
    if script.recording is None:
        return 0.0
    try:
        return recorded(station, script).length_s
    except AudioFault:
        return 0.0


def unusable(script: Script, faults: Sequence[Fault]) -> AudioFault:
    """One fault speaks for itself; several are listed."""
    one = faults[0] if len(faults) == 1 else None
    return AudioFault(
        f"Bản thu của bài {script.path} chưa dùng được{f': {one.message}' if one else '.'}",
        remedy=one.remedy if one else "",
        faults=() if one else faults,
    )


def _named(script: Script, found: Sequence[Fault]) -> tuple[Fault, ...]:
    return tuple(
        replace(fault, message=f"bản thu {script.recording}: {fault.message}", file=script.path) for fault in found
    )


def allowed(schedule: Schedule, path: str) -> tuple[float | None, str]:
    """The least time that an entry or campaign gives the script, and what that is called."""
    given = sorted(_given(schedule, path))
    return given[0] if given else (None, "")


def _given(schedule: Schedule, path: str) -> Iterator[tuple[float, str]]:
    added = [entry for days in schedule.exceptions for entry in days.add]
    for entry in (*schedule.entries, *added):
        if entry.script and entry.length and _matches(entry.script, path, communes=list(schedule.communes)):
            yield entry.length.duration.total_seconds(), entry.name
    for campaign in schedule.campaigns:
        if campaign.length and any(_matches(each, path, communes=list(schedule.communes)) for each in campaign.scripts):
            yield campaign.length.duration.total_seconds(), campaign.name


def _matches(pattern: str, path: str, *, communes: list[str]) -> bool:
    commune = "|".join(map(re.escape, communes))
    written = re.escape(pattern).replace(r"\{xa\}", f"(?:{commune})").replace(r"\{ngay\}", r"\d{4}-\d\d-\d\d")
    return re.fullmatch(written, path) is not None
