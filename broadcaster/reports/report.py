"""Writes a report of any kind from as-run rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from broadcaster.errors import WrongUsage
from broadcaster.model.as_run import LogRow
from broadcaster.model.period import Period
from broadcaster.plugins import plugins_in
from broadcaster.reports import kinds
from broadcaster.reports.account import Account
from broadcaster.reports.as_json import report_json
from broadcaster.reports.figures import figures
from broadcaster.reports.kind import ReportKind
from broadcaster.reports.names import StationNames
from broadcaster.reports.saving import ending_of, save

ENDINGS = (".docx", ".json")


def report_kinds() -> tuple[ReportKind, ...]:
    """Every kind that is installed, by name."""
    found = [kind for kind in plugins_in(kinds, attribute="kind") if isinstance(kind, ReportKind)]
    return tuple(sorted(found, key=lambda kind: kind.key))


def write_report(
    kind: str,
    *,
    rows: Iterable[LogRow],
    period: Period,
    directive: str | None,
    commune: str | None,
    station: StationNames,
    at: datetime,
    out: Path,
) -> Path:
    """Writes `out` by its ending and gives it back.

    Raises `WrongUsage` for an unknown kind, ending, folder or commune, or a missing directive; `DiskFull` and
    `BroadcasterError` where the file cannot be written, leaving nothing half-written.
    """
    chosen = _kind(kind)
    ending = ending_of(out, possible=ENDINGS)
    if chosen.needs_directive and not (directive or "").strip():
        raise WrongUsage(
            f"Báo cáo “{chosen.key}” cần số văn bản chỉ đạo.",
            remedy="Thêm --directive, ví dụ --directive 244/CĐSQG-CSS.",
        )
    counted = figures(rows, period=period, directive=directive, commune=commune)
    _check_commune(commune, station, known_to_log=bool(counted.accounts))
    account = Account(figures=counted, station=station, at=at)
    report = chosen.compose(account)
    if ending == ".json":
        return save(report_json(chosen.key, account, report), out)
    from broadcaster.reports.nd30 import report_docx

    return save(report_docx(report, at=at), out)


def _kind(key: str) -> ReportKind:
    known = {kind.key: kind for kind in report_kinds()}
    if key not in known:
        listed = "; ".join(f"{kind.key}: {kind.title}" for kind in known.values())
        raise WrongUsage(f"Không có loại báo cáo “{key}”.", remedy=f"Các loại hiện có: {listed}.")
    return known[key]


def _check_commune(commune: str | None, station: StationNames, *, known_to_log: bool) -> None:
    """A mistyped commune must not become a report that nothing aired."""
    if commune is None or commune in station.communes or known_to_log:
        return
    raise WrongUsage(
        f"Không có xã “{commune}” trong schedule.yaml và trong nhật ký.",
        remedy=f"Dùng một trong các mã: {', '.join(station.communes)}.",
    )
