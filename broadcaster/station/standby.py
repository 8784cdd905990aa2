"""The airings of one instant: made ready ahead, started together by one thread, each then fed by its own.

When each of 500 threads waited for the instant, started a decoder and noted the beginning with a commit of its own,
the last programme of the second began seconds late. Here all that is left for the instant itself is to hand the first
tenths of a second to each open output, some microseconds apiece.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto

from broadcaster.clock import SteadyClock
from broadcaster.errors import BroadcasterError
from broadcaster.model.as_run import Intent
from broadcaster.model.plan import AiringKind
from broadcaster.schedule.lateness import Missed, when_late
from broadcaster.station.booth import NOTICEABLY_LATE, Booth, Ready
from broadcaster.station.line_up import LineUp
from broadcaster.station.refusal import WITHDRAWN, Refused

LEAD = timedelta(seconds=4)
"""How long before its instant a lone airing is made ready: the programme proved, the output opened."""
LEAD_EACH = timedelta(milliseconds=25)
"""More for each other airing of the instant: several times what it takes."""
PREPARERS = 4
"""So many are made ready at a time."""
LAST_LOOK = timedelta(milliseconds=250)
"""How long before the instant it is decided who goes on the air, and noted in the ledger."""
LAST_LOOK_EACH = timedelta(microseconds=400)
FEED_EVERY_S = 0.2
"""Outputs are kept between 0.3 and 0.5 s ahead of the ear."""
SET_BACK = timedelta(seconds=5)
"""A clock that shows more than this to the instant when it should have come was set back."""


def lead(count: int) -> timedelta:
    """How long ahead so many airings of one instant are called for."""
    return LEAD + count * LEAD_EACH


class Verdict(Enum):
    """What becomes of one that stands by."""

    STARTED = auto()
    ALONE = auto()
    """It was not ready, or not allowed, by then: it is asked again, and starts by itself."""
    WITHDRAWN = auto()
    BACK = auto()
    """The clock is not believed, or the schedule wants it at another time: it waits again."""
    STOPPED = auto()


@dataclass(slots=True, eq=False)
class _Member:
    """One airing that stands by."""

    intent: Intent
    got: Ready | Refused | None = None
    verdict: Verdict = Verdict.ALONE
    has_device: bool = False
    """It sounds on what only one programme can have at a time, and may be waited for."""
    fed: threading.Event = field(default_factory=threading.Event)
    """All of its sound was handed over, or no more of it will be."""
    stop: threading.Event = field(default_factory=threading.Event)
    """A relay's own: it connects before it is decided whether it sounds."""

    @property
    def is_relay(self) -> bool:
        return self.intent.airing.kind is AiringKind.RELAY


