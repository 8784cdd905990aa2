"""After a power cut with a faulty schedule.yaml the station goes on with the schedule that was last in force."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from broadcaster.errors import WorkspaceFault
from broadcaster.station.last_schedule import keep
from broadcaster.station.reload import ABOUT, Reload, tell_refusal
from broadcaster.station.station import open_station
from broadcaster.station.workspace import create

SCHEDULE = """\
xa: {{hoang-dao: {{ten: Xã Hoằng Đạo, loa: {{trung-tam: {{ten: Loa, dau_ra: tep}}}}}}}}
dau_ra: {{tep: {{kieu: file}}}}
lich:
  - {{ten: Tin, bai: tin/thu.txt, gio: "{hour}"}}
"""
FAULTY = SCHEDULE.format(hour="25:00")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A station that ran by a schedule without a fault; then somebody made a mistake in it."""
    folder = create(tmp_path / "dai", schedule=SCHEDULE.format(hour="06:00"), scripts=()).folder
    with open_station(folder) as station:
        keep(station)
    write(folder, FAULTY)
    return folder


def write(folder: Path, text: str) -> None:
    (folder / "schedule.yaml").write_text(text, encoding="utf-8")


def hour(folder: Path) -> str:
    with open_station(folder, fall_back=True) as station:
        (entry,) = station.schedule.entries
        return f"{entry.times[0]:%H:%M}"


def test_the_schedule_that_was_last_in_force_stands_in_and_the_faults_are_known(folder: Path) -> None:
    assert hour(folder) == "06:00"
    with open_station(folder, fall_back=True) as station:
        assert station.refused is not None
        assert station.refused.faults[0].line == 4
        assert str(station.whereabouts.of("lich", 0)) == "lich-dang-chay.yaml:4"


def test_who_edits_or_checks_is_told_of_the_faults_instead(folder: Path) -> None:
    with pytest.raises(WorkspaceFault):
        open_station(folder)


def test_where_no_station_ever_ran_there_is_nothing_to_fall_back_on(tmp_path: Path) -> None:
    folder = create(tmp_path / "moi", schedule=FAULTY, scripts=()).folder
    with pytest.raises(WorkspaceFault, match="25:00"):
        open_station(folder, fall_back=True)


@pytest.mark.parametrize("spoiled", [b"", b"\xff\xfe\x00", FAULTY.encode()])
def test_a_kept_schedule_that_is_spoiled_hides_no_fault(folder: Path, spoiled: bytes) -> None:
    (folder / "du-lieu" / "lich-dang-chay.yaml").write_bytes(spoiled)
    with pytest.raises(WorkspaceFault, match="25:00"):
        open_station(folder, fall_back=True)


def test_only_what_is_in_force_is_kept(folder: Path) -> None:
    """Somebody edits the file between the station's reading it and its being kept."""
    write(folder, SCHEDULE.format(hour="06:30"))
    with open_station(folder) as station:
        write(folder, SCHEDULE.format(hour="07:00"))
        keep(station)
    write(folder, FAULTY)
    assert hour(folder) == "06:00"


def test_a_folder_that_takes_no_file_keeps_no_station_from_running(folder: Path) -> None:
    write(folder, SCHEDULE.format(hour="06:30"))
    with open_station(folder) as station:
        data = folder / "du-lieu"
        data.rename(folder / "aside")
        data.write_text("not a folder")
        keep(station)


def test_the_fault_is_told_once_and_the_mended_file_is_taken_and_kept(folder: Path) -> None:
    os.utime(folder / "schedule.yaml", (1, 1))
    told: list[str] = []
    with open_station(folder, fall_back=True) as station:
        station.notices.tell = told.append
        assert station.refused is not None
        tell_refusal(station, station.refused)
        reload = Reload(station)
        assert [reload.look() for _ in range(3)] == [False] * 3
        (only,) = told
        assert "đài vẫn phát theo lịch cũ" in only
        assert "25:00" in only

        write(folder, SCHEDULE.format(hour="06:45"))
        assert [reload.look() for _ in range(2)] == [False, True]
        assert station.notices.about() == set()
        assert station.refused is None
    write(folder, FAULTY)
    assert hour(folder) == "06:45"


def test_the_old_schedule_written_back_ends_the_matter(folder: Path) -> None:
    with open_station(folder, fall_back=True) as station:
        assert station.refused is not None
        tell_refusal(station, station.refused)
        write(folder, SCHEDULE.format(hour="06:00"))
        reload = Reload(station)
        assert [reload.look() for _ in range(3)] == [False] * 3, "nothing changes"
        assert station.refused is None
        assert ABOUT not in station.notices.about()
