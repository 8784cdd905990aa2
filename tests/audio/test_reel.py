"""Programmes joined from streams that were encoded once: heard through ffmpeg, as a listener hears them."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from broadcaster.audio import mp3
from broadcaster.audio.clip import Clip
from broadcaster.audio.level import level_jingle, level_speech
from broadcaster.audio.master import Aim
from broadcaster.audio.measure import measure
from broadcaster.audio.mix import Mixed
from broadcaster.audio.reel import ReelCase, mix_joined
from broadcaster.audio.sound import Sound
from broadcaster.audio.stretches import divided
from broadcaster.audio.tags import Tags, chapters_of
from broadcaster.audio.waveform import outline_path, read_outline
from broadcaster.errors import AudioFault
from broadcaster.model.programme import CueSheet, Part, PartKind

from .conftest import decoded, speech_like, tone

RATE = 44_100
OWN = frozenset({PartKind.STATION_CALL, PartKind.SIGN_OFF})
ORDER = (PartKind.IDENT, PartKind.STATION_CALL, PartKind.ITEM, PartKind.SIGN_OFF, PartKind.END_MUSIC)


@pytest.fixture(scope="module")
def shared() -> dict[str, Clip]:
    return {
        PartKind.IDENT: level_jingle(tone(2.0, hertz=523.0, level=0.3)),
        PartKind.ITEM: level_speech(speech_like(20.0, seed=4)),
        PartKind.SIGN_OFF: level_speech(speech_like(3.3, seed=8)),
        PartKind.END_MUSIC: level_jingle(tone(4.0, hertz=330.0, level=0.2)),
    }


def call(number: int) -> Clip:
    return level_speech(speech_like(2.0 + 0.317 * number, seed=20 + number))


def laid(sounds: Mapping[str, Clip], *, gap_s: float = 0.8) -> CueSheet:
    parts, at = [], 0
    for kind in ORDER:
        frames = sounds[kind].frames
        parts.append(Part(kind=kind, title=kind, source=kind, offset_frames=at, length_frames=frames))
        at = -(-(at + frames + round(gap_s * RATE)) // mp3.PACKET) * mp3.PACKET
    return CueSheet(sample_rate=RATE, parts=tuple(parts))


class Counted(Mapping[str, Sound]):
    """Notes which sounds were asked for."""

    def __init__(self, sounds: Mapping[str, Sound]) -> None:
        self.sounds = sounds
        self.asked: list[str] = []

    def __getitem__(self, key: str) -> Sound:
        self.asked.append(key)
        return self.sounds[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.sounds)

    def __len__(self) -> int:
        return len(self.sounds)


def make(sounds: Mapping[str, Clip], out: Path, case: ReelCase, *, asked: list[str] | None = None) -> Mixed:
    counted = Counted(sounds)
    cues = laid(sounds)
    digests = {name: clip.sha256 for name, clip in sounds.items()}
    tags = Tags(title="Bản tin", chapters=chapters_of(cues))
    mixed = mix_joined(cues, counted, out, digests=digests, own=OWN, case=case, aim=Aim(), tags=tags)
    if asked is not None:
        asked += counted.asked
    return mixed


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory, shared: dict[str, Clip]) -> list[tuple[Path, dict[str, Clip], Mixed]]:
    """The same bulletin for two communes."""
    folder = tmp_path_factory.mktemp("reels")
    case = ReelCase(folder / "case")
    made = []
    for number in (1, 2):
        sounds = {**shared, PartKind.STATION_CALL: call(number)}
        out = folder / f"xa-{number}.mp3"
        made.append((out, sounds, make(sounds, out, case)))
    return made


def test_a_joined_programme_is_as_long_as_its_cue_sheet(two: list[tuple[Path, dict[str, Clip], Mixed]]) -> None:
    for out, sounds, mixed in two:
        frames = laid(sounds).length_frames
        assert len(decoded(out)) == mixed.length_frames == frames


def test_every_part_is_heard_at_its_very_sample(two: list[tuple[Path, dict[str, Clip], Mixed]]) -> None:
    for out, sounds, _ in two:
        heard = decoded(out)
        for part in laid(sounds).parts:
            original = sounds[part.source].samples[: 2 * RATE]
            begin = max(part.offset_frames - 2000, 0)
            piece = heard[begin : begin + len(original) + 4000]
            spectrum = np.fft.rfft(piece, 1 << 18) * np.conj(np.fft.rfft(original, 1 << 18))
            assert begin + int(np.fft.irfft(spectrum)[:4001].argmax()) == part.offset_frames


def test_no_joint_clicks(two: list[tuple[Path, dict[str, Clip], Mixed]]) -> None:
    """The last 100 ms before a joint are silent but for what dies away, and nothing steps at the joint."""
    for out, sounds, _ in two:
        heard = decoded(out)
        joints = [part.offset_frames for part in laid(sounds).parts[1:]]
        for joint in joints:
            around = heard[joint - 2 * mp3.PACKET : joint + 8]
            assert np.abs(around[: mp3.PACKET // 2]).max() < 1e-3
            assert np.abs(np.diff(around[: 2 * mp3.PACKET - 64])).max() < 2e-3


def test_loudness_and_peak_hold_in_the_joined_file(two: list[tuple[Path, dict[str, Clip], Mixed]]) -> None:
    for out, _, mixed in two:
        measured = measure(out)
        assert measured.loudness_lufs == pytest.approx(-16.0, abs=0.5)
        assert measured.loudness_lufs == pytest.approx(mixed.loudness_lufs, abs=0.2)
        assert measured.true_peak_dbtp <= -1.5


def test_what_differs_in_a_short_call_alone_has_one_body(shared: dict[str, Clip], tmp_path: Path) -> None:
    """Over a tenth of its own, and it has to be measured by itself."""
    bulletin = {**shared, PartKind.ITEM: level_speech(speech_like(60.0, seed=4))}
    case = ReelCase(tmp_path / "case")
    one, other, long = (
        make({**bulletin, PartKind.STATION_CALL: call(number)}, tmp_path / f"{number}.mp3", case).body
        for number in (1, 2, 30)
    )
    assert one == other
    assert one != long


def test_the_body_is_the_same_bytes_in_every_commune(two: list[tuple[Path, dict[str, Clip], Mixed]]) -> None:
    """So its level cannot depend on the call either."""
    one, other = (out.read_bytes() for out, _, _ in two)
    tail = min(len(one), len(other))
    same = next(at for at in range(1, tail) if one[-at] != other[-at])
    body_s = sum(clip.length_s for kind, clip in two[0][1].items() if kind in ORDER[2:])
    assert same > 0.95 * body_s * mp3.BIT_RATE_KBPS * 125


def test_only_the_call_is_asked_for_the_second_time(tmp_path: Path, shared: dict[str, Clip]) -> None:
    case = ReelCase(tmp_path / "case")
    asked: list[str] = []
    make({**shared, PartKind.STATION_CALL: call(1)}, tmp_path / "1.mp3", case)
    make({**shared, PartKind.STATION_CALL: call(2)}, tmp_path / "2.mp3", case, asked=asked)
    assert set(asked) == {PartKind.STATION_CALL}


def test_a_new_process_finds_the_reels_and_a_torn_one_is_made_again(tmp_path: Path, shared: dict[str, Clip]) -> None:
    sounds = {**shared, PartKind.STATION_CALL: call(1)}
    first = make(sounds, tmp_path / "1.mp3", ReelCase(tmp_path / "case"))
    for reel in (tmp_path / "case").glob("*.reel"):
        reel.write_bytes(reel.read_bytes()[:-9])
    assert make(sounds, tmp_path / "2.mp3", ReelCase(tmp_path / "case")).sha256 == first.sha256
    asked: list[str] = []
    assert make(sounds, tmp_path / "3.mp3", ReelCase(tmp_path / "case"), asked=asked).sha256 == first.sha256
    assert not asked


@pytest.mark.parametrize("share", [0.2, 0.95, 1.0], ids=["packets", "measurements", "end"])
def test_a_reel_that_the_disk_has_changed_is_made_again(tmp_path: Path, shared: dict[str, Clip], share: float) -> None:
    sounds = {**shared, PartKind.STATION_CALL: call(1)}
    first = make(sounds, tmp_path / "1.mp3", ReelCase(tmp_path / "case"))
    for reel in (tmp_path / "case").glob("*.reel"):
        data = bytearray(reel.read_bytes())
        data[round(share * (len(data) - 1))] ^= 0x10
        reel.write_bytes(data)
    assert make(sounds, tmp_path / "2.mp3", ReelCase(tmp_path / "case")).sha256 == first.sha256


def test_two_at_once_make_each_reel_once(tmp_path: Path, shared: dict[str, Clip]) -> None:
    sounds = {**shared, PartKind.STATION_CALL: call(1)}
    asked: list[list[str]] = [[], []]

    def at_once(number: int) -> None:
        make(sounds, tmp_path / f"{number}.mp3", ReelCase(tmp_path / "case"), asked=asked[number])

    threads = [threading.Thread(target=at_once, args=(number,)) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    alone: list[str] = []
    make(sounds, tmp_path / "3.mp3", ReelCase(tmp_path / "another"), asked=alone)
    assert sorted(asked[0] + asked[1]) == sorted(alone)


def test_the_case_forgets_what_was_not_used_for_longest(tmp_path: Path, shared: dict[str, Clip]) -> None:
    case = tmp_path / "case"
    make({**shared, PartKind.STATION_CALL: call(1)}, tmp_path / "1.mp3", ReelCase(case))
    long_ago = tmp_path / "case" / f"{'0' * 64}.reel"
    long_ago.write_bytes(b"of a programme of last month")
    os.utime(long_ago, (1, 1))
    make({**shared, PartKind.STATION_CALL: call(2)}, tmp_path / "2.mp3", ReelCase(case, limit_bytes=1))
    assert not long_ago.exists()
    assert len(list(case.glob("*.reel"))) == len(ORDER) + 1, "what is in use stays"


def test_the_outline_goes_through_the_joints(two: list[tuple[Path, dict[str, Clip], Mixed]]) -> None:
    for out, sounds, _ in two:
        heard = decoded(out)
        points = read_outline(outline_path(out))
        assert len(points) == -(-laid(sounds).length_frames // mp3.PACKET)
        whole = np.abs(heard[: len(heard) // mp3.PACKET * mp3.PACKET]).reshape(-1, mp3.PACKET).max(axis=1)
        loud = whole > 0.05
        ratio = np.abs(points[: len(whole)]).max(axis=1)[loud] / (127 * whole[loud])
        assert 0.9 < np.median(ratio) < 1.15


def test_where_there_is_no_silence_nothing_is_cut(shared: dict[str, Clip]) -> None:
    sounds = {**shared, PartKind.STATION_CALL: call(1)}
    cues = laid(sounds)
    bed = Part(kind=PartKind.BED, title="", source="nen", offset_frames=0, length_frames=cues.length_frames)
    assert len(divided(cues, own=OWN)) == 5
    assert len(divided(replace(cues, parts=(*cues.parts, bed)), own=OWN)) == 1
    assert len(divided(laid(sounds, gap_s=0.0), own=OWN)) == 1
    assert len(divided(cues, own=())) == 1


def test_a_fault_in_the_call_leaves_the_older_programme(tmp_path: Path, shared: dict[str, Clip]) -> None:
    out = tmp_path / "1.mp3"
    out.write_bytes(b"good")
    broken = call(1)
    broken.samples[1000] = np.nan
    with pytest.raises(AudioFault, match="mẫu hỏng"):
        make({**shared, PartKind.STATION_CALL: broken}, out, ReelCase(tmp_path / "case"))
    assert out.read_bytes() == b"good"
    assert not [path for path in (tmp_path / "case").iterdir() if ".part" in path.name]
