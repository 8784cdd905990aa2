"""Fakes shipped as product: they pass the same contract suites as the real things."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from broadcaster.clock import VIETNAM, Clock, ClockStanding, SimulatedClock, SystemClock
from broadcaster.config.edits.journal import JournalStep
from broadcaster.errors import BroadcasterError, EvidenceBroken, Fault, SpeechFault
from broadcaster.evidence.chain import hash_of
from broadcaster.evidence.checkpoints import Checkpoint
from broadcaster.model.as_run import GENESIS, AsRunRow, Intent, LogRow
from broadcaster.model.programme import Measurement, Programme
from broadcaster.model.script import ApprovalStep
from broadcaster.model.speech import Phrase, Voice
from broadcaster.playout.pace import Pace, PacedStream, pieces

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from broadcaster.audio.clip import Clip


class ManualClock(SimulatedClock):
    """A simulated clock whose wall time can be set wrong, as a machine's."""

    def __init__(self, now: datetime, *, standing: ClockStanding | None = None) -> None:
        super().__init__(now)
        self._standing = standing or ClockStanding(boot="1")
        self._jumps: list[tuple[float, float]] = []

    def standing(self) -> ClockStanding:
        return self._standing

    def advance(self, seconds: float) -> None:
        """Both times pass, and what was to jump meanwhile has."""
        super().advance(seconds)
        due = [by for at, by in self._jumps if at <= self.monotonic()]
        self._jumps = [(at, by) for at, by in self._jumps if at > self.monotonic()]
        with self._lock:
            self._now += timedelta(seconds=sum(due))

    def jump(self, seconds: float, *, after: float = 0.0, synchronised: bool | None = None) -> None:
        """The wall time alone is set by `seconds`, once `after` have passed; `synchronised`: by a time service."""
        self._standing = replace(self._standing, synchronised=synchronised)
        self._jumps.append((self.monotonic() + after, seconds))
        if not after:
            self.advance(0.0)


class SettableClock(SystemClock):
    """The machine's own clock, its wall time set by hand meanwhile: for stations that run in earnest."""

    def __init__(self, *, synchronised: bool | None = None) -> None:
        self._set_by = timedelta()
        self._standing = ClockStanding(synchronised=synchronised, boot="1")

    def now(self) -> datetime:
        return super().now() + self._set_by

    def standing(self) -> ClockStanding:
        return self._standing

    def jump(self, seconds: float, *, synchronised: bool | None = None) -> None:
        """The wall time is set by `seconds`; `synchronised`: by a time service."""
        self._standing = replace(self._standing, synchronised=synchronised)
        self._set_by += timedelta(seconds=seconds)


class SilentEngine:
    """A quiet tone for each phrase that swells once a syllable, 3.1 times a second."""

    name = "silent"
    version = "1"
    repeatable = True
    sample_rate = 16_000

    def check(self) -> Sequence[Fault]:
        return ()

    def voices(self) -> Sequence[Voice]:
        return (Voice(engine=self.name, name="tone", title="Tiếng tút nhỏ (để chạy thử)"),)

    def speak(self, phrases: Sequence[Phrase], voice: Voice) -> Clip:
        """Raises `SpeechFault` for what has nothing to say, as every engine must."""
        from broadcaster.speech.joining import joined
        from broadcaster.speech.wording import phrases_in_one_go

        if voice.key != self.voices()[0].key:
            raise SpeechFault(f"Bộ đọc thử không có giọng {voice.key!r}.", remedy="Giọng của nó: silent:tone.")
        return joined([(self._tone(phrase.text), phrase.boundary) for phrase in phrases_in_one_go(phrases)])

    def close(self) -> None:
        """Nothing runs."""

    def _tone(self, text: str) -> Clip:
        """A syllable each of three tones in turn, −34 dBFS at its loudest."""
        import numpy as np

        from broadcaster.audio.clip import Clip
        from broadcaster.speech.wording import least_syllables

        time_s = np.arange(round(least_syllables(text) / 3.1 * self.sample_rate)) / self.sample_rate
        hertz = np.array([440, 550, 660])[np.floor(3.1 * time_s + 0.5).astype(int) % 3]
        tone = 0.02 * np.sin(2 * np.pi * hertz * time_s) * np.abs(np.cos(np.pi * 3.1 * time_s))
        return Clip(samples=tone.astype(np.float32), sample_rate=self.sample_rate)


