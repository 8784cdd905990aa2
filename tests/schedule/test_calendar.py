"""Lunar days against the almanac: Tết, leap months, short months."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from broadcaster.config.lunar import parse_lunar
from broadcaster.schedule.calendar import is_lunar


def days_of(text: str, first: date, last: date) -> list[date]:
    span = parse_lunar(text)
    return [day for n in range((last - first).days + 1) if is_lunar(span, day := first + timedelta(days=n))]


@pytest.mark.parametrize(
    "tet",
    [date(1968, 1, 29), date(1985, 1, 21), date(2007, 2, 17), date(2026, 2, 17), date(2027, 2, 6), date(2030, 2, 2)],
)
def test_tet_is_vietnams_not_chinas(tet: date) -> None:
    year = (date(tet.year, 1, 1), date(tet.year, 12, 31))
    assert days_of("mùng 1 tháng 1", *year) == [tet]
    assert days_of("giao thừa", *year)[0] == tet - timedelta(days=1)
    assert days_of("giao thừa - mùng 3 tháng 1", *year)[:4] == [tet + timedelta(days=n) for n in range(-1, 3)]


def test_the_kitchen_gods_day_belongs_to_the_old_year() -> None:
    assert days_of("ngày 23 tháng 12", date(2026, 1, 1), date(2026, 12, 31)) == [date(2026, 2, 10)]


def test_a_leap_month_counts_for_the_first_and_the_full_moon_alone() -> None:
    """2025 has a leap sixth month, 25 July to 22 August."""
    around = (date(2025, 6, 20), date(2025, 8, 31))
    assert days_of("mùng 1", *around) == [date(2025, 6, 25), date(2025, 7, 25), date(2025, 8, 23)]
    assert date(2025, 8, 8) in days_of("rằm", *around)
    assert days_of("rằm tháng 6", *around) == [date(2025, 7, 9)]


def test_a_range_runs_through_the_leap_month_between_its_ends() -> None:
    span = days_of("ngày 25 tháng 6 - mùng 2 tháng 7", date(2025, 6, 1), date(2025, 12, 31))
    assert (span[0], span[-1], len(span)) == (date(2025, 7, 19), date(2025, 8, 24), 37)


def test_a_thirtieth_that_the_month_lacks_is_no_day() -> None:
    """Of 2026 and 2027, only the second has a thirtieth of its second month; month 12 before Tết 2026 has 29 days."""
    assert days_of("ngày 30 tháng 2", date(2026, 1, 1), date(2027, 12, 31)) == [date(2027, 4, 6)]
    assert days_of("ngày 30 tháng 12", date(2026, 1, 1), date(2026, 3, 1)) == []


def test_a_range_ends_and_begins_where_a_short_month_does() -> None:
    winter = (date(2026, 1, 20), date(2026, 3, 1))
    assert days_of("ngày 28 tháng 12 - ngày 30 tháng 12", *winter) == [date(2026, 2, 15), date(2026, 2, 16)]
    assert days_of("ngày 30 tháng 12 - mùng 2 tháng 1", *winter) == [date(2026, 2, 17), date(2026, 2, 18)]


def test_a_range_of_every_month_comes_every_month() -> None:
    days = days_of("mùng 1 - mùng 3", date(2026, 10, 1), date(2026, 11, 30))
    assert days == [date(2026, 10, d) for d in (10, 11, 12)] + [date(2026, 11, d) for d in (9, 10, 11)]


def test_a_range_over_new_year_is_one_stretch() -> None:
    days = days_of("ngày 23 tháng 12 - mùng 3 tháng 1", date(2026, 1, 1), date(2026, 12, 31))
    assert days == [date(2026, 2, 10) + timedelta(days=n) for n in range(10)]
