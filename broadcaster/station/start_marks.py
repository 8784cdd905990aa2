"""What went on the air while its beginning could not be noted: a file that has its room on the disk beforehand."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

ROOM_BYTES = 1_048_576
"""Some 6,000 beginnings of one hour without room; every commune of the country on one machine is 3,321."""
END = b"\0"


class StartMark(NamedTuple):
    """When it began, and the programme that it was (none for a relay)."""

    at: datetime
    programme: str | None


class StartMarks:
    """Marks by airing and cluster, written over what stands there: on a full disk that needs no block more.

    Not so on file systems that never write in place (Btrfs, ZFS); there a mark may fail like any other note.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def reserve(self) -> None:
        """Take the room, while there is some. Raises `OSError`."""
        if self._path.exists() and self._path.stat().st_size >= ROOM_BYTES:
            return
        with self._path.open("wb", buffering=0) as file:
            file.write(bytes(ROOM_BYTES))
            os.fsync(file.fileno())

    def put(self, marks: Mapping[tuple[str, str], StartMark]) -> None:
        """These, and none of those before. Raises `OSError`."""
        lines = [
            json.dumps([*key, mark.at.isoformat(), mark.programme], ensure_ascii=False) + "\n"
            for key, mark in marks.items()
        ]
        data = "".join(lines).encode()[: ROOM_BYTES - len(END)] + END
        with self._path.open("r+b", buffering=0) as file:
            file.write(data)
            os.fsync(file.fileno())

    def read(self) -> dict[tuple[str, str], StartMark]:
        """Up to the first line that a power cut left unfinished."""
        found: dict[tuple[str, str], StartMark] = {}
        data = self._path.read_bytes() if self._path.exists() else b""
        for line in data.partition(END)[0].split(b"\n")[:-1]:
            try:
                airing, cluster, at, programme = json.loads(line)
                found[airing, cluster] = StartMark(datetime.fromisoformat(at), programme)
            except ValueError:
                break
        return found
