"""The folder of scripts."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from broadcaster.content.library import ScriptLibrary
from broadcaster.errors import WorkspaceFault

SAVE_ON_A_FULL_DISK = """
import sys
from pathlib import Path
from broadcaster.content.library import ScriptLibrary
from broadcaster.errors import DiskFull

library = ScriptLibrary(Path(sys.argv[1]))
library.save("a.txt", "Tin nhỏ.")
try:
    library.save("b.txt", "Tin dài. " * 20_000)
except DiskFull as error:
    print(error.message, error.remedy, sorted(file.name for file in Path(sys.argv[1]).iterdir()))
"""


def _fault(library: ScriptLibrary, path: str) -> str:
    with pytest.raises(WorkspaceFault) as told:
        library.load(path)
    (fault,) = told.value.faults
    assert fault.file == path
    return f"{fault.message} {fault.remedy}"


def test_scripts_are_listed_in_order(library: ScriptLibrary) -> None:
    assert library.paths() == ["bai/duoi-nuoc.txt", "tin/cho-phien.txt", "tin/nuoc-sach.md"]


def test_jingles_hidden_files_and_readmes_are_no_scripts(library: ScriptLibrary) -> None:
    for name in ("nhac/loi.txt", ".an/a.txt", "tin/.a.txt.swp", "tin/.b.txt", "README.md", "tin/a.docx", "tin/a.txt~"):
        (library.folder / name).parent.mkdir(exist_ok=True)
        (library.folder / name).write_text("x", encoding="utf-8")
    assert len(library.paths()) == 3


def test_library_without_a_folder_is_empty(tmp_path: Path) -> None:
    assert ScriptLibrary(tmp_path / "chua-co").paths() == []


def test_script_is_loaded_by_its_path(library: ScriptLibrary) -> None:
    script = library.load("bai/duoi-nuoc.txt")
    assert (script.path, script.title) == ("bai/duoi-nuoc.txt", "Phòng, chống đuối nước")
    assert library.exists("bai/duoi-nuoc.txt")


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("bai/duoi-nuoc.tx", "bai/duoi-nuoc.txt"),
        ("bai/đuối nước.txt", "bai/duoi-nuoc.txt"),
        ("cho-phien.txt", "tin/cho-phien.txt"),
    ],
)
def test_missing_script_suggests_the_nearest(library: ScriptLibrary, path: str, meant: str) -> None:
    said = _fault(library, path)
    assert "không có bài này" in said
    assert f"“{meant}”" in said
    assert not library.exists(path)


def test_missing_script_unlike_all_others_suggests_none(library: ScriptLibrary) -> None:
    assert "Có phải" not in _fault(library, "qqq/www.txt")


@pytest.mark.parametrize(
    "path", ["../schedule.yaml", "/etc/passwd", "tin/../../x.txt", "..\\x.txt", "C:/x.txt", "", "a\0b.txt", "."]
)
def test_nothing_outside_the_folder_is_touched(library: ScriptLibrary, path: str) -> None:
    for act in (library.load, library.exists, lambda outside: library.save(outside, "Tin.")):
        with pytest.raises(WorkspaceFault):
            act(path) if path != "." else library.load(path)


def test_link_that_leads_outside_is_refused(library: ScriptLibrary, tmp_path: Path) -> None:
    (tmp_path / "mat.txt").write_text("Bí mật.", encoding="utf-8")
    (library.folder / "tin" / "mat.txt").symlink_to(tmp_path / "mat.txt")
    assert "nằm ngoài" in _fault(library, "tin/mat.txt")


def test_folder_is_no_script(library: ScriptLibrary) -> None:
    assert "không mở được" in _fault(library, "tin")
    assert not library.exists("tin")


def test_huge_file_is_refused_without_being_read(library: ScriptLibrary) -> None:
    with (library.folder / "tin" / "lon.txt").open("wb") as file:
        file.truncate(10**12)
    assert "quá 1 MB" in _fault(library, "tin/lon.txt")


def test_draft_is_saved_and_listed(library: ScriptLibrary) -> None:
    assert library.save("thong-bao/moi.txt", "Thông báo\n\nNgày mai họp.\n") == "thong-bao/moi.txt"
    assert library.load("thong-bao/moi.txt").title == "Thông báo"
    assert "thong-bao/moi.txt" in library.paths()


def test_existing_script_is_not_overwritten_unless_asked(library: ScriptLibrary) -> None:
    before = (library.folder / "tin/cho-phien.txt").read_bytes()
    with pytest.raises(WorkspaceFault) as told:
        library.save("tin/cho-phien.txt", "Tin khác.")
    assert "không ghi đè" in told.value.faults[0].message
    assert (library.folder / "tin/cho-phien.txt").read_bytes() == before
    library.save("tin/cho-phien.txt", "Tin khác.", replace=True)
    assert library.load("tin/cho-phien.txt").body == "Tin khác."


@pytest.mark.parametrize(
    ("path", "text"), [("tin/a.docx", "Tin."), ("tin/a.txt", ""), ("tin/a.txt", "---\nx: 1\n---\nTin.")]
)
def test_unusable_draft_is_not_saved(library: ScriptLibrary, path: str, text: str) -> None:
    with pytest.raises(WorkspaceFault):
        library.save(path, text)
    assert not (library.folder / path).exists()


def test_nothing_half_written_stays_behind(library: ScriptLibrary) -> None:
    (library.folder / "tin" / "cho.txt").mkdir()
    with pytest.raises(WorkspaceFault):
        library.save("tin/cho.txt", "Tin.", replace=True)
    assert not list((library.folder / "tin").glob(".*"))


def test_full_disk_is_told_and_leaves_no_half_script(tmp_path: Path) -> None:
    small_disk = ["unshare", "-rm", "sh", "-c", 'mount -t tmpfs -o size=64k small "$1" && exec "$2" -c "$3" "$1"', "sh"]
    if shutil.which("unshare") is None or subprocess.run(["unshare", "-rm", "true"], check=False).returncode:
        pytest.skip("no disk of its own can be made here (unshare -rm)")
    done = subprocess.run(
        [*small_disk, str(tmp_path), sys.executable, SAVE_ON_A_FULL_DISK],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert "Hết chỗ trên đĩa" in done.stdout
    assert "Xóa bớt" in done.stdout
    assert "['a.txt']" in done.stdout


def test_several_drafts_are_saved_all_or_none(library: ScriptLibrary) -> None:
    before = library.paths()
    library.save_all({"moi/01.txt": "Một.", "moi/02.txt": "Hai."})
    assert set(library.paths()) - set(before) == {"moi/01.txt", "moi/02.txt"}
    with pytest.raises(WorkspaceFault) as told:
        library.save_all({"moi/03.txt": "Ba.", "moi/01.txt": "Một.", "moi/02.txt": "Hai."})
    assert [fault.file for fault in told.value.faults] == ["moi/01.txt", "moi/02.txt"]
    assert not library.exists("moi/03.txt")


def test_drafts_saved_before_one_that_fails_are_taken_back(library: ScriptLibrary) -> None:
    before = library.paths()
    with pytest.raises(WorkspaceFault):
        library.save_all({"moi.txt": "Một.", "moi.txt/hai.txt": "Hai."})
    assert library.paths() == before
