"""`render`, `run`: the station's day, made ready, and on the air; how commands take dates."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime
from types import FrameType
from typing import TYPE_CHECKING

import click

from broadcaster.cli.face import Face
from broadcaster.cli.printing import Progress, print_json, say
from broadcaster.cli.vietnamese import VietnameseCommand, option
from broadcaster.errors import BroadcasterError, DiskFull, WrongUsage

if TYPE_CHECKING:
    from broadcaster.config.schedule import Schedule
    from broadcaster.model.plan import Airing
    from broadcaster.station.render import Rendered
    from broadcaster.station.station import Station
    from broadcaster.station.workshop import Trouble

DATE = option("--date", "day", metavar="NGÀY", default=None, help="Từ ngày nào: 10/10/2026 hoặc 2026-10-10.")
DAYS = option("--days", metavar="SỐ", type=click.IntRange(1, 366), default=1, help="Bao nhiêu ngày (mặc định 1).")
AS_JSON = option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")


def day_of(text: str | None, *, today: date) -> date:
    """`10/10/2026` or `2026-10-10`; nothing is today."""
    from broadcaster.config.values import Misread, parse_date

    if text is None:
        return today
    for pattern in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
    try:
        return parse_date(text)
    except Misread as misread:
        raise WrongUsage(misread.message, remedy=misread.remedy) from misread


@click.command(cls=VietnameseCommand)
@DATE
@DAYS
@option(
    "--jobs", metavar="SỐ", type=click.IntRange(1, 64), default=None, help="Mấy việc cùng lúc (mặc định: số nhân CPU)."
)
@AS_JSON
@click.pass_obj
def render(face: Face, day: str | None, days: int, jobs: int | None, as_json: bool) -> None:
    """Làm sẵn lời đọc và chương trình cho mọi lượt sắp phát; phần đã làm không làm lại."""
    from broadcaster.station.batch import render_due
    from broadcaster.station.measuring import loudness_as_json, loudness_notes, measure_made
    from broadcaster.station.render import Renderer
    from broadcaster.station.station import open_station

    with open_station(face.workspace) as station, Progress(label="Làm chương trình", total=0) as bar:
        first = day_of(day, today=(face.now or station.clock.now()).date())
        try:
            renderer = Renderer(station)
            batch = render_due(renderer, first=first, days=days, jobs=jobs, show=bar.show_of)
            bar.label = "Đo độ to"
            looked = measure_made(renderer, batch.made, jobs=jobs, show=bar.show_of)
        except KeyboardInterrupt:
            bar.close("Phần đã làm xong vẫn còn; chạy lại lệnh này thì máy làm tiếp phần còn lại.")
            raise
    if as_json:
        print_json([one.as_json() | loudness_as_json(one.programme) for one in looked.made])
    _tell_remarks(batch.made, station.schedule)
    for path in batch.touched:
        say(f"- {path} không còn như khi được làm ra (ai đó đã sửa, hoặc đĩa hỏng); máy dựng lại.")
    for line in loudness_notes(renderer, looked):
        say(f"- {line}")
    if batch.advice:
        say(f"- {batch.advice}")
    fresh = sum(one.fresh for one in batch.made)
    say(f"Đã có {len(batch.made)} chương trình ({fresh} làm mới, {len(batch.made) - fresh} có sẵn).")
    _raise_failed(batch.failed)


def _tell_remarks(made: Sequence[Rendered], schedule: Schedule) -> None:
    """Each once: a voice that was lost is lost to every commune."""
    from broadcaster.station.ahead import remarks
    from broadcaster.station.failures import named

    concerned: dict[str, list[Airing]] = {}
    for one in made:
        for remark in remarks(one, schedule):
            concerned.setdefault(remark, []).append(one.airing)
    for remark, airings in concerned.items():
        say(f"- {named(airings)}: {remark}")


def _raise_failed(failed: Sequence[tuple[Airing, Trouble]]) -> None:
    """What stands in the way of which programmes, each once, then the exit code of the first."""
    from broadcaster.station.failures import by_cause

    for failure in by_cause(failed):
        error, count = failure.trouble, len(failure.airings)
        remedy = getattr(error, "remedy", "")
        what = f"{failure.stopped}: " if count == 1 else ""
        say(f"- {what}{error}{f' → {remedy}' if remedy else ''}")
        for fault in getattr(error, "faults", ()):
            say(f"    {fault}")
        if count > 1:
            say(f"    Vì thế {count} chương trình chưa làm được: {failure.stopped}.")
    if failed:
        first = failed[0][1]
        kind = type(first) if isinstance(first, BroadcasterError) else BroadcasterError
        remedy = "Sửa các lỗi ở trên rồi chạy lại: broadcaster render"
        if isinstance(first, DiskFull):
            remedy = first.remedy
        raise kind(f"{len(failed)} chương trình chưa làm được.", remedy=remedy)


@click.command(cls=VietnameseCommand)
@option("--web", is_flag=True, help="Mở thêm trang theo dõi trên máy này: hôm nay phát gì, đến đâu rồi.")
@option("--port", metavar="CỔNG", type=int, default=None, help="Cổng của trang theo dõi (mặc định 8080).")
@option("--trust-clock", is_flag=True, help="Tôi đã xem và xác nhận giờ đang hiện trên máy này là đúng.")
@click.pass_obj
def run(face: Face, web: bool, port: int | None, trust_clock: bool) -> None:
    """Chạy đài: phát theo lịch, ghi nhật ký, cho đến khi dừng bằng Ctrl+C."""
    from broadcaster.station.on_air import OnAir
    from broadcaster.station.station import open_station
    from broadcaster.station.workspace import only_runner
    from broadcaster.web.listening import port_for

    page_port = port_for(port, web=web)
    with open_station(face.workspace, fall_back=True) as station, only_runner(station.workspace):
        station.clock_confirmed = trust_clock
        stop = threading.Event()
        interrupted = _stop_on_signals(stop)

        def tell(line: str) -> None:
            say(f"{station.clock.now():%H:%M:%S} {line}")

        with _watched(station, page_port, tell):
            OnAir(station, stop=stop, tell=tell).run()
        if interrupted.is_set():
            raise KeyboardInterrupt


def _watched(station: Station, port: int | None, tell: Callable[[str], None]) -> AbstractContextManager[object]:
    """With its page, where one is asked for: only then is anything of the web imported."""
    if port is None:
        return nullcontext()
    from broadcaster.web.server import watched

    return watched(station, port=port, tell=tell)


def _stop_on_signals(stop: threading.Event) -> threading.Event:
    """Ctrl+C and SIGTERM stop in good order; only the former counts as an interruption."""
    interrupted = threading.Event()

    def on_signal(number: int, _: FrameType | None) -> None:
        if number == signal.SIGINT:
            interrupted.set()
        stop.set()

    signal.signal(signal.SIGINT, on_signal)
    signal.signal(signal.SIGTERM, on_signal)
    return interrupted
