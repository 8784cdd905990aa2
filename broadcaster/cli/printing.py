"""Results to standard output, messages and progress to standard error."""

from __future__ import annotations

import json
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from broadcaster.errors import BroadcasterError, Fault


def print_json(value: Any) -> None:
    """One JSON value, Vietnamese as it is written."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def say(message: str = "") -> None:
    """A message for the person at the keyboard."""
    click.echo(message, err=True)


def say_error(error: BroadcasterError) -> None:
    """What failed and what to do next."""
    say(f"Lỗi: {error.message}")
    if error.remedy:
        say(f"→ {error.remedy}")
    for fault in error.faults:
        say(f"- {fault}")


def faults_as_json(faults: Iterable[Fault]) -> list[dict[str, Any]]:
    return [
        {"file": f.file, "line": f.line, "column": f.column, "message": f.message, "remedy": f.remedy} for f in faults
    ]


def own_command() -> str:
    """How this program is called from here: by its name where the shell finds it, else by its path."""
    if shutil.which("broadcaster"):
        return "broadcaster"
    called = Path(sys.argv[0])
    if called.stem != "broadcaster":
        return f"{sys.executable} -m broadcaster"
    return str(called.relative_to(Path.cwd()) if called.is_relative_to(Path.cwd()) else called)


def print_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Columns as wide as their widest cell."""
    cells = [list(headings), *([("" if cell is None else str(cell)) for cell in row] for row in rows)]
    widths = [max(_width(row[column]) for row in cells) for column in range(len(headings))]
    for number, row in enumerate(cells):
        line = "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        click.echo(line.rstrip())
        if number == 0:
            click.echo("  ".join("─" * width for width in widths))


def _width(text: str) -> int:
    return sum(0 if unicodedata.combining(c) else 1 for c in text)


def seconds_in_words(seconds: float) -> str:
    """`75.2` → `1 phút 15 giây`."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} phút {rest:02d} giây" if minutes else f"{rest} giây"


LINES = 5
"""How many lines a bar comes to where it cannot be redrawn."""


class Progress:
    """A bar that is redrawn on a terminal, and a line a step where standard error is a file."""

    def __init__(self, *, label: str, total: float) -> None:
        self.label = label
        self.total = max(total, 1e-9)
        self._live = sys.stderr.isatty()
        self._said = 0

    def show(self, done: float, note: str = "") -> None:
        if self._live:
            share = min(1.0, done / self.total)
            bar = "█" * round(share * 30)
            click.echo(f"\r{self.label} [{bar:<30}] {share:4.0%} {note:<40.40}", err=True, nl=False)
        elif (step := int(done / self.total * LINES)) != self._said:
            self._said = step
            say(f"{self.label} {min(1.0, done / self.total):.0%} {note}")

    def show_of(self, done: int, total: int, note: str = "") -> None:
        """So many of a number that is known only now."""
        self.total = max(total, 1e-9)
        self.show(done, f"{done}/{total} {note}")

    def close(self, note: str = "") -> None:
        if self._live:
            click.echo("\r" + " " * 110 + "\r", err=True, nl=False)
        if note:
            say(note)

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
