"""A running station that can be had for a tenth of a second: a process that has everything imported forks one a line.

Each line of standard input starts one in a child of its own, once the one before has ended, and prints its id; whoever
gets it may kill it. The station is the real one (`OnAir` on the system's clock); only its outputs are silent, so that a
kill costs no encoder.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

from broadcaster.playout.silent import SilentOutput
from broadcaster.station.on_air import OnAir
from broadcaster.station.station import open_station
from broadcaster.station.workspace import only_runner


def live(folder: Path) -> None:
    """Until SIGTERM, or a worse end."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    with open_station(folder) as station, only_runner(station.workspace):
        station.use(outputs={name: SilentOutput(name, clock=station.clock) for name in station.schedule.outputs})
        OnAir(station, stop=stop, tell=lambda line: None).run()


def main() -> None:
    folder, child = Path(sys.argv[1]), 0
    for _ in sys.stdin:
        if child:
            os.waitpid(child, 0)
        child = os.fork()
        if child == 0:
            live(folder)
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
    os.waitpid(child, 0)


if __name__ == "__main__":
    main()
