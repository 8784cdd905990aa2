from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.errors import WrongUsage
from broadcaster.reports.period import parse_period


@pytest.mark.parametrize(
    ("text", "start", "end", "label"),
    [
        ("2026-H1", date(2026, 1, 1), date(2026, 6, 30), "6 tháng đầu năm 2026"),
        ("2026-H2", date(2026, 7, 1), date(2026, 12, 31), "6 tháng cuối năm 2026"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "năm 2026"),
        ("2026-Q3", date(2026, 7, 1), date(2026, 9, 30), "quý III năm 2026"),
        ("2026-q4", date(2026, 10, 1), date(2026, 12, 31), "quý IV năm 2026"),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29), "tháng 2 năm 2028"),
        ("2026-10", date(2026, 10, 1), date(2026, 10, 31), "tháng 10 năm 2026"),
        ("2026-10-10", date(2026, 10, 10), date(2026, 10, 10), "ngày 10 tháng 10 năm 2026"),
        ("5/2/2026", date(2026, 2, 5), date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (
            "2026-10-01..2026-10-10",
            date(2026, 10, 1),
            date(2026, 10, 10),
            "từ ngày 01/10/2026 đến ngày 10/10/2026",
        ),
        ("15/12/2025 .. 14/06/2026", date(2025, 12, 15), date(2026, 6, 14), "từ ngày 15/12/2025 đến ngày 14/06/2026"),
        ("24/03/2026..2026-03-24", date(2026, 3, 24), date(2026, 3, 24), "ngày 24 tháng 3 năm 2026"),
    ],
)
def test_a_period_is_read_and_named_as_offices_name_it(text: str, start: date, end: date, label: str) -> None:
    period = parse_period(text)
    assert (period.start, period.end, period.label) == (start, end, label)


def test_both_ends_belong_to_a_period() -> None:
    period = parse_period("2026-H1")
    assert date(2026, 1, 1) in period
    assert date(2026, 6, 30) in period
    assert date(2026, 7, 1) not in period


@pytest.mark.parametrize(
    "text",
    ["", "  ", "..", "tháng 10", "2026-H3", "2026-Q5", "2026-13", "2026-00", "0000", "2026-02-29", "31/02/2026",
     "2026-10-10..2026-10-01", "2026-10-10..", "..2026-10-10", "2026-10-1", "26", "2026-10..2026-11", "2026-H1\x00"],
)  # fmt: skip
def test_a_period_that_is_none_is_refused_with_examples(text: str) -> None:
    with pytest.raises(WrongUsage) as refused:
        parse_period(text)
    assert "kỳ báo cáo" in refused.value.message
    assert "2026-H1" in refused.value.remedy
    assert "01/10/2026..10/10/2026" in refused.value.remedy


def test_a_backward_period_says_which_day_is_first() -> None:
    with pytest.raises(WrongUsage, match=r"ngày cuối 01/10/2026 đứng trước ngày đầu 10/10/2026"):
        parse_period("10/10/2026..01/10/2026")


@given(st.text(max_size=30))
def test_any_text_is_a_period_or_wrong_usage(text: str) -> None:
    try:
        period = parse_period(text)
    except WrongUsage:
        return
    assert period.start <= period.end
