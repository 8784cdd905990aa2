"""What a person sees of the demonstration: its steps, the playing, and where everything lies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from broadcaster.cli.printing import Progress, own_command, print_json, say, seconds_in_words
from broadcaster.cli.proof import show_log
from broadcaster.errors import EvidenceBroken

if TYPE_CHECKING:
    from broadcaster.station.demo import Performance
    from broadcaster.station.station import Station


def perform(workspace: Path, folder: Path | None, *, as_json: bool) -> None:
    """Run the demonstration and print its end. Raises `EvidenceBroken` should `verify` not hold."""
    from broadcaster.clock import SystemClock
    from broadcaster.station.demo import air, folder_for, prepare

    say("broadcaster — trình diễn: từ bài viết đến tiếng trên loa, nhật ký và báo cáo.\n")
    target = workspace / folder if folder else folder_for(workspace, SystemClock().now())
    say(f"① Chuẩn bị bài và chương trình trong {target}")
    made = prepare(target, tell=lambda line: say(f"   {line}"))
    say("② Phát theo lịch, bằng bộ lập lịch thật, trong thời gian thật (Ctrl+C để dừng)")
    bar = PlayingBar()
    try:
        performance = air(made, tell=bar.say, watch=bar.show)
    finally:
        bar.close()
    if as_json:
        print_json(_as_json(performance))
    else:
        _show(performance)
    if not performance.verdict.ok:
        raise EvidenceBroken(
            f"Kiểm chứng nhật ký không đạt: {performance.verdict.why}", remedy="Chạy: broadcaster doctor"
        )


class PlayingBar:
    """How far the airings are: seconds that have left the outputs, of all that will."""

    def __init__(self) -> None:
        self._bar = Progress(label="   Đang phát", total=1)

    def say(self, line: str) -> None:
        self._bar.close()
        say(f"   {line}")

    def show(self, station: Station) -> None:
        playing = [intent for intent in station.ledger.open() if intent.began_at is not None]
        self._bar.total = max((intent.airing.length_s for intent in playing), default=1)
        done = max((intent.played_frames / intent.sample_rate for intent in playing), default=0.0)
        self._bar.show(done, ", ".join(sorted({intent.cluster for intent in playing})) or "chờ đến giờ")

    def close(self) -> None:
        self._bar.close()


def _show(done: Performance) -> None:
    say("③ Kết quả\n")
    show_log(list(done.rows))
    folder = done.workspace.folder
    programmes = sorted({row.row.audio for row in done.rows if row.row.audio})
    recordings = sorted(
        path.relative_to(folder).as_posix() for path in (done.workspace.audio / "da-phat").rglob("*.mp3")
    )
    click.echo(f"\nTất cả nằm trong {folder}")
    for title, files in (
        ("Chương trình (.mp3)", programmes),
        ("Ghi lại những gì đã phát", recordings),
        ("Sổ nhật ký (.docx)", [done.logbook.relative_to(folder).as_posix()]),
        ("Báo cáo (.docx, .json)", [path.relative_to(folder).as_posix() for path in (done.report, done.report_json)]),
    ):
        click.echo(f"  {title}: {files[0] if files else '—'}")
        for file in files[1:]:
            click.echo(f"  {'':<{len(title)}}  {file}")
    plays, seconds = done.figures.total.plays.value, done.figures.total.airtime_s.value
    click.echo(f"\nBáo cáo đếm từ nhật ký: {plays} lượt phát, {seconds_in_words(seconds)}.")
    if done.verdict.ok:
        click.echo(f"Kiểm chứng (verify): nguyên vẹn — {done.verdict.rows} dòng nhật ký, tệp chương trình khớp mã băm.")
    click.echo(f"Xem lại: {own_command()} --workspace {folder} log")


def _as_json(done: Performance) -> dict[str, object]:
    from broadcaster.evidence.chain import as_json as row_as_json

    return {
        "workspace": str(done.workspace.folder),
        "rows": [row_as_json(row) for row in done.rows],
        "verify": {"ok": done.verdict.ok, "rows": done.verdict.rows, "why": done.verdict.why},
        "report": str(done.report),
        "report_json": str(done.report_json),
        "logbook": str(done.logbook),
    }
