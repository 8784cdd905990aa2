"""What a bed does under speech, seen on a bed that is a straight line."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.clip import Clip
from broadcaster.audio.summing import Sum
from broadcaster.model.programme import CueSheet, Part, PartKind

RATE = 8_000


def part(kind: PartKind, begin_s: float, end_s: float, **more: float) -> Part:
    begin, end = round(begin_s * RATE), round(end_s * RATE)
    plain = Part(kind=kind, title=kind, source=f"{kind} {begin}", offset_frames=begin, length_frames=end - begin)
    return replace(plain, **more)


def bed(begin_s: float, end_s: float) -> Part:
    fades = {"fade_in_frames": RATE // 2, "fade_out_frames": RATE}
    return part(PartKind.BED, begin_s, end_s, gain_db=-6.0, ducked_db=-12.0, **fades)


def level_db(cues: CueSheet) -> NDArray[np.float64]:
    """The bed's level at each frame, the speech over it being silent."""
    sounds = {
        one.source: Clip(
            samples=np.ones(100 * RATE, dtype=np.float32)
            if one.kind is PartKind.BED
            else np.zeros(one.length_frames, dtype=np.float32),
            sample_rate=RATE,
        )
        for one in cues.parts
    }
    heard = np.concatenate(list(Sum(cues, sounds).blocks())).astype(np.float64)
    return 20 * np.log10(np.maximum(heard, 1e-6))


def at(levels: NDArray[np.float64], second: float) -> float:
    return float(levels[round(second * RATE)])


def test_a_bed_is_twelve_decibels_lower_under_every_spoken_frame() -> None:
    cues = CueSheet(sample_rate=RATE, parts=(bed(0, 40), part(PartKind.ITEM, 10, 30)))
    levels = level_db(cues)
    assert np.all(levels[10 * RATE : 30 * RATE] <= -17.999)
    assert abs(at(levels, 5) - -6.0) < 0.01
    assert abs(at(levels, 35) - -6.0) < 0.01


def test_it_goes_down_before_the_first_word_and_comes_up_slowly_after_the_last() -> None:
    levels = level_db(CueSheet(sample_rate=RATE, parts=(bed(0, 40), part(PartKind.ITEM, 10, 30))))
    assert at(levels, 9.0) > -6.1
    assert -18.0 < at(levels, 9.7) < -6.0
    assert at(levels, 30.1) < -16.0
    assert at(levels, 31.5) > -6.1
    steps = np.abs(np.diff(levels[RATE : 38 * RATE]))
    assert steps.max() * RATE < 25.0, "faster than 25 dB a second is heard as a jerk"


def test_it_stays_down_in_the_pause_between_two_items() -> None:
    items = (part(PartKind.ITEM, 5, 10), part(PartKind.ITEM, 11.2, 20))
    levels = level_db(CueSheet(sample_rate=RATE, parts=(bed(0, 25), *items)))
    assert np.all(levels[5 * RATE : 20 * RATE] <= -17.999)


def test_it_comes_up_where_nobody_speaks_for_long() -> None:
    items = (part(PartKind.ITEM, 5, 10), part(PartKind.ITEM, 20, 25))
    assert at(level_db(CueSheet(sample_rate=RATE, parts=(bed(0, 30), *items))), 15) > -6.1


def test_it_rises_from_silence_and_ends_in_silence() -> None:
    levels = level_db(CueSheet(sample_rate=RATE, parts=(bed(0, 20), part(PartKind.ITEM, 5, 10))))
    assert levels[0] < -60
    assert levels[-1] < -60
    assert np.all(np.diff(levels[19 * RATE :]) <= 1e-9)


def test_music_that_was_shortened_fades_out_where_it_is_cut() -> None:
    cut = part(PartKind.END_MUSIC, 0, 4, fade_out_frames=2 * RATE)
    music = Clip(samples=np.ones(10 * RATE, dtype=np.float32), sample_rate=RATE)
    heard = Sum(CueSheet(sample_rate=RATE, parts=(cut,)), {cut.source: music}).read(0, 4 * RATE)
    assert np.all(heard[: 2 * RATE] == 1.0)
    assert np.all(np.diff(heard[2 * RATE :]) < 0.0)
    assert heard[-1] < 0.001
