from __future__ import annotations

import hashlib
import tracemalloc
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from broadcaster.audio.clip import Clip
from broadcaster.audio.level import level_jingle, level_speech
from broadcaster.audio.measure import measure
from broadcaster.audio.mix import mix
from broadcaster.audio.summing import Sum
from broadcaster.audio.tags import Tags
from broadcaster.errors import AudioFault, WrongUsage
from broadcaster.model.programme import CueSheet, Part, PartKind

from .conftest import decoded, speech_like, tone

RATE = 44_100


def part(source: str, offset: int, length: int, *, kind: PartKind = PartKind.ITEM, gain_db: float = 0.0) -> Part:
    return Part(kind=kind, title=source, source=source, offset_frames=offset, length_frames=length, gain_db=gain_db)


@pytest.fixture(scope="module")
def sounds() -> dict[str, Clip]:
    return {
        "nhac-hieu": level_jingle(tone(3.0, hertz=523.0, level=0.3)),
        "loi-xuong": level_speech(speech_like(2.5, seed=3)),
        "bai": level_speech(speech_like(14.321, seed=4)),
        "nhac-nen": level_jingle(tone(4.0, hertz=220.0, level=0.2)),
    }


@pytest.fixture(scope="module")
def cues(sounds: Mapping[str, Clip]) -> CueSheet:
    ident, call, item = (sounds[name].frames for name in ("nhac-hieu", "loi-xuong", "bai"))
    start = ident + 17_640 + call + 50_001
    return CueSheet(
        sample_rate=RATE,
        parts=(
            part("nhac-hieu", 0, ident, kind=PartKind.IDENT),
            part("loi-xuong", ident + 17_640, call, kind=PartKind.STATION_CALL),
            part("nhac-nen", start - RATE, item + 2 * RATE + 777, kind=PartKind.BED, gain_db=-18.0),
            part("bai", start, item),
        ),
    )


@pytest.mark.parametrize("ending", [".mp3", ".wav", ".flac", ".opus"])
@pytest.mark.parametrize("target_lufs", [-16.0, -20.0])
def test_a_programme_has_its_loudness_peak_and_length_in_the_file(
    tmp_path: Path, cues: CueSheet, sounds: Mapping[str, Clip], ending: str, target_lufs: float
) -> None:
    out = tmp_path / f"ban-tin{ending}"
    mixed = mix(cues, sounds, out, target_lufs=target_lufs, peak_dbtp=-1.5, tags=Tags(title="Bản tin"))
    measured = measure(out)
    assert measured.loudness_lufs == pytest.approx(target_lufs, abs=0.5)
    assert measured.true_peak_dbtp <= -1.5
    assert measured.length_frames == pytest.approx(cues.length_s * measured.sample_rate, abs=1)
    assert mixed.length_frames == cues.length_frames
    assert mixed.loudness_lufs == pytest.approx(measured.loudness_lufs, abs=0.2)
    assert mixed.sha256 == hashlib.sha256(out.read_bytes()).hexdigest()
    assert sorted(entry.name for entry in tmp_path.iterdir()) == [out.name, f"{out.name}.dat"]


def test_the_decoded_mp3_is_as_long_as_the_cue_sheet_to_the_sample(
    tmp_path: Path, cues: CueSheet, sounds: Mapping[str, Clip]
) -> None:
    mix(cues, sounds, tmp_path / "a.mp3")
    assert len(decoded(tmp_path / "a.mp3")) == cues.length_frames


def _clicks() -> tuple[CueSheet, dict[str, Clip], list[int]]:
    """Clicks at odd places over a soft tone, none of them where a block begins."""
    places = [0, 65_535, 65_536, 131_073, 200_001, 333_333]
    click = np.zeros(64, dtype=np.float32)
    click[0] = 0.5
    floor = tone(9.0, level=0.2)
    sounds = {"click": Clip(samples=click, sample_rate=RATE), "tone": floor}
    parts = [part("click", place, 64) for place in places] + [part("tone", 0, floor.frames)]
    return CueSheet(sample_rate=RATE, parts=tuple(parts)), sounds, places


def test_every_part_begins_at_its_very_sample_in_the_wav(tmp_path: Path) -> None:
    cues, sounds, places = _clicks()
    mix(cues, sounds, tmp_path / "a.wav", target_lufs=-16.0)
    heard = decoded(tmp_path / "a.wav").astype(np.float64)
    wave = sounds["tone"].samples.astype(np.float64)
    gain = (heard[1000:60_000] @ wave[1000:60_000]) / (wave[1000:60_000] @ wave[1000:60_000])
    found = np.flatnonzero(np.abs(heard - gain * wave) > 0.2)
    assert found.tolist() == places


def test_offsets_survive_the_mp3(tmp_path: Path, cues: CueSheet, sounds: Mapping[str, Clip]) -> None:
    without_bed = CueSheet(sample_rate=RATE, parts=tuple(one for one in cues.parts if one.kind is not PartKind.BED))
    mix(without_bed, sounds, tmp_path / "a.mp3")
    heard = decoded(tmp_path / "a.mp3")
    for one in without_bed.parts[1:]:
        original = sounds[one.source].samples[: 2 * RATE]
        begin = one.offset_frames - 2000
        piece = heard[begin : begin + len(original) + 4000]
        spectrum = np.fft.rfft(piece, 1 << 18) * np.conj(np.fft.rfft(original, 1 << 18))
        assert int(np.fft.irfft(spectrum)[:4001].argmax()) - 2000 == 0


