"""Everything that can be done to a log, and how it is found out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from broadcaster.clock import VIETNAM
from broadcaster.errors import EvidenceBroken
from broadcaster.evidence.checkpoints import Checkpoint
from broadcaster.evidence.verify import Verdict, verify
from broadcaster.model import LogRow, Outcome
from broadcaster.testing import MemoryLog

Aired = Callable[[int], list[LogRow]]
NOW = datetime(2026, 10, 10, 6, 0, tzinfo=VIETNAM)


def _verify(rows: list[LogRow], *marks: Checkpoint, audio: str | None = "a" * 64) -> Verdict:
    return verify(rows, marks, audio_digest=lambda _: audio)


def _mark(row: LogRow) -> Checkpoint:
    return Checkpoint(seq=row.seq, hash=row.hash, at=NOW)


def _rebuilt(rows: list[LogRow], **changes: object) -> list[LogRow]:
    """A whole new chain, every hash right, after the second row was changed."""
    log = MemoryLog()
    return [log.append(replace(each.row, **changes) if each.seq == 2 else each.row) for each in rows]


def test_log_as_it_was_written_holds(aired: Aired) -> None:
    rows = aired(5)
    assert _verify(rows, _mark(rows[2]), _mark(rows[4])) == Verdict(
        ok=True, rows=5, first_bad_seq=None, checkpoints=2, why=None
    )


def test_empty_log_holds() -> None:
    assert _verify([]) == Verdict(ok=True, rows=0, first_bad_seq=None, checkpoints=0, why=None)


@pytest.mark.parametrize(
    "change", [{"played_s": 61.0}, {"outcome": Outcome.MISSED}, {"approved_by": "Ai đó"}, {"directive": None}]
)
def test_altered_row_is_found(aired: Aired, change: dict[str, object]) -> None:
    rows = aired(4)
    rows[1] = replace(rows[1], row=replace(rows[1].row, **change))
    verdict = _verify(rows)
    assert (verdict.ok, verdict.first_bad_seq, verdict.rows) == (False, 2, 1)
    assert verdict.why is not None
    assert "đã bị sửa" in verdict.why


def test_altered_row_with_its_hash_mended_breaks_the_next_one(aired: Aired) -> None:
    rows = aired(4)
    rows[1] = _rebuilt(rows, played_s=61.0)[1]
    assert _verify(rows).first_bad_seq == 3


def test_missing_row_is_found(aired: Aired) -> None:
    rows = aired(4)
    verdict = _verify([rows[0], *rows[2:]])
    assert verdict.first_bad_seq == 2
    assert verdict.why is not None
    assert "Thiếu dòng 2" in verdict.why


def test_missing_first_row_is_found(aired: Aired) -> None:
    assert _verify(aired(4)[1:]).first_bad_seq == 1


def test_row_put_in_twice_is_found(aired: Aired) -> None:
    rows = aired(4)
    assert _verify([*rows[:2], *rows[1:]]).first_bad_seq == 3


def test_swapped_rows_are_found(aired: Aired) -> None:
    rows = aired(4)
    assert not _verify([rows[0], rows[2], rows[1], rows[3]]).ok
    contents = [replace(rows[1], row=rows[2].row), replace(rows[2], row=rows[1].row)]
    assert _verify([rows[0], *contents, rows[3]]).first_bad_seq == 2


def test_cut_tail_is_found_by_a_checkpoint(aired: Aired) -> None:
    rows = aired(5)
    verdict = _verify(rows[:3], _mark(rows[4]))
    assert (verdict.ok, verdict.first_bad_seq) == (False, 4)
    assert verdict.why is not None
    assert "bị cắt" in verdict.why


def test_rebuilt_chain_is_found_by_a_checkpoint(aired: Aired) -> None:
    rows = aired(5)
    rebuilt = _rebuilt(rows, played_s=600.0)
    assert _verify(rebuilt).ok
    verdict = _verify(rebuilt, _mark(rows[4]))
    assert (verdict.ok, verdict.first_bad_seq) == (False, 5)
    assert verdict.why is not None
    assert "dựng lại" in verdict.why


def test_checkpoints_that_contradict_each_other_are_found(aired: Aired) -> None:
    rows = aired(3)
    assert _verify(rows, _mark(rows[1]), replace(_mark(rows[1]), hash="0" * 64)).first_bad_seq == 2


def test_checkpoints_taken_away_are_found(aired: Aired) -> None:
    rows = aired(30)
    audio = {"audio_digest": lambda _: "a" * 64}
    assert verify(rows, [_mark(rows[9])], **audio, checkpoint_every=15).ok
    assert not verify(rows, [], **audio, checkpoint_every=15).ok
    assert verify(rows, [], **audio, checkpoint_every=None).ok


def test_audio_that_is_gone_is_found(aired: Aired) -> None:
    verdict = _verify(aired(3), audio=None)
    assert (verdict.ok, verdict.first_bad_seq) == (False, 1)
    assert verdict.why is not None
    assert "audio_out/chuong-trinh/nuoc-sach.mp3" in verdict.why


def test_audio_that_is_not_what_aired_is_found(aired: Aired) -> None:
    verdict = _verify(aired(3), audio="f" * 64)
    assert verdict.why is not None
    assert "không phải tệp đã phát" in verdict.why


def test_a_file_is_read_once_however_often_it_aired(aired: Aired) -> None:
    asked: list[str] = []

    def digest(path: str) -> str:
        asked.append(path)
        return "a" * 64

    assert verify(aired(50), (), audio_digest=digest).ok
    assert asked == ["audio_out/chuong-trinh/nuoc-sach.mp3"]


def test_row_that_cannot_be_read_is_where_the_log_breaks(aired: Aired) -> None:
    def rows() -> Iterator[LogRow]:
        yield from aired(2)
        raise EvidenceBroken("Dòng 3 của nhật ký không đọc được.")

    assert verify(rows(), (), audio_digest=lambda _: "a" * 64) == Verdict(
        ok=False, rows=2, first_bad_seq=3, checkpoints=0, why="Dòng 3 của nhật ký không đọc được."
    )


@pytest.mark.parametrize("field", ["seq", "previous", "hash"])
@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_no_link_of_the_chain_changes_unseen(aired: Aired, field: str, place: int) -> None:
    rows = aired(4)
    rows[place] = replace(rows[place], **{field: 9 if field == "seq" else "f" * 64})
    assert _verify(rows).first_bad_seq == place + 1
