"""The office edits its schedule through code: look, preview, save, undo; one change of the file at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from filelock import FileLock

from broadcaster.audio.atomic import revising
from broadcaster.config.edits.edits import Edit, OnlyOn, edited
from broadcaster.config.edits.journal import Act, JournalStep, redoable, turned_back, undoable, version_of
from broadcaster.config.load import parse_schedule
from broadcaster.config.reading import read_text
from broadcaster.errors import ScheduleConflict, WorkspaceFault
from broadcaster.model.plan import Airing
from broadcaster.schedule.plan import plan
from broadcaster.station.beyond import Beyond, beyond_of
from broadcaster.station.consequences import Consequences, consequences_of
from broadcaster.station.idle_edits import refuse_idle
from broadcaster.station.render import Renderer
from broadcaster.station.running_order import Listed, running_order
from broadcaster.station.station import Station

if TYPE_CHECKING:
    from broadcaster.config.schedule import Schedule

PREVIEW_DAYS = 30
YEAR_DAYS = 366
AIRINGS_BEYOND = 60_000
"""At most, were every line of the schedule on every date: planned twice in some seconds on one core."""
NOTHING_TO_UNDO = "Không có lần sửa nào để hoàn tác."
NOTHING_TO_REDO = "Không có lần sửa nào vừa hoàn tác để làm lại."
SEE_HISTORY = "Xem các lần sửa: broadcaster edit history"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """The file as it was looked at; an edit names the version that it was made for."""

    text: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What an edit would do; nothing is written."""

    before: str
    after: str
    version: str
    consequences: Consequences
    beyond: Beyond


