"""The fake output, where it can be looked into."""

from __future__ import annotations

import numpy as np
import pytest

from broadcaster.errors import NoDevice, OutputFault
from broadcaster.testing import ManualClock, RecordingOutput

RATE = 44_100


def test_it_keeps_what_has_left_as_it_was_when_it_was_written(clock: ManualClock, noise) -> None:
    output = RecordingOutput("loa", clock=clock)
    stream = output.open(label="lượt 1", sample_rate=RATE)
    block = noise(0.2)
    stream.write(block)
    block[:] = 0
    stream.finish()
    assert np.array_equal(output.streams[0].sound, noise(0.2))
    assert output.streams[0].label == "lượt 1"


def test_a_stopped_programme_keeps_only_what_has_left(clock: ManualClock, noise) -> None:
    stream = RecordingOutput("loa", clock=clock).open(label="lượt 1", sample_rate=RATE)
    stream.write(noise(2.0))
    stream.abort()
    assert np.array_equal(stream.sound, noise(2.0)[: round(1.5 * RATE)])


def test_it_breaks_where_it_is_told_to(clock: ManualClock, noise) -> None:
    output = RecordingOutput("loa", clock=clock, breaks_after=RATE, error=OutputFault("Đứt dây loa."))
    stream = output.open(label="lượt 1", sample_rate=RATE)
    assert list(output.check()) == []
    with pytest.raises(OutputFault, match="Đứt dây loa"):
        stream.write(noise(3.0))
    assert RATE <= stream.played_frames < 1.2 * RATE


def test_without_a_device_it_cannot_be_opened_and_check_says_so(clock: ManualClock) -> None:
    output = RecordingOutput("loa", clock=clock, error=NoDevice("Không có loa.", remedy="Cắm loa."))
    assert [(fault.message, fault.remedy) for fault in output.check()] == [("Không có loa.", "Cắm loa.")]
    with pytest.raises(NoDevice):
        output.open(label="lượt 1", sample_rate=RATE)
