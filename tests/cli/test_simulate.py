"""`simulate` says what a schedule comes to, and marks all that it writes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from broadcaster.station.workspace import create

SCHEDULE = """\
xa: {hoang-dao: {ten: Xã Hoằng Đạo, loa: {trung-tam: {ten: Loa, dau_ra: tep}}}}
dau_ra: {tep: {kieu: file}}
nguon: {vov1: {ten: VOV1, url: "http://127.0.0.1:9/khong-co"}}
lich: [{ten: Thời sự, tiep_song: vov1, gio: 05:00, dai: 30 phút}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return create(tmp_path / "đài", schedule=SCHEDULE, scripts=()).folder


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "broadcaster", "--workspace", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_week_is_told_as_json_and_every_row_of_it_is_marked(folder: Path) -> None:
    done = run(folder, "simulate", "--from", "04/01/2027", "--to", "10/01/2027", "--json")

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["rows"], told["outcomes"], told["simulated"]) == (7, {"played": 7}, True)
    assert told["db"] == str(folder / "du-lieu" / "mo-phong.sqlite3")
    rows = json.loads(run(folder, "log", "--db", told["db"], "--json").stdout)
    assert [row["simulated"] for row in rows] == [True] * 7
    assert run(folder, "log", "--json").stdout.strip() == "[]", "the station's own log is empty"
    shown = run(folder, "log", "--db", told["db"])
    assert shown.stdout.count("MÔ PHỎNG") == 7
    assert "không phải bằng chứng" in shown.stderr
    assert run(folder, "verify", "--db", told["db"]).returncode == 8


@pytest.mark.parametrize("times", [("10/01/2027", "04/01/2027"), ("hôm qua", "04/01/2027"), ("2027-01-04T25:00", "T")])
def test_times_that_make_no_sense_are_wrong_usage(folder: Path, times: tuple[str, str]) -> None:
    done = run(folder, "simulate", "--from", times[0], "--to", times[1])

    assert done.returncode == 2
    assert "→" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_was_said_in_a_simulated_airing_nobody_knows_and_log_says_why(folder: Path) -> None:
    text = "---\ntac_gia: Lê Thị Hòa\n---\nXin chào bà con.\n"
    (folder / "scripts_content/tin.txt").write_text(text, encoding="utf-8")
    schedule = SCHEDULE.replace("lich: [", "lich: [{ten: Tin, bai: tin.txt, gio: 05:45}, ")
    (folder / "schedule.yaml").write_text(schedule, encoding="utf-8")
    run(folder, "scripts", "submit", "tin.txt", "--by", "Lê Thị Hòa")
    run(folder, "scripts", "approve", "tin.txt", "--by", "Trần Văn Hùng")
    days = ("--from", "04/01/2027", "--to", "04/01/2027")
    db = json.loads(run(folder, "simulate", *days, "--json").stdout)["db"]

    told = run(folder, "log", "--db", db, "--at", "04/01/2027 05:45:01")

    assert "MÔ PHỎNG: phát “Xin chào bà con.”" in told.stdout, told.stdout + told.stderr
    assert "Lượt mô phỏng không dựng chương trình" in told.stdout
    assert "không còn giữ" not in told.stdout
