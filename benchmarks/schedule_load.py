"""Reads schedule.yaml of 10,000 entries and what is made to hurt, beside plain YAML readers in the same run.

Each reader in a process of its own, so that its memory can be told: python benchmarks/schedule_load.py
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

ENTRIES = 10_000
HEAD = "xa: {a: {ten: A}}\nkhung_gio: {sang: 05:00-06:30, chieu: 17:00-18:30}\n"
ENTRY = "  - ten: Mục {n}\n    bai: tin/{n}.txt\n    gio: 05:{m:02d}\n    dai: 1 phút\n    ngay: {d:02d}/{o:02d}/2027\n"
OF_PLAIN, OF_PLAIN_MEMORY, OF_RUAMEL, PLAN_S = 5.0, 2.0, 0.5, 2.0
"""Limits: libyaml's plain load gives unchecked texts without places; ruamel.yaml's parser does the like in Python."""
HURTING_OF_LOAD = 3.0
"""What is refused may cost so many times what the 10,000 right entries cost."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one reader, less what it costs to have it ready."""

    cpu_s: float
    memory_mb: float


def entries(line: str) -> str:
    return f"{HEAD}lich:\n" + "".join(
        line.format(n=n, m=n % 60, d=1 + n % 28, o=1 + n // 28 % 12) for n in range(ENTRIES)
    )


def lasting(work: Callable[[], object]) -> Cost:
    started, held = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    kept = work()
    cpu_s, peak = time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    del kept
    return Cost(cpu_s, (peak - held) / 1024)


def with_plain_yaml() -> Cost:
    import yaml

    text = entries(ENTRY)
    return lasting(lambda: yaml.load(text, Loader=yaml.CSafeLoader))


def with_ruamel() -> Cost:
    from ruamel.yaml import YAML

    text = entries(ENTRY)
    return lasting(lambda: YAML(typ="safe", pure=True).compose(text))


def with_broadcaster() -> Cost:
    from broadcaster.config.load import parse_schedule

    text = entries(ENTRY)
    return lasting(lambda: parse_schedule(text))


def planning() -> Cost:
    from broadcaster.config.load import parse_schedule
    from broadcaster.schedule.plan import no_lengths, plan

    schedule = parse_schedule(entries(ENTRY))
    return lasting(lambda: plan(schedule, first=date(2027, 1, 1), days=31, lengths=no_lengths))


def refusing(text: str) -> Cost:
    from broadcaster.config.load import parse_schedule
    from broadcaster.errors import WorkspaceFault

    def refused() -> None:
        try:
            parse_schedule(text)
        except WorkspaceFault:
            return
        raise AssertionError("it was taken")

    return lasting(refused)


def bomb() -> str:
    lines = (f"{b}: &{b} [{','.join(['*' + a] * 10)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    return "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(lines)


HURTING: dict[str, Callable[[], str]] = {
    "bomb of aliases": bomb,
    "1,000,000 brackets": lambda: "[" * 1_000_000,
    "circle of 5,000 groups": lambda: f"{HEAD}nhom:\n" + "".join(f"  g{n}: [g{(n + 1) % 5000}]\n" for n in range(5000)),
    "10,000 unknown communes": lambda: entries("  - {{ten: M {n}, bai: a.txt, gio: 05:30, noi_phat: x{n}}}\n"),
    "10,000 mistyped keys": lambda: entries("  - {{ten: M {n}, bai: a.txt, giờ: 05:30}}\n"),
    "slips in every entry of 150 kB": lambda: entries("  - ten: M {n}\n    bai: a.txt\n    gio 05:30\n")[:150_000],
}
READERS = {each.__name__: each for each in (with_plain_yaml, with_ruamel, with_broadcaster, planning)}


def measured(name: str) -> Cost:
    done = subprocess.run([sys.executable, __file__, name], check=True, capture_output=True, text=True)
    return Cost(*json.loads(done.stdout))


def one(name: str) -> None:
    """In the child."""
    cost = READERS[name]() if name in READERS else refusing(HURTING[name]())
    print(json.dumps([cost.cpu_s, cost.memory_mb]))


def main() -> None:
    plain, ruamel, ours, planned = (measured(name) for name in READERS)
    ratios = (
        ("time of libyaml's plain load", ours.cpu_s / plain.cpu_s, OF_PLAIN),
        ("memory of libyaml's plain load", ours.memory_mb / plain.memory_mb, OF_PLAIN_MEMORY),
        ("time of ruamel.yaml's parser", ours.cpu_s / ruamel.cpu_s, OF_RUAMEL),
    )
    print(f"{ENTRIES} entries: read, checked and typed in {ours.cpu_s:.2f} s of CPU and {ours.memory_mb:.0f} MB")
    for what, ratio, limit in ratios:
        print(f"  {ratio:.2f} of the {what} (limit {limit:g})")
    print(f"  31 days of it planned in {planned.cpu_s:.2f} s (limit {PLAN_S:g})")
    bad = [what for what, ratio, limit in ratios if ratio > limit]
    bad += ["plan"] if planned.cpu_s > PLAN_S else []
    for name in HURTING:
        cost = measured(name)
        ratio = cost.cpu_s / ours.cpu_s
        print(f"  {name}: refused in {ratio:.2f} of that time (limit {HURTING_OF_LOAD:g}), {cost.memory_mb:.0f} MB")
        bad += [name] if ratio > HURTING_OF_LOAD else []
    if bad:
        sys.exit(f"over the limit: {', '.join(bad)}")


if __name__ == "__main__":
    one(sys.argv[1]) if len(sys.argv) > 1 else main()
