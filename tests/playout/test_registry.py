"""From schedule.yaml's outputs to outputs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from broadcaster.config.stations import OutputSettings
from broadcaster.errors import WorkspaceFault
from broadcaster.playout.registry import kinds, open_outputs, outputs_and_faults
from broadcaster.testing import ManualClock


def settings(**written: dict[str, object]) -> dict[str, OutputSettings]:
    return {
        name: OutputSettings(
            name=name, kind=str(each["kieu"]), options={key: each[key] for key in each if key != "kieu"}
        )
        for name, each in written.items()
    }


def test_every_output_of_the_schedule_is_opened_under_its_name(tmp_path: Path, clock: ManualClock) -> None:
    written = settings(tep={"kieu": "file"}, loa={"kieu": "auto"}, may={"kieu": "sound-card", "thiet_bi": "USB"})
    outputs = open_outputs(written, workspace=tmp_path, clock=clock)
    assert {name: output.name for name, output in outputs.items()} == {name: name for name in written}
    assert list(tmp_path.iterdir()) == []


def test_all_faults_are_told_at_once_each_with_its_remedy(tmp_path: Path, clock: ManualClock) -> None:
    written = settings(
        a={"kieu": "soundcard"},
        b={"kieu": "vô tuyến"},
        c={"kieu": "file", "thumuc": "x", "thu_muc": 7},
        d={"kieu": "file", "thu_muc": "../.."},
        e={"kieu": "sound-card", "thiet_bi": ""},
        tot={"kieu": "file"},
    )
    with pytest.raises(WorkspaceFault) as caught:
        open_outputs(written, workspace=tmp_path, clock=clock)
    faults = caught.value.faults
    assert [fault.message.split(":")[0] for fault in faults] == [f"Đầu ra '{name}'" for name in "abccde"]
    assert all(fault.remedy and fault.file == "schedule.yaml" for fault in faults)
    assert "Có phải ý bạn là 'sound-card'?" in faults[0].remedy
    assert all(kind in faults[1].remedy for kind in kinds())
    assert "Có phải ý bạn là" not in faults[1].remedy
    assert "'thu_muc'" in faults[2].remedy

    usable, same = outputs_and_faults(written, workspace=tmp_path, clock=clock)
    assert list(usable) == ["tot"]
    assert same == list(faults)


def test_finding_the_outputs_loads_no_sound_library() -> None:
    program = (
        "import sys; from broadcaster.playout.outputs import auto, file, sound_card; "
        "print([name for name in ('numpy', 'miniaudio', 'imageio_ffmpeg', 'rapidfuzz') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
