"""A sound card, as heard behind it: on a null sink of PulseAudio, through its monitor."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from broadcaster.clock import SystemClock
from broadcaster.config.stations import OutputSettings
from broadcaster.errors import NoDevice, OutputFault
from broadcaster.playout.outputs.sound_card import SoundCard, output

RATE = 44_100
CHUNK = RATE // 20
SINK_NAME = "Loa-thu-nghiem"
with_sound_server = pytest.mark.needs("pulseaudio", "pactl", "parec")


def card(device: str | None = None) -> SoundCard:
    options = {} if device is None else {"thiet_bi": device}
    return output(
        OutputSettings(name="loa-may", kieu="sound-card", options=options), workspace=Path(), clock=SystemClock()
    )


def share_heard(heard: NDArray[np.int16], source: NDArray[np.int16]) -> float:
    """The share of 50 ms chunks that came out bit for bit, in their order."""
    data, found, at = heard.tobytes(), 0, 0
    chunks = [source[start : start + CHUNK].tobytes() for start in range(0, len(source) - CHUNK + 1, CHUNK)]
    for chunk in chunks:
        place = data.find(chunk, at)
        if place >= 0:
            found, at = found + 1, place + len(chunk)
    return found / len(chunks)


@with_sound_server
def test_what_was_written_came_out_whole_and_as_loud(ear, noise) -> None:
    sound = noise(3.0)
    stream = card().open(label="lượt 1", sample_rate=RATE)
    for block in np.array_split(sound, 7):
        stream.write(block)
    stream.finish()
    heard = ear.heard()
    assert stream.played_frames == len(sound)
    assert share_heard(heard, sound) >= 0.9
    if stream.underruns == 0:
        assert len(heard) == len(sound)
        assert np.array_equal(heard, sound)


@with_sound_server
def test_a_stopped_programme_falls_silent_and_never_counts_more_than_was_heard(ear, noise) -> None:
    sound = noise(3.0)
    stream = card().open(label="lượt 1", sample_rate=RATE)
    for block in np.array_split(sound, 60):
        stream.write(block)
        if stream.played_frames > RATE:
            break
    stream.abort()
    heard = ear.heard()
    assert RATE < stream.played_frames <= len(heard)
    assert len(heard) - stream.played_frames < RATE // 5
    assert share_heard(heard, sound[: stream.played_frames]) >= 0.9


@with_sound_server
def test_a_programme_made_ready_while_the_one_before_still_sounds_follows_it(ear, noise) -> None:
    """The bulletin at 05:30 is made ready while the relay of 05:00 to 05:30 is on the same card."""
    sounds = [noise(2.0, seed=1), noise(1.0, seed=2)]
    loudspeaker = card()
    relay = loudspeaker.open(label="lượt 1", sample_rate=RATE)

    def sound_to_the_end() -> None:
        relay.write(sounds[0])
        relay.finish()

    on_air = threading.Thread(target=sound_to_the_end)
    on_air.start()
    bulletin = loudspeaker.open(label="lượt 2", sample_rate=RATE)
    on_air.join()
    bulletin.write(sounds[1])
    bulletin.finish()
    assert (relay.played_frames, bulletin.played_frames) == (len(sounds[0]), len(sounds[1]))
    assert share_heard(ear.heard(), np.concatenate(sounds)) >= 0.7


@with_sound_server
def test_it_says_which_device_sounds(sound_server) -> None:
    stream = card("LOA-THU").open(label="lượt 1", sample_rate=RATE)
    stream.abort()
    assert stream.sounding_as == f"loa-may (sound-card: {SINK_NAME})"


@with_sound_server
def test_a_device_that_is_not_there_is_named_with_those_that_are(sound_server) -> None:
    absent = card("USB")
    with pytest.raises(NoDevice, match="'USB'"):
        absent.open(label="lượt 1", sample_rate=RATE)
    (fault,) = absent.check()
    assert SINK_NAME in fault.remedy


@with_sound_server
def test_programmes_leave_no_connection_to_the_sound_server_behind(sound_server, noise) -> None:
    def connections() -> int:
        return len(sound_server.ask("list", "short", "clients").splitlines())

    before = connections()
    for _ in range(5):
        stream = card().open(label="lượt 1", sample_rate=RATE)
        stream.write(noise(0.05))
        stream.abort()
        assert card().check() == []
        with pytest.raises(NoDevice):
            card("USB").open(label="lượt 1", sample_rate=RATE)
    assert connections() == before


@with_sound_server
def test_a_sound_server_that_dies_is_an_output_fault_and_the_account_stands(mortal_server, noise) -> None:
    mortal = card()
    stream = mortal.open(label="lượt 1", sample_rate=RATE)
    stream.write(noise(1.0))
    mortal_server.kill()
    with pytest.raises(OutputFault, match="loa-may") as caught:
        stream.write(noise(30.0))
    assert caught.value.remedy
    assert 0 < stream.played_frames < 2 * RATE
    assert stream.abort() is None
    with pytest.raises(OutputFault):
        mortal.open(label="lượt 2", sample_rate=RATE)


@pytest.mark.usefixtures("no_sound_card")
def test_a_machine_without_a_card_is_told_what_to_do() -> None:
    (fault,) = card().check()
    assert "không có thiết bị âm thanh" in fault.message
    assert "file" in fault.remedy
    assert card().sounds_as() == "loa-may (sound-card: không có thiết bị âm thanh)"
    with pytest.raises(NoDevice):
        card().open(label="lượt 1", sample_rate=RATE)


@pytest.mark.usefixtures("no_sound_card")
def test_the_libraries_underneath_say_nothing_on_the_terminal(tmp_path: Path) -> None:
    """ALSA alone prints some thirty lines where there is no card."""
    program = """
        from broadcaster.playout import sound_devices
        for backend in ("PULSEAUDIO", "ALSA"):
            for device in sound_devices._devices_of(backend):
                print(device.name)
        from broadcaster.playout.card_stream import opened
        from broadcaster.errors import OutputFault
        import miniaudio
        device = sound_devices.SoundDevice(name="x", backend="ALSA", is_default=True, handle=miniaudio.ffi.NULL)
        try:
            opened(device, sample_rate=44_100)
        except OutputFault as error:
            print("refused")
    """
    environment = os.environ | {"HOME": str(tmp_path / "none"), "XDG_RUNTIME_DIR": str(tmp_path / "none")}
    ran = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], env=environment, capture_output=True, text=True, check=True
    )
    assert ran.stderr == ""
    assert ran.stdout == "refused\n"
