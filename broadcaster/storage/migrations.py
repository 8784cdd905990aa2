"""The database's shape, step by step: a short numbered list, each step applied once, in a transaction, and recorded.

A step that has been released never changes; what is to be different comes as the next number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlite_utils import Database as Tables

TABLE = "migrations"

_AS_RUN = (
    *("seq", "airing", "commune", "cluster", "output", "entry", "title", "item", "kind", "directive", "campaign"),
    *("script", "script_kind", "script_title", "language", "planned_start", "started_at", "ended_at", "played_s"),
    *("late_ms", "outcome", "heard", "reason", "detail", "audio_sha256", "audio", "text_sha256", "author"),
    *("approved_by", "clock", "recorded_at", "simulated", "previous", "hash"),
)
_APPROVALS = (
    *("id", "script", "action", "by", "at", "author", "text_sha256", "spoken_sha256", "audio_sha256"),
    *("self_approval_reason", "note"),
)
_PROGRAMMES = (
    *("key", "path", "audio_sha256", "sample_rate", "length_frames", "loudness_lufs", "true_peak_dbtp", "cues"),
    *("script", "text_sha256", "script_audio_sha256", "voice"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One step from an older shape to the next."""

    number: int
    name: str
    change: Callable[[Tables], None]


def applied(tables: Tables) -> set[int]:
    """Numbers of the steps that this database has been through."""
    if not tables[TABLE].exists():
        return set()
    return {row["number"] for row in tables.query(f"SELECT number FROM {TABLE}")}  # noqa: S608 - our own name


def apply(tables: Tables, migration: Migration) -> None:
    """Take the step and record it, unless it was taken before; the caller holds the transaction."""
    if migration.number in applied(tables):
        return
    tables.create_table(TABLE, {"number": int, "name": str}, pk="number", not_null={"name"}, if_not_exists=True)
    migration.change(tables)
    tables.execute(f"INSERT INTO {TABLE} VALUES (?, ?)", [migration.number, migration.name])  # noqa: S608 - our own name


def _as_run(tables: Tables) -> None:
    columns: dict[str, type] = dict.fromkeys(_AS_RUN, str)
    columns |= {"seq": int, "played_s": float, "late_ms": int, "heard": bool, "simulated": bool}
    optional = {
        *(
            "seq",
            "directive",
            "campaign",
            "script",
            "script_kind",
            "script_title",
            "language",
            "started_at",
            "ended_at",
        ),
        *("late_ms", "heard", "reason", "audio_sha256", "audio", "text_sha256", "author", "approved_by"),
    }
    table = tables.create_table("as_run", columns, pk="seq", not_null=set(columns) - optional)
    table.create_index(["airing", "cluster"], unique=True)
    table.create_index(["planned_start"])
    table.create_index(["commune", "planned_start"])
    _append_only(tables, "as_run")
    # REPLACE would delete an old row without its DELETE trigger wherever recursive_triggers is off, as by default
    tables.execute("""
        CREATE TRIGGER as_run_in_order BEFORE INSERT ON as_run
        WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM as_run)
          OR EXISTS (SELECT 1 FROM as_run WHERE airing = NEW.airing AND cluster = NEW.cluster)
        BEGIN SELECT RAISE(ABORT, 'nhật ký chỉ được ghi nối tiếp, mỗi lượt phát một dòng'); END
    """)


def _approvals(tables: Tables) -> None:
    columns: dict[str, type] = dict.fromkeys(_APPROVALS, str)
    columns["id"] = int
    optional = {"id", "audio_sha256", "self_approval_reason", "note"}
    table = tables.create_table("approvals", columns, pk="id", not_null=set(columns) - optional)
    table.create_index(["script"])
    _append_only(tables, "approvals")
    tables.execute("""
        CREATE TRIGGER approvals_in_order BEFORE INSERT ON approvals
        WHEN NEW.id IS NOT NULL AND EXISTS (SELECT 1 FROM approvals WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'approvals chỉ được ghi thêm'); END
    """)


def _ledger(tables: Tables) -> None:
    texts = ("airing", "cluster", "output", "start", "plan", "began_at", "programme")
    columns: dict[str, type] = dict.fromkeys(texts, str) | {"played_frames": int, "sample_rate": int}
    optional = {"start", "began_at", "programme"}
    tables.create_table("intents", columns, pk=("airing", "cluster"), not_null=set(columns) - optional)
    tables.create_table("settled", {"airing": str, "cluster": str}, pk=("airing", "cluster"))
    tables.create_table("marks", {"name": str, "at": str}, pk="name", not_null={"at"})


def _programmes(tables: Tables) -> None:
    columns: dict[str, type] = dict.fromkeys(_PROGRAMMES, str)
    columns |= {"sample_rate": int, "length_frames": int, "loudness_lufs": float, "true_peak_dbtp": float}
    tables.create_table("programmes", columns, pk="key", not_null=set(columns) - {"key"})


def _checkpoints(tables: Tables) -> None:
    columns: dict[str, type] = {"seq": int, "hash": str, "at": str}
    tables.create_table("checkpoints", columns, pk="seq", not_null={"hash", "at"})
    _append_only(tables, "checkpoints")
    tables.execute("""
        CREATE TRIGGER checkpoints_in_order BEFORE INSERT ON checkpoints
        WHEN NEW.seq <= (SELECT coalesce(max(seq), 0) FROM checkpoints)
        BEGIN SELECT RAISE(ABORT, 'checkpoints chỉ được ghi nối tiếp'); END
    """)


def _voice_ladder(tables: Tables) -> None:
    tables.execute("ALTER TABLE programmes ADD COLUMN fallback TEXT")
    tables.execute("ALTER TABLE approvals ADD COLUMN fallback_audio_sha256 TEXT NOT NULL DEFAULT ''")


def _schedule_edits(tables: Tables) -> None:
    texts = ("act", "what", "by", "at", "before_sha256", "after_sha256")
    columns: dict[str, type] = dict.fromkeys(texts, str)
    columns |= {"number": int, "of": int}
    tables.create_table("schedule_edits", columns, pk="number", not_null=set(columns) - {"number"})
    tables.create_table("schedule_texts", {"sha256": str, "packed": bytes}, pk="sha256", not_null={"packed"})
    _append_only(tables, "schedule_edits")
    _append_only(tables, "schedule_texts")


def _append_only(tables: Tables, table: str) -> None:
    for act in ("UPDATE", "DELETE"):
        tables.execute(
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} chỉ được ghi thêm'); END"
        )


def _measurements(tables: Tables) -> None:
    tables.execute("ALTER TABLE programmes ADD COLUMN body TEXT NOT NULL DEFAULT ''")
    columns: dict[str, type] = {"body": str, "audio_sha256": str, "loudness_lufs": float, "true_peak_dbtp": float}
    columns["at"] = str
    tables.create_table("measurements", columns, pk="body", not_null=set(columns) - {"body"})


MIGRATIONS = (
    Migration(number=1, name="as-run log", change=_as_run),
    Migration(number=2, name="approvals", change=_approvals),
    Migration(number=3, name="ledger of intents", change=_ledger),
    Migration(number=4, name="programmes", change=_programmes),
    Migration(number=5, name="checkpoints", change=_checkpoints),
    Migration(number=6, name="fallbacks of the voice ladder", change=_voice_ladder),
    Migration(number=7, name="edits of the schedule", change=_schedule_edits),
    Migration(number=8, name="what ffmpeg measures of programmes", change=_measurements),
)
