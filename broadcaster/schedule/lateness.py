"""What becomes of an airing whose instant has passed (rule 11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from broadcaster.model.as_run import OutcomeReason
from broadcaster.model.plan import Airing, AiringKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayLate:
    """It still airs, from now on."""

    late_s: float
    """How long after its start; 0 where it is in time."""
    length_s: float
    """What is left to air: all of a script, the rest of a relay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """It airs no more."""

    reason: OutcomeReason


def when_late(airing: Airing, *, now: datetime, length_s: float) -> PlayLate | Missed:
    """A script starts at most `late_limit_s` late and ends inside its window; a relay joins in progress.

    `length_s` is what the programme really lasts. `airing` has a start.
    """
    if airing.start is None:
        raise ValueError(f"{airing.id} has no start: only placed airings can be late")
    late_s = max(0.0, (now - airing.start).total_seconds())
    if airing.kind is AiringKind.RELAY:
        left_s = airing.length_s - late_s
        return PlayLate(late_s=late_s, length_s=left_s) if left_s > 0 else Missed(reason=OutcomeReason.TOO_LATE)
    ends_at = max(now, airing.start) + timedelta(seconds=length_s)
    in_time = airing.window_end is None or ends_at <= airing.window_end
    if late_s <= airing.late_limit_s and in_time:
        return PlayLate(late_s=late_s, length_s=length_s)
    return Missed(reason=OutcomeReason.TOO_LATE)
