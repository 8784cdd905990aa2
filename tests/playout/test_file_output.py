"""Recordings of what was played: whole, exact, and never lost."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import numpy as np
import pytest

from broadcaster.config.stations import OutputSettings
from broadcaster.errors import OutputFault, WorkspaceFault
from broadcaster.playout.outputs.file import FileOutput, output
from broadcaster.playout.recording import safe_name
from broadcaster.testing import ManualClock

RATE = 44_100
LABEL = "2026-10-10T05:30/hoang-dao:trung-tam"


@pytest.fixture
def files(tmp_path: Path, clock: ManualClock) -> FileOutput:
    return output(OutputSettings(name="tep", kieu="file"), workspace=tmp_path, clock=clock)


def recorded(files: FileOutput, recording: str | None) -> Path:
    assert recording is not None
    return files.workspace / recording


@pytest.mark.parametrize("frames", [1, 100, 1152, 1153, 50 * 1152 + 46, 50 * 1152 + 47, RATE * 2 + 17])
@pytest.mark.parametrize("rate", [22_050, RATE, 48_000])
def test_a_recording_lasts_exactly_as_many_frames_as_were_played(
    files: FileOutput, noise, decoded, frames: int, rate: int
) -> None:
    stream = files.open(label=LABEL, sample_rate=rate)
    stream.write(noise(5, sample_rate=rate)[:frames])
    assert len(decoded(recorded(files, stream.finish()))) == stream.played_frames == frames


def test_a_recording_sounds_like_what_was_played(files: FileOutput, tmp_path: Path, decoded) -> None:
    time_s = np.arange(2 * RATE) / RATE
    voice = (9000 * np.sin(2 * np.pi * (200 + 60 * time_s) * time_s)).astype(np.int16)
    stream = files.open(label=LABEL, sample_rate=RATE)
    stream.write(voice)
    heard = decoded(tmp_path / (stream.finish() or "")).astype(float)
    assert np.corrcoef(heard, voice)[0, 1] > 0.999
    assert np.sqrt(np.mean(heard**2) / np.mean(voice.astype(float) ** 2)) == pytest.approx(1.0, abs=0.02)


def test_a_stopped_programme_is_recorded_as_far_as_it_sounded(
    files: FileOutput, tmp_path: Path, noise, decoded
) -> None:
    stream = files.open(label=LABEL, sample_rate=RATE)
    stream.write(noise(2.0))
    recording = stream.abort()
    assert recording is not None
    assert len(decoded(tmp_path / recording)) == stream.played_frames == round(1.5 * RATE)


def test_the_recording_is_named_by_its_label_on_windows_too(files: FileOutput, tmp_path: Path, noise) -> None:
    stream = files.open(label=LABEL, sample_rate=RATE)
    stream.write(noise(0.1))
    assert stream.finish() == "audio_out/da-phat/2026-10-10T05-30-hoang-dao-trung-tam.mp3"


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ('a<b>c:d"e/f\\g|h?i*j', "a-b-c-d-e-f-g-h-i-j"),
        ("Thôn 1 — Hoằng Đạo", "Thôn-1-—-Hoằng-Đạo"),
        ("../../etc/passwd", "etc-passwd"),
        ("con", "_con"),
        ("LPT1.txt", "_LPT1.txt"),
        ("kết thúc. ", "kết-thúc"),
        ("...", "khong-ten"),
        ("x\ny\0z", "x-y-z"),
    ],
)
def test_any_label_becomes_a_name_that_every_system_takes(label: str, name: str) -> None:
    assert safe_name(label) == name
    assert len(safe_name(label * 200).encode()) < 240


def test_no_recording_ever_takes_the_place_of_another(files: FileOutput, tmp_path: Path, noise, decoded) -> None:
    recordings = []
    for seconds in (0.2, 0.4, 0.6):
        stream = files.open(label=LABEL, sample_rate=RATE)
        stream.write(noise(seconds))
        recordings.append(stream.finish())
    assert len(set(recordings)) == 3
    assert [len(decoded(tmp_path / str(path))) for path in recordings] == [
        len(noise(seconds)) for seconds in (0.2, 0.4, 0.6)
    ]


def test_while_it_sounds_there_is_only_a_part(files: FileOutput, tmp_path: Path, noise) -> None:
    stream = files.open(label=LABEL, sample_rate=RATE)
    stream.write(noise(1.0))
    folder = tmp_path / "audio_out/da-phat"
    assert [path.suffix for path in folder.iterdir() if not path.name.startswith(".")] == [".part"]
    stream.finish()
    assert [path.suffix for path in folder.iterdir()] == [".mp3"]


def test_a_programme_without_sound_leaves_no_file(files: FileOutput, tmp_path: Path) -> None:
    assert files.open(label=LABEL, sample_rate=RATE).finish() is None
    assert list((tmp_path / "audio_out/da-phat").iterdir()) == []


def test_an_absolute_folder_may_lie_anywhere(tmp_path: Path, clock: ManualClock, noise) -> None:
    elsewhere = tmp_path / "ổ cứng ngoài"
    settings = OutputSettings(name="tep", kieu="file", options={"thu_muc": str(elsewhere)})
    stream = output(settings, workspace=tmp_path / "đài", clock=clock).open(label="lượt 1", sample_rate=RATE)
    stream.write(noise(0.1))
    assert stream.finish() == (elsewhere / "lượt-1.mp3").as_posix()


@pytest.mark.parametrize("folder", ["../ngoài", "audio_out/../../x", ".."])
def test_a_folder_that_leads_out_of_the_workspace_is_refused(tmp_path: Path, clock: ManualClock, folder: str) -> None:
    settings = OutputSettings(name="tep", kieu="file", options={"thu_muc": folder})
    with pytest.raises(WorkspaceFault, match="ngoài thư mục làm việc") as caught:
        output(settings, workspace=tmp_path, clock=clock)
    assert caught.value.faults[0].remedy


def test_a_file_where_the_folder_should_be_is_a_fault_with_a_remedy(
    files: FileOutput, tmp_path: Path, clock: ManualClock
) -> None:
    (tmp_path / "audio_out").write_text("không phải thư mục")
    assert [bool(fault.remedy) for fault in files.check()] == [True]
    with pytest.raises(OutputFault, match="da-phat"):
        files.open(label=LABEL, sample_rate=RATE)


STATION = """
    import os, signal, sys
    from datetime import datetime
    from pathlib import Path
    import numpy as np
    from broadcaster.clock import VIETNAM
    from broadcaster.config.stations import OutputSettings
    from broadcaster.errors import DiskFull
    from broadcaster.playout.outputs.file import output
    from broadcaster.testing import ManualClock

    noise = np.random.default_rng(1).integers(-9000, 9000, 44_100 * 60).astype(np.int16)
    files = output(
        OutputSettings(name="tep", kieu="file"),
        workspace=Path(sys.argv[1]),
        clock=ManualClock(datetime(2026, 10, 10, tzinfo=VIETNAM)),
    )
    stream = files.open(label="lượt 1", sample_rate=44_100)
