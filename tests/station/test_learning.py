"""A doubted word becomes a line of the lexicon: from the command line, with its own test, whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from station.day import APPROVER, SCRIPT, WRITER, Day

from broadcaster.errors import NotApproved, WorkspaceFault, WrongUsage
from broadcaster.station.house import Houses, house_in
from broadcaster.station.learning import commune_named, learn
from broadcaster.station.prepare import approve, status, submit


def test_a_word_is_read_as_it_was_taught(tmp_path: Path) -> None:
    learned = learn(tmp_path, "HN", "hội nghị", sample="dự  HN xã")
    assert (learned.file, learned.line, learned.new) == ("lexicon.tsv", 1, True)
    assert (tmp_path / "lexicon.tsv").read_bytes() == "HN\thội nghị\tdự HN xã => dự hội nghị xã\n".encode()
    assert house_in(tmp_path).read("HN năm 2026").text == "hội nghị năm hai nghìn không trăm hai mươi sáu"
    assert list(Houses(tmp_path, frozenset()).faults()) == []


def test_a_communes_word_goes_into_its_own_file(tmp_path: Path) -> None:
    (tmp_path / "lexicon.hoang-dao.tsv").write_text("Eo Gió\teo dó", encoding="utf-8")
    learned = learn(tmp_path, "BTGX", "ban tuyên giáo xã", commune="hoang-dao")
    assert (learned.file, learned.line) == ("lexicon.hoang-dao.tsv", 2)
    assert house_in(tmp_path, "hoang-dao").read("Eo Gió, BTGX").text == "eo dó ban tuyên giáo xã"
    assert house_in(tmp_path).read("BTGX").text == "bê tê giê ích"


def test_what_stood_in_the_file_stays_byte_for_byte(tmp_path: Path) -> None:
    before = "\ufeff# của đài\r\nCHXD\tcửa hàng xăng dầu\r\n".encode()
    (tmp_path / "lexicon.tsv").write_bytes(before)
    learn(tmp_path, "HN", "hội nghị")
    assert (tmp_path / "lexicon.tsv").read_bytes() == before + "HN\thội nghị\tHN => hội nghị\r\n".encode()


def test_the_same_line_is_not_written_twice_and_another_reading_is_refused(tmp_path: Path) -> None:
    learn(tmp_path, "HN", "hội nghị")
    before = (tmp_path / "lexicon.tsv").read_bytes()
    assert learn(tmp_path, "HN", "hội  nghị").new is False
    with pytest.raises(WrongUsage, match=r"đã có trong từ vựng \(lexicon.tsv:1\), đọc là «hội nghị»"):
        learn(tmp_path, "HN", "Hà Nội")
    assert (tmp_path / "lexicon.tsv").read_bytes() == before


@pytest.mark.parametrize(
    ("written", "spoken", "sample", "told"),
    [
        ("HN", "hội nghị 5", None, "có chữ số hoặc ký hiệu"),
        ("HN", "", None, "chưa có lời đọc"),
        ("  ", "hội nghị", None, "thiếu chữ viết"),
        ("HN", "hội nghị", "dự họp xã", "không có chữ «HN»"),
        ("HN", "hn", None, "«hn» không có nguyên âm"),
        ("của", "cua", None, "«của» là tiếng thường gặp"),
        ("–", "đến", None, "không có chữ nào"),
    ],
)
def test_a_faulty_line_is_refused_and_nothing_is_written(
    tmp_path: Path, written: str, spoken: str, sample: str | None, told: str
) -> None:
    with pytest.raises(WrongUsage, match=told):
        learn(tmp_path, written, spoken, sample=sample)
    assert not (tmp_path / "lexicon.tsv").exists()


def test_a_broken_lexicon_is_mended_first(tmp_path: Path) -> None:
    (tmp_path / "lexicon.tsv").write_text("không có phím tab", encoding="utf-8")
    with pytest.raises(WorkspaceFault):
        learn(tmp_path, "HN", "hội nghị")


def test_an_unknown_commune_is_refused_with_the_nearest_name(day: Day) -> None:
    folder = day.station.library.folder.parent
    key = next(iter(day.station.schedule.communes))
    assert commune_named(folder, day.station.schedule.communes[key].name) == key
    with pytest.raises(WrongUsage, match="không có xã “khong-co”"):
        commune_named(folder, "khong-co")
    with pytest.raises(WrongUsage) as told:
        commune_named(folder, f"{key}x")
    assert told.value.remedy == f"Có phải ý bạn là “{key}”?"


def test_an_ambiguous_abbreviation_stands_in_the_way_until_it_is_taught(day: Day) -> None:
    day.write("Xã gửi HN cho các thôn.")
    submit(day.station, SCRIPT, by=WRITER)
    with pytest.raises(NotApproved, match=r"“HN” \(có phải “hội nghị” hay “Hà Nội”") as told:
        approve(day.station, SCRIPT, by=APPROVER)
    assert 'broadcaster scripts learn "HN"' in told.value.remedy
    assert '--accept "HN"' in told.value.remedy
    learn(day.station.library.folder.parent, "HN", "hội nghị")
    assert status(day.station, SCRIPT).said.flags == ()


def test_the_command_line_teaches_and_refuses(day: Day) -> None:
    folder = day.station.library.folder.parent

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "broadcaster", "--workspace", str(folder), *arguments]
        return subprocess.run(command, input="HN\n", capture_output=True, text=True, check=False, encoding="utf-8")

    asked = run("read")
    assert "Có phải “hội nghị”" in asked.stderr
    assert 'broadcaster scripts learn "HN"' in asked.stderr
    taught = run("scripts", "learn", "HN", "hội nghị")
    assert (taught.returncode, "lexicon.tsv dòng" in taught.stderr) == (0, True)
    assert run("read", "--lines").stdout == "hội nghị\n"
    refused = run("read", "--commune", "khong-co")
    assert (refused.returncode, refused.stdout, "không có xã" in refused.stderr) == (2, "", True)
