from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from broadcaster.model.as_run import Outcome, OutcomeReason
from broadcaster.reports.wording import (
    OUTCOME_WORDS,
    REASON_WORDS,
    day_in_full,
    duration,
    language_words,
    number,
    percent,
    row_numbers,
    share,
    time_of_day,
)


def test_every_outcome_and_reason_has_vietnamese_words() -> None:
    assert set(OUTCOME_WORDS) == set(Outcome)
    assert set(REASON_WORDS) == set(OutcomeReason)
    assert all(words.strip() for words in (*OUTCOME_WORDS.values(), *REASON_WORDS.values()))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 phút 0 giây"), (45, "0 phút 45 giây"), (245, "4 phút 5 giây"), (3_723_661, "62.061 phút 1 giây")],
)
def test_lengths_are_printed_in_minutes_and_seconds(seconds: int, words: str) -> None:
    assert duration(seconds) == words


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (58, 60, "58/60 (96,7%)"),
        (3, 3, "3/3 (100%)"),
        (0, 3, "0/3 (0%)"),
        (1, 2, "1/2 (50%)"),
        (9_999, 10_000, "9.999/10.000 (99,9%)"),
        (1, 10_000, "1/10.000 (0,1%)"),
        (0, 0, "0/0"),
    ],
)
def test_a_percentage_shows_its_numbers_and_never_rounds_to_all_or_nothing(part: int, whole: int, words: str) -> None:
    assert share(part, whole) == words


def test_nothing_of_nothing_has_no_percentage() -> None:
    assert percent(0, 0) is None


def test_thousands_are_set_apart_by_points() -> None:
    assert number(2_300) == "2.300"


def test_days_below_ten_and_the_first_two_months_are_padded() -> None:
    assert day_in_full(date(2026, 2, 8)) == "ngày 08 tháng 02 năm 2026"
    assert day_in_full(date(2026, 3, 24)) == "ngày 24 tháng 3 năm 2026"


def test_times_are_vietnamese_to_the_second() -> None:
    assert time_of_day(datetime(2026, 10, 9, 22, 30, 59, 900_000, tzinfo=UTC)) == "05:30:59"
    assert time_of_day(None) == "–"


@pytest.mark.parametrize(
    ("seqs", "words"),
    [
        ((), "–"),
        ((4,), "4"),
        ((3, 1, 2, 7), "1–3, 7"),
        (tuple(range(1, 40, 2)), "20 dòng, từ 1 đến 39"),
    ],
)
def test_row_numbers_are_runs_until_there_are_too_many(seqs: tuple[int, ...], words: str) -> None:
    assert row_numbers(seqs) == words


def test_a_language_without_a_known_name_is_printed_as_written() -> None:
    assert language_words("vi-VN") == "tiếng Việt"
    assert language_words("hmn") == "tiếng Mông"
    assert language_words("tiếng Chứt") == "tiếng Chứt"
    assert language_words(None) == "không ghi ngôn ngữ"
