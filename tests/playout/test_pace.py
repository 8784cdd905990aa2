"""The pace of the ear."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.clock import VIETNAM
from broadcaster.playout.pace import LEAD_S, Pace, pieces
from broadcaster.testing import ManualClock

RATE = 44_100


def test_frames_leave_one_after_another_from_the_moment_they_are_handed_over(clock: ManualClock) -> None:
    pace = Pace(clock, sample_rate=RATE)
    pace.take(RATE)
    assert pace.left == 0
    clock.advance(0.25)
    assert pace.left == RATE // 4
    clock.advance(10)
    assert pace.left == RATE


def test_a_gap_is_silence_that_counts_for_nothing(clock: ManualClock) -> None:
    began = clock.now()
    pace = Pace(clock, sample_rate=RATE)
    pace.take(RATE)
    clock.advance(5)
    pace.take(RATE)
    assert pace.left == RATE
    assert pace.underruns == 1
    clock.advance(0.5)
    assert pace.left == RATE + RATE // 2
    pace.wait_until_left()
    pace.close()
    assert pace.started_at == began
    assert pace.ended_at == began + timedelta(seconds=6)


def test_it_ended_when_the_last_frame_left_not_when_somebody_looked(clock: ManualClock) -> None:
    began = clock.now()
    pace = Pace(clock, sample_rate=RATE)
    pace.take(RATE)
    clock.advance(30)
    pace.close()
    assert pace.ended_at == began + timedelta(seconds=1)


def test_what_has_not_left_when_it_closes_never_does(clock: ManualClock) -> None:
    began = clock.now()
    pace = Pace(clock, sample_rate=RATE)
    pace.take(RATE)
    clock.advance(0.25)
    pace.close()
    clock.advance(10)
    pace.close()
    assert pace.left == RATE // 4
    assert pace.ended_at == began + timedelta(seconds=0.25)
    assert not pace.wait_for_room(1)


def test_room_comes_as_frames_leave(clock: ManualClock) -> None:
    pace = Pace(clock, sample_rate=RATE)
    for _ in range(20):
        assert pace.wait_for_room(RATE // 10)
        pace.take(RATE // 10)
        assert 2 * RATE - pace.left >= 0
    assert clock.monotonic() == pytest.approx(2.0 - LEAD_S)
    assert pace.underruns == 0


@given(
    sizes=st.lists(st.integers(1, 4410), min_size=1, max_size=40),
    rate=st.sampled_from([8000, 16_000, 22_050, 44_100, 48_000]),
)
def test_it_never_counts_more_than_was_handed_over_and_in_the_end_no_less(sizes: list[int], rate: int) -> None:
    from datetime import datetime

    pace = Pace(ManualClock(datetime(2026, 10, 10, 5, 30, tzinfo=VIETNAM)), sample_rate=rate)
    taken = 0
    for size in sizes:
        size = min(size, rate // 10)  # noqa: PLW2901
        pace.wait_for_room(size)
        pace.take(size)
        taken += size
        assert taken - LEAD_S * rate - 1 <= pace.left <= taken
    pace.wait_until_left()
    assert pace.left == taken
    assert pace.underruns == 0


def test_blocks_are_cut_into_tenths_of_a_second_and_nothing_is_lost() -> None:
    block = np.arange(10_000, dtype=np.int16)
    cut = list(pieces(block, sample_rate=16_000))
    assert [len(piece) for piece in cut] == [1600] * 6 + [400]
    assert np.array_equal(np.concatenate(cut), block)
