"""Random schedules as plain data, crowded on purpose: the same seed gives the same schedule."""

from __future__ import annotations

import hashlib
import random
from datetime import date, timedelta
from typing import Any

LUNAR = [
    "mùng 1",
    "rằm",
    "mùng 2",
    "rằm tháng 7",
    "ngày 23 tháng 12",
    "ngày 30 tháng 2",
    "ngày 30 tháng 12",
    "ngày 10 tháng 6",
    "giao thừa",
    "giao thừa - mùng 3 tháng 1",
    "ngày 23 tháng 12 - mùng 1 tháng 1",
    "mùng 1 - mùng 3",
    "mùng 1 - mùng 5 tháng 1",
    "ngày 28 - mùng 2",
    "ngày 20 tháng 5 - mùng 5 tháng 6",
]
ANCHORS = [
    date(2026, 2, 16),
    date(2025, 7, 24),
    date(2025, 8, 22),
    date(2026, 10, 10),
    date(2028, 6, 22),
    date(2027, 2, 5),
]
"""Tết, leap sixth month of 2025, an ordinary date, leap fifth month of 2028, Tết again."""
WINDOWS = [
    {},
    {"sang": "05:00-06:30", "trua": "11:00-11:30", "chieu": "17:00-18:00"},
    {"sang": "05:00-06:00", "som": "06:00-06:45", "chieu": "16:59:30-18:00"},
    {"dem": "22:30-01:15", "sang": "05:00-07:00"},
    {"ca-ngay": "00:00-00:00"},
    {"dem": "23:00-00:30", "khuya": "00:30-01:10", "chieu": "17:00-17:45"},
]
QUIET = [
    [],
    ["11:30-13:30", "21:00-05:00"],
    ["05:40-05:50", "23:50-00:20"],
    ["17:30-17:31:30"],
    ["00:00-00:10", "00:05-00:20"],
]


def random_schedule(seed: int) -> tuple[dict[str, Any], date, int]:
    """A schedule, the first date to plan and how many."""
    dice = random.Random(seed)
    first = dice.choice(ANCHORS) + timedelta(days=dice.randint(-20, 20))
    communes = ["hoang-dao", "hoang-truong", "hai-tien", "hoang-thanh"][: dice.randint(1, 4)]
    data: dict[str, Any] = {"xa": {key: _commune(dice, key) for key in communes}}
    data["nhom"] = _groups(dice, communes)
    places = [*communes, *data["nhom"]]
    common = dice.choice(WINDOWS)
    if common:
        data["khung_gio"] = common
    data["gio_yen_tinh"] = dice.choice(QUIET)
    data["nguon"] = {"vov1": {"ten": "VOV1", "url": "http://may-tiep-song.example/vov1"}}
    around = _times(dice, [common, *(commune.get("khung_gio", {}) for commune in data["xa"].values())])
    data["lich"] = [_entry(dice, f"Mục {n}", first, places, around) for n in range(dice.randint(1, 9))]
    named = {name for windows in (common, *(c.get("khung_gio", {}) for c in data["xa"].values())) for name in windows}
    data["chien_dich"] = [_campaign(dice, f"Đợt {n}", first, places, sorted(named)) for n in range(dice.randint(0, 3))]
    added = _entry(dice, "Chúc Tết", first, places, around)
    entries = [entry["ten"] for entry in data["lich"]]
    data["ngoai_le"] = [
        _exception(dice, number, first, places, entries=entries, around=around, added=added if number == 1 else None)
        for number in range(dice.randint(0, 3))
    ]
    return data, first, dice.randint(1, 4)


def random_length(commune: str, script: str, template: str | None, music: bool = True) -> int | None:
    """Known for four of five, the same each time."""
    number = int.from_bytes(hashlib.sha256(f"{commune}|{script}|{template}".encode()).digest()[:4])
    return None if number % 5 == 0 else 20 + number % 1300


def _commune(dice: random.Random, key: str) -> dict[str, Any]:
    commune: dict[str, Any] = {"ten": f"Xã {key}"}
    if dice.random() < 0.3:
        commune["khung_gio"] = dice.choice(WINDOWS[1:])
    if dice.random() < 0.5:
        commune["gioi_han"] = f"{dice.choice([15, 30, 45, 60])} phút/khung"
    return commune


def _groups(dice: random.Random, communes: list[str]) -> dict[str, list[str]]:
    """Groups of communes and of other groups, up to four deep, in any order of the file; never in a circle."""
    groups: dict[str, list[str]] = {}
    for name in ["ven-bien", "dong", "mien", "ca-tinh"][: dice.randint(1, 4)]:
        known = [*communes, *groups, *groups]
        groups[name] = sorted(set(dice.sample(known, dice.randint(1, min(3, len(known))))))
    return dict(dice.sample(sorted(groups.items()), len(groups)))


