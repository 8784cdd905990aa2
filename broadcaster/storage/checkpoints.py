"""Checkpoints in SQLite, append only: the copy that a cut or deleted file is held against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic

from broadcaster.errors import EvidenceBroken
from broadcaster.storage.database import Database
from broadcaster.storage.records import Record, from_plain, to_plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class SqliteCheckpoints(Generic[Record]):
    """Every checkpoint that the station wrote, for good; evidence says what a checkpoint is (`kind`)."""

    def __init__(self, database: Database, *, kind: type[Record]) -> None:
        self._database = database
        self._kind = kind

    def add(self, mark: Record) -> None:
        """On the disk when it returns; one as far along the chain that is kept already stays as it is."""
        self._database.write(_ADD, to_plain(mark))

    def all(self) -> tuple[Record, ...]:
        """In order of seq. Raises `EvidenceBroken` for one that this program cannot have written."""
        return tuple(map(self._mark, self._database.read("SELECT * FROM checkpoints ORDER BY seq")))

    def _mark(self, columns: Mapping[str, Any]) -> Record:
        try:
            return from_plain(self._kind, columns)
        except ValueError as error:
            raise EvidenceBroken(
                f"Mốc ở dòng {columns['seq']} trong cơ sở dữ liệu có giá trị mà chương trình không thể đã ghi.",
                remedy="Giữ nguyên tệp dữ liệu, chép bản lưu gần nhất để đối chiếu, và lập biên bản.",
            ) from error


_ADD = """
    INSERT INTO checkpoints (seq, hash, at)
    SELECT :seq, :hash, :at WHERE NOT EXISTS (SELECT 1 FROM checkpoints WHERE seq >= :seq)
"""
