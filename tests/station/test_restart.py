"""The station is killed before or after any of its writes, again and again: each planned airing has one outcome."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from station.two_communes import two_communes

from broadcaster.clock import VIETNAM, SimulatedClock
from broadcaster.model.as_run import AsRunRow, Outcome, OutcomeReason
from broadcaster.playout.silent import SilentOutput
from broadcaster.schedule.plan import no_lengths, plan
from broadcaster.station.prove import log_rows
from broadcaster.station.silent_deck import StillApprovals
from broadcaster.station.simulation import _Simulation
from broadcaster.station.station import Station, open_station
from broadcaster.storage.database import Database, open_database
from broadcaster.storage.ledger import SqliteLedger

START = datetime(2027, 1, 4, 5, 0, tzinfo=VIETNAM)
END = START + timedelta(minutes=30)
ENTRIES = """\
  - {ten: Tin, bai: tin/thu.txt, chuong_trinh: gon, gio: ["05:01", "05:09", "05:20"]}
  - {ten: Chưa duyệt, bai: tin/nhap.txt, chuong_trinh: gon, gio: "05:12"}
  - {ten: Thời sự, tiep_song: vov1, gio: 05:12, dai: 5 phút, noi_phat: [hoang-truong]}
"""


class Killed(BaseException):
    """kill -9: nothing of the station runs on."""


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Station]:
    """The station whose texts and approvals these are."""
    folder = two_communes(tmp_path_factory.mktemp("chet") / "dai", windows="sang: 05:00-06:30", entries=ENTRIES)
    with open_station(folder) as station:
        yield station


class Life:
    """One life of the station after another, over one set of records; it has run before."""

    def __init__(self, real: Station, records: Path) -> None:
        self.real = real
        self.records = records
        self.at = START - timedelta(seconds=1)
        self.writes = 0
        shutil.copyfile(_fresh_records(real), records)

    def live(self, *, kill_at_write: int | None, after: bool = False, monkeypatch: pytest.MonkeyPatch) -> bool:
        """Until `END`, or until it is killed before (or just `after`) a commit; says whether it came to the end."""
        clock = SimulatedClock(self.at)
        commit = Database._run
        self.writes = 0

        def mortal(database: Database, sql: str) -> None:
            if sql != "COMMIT" or database.path != self.records:
                commit(database, sql)
                return
            self.writes += 1
            fatal = self.writes == kill_at_write
            if fatal and not after:
                raise Killed
            commit(database, sql)
            if fatal:
                raise Killed

        with self._station(clock) as station, monkeypatch.context() as patch:
            station.database.tables.execute("PRAGMA synchronous=OFF")
            patch.setattr(Database, "_run", mortal)
            try:
                self._run(station, clock)
            except Killed:
                self.at = clock.now()
                return False
        return True

    def _station(self, clock: SimulatedClock) -> Station:
        real = self.real
        station = Station(real.workspace, real.schedule, clock, simulated=True, records=self.records)
        output = SilentOutput("tep", clock=clock, at_once=True)
        station.use(outputs={"tep": output}, approvals=StillApprovals(real.approvals), shelf=real.shelf)
        return station

    def _run(self, station: Station, clock: SimulatedClock) -> None:
        """As the running station does: account for the past, plan, play, plan again."""
        simulation = _Simulation(station, clock, on_day=lambda day: None)
        simulation.booth.outcomes.account_for_interrupted()
        simulation._plan()
        while clock.now() < END:
            simulation._play(until=min(clock.now() + timedelta(minutes=5), END))
            simulation._plan()

    def rows(self) -> list[AsRunRow]:
        with self._station(SimulatedClock(END)) as station:
            return [logged.row for logged in log_rows(station)]

    def begun(self) -> set[tuple[str, str]]:
        """What was on the air when it was killed."""
        with self._station(SimulatedClock(END)) as station:
            return {(each.airing.id, each.cluster) for each in station.ledger.open() if each.began_at is not None}


def _fresh_records(real: Station) -> Path:
    """Of a station that has run before, and has nothing in its log."""
    path = real.workspace.data / "moi.sqlite3"
    if not path.exists():
        with open_database(path) as database:
            SqliteLedger(database).mark_seen(START - timedelta(hours=1))
    return path


def planned(real: Station) -> Counter[tuple[str, str]]:
    schedule = real.schedule
    airings = plan(schedule, first=START.date(), days=1, lengths=no_lengths)
    return Counter(
        (airing.id, cluster.key)
        for airing in airings
        if airing.start is not None and airing.start < END
        for cluster in schedule.communes[airing.commune].clusters
    )


def check(real: Station, rows: list[AsRunRow]) -> None:
    """One outcome each, and none that rule 11 does not allow."""
    assert Counter((row.airing, row.cluster) for row in rows) == planned(real)
    for row in rows:
        if row.outcome is Outcome.PLAYED and row.late_ms is not None and row.title != "Thời sự":
            assert 0 <= row.late_ms <= 120_000, row
            assert (row.reason is OutcomeReason.LATE) == (row.late_ms > 1000), row
        if row.outcome is not Outcome.PLAYED:
            assert row.reason is not None, row
        if row.title == "Chưa duyệt":
            assert row.outcome is not Outcome.PLAYED


@pytest.fixture(scope="module")
def commits(real: Station, tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many a life without a kill has."""
    life = Life(real, tmp_path_factory.mktemp("song") / "song.sqlite3")
    with pytest.MonkeyPatch.context() as patch:
        assert life.live(kill_at_write=None, monkeypatch=patch)
    check(real, life.rows())
    return life.writes


