"""An edit of schedule.yaml takes effect when the file rests and has no fault; until then the last good plan goes on."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from broadcaster.clock import VIETNAM
from broadcaster.station.reload import ABOUT, Reload
from broadcaster.station.station import Station, open_station
from broadcaster.station.workspace import create
from broadcaster.testing import ManualClock, RecordingOutput

NOW = datetime(2026, 10, 10, 5, 30, tzinfo=VIETNAM)
SCHEDULE = """\
xa: {{hoang-dao: {{ten: Xã Hoằng Đạo, loa: {{trung-tam: {{ten: Loa, dau_ra: {output}}}}}}}}}
dau_ra: {{loa: {{kieu: file}}, tep: {{kieu: {kind}}}}}
lich:
{entries}"""


def text(*hours: str, output: str = "loa", kind: str = "file") -> str:
    entries = "".join(f'  - {{ten: Tin {hour}, bai: tin/thu.txt, gio: "{hour}"}}\n' for hour in hours)
    return SCHEDULE.format(entries=entries or "  []\n", output=output, kind=kind)


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    folder = create(tmp_path / "dai", schedule=text("06:00"), scripts=()).folder
    os.utime(folder / "schedule.yaml", (1, 1))
    with open_station(folder, clock=ManualClock(NOW)) as opened:
        yield opened


@pytest.fixture
def told(station: Station) -> list[str]:
    lines: list[str] = []
    station.notices.tell = lines.append
    return lines


def write(station: Station, content: str | bytes) -> None:
    data = content.encode() if isinstance(content, str) else content
    station.workspace.schedule_file.write_bytes(data)


def hours(station: Station) -> list[str]:
    return [f"{at:%H:%M}" for entry in station.schedule.entries for at in entry.times]


def test_an_edit_takes_effect_once_the_file_rests(station: Station, told: list[str]) -> None:
    reload = Reload(station)
    write(station, text("06:00", "06:15"))

    assert reload.look() is False, "somebody may still be writing"
    assert reload.look() is True
    assert hours(station) == ["06:00", "06:15"]
    assert [reload.look() for _ in range(10)] == [False] * 10
    assert told == []


def test_a_file_that_nobody_touched_is_left_alone(station: Station) -> None:
    reload = Reload(station)
    assert [reload.look() for _ in range(10)] == [False] * 10


def test_an_edit_between_reading_and_watching_is_seen(tmp_path: Path) -> None:
    folder = create(tmp_path / "dai", schedule=text("06:00"), scripts=()).folder
    with open_station(folder) as station:
        write(station, text("06:15"))
        reload = Reload(station)
        assert any(reload.look() for _ in range(3))
        assert hours(station) == ["06:15"]


def test_a_faulty_edit_changes_nothing_and_names_every_fault(station: Station, told: list[str]) -> None:
    reload = Reload(station)
    write(station, text("17h30x", "25:00"))

    assert [reload.look() for _ in range(8)] == [False] * 8

    assert hours(station) == ["06:00"]
    (notice,) = station.notices.standing()
    assert "đài vẫn phát theo lịch cũ" in notice.message
    assert "17h30x" in notice.message
    assert "25:00" in notice.message
    assert "schedule.yaml:4" in notice.message
    assert len(told) == 1, "once, not every second"


def test_it_is_told_when_the_file_is_well_again(station: Station, told: list[str]) -> None:
    reload = Reload(station)
    write(station, "xa: [\n")
    reload.look(), reload.look()
    write(station, text("06:20"))
    reload.look()

    assert reload.look() is True
    assert station.notices.standing() == ()
    assert told[-1] == "schedule.yaml đã hết lỗi."


def test_a_faulty_edit_that_is_taken_back_is_over(station: Station, told: list[str]) -> None:
    reload = Reload(station)
    write(station, "xa: [\n")
    reload.look(), reload.look()
    write(station, text("06:00"))
    reload.look()

    assert reload.look() is False, "it is the schedule that was in force all the time"
    assert station.notices.standing() == ()
    assert "trở lại" in told[-1]


def test_a_file_half_written_by_an_editor_is_never_taken(station: Station) -> None:
    whole = text("06:00", "06:10", "06:20").encode()
    reload = Reload(station)
    for cut in range(0, len(whole), 7):
        write(station, whole[:cut])
        assert reload.look() is False
    write(station, whole)
    reload.look()

    assert reload.look() is True
    assert hours(station) == ["06:00", "06:10", "06:20"]
    assert station.notices.standing() == ()


def test_an_editor_that_stalls_in_the_middle_leaves_the_last_good_plan(station: Station) -> None:
    reload = Reload(station)
    write(station, text("06:10", "06:20").encode()[:-9])
    for _ in range(4):
        assert reload.look() is False
    assert hours(station) == ["06:00"]
    assert [notice.about for notice in station.notices.standing()] == [ABOUT]


def test_a_deleted_file_leaves_the_last_good_plan(station: Station) -> None:
    reload = Reload(station)
    station.workspace.schedule_file.unlink()

    for _ in range(4):
        assert reload.look() is False

    assert hours(station) == ["06:00"]
    assert [notice.about for notice in station.notices.standing()] == [ABOUT]
    write(station, text("06:30"))
    reload.look()
    assert reload.look() is True


def test_an_editor_that_replaces_the_file_is_followed(station: Station) -> None:
    reload = Reload(station)
    aside = station.workspace.folder / "schedule.yaml.tmp"
    aside.write_text(text("07:00"), encoding="utf-8")
    aside.replace(station.workspace.schedule_file)
    reload.look()

    assert reload.look() is True
    assert hours(station) == ["07:00"]


def test_a_second_edit_of_the_same_date_and_size_is_seen(station: Station) -> None:
    reload = Reload(station)
    for hour in ("06:10", "06:20"):
        write(station, text(hour))
        os.utime(station.workspace.schedule_file, (2, 2))
        assert any(reload.look() for _ in range(2))
        assert hours(station) == [hour]


def test_two_offices_that_save_at_once_end_with_what_was_saved_last(station: Station) -> None:
    """Whole files in turn, hundreds of times, while the station looks: never a mixture, in the end the last one."""
    reload = Reload(station)
    versions = [text("06:10", "06:11", "06:12"), text("07:10", "07:11")]

    def office(version: str) -> None:
        for _ in range(150):
            write(station, version)

    offices = [threading.Thread(target=office, args=(version,)) for version in versions]
    for thread in offices:
        thread.start()
    while any(thread.is_alive() for thread in offices):
        reload.look()
        assert hours(station) in (["06:00"], ["06:10", "06:11", "06:12"], ["07:10", "07:11"])
    write(station, versions[0])
    for _ in range(3):
        reload.look()

    assert hours(station) == ["06:10", "06:11", "06:12"]
    assert station.notices.standing() == ()


def test_outputs_whose_settings_stand_stay_what_they_are(station: Station) -> None:
    sounding = RecordingOutput("loa", clock=station.clock)
    station.use(outputs={"loa": sounding, "tep": RecordingOutput("tep", clock=station.clock)})
    reload = Reload(station)
    write(station, text("06:00", kind="auto"))
    reload.look(), reload.look()

    assert station.outputs["loa"] is sounding
    assert not isinstance(station.outputs["tep"], RecordingOutput)


def test_an_output_of_no_known_kind_is_a_fault_like_any_other(station: Station) -> None:
    before = station.outputs
    reload = Reload(station)
    write(station, text("06:30", kind="loa-keo"))
    reload.look()

    assert reload.look() is False
    assert hours(station) == ["06:00"]
    assert station.outputs is before
    (notice,) = station.notices.standing()
    assert "loa-keo" in notice.message


def test_new_communes_bring_their_own_words(station: Station) -> None:
    assert station.houses.of("hoang-dao") is not None
    write(station, text("06:00").replace("hoang-dao", "hoang-truong"))
    reload = Reload(station)
    reload.look(), reload.look(), reload.look()

    assert list(station.schedule.communes) == ["hoang-truong"]
    assert station.houses.of("hoang-truong") is not None
