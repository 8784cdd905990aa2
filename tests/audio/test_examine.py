"""What is measured in the recordings that people bring, on real files that ffmpeg writes."""

from __future__ import annotations

import struct
import subprocess
import sys
import wave
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from broadcaster.audio.decode import decode
from broadcaster.audio.examine import examine
from broadcaster.audio.ffmpeg import executable
from broadcaster.audio.recording import Recording
from broadcaster.audio.recording_faults import jingle_verdict, recording_verdict
from broadcaster.audio.recording_in import LONGEST_STRETCH_S, Recorded
from broadcaster.errors import AudioFault

from .conftest import speech_like, tone

RATE = 44_100
Keep = Callable[..., Path]


@pytest.fixture
def keep(tmp_path: Path) -> Keep:
    """`keep(samples, "a.m4a", "-c:a", "aac")`: the samples, (frames,) or (frames, channels), in a file of that kind."""

    def kept(samples: NDArray[np.floating], name: str = "thu.wav", *options: str) -> Path:
        channels = 1 if samples.ndim == 1 else samples.shape[1]
        raw = ["-f", "f32le", "-ar", str(RATE), "-ac", str(channels), "-i", "pipe:0"]
        command = [executable(), "-v", "error", "-y", *raw, *options, str(tmp_path / name)]
        subprocess.run(command, input=samples.astype("<f4").tobytes(), check=True)
        return tmp_path / name

    return kept


def speech(seconds: float, *, level: float = 0.3) -> NDArray[np.float32]:
    """A room's quiet hiss under it, as there is in every recording."""
    return _speech(seconds, level).copy()


@cache
def _speech(seconds: float, level: float) -> NDArray[np.float32]:
    hiss = np.random.default_rng(2).standard_normal(round(seconds * RATE)).astype(np.float32) * np.float32(3e-4)
    return speech_like(seconds, level=level).samples + hiss


def faults(heard: Recording) -> str:
    return "\n".join(fault.message for fault in recording_verdict(heard, file="thu.m4a").faults)


def recorded(path: Path) -> Recorded:
    return Recorded(file=path, heard=examine(path), sha256="")


def warnings(heard: Recording) -> str:
    verdict = recording_verdict(heard, file="thu.m4a")
    assert verdict.faults == ()
    assert all(warning.remedy and warning.file == "thu.m4a" for warning in verdict.warnings)
    return "\n".join(warning.message for warning in verdict.warnings)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("iphone.m4a", ["-c:a", "aac", "-b:a", "64k"]),
        ("android.aac", ["-c:a", "aac", "-f", "adts"]),
        ("may-thu.mp3", ["-b:a", "64k"]),
        ("may-thu.wav", []),
        ("zalo.ogg", ["-c:a", "libopus", "-b:a", "24k"]),
        ("zalo.opus", ["-c:a", "libopus"]),
        ("cu.3gp", ["-c:a", "aac", "-ar", "16000"]),
        ("cu.wma", ["-c:a", "wmav2"]),
        ("mac.caf", ["-c:a", "pcm_s16le"]),
        ("96-kHz.wav", ["-ar", "96000", "-c:a", "pcm_s24le"]),
        ("sau-kenh.wav", ["-af", "pan=5.1|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0"]),
        ("mot-ben.m4a", ["-af", "pan=stereo|c0=c0", "-c:a", "aac"]),
    ],
)
def test_a_good_recording_of_any_kind_is_faultless(keep: Keep, name: str, options: list[str]) -> None:
    heard = examine(keep(speech(6.0), name, *options))
    assert warnings(heard) == ""
    assert heard.length_s == pytest.approx(6.0, abs=0.15)


@pytest.mark.parametrize("options", [("a.m4a", "-c:a", "aac", "-b:a", "64k"), ("a.mp3", "-b:a", "48k"), ("a.wav",)])
def test_broken_sound_is_named_with_its_minute_and_second(keep: Keep, options: tuple[str, ...]) -> None:
    samples = np.tile(speech(30.0), 3)
    samples[80 * RATE : 83 * RATE] = np.clip(samples[80 * RATE : 83 * RATE] * 40, -1, 1)
    assert "tiếng bị vỡ ở phút 1:20" in warnings(examine(keep(samples, *options)))


