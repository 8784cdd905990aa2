"""A card where there is one, else a file; and it says which."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcaster.clock import SystemClock
from broadcaster.config.stations import OutputSettings
from broadcaster.errors import OutputBusy, WorkspaceFault
from broadcaster.playout.outputs.auto import AutoOutput, output
from broadcaster.testing import ManualClock

RATE = 44_100


def auto(workspace: Path, clock: ManualClock | SystemClock, **options: str) -> AutoOutput:
    return output(OutputSettings(name="loa-may", kieu="auto", options=options), workspace=workspace, clock=clock)


@pytest.mark.usefixtures("no_sound_card")
def test_without_a_card_a_file_sounds_and_the_log_can_say_so(tmp_path: Path, clock: ManualClock, noise) -> None:
    files = auto(tmp_path, clock, thu_muc="audio_out/thay-loa")
    stream = files.open(label="lượt 1", sample_rate=RATE)
    stream.write(noise(0.3))
    assert stream.finish() == "audio_out/thay-loa/lượt-1.mp3"
    assert stream.sounding_as == "loa-may (file: không có thiết bị âm thanh)"
    assert list(files.check()) == []


@pytest.mark.needs("pulseaudio", "pactl", "parec")
def test_with_a_card_the_card_sounds(sound_server, tmp_path: Path, noise) -> None:
    stream = auto(tmp_path, SystemClock()).open(label="lượt 1", sample_rate=RATE)
    stream.write(noise(0.3))
    assert stream.finish() is None
    assert stream.sounding_as == "loa-may (sound-card: Loa-thu-nghiem)"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.needs("pulseaudio", "pactl", "parec")
def test_a_busy_card_is_not_replaced_by_a_file_that_nobody_hears(sound_server, tmp_path: Path) -> None:
    card = auto(tmp_path, SystemClock())
    first = card.open(label="lượt 1", sample_rate=RATE)
    with pytest.raises(OutputBusy):
        card.open(label="lượt 2", sample_rate=RATE)
    assert list(card.check()) == []
    first.abort()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_outside_the_workspace_is_refused_before_anything_sounds(tmp_path: Path, clock: ManualClock) -> None:
    with pytest.raises(WorkspaceFault):
        auto(tmp_path, clock, thu_muc="../ngoài")
