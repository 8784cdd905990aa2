"""A slow second reading of SCHEDULE.md: seconds are painted one by one, lunar ranges are walked day by day.

Takes the schedule as plain data (what the YAML says) and shares no code with broadcaster.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

from lunar_vn import LunarDate, lunar_to_solar, solar_to_lunar

DAY = 86_400
SHIFT = DAY
"""Arrays begin a day before the date's midnight, so that index = second + SHIFT."""
SPAN = 5 * DAY
VIETNAM = timezone(timedelta(hours=7))
Row = dict[str, Any]
LengthOf = Callable[[str, str, str | None], int | None]


def expand(data: dict[str, Any], first: date, days: int, length_of: LengthOf) -> list[Row]:
    rows = []
    for commune in data["xa"]:
        for number in range(days):
            rows += list(expand_date(data, commune, first + timedelta(days=number), length_of))
    return rows


def expand_date(data: dict[str, Any], commune: str, day: date, length_of: LengthOf) -> Iterator[Row]:
    timeline = Timeline(data, commune)
    lines = [(entry, [clock(t) for t in many(entry["gio"])], False) for entry in data.get("lich", [])]
    lines = [line for line in lines if on_date(line[0], day) and is_here(data, line[0], commune)]
    campaigns = [c for c in data.get("chien_dich", []) if is_here(data, c, commune)]
    campaigns = [c for c in campaigns if dmy(c["tu"]) <= day <= dmy(c["den"])]
    for rule in data.get("ngoai_le", []):
        if rule.get("bat") != "false" and on_date(rule, day) and is_here(data, rule, commune):
            lines, campaigns = except_by(rule, lines, campaigns, data=data, commune=commune, day=day)
    order = [e["ten"] for e in data.get("lich", [])]
    order += [e["ten"] for rule in data.get("ngoai_le", []) for e in rule.get("them", [])]
    asked = [(entry, at) for entry, times, _ in lines for at in set(times)]
    asked.sort(key=lambda one: (-one[0].get("uu_tien", 50), one[1], order.index(one[0]["ten"])))
    for entry, at in asked:
        yield entry_row(timeline, entry, at, commune=commune, day=day, length_of=length_of)
    for campaign in data.get("chien_dich", []):
        if campaign in campaigns:
            yield from campaign_rows(timeline, campaign, commune, day, length_of)


def except_by(
    rule: Row, lines: list[Any], campaigns: list[Row], *, data: Row, commune: str, day: date
) -> tuple[list[Any], list[Row]]:
    if "chi_phat" in rule:
        lines = [line for line in lines if line[2] or is_named(line[0], rule["chi_phat"])]
        campaigns = [c for c in campaigns if "chiến dịch" in rule["chi_phat"] or c["ten"] in rule["chi_phat"]]
    if "bo" in rule:
        lines = [line for line in lines if not is_named(line[0], rule["bo"])]
        campaigns = [c for c in campaigns if "chiến dịch" not in rule["bo"] and c["ten"] not in rule["bo"]]
    for entry in rule.get("them", []):
        if on_date(entry, day) and is_here(data, entry, commune):
            lines = [*lines, (entry, [clock(t) for t in many(entry["gio"])], True)]
    for name, times in rule.get("doi_gio", {}).items():
        new = [clock(t) for t in many(times)]
        lines = [(e, new, added) if e["ten"] == name else (e, old, added) for e, old, added in lines]
    return lines, campaigns


def is_named(entry: Row, names: list[str]) -> bool:
    return entry["ten"] in names or ("tiep_song" in entry and "tiếp sóng" in names)


class Timeline:
    """Every second of the date and its neighbours, painted."""

    def __init__(self, data: Row, commune: str) -> None:
        self.windows = data["xa"][commune].get("khung_gio", data.get("khung_gio", {}))
        self.limit = (
            length(data["xa"][commune]["gioi_han"].split("/")[0]) if "gioi_han" in data["xa"][commune] else None
        )
        self.quiet = bytearray(SPAN)
        for span in data.get("gio_yen_tinh", []):
            for base in range(-1, 4):
                start, end = bounds(span, base)
                paint(self.quiet, start, end)
        self.busy = bytearray(SPAN)
        self.placed: list[tuple[int, int, str, Any]] = []
        self.openings = self._openings()

    def _openings(self) -> list[tuple[int, int, str | None]]:
        """In time order; a window that passes midnight is there twice."""
        if not self.windows:
            return [(-SHIFT, SPAN - SHIFT, None)]
        found = [(*bounds(span, base), name) for name, span in self.windows.items() for base in (-1, 0)]
        return sorted(opening for opening in found if opening[1] > 0)

    def opening_of(self, start: int, seconds: int) -> tuple[int, int, str | None] | None:
        for opening in self.openings:
            if opening[0] <= start and start + seconds <= opening[1]:
                return opening
        return None

    def is_quiet(self, start: int, seconds: int) -> bool:
        return painted(self.quiet, start, start + seconds)

    def is_busy(self, start: int, seconds: int) -> bool:
        return painted(self.busy, start, start + seconds)

    def exceeds(self, opening: Any, seconds: int) -> bool:
        total = sum(end - start for start, end, _, where in self.placed if where == opening)
        return self.limit is not None and total + seconds > self.limit

    def put(self, start: int, seconds: int, name: str, opening: Any) -> None:
        paint(self.busy, start, start + seconds)
        self.placed.append((start, start + seconds, name, opening))