@pytest.mark.parametrize("after", [False, True], ids=["before the commit", "after it"])
def test_a_kill_at_every_single_write_leaves_one_outcome_each(
    real: Station, commits: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    assert commits > 20
    for number in range(1, commits + 1):
        life = Life(real, tmp_path / f"{number}.sqlite3")
        assert not life.live(kill_at_write=number, after=after, monkeypatch=monkeypatch)
        life.at += timedelta(seconds=20)
        assert life.live(kill_at_write=None, monkeypatch=monkeypatch)
        check(real, life.rows())


def kills() -> st.SearchStrategy[list[tuple[int, bool, int]]]:
    """At which write, before or after it, and for how many seconds the station is off then."""
    return st.lists(st.tuples(st.integers(1, 40), st.booleans(), st.integers(0, 400)), min_size=1, max_size=6)


@given(deaths=kills())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_many_kills_at_random_moments_leave_one_outcome_each(
    real: Station, tmp_path_factory: pytest.TempPathFactory, deaths: list[tuple[int, bool, int]]
) -> None:
    life = Life(real, tmp_path_factory.mktemp("nhieu") / "mp.sqlite3")
    with pytest.MonkeyPatch.context() as patch:
        for write, after, off_s in deaths:
            if life.live(kill_at_write=write, after=after, monkeypatch=patch):
                break
            life.at += timedelta(seconds=off_s)
        else:
            assert life.live(kill_at_write=None, monkeypatch=patch)
    check(real, life.rows())


def test_what_was_on_the_air_when_the_station_died_is_not_played_again(
    real: Station, commits: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: set[tuple[str, str]] = set()
    for number in range(1, commits + 1, 3):
        life = Life(real, tmp_path / f"{number}.sqlite3")
        life.live(kill_at_write=number, after=True, monkeypatch=monkeypatch)
        begun = life.begun()
        life.at += timedelta(seconds=20)
        life.live(kill_at_write=None, monkeypatch=monkeypatch)
        rows = {(row.airing, row.cluster): row for row in life.rows()}
        assert all(rows[key].outcome is not Outcome.PLAYED for key in begun)
        assert all(rows[key].reason is OutcomeReason.STATION_DIED for key in begun)
        started |= begun
    assert len(started) > 3
