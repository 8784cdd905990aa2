from __future__ import annotations

import os
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from broadcaster.audio.clip import Clip
from broadcaster.audio.decode import decode
from broadcaster.errors import AudioFault

from .conftest import MakeSound

FORMATS = [
    ("phone.m4a", ["-c:a", "aac"], 44_100),
    ("phone.amr", ["-c:a", "libopencore_amrnb", "-ar", "8000"], 8_000),
    ("radio.mp3", ["-c:a", "libmp3lame"], 44_100),
    ("studio.flac", ["-c:a", "flac"], 44_100),
    ("chat.opus", ["-c:a", "libopus"], 48_000),
    ("old.ogg", ["-c:a", "vorbis", "-strict", "-2", "-ac", "2"], 44_100),
    ("browser.webm", ["-c:a", "libopus"], 48_000),
    ("mac.aiff", ["-c:a", "pcm_s16be"], 44_100),
    ("bare.aac", ["-c:a", "aac", "-f", "adts"], 44_100),
    ("8-bit.wav", ["-c:a", "pcm_u8"], 44_100),
    ("16-bit.wav", ["-c:a", "pcm_s16le"], 44_100),
    ("24-bit.wav", ["-c:a", "pcm_s24le"], 44_100),
    ("32-bit.wav", ["-c:a", "pcm_s32le"], 44_100),
    ("float.wav", ["-c:a", "pcm_f32le"], 44_100),
    ("double.wav", ["-c:a", "pcm_f64le"], 44_100),
    ("telephone.wav", ["-c:a", "pcm_alaw", "-ar", "8000"], 8_000),
    ("96-kHz.wav", ["-c:a", "pcm_s24le", "-ar", "96000"], 96_000),
    ("six-channels.wav", ["-af", "pan=5.1|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0"], 44_100),
    ("stereo.mp3", ["-c:a", "libmp3lame", "-ac", "2"], 44_100),
]


def pitch_hertz(clip: Clip) -> float:
    spectrum = np.abs(np.fft.rfft(clip.samples * np.hanning(clip.frames)))
    return float(spectrum.argmax()) * clip.sample_rate / clip.frames


@pytest.mark.parametrize(("name", "options", "sample_rate"), FORMATS, ids=[name for name, _, _ in FORMATS])
def test_what_people_bring_is_read_at_its_own_rate(
    make_sound: MakeSound, name: str, options: list[str], sample_rate: int
) -> None:
    if name.endswith(".amr") and not _encodes_amr():
        pytest.skip("this ffmpeg writes no AMR")
    clip = decode(make_sound(name, *options, seconds=2.0))
    assert clip.sample_rate == sample_rate
    assert clip.samples.dtype == np.float32
    assert clip.length_s == pytest.approx(2.0, abs=0.06)
    assert pitch_hertz(clip) == pytest.approx(440.0, abs=1.0)
    assert np.abs(clip.samples).max() == pytest.approx(0.125, rel=0.3)


def _encodes_amr() -> bool:
    from broadcaster.audio.ffmpeg import executable

    said = subprocess.run(
        [executable(), "-v", "error", "-h", "encoder=libopencore_amrnb"], capture_output=True, check=False
    )
    return b"is not recognized" not in said.stdout + said.stderr


def test_a_wrong_ending_does_not_matter(make_sound: MakeSound) -> None:
    mp3 = make_sound("a.mp3")
    assert decode(mp3.rename(mp3.with_name("a.wav"))).length_s == pytest.approx(2.0, abs=0.03)


def test_no_sample_is_lost_or_added_in_a_wav(make_sound: MakeSound) -> None:
    assert decode(make_sound("a.wav", "-af", "atrim=end_sample=44101", seconds=2.0)).frames == 44_101


def test_the_length_that_an_mp3_claims_is_not_believed(make_sound: MakeSound) -> None:
    path = make_sound("a.mp3", seconds=3.0)
    data = bytearray(path.read_bytes())
    at = max(data.find(b"Xing"), data.find(b"Info"))
    assert at > 0
    data[at + 8 : at + 12] = struct.pack(">I", 5)
    path.write_bytes(data)
    assert decode(path).length_s == pytest.approx(3.0, abs=0.1)


def _bad_files(folder: Path) -> dict[str, Path]:
    files = {name: folder / name for name in ("thieu.mp3", "rong.wav", "van-ban.mp3", "so-khong.flac", "anh.wav")}
    files["rong.wav"].write_bytes(b"")
    files["van-ban.mp3"].write_text("Đây là một bài viết, không phải là tiếng.\n" * 50, encoding="utf-8")
    files["so-khong.flac"].write_bytes(bytes(100_000))
    files["anh.wav"].write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    return files


@pytest.mark.parametrize("name", ["thieu.mp3", "rong.wav", "van-ban.mp3", "so-khong.flac", "anh.wav"])
def test_what_is_no_sound_is_named_with_a_remedy(tmp_path: Path, name: str) -> None:
    with pytest.raises(AudioFault) as caught:
        decode(_bad_files(tmp_path)[name])
    assert name in caught.value.message
    assert caught.value.remedy


@pytest.mark.parametrize(
    "head", [b"ID3\x04\0\0\0\0\0\0", b"fLaC\0\0\0\x22", b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0", b"OggS"]
)
def test_a_file_that_ends_after_its_head_is_damaged(tmp_path: Path, head: bytes) -> None:
    path = tmp_path / "cut.bin"
    path.write_bytes(head)
    with pytest.raises(AudioFault, match=r"cut\.bin"):
        decode(path)


def test_a_wav_without_one_sample_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "khong-mau.wav"
    header = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36, b"WAVE", b"fmt ", 16, 1, 1, 8000, 16000, 2, 16, b"data", 0)
    path.write_bytes(header)
    with pytest.raises(AudioFault, match=r"khong-mau\.wav"):
        decode(path)


def test_samples_that_are_no_numbers_are_refused(make_sound: MakeSound) -> None:
    path = make_sound("nan.wav", "-c:a", "pcm_f32le")
    data = bytearray(path.read_bytes())
    data[-400:] = struct.pack("<f", float("nan")) * 100
    path.write_bytes(data)
    with pytest.raises(AudioFault, match=r"nan\.wav.*không phải là số"):
        decode(path)


@pytest.mark.parametrize("name", ["long.wav", "long.mp3", "long.m4a"])
def test_a_recording_that_is_far_too_long_is_refused(make_sound: MakeSound, name: str) -> None:
    path = make_sound(name, seconds=30.0)
    with pytest.raises(AudioFault, match="dài hơn"):
        decode(path, longest_s=12.0)


def test_pydub_warns_of_nothing_where_no_ffmpeg_is_on_the_path(make_sound: MakeSound, tmp_path: Path) -> None:
    path = make_sound("a.mp3")
    program = f"from pathlib import Path; from broadcaster.audio.decode import decode; decode(Path({str(path)!r}))"
    environment = {**os.environ, "PATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