def entry_row(timeline: Timeline, entry: Row, at: int, *, commune: str, day: date, length_of: LengthOf) -> Row:
    item = entry.get("tiep_song") or entry["bai"].replace("{xa}", commune).replace("{ngay}", day.isoformat())
    seconds = lasting(entry, commune, item, length_of)
    kind = "relay" if "tiep_song" in entry else "script"
    row = row_of(
        entry, commune, day, f"{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}", item=item, seconds=seconds, kind=kind
    )
    row |= {"planned_start": instant(day, at), "status": "dropped"}
    opening = timeline.opening_of(at, seconds)
    if opening is None or timeline.is_quiet(at, seconds):
        return row | {"reason": "ngoai-khung"}
    if timeline.exceeds(opening, seconds):
        return row | {"reason": "qua-gioi-han"}
    furthest = 0 if entry.get("doi") == "0" else length(entry.get("doi", "15 phút"))
    for start in range(at, at + furthest + 1):
        inside = opening[0] <= start and start + seconds <= opening[1]
        if inside and not timeline.is_busy(start, seconds) and not timeline.is_quiet(start, seconds):
            timeline.put(start, seconds, key_of(entry), opening)
            return row | {"start": instant(day, start), "status": "planned" if start == at else "moved"}
    overlapped = min(one for one in timeline.placed if one[0] < at + seconds and at < one[1])
    return row | {"reason": "nhuong", "yields_to": overlapped[2]}


def campaign_rows(timeline: Timeline, campaign: Row, commune: str, day: date, length_of: LengthOf) -> Iterator[Row]:
    quota = int(campaign["chi_tieu"].split()[0])
    gap = length(campaign.get("cach_nhau", "1 giờ"))
    previous = None
    for k in range(quota):
        scripts = campaign["bai"]
        item = scripts[((day - dmy(campaign["tu"])).days * quota + k) % len(scripts)]
        seconds = lasting(campaign, commune, item, length_of)
        row = row_of(campaign, commune, day, f"k{k}", item=item, seconds=seconds, kind="campaign")
        row |= {"status": "short", "reason": "thieu-cho"}
        for minute in range(0, DAY, 60):
            if previous is not None and minute < previous + gap:
                continue
            opening = timeline.opening_of(minute, seconds)
            if opening is None or ("khung" in campaign and opening[2] not in campaign["khung"]):
                continue
            if timeline.is_quiet(minute, seconds) or timeline.is_busy(minute, seconds):
                continue
            if timeline.exceeds(opening, seconds):
                continue
            timeline.put(minute, seconds, key_of(campaign), opening)
            previous = minute
            at = instant(day, minute)
            row |= {"planned_start": at, "start": at, "status": "planned", "reason": None}
            break
        yield row


def row_of(source: Row, commune: str, day: date, place: str, *, item: str, seconds: int, kind: str) -> Row:
    key = key_of(source)
    return {
        "id": f"{commune}/{day.isoformat()}/{place}/{key}",
        "commune": commune,
        "date": day.isoformat(),
        "planned_start": None,
        "start": None,
        "length_s": seconds,
        "entry": key,
        "item": item,
        "kind": kind,
        "priority": source.get("uu_tien", 30 if kind == "campaign" else 50),
        "reason": None,
        "yields_to": None,
    }


def lasting(source: Row, commune: str, item: str, length_of: LengthOf) -> int:
    given = source.get("dai")
    if given and not given.startswith("tối đa"):
        return length(given)
    cap = length(given.removeprefix("tối đa ")) if given else None
    known = None if "tiep_song" in source else length_of(commune, item, source.get("chuong_trinh"))
    if known is None:
        return 60 if cap is None else cap
    return known if cap is None else min(known, cap)


# --- dates ------------------------------------------------------------------------------------------------------------


