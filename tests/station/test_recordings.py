"""A recorded voice on its way to the air: approved, changed, in place of speech or beside it, at one loudness."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from station.day import SCRIPT, Day
from station.phone import RATE, keep, voice

from broadcaster.audio.clip import PROGRAMME_SAMPLE_RATE
from broadcaster.audio.decode import decode
from broadcaster.audio.loudness import loudness_lufs
from broadcaster.audio.measure import measure
from broadcaster.errors import AudioFault, NotApproved
from broadcaster.model.programme import PartKind, Programme
from broadcaster.station.booth import Refused
from broadcaster.station.prepare import status
from broadcaster.station.render import Renderer

HEAD = "ban_thu: ban-thu/a.m4a\n"


def put(day: Day, samples: np.ndarray, name: str = "a.m4a") -> Path:
    return keep(day.station.library.folder / "ban-thu" / name, samples)


def programme(day: Day) -> Programme:
    return Renderer(day.station).programme(day.airing()).programme


def item_s(made: Programme) -> float:
    (item,) = [part for part in made.cues.parts if part.kind is PartKind.ITEM]
    return item.length_frames / made.sample_rate


def test_a_recording_in_place_of_speech_is_heard_trimmed_and_levelled(day: Day) -> None:
    put(day, np.concatenate([np.zeros(3 * RATE), voice(8.0) * 0.05, np.zeros(3 * RATE)]) + 1e-5)
    day.write("", head=HEAD)
    day.approve()

    made = programme(day)

    assert made.voice == "recording"
    assert item_s(made) == pytest.approx(8.0, abs=0.6)
    assert measure(day.station.workspace.folder / made.path).loudness_lufs == pytest.approx(-16.0, abs=0.5)


@pytest.mark.parametrize(("use", "recording_first"), [("trước", True), ("sau", False)])
def test_a_recording_beside_speech_is_as_loud_as_the_words(day: Day, use: str, recording_first: bool) -> None:
    put(day, voice(8.0) * 0.05)
    day.write("Xin chào bà con. Mời bà con nghe.", head=f"ban_thu: {{tep: ban-thu/a.m4a, cach: {use}}}\n")
    day.approve()

    made = programme(day)
    sound = decode(day.station.workspace.folder / made.path)

    (item,) = [part for part in made.cues.parts if part.kind is PartKind.ITEM]
    begin, end = item.offset_frames, item.end_frames
    split = begin + 8 * PROGRAMME_SAMPLE_RATE if recording_first else end - 8 * PROGRAMME_SAMPLE_RATE
    halves = [
        loudness_lufs(type(sound)(samples=half, sample_rate=sound.sample_rate))
        for half in (sound.samples[begin:split], sound.samples[split:end])
    ]
    assert item_s(made) > 10
    assert halves[0] == pytest.approx(halves[1], abs=1.5)


def test_a_bulletin_may_have_a_recording_in_place_of_all_its_items(day: Day) -> None:
    put(day, voice(8.0))
    day.write("## Một\n\nTin một.\n\n## Hai\n\nTin hai.", head=HEAD)
    assert item_s(programme(day)) == pytest.approx(8.0, abs=0.6)


def test_an_approval_binds_the_recording(day: Day) -> None:
    path = put(day, voice(8.0))
    day.write("", head=HEAD)
    day.approve()
    assert day.renderer.is_approved(SCRIPT)

    keep(path, voice(8.0, seed=2))

    assert not day.renderer.is_approved(SCRIPT), "another voice may say other things"
    assert isinstance(day.booth.clear(day.intend()), Refused)


def test_what_is_bound_are_the_files_bytes(day: Day) -> None:
    """Another ffmpeg may decode them to other last bits; that is no other recording."""
    path = put(day, voice(8.0))
    day.write("", head=HEAD)
    day.approve()
    of_the_file = hashlib.sha256(hashlib.sha256(path.read_bytes()).hexdigest().encode()).hexdigest()
    assert day.station.approvals.steps(SCRIPT)[-1].audio_sha256 == of_the_file
    assert programme(day).script_audio_sha256 == of_the_file


def wipe(path: Path) -> None:
    path.write_bytes(b"")


def replace_by_text(path: Path) -> None:
    path.write_text("Đây là bài viết, không phải tiếng.", encoding="utf-8")


def replace_by_silence(path: Path) -> None:
    keep(path, np.zeros(3 * RATE))


@pytest.mark.parametrize("harm", [wipe, replace_by_text, replace_by_silence, Path.unlink])
def test_a_recording_that_turns_bad_leaves_the_finished_programme_on_the_air(day: Day, harm: object) -> None:
    path = put(day, voice(8.0))
    day.write("", head=HEAD)
    day.approve()
    before = programme(day)

    harm(path)  # type: ignore[operator]

    assert status(day.station, SCRIPT).recording.faults, "and `check` tells of it"
    assert Renderer(day.station).programme(day.airing()).programme == before
    cleared = day.booth.clear(day.intend())
    assert not isinstance(cleared, Refused)


def test_a_bad_recording_that_was_never_rendered_is_named_at_rendering(day: Day) -> None:
    replace_by_silence(put(day, voice(1.0)))
    day.write("", head=HEAD)
    with pytest.raises(AudioFault, match=r"tin/thu\.txt .*im lặng"):
        programme(day)


def test_nobody_is_asked_to_approve_what_cannot_air(day: Day) -> None:
    put(day, np.clip(voice(8.0) * 40, -1, 1))
    day.write("", head=HEAD)
    with pytest.raises(NotApproved, match=r"ban-thu/a\.m4a: tiếng bị vỡ quá nhiều") as refused:
        day.approve()
    assert "Thu lại" in refused.value.remedy


def test_a_missing_recording_is_named_with_its_script(day: Day) -> None:
    day.write("", head=HEAD)
    with pytest.raises(NotApproved, match=r"bản thu ban-thu/a\.m4a: Không có tệp"):
        day.approve()


@pytest.mark.parametrize("language", ["Mông", "hmn", "Ê Đê", "Khmer"])
def test_a_language_without_a_voice_needs_a_recording(day: Day, language: str) -> None:
    day.write("Noj peb caug.", head=f"ngon_ngu: {language}\n")
    with pytest.raises(NotApproved, match="Không có giọng máy nào đọc được tiếng") as refused:
        day.approve()
    assert "ban_thu" in refused.value.remedy

    put(day, voice(8.0))
    day.write("Noj peb caug.", head=f"ngon_ngu: {language}\n{HEAD}")
    day.approve()
    assert programme(day).voice == "recording", "and what no engine could read is no doubt that anybody must settle"


def test_a_recording_beside_words_that_no_voice_speaks_is_refused(day: Day) -> None:
    put(day, voice(8.0))
    day.write("Noj peb caug.", head="ngon_ngu: Mông\nban_thu: {tep: ban-thu/a.m4a, cach: trước}\n")
    with pytest.raises(NotApproved, match="tiếng Mông"):
        day.approve()


def test_a_recordings_length_is_what_the_plan_counts_with(day: Day) -> None:
    put(day, np.concatenate([voice(8.0), np.zeros(20 * RATE)]))
    day.write("", head=HEAD)
    estimated = day.renderer.length_s("hoang-dao", SCRIPT, "gon")
    assert estimated == -(-programme(day).length_s // 1)


def test_what_could_be_better_is_told_to_whoever_submits(day: Day) -> None:
    samples = np.tile(voice(8.0), 2)
    samples[9 * RATE : 10 * RATE] = np.clip(samples[9 * RATE : 10 * RATE] * 40, -1, 1)
    put(day, samples)
    day.write("", head=HEAD)

    (warning,) = status(day.station, SCRIPT).recording.warnings
    assert "tiếng bị vỡ ở phút 0:09" in warning.message
    day.approve()
    assert day.renderer.is_approved(SCRIPT)
