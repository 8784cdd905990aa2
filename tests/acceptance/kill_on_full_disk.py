"""`broadcaster run` killed while it plays on a full disk, then started again. Run in a mount name space of its own.

python kill_on_full_disk.py WORKSPACE MOUNT_POINT RECORDINGS: prints the rows and what both runs said as JSON.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from acceptance.driver import Workspace, in_seconds, wait_for
from acceptance.full_disk import SCRIPTS, SIZE, fill

SCRIPT = SCRIPTS[0]


def schedule(workspace: Workspace, recordings: Path, at: datetime) -> None:
    """So much lateness is allowed that a second run would begin it anew."""
    workspace.schedule((SCRIPT, at), late="10 phút")
    file = workspace.folder / "schedule.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("kieu: file", f'kieu: file, thu_muc: "{recordings}"'), encoding="utf-8")


def main() -> None:
    prepared, small, recordings = map(Path, sys.argv[1:])
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(small)], check=True)
    workspace = Workspace(Path(shutil.copytree(prepared, small / "dai")))
    marks = workspace.folder / "du-lieu" / "dang-phat.dau"
    schedule(workspace, recordings, in_seconds(3600))
    said = recordings.with_suffix(".loi-noi")
    with said.open("w", encoding="utf-8") as errors:
        first = subprocess.Popen(workspace.command("run"), stdout=errors, stderr=errors)
    second = None
    try:
        wait_for(lambda: "Đầu ra tep" in said.read_text(encoding="utf-8"), what="the station")
        schedule(workspace, recordings, in_seconds(12))
        wait_for(lambda: "Lịch mới có hiệu lực" in said.read_text(encoding="utf-8"), what="the new schedule")
        filler = fill(small)
        wait_for(lambda: marks.read_bytes()[:1] == b"[", what="the airing to begin")
        first.kill()
        first.wait()
        filler.unlink()
        with said.open("a", encoding="utf-8") as errors:
            second = subprocess.Popen(workspace.command("run"), stdout=errors, stderr=errors)
        wait_for(workspace.log, what="the row")
        second.terminate()
        second.wait(60)
    finally:
        for process in filter(None, (first, second)):
            process.kill()
    went = {
        "rows": workspace.log(),
        "chain_is_whole": workspace.json("verify")["ok"],
        "said": said.read_text(encoding="utf-8"),
    }
    sys.stdout.write(json.dumps(went))


if __name__ == "__main__":
    main()
