"""What is made to hurt, or is only very large, is read or refused with a clear message, and the work stays in bounds.

How long it takes is shown by benchmarks/schedule_load.py.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from broadcaster.config import composing, reading
from broadcaster.config.load import MAX_FAULTS, load_schedule, parse_schedule
from broadcaster.errors import Fault, WorkspaceFault
from broadcaster.schedule.places import communes_of
from broadcaster.schedule.plan import no_lengths, plan

HEAD = "xa: {a: {ten: A}}\nkhung_gio: {sang: 05:00-06:30}\n"


def faults_of(text: str) -> tuple[Fault, ...]:
    with pytest.raises(WorkspaceFault) as caught:
        parse_schedule(text)
    return caught.value.faults


def entries(line: str, count: int) -> str:
    return f"{HEAD}lich:\n" + "".join(line.format(n=n, m=n % 60, d=1 + n % 28) for n in range(count))


def test_ten_thousand_entries_are_read_and_planned() -> None:
    line = "  - {{ten: Mục {n}, bai: tin/{n}.txt, gio: 05:{m:02d}, dai: 1 phút, ngay: {d:02d}/01/2027, doi: 0}}\n"
    schedule = parse_schedule(entries(line, 10_000))

    airings = plan(schedule, first=date(2027, 1, 5), days=1, lengths=no_lengths)

    assert len(schedule.entries) == 10_000
    assert len(airings) == 357, "one day in 28"


def test_ten_thousand_faults_are_not_all_told() -> None:
    line = "  - {{ten: M {n}, bai: a.txt, giờ: 05:30, noi_phat: x{n}, thu: T9}}\n"

    assert 0 < len(faults_of(entries(line, 3_000))) <= MAX_FAULTS


def test_a_list_of_what_is_known_stays_short_enough_to_be_read() -> None:
    communes = "".join(f"  x{n}: {{ten: Xã {n}}}\n" for n in range(3_321))

    (fault,) = faults_of(f"xa:\n{communes}lich: [{{ten: A, bai: a.txt, gio: 05:30, noi_phat: khong-co}}]\n")

    assert "3321 tên" in fault.remedy
    assert len(fault.remedy) < 400


def test_a_bomb_of_aliases_is_refused_before_it_grows() -> None:
    text = "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
    text += "".join(f"{b}: &{b} [{','.join(['*' + a] * 10)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))

    (fault,) = faults_of(text)

    assert "nhân nội dung" in fault.message
    assert (fault.line or 0) <= 5, "long before its last line"


def test_as_many_aliases_as_anybody_uses_are_allowed() -> None:
    line = "  - {{ten: M {n}, bai: a.txt, gio: *gio, thu: *thu}}\n"
    text = entries(line, 2_000).replace("*gio", "&gio [05:30, 06:00]", 1).replace("*thu", "&thu T2-T7", 1)

    assert len(parse_schedule(text).entries) == 2_000


@pytest.mark.parametrize(
    "text",
    ["[" * 1_000_000, "- " * 200_000, "{a: " * 200_000, "a:\n" + "".join(" " * n + "a:\n" for n in range(1, 900))],
)
def test_nesting_without_end_is_refused_at_its_beginning(text: str) -> None:
    (fault,) = faults_of(text)

    assert "quá sâu" in fault.message
    assert (fault.line or 0) <= composing.MAX_DEPTH + 1


def test_a_file_of_twenty_megabytes_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "schedule.yaml"
    with file.open("wb") as sparse:
        sparse.truncate(20_000_000)

    with pytest.raises(WorkspaceFault) as caught:
        load_schedule(file)

    assert f"{reading.MAX_BYTES // 1_000_000} MB" in caught.value.faults[0].message


def test_a_circle_of_many_groups_is_told_once() -> None:
    groups = "".join(f"  g{n}: [g{(n + 1) % 3_000}]\n" for n in range(3_000))

    (fault,) = faults_of(f"{HEAD}nhom:\n{groups}")

    assert "vòng" in fault.message
    assert fault.line == 4
    assert "2980 nhóm nữa" in fault.message


def test_groups_in_a_long_chain_or_in_many_ways_lead_to_their_communes() -> None:
    chain = "".join(f"  g{n}: [g{n + 1}, g{n + 1}]\n" for n in range(3_000)) + "  g3000: [a]\n"
    schedule = parse_schedule(f"{HEAD}nhom:\n{chain}lich: [{{ten: A, bai: a.txt, gio: 05:30, noi_phat: g0}}]\n")

    assert communes_of(schedule, schedule.entries[0]) == {"a"}


def test_a_thousand_windows_are_a_slip() -> None:
    windows = "".join(f"  w{n}: 05:00-06:30\n" for n in range(1_000))

    (fault,) = faults_of(f"xa: {{a: {{ten: A}}}}\nkhung_gio:\n{windows}")

    assert "Quá nhiều" in fault.message


def test_a_large_file_with_a_slip_names_the_slip_though_the_rest_is_not_read() -> None:
    text = entries("  - ten: Mục {n}\n    bai: tin/{n}.txt\n    gio: 05:30\n", 6_000).replace(
        "gio: 05:30", "gio 05:30", 1
    )
    assert len(text) > 200_000

    (fault,) = faults_of(text)

    assert (fault.line, "gio: 05:30" in fault.remedy) == (6, True)


def test_more_slips_than_anybody_makes_are_not_all_mended() -> None:
    told = faults_of(entries("  - ten: M {n}\n    bai: a.txt\n    gio 05:30\n", 300))

    assert 20 <= len(told) <= MAX_FAULTS
