"""`broadcaster run` on a small file system that is full while it plays. Run in a mount name space of its own.

python full_disk.py WORKSPACE MOUNT_POINT RECORDINGS: prints what was said and logged as JSON. The workspace is copied
onto the small file system; what sounds goes to RECORDINGS, which lies elsewhere.
"""

from __future__ import annotations

import errno
import json
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from acceptance.driver import Workspace, in_seconds, wait_for

SIZE = "24m"
SCRIPTS = ("tin/dai.txt", "tin/thu.txt")


def fill(folder: Path) -> Path:
    """To the last byte."""
    filler = folder / "day"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
    return filler


def schedule(workspace: Workspace, recordings: Path, *instants: datetime) -> None:
    workspace.schedule(*zip(SCRIPTS, instants, strict=True))
    file = workspace.folder / "schedule.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("kieu: file", f'kieu: file, thu_muc: "{recordings}"'), encoding="utf-8")


def main() -> None:
    prepared, small, recordings = map(Path, sys.argv[1:])
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(small)], check=True)
    workspace = Workspace(Path(shutil.copytree(prepared, small / "dai")))
    schedule(workspace, recordings, in_seconds(3600), in_seconds(7200))
    said = recordings.with_suffix(".loi-noi")
    with said.open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(workspace.command("run"), stdout=errors, stderr=errors)
    try:
        wait_for(lambda: "Đầu ra tep" in said.read_text(encoding="utf-8"), what="the station")
        # the second begins while the disk is full
        schedule(workspace, recordings, in_seconds(10), in_seconds(24))
        wait_for(workspace.on_the_air, what="the first airing to sound")
        filler = fill(small)
        wait_for(lambda: said.read_text(encoding="utf-8").count("LỖI ở") == len(SCRIPTS), what="both ends to be told")
        rows_on_a_full_disk = len(workspace.log())
        filler.unlink()
        wait_for(lambda: len(workspace.log()) == len(SCRIPTS), what="the rows, once there is room")
        process.terminate()
        process.wait(60)
    finally:
        process.kill()
    went = {
        "rows_on_a_full_disk": rows_on_a_full_disk,
        "rows": workspace.log(),
        "chain_is_whole": workspace.json("verify")["ok"],
        "said": said.read_text(encoding="utf-8"),
    }
    sys.stdout.write(json.dumps(went))


if __name__ == "__main__":
    main()
