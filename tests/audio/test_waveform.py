from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from broadcaster.audio.mix import mix
from broadcaster.audio.waveform import FRAMES_PER_POINT, Outline, outline_path, read_outline, write_outline
from broadcaster.errors import AudioFault
from broadcaster.model.programme import CueSheet, Part, PartKind

from .conftest import decoded, speech_like


def test_each_point_is_the_lowest_and_highest_of_its_stretch() -> None:
    samples = np.zeros(2 * FRAMES_PER_POINT + 5, dtype=np.float32)
    samples[3], samples[FRAMES_PER_POINT], samples[-1] = -0.5, 1.0, 0.25
    outline = Outline()
    for at in range(0, len(samples), 700):
        outline.add(samples[at : at + 700])
    assert outline.points().tolist() == [[-64, 0], [0, 127], [0, 32]]


def test_the_file_is_audiowaveforms_version_2_in_8_bits(tmp_path: Path) -> None:
    write_outline(np.array([[-3, 4], [-5, 6]], dtype=np.int8), tmp_path / "a.dat", sample_rate=44_100)
    data = (tmp_path / "a.dat").read_bytes()
    words = [int.from_bytes(data[at : at + 4], "little", signed=True) for at in range(0, 24, 4)]
    assert words == [2, 1, 44_100, FRAMES_PER_POINT, 2, 1]
    assert data[24:] == bytes((253, 4, 251, 6))
    assert read_outline(tmp_path / "a.dat").tolist() == [[-3, 4], [-5, 6]]


def test_a_programmes_outline_is_that_of_its_file(tmp_path: Path) -> None:
    clip = speech_like(4.0)
    part = Part(kind=PartKind.ITEM, title="a", source="a", offset_frames=0, length_frames=clip.frames)
    mix(CueSheet(sample_rate=44_100, parts=(part,)), {"a": clip}, tmp_path / "a.wav")
    heard = decoded(tmp_path / "a.wav")
    whole = heard[: len(heard) // FRAMES_PER_POINT * FRAMES_PER_POINT].reshape(-1, FRAMES_PER_POINT)
    points = read_outline(outline_path(tmp_path / "a.wav"))
    assert np.abs(points[: len(whole), 1] - 127 * whole.max(axis=1)).max() < 2
    assert np.abs(points[: len(whole), 0] - 127 * whole.min(axis=1)).max() < 2


@pytest.mark.parametrize("content", [None, b"", b"abc", bytes(24), bytes(30)])
def test_no_outline_or_a_damaged_one_is_said(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "a.dat").write_bytes(content)
    with pytest.raises(AudioFault, match=r"a\.dat"):
        read_outline(tmp_path / "a.dat")
