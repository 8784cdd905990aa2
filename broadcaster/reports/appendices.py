"""The tables behind a report: each commune's figures, each airing that played, each that did not."""

from __future__ import annotations

from collections.abc import Iterable

from broadcaster.model.as_run import LogRow, Outcome
from broadcaster.model.script import ScriptKind
from broadcaster.reports import cells
from broadcaster.reports.account import Account
from broadcaster.reports.document import Align, Appendix, Cell, Column, Note, Row, RowKind, Table, Unit
from broadcaster.reports.figures import shared_pieces
from broadcaster.reports.tally import AiringAccount, Figure, Share, Tally, whole_seconds
from broadcaster.reports.wording import (
    OUTCOME_WORDS,
    day,
    duration,
    language_words,
    local,
    number,
    percent,
    reason_words,
    time_of_day,
)

APPENDIX_KINDS = (ScriptKind.NEWS, ScriptKind.ARTICLE, ScriptKind.REPORTAGE)
SHORT_HASH = 12
"""Hexadecimal digits of a row's hash that are printed: enough to find it, and 48 bits to compare."""

COMMUNE_COLUMNS = (
    Column(title="STT", width=11, align=Align.CENTRE),
    Column(title="Xã", width=28),
    Column(title="Văn bản chỉ đạo", width=31),
    Column(title="Số tin", width=11, align=Align.CENTRE),
    Column(title="Số bài", width=11, align=Align.CENTRE),
    Column(title="Phóng sự", width=14, align=Align.CENTRE),
    Column(title="Lượt phát", width=12, align=Align.CENTRE),
    Column(title="Tự sản xuất (phút)", width=32, align=Align.RIGHT),
    Column(title="Tiếp âm (phút)", width=32, align=Align.RIGHT),
    Column(title="Ngôn ngữ", width=21),
    Column(title="Cụm phát / tổng", width=16, align=Align.CENTRE),
    Column(title="Tỉ lệ %", width=14, align=Align.CENTRE),
    Column(title="Minh chứng (dòng nhật ký)", width=28, align=Align.CENTRE),
)
AIRING_COLUMNS = (
    Column(title="STT", width=11, align=Align.CENTRE),
    Column(title="Ngày", width=22, align=Align.CENTRE),
    Column(title="Bắt đầu – kết thúc", width=38, align=Align.CENTRE),
    Column(title="Nội dung", width=66),
    Column(title="Cụm loa", width=38),
    Column(title="Thời lượng", width=32, align=Align.RIGHT),
    Column(title="Dòng nhật ký", width=17, align=Align.CENTRE),
    Column(title="Mã băm của dòng", width=28, align=Align.CENTRE),
)
SHORTFALL_COLUMNS = (
    Column(title="STT", width=11, align=Align.CENTRE),
    Column(title="Ngày", width=22, align=Align.CENTRE),
    Column(title="Giờ theo lịch", width=19, align=Align.CENTRE),
    Column(title="Nội dung", width=58),
    Column(title="Cụm loa", width=32),
    Column(title="Kết quả, lý do", width=42),
    Column(title="Đã phát", width=29, align=Align.RIGHT),
    Column(title="Dòng nhật ký", width=17, align=Align.CENTRE),
    Column(title="Mã băm của dòng", width=28, align=Align.CENTRE),
)


def appendices(account: Account) -> tuple[Appendix, ...]:
    """Phụ lục I always; the lists of airings where they have lines."""
    parts = [("Kết quả phát sóng theo đơn vị", _communes(account))]
    played = [airing for airing in account.figures.accounts if airing.played]
    if played:
        parts.append(("Danh sách lượt phát", (_played(account, played),)))
    rows = [row for airing in account.figures.accounts for row in airing.rows if row.row.outcome is not Outcome.PLAYED]
    if rows:
        parts.append(("Danh sách lượt không phát trọn vẹn, theo từng cụm loa", (_not_played(account, rows),)))
    numerals = ("I", "II", "III")
    return tuple(
        Appendix(number=numeral, title=title, blocks=blocks)
        for numeral, (title, blocks) in zip(numerals, parts, strict=False)
    )


def _communes(account: Account) -> tuple[Table | Note, ...]:
    whole = account.figures.total
    tallies = [(commune, account.tally_of(commune)) for commune in account.communes]
    rows = [
        _commune_row(str(place), account.station.commune(commune), tally, account.cluster_share(commune))
        for place, (commune, tally) in enumerate(tallies, start=1)
    ]
    shared = shared_pieces(whole, [tally for _, tally in tallies])
    if any(shared[kind] for kind in APPENDIX_KINDS):
        gaps = [cells.text(f"−{number(shared[kind])}" if shared[kind] else "0") for kind in APPENDIX_KINDS]
        blanks = [cells.text("")] * (len(COMMUNE_COLUMNS) - len(gaps) - 3)
        label = cells.text("Trừ tin, bài phát ở nhiều xã")
        rows.append(Row(cells=(cells.text(""), label, cells.text(""), *gaps, *blanks)))
    rows.append(_commune_row("", "Tổng cộng", whole, account.all_clusters, kind=RowKind.TOTAL))
    table = Table(caption="", columns=COMMUNE_COLUMNS, rows=tuple(rows))
    return (table, Note(text=_other_kinds(whole)))


