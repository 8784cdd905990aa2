"""Rows → proof: the log as it stands, and whether anybody touched it, its checkpoints or its sounds."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from functools import partial

from broadcaster.errors import EvidenceBroken, RecordsDamaged, WrongUsage
from broadcaster.evidence.verify import Verdict, verify
from broadcaster.model.as_run import LogRow
from broadcaster.station.station import Station


def log_rows(
    station: Station, *, first: date | None = None, last: date | None = None, commune: str | None = None
) -> list[LogRow]:
    """Rows of these days (of the planned start), in order of seq.

    Raises `WrongUsage` for a commune that neither the schedule nor the log knows: a slip of the keyboard must not read
    as a commune where nothing aired.
    """
    scheduled = station.schedule.communes
    if commune is not None and commune not in scheduled and next(station.log.rows(commune=commune), None) is None:
        raise WrongUsage(
            f"Không có xã “{commune}” trong schedule.yaml và trong nhật ký.",
            remedy=f"Dùng một trong các mã: {', '.join(scheduled)}.",
        )
    return list(station.log.rows(first=first, last=last, commune=commune))


def verify_log(station: Station) -> Verdict:
    """Every hash of the chain, every checkpoint, every programme's file; records too damaged to read do not hold."""
    try:
        return _verified(station)
    except (EvidenceBroken, RecordsDamaged) as error:
        return Verdict(ok=False, rows=0, first_bad_seq=None, checkpoints=0, why=error.message)


def _verified(station: Station) -> Verdict:
    """The table of marks is read before their file, the file before the rows: a running station writes them last."""
    kept = station.checkpoints.store.all()
    try:
        marks = station.checkpoints.read()
    except EvidenceBroken as error:
        rows_alone = verify(station.log.rows(), kept, audio_digest=partial(_digest, station), checkpoint_every=None)
        why = rows_alone.why or error.message
        return replace(rows_alone, ok=False, checkpoints=0, why=why)
    return verify(station.log.rows(), marks, kept=kept, audio_digest=partial(_digest, station))


def _digest(station: Station, path: str) -> str | None:
    try:
        return audio_digest(station, path)
    except OSError as error:
        raise EvidenceBroken(f"Không đọc được tệp âm thanh {path}: {error.strerror}.") from error


def audio_digest(station: Station, path: str) -> str | None:
    """SHA-256 of a file of the workspace, hexadecimal; None where it is gone."""
    file = station.workspace.folder / path
    if not file.is_file():
        return None
    with file.open("rb") as sound:
        return hashlib.file_digest(sound, "sha256").hexdigest()
