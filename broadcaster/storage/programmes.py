"""Rendered programmes in SQLite, by the key of what they were made from."""

from __future__ import annotations

import json
from dataclasses import fields

from broadcaster.model.programme import CueSheet, Part, Programme, VoiceFallback
from broadcaster.storage.database import Database
from broadcaster.storage.records import from_plain, to_plain


class SqliteShelf:
    """What has been rendered; the cue sheet is kept as JSON."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, programme: Programme) -> None:
        """Remember it; the same key replaces."""
        columns = {each.name: getattr(programme, each.name) for each in fields(programme)}
        columns |= {"cues": _written(programme.cues), "fallback": _fallback_written(programme.fallback)}
        self._database.insert("programmes", columns, replace=True)

    def get(self, key: str) -> Programme | None:
        found = self._database.read("SELECT * FROM programmes WHERE key = ?", [key])
        if not found:
            return None
        columns = found[0]
        return Programme(**columns | {"cues": _read(columns["cues"]), "fallback": _fallback_read(columns["fallback"])})


def _written(cues: CueSheet) -> str:
    parts = [to_plain(part) for part in cues.parts]
    return json.dumps({"sample_rate": cues.sample_rate, "parts": parts}, ensure_ascii=False)


def _read(text: str) -> CueSheet:
    cues = json.loads(text)
    return CueSheet(sample_rate=cues["sample_rate"], parts=tuple(from_plain(Part, part) for part in cues["parts"]))


def _fallback_written(fallback: VoiceFallback | None) -> str | None:
    return None if fallback is None else json.dumps(to_plain(fallback), ensure_ascii=False)


def _fallback_read(text: str | None) -> VoiceFallback | None:
    return None if text is None else from_plain(VoiceFallback, json.loads(text))
