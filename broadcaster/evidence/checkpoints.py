"""Checkpoints of the chain, in a file beside the database and in the database: each tells on a change to the other."""

from __future__ import annotations

import errno
import json
import os
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from broadcaster.clock import VIETNAM
from broadcaster.errors import DiskFull, EvidenceBroken
from broadcaster.model.as_run import LogRow

CHECKPOINT_EVERY = 100
"""Rows; about a week of one commune."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """At this time the chain ended in this row."""

    seq: int
    hash: str
    at: datetime


class CheckpointStore(Protocol):
    """The database's own copy of the marks: what tells that lines of the file were taken away."""

    def add(self, mark: Checkpoint) -> None:
        """Keep it for good, unless one as far or farther along the chain is kept already."""
        ...

    def all(self) -> tuple[Checkpoint, ...]:
        """In order of seq. Raises `EvidenceBroken` for one that this program cannot have written."""
        ...


class Checkpoints:
    """The append-only file, one JSON object a line, and the store's copy of it. Threads of one station share it."""

    def __init__(self, path: Path, *, store: CheckpointStore, every: int = CHECKPOINT_EVERY) -> None:
        self.path = path
        self.store = store
        self.every = every
        self._last_seq: int | None = None
        self._lock = threading.Lock()

    def read(self) -> tuple[Checkpoint, ...]:
        """All, oldest first; none where there is no file. A last line without its end was never acknowledged.

        Raises `EvidenceBroken` for a line that is no checkpoint, and for a file that cannot be read.
        """
        if not self.path.exists():
            return ()
        try:
            lines = self.path.read_bytes().split(b"\n")[:-1]
        except OSError as error:
            raise EvidenceBroken(
                f"Không đọc được tệp mốc {self.path}: {error.strerror}.",
                remedy="Kiểm tra ổ đĩa và quyền đọc của thư mục du-lieu.",
            ) from error
        return tuple(self._parsed(line, number) for number, line in enumerate(lines, start=1))

    def note(self, last: LogRow, *, at: datetime) -> Checkpoint | None:
        """Call after rows were appended: marks the first one, then the chain's end after every `every` rows.

        The first, so that rows without any mark are never what a station leaves.
        """
        with self._lock:
            marked = self._marked_until()
            return self._mark(last, at=at) if not marked or last.seq - marked >= self.every else None

    def write(self, last: LogRow | None, *, at: datetime) -> Checkpoint | None:
        """Call when the station stops: marks the chain's end, unless it is marked already or there are no rows."""
        with self._lock:
            return self._mark(last, at=at) if last is not None and last.seq > self._marked_until() else None

    def _marked_until(self) -> int:
        """The last mark's seq; the file is read once, since only one station writes it."""
        if self._last_seq is None:
            marks = self.read()
            self._last_seq = marks[-1].seq if marks else 0
        return self._last_seq

    def _mark(self, last: LogRow, *, at: datetime) -> Checkpoint:
        """Into the file first: a power cut in between must not look like a line taken out of the file."""
        mark = Checkpoint(seq=last.seq, hash=last.hash, at=at.astimezone(VIETNAM))
        self._append(mark)
        self._last_seq = mark.seq
        self.store.add(mark)
        return mark

    def _append(self, mark: Checkpoint) -> None:
        line = json.dumps({"seq": mark.seq, "hash": mark.hash, "at": mark.at.isoformat()}, separators=(",", ":"))
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab") as file:
                file.truncate(self._whole_bytes())
                file.write(line.encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise EvidenceBroken(
                    f"Không ghi được mốc nhật ký vào {self.path}: {error.strerror}.",
                    remedy="Kiểm tra quyền ghi của thư mục du-lieu.",
                ) from error
            remedy = "Xóa bớt tệp không cần trên ổ đĩa rồi chạy lại."
            raise DiskFull(f"Hết chỗ trên đĩa, chưa ghi được mốc nhật ký vào {self.path}.", remedy=remedy) from error

    def _whole_bytes(self) -> int:
        """Up to the end of the last whole line: a line torn by a power cut is written over."""
        return self.path.read_bytes().rfind(b"\n") + 1

    def _parsed(self, line: bytes, number: int) -> Checkpoint:
        try:
            members: dict[str, Any] = json.loads(line)
            return Checkpoint(
                seq=int(members["seq"]), hash=str(members["hash"]), at=datetime.fromisoformat(members["at"])
            )
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
            raise EvidenceBroken(
                f"Dòng {number} của tệp mốc {self.path} không phải một mốc: tệp đã bị sửa hoặc hỏng.",
                remedy="Giữ nguyên tệp, đối chiếu với bản lưu gần nhất.",
            ) from error
