"""Checkpoints of the chain in a file beside the database: a cut tail or a rebuilt chain no longer fits them."""

from __future__ import annotations

import errno
import json
import os
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from broadcaster.clock import VIETNAM
from broadcaster.errors import DiskFull, EvidenceBroken
from broadcaster.model import LogRow

CHECKPOINT_EVERY = 100
"""Rows; about a week of one commune."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """At this time the chain ended in this row."""

    seq: int
    hash: str
    at: datetime


class Checkpoints:
    """The append-only file: one JSON object a line. Threads of one station share it."""

    def __init__(self, path: Path, *, every: int = CHECKPOINT_EVERY) -> None:
        self.path = path
        self.every = every
        self._last_seq: int | None = None
        self._lock = threading.Lock()

    def read(self) -> tuple[Checkpoint, ...]:
        """All, oldest first; none where there is no file. A last line without its end was never acknowledged.

        Raises `EvidenceBroken` for a line that is no checkpoint.
        """
        if not self.path.exists():
            return ()
        lines = self.path.read_bytes().split(b"\n")[:-1]
        return tuple(self._parsed(line, number) for number, line in enumerate(lines, start=1))

    def note(self, last: LogRow, *, at: datetime) -> Checkpoint | None:
        """Call after rows were appended: marks the chain's end once `every` rows have come since the last mark."""
        with self._lock:
            return self._mark(last, at=at) if last.seq - self._marked_until() >= self.every else None

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
        mark = Checkpoint(seq=last.seq, hash=last.hash, at=at.astimezone(VIETNAM))
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
        self._last_seq = mark.seq
        return mark

    def _whole_bytes(self) -> int:
        """Up to the end of the last whole line: a line torn by a power cut is written over."""
        return self.path.read_bytes().rfind(b"\n") + 1

    def _parsed(self, line: bytes, number: int) -> Checkpoint:
        try:
            members: dict[str, Any] = json.loads(line)
            return Checkpoint(
                seq=int(members["seq"]), hash=str(members["hash"]), at=datetime.fromisoformat(members["at"])
            )
        except (ValueError, KeyError, TypeError) as error:
            raise EvidenceBroken(
                f"Dòng {number} của tệp mốc {self.path} không phải một mốc: tệp đã bị sửa hoặc hỏng.",
                remedy="Giữ nguyên tệp, đối chiếu với bản lưu gần nhất.",
            ) from error
