"""The days that a report or a look at the log is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Whole days from `start` to `end`, both included."""

    start: date
    end: date
    label: str = field(default="", compare=False)

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end
