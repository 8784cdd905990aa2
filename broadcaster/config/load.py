"""schedule.yaml → `Schedule`, or one `WorkspaceFault` with every fault of the file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from broadcaster.config import document
from broadcaster.config.cross_checks import cross_faults
from broadcaster.config.document import Mapping
from broadcaster.config.keys import key_faults
from broadcaster.config.types import Schedule
from broadcaster.config.wording import value_faults
from broadcaster.errors import Fault


def load_schedule(path: Path) -> Schedule:
    """What the file says. Raises `WorkspaceFault`, whose `faults` has all of them in the file's order."""
    return parse_schedule(document.read_text(path), file=str(path))


def parse_schedule(text: str, *, file: str = "schedule.yaml") -> Schedule:
    """The same from a text; `file` is what faults call it."""
    root = document.parse(text, file=file)
    if not isinstance(root, Mapping):
        remedy = "Tệp phải bắt đầu bằng các khóa phien_ban, xa, lich…; xem lịch mẫu của broadcaster init"
        message = "Đây không phải lịch phát sóng."
        raise document.refusal(Fault(message=message, remedy=remedy, file=file, line=root.line, column=root.column))
    faults = [*key_faults(root, file=file), *cross_faults(root, file=file)]
    try:
        schedule = Schedule.model_validate(document.plain(root))
    except ValidationError as error:
        said = {(fault.line, fault.column) for fault in faults}
        faults += [fault for fault in value_faults(error, root, file=file) if (fault.line, fault.column) not in said]
        raise document.refusal(*_in_order(faults)) from error
    if faults:
        raise document.refusal(*_in_order(faults))
    return schedule


def _in_order(faults: Iterable[Fault]) -> list[Fault]:
    """By line and column, each said once."""
    return sorted(dict.fromkeys(faults), key=lambda fault: (fault.line or 0, fault.column or 0))
