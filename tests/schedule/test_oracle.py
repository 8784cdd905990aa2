"""The planner against a slow second implementation of SCHEDULE.md.

`ORACLE_SCHEDULES=10000 pytest tests/schedule/test_oracle.py` is the full run.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from broadcaster.config.load import parse_schedule
from broadcaster.model.plan import Airing
from broadcaster.schedule.plan import plan


def _neighbour(name: str) -> ModuleType:
    """tests/ holds no packages, so that a neighbour is loaded by its file."""
    spec = importlib.util.spec_from_file_location(f"schedule_{name}", Path(__file__).with_name(f"{name}.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


oracle = _neighbour("oracle")
random_schedules = _neighbour("random_schedules")
SCHEDULES = int(os.environ.get("ORACLE_SCHEDULES", "200"))
BATCH = 50


def _planned(data: dict[str, Any], first: date, days: int) -> list[Airing]:
    schedule = parse_schedule(json.dumps(data, ensure_ascii=False))
    return plan(schedule, first=first, days=days, lengths=random_schedules.random_length)


def _row(airing: Airing) -> dict[str, Any]:
    return {
        "id": airing.id,
        "commune": airing.commune,
        "date": airing.date.isoformat(),
        "planned_start": airing.planned_start.isoformat() if airing.planned_start else None,
        "start": airing.start.isoformat() if airing.start else None,
        "length_s": airing.length_s,
        "entry": airing.entry,
        "item": airing.item,
        "kind": airing.kind.value,
        "priority": airing.priority,
        "status": airing.status.value,
        "reason": airing.reason.value if airing.reason else None,
        "yields_to": airing.yields_to,
    }


@pytest.mark.parametrize("batch", range(0, SCHEDULES, BATCH))
def test_every_airing_of_random_schedules_is_as_the_oracle_says(batch: int) -> None:
    for seed in range(batch, batch + BATCH):
        data, first, days = random_schedules.random_schedule(seed)
        planned = {airing.id: _row(airing) for airing in _planned(data, first, days)}
        expected = {row["id"]: row for row in oracle.expand(data, first, days, random_schedules.random_length)}
        assert planned == expected, f"seed {seed}: {json.dumps(data, ensure_ascii=False)}"


def test_random_schedules_reach_every_status_and_reason() -> None:
    seen = set()
    for seed in range(60):
        seen |= {
            (a.status.value, a.reason and a.reason.value) for a in _planned(*random_schedules.random_schedule(seed))
        }
    assert seen == {
        ("planned", None),
        ("moved", None),
        ("dropped", "ngoai-khung"),
        ("dropped", "qua-gioi-han"),
        ("dropped", "nhuong"),
        ("short", "thieu-cho"),
    }


def test_random_schedules_aim_at_groups_of_groups() -> None:
    """Entries with a priority, campaigns and exceptions, in `noi_phat` and in `tru`."""
    aimed = set()
    for seed in range(200):
        data, _, _ = random_schedules.random_schedule(seed)
        nested = {name for name, members in data["nhom"].items() if set(members) & set(data["nhom"])}
        lines = {
            "lich": [entry for entry in data["lich"] if "uu_tien" in entry],
            "chien_dich": data["chien_dich"],
            "ngoai_le": data["ngoai_le"],
        }
        for kind, listed in lines.items():
            aimed |= {(kind, way) for line in listed for way in ("noi_phat", "tru") if nested & set(line.get(way, ()))}
    assert aimed == {(kind, way) for kind in ("lich", "chien_dich", "ngoai_le") for way in ("noi_phat", "tru")}


def _midnight(instant: datetime) -> datetime:
    return instant.replace(hour=0, minute=0, second=0)


def _may_sound(data: dict[str, Any], airing: Airing) -> bool:
    """Whether all of it lies in one window of its commune and touches no quiet hour, by the oracle's own bounds."""
    assert airing.start is not None
    end = airing.start + timedelta(seconds=airing.length_s)
    before = _midnight(airing.start) - timedelta(days=1)

    def spans(text: str) -> Iterator[tuple[datetime, datetime]]:
        for base in (0, 1, 2):
            start, finish = oracle.bounds(text, base)
            yield before + timedelta(seconds=start), before + timedelta(seconds=finish)

    windows = data["xa"][airing.commune].get("khung_gio", data.get("khung_gio", {}))
    inside = not windows or any(
        start <= airing.start and end <= finish for text in windows.values() for start, finish in spans(text)
    )
    quiet = (bounds for text in data["gio_yen_tinh"] for bounds in spans(text))
    return inside and all(end <= start or finish <= airing.start for start, finish in quiet)


@pytest.mark.parametrize("batch", range(0, SCHEDULES, BATCH))
def test_nothing_starts_outside_windows_or_inside_quiet_hours_and_no_two_sound_at_once(batch: int) -> None:
    for seed in range(batch, batch + BATCH):
        data, first, days = random_schedules.random_schedule(seed)
        last_end: dict[tuple[str, date], datetime] = {}
        for airing in _planned(data, first, days):
            if airing.start is not None:
                assert _may_sound(data, airing), f"seed {seed}: {airing.id}"
                place = airing.commune, airing.date
                assert last_end.get(place, airing.start) <= airing.start, f"seed {seed}: {airing.id}"
                last_end[place] = airing.start + timedelta(seconds=airing.length_s)