def _commune_row(place: str, name: str, tally: Tally, clusters: Share, *, kind: RowKind = RowKind.LINE) -> Row:
    total = kind is RowKind.TOTAL
    return Row(
        cells=(
            cells.text(place),
            cells.text(name),
            cells.text("" if total else "\n".join(tally.directives) or "–"),
            *(cells.pieces(tally, piece) for piece in APPENDIX_KINDS),
            cells.count(tally.plays, Unit.PLAYS),
            cells.length(tally.own_s),
            cells.length(tally.relay_s),
            cells.text("\n".join(dict.fromkeys(language_words(code) for code in tally.languages)) or "–"),
            cells.text(f"{clusters.part}/{clusters.whole}"),
            cells.text(percent(clusters.part, clusters.whole) or "–"),
            cells.evidence(tally.plays),
        ),
        kind=kind,
    )


def _other_kinds(whole: Tally) -> str:
    others = [
        f"{number(figure.value)} {kind or 'tin, bài chưa ghi loại'}"
        for kind, figure in whole.pieces.items()
        if kind not in APPENDIX_KINDS
    ]
    return (
        f"Ngoài tin, bài, phóng sự còn {', '.join(others)} (tính cho toàn báo cáo). Cụm phát / tổng: số cụm loa có ít "
        "nhất một lượt phát trên tổng số cụm loa; tỉ lệ % là tỉ lệ của hai số này. Minh chứng: số thứ tự dòng trong "
        "nhật ký phát sóng."
    )


def _played(account: Account, airings: Iterable[AiringAccount]) -> Table:
    rows = tuple(_airing_row(account, place, airing) for place, airing in enumerate(airings, start=1))
    lengths = account.figures.total.airtime_s
    total = (
        *(cells.text(words) for words in ("", "", "", f"Tổng cộng: {number(len(rows))} lượt phát", "")),
        cells.length(lengths),
        cells.text(""),
        cells.text(""),
    )
    return Table(caption="", columns=AIRING_COLUMNS, rows=(*rows, Row(cells=total, kind=RowKind.TOTAL)))


def _airing_row(account: Account, place: int, airing: AiringAccount) -> Row:
    row, played = airing.lead.row, airing.played_rows
    clusters = [account.station.cluster(row.commune, other.row.cluster) for other in played]
    return Row(
        cells=(
            cells.text(str(place)),
            cells.text(day(local(row.started_at or row.planned_start).date())),
            cells.text(f"{time_of_day(row.started_at)} – {time_of_day(row.ended_at)}"),
            _content(airing.lead),
            _where(account, airing.lead, clusters),
            cells.length(Figure(value=airing.seconds, seqs=(airing.lead.seq,))),
            cells.text("\n".join(str(other.seq) for other in played)),
            cells.text("\n".join(other.hash[:SHORT_HASH] for other in played)),
        )
    )


def _not_played(account: Account, rows: Iterable[LogRow]) -> Table:
    lines = tuple(_shortfall_row(account, place, row) for place, row in enumerate(rows, start=1))
    return Table(caption="", columns=SHORTFALL_COLUMNS, rows=lines)


def _shortfall_row(account: Account, place: int, row: LogRow) -> Row:
    run = row.row
    return Row(
        cells=(
            cells.text(str(place)),
            cells.text(day(local(run.planned_start).date())),
            cells.text(time_of_day(run.planned_start)),
            _content(row),
            _where(account, row, [account.station.cluster(run.commune, run.cluster)]),
            cells.text(f"{OUTCOME_WORDS[run.outcome]}: {reason_words(run.reason)}"),
            cells.text(duration(whole_seconds(run.played_s))),
            cells.text(str(row.seq)),
            cells.text(row.hash[:SHORT_HASH]),
        )
    )


def _content(row: LogRow) -> Cell:
    """The entry's name, and the script's where it says more."""
    run = row.row
    named = run.script_title and run.script_title != run.title
    return cells.text(f"{run.title}\n{run.script_title}" if named else run.title)


def _where(account: Account, row: LogRow, clusters: list[str]) -> Cell:
    names = ", ".join(clusters)
    return cells.text(names if account.only_commune else f"{account.station.commune(row.row.commune)}: {names}")
