"""Intents in SQLite: what the station meant to air outlives the station."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from broadcaster.errors import EvidenceBroken
from broadcaster.model.as_run import Intent
from broadcaster.model.plan import Airing
from broadcaster.storage.database import Database
from broadcaster.storage.records import from_plain, instant, timestamp, to_plain

_SEEN = "seen-until"


class SqliteLedger:
    """Airings without an outcome, and the ids of those that have one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def intend(self, intents: Iterable[Intent]) -> None:
        """Add those that are new; renew those that have not begun; leave those on the air or settled alone."""
        with self._database.atomic():
            for intent in intents:
                self._database.write(_INTEND, _columns(intent))

    def begin(self, airing: str, cluster: str, *, at: datetime, programme: str | None = None) -> None:
        """It is on the air; beginning again (after an interruption) keeps the first time. Raises `EvidenceBroken`."""
        touched = self._database.write(
            "UPDATE intents SET began_at = coalesce(began_at, ?), programme = coalesce(?, programme) "
            "WHERE airing = ? AND cluster = ?",
            [timestamp(at), programme, airing, cluster],
        )
        _must_be_intended(touched, airing, cluster)

    def stand_down(self, airing: str, cluster: str) -> None:
        """It did not go on the air after all, and waits again. Leaves one that has sounded as it is."""
        self._database.write(
            "UPDATE intents SET began_at = NULL, programme = NULL "
            "WHERE airing = ? AND cluster = ? AND played_frames = 0",
            [airing, cluster],
        )

    def progress(self, airing: str, cluster: str, *, frames: int, sample_rate: int) -> None:
        """How far it has sounded. Raises `EvidenceBroken` for one that is not on the air."""
        touched = self._database.write(
            "UPDATE intents SET played_frames = ?, sample_rate = ? "
            "WHERE airing = ? AND cluster = ? AND began_at IS NOT NULL",
            [frames, sample_rate, airing, cluster],
        )
        _must_be_intended(touched, airing, cluster)

    def settle(self, airing: str, cluster: str) -> None:
        """Its outcome stands in the log; it is never intended again."""
        with self._database.atomic():
            self._database.write("DELETE FROM intents WHERE airing = ? AND cluster = ?", [airing, cluster])
            self._database.write("INSERT OR IGNORE INTO settled VALUES (?, ?)", [airing, cluster])

    def open(self) -> list[Intent]:
        """All without an outcome, in order of start."""
        return [_intent(row) for row in self._database.read("SELECT * FROM intents ORDER BY start, airing, cluster")]

    def seen_until(self) -> datetime | None:
        return self.marked(_SEEN)

    def mark_seen(self, at: datetime) -> None:
        self.mark(_SEEN, at)

    def marked(self, name: str) -> datetime | None:
        """What `mark` noted under this name."""
        found = self._database.read("SELECT at FROM marks WHERE name = ?", [name])
        return instant(found[0]["at"]) if found else None

    def mark(self, name: str, at: datetime) -> None:
        """In place of what was noted under this name before."""
        self._database.insert("marks", {"name": name, "at": timestamp(at)}, replace=True)


_INTEND = """
    INSERT INTO intents (airing, cluster, output, start, plan, began_at, programme, played_frames, sample_rate)
    SELECT :airing, :cluster, :output, :start, :plan, :began_at, :programme, :played_frames, :sample_rate
    WHERE NOT EXISTS (SELECT 1 FROM settled WHERE airing = :airing AND cluster = :cluster)
    ON CONFLICT (airing, cluster) DO UPDATE
    SET output = excluded.output, start = excluded.start, plan = excluded.plan
    WHERE began_at IS NULL
"""


def _columns(intent: Intent) -> dict[str, Any]:
    return {
        "airing": intent.airing.id,
        "cluster": intent.cluster,
        "output": intent.output,
        "start": intent.airing.start and timestamp(intent.airing.start),
        "plan": json.dumps(to_plain(intent.airing), ensure_ascii=False),
        "began_at": intent.began_at and timestamp(intent.began_at),
        "programme": intent.programme,
        "played_frames": intent.played_frames,
        "sample_rate": intent.sample_rate,
    }


def _intent(columns: dict[str, Any]) -> Intent:
    return Intent(
        airing=from_plain(Airing, json.loads(columns["plan"])),
        cluster=columns["cluster"],
        output=columns["output"],
        began_at=instant(columns["began_at"]) if columns["began_at"] else None,
        programme=columns["programme"],
        played_frames=columns["played_frames"],
        sample_rate=columns["sample_rate"],
    )


def _must_be_intended(touched: int, airing: str, cluster: str) -> None:
    if not touched:
        raise EvidenceBroken(
            f"Lượt phát {airing} ở cụm {cluster} không có trong sổ chờ phát, hoặc đã có kết quả.",
            remedy="Chạy lại broadcaster run để lập lại sổ chờ phát.",
        )
