"""The booth lets nothing sound that may not, and tells what did by the output's account."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from numpy.typing import NDArray
from station.day import AIRTIME, SCRIPT, WRITER, Day

from broadcaster.model.as_run import Outcome, OutcomeReason
from broadcaster.model.plan import Airing
from broadcaster.station.prepare import approve, send_back, submit
from broadcaster.station.render import Rendered
from broadcaster.testing import RecordingOutputStream


def test_an_approved_programme_plays_at_its_instant(day: Day) -> None:
    day.approve()
    intent = day.intend()

    day.booth.air(intent, at=AIRTIME)

    (logged,) = day.rows()
    assert (logged.row.outcome, logged.row.reason) == (Outcome.PLAYED, None)
    assert logged.row.started_at == AIRTIME
    assert logged.row.late_ms == 0
    assert (logged.row.author, logged.row.approved_by) == (WRITER, "Trần Văn Hùng")
    (stream,) = day.output.streams
    assert logged.row.played_s == pytest.approx(len(stream.sound) / 44_100, abs=0.001)
    assert day.station.ledger.open() == []
    assert day.told == [logged]


def test_nothing_sounds_before_somebody_approved_it(day: Day) -> None:
    day.booth.air(day.intend(), at=AIRTIME)

    (logged,) = day.rows()
    assert (logged.row.outcome, logged.row.reason) == (Outcome.MISSED, OutcomeReason.NOT_APPROVED)
    assert day.output.streams == []


def test_nothing_sounds_after_its_approval_was_taken_back(day: Day) -> None:
    day.approve()
    intent = day.intend()
    send_back(day.station, SCRIPT, by="Trần Văn Hùng", note="Sai ngày họp.")

    day.booth.air(intent, at=AIRTIME)

    assert day.rows()[0].row.reason is OutcomeReason.NOT_APPROVED


def test_a_recording_that_was_swapped_after_its_approval_does_not_sound(day: Day) -> None:
    jingles = day.station.workspace.jingles
    recording = day.station.library.folder / "tin" / "ban-thu.flac"
    recording.parent.mkdir(exist_ok=True)
    recording.write_bytes((jingles / "chuong.flac").read_bytes())
    day.write("Bản thu của xã.", head="ban_thu: tin/ban-thu.flac\n")
    day.approve()
    intent = day.intend()
    recording.write_bytes((jingles / "nhac-hieu.opus").read_bytes())

    day.booth.air(intent, at=AIRTIME)

    (logged,) = day.rows()
    assert (logged.row.outcome, logged.row.reason) == (Outcome.MISSED, OutcomeReason.NOT_APPROVED)
    assert day.output.streams == []


def test_a_programme_file_that_somebody_touched_does_not_sound(day: Day) -> None:
    day.approve()
    intent = day.intend()
    programme = day.renderer.programme(intent.airing).programme
    path = day.station.workspace.folder / programme.path
    path.write_bytes(path.read_bytes() + b"\0")

    day.booth.air(intent, at=AIRTIME)

    (logged,) = day.rows()
    assert (logged.row.outcome, logged.row.reason) == (Outcome.FAILED, OutcomeReason.AUDIO_CHANGED)
    assert day.output.streams == []


def test_a_text_past_its_days_does_not_sound(day: Day) -> None:
    day.write("Mời bà con đi họp.", head="den: 09/10/2026\n")
    day.clock.advance(-timedelta(days=2).total_seconds())
    day.approve()
    day.clock.advance(timedelta(days=2).total_seconds())

    day.booth.air(day.intend(), at=AIRTIME)

    assert day.rows()[0].row.reason is OutcomeReason.SCRIPT_EXPIRED


def test_a_programme_that_would_leave_its_window_does_not_sound(day: Day) -> None:
    day.approve()
    intent = day.intend()

    day.booth.air(intent, at=AIRTIME.replace(hour=6, minute=29, second=59))

    (logged,) = day.rows()
    assert (logged.row.outcome, logged.row.reason) == (Outcome.MISSED, OutcomeReason.TOO_LATE)
    assert all(len(stream.sound) == 0 for stream in day.output.streams)


def test_a_late_start_says_so(day: Day) -> None:
    day.approve()
    intent = day.intend()

    day.booth.air(intent, at=AIRTIME + timedelta(seconds=40))

    (logged,) = day.rows()
    assert (logged.row.outcome, logged.row.reason) == (Outcome.PLAYED, OutcomeReason.LATE)
    assert logged.row.late_ms == 40_000


def test_stopped_while_it_waits_it_has_no_outcome_yet(day: Day) -> None:
    day.approve()
    intent = day.intend()
    day.stop.set()

    assert day.booth.air(intent, at=AIRTIME) is None
    assert day.rows() == []
    assert [one.airing.id for one in day.station.ledger.open()] == [intent.airing.id]


def test_a_relay_whose_source_is_dead_fails_and_says_which(day: Day) -> None:
    intent = day.intend("tiep-song")

    day.booth.air(intent, at=AIRTIME.replace(hour=6, minute=0))

    (logged,) = day.rows()
    assert (logged.row.outcome, logged.row.reason) == (Outcome.FAILED, OutcomeReason.SOURCE_FAILED)
    assert "VOV1" in logged.row.detail
    assert "127.0.0.1" not in logged.row.detail


def test_a_new_voice_needs_a_new_approval(day: Day) -> None:
    day.approve()
    intent = day.intend()
    day.station.schedule = day.station.schedule.model_copy(update={"voice_ladder": ("espeak-ng:vi+m3",)})

    day.booth.air(intent, at=AIRTIME)

    assert day.rows()[0].row.reason is OutcomeReason.NOT_APPROVED
    submit_again_is_not_needed(day)


def submit_again_is_not_needed(day: Day) -> None:
    """The text is the same: whoever approves it hears the new voice and approves that."""
    step = approve(day.station, SCRIPT, by="Trần Văn Hùng")
    assert step.audio_sha256 is not None


def test_submitting_twice_is_refused(day: Day) -> None:
    from broadcaster.errors import NotApproved

    submit(day.station, SCRIPT, by=WRITER)

    with pytest.raises(NotApproved, match="đã được trình"):
        submit(day.station, SCRIPT, by=WRITER)


def test_a_render_that_takes_too_long_does_not_sound_after_its_window(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slow machine, or a slow voice: the last look at the clock is just before the first sound."""
    day.approve()
    intent = day.intend()
    day.clock.advance(timedelta(minutes=29, seconds=56).total_seconds())
    render = day.renderer.programme

    def slow(airing: Airing, *, urgent: bool = False) -> Rendered:
        day.clock.advance(3600)
        return render(airing, urgent=urgent)

    monkeypatch.setattr(day.renderer, "programme", slow)

    day.booth.air(intent, at=AIRTIME)

    (logged,) = day.rows()
    assert (logged.row.outcome, logged.row.reason) == (Outcome.MISSED, OutcomeReason.TOO_LATE)
    assert all(len(stream.sound) == 0 for stream in day.output.streams)


