"""Outcomes into the log: exactly one for each airing and cluster, whatever happens to the station."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from broadcaster.audio.atomic import in_words
from broadcaster.errors import BroadcasterError, EvidenceBroken, WorkspaceFault
from broadcaster.evidence.as_run import row_of
from broadcaster.model.as_run import AsRunRow, Intent, LogRow, Outcome, OutcomeReason, Playback
from broadcaster.model.plan import AiringKind
from broadcaster.model.programme import Programme
from broadcaster.model.script import ApprovalAction, ApprovalStep, Script
from broadcaster.schedule.ledger import AiringLedger
from broadcaster.station.scribe import Scribe
from broadcaster.station.start_marks import StartMark, StartMarks
from broadcaster.station.station import Station

UNWRITTEN = "nhat-ky"


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """What stands behind an airing: the programme, its script, and who approved it."""

    programme: Programme | None = None
    script: Script | None = None
    approval: ApprovalStep | None = None


class Outcomes:
    """Writes rows of the log and keeps the ledger in step with them. Threads of one station share it."""

    def __init__(self, station: Station, *, tell: Callable[[LogRow], None], warn: Callable[[str], None]) -> None:
        self.station = station
        self.tell = tell
        self.warn = warn
        self._scribe = Scribe(station.database)
        self._unwritten: dict[tuple[str, str], tuple[Intent, AsRunRow]] = {}
        self._noting = True
        self._marks = StartMarks(station.workspace.start_marks)
        self._marked: dict[tuple[str, str], StartMark] = {}
        self._marking = threading.Lock()
        self._heard: dict[tuple[str, str], tuple[int, int]] = {}
        self._hearing = threading.Lock()

    def begin(self, going: Iterable[tuple[Intent, Programme | None]], *, at: datetime) -> None:
        """They go on the air; if the station dies, this is what remains to tell of it. One transaction for all.

        Where there is no room for it, they are marked where room was kept.
        """
        going = list(going)

        def write() -> None:
            with self.station.database.atomic():
                for intent, programme in going:
                    self._ledger.begin(*_key(intent), at=at, programme=programme.key if programme else None)

        if not self._note(write):
            begun = {_key(intent): StartMark(at, programme.key if programme else None) for intent, programme in going}
            self._mark(begun, gone=())

    def stand_down(self, intents: Iterable[Intent]) -> None:
        """They did not go on the air after all."""

        def write() -> None:
            with self.station.database.atomic():
                for intent in intents:
                    self._ledger.stand_down(*_key(intent))

        intents = list(intents)
        self._note(write)
        if self._marked:
            self._mark({}, gone=map(_key, intents))

    def _mark(self, begun: Mapping[tuple[str, str], StartMark], *, gone: Iterable[tuple[str, str]]) -> None:
        """Into the file that has its room; what cannot even be marked is told, and silences no loudspeaker."""
        with self._marking:
            self._marked |= begun
            for key in gone:
                self._marked.pop(key, None)
            self._attempt_marks(lambda: self._marks.put(self._marked))

    def _attempt_marks(self, step: Callable[[], None]) -> None:
        try:
            step()
        except OSError as error:
            self.warn(
                f"Chưa đánh dấu được lượt nào đang phát: {in_words(error)}. "
                "→ Kiểm tra ổ đĩa; nếu đài bị tắt đột ngột lúc này thì một lượt có thể phát lại từ đầu."
            )

    def progress(self, intent: Intent, frames: int, sample_rate: int) -> None:
        """What its output has reported; a relay begins with its first second of sound."""
        if intent.airing.kind is AiringKind.RELAY and frames < 2 * sample_rate:
            self.begin([(intent, None)], at=self.station.clock.now() - timedelta(seconds=frames / sample_rate))
        with self._hearing:
            self._heard[_key(intent)] = frames, sample_rate

    def note_heard(self) -> None:
        """Into the ledger, what was reported since the last time: whoever feeds an output waits for no disk."""
        with self._hearing:
            heard, self._heard = self._heard, {}

        def write() -> None:
            with self.station.database.atomic():
                for key, (frames, sample_rate) in heard.items():
                    # one that has ended since has its row, and is on the air no more
                    with suppress(EvidenceBroken):
                        self._ledger.progress(*key, frames=frames, sample_rate=sample_rate)

        if heard:
            self._note(write)

    @property
    def _ledger(self) -> AiringLedger:
        return self.station.ledger

    def _note(self, write: Callable[[], None]) -> bool:
        """A note for the case of a kill. That it cannot be written is told, once, and silences no loudspeaker."""
        try:
            write()
            self._noting = True
        except BroadcasterError as error:
            if self._noting:
                self.warn(f"Chưa ghi được tiến độ phát: {error.message} → {error.remedy}")
            self._noting = False
        return self._noting

    def record(self, intent: Intent, playback: Playback, behind: Behind) -> LogRow:
        """The outcome stands in the log, and the ledger forgets the intent, in one transaction.

        Raises what stands in the way; the outcome is kept for `retry`.
        """
        row = self._row(intent, playback, behind)
        try:
            return self._write(intent, row)
        except EvidenceBroken:
            raise
        except BroadcasterError as error:
            self._keep(intent, row, error)
            raise

    def _keep(self, intent: Intent, row: AsRunRow, error: BroadcasterError) -> None:
        self._unwritten[_key(intent)] = intent, row
        self.station.notices.post(
            UNWRITTEN,
            f"CHƯA GHI ĐƯỢC NHẬT KÝ: {error.message} Loa vẫn phát; kết quả các lượt phát đang nằm trong bộ nhớ.",
            remedy=f"{error.remedy} Đừng tắt đài: ghi được là đài tự ghi ngay, không mất lượt nào.",
            at=row.recorded_at,
        )

    def is_unwritten(self, intent: Intent) -> bool:
        """Whether it has an outcome that waits for `retry`."""
        return _key(intent) in self._unwritten

    def retry(self) -> None:
        """Write what could not be written before, in its order. Raises what still stands in the way. For one thread."""
        if not self._unwritten:
            return
        for key, (intent, row) in list(self._unwritten.items()):
            # its row may stand already, and only the mark beside the log have failed
            if not self.station.log.has(*key):
                self._write(intent, row)
            del self._unwritten[key]
        if not self._unwritten:
            self.station.notices.clear(UNWRITTEN, because="Đã ghi xong vào nhật ký mọi lượt phát còn thiếu.")

    def _row(self, intent: Intent, playback: Playback, behind: Behind) -> AsRunRow:
        return row_of(
            intent.airing,
            intent.cluster,
            playback,
            programme=behind.programme,
            script=behind.script and self._with_campaign_key(behind.script),
            approval=behind.approval,
            clock=self.station.timekeeper.row_state(),
            recorded_at=self.station.clock.now(),
            simulated=self.station.simulated,
        )

    def _write(self, intent: Intent, row: AsRunRow) -> LogRow:
        def write() -> LogRow:
            logged = self.station.log.append(row)
            self._ledger.settle(*_key(intent))
            return logged

        logged = self._scribe.write(write)
        with self._marking:
            self._marked.pop(_key(intent), None)
        self.station.checkpoints.note(logged, at=row.recorded_at)
        self.tell(logged)
        return logged

    def account_for_interrupted(self) -> None:
        """Airings that were sounding when the station died: partial as far as the output was heard of."""
        marks = self._marks.read()
        for intent in (_as_marked(each, marks.get(_key(each))) for each in self.station.ledger.open()):
            if intent.began_at is None:
                continue
            if self.station.log.has(intent.airing.id, intent.cluster):
                self.station.ledger.settle(intent.airing.id, intent.cluster)
            else:
                self.record(intent, _interrupted(intent, intent.began_at), self.behind(intent))
        if not self.station.simulated:
            self._attempt_marks(self._marks.reserve)
            self._mark({}, gone=())

    def behind(self, intent: Intent) -> Behind:
        """As far as it can still be told: the programme that was on the air, else the script as it is now."""
        if intent.airing.kind is AiringKind.RELAY:
            return Behind()
        programme = self.station.shelf.get(intent.programme) if intent.programme else None
        try:
            script = self.station.library.load(intent.airing.item)
        except WorkspaceFault:
            return Behind(programme=programme)
        if programme is None:
            return Behind(script=script)
        return Behind(programme=programme, script=script, approval=self._approval_of(programme))

    def _with_campaign_key(self, script: Script) -> Script:
        """Front matter names a campaign as people do; rows go by its key, as the campaign's own airings do."""
        keys = {campaign.name: campaign.key for campaign in self.station.schedule.campaigns}
        return replace(script, campaign=keys.get(script.campaign or "", script.campaign))

    def _approval_of(self, programme: Programme) -> ApprovalStep | None:
        """The last approval of just the text that was in the programme."""
        steps = [
            step
            for step in self.station.approvals.steps(programme.script)
            if step.action is ApprovalAction.APPROVE and step.text_sha256 == programme.text_sha256
        ]
        return steps[-1] if steps else None


def _key(intent: Intent) -> tuple[str, str]:
    return intent.airing.id, intent.cluster


def _as_marked(intent: Intent, mark: StartMark | None) -> Intent:
    """The ledger's own word goes first: it also knows how far it sounded."""
    if mark is None or intent.began_at is not None:
        return intent
    return replace(intent, began_at=mark.at, programme=mark.programme)


def _interrupted(intent: Intent, began_at: datetime) -> Playback:
    sounded = timedelta(seconds=intent.played_frames / intent.sample_rate)
    return Playback(
        output=intent.output,
        started_at=began_at if intent.played_frames else None,
        ended_at=began_at + sounded if intent.played_frames else None,
        frames=intent.played_frames,
        sample_rate=intent.sample_rate,
        outcome=Outcome.PARTIAL if intent.played_frames else Outcome.FAILED,
        reason=OutcomeReason.STATION_DIED,
        detail="Đài dừng đột ngột khi đang phát (mất điện hoặc chương trình bị tắt); thời lượng tính đến lần báo cuối.",
    )
