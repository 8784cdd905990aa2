"""A simulated day is the schedule's day, and proves nothing."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from station.two_communes import two_communes

from broadcaster.clock import VIETNAM
from broadcaster.errors import EvidenceBroken, WorkspaceFault, WrongUsage
from broadcaster.model.as_run import LogRow
from broadcaster.schedule.plan import no_lengths, plan
from broadcaster.station.account import print_logbook, write_station_report
from broadcaster.station.on_air import OnAir
from broadcaster.station.prove import log_rows, verify_log
from broadcaster.station.simulation import Summary, simulate
from broadcaster.station.station import open_station

START = datetime(2027, 1, 4, tzinfo=VIETNAM)
ENTRIES = """\
  - {ten: Thời sự, tiep_song: vov1, gio: 05:00, dai: 30 phút}
  - {ten: Tin, bai: tin/thu.txt, chuong_trinh: gon, gio: ["05:10", "17:30"], noi_phat: [hoang-truong]}
  - {ten: Chưa duyệt, bai: tin/nhap.txt, chuong_trinh: gon, gio: "05:40"}
  - {ten: Chưa viết, bai: "ban-tin/{ngay}.txt", gio: 17:45, noi_phat: [hoang-dao]}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mo-phong") / "đài"
    return two_communes(folder, windows="sang: 05:00-06:30, chieu: 17:00-18:00", entries=ENTRIES)


def simulated(folder: Path, records: Path, *, days: int = 3) -> Summary:
    return simulate(folder, start=START, end=START + timedelta(days=days), records=records, on_day=lambda day: None)


def rows_in(folder: Path, records: Path) -> list[LogRow]:
    with open_station(folder, readonly=True, records=records) as station:
        return log_rows(station)


def test_every_planned_airing_has_one_row_for_each_cluster_at_its_start(folder: Path, tmp_path: Path) -> None:
    simulated(folder, tmp_path / "mp.sqlite3")

    with open_station(folder, readonly=True) as station:
        planned = plan(station.schedule, first=START.date(), days=3, lengths=no_lengths)
        clusters = {key: len(commune.clusters) for key, commune in station.schedule.communes.items()}
    wanted = {airing.id: clusters[airing.commune] for airing in planned if airing.start is not None}
    rows = [logged.row for logged in rows_in(folder, tmp_path / "mp.sqlite3")]
    counted = {airing: sum(row.airing == airing for row in rows) for airing in {row.airing for row in rows}}
    assert counted == wanted
    assert all(row.late_ms == 0 for row in rows if row.started_at is not None)


def test_outcomes_are_those_that_the_station_would_have(folder: Path, tmp_path: Path) -> None:
    summary = simulated(folder, tmp_path / "mp.sqlite3", days=1)

    rows = [logged.row for logged in rows_in(folder, tmp_path / "mp.sqlite3")]
    ends = {(row.title, row.outcome, row.reason) for row in rows}
    assert ends == {
        ("Thời sự", "played", None),
        ("Tin", "played", None),
        ("Chưa duyệt", "missed", "chua-duyet"),
        ("Chưa viết", "failed", "thieu-bai"),
    }
    assert (summary.rows, sum(summary.outcomes.values())) == (len(rows), len(rows))
    relays = [row for row in rows if row.title == "Thời sự"]
    assert {row.played_s for row in relays} == {1800.0}
    assert {row.started_at for row in relays} == {START.replace(hour=5)}, "one commune's relay holds up no other"


def test_every_row_says_that_it_is_simulated(folder: Path, tmp_path: Path) -> None:
    simulated(folder, tmp_path / "mp.sqlite3")

    rows = [logged.row for logged in rows_in(folder, tmp_path / "mp.sqlite3")]
    assert all(row.simulated and row.clock == "simulated" for row in rows)
    assert all(row.audio is None and row.audio_sha256 is None for row in rows)


def test_it_is_no_evidence_and_no_report_is_made_of_it(folder: Path, tmp_path: Path) -> None:
    records = tmp_path / "mp.sqlite3"
    simulated(folder, records)

    with open_station(folder, readonly=True, records=records) as station:
        verdict = verify_log(station)
        assert not verdict.ok
        assert "mô phỏng" in (verdict.why or "")
        rows, out = log_rows(station), tmp_path / "bao-cao.docx"
        with pytest.raises(EvidenceBroken, match="mô phỏng"):
            write_station_report(station, "periodic", period="2027-01", directive=None, commune=None, at=START, out=out)
        with pytest.raises(EvidenceBroken, match="mô phỏng"):
            print_logbook(station, rows, first=None, last=None, out=out)
        assert not out.exists()


def test_the_same_year_comes_out_the_same(folder: Path, tmp_path: Path) -> None:
    for name in ("một", "hai"):
        simulated(folder, tmp_path / f"{name}.sqlite3")

    assert rows_in(folder, tmp_path / "một.sqlite3") == rows_in(folder, tmp_path / "hai.sqlite3")


def test_a_second_simulation_begins_anew(folder: Path, tmp_path: Path) -> None:
    first = simulated(folder, tmp_path / "mp.sqlite3")
    assert simulated(folder, tmp_path / "mp.sqlite3") == first


def test_the_stations_own_records_stay_as_they_are(folder: Path, tmp_path: Path) -> None:
    own = folder / "du-lieu" / "dai.sqlite3"
    before = own.read_bytes()

    simulated(folder, tmp_path / "mp.sqlite3")
    with pytest.raises(WrongUsage, match="nhật ký thật"):
        simulated(folder, own)

    assert own.read_bytes() == before
    assert not (folder / "du-lieu" / "moc.jsonl").exists()


def test_a_copy_of_real_records_is_not_written_over(folder: Path, tmp_path: Path) -> None:
    records = tmp_path / "thật.sqlite3"
    simulated(folder, records, days=1)
    with open_station(folder, records=records) as station:
        row = log_rows(station)[0].row
        station.log.append(type(row)(**{**_fields(row), "airing": "thật", "simulated": False}))
    before = rows_in(folder, records)

    with pytest.raises(WorkspaceFault, match="dòng nhật ký thật"):
        simulated(folder, records)

    assert rows_in(folder, records) == before


def _fields(row: object) -> dict[str, object]:
    return {name: getattr(row, name) for name in type(row).__dataclass_fields__}  # type: ignore[attr-defined]


def test_no_real_station_runs_on_simulated_records(folder: Path, tmp_path: Path) -> None:
    records = tmp_path / "mp.sqlite3"
    simulated(folder, records, days=1)

    with open_station(folder, records=records) as station, pytest.raises(WorkspaceFault, match="mô phỏng"):
        OnAir(station, stop=threading.Event(), tell=lambda line: None).run()


def test_a_time_that_ends_before_it_begins_is_wrong_usage(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongUsage):
        simulate(folder, start=START, end=START, records=tmp_path / "mp.sqlite3", on_day=lambda day: None)


def test_days_are_told_as_they_pass(folder: Path, tmp_path: Path) -> None:
    told: list[date] = []
    simulate(folder, start=START, end=START + timedelta(days=3), records=tmp_path / "mp.sqlite3", on_day=told.append)
    assert told == sorted(told)
    assert told[-1] == date(2027, 1, 7)