def test_two_loud_parts_together_do_not_clip(tmp_path: Path) -> None:
    loud = {"a": tone(6.0, hertz=300.0, level=0.95), "b": tone(6.0, hertz=310.0, level=0.95)}
    cues = CueSheet(sample_rate=RATE, parts=(part("a", 0, 6 * RATE), part("b", 0, 6 * RATE)))
    mixed = mix(cues, loud, tmp_path / "a.wav", target_lufs=-9.0)
    assert mixed.true_peak_dbtp <= -1.5
    assert np.abs(decoded(tmp_path / "a.wav")).max() < 0.85


@pytest.mark.parametrize("seconds", [0.5, 1.0, 2.0])
def test_a_sum_read_again_is_the_same_however_short(seconds: float) -> None:
    clip = tone(seconds)
    total = Sum(CueSheet(sample_rate=RATE, parts=(part("a", 0, clip.frames),)), {"a": clip})
    for _ in range(3):
        assert np.array_equal(np.concatenate(list(total.blocks())), clip.samples)


def test_a_bed_fades_at_both_ends() -> None:
    level = 10 ** (-18 / 20)
    bed = Clip(samples=np.ones(20 * RATE, dtype=np.float32), sample_rate=RATE)
    laid = part("bed", 1000, 10 * RATE, kind=PartKind.BED, gain_db=-18.0)
    laid = replace(laid, fade_in_frames=RATE, fade_out_frames=round(1.5 * RATE))
    cues = CueSheet(sample_rate=RATE, parts=(laid,))
    heard = np.concatenate(list(Sum(cues, {"bed": bed}).blocks()))
    assert np.all(heard[:1000] == 0.0)
    assert heard[1000] < 0.01 * level
    assert np.allclose(heard[1000 + RATE : 1000 + 8 * RATE], level, rtol=1e-4)
    assert np.all(np.diff(heard[1000 + 9 * RATE :]) <= 0.0)
    assert heard[-1] < 0.01 * level


def test_a_sum_may_be_read_again_from_anywhere(sounds: Mapping[str, Clip]) -> None:
    clip = sounds["loi-xuong"]
    total = Sum(CueSheet(sample_rate=RATE, parts=(part("loi-xuong", 0, clip.frames),)), sounds)
    for first, last in ((0, 1000), (0, 1000), (500, 40_000), (0, clip.frames), (clip.frames - 9, clip.frames), (7, 8)):
        assert np.array_equal(total.read(first, last), clip.samples[first:last])


def test_a_clip_at_another_rate_is_resampled_for_the_mix(tmp_path: Path) -> None:
    clip = speech_like(4.0, sample_rate=22_050)
    cues = CueSheet(sample_rate=RATE, parts=(part("a", 0, 2 * clip.frames),))
    assert mix(cues, {"a": clip}, tmp_path / "a.wav").length_frames == 2 * clip.frames


def test_the_same_programme_gives_the_same_bytes(tmp_path: Path, cues: CueSheet, sounds: Mapping[str, Clip]) -> None:
    first = mix(cues, sounds, tmp_path / "1.mp3")
    assert mix(cues, sounds, tmp_path / "2.mp3").sha256 == first.sha256


class _OneAtATime(Mapping[str, Clip]):
    """A clip is made when it is asked for and kept by nobody."""

    def __getitem__(self, key: str) -> Clip:
        return tone(30.0, hertz=300.0 + int(key))

    def __iter__(self) -> Iterator[str]:
        return map(str, range(60))

    def __len__(self) -> int:
        return 60


def test_memory_does_not_grow_with_the_programme() -> None:
    length = 30 * RATE

    def peak(parts: int) -> int:
        laid = tuple(part(str(number), number * length, length) for number in range(parts))
        tracemalloc.start()
        for _ in Sum(CueSheet(sample_rate=RATE, parts=laid), _OneAtATime()).blocks():
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(12) <= 1.1 * peak(3)


def test_faults_leave_the_older_programme_alone(tmp_path: Path, cues: CueSheet, sounds: Mapping[str, Clip]) -> None:
    out = tmp_path / "a.mp3"
    out.write_bytes(b"good")
    silent = {name: Clip(samples=np.zeros_like(clip.samples), sample_rate=RATE) for name, clip in sounds.items()}
    longer = replace(cues, parts=(replace(cues.parts[3], length_frames=cues.parts[3].length_frames + 1),))
    missing = {name: clip for name, clip in sounds.items() if name != "bai"}
    for sheet, clips, words in (
        (cues, silent, "im lặng"),
        (longer, sounds, "khác với"),
        (cues, missing, "Thiếu âm thanh 'bai'"),
        (CueSheet(sample_rate=RATE, parts=()), sounds, "không có phần nào"),
    ):
        with pytest.raises(AudioFault, match=words):
            mix(sheet, clips, out)
    assert out.read_bytes() == b"good"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.mp3"]


def test_an_ending_that_nothing_encodes_is_wrong_usage(
    tmp_path: Path, cues: CueSheet, sounds: Mapping[str, Clip]
) -> None:
    with pytest.raises(WrongUsage):
        mix(cues, sounds, tmp_path / "a.ogg")
