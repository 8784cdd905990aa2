from __future__ import annotations

from datetime import date

from broadcaster.config.entries import Campaign
from broadcaster.config.schedule import Schedule
from broadcaster.config.stations import Cluster, Commune, RelaySource
from broadcaster.reports.names import station_names


def test_names_come_from_the_schedule_and_unknown_keys_stay_as_they_are() -> None:
    schedule = Schedule(
        province="Thanh Hóa",
        communes={
            "hoang-dao": Commune(
                key="hoang-dao", name="Xã Hoằng Đạo", clusters=(Cluster(key="thon-1", name="Thôn 1", output="tep"),)
            )
        },
        sources={"vov1": RelaySource(key="vov1", name="VOV1", url="http://may-tiep-song/vov1")},
        campaigns=(
            Campaign(
                key="17-diem",
                name="17 điểm khác nhau",
                scripts=("17-diem/01.txt",),
                first=date(2026, 10, 1),
                last=date(2026, 10, 31),
                per_day=1,
            ),
        ),
    )
    names = station_names(schedule)
    assert names.province == "Thanh Hóa"
    assert names.commune("hoang-dao") == "Xã Hoằng Đạo"
    assert names.cluster("hoang-dao", "thon-1") == "Thôn 1"
    assert names.source("vov1") == "VOV1"
    assert names.campaign("17-diem") == "17 điểm khác nhau"
    assert names.commune("xa-cu") == "xa-cu"
    assert names.cluster("xa-cu", "loa") == "loa"
    assert names.cluster("hoang-dao", "loa-cu") == "loa-cu"
