"""Rendered programmes in SQLite, by the key of what they were made from."""

from __future__ import annotations

from dataclasses import fields

from broadcaster.model import CueSheet, Programme
from broadcaster.storage.database import Database
from broadcaster.storage.records import adapter, from_plain


class SqliteShelf:
    """What has been rendered; the cue sheet is kept as JSON."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, programme: Programme) -> None:
        """Remember it; the same key replaces."""
        columns = {each.name: getattr(programme, each.name) for each in fields(programme)}
        columns["cues"] = adapter(CueSheet).dump_json(programme.cues).decode()
        self._database.insert("programmes", columns, replace=True)

    def get(self, key: str) -> Programme | None:
        found = self._database.read("SELECT * FROM programmes WHERE key = ?", [key])
        if not found:
            return None
        return from_plain(Programme, {**found[0], "cues": adapter(CueSheet).validate_json(found[0]["cues"])})
