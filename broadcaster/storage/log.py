"""The as-run log in SQLite: rows are chained as they come in, and never touched again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Protocol

from broadcaster.errors import EvidenceBroken
from broadcaster.model.as_run import GENESIS, AsRunRow, LogRow
from broadcaster.storage.database import Database
from broadcaster.storage.records import from_plain, to_plain

_PAGE = 1_000


class HashOf(Protocol):
    """How a row is chained to the one before (evidence knows; storage only keeps)."""

    def __call__(self, row: AsRunRow, *, seq: int, previous: str) -> str: ...


class SqliteLog:
    """The station's log; several `append`s inside one `Database.atomic` share one commit."""

    def __init__(self, database: Database, *, hash_of: HashOf) -> None:
        self._database = database
        self._hash_of = hash_of

    def append(self, row: AsRunRow) -> LogRow:
        """On the disk when it returns. Raises `EvidenceBroken` if this airing and cluster have an outcome already."""
        with self._database.atomic():
            if self.has(row.airing, row.cluster):
                raise EvidenceBroken(
                    f"Lượt phát {row.airing} ở cụm {row.cluster} đã có kết quả trong nhật ký.",
                    remedy="Mỗi lượt phát chỉ ghi một lần; xem lại: broadcaster log",
                )
            tail = self._database.read("SELECT seq, hash FROM as_run ORDER BY seq DESC LIMIT 1")
            seq, previous = (tail[0]["seq"] + 1, tail[0]["hash"]) if tail else (1, GENESIS)
            chained = LogRow(seq=seq, row=row, previous=previous, hash=self._hash_of(row, seq=seq, previous=previous))
            self._database.insert("as_run", _columns(chained))
        return chained

    def has(self, airing: str, cluster: str) -> bool:
        return bool(self._database.read("SELECT 1 FROM as_run WHERE airing = ? AND cluster = ?", [airing, cluster]))

    def last(self) -> LogRow | None:
        found = self._database.read("SELECT * FROM as_run ORDER BY seq DESC LIMIT 1")
        return _log_row(found[0]) if found else None

    def rows(
        self, *, first: date | None = None, last: date | None = None, commune: str | None = None
    ) -> Iterator[LogRow]:
        """In order of seq, a page at a time: a year's rows need no more memory than a day's.

        Raises `EvidenceBroken` at a row that this program cannot have written.
        """
        wanted = {"first": first and first.isoformat(), "last": last and last.isoformat(), "commune": commune}
        seq = 0
        while page := self._database.read(_PAGE_OF_ROWS, {**wanted, "seq": seq, "page": _PAGE}):
            yield from map(_log_row, page)
            seq = page[-1]["seq"]


_PAGE_OF_ROWS = """
    SELECT * FROM as_run
    WHERE seq > :seq
      AND (:first IS NULL OR planned_start >= :first)
      AND (:last IS NULL OR substr(planned_start, 1, 10) <= :last)
      AND (:commune IS NULL OR commune = :commune)
    ORDER BY seq LIMIT :page
"""


def _columns(chained: LogRow) -> dict[str, Any]:
    return {"seq": chained.seq, **to_plain(chained.row), "previous": chained.previous, "hash": chained.hash}


def _log_row(columns: dict[str, Any]) -> LogRow:
    """The row as it was appended; values in a form that `to_plain` does not write are refused, not interpreted."""
    seq = columns["seq"]
    try:
        row = from_plain(AsRunRow, columns)
    except ValueError as error:
        raise _unreadable(seq) from error
    return LogRow(seq=seq, row=row, previous=columns["previous"], hash=columns["hash"])


def _unreadable(seq: int) -> EvidenceBroken:
    return EvidenceBroken(
        f"Dòng {seq} của nhật ký có giá trị mà chương trình không thể đã ghi: đã bị sửa từ bên ngoài.",
        remedy="Giữ nguyên tệp dữ liệu, chép bản lưu gần nhất để đối chiếu, và lập biên bản.",
    )
