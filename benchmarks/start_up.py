"""Start-up: CPU seconds of `broadcaster --help` beside bare Python, taken in turns in one run. Limit: 0.2 s of CPU."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys

ROUNDS = 11
LIMIT_S = 0.2
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "broadcaster --help": [sys.executable, "-m", "broadcaster", "--help"],
    "import of the five fixed packages": [sys.executable, "-c", "import gtts, apscheduler, click, sqlite_utils"],
}


def cpu_s(command: list[str]) -> float:
    """User and system seconds of one whole process."""
    before = os.times()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


def main() -> None:
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(ROUNDS):
        for name, command in COMMANDS.items():
            taken[name].append(cpu_s(command))
    medians = {name: statistics.median(seconds[1:]) for name, seconds in taken.items()}
    bare = medians["python -c pass"]
    for name, seconds in medians.items():
        print(f"{name:36} {seconds * 1000:6.0f} ms CPU   {seconds / bare:5.1f} × bare Python")
    print(f"limit for --help: {LIMIT_S * 1000:.0f} ms; used: {medians['broadcaster --help'] / LIMIT_S:.0%}")


if __name__ == "__main__":
    main()
