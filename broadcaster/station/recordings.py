"""A script's recording: its file, what is wrong with it, and its sound as it goes on the air."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from broadcaster.audio.clip import Clip
from broadcaster.audio.recording import Recording
from broadcaster.audio.recording_faults import Verdict
from broadcaster.audio.recording_faults import recording_verdict as judged
from broadcaster.audio.recording_in import bring_in, kept_s
from broadcaster.config.types import Schedule
from broadcaster.model.script import Script
from broadcaster.station.station import Station


def recording_file(station: Station, script: Script) -> Path:
    """Where the recording lies, or should."""
    return station.library.folder / (script.recording or "")


def recording_verdict(station: Station, script: Script, *, words_s: float | None = None) -> Verdict:
    """What is wrong with it: as a sound, for the time that the schedule gives it, and beside the text's `words_s`."""
    file = recording_file(station, script)
    name = station.workspace.relative(file)
    limit_s, entry = allowed(station.schedule, script.path) if not script.is_spoken else (None, "")
    judge = partial(
        judged, file=name, limit_s=limit_s, entry=entry, words_s=None if script.is_spoken else words_s or None
    )
    return station.sounds.verdict(file, judge)


def recording_digest(station: Station, script: Script) -> str | None:
    """SHA-256 of the recording that stands: the file, or while that is bad the last good one of its name.

    None for a script without one, and where there never was a good one.
    """
    if script.recording is None:
        return None
    file = recording_file(station, script)
    return station.sounds.standing(file, partial(judged, file=station.workspace.relative(file)))


def recorded_clip(station: Station, script: Script) -> Clip:
    """From its first to its last word. Raises `AudioFault` where it is missing, no sound, or silent."""
    file = recording_file(station, script)
    return bring_in(file, station.sounds.heard(file))


def recorded_s(station: Station, script: Script) -> float:
    """Seconds of it that will sound. Raises `AudioFault` where it is missing or no sound."""
    return kept_s(station.sounds.heard(recording_file(station, script)))


def heard_in(station: Station, script: Script) -> Recording | None:
    """What was measured; None for a script without a recording. Raises `AudioFault` as `recorded_s`."""
    return station.sounds.heard(recording_file(station, script)) if script.recording else None


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
