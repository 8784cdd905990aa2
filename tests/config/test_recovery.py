"""A slip in a file's punctuation hides no other fault of the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcaster.config.load import parse_schedule
from broadcaster.errors import Fault, WorkspaceFault

SAMPLE = (Path(__file__).parents[2] / "schedule.yaml").read_text(encoding="utf-8")


def changed(*changes: tuple[str, str]) -> str:
    text = SAMPLE
    for right, wrong in changes:
        assert right in text
        text = text.replace(right, wrong, 1)
    return text


def faults_of(text: str) -> tuple[Fault, ...]:
    with pytest.raises(WorkspaceFault) as caught:
        parse_schedule(text)
    return caught.value.faults


def lines_of(text: str, *pieces: str) -> list[int]:
    numbered = list(enumerate(text.split("\n"), start=1))
    return sorted(number for piece in pieces for number, line in numbered if piece in line)


def test_slips_of_every_sort_are_told_in_one_run_with_what_is_wrong_besides() -> None:
    text = changed(
        ('ma: "14845"', 'ma: "14845'),
        ("    gio: 05:00\n    dai: 30", "\tgio: 05:00\n    dai: 30"),
        ("  - ten: Bản tin xã", "  – ten: Bản tin xã"),
        ("    dai: 20 phút", "    dai 20 phút"),
        ("gio: 17:50", "gio:17:50"),
        ("[10/10/2026, 24/10/2026]", "[10/10/2026, 24/10/2026"),
        ("noi_phat: hoang-truong\n", "noi_phat: hoang-truog\n"),
        ("gio: 11:05", "giờ: 25:10"),
    )
    wrong = ('"14845', "\tgio", "– ten", "dai 20", "gio:17:50", "24/10/2026", "truog", "giờ: 25:10")

    told = faults_of(text)

    assert sorted({fault.line or 0 for fault in told}) == lines_of(text, *wrong)
    assert [fault for fault in told if fault.line is None or not fault.remedy] == []


def test_a_line_that_nobody_can_guess_costs_no_more_than_its_own_entry() -> None:
    text = changed(("    gio: 05:00\n", "    ]]} ?? {\n"), ("gio: 11:05", "gio: 11h05"))

    assert [fault.line for fault in faults_of(text)] == lines_of(text, "]]} ??", "11h05")


def test_what_was_left_out_is_not_said_to_be_missing() -> None:
    text = changed(("  ven-bien: [hoang-truong, hoang-tien]", "  ven-bien: @[hoang-truong"))

    assert [fault.line for fault in faults_of(text)] == lines_of(text, "@[hoang-truong")


def test_the_value_of_a_mistyped_key_is_looked_at_too() -> None:
    text = changed(("    gio: 11:05", "    giờ: 11h05"))

    messages = [fault.message for fault in faults_of(text)]

    assert messages == ["Không có khóa “giờ” ở đây.", "Không hiểu giờ “11h05”."]


def test_an_item_without_its_dash_is_told_once_and_read_as_an_item() -> None:
    text = changed(("  - ten: Tiếp sóng Đài tỉnh", "    ten: Tiếp sóng Đài tỉnh"), ("dai: 20 phút", "dai: 20"))

    told = faults_of(text)

    assert [fault.line for fault in told] == lines_of(text, "    ten: Tiếp sóng Đài tỉnh", "dai: 20")
    assert "- ten: Tiếp sóng Đài tỉnh" in told[0].remedy


def test_a_tab_after_a_key_is_told_since_other_programs_stumble_over_it() -> None:
    text = changed(("    gio: 11:05", "    gio:\t11:05"))

    (fault,) = faults_of(text)

    assert (fault.line, "Tab" in fault.message) == (lines_of(text, "\t11:05")[0], True)


@pytest.mark.parametrize(
    "line", ["tinh: Thanh Hóa\t# ghi chú", "tinh: Thanh Hóa   ", "tinh:   Thanh Hóa", "tinh : Thanh Hóa"]
)
def test_what_only_looks_odd_is_read(line: str) -> None:
    assert parse_schedule(changed(("tinh: Thanh Hóa", line))).province == "Thanh Hóa"
