"""The demonstration, as a new user sees it: the sound, the log and the report agree with each other to the second."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import pytest
from acceptance.driver import Workspace, measured


@dataclass(frozen=True)
class Demo:
    """What one run of `demo` printed and left behind."""

    workspace: Workspace
    printed: str
    told: str
    log: list[dict[str, Any]]
    report: dict[str, Any]

    @property
    def played(self) -> list[dict[str, Any]]:
        return [row for row in self.log if row["outcome"] == "played"]

    def file(self, relative: str) -> Path:
        return self.workspace.folder / relative

    def length_of(self, airing: str) -> float:
        return max(row["played_s"] for row in self.played if row["airing"] == airing)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """One run for all tests of this file: it plays in real time."""
    folder = tmp_path_factory.mktemp("demo")
    outside = Workspace(folder)
    command = outside.command("demo", "--folder", "trinh-dien")
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert result.returncode == 0, result.stderr
    workspace = Workspace(folder / "trinh-dien")
    report = json.loads((workspace.folder / "audio_out/bao-cao/bao-cao.json").read_text(encoding="utf-8"))
    yield Demo(workspace, result.stdout, result.stderr, workspace.log(), report)


def test_every_airing_played_whole_on_every_cluster(demo: Demo) -> None:
    assert {(row["commune"], row["cluster"], row["outcome"]) for row in demo.log} == {
        ("hoang-dao", "trung-tam", "played"),
        ("hoang-dao", "thon-1", "played"),
        ("hoang-truong", "ubnd", "played"),
    }


def test_it_says_where_everything_lies(demo: Demo) -> None:
    named = re.findall(r"audio_out/\S+", demo.printed)

    assert {Path(name).suffix for name in named} == {".mp3", ".docx", ".json"}
    assert [name for name in named if not demo.file(name).is_file()] == []
    assert "nguyên vẹn" in demo.printed
    assert str(demo.workspace.folder) in demo.printed


def test_it_says_what_really_sounds(demo: Demo) -> None:
    assert "Đầu ra loa-may: loa-may (" in demo.told
    assert all(row["output"].startswith(("loa-may (", "tep (file)")) for row in demo.log)


def test_two_people_stand_behind_every_airing(demo: Demo) -> None:
    for row in demo.log:
        assert row["author"]
        assert row["approved_by"]
        assert row["author"] != row["approved_by"]


def test_programmes_are_sound_at_the_loudness_asked_for(demo: Demo) -> None:
    for name in {row["audio"] for row in demo.log}:
        sound = measured(demo.file(name))
        assert sound.lufs == pytest.approx(-16.0, abs=0.5), name
        assert sound.true_peak_dbtp <= -1.5, name
        assert sound.longest_silence_s < 2.0, f"{name} is silent in the middle"


def test_the_programme_the_recording_and_the_row_last_alike(demo: Demo) -> None:
    recordings = sorted(measured(path).length_s for path in demo.file("audio_out/da-phat").rglob("*.mp3"))

    assert recordings == pytest.approx(sorted(row["played_s"] for row in demo.log), abs=0.01)
    for row in demo.log:
        assert measured(demo.file(row["audio"])).length_s == pytest.approx(row["played_s"], abs=0.01)


def test_rows_tell_the_times_of_the_clock_on_the_wall(demo: Demo) -> None:
    from datetime import datetime

    for row in demo.log:
        started, ended = datetime.fromisoformat(row["started_at"]), datetime.fromisoformat(row["ended_at"])
        assert (ended - started).total_seconds() == pytest.approx(row["played_s"], abs=0.5)
        assert row["started_at"].endswith("+07:00")


def test_the_report_counts_just_what_the_log_holds(demo: Demo) -> None:
    airings = {row["airing"] for row in demo.played}
    total = demo.report["figures"]["total"]

    assert total["plays"]["value"] == len(airings)
    assert total["airtime_s"]["value"] == sum(round(demo.length_of(airing)) for airing in airings)
    assert total["plays"]["seqs"] == sorted(row["seq"] for row in demo.played)
    assert total["directives"] == ["244/CĐSQG-CSS"]


def test_the_word_report_says_the_same_as_its_json(demo: Demo) -> None:
    document = docx.Document(str(demo.file("audio_out/bao-cao/bao-cao.docx")))
    tables = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *tables])
    minutes, seconds = divmod(demo.report["figures"]["total"]["airtime_s"]["value"], 60)

    assert f"Tổng số lượt phát: {demo.report['figures']['total']['plays']['value']} lượt" in text
    assert f"{minutes} phút {seconds} giây" in text
    assert "244/CĐSQG-CSS" in text
    assert text.rstrip().count("./.") >= 1


def test_the_logbook_has_a_line_for_every_row(demo: Demo) -> None:
    document = docx.Document(str(demo.file("audio_out/bao-cao/so-nhat-ky.docx")))
    text = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)

    for row in demo.log:
        assert f"{row['started_at'][11:19]}" in text


def test_verify_holds_until_somebody_touches_the_log_or_the_sound(demo: Demo) -> None:
    assert demo.workspace.json("verify")["ok"] is True
    programme = demo.file(demo.log[0]["audio"])
    whole = programme.read_bytes()
    try:
        programme.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        result = demo.workspace.run("verify", "--json")
    finally:
        programme.write_bytes(whole)

    assert result.returncode == 8
    assert json.loads(result.stdout)["first_bad_seq"] == demo.log[0]["seq"]
    assert "→" in result.stderr.decode()


def test_the_log_refuses_to_be_changed(demo: Demo) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(demo.file("du-lieu/dai.sqlite3"))) as database:
        for statement in ("UPDATE as_run SET outcome = 'missed'", "DELETE FROM as_run"):
            with pytest.raises(sqlite3.IntegrityError):
                database.execute(statement)


def test_the_text_was_spoken_with_its_numbers_as_words(demo: Demo) -> None:
    shown = demo.workspace.json("scripts", "show", "demo/ban-tin-ngan.txt")

    words = " ".join(shown["spoken"])
    assert re.search(r"\d", words) is None
    assert "ngày mười tháng mười năm hai nghìn không trăm hai mươi sáu" in words
    assert "mười chín giờ ba mươi" in words
    assert "tám mươi lăm phần trăm" in words
    assert shown["state"] == "approved"