def test_sound_that_is_broken_throughout_is_a_fault(keep: Keep) -> None:
    assert "tiếng bị vỡ quá nhiều" in faults(examine(keep(np.clip(speech(8.0) * 40, -1, 1), "a.m4a", "-c:a", "aac")))


def test_sound_that_was_cut_off_below_full_scale_is_broken_too(keep: Keep) -> None:
    assert "tiếng bị vỡ" in faults(examine(keep(np.clip(speech(8.0) * 40, -1, 1) * 0.5)))


def test_loud_sound_that_is_whole_is_not_called_broken(keep: Keep) -> None:
    samples = speech(8.0)
    assert examine(keep(samples / np.abs(samples).max(), "a.mp3")).clipped == ()


@pytest.mark.parametrize("hiss", [0.0, 1e-4])
def test_silence_is_a_fault(keep: Keep, hiss: float) -> None:
    samples = np.random.default_rng(3).standard_normal(5 * RATE) * hiss
    said = faults(examine(keep(samples, "a.m4a", "-c:a", "aac")))
    assert ("im lặng" in said) == (hiss == 0.0)
    assert said


def test_long_silence_within_is_named_with_its_places(keep: Keep) -> None:
    samples = speech(30.0)
    samples[10 * RATE : 20 * RATE] *= 0.001
    assert "im lặng 10 giây, từ 0:10 đến 0:20" in warnings(examine(keep(samples)))


def test_half_a_minute_of_silence_is_a_fault(keep: Keep) -> None:
    samples = np.concatenate([speech(6.0), np.zeros(31 * RATE, np.float32), speech(6.0)])
    assert "im lặng 31 giây, từ 0:06" in faults(examine(keep(samples)))


@pytest.mark.parametrize("hertz", [50, 100])
def test_hum_of_the_mains_is_told_by_its_pitch(keep: Keep, hertz: int) -> None:
    samples = speech(8.0) + tone(8.0, hertz=hertz, level=0.01).samples
    assert f"tiếng ù điện {hertz} Hz" in warnings(examine(keep(samples, "a.m4a", "-c:a", "aac")))


def test_hum_that_drowns_the_voice_is_a_fault(keep: Keep) -> None:
    assert "50 Hz át cả tiếng nói" in faults(examine(keep(speech(8.0, level=0.05) + tone(8.0, hertz=50).samples)))


@pytest.mark.parametrize(("noise", "expected"), [(0.002, ""), (0.02, "tiếng ồn nền"), (0.2, "không nghe ra lời nói")])
def test_noise_is_judged_by_how_far_speech_stands_out(keep: Keep, noise: float, expected: str) -> None:
    samples = speech(8.0) + np.random.default_rng(4).standard_normal(8 * RATE).astype(np.float32) * np.float32(noise)
    verdict = recording_verdict(examine(keep(samples)), file="a")
    said = "\n".join(fault.message for fault in (*verdict.faults, *verdict.warnings))
    assert expected in said
    assert bool(said) == bool(expected)
    assert bool(verdict.faults) == (noise > 0.1)


@pytest.mark.parametrize(("gain", "expected"), [(0.03, "tiếng nhỏ"), (0.005, "tiếng quá nhỏ")])
def test_a_voice_that_is_too_quiet_is_told(keep: Keep, gain: float, expected: str) -> None:
    verdict = recording_verdict(examine(keep(speech(8.0) * gain, "a.wav", "-c:a", "pcm_f32le")), file="a")
    assert expected in "\n".join(fault.message for fault in (*verdict.faults, *verdict.warnings))
    assert bool(verdict.faults) == (gain < 0.01)


def test_an_offset_is_told_and_put_right(keep: Keep) -> None:
    made = recorded(keep(speech(6.0) + np.float32(0.1)))
    assert "10 % (DC)" in warnings(made.heard)
    (clip,) = made.stretches()
    assert abs(float(clip.samples.mean())) < 0.001


