"""What a group of airings comes to: pieces, plays, seconds and shortfalls, each with the log rows behind it."""

from __future__ import annotations

import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from broadcaster.model.as_run import LogRow, Outcome, OutcomeReason
from broadcaster.model.plan import AiringKind
from broadcaster.model.script import ScriptKind

PRECEDENCE = {
    Outcome.PLAYED: 0,
    Outcome.PARTIAL: 1,
    Outcome.FAILED: 2,
    Outcome.CANCELLED: 3,
    Outcome.MISSED: 4,
}
"""Which cluster's outcome speaks for an airing: the one that sounded most."""

PieceKey = tuple[str, ScriptKind | None]
"""A script under a kind: one that changes its kind counts once under each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number, and the seqs of the log rows that it was counted from."""

    value: int = 0
    seqs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of a whole; never a percentage alone."""

    part: int
    whole: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AiringAccount:
    """How one airing ended, over all its clusters."""

    rows: tuple[LogRow, ...]
    """In order of seq."""
    lead: LogRow
    """Speaks for the airing: the best outcome, of those the longest, of those the first."""

    @property
    def outcome(self) -> Outcome:
        return self.lead.row.outcome

    @property
    def played(self) -> bool:
        return self.outcome is Outcome.PLAYED

    @property
    def relay(self) -> bool:
        return self.lead.row.kind is AiringKind.RELAY

    @property
    def seconds(self) -> int:
        """Airtime: the longest cluster's, to the nearest second; totals add these, so they agree."""
        return whole_seconds(self.lead.row.played_s)

    @property
    def piece(self) -> PieceKey | None:
        row = self.lead.row
        return None if self.relay or row.script is None else (row.script, row.script_kind)

    @property
    def played_rows(self) -> tuple[LogRow, ...]:
        return tuple(row for row in self.rows if row.row.outcome is Outcome.PLAYED)

    @property
    def seqs(self) -> tuple[int, ...]:
        return tuple(row.seq for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """How often something ended otherwise than played, with the reason that the log gives."""

    outcome: Outcome
    reason: OutcomeReason | None
    figure: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What a group of airings comes to."""

    airings: Figure
    """All that have an outcome."""
    plays: Figure
    """Lượt phát: airings that played on at least one cluster."""
    pieces: Mapping[ScriptKind | None, Figure]
    """Distinct scripts that played; every kind is there, None only where the log does not say the kind."""
    own_s: Figure
    relay_s: Figure
    partial_s: Figure
    """Seconds of airings that broke off: no plays, in no other total."""
    shortfalls: tuple[Shortfall, ...]
    """Airings that did not play; with `plays` they make up `airings`."""
    cluster_shortfalls: tuple[Shortfall, ...]
    """Clusters that stayed behind in airings that played elsewhere."""
    remarks: Mapping[OutcomeReason, Figure]
    """Odd things about airings that did play: late, from a substitute source."""
    languages: tuple[str, ...]
    directives: tuple[str, ...]
    """Of what played."""
    clusters: tuple[tuple[str, str], ...]
    """(commune, cluster) that played at least once."""

    @property
    def airtime_s(self) -> Figure:
        return Figure(
            value=self.own_s.value + self.relay_s.value, seqs=tuple(sorted(self.own_s.seqs + self.relay_s.seqs))
        )

    @property
    def all_pieces(self) -> Figure:
        seqs = sorted({seq for figure in self.pieces.values() for seq in figure.seqs})
        return Figure(value=sum(figure.value for figure in self.pieces.values()), seqs=tuple(seqs))


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterTally:
    """What one cluster or output did by itself: each of its rows counts."""

    plays: Figure
    airtime_s: Figure
    shortfalls: tuple[Shortfall, ...]


def account_of(rows: Iterable[LogRow]) -> AiringAccount:
    """One airing from all its rows, of which there is at least one."""
    ordered = tuple(sorted(rows, key=lambda row: row.seq))
    return AiringAccount(rows=ordered, lead=min(ordered, key=_rank))


def tally(accounts: Iterable[AiringAccount]) -> Tally:
    """Counts a group of airings."""
    everything = tuple(accounts)
    played = [account for account in everything if account.played]
    played_rows = [row for account in played for row in account.played_rows]
    return Tally(
        airings=_count(everything),
        plays=Figure(value=len(played), seqs=tuple(sorted(row.seq for row in played_rows))),
        pieces=_pieces(played),
        own_s=_seconds(account for account in played if not account.relay),
        relay_s=_seconds(account for account in played if account.relay),
        partial_s=_seconds(account for account in everything if account.outcome is Outcome.PARTIAL),
        shortfalls=_shortfalls((account.lead, account.seqs) for account in everything if not account.played),
        cluster_shortfalls=_shortfalls((row, (row.seq,)) for account in played for row in _left_behind(account)),
        remarks=_remarks(played),
        languages=tuple(sorted({row.row.language for row in played_rows if row.row.language})),
        directives=tuple(sorted({number for row in played_rows if (number := tidy(row.row.directive))})),
        clusters=tuple(sorted({(row.row.commune, row.row.cluster) for row in played_rows})),
    )


def cluster_tally(rows: list[LogRow]) -> ClusterTally:
    """Counts the rows of one cluster or output."""
    played = [row for row in rows if row.row.outcome is Outcome.PLAYED]
    seqs = tuple(row.seq for row in played)
    return ClusterTally(
        plays=Figure(value=len(played), seqs=seqs),
        airtime_s=Figure(value=sum(whole_seconds(row.row.played_s) for row in played), seqs=seqs),
        shortfalls=_shortfalls((row, (row.seq,)) for row in rows if row.row.outcome is not Outcome.PLAYED),
    )


def whole_seconds(seconds: float) -> int:
    """To the nearest second, halves up."""
    return math.floor(seconds + 0.5)


def tidy(text: str | None) -> str | None:
    """One way of writing a directive's number: NFC, single spaces."""
    return None if text is None else " ".join(unicodedata.normalize("NFC", text).split())


def _rank(row: LogRow) -> tuple[int, float, int]:
    return PRECEDENCE[row.row.outcome], -row.row.played_s, row.seq


def _count(accounts: Iterable[AiringAccount]) -> Figure:
    counted = tuple(accounts)
    return Figure(value=len(counted), seqs=tuple(sorted(seq for account in counted for seq in account.seqs)))


def _seconds(accounts: Iterable[AiringAccount]) -> Figure:
    counted = tuple(accounts)
    return Figure(
        value=sum(account.seconds for account in counted), seqs=tuple(sorted(account.lead.seq for account in counted))
    )


def _pieces(played: Iterable[AiringAccount]) -> dict[ScriptKind | None, Figure]:
    scripts: dict[ScriptKind | None, set[str]] = {kind: set() for kind in ScriptKind}
    seqs: dict[ScriptKind | None, list[int]] = defaultdict(list)
    for account in played:
        if account.piece is not None:
            script, kind = account.piece
            scripts.setdefault(kind, set()).add(script)
            seqs[kind].extend(row.seq for row in account.played_rows)
    return {kind: Figure(value=len(names), seqs=tuple(sorted(seqs[kind]))) for kind, names in scripts.items()}


def _shortfalls(cases: Iterable[tuple[LogRow, tuple[int, ...]]]) -> tuple[Shortfall, ...]:
    """Each case is the row that names outcome and reason, and the seqs behind it."""
    groups: dict[tuple[Outcome, OutcomeReason | None], list[tuple[int, ...]]] = defaultdict(list)
    for row, seqs in cases:
        groups[row.row.outcome, row.row.reason].append(seqs)
    return tuple(
        Shortfall(
            outcome=outcome,
            reason=reason,
            figure=Figure(value=len(found), seqs=tuple(sorted(chain.from_iterable(found)))),
        )
        for (outcome, reason), found in sorted(
            groups.items(), key=lambda group: (PRECEDENCE[group[0][0]], group[0][1] or "")
        )
    )


def _left_behind(account: AiringAccount) -> list[LogRow]:
    return [row for row in account.rows if row.row.outcome is not Outcome.PLAYED]


def _remarks(played: Iterable[AiringAccount]) -> dict[OutcomeReason, Figure]:
    groups: dict[OutcomeReason, list[AiringAccount]] = defaultdict(list)
    for account in played:
        if account.lead.row.reason is not None:
            groups[account.lead.row.reason].append(account)
    return {reason: _count(groups[reason]) for reason in sorted(groups)}