def test_an_output_that_stutters_is_silent_after_the_window(day: Day) -> None:
    day.write(" ".join(["Mời bà con đến nhà văn hóa thôn."] * 20))
    day.approve()
    intent = day.intend()
    length_s = day.renderer.programme(intent.airing).programme.length_s
    window_end = AIRTIME + timedelta(seconds=length_s + 2)
    tight = replace(intent, airing=replace(intent.airing, window_end=window_end))
    write = RecordingOutputStream.write

    def stuttering(stream: RecordingOutputStream, block: NDArray[np.int16]) -> None:
        day.clock.advance(1.0)
        write(stream, block)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RecordingOutputStream, "write", stuttering)
        day.booth.air(tight, at=AIRTIME)

    (logged,) = day.rows()
    assert logged.row.outcome is Outcome.PARTIAL
    assert logged.row.ended_at is not None
    assert logged.row.ended_at <= window_end + timedelta(seconds=3)


def test_an_approval_in_the_last_seconds_counts(day: Day) -> None:
    day.clock.advance(timedelta(minutes=29, seconds=56).total_seconds())
    intent = day.intend()
    wait = day.clock.wait

    def meanwhile(seconds: float, *, until: threading.Event | None = None) -> bool:
        if not day.station.approvals.steps(SCRIPT):
            day.approve()
        return wait(seconds, until=until)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(day.clock, "wait", meanwhile)
        day.booth.air(intent, at=AIRTIME)

    assert day.rows()[0].row.outcome is Outcome.PLAYED
