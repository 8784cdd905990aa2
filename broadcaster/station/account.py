"""Rows → documents: reports and the logbook."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from broadcaster.errors import EvidenceBroken, WrongUsage
from broadcaster.model.as_run import LogRow
from broadcaster.model.period import Period
from broadcaster.reports.figures import Figures, figures
from broadcaster.reports.logbook import write_logbook
from broadcaster.reports.names import station_names
from broadcaster.reports.period import parse_period
from broadcaster.reports.report import write_report
from broadcaster.station.prove import log_rows
from broadcaster.station.station import Station


def write_station_report(
    station: Station, kind: str, *, period: str, directive: str | None, commune: str | None, at: datetime, out: Path
) -> Figures:
    """Write the report and give back the figures that stand in it.

    Raises `WrongUsage`, `DiskFull`, and `EvidenceBroken` where rows of a simulation are among the log's.
    """
    asked = parse_period(period)
    rows = _really_aired(log_rows(station))
    write_report(
        kind,
        rows=rows,
        period=asked,
        directive=directive,
        commune=commune,
        station=station_names(station.schedule),
        at=at,
        out=out,
    )
    return figures(rows, period=asked, directive=directive, commune=commune)


def print_logbook(station: Station, rows: list[LogRow], *, first: date | None, last: date | None, out: Path) -> Path:
    """The paper logbook of these rows.

    Raises `EvidenceBroken` for simulated ones, `WrongUsage` where there is nothing to say which days it is for.
    """
    days = [row.row.planned_start.date() for row in _really_aired(rows)]
    start, end = first or min(days, default=None), last or max(days, default=None)
    if start is None or end is None:
        raise WrongUsage(
            "Nhật ký chưa có dòng nào.", remedy="Nêu rõ các ngày cần in: --from 01/10/2026 --to 31/10/2026"
        )
    return write_logbook(rows, period=Period(start=start, end=end), station=station_names(station.schedule), out=out)


def _really_aired(rows: list[LogRow]) -> list[LogRow]:
    """The rows themselves. Raises `EvidenceBroken` for a log of simulated ones: nothing of it was ever heard."""
    simulated = [row.seq for row in rows if row.row.simulated]
    if simulated:
        raise EvidenceBroken(
            f"Nhật ký này có {len(simulated)} dòng mô phỏng (từ dòng {simulated[0]}): không lập báo cáo, sổ từ đó.",
            remedy="Lập từ nhật ký thật của đài: bỏ --db.",
        )
    return rows
