"""What a report kind is: its name on the command line and how it is composed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from broadcaster.reports.account import Account
from broadcaster.reports.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportKind:
    """One file in kinds/ exports one of these as `kind`."""

    key: str
    title: str
    """For help texts, in Vietnamese."""
    compose: Callable[[Account], Document]
    needs_directive: bool = False
