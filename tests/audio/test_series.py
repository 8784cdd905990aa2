from __future__ import annotations

import numpy as np
import pytest

from broadcaster.audio.series import Series


@pytest.mark.parametrize("blocks", [0, 1, 40])
def test_what_was_measured_comes_back_as_it_was(blocks: int) -> None:
    rng = np.random.default_rng(1)
    measured = [rng.integers(-127, 128, (10_000, 2), dtype=np.int8) for _ in range(blocks)]
    series = Series(np.zeros((0, 2), dtype=np.int8))
    for rows in measured:
        series.add(rows)
    whole = np.concatenate((np.zeros((0, 2), dtype=np.int8), *measured))
    assert np.array_equal(series.rows(), whole)


def test_more_may_come_after_it_was_read() -> None:
    series = Series(np.zeros(0))
    for _ in range(2):
        series.add(np.arange(50_000.0))
        series.rows()
    assert series.rows().tolist() == [*range(50_000), *range(50_000)]
