"""iCalendar (RFC 5545): the plan in anybody's calendar; what is imported again replaces itself."""

from __future__ import annotations

from datetime import UTC, timedelta

from icalendar import Calendar, Event

from broadcaster.schedule.printout import KINDS, PlannedLine, Printout

ending = ".ics"
WORDS = {"": "bài"}


def made(printout: Printout) -> bytes:
    """One event an airing; instants in UTC, which every calendar shows in its own zone."""
    calendar = Calendar()
    calendar.add("prodid", "-//broadcaster//lich phat song//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Lịch phát sóng")
    calendar.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    for line in printout.lines:
        if line.airing.start is not None:
            calendar.add_component(_event(line, printout))
    return bytes(calendar.to_ical())


def _event(line: PlannedLine, printout: Printout) -> Event:
    airing, event = line.airing, Event()
    assert airing.start is not None  # noqa: S101 - asked above
    start = airing.start.astimezone(UTC)
    commune = printout.schedule.communes[airing.commune].name
    kind = WORDS.get(KINDS[airing.kind], KINDS[airing.kind])
    said = [f"Nội dung: {airing.item} ({kind})", f"Mức ưu tiên: {airing.priority}"]
    said += [line.held] if line.held else []
    event.add("uid", f"{airing.id}@broadcaster")
    event.add("dtstamp", printout.made_at.astimezone(UTC))
    event.add("dtstart", start)
    event.add("dtend", start + timedelta(seconds=airing.length_s))
    event.add("summary", f"{airing.title} ({commune})")
    event.add("location", commune)
    event.add("description", "\n".join(said))
    event.add("categories", [kind])
    event.add("status", "TENTATIVE" if line.mark else "CONFIRMED")
    return event
