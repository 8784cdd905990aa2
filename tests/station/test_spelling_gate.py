"""A misspelled script on its way to the air: mended, named in the lexicon, or accepted by name; nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from station.day import APPROVER, SCRIPT, WRITER, Day

from broadcaster.errors import NotApproved
from broadcaster.model.script import ApprovalState
from broadcaster.station.prepare import approve, status, submit

MISSPELLED = "Xã đẩy mạnh công nghệ thong tin. Bản Nậm Tronmg có loa mới."


def test_a_misspelled_script_is_not_approved_by_hearing_it(day: Day) -> None:
    day.write(MISSPELLED)
    submit(day.station, SCRIPT, by=WRITER)
    with pytest.raises(NotApproved, match=r"“thong tin” \(có phải “thông tin”\?\), “Tronmg”"):
        approve(day.station, SCRIPT, by=APPROVER, heard=True)


def test_mended_it_is_approved(day: Day) -> None:
    day.write("Xã đẩy mạnh công nghệ thông tin. Bản Nậm Trông có loa mới.")
    day.approve()
    assert status(day.station, SCRIPT).state is ApprovalState.APPROVED


def test_named_in_the_lexicon_and_accepted_by_name_it_is_approved_and_on_record(day: Day) -> None:
    (day.station.library.folder.parent / "lexicon.tsv").write_text("Tronmg\ttrông\n", encoding="utf-8")
    day.write(MISSPELLED)
    submit(day.station, SCRIPT, by=WRITER)
    step = approve(day.station, SCRIPT, by=APPROVER, accepted=["thong tin"])
    assert (step.by, step.note) == (APPROVER, "Chấp nhận đúng như viết: “thong tin”.")
    assert status(day.station, SCRIPT).steps[-1] == step


def test_another_language_is_not_checked(day: Day) -> None:
    day.write("Noj peb caug thong tin", head="ngon_ngu: hmn\n")
    assert [flag for flag in status(day.station, SCRIPT).said.flags if flag.spelling] == []


def run(folder: Path, *arguments: str, written: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "broadcaster", "--workspace", str(folder), *arguments]
    return subprocess.run(command, input=written, capture_output=True, text=True, check=False, encoding="utf-8")


def test_read_asks_what_was_meant(tmp_path: Path) -> None:
    shown = run(tmp_path, "read", written="Thực hiện chuyến đổi số tronmg xã.\n")
    assert "có phải “chuyển đổi số”?" in shown.stderr
    assert "Có phải “trong”?" in shown.stderr
    flags = json.loads(run(tmp_path, "read", "--json", written="Chuyến đổi số tronmg xã.\n").stdout)["flags"]
    assert [(flag["start"], flag["end"], flag["suggestions"]) for flag in flags] == [
        (0, 13, ["Chuyển đổi số"]), (14, 20, ["trong"]),
    ]  # fmt: skip


def test_lines_are_read_as_they_are_written(tmp_path: Path) -> None:
    assert run(tmp_path, "read", "--lines", written="thong tin\ntronmg\n").stdout == "thong tin\ntronmg\n"


def test_scripts_tells_show_and_approve_from_the_command_line(day: Day) -> None:
    day.write(MISSPELLED)
    folder = day.station.library.folder.parent
    shown = run(folder, "scripts", "show", SCRIPT)
    assert "- ngờ viết sai: «thong tin» có lẽ viết nhầm. Có phải “thông tin”?" in shown.stdout
    run(folder, "scripts", "submit", SCRIPT, "--by", WRITER)
    refused = run(folder, "scripts", "approve", SCRIPT, "--by", APPROVER, "--accept", "thong tin")
    assert (refused.returncode, '--accept "Tronmg"' in refused.stderr) == (7, True)
    both = ("--accept", "thong tin", "--accept", "tronmg")
    approved = run(folder, "scripts", "approve", SCRIPT, "--by", APPROVER, *both, "--json")
    assert json.loads(approved.stdout)["note"] == "Chấp nhận đúng như viết: “thong tin”, “Tronmg”."
