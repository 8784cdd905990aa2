"""Approval steps in SQLite, append only."""

from __future__ import annotations

from broadcaster.model.script import ApprovalStep
from broadcaster.storage.database import Database
from broadcaster.storage.records import from_plain, to_plain


class SqliteApprovals:
    """Every step that anybody took with a script, for good."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, step: ApprovalStep) -> None:
        self._database.insert("approvals", to_plain(step))

    def steps(self, script: str) -> list[ApprovalStep]:
        """In the order in which they were recorded."""
        found = self._database.read("SELECT * FROM approvals WHERE script = ? ORDER BY id", [script])
        return [from_plain(ApprovalStep, columns) for columns in found]
