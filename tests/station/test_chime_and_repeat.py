"""What a listener hears of the chime and of repeats: found in the sound of the programme's file itself."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from station.day import Day

from broadcaster.audio.clip import PROGRAMME_SAMPLE_RATE
from broadcaster.audio.decode import decode
from broadcaster.config.templates import Template
from broadcaster.station.render import Renderer

TENTH = PROGRAMME_SAMPLE_RATE // 10


def heard(day: Day) -> NDArray[np.float32]:
    programme = Renderer(day.station).programme(day.airing()).programme
    return decode(day.station.workspace.folder / programme.path).samples


def places(sound: NDArray[np.float32], wanted: NDArray[np.float32]) -> list[float]:
    """Seconds at which `wanted` sounds: where the correlation with it comes near its own energy's share."""
    size = len(sound) + len(wanted)
    product = np.fft.rfft(sound, size) * np.conj(np.fft.rfft(wanted, size))
    likeness = np.fft.irfft(product, size)[: len(sound)] / (np.linalg.norm(wanted) * _energy(sound, len(wanted)))
    found = []
    while (at := int(likeness.argmax())) >= 0 and likeness[at] > 0.85:
        found.append(round(at / PROGRAMME_SAMPLE_RATE, 1))
        likeness[max(0, at - len(wanted) // 2) : at + len(wanted) // 2] = 0
    return sorted(found)


def _energy(sound: NDArray[np.float32], length: int) -> NDArray[np.float64]:
    sums = np.concatenate(([0.0], np.cumsum(np.square(sound, dtype=np.float64)), np.zeros(length)))
    sums[len(sound) + 1 :] = sums[len(sound)]
    return np.sqrt(np.maximum(sums[length : length + len(sound)] - sums[: len(sound)], 1e-3))


def chime(day: Day) -> NDArray[np.float32]:
    return decode(day.station.workspace.jingles / "chuong.flac").samples


def with_template(day: Day, *parts: object) -> None:
    template = Template.model_validate({"name": "gon", "parts": list(parts)})
    day.station.schedule = day.station.schedule.model_copy(update={"templates": {"gon": template}})


def words(day: Day) -> NDArray[np.float32]:
    """One reading of the script, cut out of a programme that holds nothing else."""
    with_template(day, "noi_dung")
    return heard(day)[TENTH:-TENTH]


def test_a_programme_opens_with_the_chime_of_its_template(day: Day) -> None:
    assert places(heard(day), chime(day)) == [0.0]


def test_a_programme_opens_with_the_chime_that_its_script_asks_for(day: Day) -> None:
    with_template(day, "noi_dung")
    assert places(heard(day), chime(day)) == []

    day.write("Xin chào bà con.", head="mo_dau: chuong\n")
    assert places(heard(day), chime(day)) == [0.0]


def test_a_chime_that_both_ask_for_rings_once(day: Day) -> None:
    day.write("Xin chào bà con.", head="mo_dau: chuong\n")

    assert places(heard(day), chime(day)) == [0.0]


@pytest.mark.parametrize(("head", "options"), [("", {"lap": 2}), ("lap: 2\n", {}), ("lap: 2\n", {"lap": 2})])
def test_what_template_or_script_repeat_is_heard_twice(day: Day, head: str, options: dict[str, int]) -> None:
    once = words(day)

    day.write("Xin chào bà con.", head=head)
    with_template(day, {"noi_dung": options})

    first, second = places(heard(day), once)
    assert second - first == pytest.approx(len(once) / PROGRAMME_SAMPLE_RATE + 0.2 + 1.2, abs=0.15)


def test_a_key_sentence_between_marks_is_heard_twice(day: Day) -> None:
    once = words(day)

    day.write("!! Xin chào bà con. !!\n\nMời bà con đi họp.")

    assert len(places(heard(day), once)) == 2


def test_a_whole_item_between_marks_is_heard_twice(day: Day) -> None:
    once = words(day)

    day.write("!!\nXin chào bà con.\n\nMời bà con đi họp.\n!!")

    assert len(places(heard(day), once)) == 2
