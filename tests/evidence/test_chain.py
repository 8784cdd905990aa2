"""The hash of a row, as docs/developers/evidence.md tells it to strangers."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, timedelta
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from broadcaster.evidence.chain import GENESIS, as_json, canonical, hash_of
from broadcaster.model.as_run import AsRunRow, LogRow

Aired = Callable[[int], list[LogRow]]
DOCUMENT = Path(__file__).parents[2] / "docs" / "developers" / "evidence.md"
INTERFACE_KEYS = {
    *("seq", "airing", "commune", "cluster", "output", "entry", "item", "kind", "directive", "campaign", "script"),
    *("planned_start", "started_at", "ended_at", "played_s", "late_ms", "outcome", "heard", "reason"),
    *("audio_sha256", "text_sha256", "approved_by", "clock", "previous", "hash"),
}


@pytest.fixture
def row(aired: Aired) -> AsRunRow:
    return aired(1)[0].row


def test_documented_script_accepts_a_log_and_finds_an_alteration(aired: Aired, tmp_path: Path) -> None:
    (script,) = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)

    def accepted(rows: list[dict[str, Any]]) -> bool:
        text = json.dumps(rows, ensure_ascii=False, indent=2)
        (tmp_path / "rows.json").write_text(text, encoding="utf-8")
        return (
            subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, check=False).returncode
            == 0
        )

    rows = [as_json(each) for each in aired(3)]
    assert accepted(rows)
    assert not accepted([rows[0], {**rows[1], "cluster": "thon-9"}, rows[2]])
    assert not accepted([rows[0], rows[2]])


def test_document_names_every_member_of_a_row(aired: Aired) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert [key for key in as_json(aired(1)[0]) if f"`{key}`" not in text] == []


def test_json_has_the_keys_that_scripts_rely_on(aired: Aired) -> None:
    (log_row,) = aired(1)
    members = as_json(log_row)
    assert set(members) >= INTERFACE_KEYS
    assert members["planned_start"] == "2026-10-10T05:30:00+07:00"
    assert members["outcome"] == "played"
    assert members["kind"] == "script"
    assert members["heard"] is None
    assert members["played_s"] == 60.0
    assert json.loads(json.dumps(members)) == members
    assert not any(isinstance(value, Enum) for value in members.values())


def test_canonical_form_is_sorted_compact_utf8_without_nulls_or_fractions(row: AsRunRow) -> None:
    text = canonical(replace(row, detail='dấu "nháy"\nxuống dòng'), seq=1, previous=GENESIS).decode()
    members = json.loads(text)
    assert list(members) == sorted(members)
    assert json.dumps(members, ensure_ascii=False, separators=(",", ":")) == text
    assert None not in members.values()
    assert not any(isinstance(value, float) for value in members.values())
    assert "Nước sạch về thôn" in text
    assert members["played_ms"] == 60_000


def test_hash_is_sha256_of_the_canonical_form(row: AsRunRow) -> None:
    assert hash_of(row, seq=1, previous=GENESIS) == hashlib.sha256(canonical(row, seq=1, previous=GENESIS)).hexdigest()


@pytest.mark.parametrize("name", [each.name for each in fields(AsRunRow)])
def test_hash_covers_every_field(row: AsRunRow, name: str) -> None:
    value = getattr(row, name)
    others: dict[type, Any] = {str: "khác", float: 59.0, int: 7, bool: True}
    changed = value + timedelta(seconds=1) if name.endswith("_at") or name == "planned_start" else None
    if isinstance(value, Enum):
        changed = next(each for each in type(value) if each is not value)
    elif changed is None:
        changed = others[type(value)] if value is not None else {"heard": False}.get(name, "qua-gio")
    assert changed != value
    assert hash_of(replace(row, **{name: changed}), seq=1, previous=GENESIS) != hash_of(row, seq=1, previous=GENESIS)


def test_hash_covers_the_rows_place(row: AsRunRow) -> None:
    assert hash_of(row, seq=1, previous=GENESIS) != hash_of(row, seq=2, previous=GENESIS)
    assert hash_of(row, seq=1, previous=GENESIS) != hash_of(row, seq=1, previous="1" * 64)


def test_unheard_and_not_heard_are_not_the_same(row: AsRunRow) -> None:
    unknown, silent = (hash_of(replace(row, heard=heard), seq=1, previous=GENESIS) for heard in (None, False))
    assert unknown != silent


def test_zone_in_which_a_time_is_written_does_not_matter(row: AsRunRow) -> None:
    in_utc = replace(row, planned_start=row.planned_start.astimezone(UTC))
    assert hash_of(in_utc, seq=1, previous=GENESIS) == hash_of(row, seq=1, previous=GENESIS)
