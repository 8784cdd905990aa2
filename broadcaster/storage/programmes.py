"""Rendered programmes in SQLite, by the key of what they were made from."""

from __future__ import annotations

import json
from dataclasses import fields

from broadcaster.model.programme import CueSheet, Line, Measurement, Part, Programme, VoiceFallback
from broadcaster.storage.database import Database
from broadcaster.storage.records import from_plain, instant, to_plain

_SELECT = """
    SELECT programmes.*, measurements.audio_sha256 AS of_sha256, measurements.loudness_lufs AS of_lufs,
           measurements.true_peak_dbtp AS of_dbtp, measurements.at AS of_at
    FROM programmes LEFT JOIN measurements ON measurements.body = programmes.body
"""


class SqliteShelf:
    """What has been rendered; the cue sheet is kept as JSON."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, programme: Programme) -> None:
        """Remember it, but for what was measured of it; the same key replaces."""
        columns = {each.name: getattr(programme, each.name) for each in fields(programme) if each.name != "measured"}
        columns |= {"cues": _written(programme.cues), "fallback": _fallback_written(programme.fallback)}
        self._database.insert("programmes", columns, replace=True)

    def note(self, body: str, measurement: Measurement) -> None:
        """What was measured of a file speaks for all programmes with this body, from now on; the last one counts."""
        self._database.insert("measurements", {"body": body, **to_plain(measurement)}, replace=True)

    def measured(self, body: str) -> Measurement | None:
        """What was noted last."""
        found = self._database.read(
            "SELECT audio_sha256, loudness_lufs, true_peak_dbtp, at FROM measurements WHERE body = ?", [body]
        )
        return _measurement_read(*found[0].values()) if found else None

    def get(self, key: str) -> Programme | None:
        return self._first(f"{_SELECT} WHERE programmes.key = ?", key)

    def sounding(self, audio_sha256: str) -> Programme | None:
        return self._first(f"{_SELECT} WHERE programmes.audio_sha256 = ?", audio_sha256)

    def _first(self, query: str, value: str) -> Programme | None:
        found = self._database.read(query, [value])
        if not found:
            return None
        columns = dict(found[0])
        of = [columns.pop(name) for name in ("of_sha256", "of_lufs", "of_dbtp", "of_at")]
        columns |= {"cues": _read(columns["cues"]), "fallback": _fallback_read(columns["fallback"])}
        return Programme(**columns, measured=None if of[0] is None else _measurement_read(*of))


def _written(cues: CueSheet) -> str:
    parts = [to_plain(part) for part in cues.parts]
    # a quarter of an hour has 200 sentences, and 300 communes have as many each: `to_plain` took a tenth of their cost
    lines = [
        {"text": line.text, "offset_frames": line.offset_frames, "length_frames": line.length_frames}
        for line in cues.lines
    ]
    return json.dumps({"sample_rate": cues.sample_rate, "parts": parts, "lines": lines}, ensure_ascii=False)


def _read(text: str) -> CueSheet:
    cues = json.loads(text)
    return CueSheet(
        sample_rate=cues["sample_rate"],
        parts=tuple(from_plain(Part, part) for part in cues["parts"]),
        lines=tuple(from_plain(Line, line) for line in cues.get("lines", ())),
    )


def _measurement_read(audio_sha256: str, lufs: float, dbtp: float, at: str) -> Measurement:
    return Measurement(audio_sha256=audio_sha256, loudness_lufs=lufs, true_peak_dbtp=dbtp, at=instant(at))


def _fallback_written(fallback: VoiceFallback | None) -> str | None:
    return None if fallback is None else json.dumps(to_plain(fallback), ensure_ascii=False)


def _fallback_read(text: str | None) -> VoiceFallback | None:
    return None if text is None else from_plain(VoiceFallback, json.loads(text))