class RecordingOutput:
    """Takes sound at the pace of its clock and keeps it, for tests and simulated stations; breaks when told to.

    `breaks_after` frames of a programme `error` is raised, whatever stands of it by then counting as played; with
    `breaks_after=None` it is raised on opening.
    """

    def __init__(
        self, name: str, *, clock: Clock, breaks_after: int | None = None, error: BroadcasterError | None = None
    ) -> None:
        self.name = name
        self.occupies: str | None = None
        self.streams: list[RecordingOutputStream] = []
        """Every programme that was opened here, in order."""
        self._clock = clock
        self._breaks_after = breaks_after
        self._error = error

    def check(self) -> Sequence[Fault]:
        if self._error is None or self._breaks_after is not None:
            return ()
        return (Fault(message=self._error.message, remedy=self._error.remedy),)

    def sounds_as(self) -> str:
        return f"{self.name} (recording)"

    def open(self, *, label: str, sample_rate: int) -> RecordingOutputStream:
        if self._error is not None and self._breaks_after is None:
            raise self._error
        stream = RecordingOutputStream(
            label,
            clock=self._clock,
            sample_rate=sample_rate,
            sounding_as=self.sounds_as(),
            breaks_after=self._breaks_after,
            error=self._error,
        )
        self.streams.append(stream)
        return stream


class RecordingOutputStream(PacedStream):
    """One programme in memory, under the label that it was opened with."""

    def __init__(
        self,
        label: str,
        *,
        clock: Clock,
        sample_rate: int,
        sounding_as: str,
        breaks_after: int | None,
        error: BroadcasterError | None,
    ) -> None:
        self.label = label
        self.sounding_as = sounding_as
        self.sample_rate = sample_rate
        self._pace = Pace(clock, sample_rate=sample_rate)
        self._written: list[NDArray[np.int16]] = []
        self._breaks_after = breaks_after
        self._error = error

    def write(self, block: NDArray[np.int16]) -> None:
        for piece in pieces(block, sample_rate=self.sample_rate):
            if not self._pace.wait_for_room(len(piece)):
                return
            self._pace.take(len(piece))
            self._written.append(piece.copy())
            if self._error is not None and self._pace.left >= (self._breaks_after or 0):
                self._pace.close()
                raise self._error

    @property
    def sound(self) -> NDArray[np.int16]:
        """The frames that have left."""
        import numpy as np

        return np.concatenate([np.zeros(0, np.int16), *self._written])[: self.played_frames]


class MemoryLog:
    """An as-run log that ends with the process."""

    def __init__(self) -> None:
        self._rows: list[LogRow] = []
        self._lock = threading.Lock()

    def append(self, row: AsRunRow) -> LogRow:
        """Raises `EvidenceBroken` if this airing and cluster have an outcome already."""
        with self._lock:
            if self.has(row.airing, row.cluster):
                raise EvidenceBroken(f"Lượt phát {row.airing} ở cụm {row.cluster} đã có kết quả trong nhật ký.")
            seq, previous = len(self._rows) + 1, self._rows[-1].hash if self._rows else GENESIS
            chained = LogRow(seq=seq, row=row, previous=previous, hash=hash_of(row, seq=seq, previous=previous))
            self._rows.append(chained)
            return chained

    def has(self, airing: str, cluster: str) -> bool:
        return any((each.row.airing, each.row.cluster) == (airing, cluster) for each in self._rows)

    def last(self) -> LogRow | None:
        return self._rows[-1] if self._rows else None

    def rows(
        self, *, first: date | None = None, last: date | None = None, commune: str | None = None
    ) -> Iterator[LogRow]:
        for each in tuple(self._rows):
            day = each.row.planned_start.astimezone(VIETNAM).date()
            here = commune is None or each.row.commune == commune
            if here and (first is None or day >= first) and (last is None or day <= last):
                yield each


class MemoryCheckpoints:
    """A store of checkpoints that ends with the process."""

    def __init__(self) -> None:
        self._marks: list[Checkpoint] = []

    def add(self, mark: Checkpoint) -> None:
        if not self._marks or mark.seq > self._marks[-1].seq:
            self._marks.append(mark)

    def all(self) -> tuple[Checkpoint, ...]:
        return tuple(self._marks)