def on_date(source: Row, day: date) -> bool:
    if "tu" in source and day < dmy(source["tu"]):
        return False
    if "den" in source and day > dmy(source["den"]):
        return False
    if "thu" in source and day.weekday() not in weekdays(source["thu"]):
        return False
    if "ngay" not in source and "am_lich" not in source:
        return True
    for text in source.get("ngay", []):
        ends = [dmy(end) for end in text.split("-")]
        if ends[0] <= day <= ends[-1]:
            return True
    return any(day in lunar_days(text, day.year) for text in source.get("am_lich", []))


def weekdays(text: str) -> set[int]:
    names = ["T2", "T3", "T4", "T5", "T6", "T7", "CN"]
    if text == "hằng ngày":
        return set(range(7))
    found: set[int] = set()
    for part in text.split(", "):
        ends = [names.index(name) for name in part.split("-")]
        walk = ends[0]
        found.add(walk)
        while walk != ends[-1]:
            walk = (walk + 1) % 7
            found.add(walk)
    return found


@lru_cache(maxsize=1000)
def lunar_days(text: str, year: int) -> frozenset[date]:
    """The solar days around `year` that a lunar expression means, by walking every day of three years."""
    ends = [end.strip() for end in text.split(" - ")]
    horizon = [date(year - 1, 1, 1) + timedelta(days=n) for n in range(3 * 366)]
    if len(ends) == 1:
        return frozenset(day for day in horizon if is_lunar(ends[0], day))
    month = re.search(r" tháng \d+", ends[1])
    if month and "tháng" not in ends[0] and ends[0] != "giao thừa":
        ends[0] += month[0]
    found: set[date] = set()
    for begin in horizon:
        if is_lunar(ends[0], begin):
            walk = begin
            while not is_lunar(ends[1], walk) and walk - begin < timedelta(days=400):
                found.add(walk)
                walk += timedelta(days=1)
            found.add(walk)
    return frozenset(found)


@lru_cache(maxsize=50_000)
def is_lunar(text: str, day: date) -> bool:
    if text == "giao thừa":
        return is_lunar("mùng 1 tháng 1", day + timedelta(days=1))
    wanted = 15 if text.startswith("rằm") else int(re.search(r"(?:mùng|ngày) (\d+)", text)[1])  # type: ignore[index]
    month = re.search(r"tháng (\d+)", text)
    lunar = solar_to_lunar(day)
    if month is None:
        return bool(lunar.day == wanted)
    try:
        meant = lunar_to_solar(LunarDate(day=wanted, month=int(month[1]), year=lunar.year, leap=False))
    except ValueError:
        return False
    return bool(meant == day) and solar_to_lunar(meant) == LunarDate(wanted, int(month[1]), lunar.year, False)


# --- small readings ---------------------------------------------------------------------------------------------------


def is_here(data: Row, source: Row, commune: str) -> bool:
    def means(name: str) -> bool:
        """A group of groups means each commune that any of them means, however deep."""
        return name == commune or any(means(member) for member in data.get("nhom", {}).get(name, []))

    inside = any(means(name) for name in source["noi_phat"]) if "noi_phat" in source else True
    return inside and not any(means(name) for name in source.get("tru", []))


def key_of(source: Row) -> str:
    if "ma" in source:
        return str(source["ma"])
    plain = unicodedata.normalize("NFD", source["ten"].lower().replace("đ", "d"))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")


def dmy(text: str) -> date:
    day, month, year = text.strip().split("/")
    return date(int(year), int(month), int(day))


def clock(text: str) -> int:
    parts = [int(part) for part in text.split(":")] + [0]
    return parts[0] * 3600 + parts[1] * 60 + parts[2]


def bounds(span: str, base: int) -> tuple[int, int]:
    start, end = (clock(part) for part in span.split("-"))
    if end <= start:
        end += DAY
    return start + base * DAY, end + base * DAY


def length(text: str) -> int:
    units = {"giờ": 3600, "phút": 60, "giây": 1}
    return sum(int(number) * units[unit] for number, unit in re.findall(r"(\d+) (giờ|phút|giây)", text))


def many(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def paint(array: bytearray, start: int, end: int) -> None:
    start, end = max(0, start + SHIFT), min(SPAN, end + SHIFT)
    array[start:end] = b"\x01" * max(0, end - start)


def painted(array: bytearray, start: int, end: int) -> bool:
    return array.find(1, start + SHIFT, end + SHIFT) >= 0


def instant(day: date, second: int) -> str:
    return (datetime(day.year, day.month, day.day, tzinfo=VIETNAM) + timedelta(seconds=second)).isoformat()
