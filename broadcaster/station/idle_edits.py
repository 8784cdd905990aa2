"""“Chỉ hôm nay” of a day on which the series does not air: said at once, since nothing would come of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from broadcaster.config.edits.edits import OnlyOn
from broadcaster.config.entries import Campaign, Entry
from broadcaster.config.names import slug
from broadcaster.config.schedule import Schedule
from broadcaster.errors import WrongUsage
from broadcaster.schedule.calendar import is_on
from broadcaster.schedule.dates import next_date
from broadcaster.schedule.places import communes_of, members_of


def refuse_idle(edit: OnlyOn, schedule: Schedule) -> None:
    """Raises `WrongUsage` where its series has nothing on that day in those communes."""
    series = next(_series(schedule, edit.key), None)
    if series is None:
        return
    if not _is_on(series, edit.day):
        coming = next_date(series, today=edit.day) if isinstance(series, Entry) else None
        said = f"Ngày gần nhất sau đó mục này phát là {coming:%d/%m/%Y}" if coming else "Chọn một ngày mục này có phát"
        raise WrongUsage(f"“{series.name}” không phát ngày {edit.day:%d/%m/%Y}.", remedy=said)
    where = communes_of(schedule, series)
    if edit.communes and not members_of(schedule, edit.communes) & where:
        listed = ", ".join(sorted(where))
        raise WrongUsage(
            f"“{series.name}” không phát ở {', '.join(edit.communes)}.", remedy=f"Mục này phát ở: {listed}"
        )


def _series(schedule: Schedule, key: str) -> Iterator[Entry | Campaign]:
    added = (entry for days in schedule.exceptions for entry in days.add)
    every: list[Entry | Campaign] = [*schedule.entries, *added, *schedule.campaigns]
    return (one for one in every if one.key in {key, slug(key)})


def _is_on(series: Entry | Campaign, day: date) -> bool:
    return series.first <= day <= series.last if isinstance(series, Campaign) else is_on(series, day)