def test_samples_that_are_no_numbers_are_a_fault_with_their_place(keep: Keep) -> None:
    path = keep(speech(8.0), "a.wav", "-c:a", "pcm_f32le")
    data = bytearray(path.read_bytes())
    data[-4 * 3 * RATE : -4 * 3 * RATE + 400] = struct.pack("<f", float("nan")) * 100
    path.write_bytes(data)
    assert "không phải là số) ở phút 0:05" in faults(examine(path))


def test_samples_far_above_the_scale_are_a_fault(keep: Keep) -> None:
    verdict = recording_verdict(examine(keep(speech(4.0) * 30_000, "a.wav", "-c:a", "pcm_f32le")), file="a.wav")
    (fault,) = verdict.faults
    assert "vượt xa thang đo" in fault.message
    assert verdict.warnings == (), "what else is measured of such samples says nothing"


def test_a_steady_tone_is_not_called_broken_too(keep: Keep) -> None:
    told = faults(examine(keep(tone(20.0, hertz=440.0, level=0.2).samples, "a.wav")))
    assert "không nghe ra lời nói" in told
    assert "bị vỡ" not in told


def test_channels_that_cancel_each_other_are_a_fault(keep: Keep) -> None:
    samples = speech(6.0)
    assert "ngược pha" in faults(examine(keep(np.stack([samples, -samples], axis=1))))


def test_eight_bits_are_told(keep: Keep) -> None:
    assert "8 bit" in warnings(examine(keep(speech(6.0, level=0.9), "a.wav", "-c:a", "pcm_u8")))


def _with_claim(path: Path, frames: int) -> Path:
    data = bytearray(path.read_bytes())
    at = max(data.find(b"Xing"), data.find(b"Info"))
    data[at + 8 : at + 12] = struct.pack(">I", frames)
    path.write_bytes(data)
    return path


def test_an_mp3_that_claims_less_than_it_has_is_told_and_heard_whole(keep: Keep) -> None:
    heard = examine(_with_claim(keep(speech(8.0), "a.mp3"), 20))
    assert "đầu tệp ghi dài 0:00, thật ra dài 0:08" in warnings(heard)
    assert heard.length_s == pytest.approx(8.0, abs=0.1)


def test_an_mp3_that_claims_more_than_it_has_is_a_fault_for_jingles_too(keep: Keep) -> None:
    heard = examine(_with_claim(keep(speech(8.0), "a.mp3"), 7000))
    assert "đầu tệp ghi dài 3:03 mà chỉ có 0:08 tiếng" in faults(heard)
    assert "chép dở" in jingle_verdict(heard, file="nhac.mp3").faults[0].message


@pytest.mark.parametrize("name", ["a.mp3", "a.flac", "a.wav"])
def test_half_a_copy_is_a_fault(keep: Keep, name: str) -> None:
    path = keep(speech(12.0), name)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert "chép dở" in faults(examine(path))


@pytest.mark.parametrize(
    ("name", "options"),
    [("a.ogg", ["-c:a", "libvorbis"]), ("a.opus", ["-c:a", "libopus"]), ("a.ogg", ["-c:a", "flac"])],
)
def test_half_a_copy_of_a_voice_message_is_a_fault_though_its_head_claims_no_length(
    keep: Keep, name: str, options: list[str]
) -> None:
    path = keep(speech(12.0), name, *options)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    heard = examine(path)
    assert "chép dở" in faults(heard)
    assert "chép dở" in jingle_verdict(heard, file="nhac.ogg").faults[0].message


