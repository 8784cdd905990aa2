"""Whether the log is what was recorded: its chain, its checkpoints and the audio behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from broadcaster.errors import EvidenceBroken, RecordsDamaged
from broadcaster.evidence.chain import hash_of
from broadcaster.evidence.checkpoints import CHECKPOINT_EVERY, Checkpoint
from broadcaster.model.as_run import GENESIS, LogRow

AudioDigest = Callable[[str], str | None]
"""A file's path as rows name it → SHA-256 of its bytes; None where there is no such file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found; `why` is a Vietnamese sentence, None where all holds."""

    ok: bool
    rows: int
    """Rows that hold, from the first on."""
    first_bad_seq: int | None
    """Where the chain breaks; None also where every row holds but checkpoints were taken away."""
    checkpoints: int
    why: str | None


@dataclass(slots=True)
class _Walk:
    """How far along the chain all holds."""

    marks: dict[int, list[Checkpoint]]
    audio_digest: AudioDigest
    rows: int = 0
    previous: str = GENESIS
    digests: dict[str, str | None] = field(default_factory=dict)

    def fault(self, entry: LogRow) -> str | None:
        """Why this row is not the next one, in words; None where it is."""
        due = self.rows + 1
        if entry.seq > due:
            return f"Thiếu dòng {due}: sau dòng {self.rows} là dòng {entry.seq}; có dòng đã bị xóa."
        if entry.seq < due:
            return f"Dòng {entry.seq} đứng sai chỗ, sau dòng {self.rows}: thứ tự đã bị đổi."
        if entry.previous != self.previous:
            return f"Dòng {due} không nối với dòng trước nó: có dòng bị sửa, thay hoặc đổi chỗ."
        if entry.hash != hash_of(entry.row, seq=entry.seq, previous=entry.previous):
            return f"Dòng {due} không khớp mã băm của nó: nội dung đã bị sửa sau khi ghi."
        for mark in self.marks.get(due, ()):
            if mark.hash != entry.hash:
                return f"Dòng {due} không khớp mốc ghi lúc {mark.at:%H:%M:%S ngày %d/%m/%Y}: chuỗi đã bị dựng lại."
        return self._audio_fault(entry)

    def _audio_fault(self, entry: LogRow) -> str | None:
        row = entry.row
        if row.simulated:
            return f"Dòng {entry.seq} là của một lần mô phỏng: không có gì được phát, không phải bằng chứng."
        if row.audio is None or row.audio_sha256 is None:
            return None
        if row.audio not in self.digests:
            self.digests[row.audio] = self.audio_digest(row.audio)
        found = self.digests[row.audio]
        if found is None:
            return f"Dòng {entry.seq}: không còn tệp âm thanh {row.audio}."
        if found != row.audio_sha256:
            return f"Dòng {entry.seq}: tệp âm thanh {row.audio} không phải tệp đã phát."
        return None

    def step(self, entry: LogRow) -> None:
        self.rows += 1
        self.previous = entry.hash


def verify(
    rows: Iterable[LogRow],
    checkpoints: Sequence[Checkpoint],
    *,
    audio_digest: AudioDigest,
    kept: Sequence[Checkpoint] = (),
    checkpoint_every: int | None = CHECKPOINT_EVERY,
) -> Verdict:
    """Walk the whole log from its first row, up to the first thing that does not hold.

    `checkpoints` are the file's, `kept` the database's copy of them. `checkpoint_every` is how often the station
    marks its chain after the first row: rows without a mark mean that marks were taken away. None: the log comes from
    somewhere that keeps none.
    """
    walk = _Walk(marks=defaultdict(list), audio_digest=audio_digest)
    for mark in (*checkpoints, *kept):
        walk.marks[mark.seq].append(mark)
    broken = _walked(rows, walk) or _cut(walk.rows, max(walk.marks, default=0))
    why = broken or _taken_away(checkpoints, kept) or _unmarked(walk.rows, checkpoints, checkpoint_every)
    bad = walk.rows + 1 if broken else None
    return Verdict(ok=why is None, rows=walk.rows, first_bad_seq=bad, checkpoints=len(checkpoints), why=why)


def _walked(rows: Iterable[LogRow], walk: _Walk) -> str | None:
    try:
        for entry in rows:
            if why := walk.fault(entry):
                return why
            walk.step(entry)
    except (EvidenceBroken, RecordsDamaged) as error:
        return error.message
    return None


def _cut(rows: int, last_mark: int) -> str | None:
    if last_mark <= rows:
        return None
    return f"Mốc cuối ghi đến dòng {last_mark} nhưng nhật ký chỉ còn đến dòng {rows}: phần cuối đã bị cắt."


def _taken_away(checkpoints: Sequence[Checkpoint], kept: Sequence[Checkpoint]) -> str | None:
    lacking = sorted({mark.seq for mark in kept} - {mark.seq for mark in checkpoints})
    if not lacking:
        return None
    return f"Tệp mốc thiếu mốc ở dòng {', '.join(map(str, lacking))}: tệp mốc đã bị xóa hoặc bị cắt."


def _unmarked(rows: int, checkpoints: Sequence[Checkpoint], checkpoint_every: int | None) -> str | None:
    """A station marks its first row, and from then on never leaves twice as many rows as it should without a mark."""
    last_mark = max((mark.seq for mark in checkpoints), default=0)
    if checkpoint_every is None or not rows or (last_mark and rows - last_mark < 2 * checkpoint_every):
        return None
    return f"Có {rows - last_mark} dòng cuối mà không có mốc nào: tệp mốc đã bị xóa hoặc bị cắt."
