"""What is wrong with the workspace's recordings and jingles, found long before they are to sound."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress

from broadcaster.content.naming import did_you_mean
from broadcaster.errors import Fault, WorkspaceFault
from broadcaster.model.script import Script
from broadcaster.programme.templates import needs
from broadcaster.station.jingles import Jingles
from broadcaster.station.recordings import recording_verdict
from broadcaster.station.station import Station
from broadcaster.station.voicing import spoken


def recording_faults(station: Station, script: Script) -> Iterator[Fault]:
    """What keeps the script's recording off the air."""
    if script.recording is not None:
        yield from recording_verdict(station, script, words_s=spoken(station, script).words_s).faults


def opening_faults(script: Script, there: Collection[str]) -> Iterator[Fault]:
    """That it opens with a chime that nobody has; `there` are the jingles' names."""
    if script.opening is not None and script.opening not in there:
        yield Fault(
            message=f"“mo_dau: {script.opening}” không có trong scripts_content/nhac/.",
            remedy=f"Đang có: {', '.join(sorted(there))}.{did_you_mean(script.opening, there)}",
            file=script.path,
        )


def jingle_faults(station: Station, jingles: Jingles) -> Iterator[Fault]:
    """Of the jingles that scripts and templates use; names that templates misspell are told with the templates."""
    there = jingles.names()
    for script in _readable(station):
        yield from opening_faults(script, there)
    for name in sorted(there & _used(station)):
        yield from jingles.verdict(name).faults


def poor_sounds(station: Station, jingles: Jingles) -> Iterator[Fault]:
    """What can air, and could be better."""
    for script in _readable(station):
        if script.recording is not None:
            yield from recording_verdict(station, script, words_s=spoken(station, script).words_s).warnings
    for name in sorted(jingles.names() & _used(station)):
        yield from jingles.verdict(name).warnings


def _used(station: Station) -> set[str]:
    """By templates, and by scripts that open with one."""
    used = {script.opening for script in _readable(station) if script.opening}
    return used.union(*(needs(template).jingles for template in station.schedule.templates.values()))


def _readable(station: Station) -> Iterator[Script]:
    """Those that cannot be read are told of as such."""
    for path in station.library.paths():
        with suppress(WorkspaceFault):
            yield station.library.load(path)
