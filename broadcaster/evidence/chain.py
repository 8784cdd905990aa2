"""What a log row's hash is taken of; docs/developers/evidence.md says it for strangers without this program."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from broadcaster.clock import VIETNAM
from broadcaster.model.as_run import GENESIS, AsRunRow, LogRow

__all__ = ["GENESIS", "as_json", "canonical", "hash_of"]

_NOT_HASHED = ("hash", "played_s")
"""The hash itself, and seconds as a fraction: `played_ms` says the same without floating point."""


def hash_of(row: AsRunRow, *, seq: int, previous: str) -> str:
    """SHA-256 of the canonical form, hexadecimal: changes with any field, the row's place and every row before it."""
    return hashlib.sha256(canonical(row, seq=seq, previous=previous)).hexdigest()


def canonical(row: AsRunRow, *, seq: int, previous: str) -> bytes:
    """JSON with sorted keys, without spaces, UTF-8; members that are null are left out.

    Leaving them out lets a later version add a field that old rows lack, and old hashes stand.
    """
    members = {key: value for key, value in _members(row, seq, previous).items() if value is not None}
    hashed = {key: value for key, value in members.items() if key not in _NOT_HASHED}
    return json.dumps(hashed, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def as_json(log_row: LogRow) -> dict[str, Any]:
    """The row as `broadcaster log --json` prints it: everything that its hash is taken of, and the hash."""
    return _members(log_row.row, log_row.seq, log_row.previous) | {"hash": log_row.hash}


def _members(row: AsRunRow, seq: int, previous: str) -> dict[str, Any]:
    values = {each.name: _value(getattr(row, each.name)) for each in fields(row)}
    return {"seq": seq, **values, "played_ms": round(row.played_s * 1_000), "previous": previous}


def _value(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(VIETNAM).isoformat()
    return value.value if isinstance(value, StrEnum) else value
