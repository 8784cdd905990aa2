"""A phone's recording becomes a draft script, or is refused with what a person can do about it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from station.day import SCHEDULE
from station.phone import RATE, keep, voice

from broadcaster.errors import WorkspaceFault
from broadcaster.model.script import RecordingUse, ScriptKind
from broadcaster.station.importing_recordings import Filing, import_recordings, is_recording
from broadcaster.station.station import Station, open_station
from broadcaster.station.workspace import create

FILING = Filing(author="Lê Thị Hòa")


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    workspace = create(tmp_path / "đài thử", schedule=SCHEDULE.replace("gio: 05:30}", "gio: 05:30, dai: 1 phút}"))
    with open_station(workspace.folder) as opened:
        yield opened


def test_a_recording_becomes_a_draft_with_its_copy(station: Station, tmp_path: Path) -> None:
    source = keep(tmp_path / "REC_0012.M4A", voice(8.0), "-f", "ipod")
    filing = Filing(author="Vàng A Páo", title="Lời chúc Tết", kind=ScriptKind.NEWS, folder="tet", language="Mông")

    (made,) = import_recordings(station, [source], filing)

    script = made.script
    assert (script.path, script.title, script.author) == ("tet/loi-chuc-tet.txt", "Lời chúc Tết", "Vàng A Páo")
    assert (script.recording, script.recording_use) == ("ban-thu/loi-chuc-tet.m4a", RecordingUse.REPLACES)
    assert (script.language, script.kind, script.body) == ("hmn", ScriptKind.NEWS, "")
    assert (station.library.folder / "ban-thu/loi-chuc-tet.m4a").read_bytes() == source.read_bytes()
    assert made.warnings == ()
    assert made.length_s == pytest.approx(8.0, abs=0.5)


def test_without_a_title_the_files_name_counts(station: Station, tmp_path: Path) -> None:
    (made,) = import_recordings(station, [keep(tmp_path / "loi_chao-ba-con.mp3", voice(8.0))], FILING)
    assert (made.script.title, made.script.path) == ("loi chao ba con", "loi-chao-ba-con.txt")


def test_what_is_not_perfect_is_told_and_comes_in(station: Station, tmp_path: Path) -> None:
    samples = np.tile(voice(8.0), 2)
    samples[9 * RATE : 10 * RATE] = np.clip(samples[9 * RATE : 10 * RATE] * 40, -1, 1)
    (made,) = import_recordings(station, [keep(tmp_path / "a.m4a", samples)], FILING)
    assert "tiếng bị vỡ ở phút 0:09" in made.warnings[0].message


def test_of_several_recordings_all_come_in_or_none(station: Station, tmp_path: Path) -> None:
    (tmp_path / "rong.m4a").write_bytes(b"")
    (tmp_path / "bai.mp3").write_text("Đây là bài viết đổi đuôi.", encoding="utf-8")
    files = [
        keep(tmp_path / "tot.mp3", voice(8.0)),
        tmp_path / "rong.m4a",
        tmp_path / "bai.mp3",
        tmp_path / "khong-co.wav",
        keep(tmp_path / "im.wav", np.zeros(3 * RATE)),
    ]
    before = sorted(station.library.folder.rglob("*"))

    with pytest.raises(WorkspaceFault) as refused:
        import_recordings(station, files, FILING)

    told = "\n".join(str(fault) for fault in refused.value.faults)
    assert all(name in told for name in ("rong.m4a", "bai.mp3", "khong-co.wav", "im.wav"))
    assert "tot.mp3" not in told
    assert sorted(station.library.folder.rglob("*")) == before


def test_a_recording_longer_than_the_schedule_gives_its_script_is_refused(station: Station, tmp_path: Path) -> None:
    source = keep(tmp_path / "thu.m4a", np.tile(voice(8.0), 10), "-b:a", "64k")
    with pytest.raises(WorkspaceFault) as refused:
        import_recordings(station, [source], Filing(author="Lê Thị Hòa", title="Thu", folder="tin"))
    assert "mục 'Tin' chỉ cho 1 phút" in refused.value.faults[0].message


def test_nothing_that_is_there_is_written_over(station: Station, tmp_path: Path) -> None:
    (first,) = import_recordings(station, [keep(tmp_path / "loi.mp3", voice(8.0))], FILING)
    kept = (station.library.folder / "ban-thu/loi.mp3").read_bytes()

    with pytest.raises(WorkspaceFault, match="Chưa lưu bài nào"):
        import_recordings(station, [keep(tmp_path / "loi.mp3", voice(8.0, seed=2))], FILING)
    assert (station.library.folder / "ban-thu/loi.mp3").read_bytes() == kept
    assert not (station.library.folder / "ban-thu/loi-2.mp3").exists(), "no copy without its script"

    other = Filing(author="Lê Thị Hòa", folder="moi")
    (second,) = import_recordings(station, [keep(tmp_path / "loi.mp3", voice(8.0, seed=2))], other)
    assert (first.script.recording, second.script.recording) == ("ban-thu/loi.mp3", "ban-thu/loi-2.mp3")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.M4A", True), ("a.3gp", True), ("a.amr", True), ("a.opus", True), ("a.docx", False), ("a.txt", False)],
)
def test_recordings_are_told_from_documents_by_their_names(name: str, expected: bool) -> None:
    assert is_recording(Path(name)) == expected
