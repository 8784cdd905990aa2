"""What the global options say; every command is given it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What the global options say."""

    workspace: Path
    now: datetime | None
    """Stands for the present where a command decides by the time; never in what is recorded."""
