"""A report as JSON: every figure with the seqs of the log rows behind it, then the document block by block."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from broadcaster.model.script import ScriptKind
from broadcaster.reports.account import Account
from broadcaster.reports.document import Block, Cell, Document, Table
from broadcaster.reports.tally import AiringAccount, ClusterTally, Figure, Share, Shortfall, Tally
from broadcaster.reports.wording import local

Json = dict[str, Any]
UNKNOWN_KIND = "unknown"
INTEGERS = re.compile(r"\[\n\s+\d+(?:,\n\s+\d+)*\n\s+\]")
"""A list of row numbers as json indents it; strings hold no bare line ends, so nothing else matches."""


def report_json(kind: str, account: Account, report: Document) -> bytes:
    """UTF-8, indented, keys in a fixed order: the same rows give the same bytes."""
    figures = account.figures
    content = {
        "kind": kind,
        "period": {
            "start": figures.period.start.isoformat(),
            "end": figures.period.end.isoformat(),
            "label": figures.period.label,
        },
        "directive": figures.directive,
        "commune": figures.commune,
        "written_at": local(account.at).isoformat(),
        "figures": _figures(account),
        "airings": [_airing(airing) for airing in figures.accounts],
        "document": _document(report),
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return (INTEGERS.sub(_on_one_line, text) + "\n").encode()


def _on_one_line(match: re.Match[str]) -> str:
    return "".join(match[0].split()).replace(",", ", ")


def _figures(account: Account) -> Json:
    figures = account.figures
    return {
        "total": _tally(figures.total),
        "communes_with_plays": _share(account.commune_share),
        "clusters_with_plays": _share(account.all_clusters),
        "simulated_rows_left_out": figures.simulated,
        "by_commune": [
            {
                "commune": commune,
                "name": account.station.commune(commune),
                **_tally(account.tally_of(commune)),
                "clusters_with_plays": _share(account.cluster_share(commune)),
            }
            for commune in account.communes
        ],
        "by_directive": _groups("directive", figures.by_directive),
        "by_campaign": _groups("campaign", figures.by_campaign),
        "by_language": _groups("language", figures.by_language),
        "by_kind": _groups("kind", figures.by_kind),
        "by_output": [{"output": output, **_cluster(tally)} for output, tally in sorted(figures.by_output.items())],
        "by_cluster": [
            {"commune": commune, "cluster": cluster, **_cluster(tally)}
            for (commune, cluster), tally in sorted(figures.by_cluster.items())
        ],
    }


def _groups(name: str, groups: Mapping[Any, Tally]) -> list[Json]:
    """What has no name (no directive, no campaign) comes last."""
    ordered = sorted(groups.items(), key=lambda group: (group[0] is None, group[0] or ""))
    return [{name: key, **_tally(tally)} for key, tally in ordered]


def _tally(tally: Tally) -> Json:
    return {
        "airings": _figure(tally.airings),
        "plays": _figure(tally.plays),
        "plays_of_airings": _share(Share(part=tally.plays.value, whole=tally.airings.value)),
        "pieces": {_kind(kind): _figure(figure) for kind, figure in tally.pieces.items()},
        "own_s": _figure(tally.own_s),
        "relay_s": _figure(tally.relay_s),
        "airtime_s": _figure(tally.airtime_s),
        "partial_s": _figure(tally.partial_s),
        "not_played": [_shortfall(shortfall) for shortfall in tally.shortfalls],
        "clusters_left_behind": [_shortfall(shortfall) for shortfall in tally.cluster_shortfalls],
        "remarks": [{"reason": reason, **_figure(figure)} for reason, figure in tally.remarks.items()],
        "languages": list(tally.languages),
        "directives": list(tally.directives),
    }


def _kind(kind: ScriptKind | None) -> str:
    return UNKNOWN_KIND if kind is None else kind.name.lower()


def _cluster(tally: ClusterTally) -> Json:
    return {
        "plays": _figure(tally.plays),
        "airtime_s": _figure(tally.airtime_s),
        "not_played": [_shortfall(shortfall) for shortfall in tally.shortfalls],
    }


def _figure(figure: Figure) -> Json:
    return {"value": figure.value, "seqs": list(figure.seqs)}


def _share(share: Share) -> Json:
    percent = round(100 * share.part / share.whole, 2) if share.whole else None
    return {"numerator": share.part, "denominator": share.whole, "percent": percent}


def _shortfall(shortfall: Shortfall) -> Json:
    return {"outcome": shortfall.outcome, "reason": shortfall.reason, **_figure(shortfall.figure)}


def _airing(airing: AiringAccount) -> Json:
    row = airing.lead.row
    return {
        "airing": row.airing,
        "commune": row.commune,
        "title": row.title,
        "item": row.item,
        "kind": row.kind,
        "planned_start": _instant(row.planned_start),
        "started_at": _instant(row.started_at),
        "ended_at": _instant(row.ended_at),
        "outcome": airing.outcome,
        "reason": row.reason,
        "seconds": airing.seconds,
        "rows": [
            {
                "seq": one.seq,
                "cluster": one.row.cluster,
                "outcome": one.row.outcome,
                "played_s": one.row.played_s,
                "hash": one.hash,
            }
            for one in airing.rows
        ],
    }


def _instant(instant: datetime | None) -> str | None:
    return None if instant is None else local(instant).isoformat()


def _document(report: Document) -> Json:
    head, signature = report.letterhead, report.signature
    return {
        "issuer": list(head.issuer),
        "number": head.number,
        "place_and_date": head.place_and_date,
        "title": head.title,
        "abstract": list(head.abstract),
        "grounds": list(report.grounds),
        "opening": _blocks(report.opening),
        "sections": [{"heading": section.heading, "blocks": _blocks(section.blocks)} for section in report.sections],
        "closing": report.closing,
        "signature": [*signature.authority, signature.name],
        "recipients": list(signature.recipients),
        "appendices": [
            {"number": appendix.number, "title": appendix.title, "blocks": _blocks(appendix.blocks)}
            for appendix in report.appendices
        ],
    }


def _blocks(blocks: Sequence[Block]) -> list[Json]:
    return [
        _table(block) if isinstance(block, Table) else {type(block).__name__.lower(): block.text} for block in blocks
    ]


def _table(table: Table) -> Json:
    return {
        "table": table.caption,
        "columns": [column.title for column in table.columns],
        "rows": [{"kind": row.kind, "cells": [_cell(cell) for cell in row.cells]} for row in table.rows],
    }


def _cell(cell: Cell) -> str | Json:
    """Plain text, or the figure that it prints."""
    if cell.figure is None:
        return cell.text
    return {"text": cell.text, "unit": cell.unit, **_figure(cell.figure)}