class Editor:
    """Edits schedule.yaml of one station. Several may work at once: each writes only over what it has seen."""

    def __init__(self, station: Station) -> None:
        self.station = station
        self._file = station.workspace.schedule_file.resolve()

    def look(self) -> Looked:
        """The file as it is now. Raises `WorkspaceFault` where it cannot be read."""
        text = read_text(self._file)
        return Looked(text=text, version=version_of(text))

    def preview(self, edit: Edit, *, first: date, days: int = PREVIEW_DAYS) -> Preview:
        """What the edit changes from `first` on and which conflicts it makes. Raises `WorkspaceFault`, `WrongUsage`."""
        looked = self.look()
        before = self._checked(looked.text)
        after = edited(looked.text, edit, file=str(self._file))
        schedules = before, self._checked(after)
        ahead = first + timedelta(days=days)
        until = ahead + timedelta(days=_days_beyond(schedules) - 1)
        (was, was_beyond), (will, will_beyond) = (
            self._ahead(schedule, first=first, days=days, until=until) for schedule in schedules
        )
        return Preview(
            before=looked.text,
            after=after,
            version=looked.version,
            consequences=consequences_of(was, will),
            beyond=beyond_of(was_beyond, will_beyond, until=until),
        )

    def save(self, edit: Edit, *, by: str, version: str | None = None) -> JournalStep:
        """Write the edit and its step. Raises `ScheduleConflict` if the file is not `version` any more."""
        with self._alone() as looked:
            if version is not None and version != looked.version:
                raise ScheduleConflict(
                    "Tệp lịch vừa được sửa ở nơi khác, sau lúc bạn mở ra xem.",
                    remedy="Xem lại lịch mới rồi sửa lần nữa; chưa có gì bị ghi đè.",
                )
            before = self._checked(looked.text)
            after = edited(looked.text, edit, file=str(self._file))
            if isinstance(edit, OnlyOn):
                refuse_idle(edit, before)
            return self._write(looked, after, act=Act.EDIT, what=edit.what, by=by)

    def undo(self, *, by: str) -> JournalStep:
        """Turn the last edit back; edits by hand made since, elsewhere in the file, stay. Raises `ScheduleConflict`."""
        return self._turn(Act.UNDO, by=by)

    def redo(self, *, by: str) -> JournalStep:
        """Do again what was undone last. Raises `ScheduleConflict`."""
        return self._turn(Act.REDO, by=by)

    def _turn(self, act: Act, *, by: str) -> JournalStep:
        """Only the step's own lines change, whatever else stands in the file by now."""
        undoing = act is Act.UNDO
        with self._alone() as looked:
            steps = self.station.edits.steps()
            step = undoable(steps) if undoing else redoable(steps)
            if step is None:
                raise ScheduleConflict(NOTHING_TO_UNDO if undoing else NOTHING_TO_REDO, remedy=SEE_HISTORY)
            before, after = self.station.edits.text(step.before_sha256), self.station.edits.text(step.after_sha256)
            made, wanted = (after, before) if undoing else (before, after)
            turned = turned_back(looked.text, made=made, wanted=wanted)
            return self._write(looked, turned, act=act, what=step.what, by=by, of=step.of)

    @contextmanager
    def _alone(self) -> Iterator[Looked]:
        """The file and the journal as they are while nobody else edits through code."""
        self.station.workspace.data.mkdir(parents=True, exist_ok=True)
        with FileLock(self.station.workspace.data / "sua-lich.lock"):
            yield self.look()

    def _write(self, looked: Looked, after: str, *, act: Act, what: str, by: str, of: int | None = None) -> JournalStep:
        """Check, journal, write; a failure leaves file and journal as they were."""
        if after == looked.text:
            raise ScheduleConflict("Sửa như vậy thì lịch vẫn như cũ.", remedy="Kiểm tra lại giá trị mới")
        self._checked(after)
        number = len(self.station.edits.steps()) + 1
        step = JournalStep(
            number=number,
            act=act,
            of=of if of is not None else number,
            what=what,
            by=by,
            at=self.station.clock.now(),
            before_sha256=looked.version,
            after_sha256=version_of(after),
        )
        with self.station.database.atomic():
            self.station.edits.record(step, before=looked.text, after=after)
            self._put(after, over=looked)
        return step

    def _put(self, text: str, *, over: Looked) -> None:
        """An editor that saved in between is not written over; its byte order mark stays, if it had one."""
        with revising(self._file) as draft:
            mark = BYTE_ORDER_MARK if self._file.read_bytes().startswith(BYTE_ORDER_MARK) else b""
            draft.write_bytes(mark + text.encode())
            if self.look().version != over.version:
                raise ScheduleConflict(
                    "Tệp lịch vừa được sửa tay đúng lúc này.", remedy="Xem lại lịch mới rồi sửa lần nữa."
                )

    def _checked(self, text: str) -> Schedule:
        try:
            return parse_schedule(text, file=str(self._file))
        except WorkspaceFault as fault:
            raise WorkspaceFault(
                "Tệp lịch đang có lỗi, hoặc sửa như vậy thì có lỗi; chưa ghi gì cả.",
                remedy="Sửa các lỗi dưới đây trước, rồi làm lại.",
                faults=fault.faults,
            ) from fault

    def _ahead(self, schedule: Schedule, *, first: date, days: int, until: date) -> tuple[list[Listed], list[Airing]]:
        """The days of the preview as people look at them, and the plan of those after them."""
        beyond = first + timedelta(days=days)
        with replace(self.station, schedule=schedule) as other:
            renderer = Renderer(other)
            listed = running_order(other, renderer, first=first, days=days)
            lengths = cache(renderer.length_s)
            return listed, plan(schedule, first=beyond, days=(until - beyond).days + 1, lengths=lengths)


def _days_beyond(schedules: Sequence[Schedule]) -> int:
    """The rest of a year, or what can be planned of so many communes and lines in some seconds."""
    a_day = max(len(schedule.communes) * _lines(schedule) for schedule in schedules)
    return max(1, min(YEAR_DAYS - PREVIEW_DAYS, AIRINGS_BEYOND // a_day))


def _lines(schedule: Schedule) -> int:
    """Airings of one commune on a date that everything is on."""
    added = (entry for days in schedule.exceptions for entry in days.add)
    asked = sum(len(entry.times) for entry in (*schedule.entries, *added))
    return max(1, asked + sum(campaign.per_day for campaign in schedule.campaigns))
