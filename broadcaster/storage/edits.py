"""The journal of the schedule's edits in SQLite, append only; each text of the file is kept once, compressed."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any, Generic

from broadcaster.storage.database import Database
from broadcaster.storage.records import Record, from_plain, to_plain


class SqliteEdits(Generic[Record]):
    """Steps as config's journal describes them (`kind`)."""

    def __init__(self, database: Database, *, kind: type[Record]) -> None:
        self._database = database
        self._kind = kind

    def record(self, step: Record, *, before: str, after: str) -> None:
        """The step and both texts, or nothing."""
        columns = to_plain(step)
        with self._database.atomic():
            for name, text in (("before_sha256", before), ("after_sha256", after)):
                packed = zlib.compress(text.encode(), 9)
                self._database.write("INSERT OR IGNORE INTO schedule_texts VALUES (?, ?)", [columns[name], packed])
            self._database.insert("schedule_edits", columns)

    def steps(self) -> list[Record]:
        """In their order."""
        return [self._step(columns) for columns in self._database.read("SELECT * FROM schedule_edits ORDER BY number")]

    def text(self, digest: str) -> str:
        """The text that was kept under this digest. Raises `KeyError` for one that never was."""
        found = self._database.read("SELECT packed FROM schedule_texts WHERE sha256 = ?", [digest])
        if not found:
            raise KeyError(digest)
        return zlib.decompress(found[0]["packed"]).decode()

    def _step(self, columns: Mapping[str, Any]) -> Record:
        return from_plain(self._kind, columns)
