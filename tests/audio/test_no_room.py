"""A disk that fills up in mid-write, on a real small file system: told, and the last good programme stays."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import hashlib, sys
from pathlib import Path
import numpy as np
from broadcaster.audio.clip import Clip
from broadcaster.audio.master import Aim
from broadcaster.audio.mix import mix
from broadcaster.audio.reel import ReelCase, mix_joined
from broadcaster.audio.tags import Tags
from broadcaster.errors import DiskFull
from broadcaster.model.programme import CueSheet, Part, PartKind

RATE = 44_100
folder, ending = Path(sys.argv[1]), sys.argv[2]
out = folder / f"bản tin{ending}"
case = ReelCase(folder.parent / "reels")


def make(seconds):
    noise = np.random.default_rng(1).normal(0, 0.1, seconds * RATE).astype(np.float32)
    part = Part(kind=PartKind.ITEM, title="Tin", source="tin", offset_frames=0, length_frames=len(noise))
    cues, sounds = CueSheet(sample_rate=RATE, parts=(part,)), {"tin": Clip(samples=noise, sample_rate=RATE)}
    if sys.argv[3] == "whole":
        return mix(cues, sounds, out)
    return mix_joined(
        cues, sounds, out, digests={"tin": str(seconds)}, own=(), case=case, aim=Aim(), tags=Tags(title="Tin")
    )


first = make(5)
before = out.read_bytes()
try:
    make(120)
except DiskFull as full:
    print(full.message, "→", full.remedy)
stays = out.read_bytes() == before and hashlib.sha256(before).hexdigest() == first.sha256
print("stays" if stays else "lost", sorted(path.suffix for path in folder.iterdir()))
"""


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare: apt-get install util-linux")
@pytest.mark.parametrize(("ending", "way"), [(".mp3", "joined"), (".mp3", "whole"), (".wav", "whole")])
def test_the_last_good_programme_outlives_a_disk_that_fills_up(tmp_path: Path, ending: str, way: str) -> None:
    small = tmp_path / "đĩa nhỏ"
    small.mkdir()
    size = "1m" if ending == ".wav" else "600k"
    script = f'mount -t tmpfs -o size={size} tmpfs "$1" || exit 77; exec "$2" -c "$3" "$1" "$4" "$5"'
    as_root = [] if os.geteuid() == 0 else ["--map-root-user", "--user"]
    ran = subprocess.run(
        ["unshare", *as_root, "--mount", "sh", "-c", script, "sh", str(small), sys.executable, PROGRAM, ending, way],
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode in (1, 77) and ("unshare" in ran.stderr or "mount" in ran.stderr):
        refuse = pytest.fail if os.environ.get("BROADCASTER_TEST_ALL") else pytest.skip
        refuse(f"this system mounts no small file system for us: {ran.stderr}")

    told, left = ran.stdout.splitlines()
    assert "hết chỗ" in told.lower(), ran.stderr
    assert "→ " in told
    assert left == f"stays ['.dat', '{ending}']"
