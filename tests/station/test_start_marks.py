"""Marks of what is on the air, in a file that has its room beforehand."""

from __future__ import annotations

from pathlib import Path

from station.day import AIRTIME

from broadcaster.station.start_marks import ROOM_BYTES, StartMark, StartMarks

KEY = ("hoang-dao/2026-11-23/05:30:00/tin", "trung-tam")
MARK = StartMark(AIRTIME, "a" * 64)


def test_marks_come_back_and_take_the_place_of_those_before(tmp_path: Path) -> None:
    marks = StartMarks(tmp_path / "dau")
    marks.reserve()
    marks.put({KEY: MARK, ("x" * 200, "loa"): StartMark(AIRTIME, None)})
    marks.put({KEY: MARK})

    assert marks.read() == {KEY: MARK}
    assert (tmp_path / "dau").stat().st_size == ROOM_BYTES, "no block was asked for, none given back"


def test_line_that_a_power_cut_left_unfinished_is_passed_over(tmp_path: Path) -> None:
    marks = StartMarks(tmp_path / "dau")
    marks.reserve()
    marks.put({KEY: MARK, ("b", "loa"): MARK})
    data = (tmp_path / "dau").read_bytes()
    (tmp_path / "dau").write_bytes(data[: data.index(b'["b"') + 5] + bytes(100))

    assert marks.read() == {KEY: MARK}


def test_before_the_first_run_there_are_none(tmp_path: Path) -> None:
    assert StartMarks(tmp_path / "dau").read() == {}


def test_marks_are_put_where_nobody_gets_another_block(tmp_path: Path) -> None:
    """More of them than there is room for are cut at the end; the file does not grow."""
    marks = StartMarks(tmp_path / "dau")
    marks.reserve()
    marks.put({(f"{number}" * 400, "loa"): MARK for number in range(1000)})

    assert (tmp_path / "dau").stat().st_size == ROOM_BYTES
