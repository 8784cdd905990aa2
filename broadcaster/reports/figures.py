"""The figures of a report, from as-run rows alone: nothing here knows the plan.

Rows of one airing make an `AiringAccount`; groups of accounts make `Tally`s. Every grouping splits the same accounts,
so its parts add up to the whole; only distinct pieces may be shared between groups, and `shared_pieces` says how many.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from broadcaster.clock import VIETNAM
from broadcaster.model.as_run import LogRow
from broadcaster.model.period import Period
from broadcaster.model.plan import AiringKind
from broadcaster.model.script import ScriptKind
from broadcaster.reports.tally import (
    AiringAccount,
    ClusterTally,
    PieceKey,
    Tally,
    account_of,
    cluster_tally,
    tally,
    tidy,
)

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Everything a report may say about a period."""

    period: Period
    directive: str | None
    commune: str | None
    accounts: tuple[AiringAccount, ...]
    """In order of planned start."""
    total: Tally
    by_commune: Mapping[str, Tally]
    by_directive: Mapping[str | None, Tally]
    by_campaign: Mapping[str | None, Tally]
    by_language: Mapping[str | None, Tally]
    by_kind: Mapping[ScriptKind | AiringKind | None, Tally]
    """Own scripts by their kind; relays under `AiringKind.RELAY`."""
    by_piece: Mapping[PieceKey | None, Tally]
    by_cluster: Mapping[tuple[str, str], ClusterTally]
    by_output: Mapping[str, ClusterTally]
    simulated: int
    """Rows of simulations that were left out."""


def figures(rows: Iterable[LogRow], *, period: Period, directive: str | None, commune: str | None) -> Figures:
    """Counts the rows whose planned start (Vietnam) lies in the period; simulated rows never count."""
    wanted = [row for row in rows if _asked_for(row, period=period, directive=directive, commune=commune)]
    real = [row for row in wanted if not row.row.simulated]
    accounts = _accounts(real)
    return Figures(
        period=period,
        directive=directive,
        commune=commune,
        accounts=accounts,
        total=tally(accounts),
        by_commune=_grouped(accounts, lambda account: account.lead.row.commune),
        by_directive=_grouped(accounts, lambda account: tidy(account.lead.row.directive)),
        by_campaign=_grouped(accounts, lambda account: account.lead.row.campaign),
        by_language=_grouped(accounts, lambda account: account.lead.row.language),
        by_kind=_grouped(accounts, _kind),
        by_piece=_grouped(accounts, lambda account: account.piece),
        by_cluster=_clusters(real, lambda row: (row.row.commune, row.row.cluster)),
        by_output=_clusters(real, lambda row: row.row.output),
        simulated=len(wanted) - len(real),
    )


def shared_pieces(whole: Tally, parts: Iterable[Tally]) -> Mapping[ScriptKind | None, int]:
    """How many pieces the parts count more than once: the sum of the parts less these is the whole."""
    summed: Counter[ScriptKind | None] = Counter()
    for part in parts:
        summed.update({kind: figure.value for kind, figure in part.pieces.items()})
    return {kind: summed[kind] - figure.value for kind, figure in whole.pieces.items()}


def _asked_for(row: LogRow, *, period: Period, directive: str | None, commune: str | None) -> bool:
    if row.row.planned_start.astimezone(VIETNAM).date() not in period:
        return False
    if commune is not None and row.row.commune != commune:
        return False
    return directive is None or (tidy(row.row.directive) or "").casefold() == (tidy(directive) or "").casefold()


def _accounts(rows: Iterable[LogRow]) -> tuple[AiringAccount, ...]:
    airings: dict[tuple[str, str], list[LogRow]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.seq):
        airings[row.row.commune, row.row.airing].append(row)
    accounts = [account_of(group) for group in airings.values()]
    return tuple(sorted(accounts, key=lambda account: (account.lead.row.planned_start, account.lead.seq)))


def _kind(account: AiringAccount) -> ScriptKind | AiringKind | None:
    return AiringKind.RELAY if account.relay else account.lead.row.script_kind


def _grouped(accounts: Iterable[AiringAccount], key: Callable[[AiringAccount], Key]) -> dict[Key, Tally]:
    groups: dict[Key, list[AiringAccount]] = defaultdict(list)
    for account in accounts:
        groups[key(account)].append(account)
    return {name: tally(group) for name, group in groups.items()}


def _clusters(rows: Iterable[LogRow], key: Callable[[LogRow], Key]) -> dict[Key, ClusterTally]:
    groups: dict[Key, list[LogRow]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return {name: cluster_tally(group) for name, group in groups.items()}