class MemoryApprovals:
    """An approval book that ends with the process."""

    def __init__(self) -> None:
        self._steps: list[ApprovalStep] = []

    def record(self, step: ApprovalStep) -> None:
        self._steps.append(step)

    def steps(self, script: str) -> list[ApprovalStep]:
        return [step for step in self._steps if step.script == script]


class MemoryEdits:
    """A journal of edits that ends with the process."""

    def __init__(self) -> None:
        self._steps: list[JournalStep] = []
        self._texts: dict[str, str] = {}

    def record(self, step: JournalStep, *, before: str, after: str) -> None:
        self._texts |= {step.before_sha256: before, step.after_sha256: after}
        self._steps.append(step)

    def steps(self) -> list[JournalStep]:
        return list(self._steps)

    def text(self, digest: str) -> str:
        return self._texts[digest]


class MemoryLedger:
    """Intents that end with the process."""

    def __init__(self) -> None:
        self._intents: dict[tuple[str, str], Intent] = {}
        self._settled: set[tuple[str, str]] = set()
        self._marks: dict[str, datetime] = {}
        self._lock = threading.Lock()

    def intend(self, intents: Iterable[Intent]) -> None:
        with self._lock:
            for intent in intents:
                key = (intent.airing.id, intent.cluster)
                known = self._intents.get(key)
                if key not in self._settled and (known is None or known.began_at is None):
                    self._intents[key] = intent

    def begin(self, airing: str, cluster: str, *, at: datetime, programme: str | None = None) -> None:
        with self._lock:
            known = self._open(airing, cluster)
            began = replace(known, began_at=known.began_at or at, programme=programme or known.programme)
            self._intents[airing, cluster] = began

    def stand_down(self, airing: str, cluster: str) -> None:
        with self._lock:
            known = self._intents.get((airing, cluster))
            if known is not None and not known.played_frames:
                self._intents[airing, cluster] = replace(known, began_at=None, programme=None)

    def progress(self, airing: str, cluster: str, *, frames: int, sample_rate: int) -> None:
        with self._lock:
            known = self._open(airing, cluster)
            if known.began_at is None:
                raise EvidenceBroken(f"Lượt phát {airing} ở cụm {cluster} chưa lên sóng.")
            self._intents[airing, cluster] = replace(known, played_frames=frames, sample_rate=sample_rate)

    def settle(self, airing: str, cluster: str) -> None:
        with self._lock:
            self._intents.pop((airing, cluster), None)
            self._settled.add((airing, cluster))

    def open(self) -> list[Intent]:
        with self._lock:
            intents = list(self._intents.values())
        return sorted(
            intents, key=lambda each: (each.airing.start is not None, each.airing.start, each.airing.id, each.cluster)
        )

    def seen_until(self) -> datetime | None:
        return self._marks.get("seen-until")

    def mark_seen(self, at: datetime) -> None:
        self._marks["seen-until"] = at

    def marked(self, name: str) -> datetime | None:
        return self._marks.get(name)

    def mark(self, name: str, at: datetime) -> None:
        self._marks[name] = at

    def _open(self, airing: str, cluster: str) -> Intent:
        if (airing, cluster) not in self._intents:
            raise EvidenceBroken(f"Lượt phát {airing} ở cụm {cluster} không có trong sổ chờ phát.")
        return self._intents[airing, cluster]


class MemoryShelf:
    """Programmes that are forgotten with the process."""

    def __init__(self) -> None:
        self._programmes: dict[str, Programme] = {}
        self._measured: dict[str, Measurement] = {}

    def put(self, programme: Programme) -> None:
        self._programmes[programme.key] = programme

    def note(self, body: str, measurement: Measurement) -> None:
        self._measured[body] = measurement

    def measured(self, body: str) -> Measurement | None:
        return self._measured.get(body)

    def get(self, key: str) -> Programme | None:
        return self._told(self._programmes.get(key))

    def sounding(self, audio_sha256: str) -> Programme | None:
        found = (made for made in self._programmes.values() if made.audio_sha256 == audio_sha256)
        return self._told(next(found, None))

    def _told(self, made: Programme | None) -> Programme | None:
        return replace(made, measured=self._measured.get(made.body)) if made else None
