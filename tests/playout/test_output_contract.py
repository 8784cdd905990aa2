"""What every output must keep, whatever it sounds on; a new kind joins by one line in KINDS."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from broadcaster.clock import SystemClock
from broadcaster.config.stations import OutputSettings
from broadcaster.errors import OutputBusy
from broadcaster.playout.output import Output, OutputStream
from broadcaster.playout.pace import AT_ONCE_S
from broadcaster.playout.registry import kinds, open_outputs
from broadcaster.playout.silent import SilentOutput
from broadcaster.testing import ManualClock, RecordingOutput

RATE = 44_100
KINDS = [
    pytest.param("recording", id="RecordingOutput"),
    pytest.param("silent", id="SilentOutput"),
    pytest.param("file", id="file"),
    pytest.param("auto without a card", id="auto without a card"),
    pytest.param("sound-card", id="sound-card", marks=pytest.mark.needs("pulseaudio", "pactl", "parec")),
    pytest.param("auto", id="auto with a card", marks=pytest.mark.needs("pulseaudio", "pactl", "parec")),
]

Maker = Callable[[str], Output]


@pytest.fixture(params=KINDS)
def make(request: pytest.FixtureRequest, clock: ManualClock, tmp_path: Path) -> Maker:
    kind = request.param
    if kind == "recording":
        return lambda name: RecordingOutput(name, clock=clock)
    if kind == "silent":
        return lambda name: SilentOutput(name, clock=clock)
    if kind in {"sound-card", "auto"}:
        request.getfixturevalue("sound_server")
        settings, on_clock = {"kieu": kind}, SystemClock()
    else:
        request.getfixturevalue("no_sound_card")
        settings, on_clock = {"kieu": kind.split()[0]}, clock

    def from_settings(name: str) -> Output:
        each = OutputSettings(name=name, **settings)
        return open_outputs({name: each}, workspace=tmp_path, clock=on_clock)[name]

    return from_settings


@pytest.fixture
def output(make: Maker) -> Output:
    return make("loa")


def opened(output: Output, label: str = "lượt 1") -> OutputStream:
    return output.open(label=label, sample_rate=RATE)


def test_every_kind_of_output_stands_in_this_suite() -> None:
    assert set(kinds()) <= {str(param.id).split()[0] for param in KINDS}


def test_an_output_that_can_play_has_no_faults(output: Output) -> None:
    assert list(output.check()) == []


def test_what_sounds_bears_the_name_that_the_schedule_gave_it(output: Output) -> None:
    announced = output.sounds_as()
    stream = opened(output)
    stream.abort()
    assert stream.sounding_as == announced
    assert announced.startswith("loa (")


def test_nothing_has_sounded_before_anything_was_written(output: Output) -> None:
    stream = opened(output)
    assert (stream.played_frames, stream.started_at, stream.ended_at, stream.underruns) == (0, None, None, 0)
    stream.abort()


def test_all_that_was_written_has_left_once_it_is_finished(output: Output, noise) -> None:
    stream = opened(output)
    stream.write(noise(1.3))
    stream.finish()
    assert stream.played_frames == len(noise(1.3))
    assert stream.underruns == 0


def test_no_more_than_half_a_second_is_ahead_of_the_ear_and_none_behind_it(output: Output, noise) -> None:
    stream = opened(output)
    written = 0
    for block in np.array_split(noise(1.5), 11):
        stream.write(block)
        written += len(block)
        assert written - RATE // 2 <= stream.played_frames <= written
    stream.finish()


def test_the_first_tenths_of_a_second_are_taken_without_waiting(
    output: Output, noise, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One thread starts hundreds of programmes, one after the other."""
    stream = opened(output)

    def waits(*_: object, **__: object) -> bool:
        raise AssertionError("it waited")

    with monkeypatch.context() as patch:
        for clock in (ManualClock, SystemClock):
            patch.setattr(clock, "wait", waits)
        patch.setattr("threading.Condition.wait", waits)
        stream.write(noise(AT_ONCE_S))
    stream.finish()
    assert stream.played_frames == len(noise(AT_ONCE_S))


