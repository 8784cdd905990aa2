"""`simulate`: the station on a simulated clock, to see what a schedule comes to before it does."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import click

from broadcaster.cli.day import AS_JSON, day_of
from broadcaster.cli.face import Face
from broadcaster.cli.printing import Progress, print_json, print_table, say, seconds_in_words
from broadcaster.cli.vietnamese import VietnameseCommand, option
from broadcaster.errors import WrongUsage

RECORDS = "du-lieu/mo-phong.sqlite3"


@click.command(cls=VietnameseCommand)
@option("--from", "start", metavar="LÚC", required=True, help="Từ ngày (01/01/2027) hoặc lúc (2027-01-01T05:00).")
@option("--to", "end", metavar="LÚC", required=True, help="Đến hết ngày, hoặc đến lúc.")
@option(
    "--db",
    "records",
    metavar="TỆP",
    type=click.Path(path_type=Path),
    default=None,
    help=f"Ghi nhật ký mô phỏng vào tệp này, làm lại từ đầu (mặc định {RECORDS}).",
)
@AS_JSON
@click.pass_obj
def simulate(face: Face, start: str, end: str, records: Path | None, as_json: bool) -> None:
    """Chạy thử đài trên đồng hồ giả, nhanh hết mức: lịch này sẽ phát được gì, thiếu gì. Không bao giờ là bằng chứng."""
    from broadcaster.clock import SystemClock
    from broadcaster.reports.wording import OUTCOME_WORDS, REASON_WORDS
    from broadcaster.station.simulation import simulate as run

    today = (face.now or SystemClock().now()).date()
    first, last = _instant(start, today=today, whole_day=False), _instant(end, today=today, whole_day=True)
    bar = Progress(label="Mô phỏng", total=max(1, (last - first).days))
    summary = run(
        face.workspace,
        start=first,
        end=last,
        records=records.absolute() if records else face.workspace / RECORDS,
        on_day=lambda day: bar.show((day - first.date()).days, f"{day:%d/%m/%Y}"),
    )
    bar.close()
    if as_json:
        print_json(
            {
                "db": str(summary.records),
                "from": first.isoformat(),
                "to": last.isoformat(),
                "simulated": True,
                "rows": summary.rows,
                "outcomes": dict(summary.outcomes),
                "reasons": dict(summary.reasons),
                "played_s": round(summary.played_s),
            }
        )
        return
    outcomes = [(words, summary.outcomes[outcome]) for outcome, words in OUTCOME_WORDS.items()]
    print_table(("Kết quả mô phỏng", "Số lượt"), [row for row in outcomes if row[1]])
    reasons = [(words, summary.reasons[reason]) for reason, words in REASON_WORDS.items()]
    for words, count in reasons:
        if count:
            say(f"- {words}: {count}")
    say(f"Tổng thời lượng {seconds_in_words(summary.played_s)}. Nhật ký MÔ PHỎNG, không phải bằng chứng.")
    say(f"Xem từng dòng: broadcaster log --db {summary.records}")


def _instant(text: str, *, today: date, whole_day: bool) -> datetime:
    """A day from its beginning, or to its end, or an instant of it."""
    from broadcaster.clock import VIETNAM

    try:
        at = datetime.fromisoformat(text) if "T" in text else None
    except ValueError as error:
        raise WrongUsage(f"'{text}' không phải là thời điểm.", remedy="Viết như 2027-01-01T05:00.") from error
    if at is not None:
        return at.astimezone(VIETNAM) if at.tzinfo else at.replace(tzinfo=VIETNAM)
    day = datetime.combine(day_of(text, today=today), time(), VIETNAM)
    return day + timedelta(days=1) if whole_day else day
