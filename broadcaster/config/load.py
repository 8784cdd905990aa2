"""schedule.yaml → `Schedule`, or one `WorkspaceFault` with every fault of the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from pydantic import ValidationError

from broadcaster.config import recovery
from broadcaster.config.cross_checks import cross_faults
from broadcaster.config.document import Mapping, Node, plain
from broadcaster.config.keys import KeyReader, all_keys
from broadcaster.config.reading import read_text, refusal
from broadcaster.config.schedule import Schedule
from broadcaster.config.whereabouts import Whereabouts
from broadcaster.config.wording import value_faults
from broadcaster.errors import Fault

MAX_FAULTS = 200
"""More than anybody mends before looking again; looking for the nearest name 10,000 times takes minutes."""


def load_schedule(path: Path) -> Schedule:
    """What the file says. Raises `WorkspaceFault`, whose `faults` has all of them in the file's order."""
    return parse_schedule(read_text(path), file=str(path))


def load_with_places(path: Path) -> tuple[Schedule, Whereabouts]:
    """The same, and where in the file everything stands."""
    return parse_with_places(read_text(path), file=str(path))


def parse_schedule(text: str, *, file: str = "schedule.yaml") -> Schedule:
    """The same from a text; `file` is what faults call it."""
    return parse_with_places(text, file=file)[0]


def parse_with_places(text: str, *, file: str = "schedule.yaml") -> tuple[Schedule, Whereabouts]:
    reading = recovery.read(text, file=file, known=all_keys())
    if reading.root is None:
        raise refusal(*reading.slips[:MAX_FAULTS])
    if not isinstance(reading.root, Mapping):
        raise refusal(*reading.slips, _no_schedule(reading.root, file))
    keys = KeyReader(reading.root, text=text, file=file)
    schedule, faults = _validated(keys, file=file)
    if reading.slips or faults or schedule is None:
        raise refusal(*reading.slips[:MAX_FAULTS], *_in_order(recovery.beyond_doubt(faults, reading)))
    return schedule, Whereabouts(keys.root, file=file)


def _validated(keys: KeyReader, *, file: str) -> tuple[Schedule | None, list[Fault]]:
    faults = [*keys.faults[:MAX_FAULTS], *islice(cross_faults(keys.root, file=file), MAX_FAULTS)]
    try:
        return Schedule.model_validate(plain(keys.root)), faults
    except ValidationError as error:
        said = {(fault.line, fault.column) for fault in faults}
        found: Iterator[Fault] = value_faults(error, keys.root, file=file)
        unsaid = (fault for fault in found if (fault.line, fault.column) not in said)
        return None, [*faults, *islice(unsaid, MAX_FAULTS)]


def _no_schedule(root: Node, file: str) -> Fault:
    remedy = "Tệp phải bắt đầu bằng các khóa phien_ban, xa, lich…; xem lịch mẫu của broadcaster init"
    message = "Đây không phải lịch phát sóng."
    return Fault(message=message, remedy=remedy, file=file, line=root.line, column=root.column)


def _in_order(faults: Iterable[Fault]) -> list[Fault]:
    """By line and column, each said once."""
    return sorted(dict.fromkeys(faults), key=lambda fault: (fault.line or 0, fault.column or 0))[:MAX_FAULTS]
