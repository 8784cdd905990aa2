"""What the station plays is, frame for frame, what ffmpeg would have decoded."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from broadcaster.audio.clip import Clip
from broadcaster.audio.mix import mix
from broadcaster.audio.programme_sound import KEPT_BLOCKS, Cut, ProgrammeSound, SharedSound
from broadcaster.audio.stream import stream
from broadcaster.errors import AudioFault
from broadcaster.model.programme import CueSheet, Part, PartKind

RATE = 44_100


def programme(path: Path, *, frames: int) -> Path:
    """As the station's own mixer makes one."""
    tone = 0.2 * np.sin(2 * np.pi * 440 * np.arange(frames) / RATE)
    part = Part(kind=PartKind.ITEM, title="Tin", source="tin", offset_frames=0, length_frames=frames)
    cues = CueSheet(sample_rate=RATE, parts=(part,))
    mix(cues, {"tin": Clip(samples=tone.astype(np.float32), sample_rate=RATE)}, path, target_lufs=-16.0, peak_dbtp=-1.5)
    return path


def cut(path: Path) -> Cut:
    return Cut(path=path, sample_rate=RATE, block_frames=4_410)


def sound_of(path: Path) -> np.ndarray:
    with closing(ProgrammeSound(cut(path))) as blocks:
        return np.concatenate(list(blocks))


@pytest.mark.parametrize("frames", [RATE, 3 * RATE + 1, 2 * RATE - 1153])
def test_it_has_every_frame_of_the_programme_and_none_more(tmp_path: Path, frames: int) -> None:
    path = programme(tmp_path / "bản tin.mp3", frames=frames)
    with stream(path, sample_rate=RATE, block_frames=4_410) as decoded:
        expected = np.concatenate(list(decoded))

    sound = sound_of(path)

    assert len(sound) == len(expected) == frames
    assert np.abs(sound.astype(int) - expected).max() <= 2


def test_blocks_have_the_length_that_was_asked_for(tmp_path: Path) -> None:
    path = programme(tmp_path / "tin.mp3", frames=RATE)
    with closing(ProgrammeSound(cut(path))) as blocks:
        assert [len(block) for block in blocks] == [4_410] * 10


def test_a_closed_one_gives_nothing_more(tmp_path: Path) -> None:
    blocks = ProgrammeSound(cut(programme(tmp_path / "tin.mp3", frames=RATE)))
    next(blocks)
    blocks.close()
    blocks.close()
    assert list(blocks) == []


@pytest.mark.parametrize("data", [b"", b"\0" * 5000, b"Day khong phai am thanh."])
def test_what_is_no_sound_says_so(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "hong.mp3"
    path.write_bytes(data)
    with pytest.raises(AudioFault, match=r"hong\.mp3"):
        ProgrammeSound(cut(path))


def test_a_missing_one_says_so(tmp_path: Path) -> None:
    with pytest.raises(AudioFault, match=r"khong-co\.mp3"):
        ProgrammeSound(cut(tmp_path / "khong-co.mp3"))


def test_one_that_was_cut_ends_early_without_a_noise_of_its_own(tmp_path: Path) -> None:
    path = programme(tmp_path / "tin.mp3", frames=5 * RATE)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert 0 < len(sound_of(path)) < 4 * RATE


def test_all_that_air_it_together_hear_the_same_and_it_is_decoded_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = programme(tmp_path / "tin.mp3", frames=RATE)
    opened: list[int] = []
    decode = ProgrammeSound.__init__

    def counted(sound: ProgrammeSound, cut: Cut, *, first: int = 0) -> None:
        opened.append(first)
        decode(sound, cut, first=first)

    monkeypatch.setattr(ProgrammeSound, "__init__", counted)
    shared = SharedSound(cut(path))
    readers = [shared.reader() for _ in range(50)]

    heard = [np.concatenate(blocks) for blocks in zip(*zip(*readers, strict=True), strict=True)]

    assert opened == [0]
    assert all(np.array_equal(each, sound_of(path)) for each in heard)


def test_one_that_falls_behind_misses_nothing(tmp_path: Path) -> None:
    path = programme(tmp_path / "tin.mp3", frames=10 * RATE + 17)
    shared = SharedSound(cut(path))
    ahead, behind, last = shared.reader(), shared.reader(), shared.reader()

    begun = [next(behind) for _ in range(5)]
    whole = np.concatenate(list(ahead))

    assert len(whole) > (KEPT_BLOCKS + 5) * 4_410
    assert np.abs(np.concatenate([*begun, *behind]).astype(int) - whole).max() <= 1
    assert np.array_equal(np.concatenate(list(last)), whole)


def test_a_closed_reader_gives_nothing_more_and_leaves_the_others_alone(tmp_path: Path) -> None:
    shared = SharedSound(cut(programme(tmp_path / "tin.mp3", frames=RATE)))
    one, other = shared.reader(), shared.reader()
    next(one)
    one.close()
    one.close()
    assert list(one) == []
    assert len(list(other)) == 10
