"""What every programme shelf must do: the real one and the fake."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from broadcaster.clock import VIETNAM
from broadcaster.model.programme import CueSheet, Line, Measurement, Part, PartKind, Programme, VoiceFallback
from broadcaster.programme.shelf import ProgrammeShelf
from broadcaster.storage.database import open_database
from broadcaster.storage.programmes import SqliteShelf
from broadcaster.testing import MemoryShelf

PROGRAMME = Programme(
    key="k1",
    path="audio_out/chuong-trinh/ban-tin.mp3",
    audio_sha256="a" * 64,
    sample_rate=44_100,
    length_frames=441_001,
    loudness_lufs=-16.0,
    true_peak_dbtp=-1.53,
    cues=CueSheet(
        sample_rate=44_100,
        parts=(
            Part(kind=PartKind.IDENT, title="Nhạc hiệu", source="nhac-hieu", offset_frames=0, length_frames=88_200),
            Part(
                kind=PartKind.ITEM,
                title="Tin “thứ nhất”",
                source="c" * 64,
                offset_frames=88_200,
                length_frames=352_801,
                gain_db=-0.1,
                script="ban-tin/a.txt",
                fade_in_frames=100,
                ducked_db=-13.0,
            ),
        ),
        lines=(Line(text="Kính chào bà con", offset_frames=88_200, length_frames=50_000),),
    ),
    script="ban-tin/a.txt",
    text_sha256="b" * 64,
    script_audio_sha256="c" * 64,
    voice="espeak-ng:vi+f2",
    body="d" * 64,
)
AT = datetime(2026, 10, 10, 4, 0, tzinfo=VIETNAM)
MEASURED = Measurement(audio_sha256="a" * 64, loudness_lufs=-16.1, true_peak_dbtp=-1.8, at=AT)


@pytest.fixture(params=["sqlite", "memory"])
def shelf(request: pytest.FixtureRequest) -> ProgrammeShelf:
    return MemoryShelf() if request.param == "memory" else SqliteShelf(request.getfixturevalue("database"))


def test_unknown_key_gives_nothing(shelf: ProgrammeShelf) -> None:
    assert shelf.get("k1") is None


def test_a_programme_is_found_by_what_the_log_says_was_heard(shelf: ProgrammeShelf) -> None:
    shelf.put(PROGRAMME)
    assert shelf.sounding("a" * 64) == PROGRAMME
    assert shelf.sounding("0" * 64) is None


def test_programme_comes_back_to_the_frame(shelf: ProgrammeShelf) -> None:
    shelf.put(PROGRAMME)
    assert shelf.get("k1") == PROGRAMME


def test_a_programme_remembers_which_voice_it_should_have_had(shelf: ProgrammeShelf) -> None:
    lost = VoiceFallback(wanted="Nữ miền Bắc", used="Nữ (máy, giọng Bắc)", why="Google “tạm chặn”.", at=AT)
    shelf.put(replace(PROGRAMME, fallback=lost))
    assert shelf.get("k1") == replace(PROGRAMME, fallback=lost)


def test_what_was_measured_of_one_file_speaks_for_all_with_its_body(shelf: ProgrammeShelf) -> None:
    shelf.put(PROGRAMME)
    shelf.note(PROGRAMME.body, MEASURED)
    shelf.put(replace(PROGRAMME, key="k2", audio_sha256="e" * 64))
    shelf.put(replace(PROGRAMME, key="k3", body="f" * 64))

    assert [_measured(shelf, key) for key in ("k1", "k2", "k3")] == [MEASURED, MEASURED, None]
    sounding = shelf.sounding("e" * 64)
    assert sounding is not None
    assert sounding.measured == MEASURED


def test_the_last_measurement_counts(shelf: ProgrammeShelf) -> None:
    shelf.put(PROGRAMME)
    shelf.note(PROGRAMME.body, replace(MEASURED, loudness_lufs=-14.0, true_peak_dbtp=float("-inf")))
    assert _measured(shelf, "k1") == replace(MEASURED, loudness_lufs=-14.0, true_peak_dbtp=float("-inf"))
    shelf.note(PROGRAMME.body, MEASURED)
    assert _measured(shelf, "k1") == MEASURED


def test_what_was_measured_of_a_body_is_known_before_its_next_programme_is_made(shelf: ProgrammeShelf) -> None:
    assert shelf.measured(PROGRAMME.body) is None
    shelf.note(PROGRAMME.body, MEASURED)
    assert shelf.measured(PROGRAMME.body) == MEASURED


def _measured(shelf: ProgrammeShelf, key: str) -> Measurement | None:
    found = shelf.get(key)
    assert found is not None
    return found.measured


def test_same_key_replaces(shelf: ProgrammeShelf) -> None:
    shelf.put(PROGRAMME)
    shelf.put(replace(PROGRAMME, path="audio_out/chuong-trinh/khac.mp3"))
    found = shelf.get("k1")
    assert found is not None
    assert found.path == "audio_out/chuong-trinh/khac.mp3"


def test_keys_are_kept_apart(shelf: ProgrammeShelf) -> None:
    shelf.put(PROGRAMME)
    shelf.put(replace(PROGRAMME, key="k2", voice="recording"))
    assert shelf.get("k1") == PROGRAMME


def test_programme_survives_the_process(path: Path) -> None:
    with open_database(path) as database:
        SqliteShelf(database).put(PROGRAMME)
    with open_database(path) as database:
        assert SqliteShelf(database).get("k1") == PROGRAMME
