"""May it go on the air? What is said either way."""

from __future__ import annotations

from dataclasses import dataclass

from broadcaster.errors import BroadcasterError
from broadcaster.model.as_run import Outcome, OutcomeReason
from broadcaster.model.programme import Programme
from broadcaster.station.outcomes import Behind


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """A programme that may go on the air, and what stands behind it."""

    programme: Programme
    behind: Behind


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why an airing may not sound now."""

    reason: OutcomeReason
    detail: str
    outcome: Outcome = Outcome.MISSED


WITHDRAWN = Refused(
    reason=OutcomeReason.WITHDRAWN, detail="Lịch phát đã sửa, không còn lượt này.", outcome=Outcome.CANCELLED
)


def failed(reason: OutcomeReason, error: BroadcasterError) -> Refused:
    """It was tried, and could not be done."""
    parts = (error.message, *(str(fault) for fault in error.faults))
    return Refused(reason=reason, detail=" ".join(parts), outcome=Outcome.FAILED)
