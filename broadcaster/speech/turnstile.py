"""How often a service may be asked: one request after the other, and none at all for a while once it refused.

Its state is a file, so that several processes and the next start of the station keep to it too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from filelock import FileLock

from broadcaster.audio.atomic import replacing
from broadcaster.clock import Clock
from broadcaster.errors import AudioFault, SpeechFault

GAP = timedelta(seconds=0.5)
"""Between the beginnings of two requests."""
FIRST_BLOCK = timedelta(minutes=15)
"""After the first refusal; each further one in a row doubles it."""
LONGEST_BLOCK = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """What the file says."""

    next_at: datetime | None = None
    """The earliest beginning of the next request."""
    blocked_until: datetime | None = None
    refusals: int = 0
    """In a row."""

    @property
    def block(self) -> timedelta:
        """How long the block is that `refusals` in a row bring."""
        return min(LONGEST_BLOCK, FIRST_BLOCK * 2 ** (self.refusals - 1)) if self.refusals else timedelta()


class Turnstile:
    """Shared by everybody who has the same folder."""

    def __init__(self, folder: Path, *, clock: Clock, gap: timedelta = GAP) -> None:
        self._file = folder / "luot-hoi.json"
        self._clock = clock
        self._gap = gap

    def blocked_until(self) -> datetime | None:
        """When the block ends; None where there is none, or where a clock that jumped made it longer than any."""
        turns = self._read()
        now = self._clock.now()
        until = turns.blocked_until
        return until if until and now < until <= now + turns.block else None

    def wait_for_turn(self) -> None:
        """Lets the gap to the request before pass, whoever sent it."""
        with self._alone():
            turns = self._read()
            now = self._clock.now()
            planned = turns.next_at if turns.next_at and turns.next_at <= now + 60 * self._gap else None
            at = max(now, planned) if planned else now
            self._write(replace(turns, next_at=at + self._gap))
        self._clock.wait((at - now).total_seconds())

    def refused(self, *, at_most: timedelta | None = None) -> datetime:
        """Notes a refusal; gives the end of the block that it brings, which the service itself may make shorter."""
        with self._alone():
            turns = self._read()
            turns = replace(turns, refusals=turns.refusals + 1)
            until = self._clock.now() + (turns.block if at_most is None else min(at_most, turns.block))
            self._write(replace(turns, blocked_until=until))
            return until

    def answered(self) -> None:
        """The service takes requests again: the next refusal counts as the first."""
        if self._read().refusals:
            with self._alone():
                self._write(replace(self._read(), refusals=0, blocked_until=None))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self._file.with_suffix(".lock")):
                yield
        except (OSError, AudioFault) as error:
            raise SpeechFault(
                f"Không ghi được {self._file}.", remedy="Kiểm tra quyền ghi và chỗ trống của thư mục này."
            ) from error

    def _read(self) -> Turns:
        """A file that is missing or torn says nothing: the service itself will refuse again if it must."""
        try:
            said = json.loads(self._file.read_bytes())
            next_at, until = (said[key] and datetime.fromisoformat(said[key]) for key in ("next_at", "blocked_until"))
            aware = all(instant is None or instant.tzinfo for instant in (next_at, until))
            return Turns(next_at=next_at, blocked_until=until, refusals=int(said["refusals"])) if aware else Turns()
        except (OSError, ValueError, TypeError, KeyError):
            return Turns()

    def _write(self, turns: Turns) -> None:
        said = {
            "next_at": turns.next_at and turns.next_at.isoformat(),
            "blocked_until": turns.blocked_until and turns.blocked_until.isoformat(),
            "refusals": turns.refusals,
        }
        with replacing(self._file) as draft:
            draft.write_text(json.dumps(said), encoding="utf-8")
