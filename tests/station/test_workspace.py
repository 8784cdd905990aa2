"""A new workspace appears whole or not at all, and only one station runs in it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from broadcaster.config.load import load_schedule
from broadcaster.errors import BroadcasterError, WorkspaceFault
from broadcaster.station import workspace as workspaces
from broadcaster.station.workspace import Workspace, create, existing, only_runner


def test_a_new_workspace_has_what_a_station_needs(tmp_path: Path) -> None:
    made = create(tmp_path / "mới" / "đài")

    schedule = load_schedule(made.schedule_file)
    assert len(schedule.communes) == 3
    assert schedule.campaigns
    assert len(list(made.scripts.rglob("*.txt"))) >= 15
    assert {path.stem for path in made.jingles.iterdir()} >= {"nhac-hieu", "chuong", "nhac-cat", "nhac-ket"}
    assert made.programmes.is_dir()


def test_nothing_that_stands_there_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "scripts_content").mkdir()

    with pytest.raises(WorkspaceFault, match="không ghi đè"):
        create(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["scripts_content"]


def test_an_interrupted_init_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def torn(source: Path, target: Path, *, only: object) -> None:
        target.mkdir()
        (target / "mot-nua.txt").write_text("nửa chừng", encoding="utf-8")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(workspaces, "_copy_scripts", torn)

    with pytest.raises(OSError, match="No space"):
        create(tmp_path / "dai")

    assert list((tmp_path / "dai").iterdir()) == []


def test_a_folder_that_is_no_workspace_is_told_how_to_become_one(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceFault, match=r"schedule\.yaml") as caught:
        existing(tmp_path)

    assert "broadcaster init" in caught.value.remedy


def test_a_second_runner_is_refused_until_the_first_is_gone(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    hold = (
        "import sys; from pathlib import Path; from broadcaster.station.workspace import Workspace, only_runner\n"
        "with only_runner(Workspace(Path(sys.argv[1]))): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", hold, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(BroadcasterError, match="đang chạy"), only_runner(workspace):
            pass
        other.kill()

    with only_runner(workspace):
        pass


def test_what_a_killed_rendering_left_is_swept_and_a_fresh_draft_is_not(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    workspace.programmes.mkdir(parents=True)
    old, fresh, done = (workspace.programmes / name for name in (".a.x1.part.mp3", ".b.x2.part.mp3", "c.mp3"))
    for file in (old, fresh, done):
        file.touch()
    os.utime(old, (1, 1))

    with only_runner(workspace):
        pass

    assert sorted(workspace.programmes.iterdir()) == [fresh, done]