def test_the_account_in_time_is_as_long_as_the_account_in_frames(output: Output, noise) -> None:
    stream = opened(output)
    stream.write(noise(1.0))
    stream.finish()
    assert stream.started_at is not None
    assert stream.ended_at is not None
    assert stream.started_at.utcoffset() is not None
    assert (stream.ended_at - stream.started_at).total_seconds() == pytest.approx(1.0, abs=0.25)


def test_a_stopped_programme_counts_only_what_has_left(output: Output, noise) -> None:
    stream = opened(output)
    stream.write(noise(1.2))
    stream.abort()
    left = stream.played_frames
    assert len(noise(1.2)) - RATE // 2 <= left < len(noise(1.2))
    assert stream.ended_at is not None
    stream.write(noise(0.3))
    stream.abort()
    stream.finish()
    assert stream.played_frames == left


def test_a_programme_that_is_stopped_before_its_first_frame_leaves_nothing(output: Output) -> None:
    stream = opened(output)
    assert stream.abort() is None
    assert (stream.played_frames, stream.started_at, stream.ended_at) == (0, None, None)


def test_an_empty_programme_is_no_error_and_no_sound(output: Output) -> None:
    stream = opened(output)
    stream.write(np.zeros(0, np.int16))
    assert stream.finish() is None
    assert (stream.played_frames, stream.started_at, stream.ended_at) == (0, None, None)


def test_blocks_of_any_size_are_taken_whole(output: Output, noise) -> None:
    sound = noise(0.9)
    stream = opened(output)
    for block in np.split(sound, [1, 8, 8, 1031, 1032, 31_000]):
        stream.write(block)
    stream.finish()
    assert stream.played_frames == len(sound)


def test_only_mono_int16_is_taken(output: Output, noise) -> None:
    stream = opened(output)
    for wrong in (noise(0.1).astype(np.float32), noise(0.1).reshape(-1, 2)):
        with pytest.raises(ValueError, match="mono int16"):
            stream.write(wrong)
    stream.abort()
    assert stream.played_frames == 0


def test_an_output_is_free_again_after_each_programme(output: Output, noise) -> None:
    for label, ending in (("lượt 1", "finish"), ("lượt 2", "abort"), ("lượt 2", "finish")):
        stream = opened(output, label)
        stream.write(noise(0.6))
        getattr(stream, ending)()
        assert 0 < stream.played_frames <= len(noise(0.6))


def test_two_outputs_sound_at_once_each_with_its_own_account(make: Maker, noise) -> None:
    outputs = [make("thôn-1"), make("thôn-2")]
    lengths = [0.7, 1.1]
    streams = [opened(output) for output in outputs]

    def play(stream: OutputStream, seconds: float) -> None:
        stream.write(noise(seconds))
        stream.finish()

    threads = [threading.Thread(target=play, args=pair) for pair in zip(streams, lengths, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [stream.played_frames for stream in streams] == [len(noise(seconds)) for seconds in lengths]


def test_a_second_programme_is_refused_or_sounds_beside_the_first_but_never_cuts_it(output: Output, noise) -> None:
    first = opened(output, "lượt 1")
    first.write(noise(0.3))
    try:
        second = opened(output, "lượt 2")
    except OutputBusy as error:
        assert output.occupies, "who looks at the schedule could have known"
        assert "lượt 2" in error.message
        assert error.remedy
    else:
        second.write(noise(0.3))
        second.finish()
        assert second.played_frames == len(noise(0.3))
    first.write(noise(0.3))
    first.finish()
    assert first.played_frames == 2 * len(noise(0.3))


def test_another_thread_can_stop_a_programme_that_waits_for_room(output: Output, noise) -> None:
    stream = opened(output)
    writer = threading.Thread(target=stream.write, args=(noise(30.0),))
    writer.start()
    while stream.played_frames == 0:
        threading.Event().wait(0.01)
    stream.abort()
    writer.join()
    assert 0 < stream.played_frames <= len(noise(30.0))
