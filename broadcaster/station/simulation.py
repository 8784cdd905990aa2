"""The same station on a simulated clock and silent outputs: a year in seconds, its rows marked, and never evidence.

Plan, ledger, lateness, approvals, texts and log are the running station's own. Simulated are the clock, which goes from
event to event, the sound, of which only the length is real, and relays, whose sources are taken to be there.
"""

from __future__ import annotations

import heapq
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from broadcaster.clock import SimulatedClock, SteadyClock
from broadcaster.errors import WorkspaceFault, WrongUsage
from broadcaster.model.as_run import Intent, LogRow
from broadcaster.model.plan import AiringKind
from broadcaster.playout.silent import SilentOutput
from broadcaster.station.booth import Booth, Ready
from broadcaster.station.line_up import LineUp
from broadcaster.station.outcomes import Outcomes
from broadcaster.station.refusal import Refused
from broadcaster.station.silent_deck import SilentDeck, StillApprovals
from broadcaster.station.station import Station, open_station

REPLAN_AT = time(23, 0)
"""As the running station does every night."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What came of the simulated time."""

    records: Path
    rows: int
    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    played_s: float = 0.0


def simulate(folder: Path, *, start: datetime, end: datetime, records: Path, on_day: Callable[[date], None]) -> Summary:
    """Let the station in `folder` run from `start` to `end`, into `records`, which is begun anew.

    What sounds at `end` is let sound to its end. Raises `WrongUsage` for a time that ends before it begins and for the
    station's own records, `WorkspaceFault` for records with rows of a real station in them.
    """
    if end <= start:
        raise WrongUsage("Thời gian mô phỏng kết thúc trước khi bắt đầu.", remedy="Ghi --from trước --to.")
    with open_station(folder, readonly=True) as real:
        _begin_anew(records, own=real.workspace.database)
        # a moment before: what starts at `start` itself is still to come then
        clock = SimulatedClock(start - timedelta(seconds=1))
        station = Station(real.workspace, real.schedule, clock, simulated=True, records=records)
        outputs = {name: SilentOutput(name, clock=clock, at_once=True) for name in real.schedule.outputs}
        with station:
            station.use(outputs=outputs, approvals=StillApprovals(real.approvals), shelf=real.shelf)
            return _Simulation(station, clock, on_day=on_day).run(end)


class _Simulation:
    """One thread goes from event to event: ends, then starts, then the nightly plan."""

    def __init__(self, station: Station, clock: SimulatedClock, *, on_day: Callable[[date], None]) -> None:
        self.station = station
        self.clock = clock
        self._on_day = on_day
        self._rows: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()
        self._played_s = 0.0
        outcomes = Outcomes(station, tell=self._count, warn=station.notices.tell)
        self._deck = SilentDeck(station)
        self.booth = Booth(station, self._deck, outcomes, stop=threading.Event())
        self.line_up = LineUp(station, self.booth)
        self._due: dict[datetime, list[Intent]] = {}
        self._sounding: list[tuple[datetime, int, Ready]] = []
        self._started = 0

    def run(self, end: datetime) -> Summary:
        """Day by day, each of them one transaction."""
        while self.clock.now() < end:
            tonight = _next(REPLAN_AT, after=self.clock.now())
            with self.station.database.atomic():
                self._plan()
                self._play(until=min(tonight, end))
            self._on_day(self.clock.now().date())
        with self.station.database.atomic():
            while self._sounding:
                self._finish_next()
        self.station.checkpoints.write(self.station.log.last(), at=self.clock.now())
        return Summary(
            records=self.station.records or self.station.workspace.database,
            rows=self._rows.total(),
            outcomes=self._rows,
            reasons=self._reasons,
            played_s=self._played_s,
        )

    def _plan(self) -> None:
        self._due = {}
        for intent in self.line_up.renew():
            if intent.airing.start is not None:
                self._due.setdefault(intent.airing.start, []).append(intent)

    def _play(self, *, until: datetime) -> None:
        for instant in sorted(at for at in self._due if at < until):
            self._end_those_until(instant)
            self.clock.go_on_to(instant)
            for intent in self._due.pop(instant):
                self._start(intent)
        self._end_those_until(until)
        self.clock.go_on_to(until)

    def _start(self, intent: Intent) -> None:
        self.line_up.take(intent)
        relay = intent.airing.kind is AiringKind.RELAY
        ready = self.booth.load(intent, self._deck.relayed(intent)) if relay else self.booth.ready(intent)
        if isinstance(ready, Refused):
            self.booth.refuse(intent, ready)
            self.line_up.let_go([intent])
            return
        self.booth.outcomes.begin([(intent, ready.programme)], at=self.clock.now())
        ready.start(SteadyClock(self.clock))
        ends_at = self.clock.now() + timedelta(seconds=ready.programme.length_s)
        self._started += 1
        heapq.heappush(self._sounding, (ends_at, self._started, ready))

    def _end_those_until(self, at: datetime) -> None:
        while self._sounding and self._sounding[0][0] <= at:
            self._finish_next()

    def _finish_next(self) -> None:
        ends_at, _, ready = heapq.heappop(self._sounding)
        self.clock.go_on_to(ends_at)
        self.booth.finish(ready)
        self.line_up.let_go([ready.intent])

    def _count(self, logged: LogRow) -> None:
        self._rows[logged.row.outcome] += 1
        self._reasons.update([logged.row.reason] if logged.row.reason else [])
        self._played_s += logged.row.played_s


def _begin_anew(records: Path, *, own: Path) -> None:
    """Simulated rows would take the place of real outcomes: an airing has one in its log, whoever wrote it."""
    if records.resolve() == own.resolve():
        raise WrongUsage(
            "Không mô phỏng vào nhật ký thật của đài.",
            remedy="Bỏ --db, hoặc chọn một tệp khác, ví dụ mo-phong.sqlite3.",
        )
    if not records.exists():
        return
    from broadcaster.storage.database import open_to_read

    with open_to_read(records) as old:
        if old.read("SELECT 1 FROM as_run WHERE NOT simulated LIMIT 1"):
            raise WorkspaceFault(
                f"Tệp {records} có dòng nhật ký thật, không ghi đè bằng mô phỏng.", remedy="Chọn một tệp khác cho --db."
            )
    for part in (records, *(records.with_name(records.name + tail) for tail in ("-wal", "-shm"))):
        part.unlink(missing_ok=True)
    records.with_suffix(".moc.jsonl").unlink(missing_ok=True)


def _next(at: time, *, after: datetime) -> datetime:
    """The next time that it is `at`, later than `after`."""
    today = datetime.combine(after.date(), at, after.tzinfo)
    return today if today > after else today + timedelta(days=1)