"""


def station(*, then: str) -> str:
    return textwrap.dedent(STATION) + textwrap.dedent(then)


def test_after_kill_9_the_part_plays_and_the_next_recording_gives_it_its_name(
    files: FileOutput, tmp_path: Path, noise, decoded
) -> None:
    program = station(then="stream.write(noise[:44_100 * 5])\nos.kill(os.getpid(), signal.SIGKILL)")
    died = subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False)
    assert died.returncode == -signal.SIGKILL
    folder = tmp_path / "audio_out/da-phat"
    (part,) = folder.glob("*.part")
    wait_until_complete(part)
    played = round(4.5 * RATE)
    assert len(decoded(part)) == pytest.approx(played, abs=RATE // 5)

    stream = files.open(label="lượt 1", sample_rate=RATE)
    assert [path.name for path in folder.glob("*.mp3")] == ["lượt-1.dut-quang.mp3"]
    stream.write(noise(0.5))
    assert stream.finish() == "audio_out/da-phat/lượt-1.mp3"
    assert sorted(path.name for path in folder.iterdir()) == ["lượt-1.dut-quang.mp3", "lượt-1.mp3"]


def wait_until_complete(part: Path) -> None:
    """ffmpeg outlives a killed station by a moment, to end the file well."""
    size = -1
    while size != part.stat().st_size:
        size = part.stat().st_size
        time.sleep(0.3)


def test_a_part_that_still_sounds_is_left_alone(files: FileOutput, tmp_path: Path, noise, decoded) -> None:
    first = files.open(label="lượt 1", sample_rate=RATE)
    first.write(noise(1.0))
    second = files.open(label="lượt 2", sample_rate=RATE)
    second.write(noise(0.5))
    second.finish()
    recording = first.finish()
    assert recording == "audio_out/da-phat/lượt-1.mp3"
    assert len(decoded(tmp_path / recording)) == len(noise(1.0))


def test_when_the_encoder_dies_what_stands_in_the_file_is_the_account(
    files: FileOutput, tmp_path: Path, noise, decoded
) -> None:
    stream = files.open(label=LABEL, sample_rate=RATE)
    stream.write(noise(5.0))
    os.kill(encoder_of(tmp_path), signal.SIGKILL)
    with pytest.raises(OutputFault) as caught:
        for _ in range(100):
            stream.write(noise(0.5))
    assert caught.value.message
    recording = stream.abort()
    assert recording is not None
    assert len(decoded(tmp_path / recording)) == stream.played_frames
    assert 0 < stream.played_frames < 6 * RATE


def encoder_of(workspace: Path) -> int:
    """The process that writes this test's part."""
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if str(workspace).encode() in command and b"libmp3lame" in command:
            return int(entry.name)
    raise AssertionError("no encoder runs")


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare: apt-get install util-linux")
def test_a_full_disk_is_said_and_what_stands_in_the_file_is_the_account(tmp_path: Path, decoded) -> None:
    program = station(
        then="""
        try:
            stream.write(noise)
        except DiskFull as error:
            recording = stream.abort()
            kept = Path(sys.argv[1]) / recording
            print(stream.played_frames, error.remedy != "", sep="|")
            Path(sys.argv[2]).write_bytes(kept.read_bytes())
            print(sorted(path.name for path in kept.parent.iterdir()))
        """
    )
    small = tmp_path / "đĩa nhỏ"
    small.mkdir()
    script = 'mount -t tmpfs -o size=128k tmpfs "$1" || exit 77; exec "$2" -c "$3" "$1" "$4"'
    kept = tmp_path / "kept.mp3"
    arguments = [str(small), sys.executable, program, str(kept)]
    ran = subprocess.run(
        ["unshare", "--mount", "--map-root-user", "sh", "-c", script, "sh", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode in (1, 77) and ("unshare" in ran.stderr or "mount" in ran.stderr):
        pytest.skip(f"this machine mounts nothing for tests: {ran.stderr.strip()}")
    account, folder = ran.stdout.splitlines()
    frames, remedied = account.split("|")
    assert int(frames) == len(decoded(kept)) > RATE
    assert remedied == "True"
    assert folder == "['lượt-1.mp3']"
