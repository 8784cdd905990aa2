"""Named voices and ladders in schedule.yaml: what an office writes, and every slip of its hand with its place."""

from __future__ import annotations

import pytest

from broadcaster.config.load import parse_schedule
from broadcaster.config.voices import VoiceProfile, is_male, ladder_of
from broadcaster.errors import WorkspaceFault

COMMUNE = "xa: {hoang-dao: {ten: Xã Hoằng Đạo}}\n"
PROFILES = """\
giong_doc:
  nu-bac: {ten: Nữ miền Bắc, may_doc: espeak-ng, giong: vi+f2, toc_do: "3,2 âm tiết/giây", khuech_dai: +2 dB}
  nam-nam: {ten: Nam miền Nam, may_doc: piper, giong: vi-nam, toc_do: 3}
"""


def faults(text: str) -> list[str]:
    with pytest.raises(WorkspaceFault) as told:
        parse_schedule(COMMUNE + text)
    return [str(fault) for fault in told.value.faults]


def test_a_profile_has_engine_pace_and_gain() -> None:
    profile = parse_schedule(COMMUNE + PROFILES).voice_profiles["nu-bac"]

    assert profile == VoiceProfile(
        key="nu-bac", name="Nữ miền Bắc", engine="espeak-ng", voice="vi+f2", syllables_per_second=3.2, gain_db=2.0
    )
    assert profile.voice_key == "espeak-ng:vi+f2"
    assert profile.is_outdoor_pace


@pytest.mark.parametrize(
    ("written", "ladder"),
    [
        ("nu-bac", ("nu-bac",)),
        ("nam-nam, nu-bac", ("nam-nam", "nu-bac")),
        ("[nam-nam, nu-bac]", ("nam-nam", "nu-bac")),
        ('["gtts:vi", nu-bac]', ("gtts:vi", "nu-bac")),
        ("espeak-ng:vi+m3", ("espeak-ng:vi+m3",)),
    ],
)
def test_giong_is_a_voice_or_a_ladder_of_them(written: str, ladder: tuple[str, ...]) -> None:
    assert parse_schedule(f"{COMMUNE}{PROFILES}giong: {written}\n").voice_ladder == ladder
    commune = f"xa: {{hoang-dao: {{ten: Xã Hoằng Đạo, giong: {written if written[0] == '[' else repr(written)}}}}}\n"
    assert parse_schedule(commune + PROFILES).communes["hoang-dao"].voice_ladder == ladder


def test_nothing_said_is_no_ladder_and_two_gigabytes() -> None:
    schedule = parse_schedule(COMMUNE)
    assert (schedule.voice_ladder, schedule.clip_cache_bytes) == (None, 2_000_000_000)


@pytest.mark.parametrize(("written", "size"), [("500 MB", 500_000_000), ("1,5 GB", 1_500_000_000), ("10gb", 10**10)])
def test_the_store_of_clips_has_a_size(written: str, size: int) -> None:
    assert parse_schedule(f"{COMMUNE}bo_nho_tieng: {written}\n").clip_cache_bytes == size


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        (f"{PROFILES}giong: nu-bc\n", "schedule.yaml:5:8", "Có phải ý bạn là “nu-bac”"),
        (f"{PROFILES}giong: [nu-bac, nam-nm]\n", "schedule.yaml:5:17", "“nam-nam”"),
        ("giong: espeak-ng\n", "schedule.yaml:2:8", "espeak-ng:vi+f2"),
        ("giong: []\n", "schedule.yaml:2:8", "để trống"),
        ("giong:\n", "schedule.yaml:2:1", "để trống"),
        ("giong: {a: b}\n", "schedule.yaml:2:8", "nhóm khóa"),
        ("giong: [e:1, e:2, e:3, e:4, e:5, e:6]\n", "schedule.yaml:2:8", "nhiều nhất là 5"),
        ("giong_doc: {x: {ten: X, may_doc: e, toc_do: 31}}\n", "schedule.yaml:2:45", "từ 2 đến 5"),
        ("giong_doc: {x: {ten: X, may_doc: e, toc_do: nhanh}}\n", "schedule.yaml:2:45", "3.1 âm tiết/giây"),
        ("giong_doc: {x: {ten: X, may_doc: e, khuech_dai: 40 dB}}\n", "schedule.yaml:2:49", "từ -12 đến 12 dB"),
        ("giong_doc: {x: {ten: X, may_doc: e, cao_do: 100}}\n", "schedule.yaml:2:45", "99"),
        ("giong_doc: {x: {ten: X, may_doc: e, tocdo: 3}}\n", "schedule.yaml:2:37", "Có phải ý bạn là “toc_do”"),
        ("giong_doc: {x: {ten: X}}\n", "schedule.yaml:2:13", "may_doc"),
        ("giong_doc: {Nữ Bắc: {ten: X, may_doc: e}}\n", "schedule.yaml:2:13", "chữ thường không dấu"),
        ("giong_doc: {x: nu}\n", "schedule.yaml:2:16", "khóa: giá trị"),
        ("bo_nho_tieng: 2\n", "schedule.yaml:2:15", "2 GB"),
        ("bo_nho_tieng: 1 MB\n", "schedule.yaml:2:15", "quá nhỏ"),
    ],
)
def test_a_slip_has_its_place_and_its_remedy(text: str, place: str, words: str) -> None:
    told = [fault for fault in faults(text) if fault.startswith(place)]

    assert told, faults(text)
    assert any(words in fault and "→" in fault for fault in told), told


def test_a_commune_may_not_name_a_voice_that_is_not_there() -> None:
    with pytest.raises(WorkspaceFault, match="Không có giọng “nam-bac”"):
        parse_schedule("xa: {hoang-dao: {ten: Xã Hoằng Đạo, giong: nam-bac}}\n")


@pytest.mark.parametrize(("pace", "outdoors"), [("2.8", True), ("3.4", True), ("2.7", False), ("3.5", False)])
def test_a_pace_is_for_outdoors_or_not(pace: str, outdoors: bool) -> None:
    text = f"{COMMUNE}giong_doc: {{x: {{ten: X, may_doc: e, toc_do: {pace}}}}}\n"
    assert parse_schedule(text).voice_profiles["x"].is_outdoor_pace is outdoors


def test_a_script_names_its_ladder_on_one_line() -> None:
    assert ladder_of("nu-bac, gtts:vi,") == ("nu-bac", "gtts:vi")
    assert ladder_of(None) == ()


@pytest.mark.parametrize(
    ("name", "male"),
    [("nam", True), ("nam-bac", True), ("Nam miền Trung", True), ("nữ", False), ("nu-nam", False), ("ba-ngoai", None)],
)
def test_a_name_says_by_its_first_word_whether_it_is_a_man(name: str, male: bool | None) -> None:
    assert is_male(name) is male
