"""The doctor looks at the machine and the workspace, and changes nothing in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcaster.errors import Fault
from broadcaster.station.doctor import Area, Finding, examine
from broadcaster.station.workspace import create


def test_without_a_workspace_the_machine_alone_is_examined(tmp_path: Path) -> None:
    found = examine(tmp_path)

    assert {finding.area for finding in found} == {Area.MACHINE, Area.SPEECH, Area.OUTPUT}
    assert list(tmp_path.iterdir()) == []


def test_the_embedded_voice_is_really_tried(tmp_path: Path) -> None:
    (espeak,) = (finding for finding in examine(tmp_path) if "espeak-ng" in finding.what)

    assert "đọc thử được" in espeak.state
    assert espeak.faults == ()


def test_every_ailment_names_its_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nonexistent")
    faults = [fault for finding in examine(tmp_path) for fault in finding.faults]

    assert all(fault.message and fault.remedy for fault in faults)


def test_a_broken_schedule_is_an_ailment_not_a_crash(tmp_path: Path) -> None:
    workspace = create(tmp_path / "dai")
    workspace.schedule_file.write_text("xa: [\n", encoding="utf-8")

    ill = [finding for finding in examine(workspace.folder) if finding.area is Area.WORKSPACE]

    assert len(ill) == 1
    assert ill[0].needed
    assert isinstance(ill[0], Finding)
    assert isinstance(ill[0].faults[0], Fault)
