from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from broadcaster.errors import WrongUsage
from broadcaster.reports.saving import ending_of, save

SAVE = """
import sys
from pathlib import Path
from broadcaster.errors import BroadcasterError
from broadcaster.reports.saving import save
out = Path(sys.argv[1])
try:
    save(b"x" * 1_000_000, out)
except BroadcasterError as error:
    left = sorted(path.name for path in out.parent.iterdir())
    print(type(error).__name__, error.message, error.remedy, left, sep="|")
"""


def test_a_saved_file_is_whole_and_alone(tmp_path: Path) -> None:
    out = tmp_path / "báo cáo.json"
    out.write_bytes(b"cu")
    assert save(b"moi", out) == out
    assert out.read_bytes() == b"moi"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.needs("unshare")
def test_a_full_disk_leaves_the_old_report_and_nothing_half_written(tmp_path: Path) -> None:
    full = tmp_path / "day"
    full.mkdir()
    script = (
        'mount -t tmpfs -o size=64k none "$1" && echo cu > "$1/bao-cao.json" && '
        '"$2" -c "$3" "$1/bao-cao.json" && cat "$1/bao-cao.json"'
    )
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, "sh", full, sys.executable, SAVE],
        capture_output=True,
        text=True,
        check=True,
    )
    kind, message, remedy, left, *_ = done.stdout.replace("\n", "|").split("|")
    assert kind == "DiskFull"
    assert "hết chỗ" in message
    assert "Xóa bớt" in remedy
    assert left == "['bao-cao.json']"
    assert done.stdout.endswith("cu\n")


@pytest.mark.needs("unshare")
def test_a_folder_that_may_not_be_written_to_is_named(tmp_path: Path) -> None:
    """In a user namespace without a mapping nobody owns more than the folder's own bits allow."""
    locked = tmp_path / "khoa"
    locked.mkdir(mode=0o555)
    done = subprocess.run(
        ["unshare", "-U", sys.executable, "-c", SAVE, locked / "bao-cao.docx"],
        capture_output=True,
        text=True,
        check=True,
    )
    kind, message, remedy, left = done.stdout.strip().split("|")
    assert kind == "BroadcasterError"
    assert "không có quyền" in message
    assert "Đóng tệp" in remedy
    assert left == "[]"


def test_a_folder_that_is_not_there_is_said_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match="Không có thư mục"):
        ending_of(tmp_path / "khong-co" / "bao-cao.docx", possible=(".docx",))


def test_a_folder_in_the_files_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "bao-cao.docx").mkdir()
    with pytest.raises(WrongUsage, match="là một thư mục"):
        ending_of(tmp_path / "bao-cao.docx", possible=(".docx",))


@pytest.mark.parametrize("name", ["bao-cao.xlsx", "bao-cao.pdf", "bao-cao", ".docx"])
def test_other_endings_are_refused_with_those_that_work(tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongUsage) as refused:
        ending_of(tmp_path / name, possible=(".docx", ".json"))
    assert ".docx hoặc .json" in refused.value.message


def test_capitals_in_an_ending_do_not_matter(tmp_path: Path) -> None:
    assert ending_of(tmp_path / "BAO-CAO.DOCX", possible=(".docx",)) == ".docx"
