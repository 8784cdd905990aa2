"""What is told of a playing is what the output did, never what was planned."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from broadcaster.clock import VIETNAM
from broadcaster.config.stations import OutputSettings
from broadcaster.errors import AudioFault, DiskFull, NoDevice, OutputBusy, OutputFault
from broadcaster.model.as_run import Outcome, OutcomeReason, Playback
from broadcaster.playout.output import Output
from broadcaster.playout.outputs.file import output as file_output
from broadcaster.playout.player import Blocks, Player
from broadcaster.testing import ManualClock, RecordingOutput

RATE = 44_100


def silence(seconds: float) -> NDArray[np.int16]:
    return np.zeros(round(seconds * RATE), np.int16)


def play(
    clock: ManualClock,
    blocks: Blocks,
    output: Output,
    *,
    stop: threading.Event | None = None,
    told: list[int] | None = None,
    length_s: float | None = None,
) -> Playback:
    return Player(clock).play(
        blocks,
        output,
        label="lượt 1",
        sample_rate=RATE,
        stop=stop or threading.Event(),
        on_progress=[].append if told is None else told.append,
        length_frames=None if length_s is None else round(length_s * RATE),
    )


def test_a_whole_programme_is_played_from_its_first_frame_to_its_last(clock: ManualClock, noise) -> None:
    began = clock.now()
    output = RecordingOutput("loa", clock=clock)
    playback = play(clock, np.array_split(noise(12.5), 9), output, length_s=12.5)
    assert playback.ended_at is not None
    assert abs(playback.ended_at - began - timedelta(seconds=12.5)) < timedelta(milliseconds=1)
    assert playback == Playback(
        output="loa (recording)",
        started_at=began,
        ended_at=playback.ended_at,
        frames=len(noise(12.5)),
        sample_rate=RATE,
        outcome=Outcome.PLAYED,
    )
    assert playback.played_s == 12.5
    assert np.array_equal(output.streams[0].sound, noise(12.5))


def test_sound_that_comes_late_starts_late(clock: ManualClock) -> None:
    began = clock.now()

    def primed() -> Iterator[NDArray[np.int16]]:
        clock.wait(3.0)
        yield silence(2)

    playback = play(clock, primed(), RecordingOutput("loa", clock=clock))
    assert playback.started_at == began + timedelta(seconds=3)
    assert playback.ended_at == began + timedelta(seconds=5)


def test_progress_is_told_about_every_second_and_never_ahead_of_the_ear(clock: ManualClock) -> None:
    told: list[int] = []
    play(clock, [silence(10)], RecordingOutput("loa", clock=clock), told=told)
    assert 8 <= len(told) <= 10
    assert told == sorted(told)
    assert all(later - earlier >= RATE for earlier, later in pairwise(told))
    assert told[-1] <= 10 * RATE


def test_a_stopped_programme_is_partial_as_far_as_it_sounded(clock: ManualClock) -> None:
    stop = threading.Event()
    began = clock.now()

    def blocks() -> Iterator[NDArray[np.int16]]:
        yield silence(5)
        stop.set()
        yield silence(5)

    playback = play(clock, blocks(), RecordingOutput("loa", clock=clock), stop=stop, length_s=10)
    assert (playback.outcome, playback.reason) == (Outcome.PARTIAL, OutcomeReason.STOPPED)
    assert 4.4 <= playback.played_s <= 5.0
    assert playback.ended_at is not None
    assert (playback.ended_at - began).total_seconds() == pytest.approx(playback.played_s, abs=0.001)


def test_a_programme_stopped_before_its_first_frame_has_failed_by_order(clock: ManualClock) -> None:
    stop = threading.Event()
    stop.set()
    playback = play(clock, [silence(5)], RecordingOutput("loa", clock=clock), stop=stop)
    assert (playback.outcome, playback.reason) == (Outcome.FAILED, OutcomeReason.STOPPED)
    assert (playback.frames, playback.started_at, playback.ended_at) == (0, None, None)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OutputFault("Đứt dây loa."), OutcomeReason.OUTPUT_FAILED),
        (DiskFull("Hết chỗ."), OutcomeReason.DISK_FULL),
    ],
)
def test_an_output_that_breaks_leaves_a_partial_playing(
    clock: ManualClock, error: OutputFault | DiskFull, reason: OutcomeReason
) -> None:
    output = RecordingOutput("loa", clock=clock, breaks_after=3 * RATE, error=error)
    playback = play(clock, [silence(10)], output, length_s=10)
    assert (playback.outcome, playback.reason, playback.detail) == (Outcome.PARTIAL, reason, error.message)
    assert 3.0 <= playback.played_s < 3.2


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (NoDevice("Không có loa."), OutcomeReason.NO_DEVICE),
        (OutputBusy("Đang phát."), OutcomeReason.OUTPUT_BUSY),
        (OutputFault("Không mở được."), OutcomeReason.OUTPUT_FAILED),
        (DiskFull("Hết chỗ."), OutcomeReason.DISK_FULL),
    ],
)
def test_an_output_that_does_not_open_is_a_failure_with_its_reason(
    clock: ManualClock, error: OutputFault | DiskFull, reason: OutcomeReason
) -> None:
    playback = play(clock, [silence(1)], RecordingOutput("loa", clock=clock, error=error))
    assert (playback.outcome, playback.reason, playback.detail) == (Outcome.FAILED, reason, error.message)
    assert (playback.output, playback.frames, playback.started_at) == ("loa", 0, None)


def test_fewer_frames_than_the_programme_has_are_not_played(clock: ManualClock) -> None:
    playback = play(clock, [silence(4)], RecordingOutput("loa", clock=clock), length_s=10)
    assert (playback.outcome, playback.reason) == (Outcome.PARTIAL, OutcomeReason.AUDIO_CHANGED)
    assert playback.played_s == 4.0
    assert "4,0 giây trong 10,0 giây" in playback.detail


def test_one_frame_less_is_not_played_either(clock: ManualClock) -> None:
    playback = play(clock, [silence(4)[1:]], RecordingOutput("loa", clock=clock), length_s=4)
    assert playback.outcome is Outcome.PARTIAL


def test_what_came_before_the_decoder_died_still_sounds(clock: ManualClock, noise) -> None:
    def blocks() -> Iterator[NDArray[np.int16]]:
        yield noise(2.25)
        raise AudioFault("Tệp hỏng.")

    output = RecordingOutput("loa", clock=clock)
    playback = play(clock, blocks(), output, length_s=10)
    assert (playback.outcome, playback.reason) == (Outcome.PARTIAL, OutcomeReason.AUDIO_CHANGED)
    assert playback.detail == "Tệp hỏng."
    assert np.array_equal(output.streams[0].sound, noise(2.25))


@pytest.mark.parametrize("blocks", [[], [np.zeros(0, np.int16)]])
def test_no_sound_at_all_is_a_failure(clock: ManualClock, blocks: Blocks) -> None:
    playback = play(clock, blocks, RecordingOutput("loa", clock=clock))
    assert (playback.outcome, playback.reason) == (Outcome.FAILED, OutcomeReason.AUDIO_CHANGED)
    assert playback.started_at is None
    assert playback.detail


def test_a_mistake_in_the_program_surfaces_once_the_output_is_silent(clock: ManualClock) -> None:
    def blocks() -> Iterator[NDArray[np.int16]]:
        yield silence(2)
        raise ZeroDivisionError

    output = RecordingOutput("loa", clock=clock)
    with pytest.raises(ZeroDivisionError):
        play(clock, blocks(), output)
    stream = output.streams[0]
    assert stream.ended_at is not None
    left = stream.played_frames
    stream.write(silence(1))
    assert stream.played_frames == left


def test_a_station_that_is_interrupted_leaves_a_silent_output_and_a_closed_decoder(clock: ManualClock) -> None:
    closed = threading.Event()

    def blocks() -> Iterator[NDArray[np.int16]]:
        try:
            while True:
                yield silence(1)
        finally:
            closed.set()

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    output = RecordingOutput("loa", clock=clock)
    with pytest.raises(KeyboardInterrupt):
        Player(clock).play(
            blocks(), output, label="lượt 1", sample_rate=RATE, stop=threading.Event(), on_progress=interrupt
        )
    assert output.streams[0].ended_at is not None
    assert closed.is_set()


def test_a_decoder_that_is_no_longer_needed_is_closed(clock: ManualClock) -> None:
    class Decoder(Iterator[NDArray[np.int16]]):
        closed = False

        def __next__(self) -> NDArray[np.int16]:
            return silence(1)

        def close(self) -> None:
            self.closed = True

    for output in (
        RecordingOutput("loa", clock=clock, error=NoDevice("Không có loa.")),
        RecordingOutput("loa", clock=clock, breaks_after=RATE, error=OutputFault("Đứt dây loa.")),
    ):
        decoder = Decoder()
        play(clock, decoder, output)
        assert decoder.closed


def test_a_source_that_stutters_is_told_of_though_it_played_whole(clock: ManualClock) -> None:
    def blocks() -> Iterator[NDArray[np.int16]]:
        for _ in range(3):
            yield silence(1)
            clock.advance(5)

    playback = play(clock, blocks(), RecordingOutput("loa", clock=clock), length_s=3)
    assert playback.outcome is Outcome.PLAYED
    assert playback.detail == "Bị ngắt tiếng 2 lần."


def test_where_it_was_recorded_is_told(clock: ManualClock, tmp_path: Path, decoded, noise) -> None:
    output = file_output(OutputSettings(name="tep", kieu="file"), workspace=tmp_path, clock=clock)
    playback = play(clock, [noise(2)], output)
    assert playback.recording == "audio_out/da-phat/lượt-1.mp3"
    assert playback.output == "tep (file)"
    assert len(decoded(tmp_path / playback.recording)) == playback.frames


@given(
    sizes=st.lists(st.integers(0, 30_000), max_size=12),
    missing=st.integers(-3, 3),
    breaks_after=st.one_of(st.none(), st.integers(1, 200_000)),
    stop_at=st.one_of(st.none(), st.integers(0, 11)),
)
def test_played_means_that_every_expected_frame_left(
    sizes: list[int], missing: int, breaks_after: int | None, stop_at: int | None
) -> None:
    from datetime import datetime

    clock = ManualClock(datetime(2026, 10, 10, 5, 30, tzinfo=VIETNAM))
    error = None if breaks_after is None else OutputFault("Đứt dây loa.")
    output = RecordingOutput("loa", clock=clock, breaks_after=breaks_after, error=error)
    stop = threading.Event()
    expected = max(0, sum(sizes) + missing)

    def blocks() -> Iterator[NDArray[np.int16]]:
        for number, size in enumerate(sizes):
            if number == stop_at:
                stop.set()
            yield np.ones(size, np.int16)

    playback = Player(clock).play(
        blocks(),
        output,
        label="lượt 1",
        sample_rate=RATE,
        stop=stop,
        on_progress=[].append,
        length_frames=expected,
    )
    assert playback.frames <= sum(sizes)
    assert (playback.outcome is Outcome.PLAYED) == (playback.reason is None)
    if playback.outcome is Outcome.PLAYED:
        assert playback.frames >= max(1, expected)
        assert not stop.is_set()
    assert (playback.outcome is Outcome.FAILED) == (playback.frames == 0)
    assert (playback.started_at is None) == (playback.frames == 0)
    if playback.started_at is not None and playback.ended_at is not None:
        lasted = (playback.ended_at - playback.started_at).total_seconds()
        assert lasted == pytest.approx(playback.played_s, abs=0.001)
