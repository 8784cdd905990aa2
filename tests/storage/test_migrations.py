"""From every earlier shape to the newest; nothing is lost on the way, and nothing newer is touched."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest
from sqlite_utils import Database as Tables

from broadcaster.errors import WorkspaceFault
from broadcaster.evidence.chain import hash_of
from broadcaster.model.as_run import AsRunRow
from broadcaster.model.programme import Measurement, Programme
from broadcaster.model.script import ApprovalStep
from broadcaster.storage.approvals import SqliteApprovals
from broadcaster.storage.database import Database, open_database
from broadcaster.storage.log import SqliteLog
from broadcaster.storage.migrations import MIGRATIONS, Migration
from broadcaster.storage.programmes import SqliteShelf

EARLIER = [MIGRATIONS[:count] for count in range(len(MIGRATIONS))]


def _shape(database: Database) -> list[dict[str, object]]:
    return database.read("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")


@pytest.mark.parametrize("earlier", EARLIER, ids=len)
def test_every_earlier_version_comes_to_the_same_shape(tmp_path: Path, earlier: tuple[Migration, ...]) -> None:
    open_database(tmp_path / "old.sqlite3", migrations=earlier).close()
    with open_database(tmp_path / "old.sqlite3") as old, open_database(tmp_path / "new.sqlite3") as new:
        assert _shape(old) == _shape(new)
        assert old.read("SELECT number FROM migrations ORDER BY number") == [
            {"number": each.number} for each in MIGRATIONS
        ]


def test_rows_stay_through_a_migration(path: Path, row: AsRunRow) -> None:
    with open_database(path, migrations=MIGRATIONS[:1]) as old:
        before = SqliteLog(old, hash_of=hash_of).append(row)
    with open_database(path) as new:
        assert list(SqliteLog(new, hash_of=hash_of).rows()) == [before]


def test_an_approval_from_before_the_voice_ladder_still_holds(path: Path) -> None:
    columns = {"script": "tin/a.txt", "action": "approve", "by": "Lê Thị Hòa", "at": "2026-10-09T15:00:00+07:00"}
    columns |= {"author": "Lê Thị Hòa", "text_sha256": "a", "spoken_sha256": "b", "audio_sha256": "c"}
    with open_database(path, migrations=MIGRATIONS[:5]) as old:
        old.insert("approvals", columns)
    with open_database(path) as new:
        (step,) = SqliteApprovals(new).steps("tin/a.txt")
    assert (step.audio_sha256, step.fallback_audio_sha256) == ("c", ())


def test_a_programme_from_before_ffmpeg_measured_is_read_as_not_measured(path: Path) -> None:
    texts = ("key", "path", "audio_sha256", "script", "text_sha256", "script_audio_sha256", "voice")
    columns = dict.fromkeys(texts, "x") | {"cues": '{"sample_rate": 44100, "parts": []}'}
    numbers = {"sample_rate": 44_100, "length_frames": 1, "loudness_lufs": -16.0, "true_peak_dbtp": -1.5}
    with open_database(path, migrations=MIGRATIONS[:7]) as old:
        old.insert("programmes", columns | numbers)
    with open_database(path) as new:
        programme = SqliteShelf(new).get("x")
    assert programme is not None
    assert (programme.body, programme.measured) == ("", None)


def test_numbers_count_up_from_one() -> None:
    assert [each.number for each in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))


def test_opening_again_changes_nothing(path: Path) -> None:
    with open_database(path) as database:
        shape = _shape(database)
    with open_database(path) as database:
        assert _shape(database) == shape


def test_database_of_a_newer_version_is_refused_and_left_alone(path: Path) -> None:
    newer = (*MIGRATIONS, Migration(number=len(MIGRATIONS) + 1, name="later", change=lambda _: None))
    open_database(path, migrations=newer).close()
    before = path.read_bytes()
    with pytest.raises(WorkspaceFault, match="phiên bản mới hơn") as told:
        open_database(path)
    assert "Nâng cấp" in told.value.remedy
    assert path.read_bytes() == before


def test_failed_step_leaves_the_version_before_it(path: Path) -> None:
    def half(tables: Tables) -> None:
        tables.create_table("do_dang", {"a": int})
        raise RuntimeError("mất điện")

    broken = (*MIGRATIONS[:1], replace(MIGRATIONS[1], change=half))
    with pytest.raises(RuntimeError, match="mất điện"):
        open_database(path, migrations=broken)
    with open_database(path) as database:
        assert "do_dang" not in {row["name"] for row in _shape(database)}


@pytest.mark.parametrize(
    ("table", "kind", "more"),
    [
        ("as_run", AsRunRow, {"seq", "previous", "hash"}),
        ("approvals", ApprovalStep, {"id"}),
        ("programmes", Programme, set()),
        ("measurements", Measurement, {"body"}),
    ],
)
def test_a_table_has_a_column_for_every_field(database: Database, table: str, kind: type, more: set[str]) -> None:
    columns = {row["name"] for row in database.read(f"PRAGMA table_info({table})")}
    # what was measured has a table of its own
    assert columns == ({each.name for each in fields(kind)} - {"measured"}) | more
