"""Scripts that the plan needs soon and that are gone or cannot be read: told ahead, while there is time to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from broadcaster.errors import WorkspaceFault
from broadcaster.model.as_run import Intent
from broadcaster.model.plan import AiringKind
from broadcaster.station.station import Station

AHEAD = timedelta(hours=24)
ABOUT = "bai:"


def forewarn(station: Station, coming: Iterable[Intent], *, now: datetime) -> None:
    """Post a notice for each such script, and take back those that are well again."""
    first_use = _first_uses(coming, until=now + AHEAD)
    missing = {item: why for item in first_use if (why := _why_unusable(station, item)) is not None}
    for item, why in missing.items():
        intent = first_use[item]
        station.notices.post(
            f"{ABOUT}{item}",
            f"THIẾU BÀI {item} cho lượt {intent.airing.start:%H:%M ngày %d/%m/%Y}, mục “{intent.airing.title}”: {why}",
            remedy=f"Chép lại bài vào scripts_content/{item} và duyệt, hoặc sửa «bai» trong schedule.yaml. Đến giờ mà "
            "vẫn thiếu thì lượt ấy không phát; các lượt khác vẫn phát.",
            at=now,
        )
    for about in station.notices.about():
        item = about.removeprefix(ABOUT)
        if about.startswith(ABOUT) and item not in missing:
            station.notices.clear(about, because=f"Bài {item} không còn thiếu cho các lượt sắp phát.")


def _first_uses(coming: Iterable[Intent], *, until: datetime) -> dict[str, Intent]:
    """Each script with the first airing that needs it."""
    first: dict[str, Intent] = {}
    for intent in sorted(coming, key=lambda each: (str(each.airing.start), each.airing.id)):
        start = intent.airing.start
        if intent.airing.kind is not AiringKind.RELAY and start is not None and start <= until:
            first.setdefault(intent.airing.item, intent)
    return first


def _why_unusable(station: Station, item: str) -> str | None:
    try:
        script = station.library.load(item)
    except WorkspaceFault as error:
        return " ".join(fault.message for fault in error.faults) or error.message
    if script.recording is not None and not (station.library.folder / script.recording).is_file():
        return f"không có bản thu {script.recording}."
    return None
