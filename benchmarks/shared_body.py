"""One bulletin for many communes, which differs in the station's call alone: what do all of them cost against one?

Fresh workspaces, two with a single commune and one with all, are rendered by the command itself from the text to the
.mp3 files: reading, speaking, levelling, mixing, encoding, cue sheets. CPU is user and system time of the command
and all that it starts.

    python benchmarks/shared_body.py            5 minutes for 100 communes
    python benchmarks/shared_body.py --full     15 minutes for 300 communes; writes 3 GB under the temporary folder

The same again with the sign-off that names each commune, for which there is no limit.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent.parent / "scripts_content"
LIMIT = 3.0
SYLLABLES_A_MINUTE = 185
DATE = "2027-03-01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A bulletin of about so many minutes at 05:30 for every commune."""

    communes: int
    minutes: float
    sign_off: bool = False
    """Whether each commune signs off in its own name too, after all that is shared."""


def workspace(folder: Path, job: Job) -> None:
    run(folder, "init", str(folder))
    names = [f"xã Mẫu số {number}" for number in range(1, job.communes + 1)]
    listed = "\n".join(
        f"  xa-{number}: {{ten: {name.capitalize()}, loi_xuong: Đây là Đài truyền thanh {name},"
        " loa: {ubnd: {ten: Loa, dau_ra: tep}}}"
        for number, name in enumerate(names, start=1)
    )
    sign_off = "loi-chao, " if job.sign_off else ""
    schedule = f"""phien_ban: 1
mui_gio: Asia/Ho_Chi_Minh
xa:
{listed}
khung_gio: {{sang: "05:00-06:30"}}
dau_ra: {{tep: {{kieu: file, thu_muc: audio_out/da-phat}}}}
chuong_trinh: {{ban-tin: [nhac-hieu, loi-xuong, noi_dung, {sign_off}nhac-ket]}}
lich:
  - {{ten: Bản tin, bai: ban-tin/do.txt, chuong_trinh: ban-tin, gio: "05:30"}}
"""
    (folder / "schedule.yaml").write_text(schedule, encoding="utf-8")
    words = [word for path in sorted(SAMPLES.glob("17-diem/*.txt")) for word in path.read_text("utf-8").split()]
    words = [word for word in words if word.isalpha() and word.islower()]
    wanted = round(job.minutes * SYLLABLES_A_MINUTE)
    text = ". ".join(" ".join(words[at % 700 : at % 700 + 14]).capitalize() for at in range(0, wanted, 14))
    (folder / "scripts_content/ban-tin/do.txt").write_text(f"Bản tin đo\n\n{text}.\n", encoding="utf-8")


def run(folder: Path, *arguments: str) -> float:
    """CPU seconds of the command."""
    command = [sys.executable, "-m", "broadcaster", "--workspace", str(folder), *arguments]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    said = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(said)
    return usage.ru_utime + usage.ru_stime


def rendered(folder: Path, job: Job) -> tuple[float, float]:
    """CPU seconds, and the megabytes that came out."""
    workspace(folder, job)
    cpu_s = run(folder, "render", "--date", DATE, "--days", "1", "--jobs", "1")
    files = list((folder / "audio_out/chuong-trinh").rglob("*.mp3"))
    if len(files) != job.communes:
        raise SystemExit(f"{len(files)} programmes for {job.communes} communes")
    return cpu_s, sum(file.stat().st_size for file in files) / 1e6


def compare(job: Job) -> None:
    """What one costs is measured before and after all: the machine is never idle for so long."""
    with tempfile.TemporaryDirectory() as folder:
        before, _ = rendered(Path(folder) / "before", replace(job, communes=1))
        many, size_mb = rendered(Path(folder) / "all", job)
        after, _ = rendered(Path(folder) / "after", replace(job, communes=1))
    one = (before + after) / 2
    each_ms = 1000 * (many - one) / (job.communes - 1)
    differing = "call and sign-off" if job.sign_off else "the station's call alone"
    print(
        f"{job.minutes:g} minutes, {differing} of each commune's own: one {before:.1f} and {after:.1f} s CPU", end="; "
    )
    print(f"{job.communes} {many:.1f} s ({each_ms:.0f} ms for each further one), {size_mb:.0f} MB", end="; ")
    print(f"ratio {many / one:.2f}" + ("" if job.sign_off else f", limit {LIMIT:g}"), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--full", action="store_true")
    job = Job(communes=300, minutes=15.0) if parser.parse_args().full else Job(communes=100, minutes=5.0)
    compare(job)
    compare(replace(job, sign_off=True))


if __name__ == "__main__":
    main()
