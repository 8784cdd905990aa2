from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import soxr  # type: ignore[import-untyped]
from numpy.typing import NDArray

from broadcaster.audio.clip import Clip
from broadcaster.audio.sound import LoopedSound, SequentialSound, Sound, at_rate
from broadcaster.errors import AudioFault

from .conftest import speech_like, tone

RATE = 44_100


def in_order(clip: Clip, *, block: int = 1000, frames: int | None = None) -> SequentialSound:
    def begin() -> Iterator[NDArray[np.float32]]:
        return (clip.samples[at : at + block] for at in range(0, clip.frames, block))

    return SequentialSound(begin, about="Bài 1", sample_rate=clip.sample_rate, frames=frames or clip.frames)


@pytest.mark.parametrize("block", [1, 7, 4096])
def test_a_sound_that_comes_in_order_may_be_asked_for_anything(block: int) -> None:
    clip = speech_like(0.2)
    sound = in_order(clip, block=block)
    for first, last in ((0, 10), (10, 4000), (3000, 3500), (8000, clip.frames), (0, 1)):
        assert np.array_equal(sound.read(first, last), clip.samples[first:last])


def test_a_length_that_lies_is_found_out() -> None:
    with pytest.raises(AudioFault, match="Bài 1 ngắn hơn"):
        in_order(tone(1.0), frames=2 * RATE).read(0, 2 * RATE)


@pytest.mark.parametrize("rate", [16_000, 22_050, 48_000])
def test_sound_is_resampled_as_well_in_pieces_as_at_once(rate: int) -> None:
    clip = speech_like(3.0, sample_rate=rate)
    sound = at_rate(in_order(clip), RATE)
    pieces = [sound.read(at, min(at + 10_000, sound.frames)) for at in range(0, sound.frames, 10_000)]
    once = soxr.resample(clip.samples, rate, RATE, quality="HQ")
    assert sound.frames == len(once) == 3 * RATE
    assert np.allclose(np.concatenate(pieces), once, atol=1e-5)


def test_a_bed_crosses_over_into_its_beginning_without_a_seam() -> None:
    """A tone that ends in the middle of its wave, four times round: no step is greater than the tone's own."""
    bed = tone(2.0013, hertz=110.0, level=0.5)
    looped = LoopedSound(bed)
    frames = 8 * RATE
    heard = np.concatenate([looped.read(at, min(at + 9999, frames)) for at in range(0, frames, 9999)])
    assert len(heard) == frames
    assert np.array_equal(heard[:RATE], bed.samples[:RATE])
    own_step = np.abs(np.diff(bed.samples)).max()
    assert np.abs(np.diff(heard)).max() < 1.5 * own_step


def test_a_bed_that_was_made_to_loop_keeps_its_length() -> None:
    bed = tone(2.0, hertz=110.0, level=0.5)
    assert np.array_equal(LoopedSound(bed).read(0, 2 * bed.frames), np.concatenate((bed.samples, bed.samples)))


def test_what_a_looped_bed_gives_does_not_depend_on_the_pieces() -> None:
    looped = LoopedSound(speech_like(1.0))
    whole = looped.read(0, 3 * RATE)
    assert np.array_equal(np.concatenate([looped.read(0, 50_001), looped.read(50_001, 3 * RATE)]), whole)


def test_a_clip_is_a_sound() -> None:
    clip = tone(1.0)
    sound: Sound = clip
    assert np.array_equal(sound.read(5, 9), clip.samples[5:9])
