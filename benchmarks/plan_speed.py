"""The plan: CPU seconds of 300 communes × 31 days and of 3,321 communes × 1 day, and what an airing costs in memory.

The sample schedule, its communes replaced by as many as are asked for. Limits: 2 s each; memory linear in the airings.
"""

from __future__ import annotations

import gc
import re
import time
import tracemalloc
from datetime import date
from pathlib import Path

from broadcaster.config.load import parse_schedule
from broadcaster.config.schedule import Schedule
from broadcaster.model.plan import Airing
from broadcaster.schedule.plan import plan

SAMPLE = Path(__file__).parents[1] / "schedule.yaml"
FIRST = date(2026, 11, 20)
LIMIT_S = 2.0
ROUNDS = 3
SIZES = ((300, 31), (3_321, 1))
GROWTH = ((50, 31), (100, 31), (200, 31), (400, 31))


def schedule_of(communes: int) -> Schedule:
    text = SAMPLE.read_text(encoding="utf-8")
    head, tail = text.index("  hoang-dao:\n"), text.index("# NHÓM XÃ")
    many = "".join(f"  xa-{number}: {{ten: Xã {number}, gioi_han: 60 phút/khung}}\n" for number in range(communes))
    text = text[:head] + many + text[tail:]
    text = re.sub(r"ven-bien: \[.*\]", "ven-bien: [xa-1, xa-2]", text)
    text = text.replace("[hoang-dao, ven-bien]", "[xa-0, ven-bien]").replace("tru: hoang-dao", "tru: xa-0")
    return parse_schedule(text.replace("noi_phat: hoang-truong", "noi_phat: xa-1"))


def five_minutes(commune: str, script: str, template: str | None, music: bool) -> int:
    return 300


def planned(schedule: Schedule, days: int) -> list[Airing]:
    return plan(schedule, first=FIRST, days=days, lengths=five_minutes)


def cpu_s(schedule: Schedule, days: int) -> tuple[float, int]:
    """The least of a few rounds: other programs on the machine only ever add."""
    taken, count = [], 0
    for _ in range(ROUNDS):
        gc.collect()
        start = time.process_time()
        count = len(planned(schedule, days))
        taken.append(time.process_time() - start)
    return min(taken), count


def bytes_an_airing(communes: int, days: int) -> tuple[float, int]:
    schedule = schedule_of(communes)
    tracemalloc.start()
    count = len(planned(schedule, days))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / count, count


def main() -> None:
    for communes, days in SIZES:
        seconds, count = cpu_s(schedule_of(communes), days)
        print(
            f"{communes:5,} communes × {days:2} days: {count:7,} airings, {seconds:5.2f} s CPU, "
            f"{seconds / LIMIT_S:.0%} of the limit of {LIMIT_S:.0f} s"
        )
    for communes, days in GROWTH:
        each, count = bytes_an_airing(communes, days)
        print(f"{communes:5,} communes × {days:2} days: {count:7,} airings, {each:5.0f} bytes of peak memory each")


if __name__ == "__main__":
    main()
