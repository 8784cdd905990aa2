"""What other programs read in the files: ffmpeg is the referee."""

from __future__ import annotations

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from broadcaster.audio.clip import Clip
from broadcaster.audio.ffmpeg import executable
from broadcaster.audio.mix import mix
from broadcaster.audio.tags import Tags, chapters_of, id3
from broadcaster.model.programme import CueSheet, Part, PartKind

from .conftest import speech_like

TITLES = {"loi-xuong": "Lời xướng", "bai-1": "Tiêm chủng mở rộng: đợt 2; xã #1", "bai-2": "Vệ sinh = sức khỏe"}


@pytest.fixture(scope="module")
def cues() -> CueSheet:
    parts = tuple(
        Part(kind=PartKind.ITEM, title=title, source=source, offset_frames=number * 77_175, length_frames=66_150)
        for number, (source, title) in enumerate(TITLES.items())
    )
    return CueSheet(sample_rate=44_100, parts=parts)


@pytest.fixture(scope="module")
def sounds() -> dict[str, Clip]:
    return {source: speech_like(1.5, seed=number) for number, source in enumerate(TITLES)}


def read_back(path: Path) -> str:
    """Opus keeps its tags in the stream, the others in the file."""
    tags = ["-map_metadata", "0:s:0"] if path.suffix == ".opus" else []
    command = [executable(), "-v", "error", "-nostdin", "-i", str(path), *tags, "-f", "ffmetadata", "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize("ending", [".mp3", ".opus", ".flac", ".wav"])
def test_title_station_and_date_are_read_by_others(
    tmp_path: Path, cues: CueSheet, sounds: dict[str, Clip], ending: str
) -> None:
    out = tmp_path / f"a{ending}"
    tags = Tags(title="Bản tin chiều", station="Đài truyền thanh xã Hoằng Đạo", date=date(2026, 11, 22))
    mix(cues, sounds, out, tags=tags)
    said = read_back(out)
    assert "title=Bản tin chiều" in said
    assert "artist=Đài truyền thanh xã Hoằng Đạo" in said
    assert "2026" in said


@pytest.mark.parametrize("ending", [".mp3", ".opus", ".flac"])
def test_each_part_is_a_chapter(tmp_path: Path, cues: CueSheet, sounds: dict[str, Clip], ending: str) -> None:
    out = tmp_path / f"a{ending}"
    mix(cues, sounds, out, tags=Tags(title="Bản tin", chapters=chapters_of(cues)))
    command = [executable(), "-hide_banner", "-i", str(out)]
    said = subprocess.run(command, capture_output=True, check=False).stderr.decode()
    found = re.findall(r"Chapter #0:\d+: start (\S+), end \S+\s+Metadata:\s+title +: (.+)", said)
    assert [title for _, title in found] == list(TITLES.values())
    assert [float(start) for start, _ in found] == pytest.approx([0.0, 1.75, 3.5], abs=0.001)


def test_beds_and_stingers_are_no_chapters() -> None:
    def part(kind: PartKind, offset: int) -> Part:
        return Part(kind=kind, title=kind, source=kind, offset_frames=offset, length_frames=100)

    kinds = (PartKind.IDENT, PartKind.BED, PartKind.ITEM, PartKind.STINGER, PartKind.END_MUSIC)
    sheet = CueSheet(sample_rate=100, parts=tuple(part(kind, 200 * place) for place, kind in enumerate(kinds)))
    chapters = chapters_of(sheet)
    assert [chapter.title for chapter in chapters] == ["nhac-hieu", "noi-dung", "nhac-ket"]
    assert [(chapter.start_s, chapter.end_s) for chapter in chapters] == [(0.0, 4.0), (4.0, 8.0), (8.0, 9.0)]


def test_no_tags_leave_no_header() -> None:
    assert id3(Tags()) == b""
