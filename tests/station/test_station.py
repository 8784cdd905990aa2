"""A station's parts are made once, whoever asks first and however many ask at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from station.day import Day

from broadcaster.station.station import Station


def test_threads_that_ask_at_the_same_time_get_the_same_database(day: Day) -> None:
    together = threading.Barrier(8)

    def ask(station: Station) -> object:
        together.wait()
        return station.database

    for _ in range(20):
        with Station(day.station.workspace, day.station.schedule, day.clock) as station, ThreadPoolExecutor(8) as pool:
            assert len(set(map(id, pool.map(ask, [station] * 8)))) == 1
