"""Whatever people copy into scripts_content/nhac/: named at `check` and `render`, never at air time."""

from __future__ import annotations

import shutil
import struct
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from audio.conftest import tone
from station.day import AIRTIME, Day
from station.phone import RATE, keep

from broadcaster.errors import AudioFault
from broadcaster.model.programme import Programme
from broadcaster.station.booth import Refused
from broadcaster.station.inspect import inspect
from broadcaster.station.render import Renderer


def music(seconds: float = 3.0) -> np.ndarray:
    return tone(seconds, hertz=523.0, level=0.3).samples


def missing(file: Path) -> None:
    file.unlink()


def empty(file: Path) -> None:
    file.write_bytes(b"")


def renamed_text(file: Path) -> None:
    file.write_text("Nhạc hiệu của đài ở thư mục khác.\n" * 20, encoding="utf-8")


def silent(file: Path) -> None:
    keep(file, np.zeros(2 * RATE))


def no_numbers(file: Path) -> None:
    samples = music()
    samples[RATE : RATE + 50] = np.nan
    keep(file, samples, "-c:a", "pcm_f32le", "-f", "wav")


def half_a_copy(file: Path) -> None:
    keep(file, music(20.0))
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def lying_mp3(file: Path) -> None:
    keep(file, music(), "-f", "mp3")
    data = bytearray(file.read_bytes())
    at = max(data.find(b"Xing"), data.find(b"Info"))
    data[at + 8 : at + 12] = struct.pack(">I", 400_000)
    file.write_bytes(data)


def three_hours(file: Path) -> None:
    with wave.open(str(file), "wb") as made:
        made.setparams((1, 1, 4_000, 0, "NONE", ""))
        hour = (128 + 60 * np.sin(np.arange(4_000 * 60) / 3)).astype(np.uint8).tobytes()
        for _ in range(180):
            made.writeframes(hour)


BAD: list[tuple[Callable[[Path], None], str]] = [
    (missing, "chuong"),
    (empty, "rỗng (0 byte)"),
    (renamed_text, "không phải là tệp âm thanh"),
    (silent, "im lặng"),
    (no_numbers, "không phải là số) ở phút 0:01"),
    (half_a_copy, "chép dở"),
    (lying_mp3, "ghi dài 2:54:09 mà chỉ có 0:03"),
    (three_hours, "nhạc dài 3 giờ, quá 20 phút"),
]


def chime(day: Day) -> Path:
    return day.station.workspace.jingles / "chuong.flac"


def programme(day: Day) -> Programme:
    return Renderer(day.station).programme(day.airing()).programme


def told_by_check(day: Day) -> str:
    found = inspect(day.station.workspace.folder, now=AIRTIME, days=1)
    assert all(fault.remedy for fault in found.faults)
    return "\n".join(str(fault) for fault in found.faults)


@pytest.mark.parametrize(("spoil", "message"), BAD, ids=[spoil.__name__ for spoil, _ in BAD])
def test_a_bad_jingle_is_named_by_check_while_the_finished_programme_airs(
    day: Day, spoil: Callable[[Path], None], message: str
) -> None:
    day.approve()
    before = programme(day)

    spoil(chime(day))

    assert message in told_by_check(day)
    assert "chuong" in told_by_check(day)
    assert programme(day) == before, "what was made of the good jingle stays"
    assert not isinstance(day.booth.clear(day.intend()), Refused)


@pytest.mark.parametrize(("spoil", "message"), BAD[1:7], ids=[spoil.__name__ for spoil, _ in BAD[1:7]])
def test_a_bad_jingle_is_named_where_a_programme_is_to_be_made_of_it(
    day: Day, spoil: Callable[[Path], None], message: str
) -> None:
    spoil(chime(day))
    with pytest.raises(AudioFault, match="Nhạc 'chuong' chưa dùng được") as refused:
        programme(day)
    assert message in refused.value.message


def eight_bits(file: Path) -> None:
    keep(file, music(), "-c:a", "pcm_u8", "-f", "wav")


def high_rate(file: Path) -> None:
    keep(file, music(), "-ar", "96000", "-c:a", "pcm_s24le", "-f", "wav")


def six_channels(file: Path) -> None:
    keep(file, music(), "-af", "pan=5.1|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0", "-f", "wav")


def lying_short(file: Path) -> None:
    keep(file, music(), "-f", "mp3")
    data = bytearray(file.read_bytes())
    at = max(data.find(b"Xing"), data.find(b"Info"))
    data[at + 8 : at + 12] = struct.pack(">I", 5)
    file.write_bytes(data)


@pytest.mark.parametrize(
    ("make", "note"), [(eight_bits, "8 bit"), (high_rate, ""), (six_channels, ""), (lying_short, "thật ra dài 0:03")]
)
def test_an_odd_jingle_sounds_as_it_should(day: Day, make: Callable[[Path], None], note: str) -> None:
    make(chime(day))

    found = inspect(day.station.workspace.folder, now=AIRTIME, days=1)
    made = programme(day)

    assert found.faults == ()
    assert [fault for fault in found.notes if fault.file and "chuong" in fault.file] == [
        fault for fault in found.notes if note and note in fault.message
    ]
    assert made.cues.parts[0].length_frames / made.sample_rate == pytest.approx(3.0, abs=0.06)


def test_a_bad_jingle_of_another_ending_keeps_no_finished_programme_off_the_air(day: Day) -> None:
    day.approve()
    before = programme(day)

    empty(chime(day).rename(chime(day).with_suffix(".mp3")))

    assert "rỗng (0 byte)" in told_by_check(day)
    assert programme(day) == before
    assert not isinstance(day.booth.clear(day.intend()), Refused)


def test_a_good_jingle_in_place_of_a_bad_one_is_used(day: Day) -> None:
    before = programme(day)
    empty(chime(day))
    assert programme(day) == before

    shutil.copy(day.station.workspace.jingles / "nhac-cat.flac", chime(day))
    assert programme(day).audio_sha256 != before.audio_sha256


def test_an_opening_that_is_not_there_is_named_with_the_nearest(day: Day) -> None:
    day.write("Xin chào bà con.", head="mo_dau: chuog\n")
    assert "Có phải ý bạn là “chuong”" in told_by_check(day)
