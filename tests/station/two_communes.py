"""Two communes whose one text is approved and whose other is a draft: what is simulated, and what is killed."""

from __future__ import annotations

from pathlib import Path

from broadcaster.station.prepare import approve, submit
from broadcaster.station.station import open_station
from broadcaster.station.workspace import create

APPROVED, DRAFT = "tin/thu.txt", "tin/nhap.txt"
SCHEDULE = """\
xa:
  hoang-dao:
    ten: Xã Hoằng Đạo
    loa: {{trung-tam: {{ten: Loa trung tâm, dau_ra: tep}}, thon-1: {{ten: Thôn 1, dau_ra: tep}}}}
  hoang-truong: {{ten: Xã Hoằng Trường, loa: {{ubnd: {{ten: Loa UBND, dau_ra: tep}}}}}}
khung_gio: {{{windows}}}
dau_ra: {{tep: {{kieu: file}}}}
nguon: {{vov1: {{ten: VOV1, url: "http://127.0.0.1:9/khong-co"}}}}
chuong_trinh: {{gon: [noi_dung]}}
lich:
{entries}"""


def two_communes(folder: Path, *, windows: str, entries: str) -> Path:
    """The folder of their station."""
    workspace = create(folder, schedule=SCHEDULE.format(windows=windows, entries=entries), scripts=())
    for script in (APPROVED, DRAFT):
        (workspace.scripts / script).parent.mkdir(exist_ok=True)
        (workspace.scripts / script).write_text("---\ntac_gia: Lê Thị Hòa\n---\nXin chào bà con.\n", encoding="utf-8")
    with open_station(folder) as station:
        submit(station, APPROVED, by="Lê Thị Hòa")
        approve(station, APPROVED, by="Trần Văn Hùng")
    return folder
