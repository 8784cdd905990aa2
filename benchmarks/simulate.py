"""One commune's year on the simulated clock: CPU seconds of the whole command against the limit of 20.

A schedule as a busy commune has it: two sessions a day with relays, bulletins, notices, a campaign on two clusters. The
bare plan of the same year, measured in the same run, says how much of it is planning.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from broadcaster.config.load import load_schedule
from broadcaster.schedule.plan import no_lengths, plan
from broadcaster.station.prepare import approve, submit
from broadcaster.station.station import open_station
from broadcaster.station.workspace import create

LIMIT_S = 20.0
YEAR = 2027
SCRIPTS = [f"bai/{number:02d}.txt" for number in range(12)]
SCHEDULE = f"""\
xa:
  hoang-dao:
    ten: Xã Hoằng Đạo
    gioi_han: 60 phút/khung
    loa: {{trung-tam: {{ten: Loa trung tâm, dau_ra: tep}}, thon-1: {{ten: Thôn 1, dau_ra: tep}}}}
khung_gio: {{sang: 05:00-06:30, chieu: 17:00-18:30}}
gio_yen_tinh: [21:00-05:00]
dau_ra: {{tep: {{kieu: file}}}}
nguon: {{vov1: {{ten: VOV1, url: "http://127.0.0.1:9/vov1"}}}}
chuong_trinh: {{gon: [noi_dung]}}
lich:
  - {{ten: Thời sự VOV1, tiep_song: vov1, gio: [05:00, 17:00], dai: 20 phút}}
  - {{ten: Bản tin sáng, bai: {SCRIPTS[0]}, chuong_trinh: gon, gio: 05:30, thu: T2-T7}}
  - {{ten: Bản tin chiều, bai: {SCRIPTS[1]}, chuong_trinh: gon, gio: 17:30, thu: T2-T7}}
  - {{ten: Thông báo, bai: {SCRIPTS[2]}, chuong_trinh: gon, gio: [05:45, 17:45]}}
  - {{ten: Ngày rằm, bai: {SCRIPTS[3]}, chuong_trinh: gon, gio: 17:50, am_lich: [mùng 1, rằm]}}
chien_dich:
  - ten: Chuyển đổi số
    bai: [{", ".join(SCRIPTS[4:])}]
    tu: 01/01/{YEAR}
    den: 31/12/{YEAR}
    chi_tieu: 4 lượt/ngày
    cach_nhau: 30 phút
"""


def prepared(folder: Path) -> None:
    """The commune, its texts approved."""
    workspace = create(folder, schedule=SCHEDULE, scripts=())
    for script in SCRIPTS:
        file = workspace.scripts / script
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"---\ntac_gia: Lê Thị Hòa\n---\n{'Mời bà con đi họp thôn. ' * 5}\n", encoding="utf-8")
    with open_station(folder) as station:
        for script in SCRIPTS:
            submit(station, script, by="Lê Thị Hòa")
            approve(station, script, by="Trần Văn Hùng")


def cpu_s() -> float:
    used = os.times()
    return used.children_user + used.children_system


def main() -> None:
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / "dai"
        prepared(folder)
        command = ["simulate", "--from", f"01/01/{YEAR}", "--to", f"31/12/{YEAR}", "--json"]
        before = cpu_s()
        said = subprocess.run(
            [sys.executable, "-m", "broadcaster", "--workspace", str(folder), *command],
            check=True,
            capture_output=True,
        ).stdout
        taken = cpu_s() - before
        began = time.process_time()
        planned = plan(load_schedule(folder / "schedule.yaml"), first=date(YEAR, 1, 1), days=365, lengths=no_lengths)
        planning = time.process_time() - began
    told = json.loads(said)
    print(f"one commune-year: {told['rows']} rows, {told['outcomes']}")
    print(f"broadcaster simulate {taken:6.1f} s CPU, {taken / told['rows'] * 1000:.2f} ms a row")
    print(f"its bare plan        {planning:6.1f} s CPU, {len(planned)} airings")
    print(f"limit {LIMIT_S:.0f} s; used: {taken / LIMIT_S:.0%}")


if __name__ == "__main__":
    main()
