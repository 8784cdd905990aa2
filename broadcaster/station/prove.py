"""Rows → proof: the log as it stands, and whether anybody touched it, its checkpoints or its sounds."""

from __future__ import annotations

import hashlib
from datetime import date

from broadcaster.evidence.verify import Verdict, verify
from broadcaster.model import LogRow
from broadcaster.station.station import Station


def log_rows(
    station: Station, *, first: date | None = None, last: date | None = None, commune: str | None = None
) -> list[LogRow]:
    """Rows of these days (of the planned start), in order of seq."""
    return list(station.log.rows(first=first, last=last, commune=commune))


def verify_log(station: Station) -> Verdict:
    """Every hash of the chain, every checkpoint, every programme's file."""
    # the store before the file, the file before the rows: a station that runs meanwhile writes in the other order
    kept = station.checkpoints.store.all()
    marks = station.checkpoints.read()
    return verify(station.log.rows(), marks, kept=kept, audio_digest=lambda path: audio_digest(station, path))


def audio_digest(station: Station, path: str) -> str | None:
    """SHA-256 of a file of the workspace, hexadecimal; None where it is gone."""
    file = station.workspace.folder / path
    if not file.is_file():
        return None
    with file.open("rb") as sound:
        return hashlib.file_digest(sound, "sha256").hexdigest()