def test_a_copy_that_was_filled_up_with_zeros_is_a_fault(keep: Keep) -> None:
    """As a USB stick leaves it that was pulled out too early: the size is right, the rest never came."""
    path = keep(speech(12.0), "a.opus", "-c:a", "libopus")
    data = path.read_bytes()
    page = data.find(b"OggS", len(data) // 2)
    path.write_bytes(data[:page] + bytes(len(data) - page))
    assert "chép dở" in faults(examine(path))


def test_a_phone_that_does_not_mark_the_end_is_faultless(keep: Keep) -> None:
    """Android's own writer leaves the mark out."""
    path = keep(speech(6.0), "a.opus", "-c:a", "libopus")
    data = bytearray(path.read_bytes())
    _write_page(data, data.rfind(b"OggS"), flags=0)
    path.write_bytes(data)
    assert warnings(examine(path)) == ""


def test_what_another_program_put_behind_the_end_is_nobodys_loss(keep: Keep) -> None:
    path = keep(speech(6.0), "a.opus", "-c:a", "libopus")
    path.write_bytes(path.read_bytes() + b"TAG" + bytes(125))
    assert warnings(examine(path)) == ""


def test_a_page_that_was_altered_is_told(keep: Keep) -> None:
    """ffmpeg leaves out all of it."""
    path = keep(np.tile(speech(30.0), 3), "a.opus", "-c:a", "libopus")
    data = bytearray(path.read_bytes())
    data[data.find(b"OggS", len(data) // 2) + 500] ^= 0x10
    path.write_bytes(data)
    assert "tệp có 1 chỗ hỏng" in warnings(examine(path))


def _write_page(data: bytearray, at: int, *, flags: int) -> None:
    """The page at `at` with other flags, its checksum made anew bit by bit, as RFC 3533 describes it."""
    data[at + 5] = flags
    data[at + 22 : at + 26] = bytes(4)
    checksum = 0
    for byte in data[at:]:
        checksum ^= byte << 24
        for _ in range(8):
            checksum = (checksum << 1 ^ (0x04C11DB7 if checksum & 0x8000_0000 else 0)) & 0xFFFF_FFFF
    data[at + 22 : at + 26] = struct.pack("<I", checksum)


@pytest.mark.parametrize("size", [0, 0x7FFF_FFFF, 0xFFFF_FFFF])
def test_a_wav_whose_size_was_never_filled_in_is_heard_whole(keep: Keep, size: int) -> None:
    path = keep(speech(12.0), "a.wav")
    data = bytearray(path.read_bytes())
    at = data.find(b"data") + 4
    data[at : at + 4] = struct.pack("<I", size)
    path.write_bytes(data)
    heard = examine(path)
    assert "chép dở" not in faults(heard)
    assert heard.length_s == pytest.approx(12.0)
    assert decode(path).length_s == pytest.approx(12.0), "what passes the check can be made into a programme"


@pytest.mark.parametrize("name", ["a.m4a", "a.3gp"])
def test_half_a_copy_of_what_phones_write_is_no_sound_at_all(keep: Keep, name: str) -> None:
    path = keep(speech(12.0), name, "-c:a", "aac")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(AudioFault, match="cắt cụt"):
        examine(path)


@pytest.mark.parametrize(("name", "data"), [("rong.m4a", b""), ("bai.mp3", "Bài viết đổi đuôi.".encode() * 99)])
def test_what_is_no_sound_is_named(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(AudioFault, match=name) as caught:
        examine(tmp_path / name)
    assert caught.value.remedy


def test_a_film_without_sound_is_named(tmp_path: Path) -> None:
    path = tmp_path / "quay.mp4"
    source = ["-f", "lavfi", "-i", "color=size=64x64:duration=1"]
    subprocess.run([executable(), "-v", "error", *source, str(path)], check=True)
    with pytest.raises(AudioFault, match="chỉ có hình"):
        examine(path)


def test_silence_at_both_ends_is_cut_off_and_the_words_are_kept(keep: Keep) -> None:
    quiet = np.random.default_rng(5).standard_normal(4 * RATE).astype(np.float32) * np.float32(3e-4)
    tap = quiet.copy()
    tap[RATE : RATE + 200] = 0.5
    made = recorded(keep(np.concatenate([tap, speech(6.0), quiet]), "a.wav"))
    (clip,) = made.stretches()
    assert clip.length_s == pytest.approx(6.0, abs=0.8), "neither the room nor the tap on the button"
    assert clip.length_s == pytest.approx(made.length_s, abs=0.01)
    assert float(np.square(clip.samples).sum()) == pytest.approx(float(np.square(speech(6.0)).sum()), rel=0.01)
    assert clip.samples[0] == clip.samples[-1] == 0.0


def test_a_recording_of_silence_is_not_brought_in(keep: Keep) -> None:
    with pytest.raises(AudioFault, match="im lặng"):
        list(recorded(keep(np.zeros(3 * RATE))).stretches())


def test_three_hours_where_three_minutes_were_expected_take_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "quen-tat-may.wav"
    talk = speech_like(60.0, sample_rate=4_000).samples
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 4_000, 0, "NONE", ""))
        for _ in range(180):
            file.writeframes((talk * 30_000).astype("<i2").tobytes())
    program = (
        "import resource, sys; from pathlib import Path; from broadcaster.audio.examine import examine; "
        "from broadcaster.audio.recording_faults import recording_verdict; "
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; heard = examine(Path(sys.argv[1])); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before); "
        "print(recording_verdict(heard, file='a', limit_s=180, entry='Tin').faults[0].message)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    grown_kb, message = done.stdout.splitlines()
    assert int(grown_kb) < 60_000
    assert message == "bản thu dài 3 giờ, mục 'Tin' chỉ cho 3 phút."


def test_a_recording_that_does_not_fit_its_words_is_doubted(keep: Keep) -> None:
    heard = examine(keep(speech(6.0)))
    assert recording_verdict(heard, file="a", words_s=7.0).warnings == ()
    (doubt,) = recording_verdict(heard, file="a", words_s=60.0).warnings
    assert "ngắn hơn nhiều so với lời ghi trong bài" in doubt.message


def test_every_fault_of_a_recording_is_told_at_once(keep: Keep) -> None:
    samples = np.clip(speech(70.0) * 40, -1, 1)
    samples[20 * RATE : 55 * RATE] = 0.0
    verdict = recording_verdict(examine(keep(samples, "a.wav")), file="a", limit_s=30, entry="Tin sáng")
    told = "\n".join(fault.message for fault in verdict.faults)
    assert all(each in told for each in ("bị vỡ quá nhiều", "im lặng 3", "chỉ cho 30 giây"))


def test_a_jingle_may_be_loud_and_dense_but_must_sound(keep: Keep) -> None:
    music = np.clip(tone(5.0, level=2.0).samples, -1, 1)
    assert jingle_verdict(examine(keep(music, "a.wav")), file="nhac.wav").faults == ()
    (silent,) = jingle_verdict(examine(keep(np.zeros(RATE), "a.wav")), file="nhac.wav").faults
    assert "im lặng" in silent.message


def test_a_long_recording_is_divided_in_quiet_moments_and_nothing_is_lost(tmp_path: Path) -> None:
    talk = np.tile(speech_like(30.0, sample_rate=8_000, level=0.3).samples, 20)
    path = tmp_path / "dai.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8_000, 0, "NONE", ""))
        file.writeframes((talk * 30_000).astype("<i2").tobytes())

    made = recorded(path)
    stretches = [clip.samples for clip in made.stretches()]

    assert len(stretches) == 3
    assert all(len(each) / 8_000 == pytest.approx(200, abs=45) for each in stretches)
    assert max(len(each) / 8_000 for each in stretches) < 1.5 * LONGEST_STRETCH_S
    assert sum(map(len, stretches)) / 8_000 == pytest.approx(made.length_s, abs=0.01)
    assert all(np.abs(each[-80:]).max() < 0.01 for each in stretches)


def test_six_channels_at_96_khz_come_in_as_one(keep: Keep) -> None:
    path = keep(speech(6.0), "a.wav", "-ar", "96000", "-af", "pan=5.1|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0")
    (clip,) = recorded(path).stretches()
    assert (clip.sample_rate, clip.samples.ndim) == (96_000, 1)
    assert recording_verdict(examine(path), file="a").faults == ()
