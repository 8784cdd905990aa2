"""The paper logbook (sổ nhật ký phát sóng): one line a log row, to be printed and signed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from itertools import groupby
from pathlib import Path

from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from broadcaster.clock import VIETNAM
from broadcaster.model.as_run import LogRow, Outcome
from broadcaster.model.period import Period
from broadcaster.model.plan import AiringKind
from broadcaster.reports.document import Align, Cell, Column, Row, RowKind, Table
from broadcaster.reports.names import StationNames
from broadcaster.reports.pages import LANDSCAPE_WIDTH_MM, blank_document, to_bytes, write
from broadcaster.reports.saving import ending_of, save
from broadcaster.reports.tables import add_grid, add_table, keep_whole
from broadcaster.reports.tally import tidy, whole_seconds
from broadcaster.reports.wording import (
    OUTCOME_WORDS,
    day,
    duration,
    local,
    lower_first,
    number,
    reason_words,
    time_of_day,
)

SESSIONS = ((time(22), "đêm"), (time(18), "tối"), (time(13), "chiều"), (time(10), "trưa"), (time(4), "sáng"))
"""Sessions by the time from which they are called so, the latest first; before the first it is still night."""
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
COLUMNS = (
    Column(title="STT", width=11, align=Align.CENTRE),
    Column(title="Dòng nhật ký", width=13, align=Align.CENTRE),
    Column(title="Buổi", width=12, align=Align.CENTRE),
    Column(title="Giờ bắt đầu – kết thúc", width=20, align=Align.CENTRE),
    Column(title="Loại", width=17),
    Column(title="Nội dung", width=38),
    Column(title="Nguồn, công văn", width=28),
    Column(title="Thời lượng", width=25, align=Align.RIGHT),
    Column(title="Viết / biên tập / duyệt", width=27),
    Column(title="Đọc / trực", width=13),
    Column(title="Cụm loa", width=22),
    Column(title="Sự cố", width=28),
    Column(title="Ký", width=11),
)
TABLE_PT = 9.5
SIGNERS = ("Người trực máy", "Người duyệt")


def write_logbook(rows: Iterable[LogRow], *, period: Period, station: StationNames, out: Path) -> Path:
    """The rows of the period (by planned start, Vietnam), simulated ones left out; `out` must end in .docx.

    Raises `WrongUsage`, `DiskFull` and `BroadcasterError` as `write_report` does.
    """
    ending_of(out, possible=(".docx",))
    wanted = [row for row in rows if not row.row.simulated and _day(row) in period]
    wanted.sort(key=lambda row: (row.row.planned_start, row.seq))
    at = max((row.row.recorded_at for row in wanted), default=datetime.combine(period.end, time.max, VIETNAM))
    communes = {row.row.commune for row in wanted} or set(station.communes)
    only = communes.pop() if len(communes) == 1 else None
    owner = f"Đài truyền thanh {lower_first(station.commune(only))}" if only else "Các đài truyền thanh cơ sở"
    document = blank_document(title="Sổ nhật ký phát sóng", author=owner, at=at, landscape=True)
    _heading(document, owner, period)
    table = Table(caption="", columns=COLUMNS, rows=_lines(wanted, station, several=only is None))
    add_table(document, table, width_mm=LANDSCAPE_WIDTH_MM, size_pt=TABLE_PT)
    _foot(document, wanted)
    return save(to_bytes(document), out)


def _heading(document: Docx, owner: str, period: Period) -> None:
    centre = WD_ALIGN_PARAGRAPH.CENTER
    write(document.add_paragraph(), owner.upper(), bold=True, align=centre)
    write(document.add_paragraph(), "SỔ NHẬT KÝ PHÁT SÓNG", bold=True, size_pt=16, align=centre)
    label = period.label or f"từ ngày {day(period.start)} đến ngày {day(period.end)}"
    named = write(document.add_paragraph(), f"({label})", italic=True, align=centre)
    named.paragraph_format.space_after = Pt(8)


def _lines(rows: list[LogRow], station: StationNames, *, several: bool) -> tuple[Row, ...]:
    if not rows:
        return (Row(cells=(Cell(text="Trong kỳ, nhật ký không có dòng nào."),), kind=RowKind.HEADING),)
    lines: list[Row] = []
    place = 0
    for of_day, group in groupby(rows, key=_day):
        lines.append(Row(cells=(Cell(text=f"{WEEKDAYS[of_day.weekday()]}, {day(of_day)}"),), kind=RowKind.HEADING))
        for row in group:
            place += 1
            lines.append(_line(place, row, station, several=several))
    return tuple(lines)


def _line(place: int, row: LogRow, station: StationNames, *, several: bool) -> Row:
    run = row.row
    cluster = station.cluster(run.commune, run.cluster)
    printed = (
        str(place),
        str(row.seq),
        _session(run.started_at or run.planned_start),
        _hours(row),
        "tiếp âm" if run.kind is AiringKind.RELAY else run.script_kind or "–",
        f"{run.title}\n{run.script_title}" if run.script_title and run.script_title != run.title else run.title,
        _source(row, station),
        duration(whole_seconds(run.played_s)),
        _people(row),
        "",
        f"{station.commune(run.commune)}: {cluster}" if several else cluster,
        _trouble(row),
        "",
    )
    return Row(cells=tuple(Cell(text=text) for text in printed))


def _hours(row: LogRow) -> str:
    """When it really sounded; for what never did, when it should have."""
    run = row.row
    if run.started_at is None:
        return f"không phát\n(lịch {time_of_day(run.planned_start)})"
    return f"{time_of_day(run.started_at)} – {time_of_day(run.ended_at)}"


def _source(row: LogRow, station: StationNames) -> str:
    run = row.row
    source = f"Tiếp âm {station.source(run.item)}" if run.kind is AiringKind.RELAY else "Tự sản xuất"
    directive = tidy(run.directive)
    return f"{source}\nVăn bản số {directive}" if directive else source


def _people(row: LogRow) -> str:
    named = (("Viết", row.row.author), ("Duyệt", row.row.approved_by))
    return "\n".join(f"{part}: {name}" for part, name in named if name)


def _trouble(row: LogRow) -> str:
    """Outcome and reason unless it simply played, then what the output said."""
    run = row.row
    words = [] if run.outcome is Outcome.PLAYED else [OUTCOME_WORDS[run.outcome]]
    if run.reason is not None or words:
        words.append(reason_words(run.reason))
    if run.heard is False:
        words.append("máy giám sát không nghe thấy")
    said = ": ".join(words[:2]) + "".join(f"; {word}" for word in words[2:])
    return "\n".join(part for part in (said, run.detail) if part)


def _foot(document: Docx, rows: list[LogRow]) -> None:
    played = sum(1 for row in rows if row.row.outcome is Outcome.PLAYED)
    words = f"Cộng: {number(len(rows))} dòng, trong đó {number(played)} dòng đã phát trọn vẹn, "
    words += f"{number(len(rows) - played)} dòng có kết quả khác."
    total = write(document.add_paragraph(), words, size_pt=12, italic=True)
    total.paragraph_format.space_before = total.paragraph_format.space_after = Pt(8)
    total.paragraph_format.keep_with_next = True
    table = add_grid(document, [LANDSCAPE_WIDTH_MM / len(SIGNERS)] * len(SIGNERS), rows=1)
    for cell, signer in zip(table.rows[0].cells, SIGNERS, strict=True):
        write(cell.paragraphs[0], signer, size_pt=13, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
        write(cell.add_paragraph(), "(Ký, ghi rõ họ tên)", size_pt=12, italic=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    keep_whole(table.rows[0])


def _session(instant: datetime) -> str:
    at = local(instant).time()
    return next((name for begins, name in SESSIONS if at >= begins), "đêm")


def _day(row: LogRow) -> date:
    return local(row.row.planned_start).date()
