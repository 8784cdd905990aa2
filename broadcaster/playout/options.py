"""An output's options in schedule.yaml: known names, text values; every fault at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from broadcaster.config.names import nearest
from broadcaster.config.stations import OutputSettings
from broadcaster.errors import Fault, WorkspaceFault

SCHEDULE_FILE = "schedule.yaml"


def text_options(settings: OutputSettings, *, known: Sequence[str]) -> Mapping[str, str]:
    """The options as text. Raises `WorkspaceFault` for unknown ones and for values that are not a non-empty text."""
    faults = []
    for option, value in settings.options.items():
        if option not in known:
            faults.append(_unknown(settings, option, known))
        elif not isinstance(value, str) or not value.strip():
            message = f"Đầu ra '{settings.name}': '{option}' phải là chữ, không phải {value!r}."
            faults.append(
                Fault(message=message, remedy=f"Sửa dòng {option} của '{settings.name}'.", file=SCHEDULE_FILE)
            )
    raise_all(faults)
    return {option: str(value) for option, value in settings.options.items()}


def raise_all(faults: Sequence[Fault]) -> None:
    """Raises `WorkspaceFault` with all of them, if there are any."""
    if faults:
        raise WorkspaceFault(faults[0].message, remedy=faults[0].remedy, faults=faults)


def _unknown(settings: OutputSettings, option: str, known: Sequence[str]) -> Fault:
    meant = nearest(option, known)
    choice = f"Có phải ý bạn là '{meant}'?" if meant else f"Kiểu '{settings.kind}' chỉ có: {', '.join(known)}."
    message = f"Đầu ra '{settings.name}': không có tùy chọn '{option}'."
    return Fault(message=message, remedy=choice, file=SCHEDULE_FILE)