def _times(dice: random.Random, windows: list[dict[str, str]]) -> list[str]:
    """Mostly near the windows' edges, some anywhere, 03:15 among them."""
    minutes = [3 * 60 + 15, dice.randrange(1440), dice.randrange(1440)]
    for span in (span for group in windows for span in group.values()):
        start = int(span[:2]) * 60 + int(span[3:5])
        minutes += [(start + dice.randint(-3, 100)) % 1440 for _ in range(6)]
    times = [f"{minute // 60:02}:{minute % 60:02}" for minute in minutes]
    return times + [f"{time}:{dice.randrange(60):02}" for time in times[::3]]


def _length(dice: random.Random) -> str:
    return dice.choice(["5 phút", "10 phút", "90 giây", "30 phút", "12 phút 7 giây", "1 giờ", "20 phút"])


def _dates(dice: random.Random, target: dict[str, Any], first: date) -> None:
    if dice.random() < 0.25:
        target["tu"] = _dmy(first + timedelta(days=dice.randint(-5, 3)))
    if dice.random() < 0.25:
        target["den"] = _dmy(first + timedelta(days=dice.randint(3, 9)))
    if dice.random() < 0.25:
        day = first + timedelta(days=dice.randint(-1, 3))
        target["ngay"] = [_dmy(day), f"{_dmy(day + timedelta(days=2))}-{_dmy(day + timedelta(days=4))}"]
    if dice.random() < 0.3:
        target["am_lich"] = dice.sample(LUNAR, dice.randint(1, 3))


def _places(dice: random.Random, target: dict[str, Any], places: list[str]) -> None:
    """`places` has a commune at least and a group at least."""
    if dice.random() < 0.4:
        target["noi_phat"] = dice.sample(places, dice.randint(1, 2))
    if dice.random() < 0.2:
        target["tru"] = [dice.choice(places)]


def _entry(dice: random.Random, name: str, first: date, places: list[str], around: list[str]) -> dict[str, Any]:
    times = dice.sample(around, min(len(around), dice.randint(1, 3)))
    entry: dict[str, Any] = {"ten": name, "gio": times if len(times) > 1 else times[0]}
    if dice.random() < 0.3:
        entry |= {"tiep_song": "vov1", "dai": _length(dice)}
    else:
        entry["bai"] = dice.choice(["ban-tin/{xa}/{ngay}.txt", "thong-bao/a.txt", "b.txt"])
        if dice.random() < 0.7:
            entry["dai"] = dice.choice(["", "tối đa "]) + _length(dice)
    if dice.random() < 0.4:
        entry["uu_tien"] = dice.choice([1, 20, 60, 70, 99])
    if dice.random() < 0.4:
        entry["doi"] = dice.choice(["0", "5 phút", "1 giờ", "17 giây", "2 giờ"])
    if dice.random() < 0.3:
        entry["thu"] = dice.choice(["T2-T7", "T2, T4, CN", "CN", "T6-T2", "hằng ngày"])
    if dice.random() < 0.2:
        entry["ma"] = f"ma-{name[-1].lower()}{dice.randrange(9)}"
    if dice.random() < 0.5:
        _dates(dice, entry, first)
    _places(dice, entry, places)
    return entry


def _campaign(dice: random.Random, name: str, first: date, places: list[str], named: list[str]) -> dict[str, Any]:
    campaign: dict[str, Any] = {
        "ten": name,
        "bai": [f"17-diem/0{n}.txt" for n in range(1, dice.randint(2, 6))],
        "tu": _dmy(first + timedelta(days=dice.randint(-9, 1))),
        "den": _dmy(first + timedelta(days=dice.randint(2, 9))),
        "chi_tieu": f"{dice.randint(1, 5)} lượt/ngày",
    }
    if named and dice.random() < 0.6:
        campaign["khung"] = dice.sample(named, dice.randint(1, len(named)))
    if dice.random() < 0.6:
        campaign["cach_nhau"] = dice.choice(["3 giờ", "10 phút", "90 giây", "1 giờ"])
    if dice.random() < 0.6:
        campaign["dai"] = dice.choice(["", "tối đa "]) + _length(dice)
    if dice.random() < 0.3:
        campaign["uu_tien"] = dice.choice([10, 80])
    _places(dice, campaign, places)
    return campaign


def _exception(
    dice: random.Random,
    number: int,
    first: date,
    places: list[str],
    *,
    entries: list[str],
    around: list[str],
    added: dict[str, Any] | None,
) -> dict[str, Any]:
    rule: dict[str, Any] = {"ten": f"Ngoại lệ {number}"}
    _dates(dice, rule, first)
    rule.setdefault("tu", _dmy(first - timedelta(days=3)))
    known = ["tiếp sóng", "chiến dịch", *entries]
    if dice.random() < 0.5:
        rule["chi_phat"] = dice.sample(known, dice.randint(0, len(known)))
    if dice.random() < 0.3:
        rule["bo"] = dice.sample(known, 1)
    if added is not None:
        rule["them"] = [added]
    if dice.random() < 0.4:
        rule["doi_gio"] = {name: dice.sample(around, 2) for name in dice.sample(entries, 1)}
    if dice.random() < 0.2:
        rule["bat"] = "false"
    if dice.random() < 0.3:
        rule["tat_nhac"] = "true"
    _places(dice, rule, places)
    return rule


def _dmy(day: date) -> str:
    return f"{day:%d/%m/%Y}"
