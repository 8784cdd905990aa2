"""`import` of recordings: what came in, and what a person should listen to again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from broadcaster.cli.face import Face
from broadcaster.cli.printing import faults_as_json, print_json, seconds_in_words
from broadcaster.errors import WrongUsage

if TYPE_CHECKING:
    from broadcaster.station.importing_recordings import Filing, RecordedScript


def are_recordings(files: tuple[Path, ...], *, title: str | None) -> bool:
    """All of them or none: what is imported together comes in together."""
    from broadcaster.station.importing_recordings import is_recording

    recordings = [file for file in files if is_recording(file)]
    if recordings and len(recordings) < len(files):
        raise WrongUsage("Có cả bản thu và văn bản.", remedy="Nhập bản thu riêng, văn bản riêng.")
    if title is not None and (not recordings or len(files) > 1):
        raise WrongUsage("'--title' chỉ dùng khi nhập một bản thu.", remedy="Bỏ '--title', hoặc nhập từng bản thu.")
    return bool(recordings)


def import_recordings(face: Face, files: tuple[Path, ...], filing: Filing, *, as_json: bool) -> None:
    """Bring them in, and say what could be better with each."""
    from broadcaster.station.importing_recordings import import_recordings as bring_in
    from broadcaster.station.station import open_station

    with open_station(face.workspace) as station:
        imported = bring_in(station, files, filing)
    if as_json:
        print_json([_recorded_as_json(one) for one in imported])
        return
    for one in imported:
        click.echo(f"{one.source}: {one.script.title}, {seconds_in_words(one.length_s)}")
        for warning in one.warnings:
            click.echo(f"  ! {warning.message} {warning.remedy}")
        click.echo(f"→ scripts_content/{one.script.path} (ban_thu: {one.script.recording})")
        click.echo(f"Bước tiếp theo: nghe lại, ghi thêm lời nếu cần, rồi broadcaster scripts show {one.script.path}")


def _recorded_as_json(one: RecordedScript) -> dict[str, object]:
    return {
        "source": str(one.source),
        "script": one.script.path,
        "title": one.script.title,
        "language": one.script.language,
        "recording": one.script.recording,
        "length_s": round(one.length_s, 1),
        "warnings": faults_as_json(one.warnings),
    }
