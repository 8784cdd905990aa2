from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from broadcaster.audio.decode import decode
from broadcaster.audio.encode import write_clip
from broadcaster.audio.ffmpeg import executable
from broadcaster.audio.measure import measure
from broadcaster.errors import AudioFault, WrongUsage

from .conftest import decoded, speech_like, tone


@pytest.mark.parametrize("ending", [".wav", ".mp3", ".opus", ".flac", ".MP3"])
@pytest.mark.parametrize("sample_rate", [22_050, 44_100])
def test_a_clip_comes_back_with_its_length_and_its_sound(tmp_path: Path, ending: str, sample_rate: int) -> None:
    clip = speech_like(3.0, sample_rate=sample_rate)
    path = tmp_path / f"noi{ending}"
    write_clip(clip, path, title="Bản tin sáng")
    heard = decoded(path, sample_rate=sample_rate)
    assert len(heard) == clip.frames
    shortest = min(len(heard), clip.frames)
    assert np.corrcoef(heard[:shortest], clip.samples[:shortest])[0, 1] > 0.97
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("ending", [".wav", ".mp3", ".opus", ".flac"])
def test_the_title_is_kept_as_a_tag(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a{ending}"
    write_clip(tone(1.0), path, title="Tiêm chủng mở rộng: đợt 2")
    command = [
        executable(),
        "-v",
        "error",
        "-nostdin",
        "-i",
        str(path),
        "-map_metadata",
        "0:g",
        "-f",
        "ffmetadata",
        "-",
    ]
    if ending == ".opus":
        command[command.index("0:g")] = "0:s:0"
    said = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    assert "title=Tiêm chủng mở rộng: đợt 2" in said


def test_the_same_clip_gives_the_same_bytes(tmp_path: Path) -> None:
    for ending in (".wav", ".mp3", ".opus", ".flac"):
        first, second = tmp_path / f"1{ending}", tmp_path / f"2{ending}"
        write_clip(tone(1.0), first)
        write_clip(tone(1.0), second)
        assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("name", ["a.txt", "a", "a.aac", "a.wav.tmp"])
def test_an_unknown_ending_lists_the_known_ones(tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongUsage) as caught:
        write_clip(tone(0.1), tmp_path / name)
    assert all(ending in caught.value.remedy for ending in (".wav", ".mp3", ".opus", ".flac"))
    assert not list(tmp_path.iterdir())


def test_an_older_file_is_replaced_and_stays_readable_to_others(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(b"old")
    write_clip(tone(1.0), path)
    assert decode(path).frames == 44_100
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~mask


def test_a_place_that_takes_no_file_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "tep").write_bytes(b"")
    with pytest.raises(AudioFault, match="Không ghi được"):
        write_clip(tone(0.1), tmp_path / "tep" / "a.wav")


_FULL = """
import sys
from pathlib import Path
import numpy as np
from broadcaster.audio.clip import Clip
from broadcaster.audio.encode import write_clip
from broadcaster.errors import DiskFull
path = Path(sys.argv[1])
noise = np.random.default_rng(1).uniform(-0.5, 0.5, 44_100 * 20).astype(np.float32)
try:
    write_clip(Clip(samples=noise, sample_rate=44_100), path)
except DiskFull as error:
    print(error.message, "|", error.remedy)
print(path.read_bytes() == b"good", sorted(entry.name for entry in path.parent.iterdir()))
"""


@pytest.mark.needs("unshare")
@pytest.mark.parametrize("ending", [".wav", ".mp3", ".opus", ".flac"])
def test_a_full_disk_keeps_the_old_file_and_leaves_nothing_else(tmp_path: Path, ending: str) -> None:
    disk = tmp_path / "dia"
    disk.mkdir()
    script = f'mount -t tmpfs -o size=64k none "{disk}" && printf good > "{disk}/a{ending}" && exec "$@"'
    program = [sys.executable, "-c", _FULL, f"{disk}/a{ending}"]
    done = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", script, "sh", *program],
        capture_output=True,
        text=True,
        check=False,
    )
    if "unshare" in done.stderr or "mount" in done.stderr:
        pytest.skip(f"no small disk to fill here: {done.stderr.strip()}")
    said, kept = done.stdout.splitlines()
    assert said.startswith("Hết chỗ trên đĩa")
    assert kept == f"True ['a{ending}']"


def test_measured_length_of_an_mp3_is_exact(tmp_path: Path) -> None:
    clip = speech_like(3.217)
    write_clip(clip, tmp_path / "a.mp3")
    assert measure(tmp_path / "a.mp3").length_frames == clip.frames
