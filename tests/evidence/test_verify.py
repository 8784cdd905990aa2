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
from broadcaster.model.as_run import LogRow, Outcome
from broadcaster.testing import MemoryLog

Aired = Callable[[int], list[LogRow]]
NOW = datetime(2026, 10, 10, 6, 0, tzinfo=VIETNAM)


def _verify(rows: list[LogRow], *marks: Checkpoint, audio: str | None = "a" * 64) -> Verdict:
    """As a log without a keeper of checkpoints is verified, unless there are some."""
    return verify(rows, marks, audio_digest=lambda _: audio, checkpoint_every=100 if marks else None)


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
    assert not verify(rows, [_mark(rows[0])], **audio, checkpoint_every=14).ok
    assert verify(rows, [], **audio, checkpoint_every=None).ok


@pytest.mark.parametrize("count", [1, 5, 150])
def test_rows_without_any_checkpoint_are_no_stations(aired: Aired, count: int) -> None:
    verdict = verify(aired(count), [], audio_digest=lambda _: "a" * 64)
    assert (verdict.ok, verdict.rows, verdict.first_bad_seq) == (False, count, None)
    assert verdict.why is not None
    assert "tệp mốc đã bị xóa" in verdict.why


@pytest.mark.parametrize(("left", "lacking"), [([], "1, 5"), ([0], "5"), ([4], "1")])
def test_checkpoint_that_only_the_database_still_has_was_taken_away(
    aired: Aired, left: list[int], lacking: str
) -> None:
    rows = aired(5)
    verdict = verify(
        rows,
        [_mark(rows[place]) for place in left],
        kept=[_mark(rows[0]), _mark(rows[4])],
        audio_digest=lambda _: "a" * 64,
    )
    assert (verdict.ok, verdict.rows, verdict.first_bad_seq) == (False, 5, None)
    assert verdict.why is not None
    assert f"thiếu mốc ở dòng {lacking}:" in verdict.why


def test_checkpoint_that_the_database_lacks_is_no_fault(aired: Aired) -> None:
    """A power cut comes between the two, and databases are older than their checkpoints."""
    rows = aired(5)
    marks = [_mark(rows[0]), _mark(rows[4])]
    assert verify(rows, marks, kept=marks[:1], audio_digest=lambda _: "a" * 64).ok


def test_all_rows_and_the_file_gone_is_found_by_what_the_database_kept(aired: Aired) -> None:
    verdict = verify([], [], kept=[_mark(aired(1)[0])], audio_digest=lambda _: "a" * 64)
    assert (verdict.ok, verdict.first_bad_seq) == (False, 1)


def test_rebuilt_chain_with_a_rebuilt_file_is_found_by_what_the_database_kept(aired: Aired) -> None:
    rows = aired(5)
    rebuilt = _rebuilt(rows, played_s=600.0)
    verdict = verify(rebuilt, [_mark(rebuilt[4])], kept=[_mark(rows[4])], audio_digest=lambda _: "a" * 64)
    assert (verdict.ok, verdict.first_bad_seq) == (False, 5)


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

    rows = aired(50)
    assert verify(rows, [_mark(rows[0])], audio_digest=digest).ok
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