class Standby:
    """All that starts at one instant. Run it on a thread of its own."""

    def __init__(
        self,
        booth: Booth,
        line_up: LineUp,
        instant: datetime,
        intents: Iterable[Intent],
        *,
        put_back: Callable[[Intent], None],
        trouble: Callable[[Intent, BroadcasterError | OSError], None],
    ) -> None:
        self.booth = booth
        self.line_up = line_up
        self.instant = instant
        self._put_back = put_back
        self._trouble = trouble
        self._members = [_Member(intent, has_device=self._has_device(intent)) for intent in intents]
        self._preparing = threading.Semaphore(PREPARERS)
        self._decided = threading.Event()

    def run(self) -> None:
        """Until each of them has its outcome, or waits again."""
        late = self.booth.station.clock.now() > self.instant + NOTICEABLY_LATE
        if late:
            self._take_out_unwanted()
        threads = [threading.Thread(target=self._follow, args=(member,), name="air") for member in self._members]
        for thread in threads:
            thread.start()
        try:
            if not late:
                self._start_together()
        finally:
            self._decided.set()
        self._feed_together()
        for thread in threads:
            thread.join()

    def stop(self) -> None:
        """Relays end, too; `Booth.stop` is for everything else."""
        for member in self._members:
            member.stop.set()

    def _start_together(self) -> None:
        count = len(self._members)
        decided_at = self.instant - min(LAST_LOOK + count * LAST_LOOK_EACH, lead(count) / 2)
        if self.booth.wait_until(decided_at):
            return self._all(Verdict.STOPPED)
        if self._is_to_wait_again():
            return self._all(Verdict.BACK)
        going = self._chosen()
        self.booth.outcomes.begin([(ready.intent, ready.programme) for _, ready in going], at=self.instant)
        while (rest := self._rest()) > timedelta():
            if rest > SET_BACK or self.booth.wait_until(self.instant):
                self.booth.outcomes.stand_down(ready.intent for _, ready in going)
                return self._all(Verdict.BACK if rest > SET_BACK else Verdict.STOPPED)
        steady = SteadyClock(self.booth.station.clock)
        for member, ready in going:
            ready.start(steady)
            member.verdict = Verdict.STARTED
        return None

    def _feed_together(self) -> None:
        """Whatever sounds on no device is fed here, each of them in turn; a device that hangs holds up nobody else."""
        hungry = [member for member in self._members if member.verdict is Verdict.STARTED and not member.has_device]
        try:
            while hungry:
                hungry = [member for member in hungry if self._feed(member)]
                if hungry:
                    self.booth.station.clock.wait(FEED_EVERY_S, until=self.booth.stop)
        finally:
            for member in self._members:
                member.fed.set()

    def _feed(self, member: _Member) -> bool:
        """Whether more is to come."""
        if isinstance(member.got, Ready) and member.got.playing.feed():
            return True
        member.fed.set()
        return False

    def _chosen(self) -> list[tuple[_Member, Ready]]:
        """Those that start together. Whoever is not ready follows alone."""
        self._take_out_unwanted()
        wanted = [member for member in self._members if member.verdict is Verdict.ALONE]
        return [(member, member.got) for member in wanted if isinstance(member.got, Ready)]

    def _take_out_unwanted(self) -> None:
        """What the schedule has no more, or wants at another time."""
        for member in self._members:
            wanted_at = self.line_up.wanted_at(member.intent)
            if wanted_at != member.intent.airing.start:
                member.verdict = Verdict.WITHDRAWN if wanted_at is None else Verdict.BACK
                member.stop.set()

    def _is_to_wait_again(self) -> bool:
        return not self.booth.station.timekeeper.judge().trusted or self._rest() > SET_BACK

    def _has_device(self, intent: Intent) -> bool:
        output = self.booth.station.outputs.get(intent.output)
        return output is not None and output.occupies is not None

    def _rest(self) -> timedelta:
        return self.instant - self.booth.station.clock.now()

    def _all(self, verdict: Verdict) -> None:
        for member in self._members:
            member.verdict = verdict
            member.stop.set()

    def _follow(self, member: _Member) -> None:
        """One airing, from its preparation to its outcome."""
        try:
            late = when_late(
                member.intent.airing, now=self.booth.station.clock.now(), length_s=member.intent.airing.length_s
            )
            if isinstance(late, Missed):
                self.booth.refuse(member.intent, self.line_up.missed(member.intent))
            elif member.is_relay:
                self._relay(member)
            else:
                self._make_ready(member)
                self._decided.wait()
                self._see_through(member)
        except (BroadcasterError, OSError) as error:
            self._trouble(member.intent, error)
        finally:
            self.line_up.let_go([member.intent])
            if member.verdict is Verdict.BACK:
                self._put_back(member.intent)

    def _make_ready(self, member: _Member) -> None:
        if self.line_up.wanted_at(member.intent) is None:
            return
        if member.has_device:
            # a device may have the programme before this one until shortly before
            self.booth.wait_until(self.instant - LEAD)
            member.got = self.booth.ready(member.intent)
        else:
            with self._preparing:
                if not self.booth.stop.is_set():
                    member.got = self.booth.ready(member.intent)

    def _see_through(self, member: _Member) -> None:
        ready = member.got if isinstance(member.got, Ready) else None
        if member.verdict is Verdict.STARTED and ready is not None:
            if not member.has_device:
                member.fed.wait()
            self.booth.finish(ready)
        elif member.verdict is Verdict.ALONE and ready is not None and not self.booth.wait_until(self.instant):
            self.booth.go(ready)
        elif ready is not None:
            ready.playing.abandon()
        if member.verdict is Verdict.WITHDRAWN:
            self.booth.refuse(member.intent, WITHDRAWN)
        elif member.verdict is Verdict.ALONE and ready is None:
            self.booth.air(member.intent, at=self.instant)

    def _relay(self, member: _Member) -> None:
        at = max(self.booth.station.clock.now(), self.instant)
        if self.booth.wait_until(at - LEAD):
            return
        row = self.booth.relay(member.intent, at=at, stop=member.stop)
        self._decided.wait()
        if row is None and member.verdict is Verdict.WITHDRAWN:
            self.booth.refuse(member.intent, WITHDRAWN)
