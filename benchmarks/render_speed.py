"""Rendering: memory by the length of a text, what a second rendering costs, and what a commune more costs.

Prints ratios measured in one run, each in a process of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

SENTENCE = "Ủy ban nhân dân xã mời bà con đến nhà văn hóa thôn để nghe phổ biến chính sách mới về chuyển đổi số. "
SCHEDULE = """\
xa:
{communes}
dau_ra: {{loa: {{kieu: file}}}}
chuong_trinh: {{gon: [chuong, loi-xuong, noi_dung, loi-chao]}}
lich:
  - {{ten: Bài, bai: bai.txt, chuong_trinh: gon, gio: "05:30"}}
"""
COMMUNE = "  xa-{0}: {{ten: Xã số {0}, loa: {{l: {{ten: Loa, dau_ra: loa}}}}}}"
PROGRAM = """
import json, resource, sys
from datetime import datetime
from pathlib import Path
from broadcaster.clock import VIETNAM
from broadcaster.station.batch import render_due
from broadcaster.station.render import Renderer
from broadcaster.station.station import open_station

with open_station(Path(sys.argv[1])) as station:
    start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    batch = render_due(Renderer(station), first=datetime(2026, 10, 10, tzinfo=VIETNAM).date(), days=1, jobs=1,
                       show=lambda done, total, note: None)
    if batch.failed:
        raise batch.failed[0][1]
    length_s = batch.made[0].programme.length_s
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(json.dumps({
    "cpu_s": sum(each.ru_utime + each.ru_stime for each in used),
    "peak_mb": used[0].ru_maxrss / 1024,
    "before_mb": start / 1024,
    "length_s": length_s,
    "made": sum(one.fresh for one in batch.made),
}))
"""


def main() -> None:
    with TemporaryDirectory() as folder:
        short, long = (render(Path(folder) / f"{minutes}", minutes=minutes, communes=1) for minutes in (5, 50))
        one, many = short, render(Path(folder) / "many", minutes=5, communes=10)
        again = render(Path(folder) / "5", minutes=5, communes=1)
    print(
        f"programme of {short['length_s'] / 60:.0f} min: {short['cpu_s']:.1f} s CPU, {short['peak_mb']:.0f} MB at most"
    )
    print(f"programme of {long['length_s'] / 60:.0f} min: {long['cpu_s']:.1f} s CPU, {long['peak_mb']:.0f} MB at most")
    print(f"memory, ten times the text: x {long['peak_mb'] / short['peak_mb']:.2f} (limit 1.3)")
    print(f"rendered again: {again['made']} made, x {again['cpu_s'] / short['cpu_s']:.2f} of the CPU, start included")
    more = (many["cpu_s"] - one["cpu_s"]) / 9
    print(f"a commune more with the same text: x {more / one['cpu_s']:.2f} of the first")


def render(folder: Path, *, minutes: int, communes: int) -> dict[str, float]:
    from broadcaster.station.workspace import create

    if not folder.exists():
        names = "\n".join(COMMUNE.format(number) for number in range(communes))
        workspace = create(folder, schedule=SCHEDULE.format(communes=names), scripts=())
        sentences = [SENTENCE.replace("thôn", f"thôn số {number}") for number in range(round(minutes * 60 / 9.5))]
        (workspace.scripts / "bai.txt").write_text("\n".join(sentences), encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(folder)], capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    main()
