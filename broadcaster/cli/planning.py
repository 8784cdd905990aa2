"""`plan`: what will play, why what will not, and the same as files to hand out."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from broadcaster.cli.day import AS_JSON, DATE, day_of
from broadcaster.cli.face import Face
from broadcaster.cli.moments import cue_lines, cues_as_json, heard_lines
from broadcaster.cli.printing import print_json, print_table, say
from broadcaster.cli.vietnamese import VietnameseCommand, option
from broadcaster.errors import WrongUsage

if TYPE_CHECKING:
    from broadcaster.schedule.silence import Moment
    from broadcaster.station.running_order import Listed, RunningOrder
    from broadcaster.station.station import Station

STATUS_WORDS = {"planned": "sẽ phát", "moved": "dời giờ", "dropped": "bỏ", "short": "thiếu chỗ"}
KIND_WORDS = {"script": "bài", "relay": "tiếp sóng", "campaign": "chiến dịch"}
DAYS_OF_A_FILE = 7


@click.command(cls=VietnameseCommand)
@DATE
@option(
    "--days",
    metavar="SỐ",
    type=click.IntRange(1, 366),
    default=None,
    help="Bao nhiêu ngày (mặc định 1; ghi ra tệp thì 7).",
)
@option("--commune", metavar="XÃ", default=None, help="Chỉ một xã (mã trong schedule.yaml).")
@option("--why", is_flag=True, help="Giải thích từng lượt: mục nào, quy tắc nào, vì sao dời, vì sao không phát.")
@option("--at", "at", metavar="GIỜ", default=None, help="Lúc ấy phát gì, hay vì sao im: --why --at 17:40.")
@option("--cues", is_flag=True, help="Bảng ghép của từng chương trình đã dựng: phần nào, câu nào, lúc mấy giờ.")
@option(
    "-o",
    "--output",
    "out",
    metavar="TỆP",
    type=click.Path(path_type=Path),
    default=None,
    help="Ghi ra tệp .ics (lịch điện tử), .xlsx hay .docx (lịch tuần để in).",
)
@AS_JSON
@click.pass_obj
def plan(
    face: Face,
    day: str | None,
    days: int | None,
    commune: str | None,
    why: bool,
    at: str | None,
    cues: bool,
    out: Path | None,
    as_json: bool,
) -> None:
    """Xem sẽ phát những gì, và vì sao có lượt không phát."""
    from broadcaster.station.render import Renderer
    from broadcaster.station.running_order import order_of
    from broadcaster.station.station import open_station

    with open_station(face.workspace) as station:
        now = face.now or station.clock.now()
        first, count = day_of(day, today=now.date()), days or (DAYS_OF_A_FILE if out else 1)
        order = order_of(station, Renderer(station), first=first, days=1 if at else count, commune=commune)
        if at is not None:
            _tell_moments(station, order, _moment(first, at), commune=commune, as_json=as_json)
        elif out is not None:
            _write(order, out, first=first, days=count, at=now, as_json=as_json)
        elif as_json:
            print_json([_as_json(order, one, why=why, cues=cues) for one in order.lines])
        else:
            _show(order, why=why)
            if cues:
                _show_cues(order)


def _as_json(order: RunningOrder, one: Listed, *, why: bool, cues: bool) -> dict[str, Any]:
    """With `--why` two keys more than without, with `--cues` another two; null where no programme is ready."""
    from broadcaster.station.measuring import loudness_as_json

    told: dict[str, Any] = {"place": str(order.why.place(one.airing)), "why": order.explained(one)} if why else {}
    if cues:
        told["cues"] = cues_as_json(one.programme.cues) if one.programme else None
        told["loudness"] = loudness_as_json(one.programme) if one.programme else None
    return one.as_json() | told


def _show(order: RunningOrder, *, why: bool) -> None:
    print_table(
        ("Xã", "Ngày", "Giờ", "Dài", "Loại", "Mục", "Nội dung", "Trạng thái", ""),
        [_row(order, each) for each in order.lines],
    )
    for one in order.lines:
        told = order.explained(one) if why else [order.overlong(one)]
        if any(told):
            say(f"- {one.airing.id}")
        for line in filter(None, told):
            say(f"    {line}")
    if not order.lines:
        say("Không có lượt phát nào trong những ngày này.")


def _show_cues(order: RunningOrder) -> None:
    from broadcaster.station.measuring import loudness_words

    for one in order.lines:
        if one.airing.start is None or one.airing.kind == "relay":
            continue
        click.echo(f"\n{one.airing.id}: {one.airing.title}")
        if one.programme is None:
            lacking = order.held(one.airing) if one.unapproved else None
            click.echo(f"    {lacking or 'Chưa dựng chương trình. Chạy: broadcaster render'}")
            continue
        click.echo(f"    {loudness_words(one.programme)}")
        for line in cue_lines(one.programme.cues, one.airing.start):
            click.echo(f"    {line}")


def _row(order: RunningOrder, one: Listed) -> tuple[str, ...]:
    airing = one.airing
    start = airing.start or airing.planned_start
    return (
        airing.commune,
        f"{airing.date:%d/%m}",
        f"{start:%H:%M:%S}" if start else "—",
        f"{airing.length_s // 60}:{airing.length_s % 60:02d}",
        KIND_WORDS[airing.kind],
        airing.title,
        airing.item,
        STATUS_WORDS[airing.status],
        order.mark(one) or ("giọng dự phòng" if one.voice_note else ""),
    )


def _moment(day: date, text: str) -> datetime:
    from broadcaster.clock import VIETNAM
    from broadcaster.config.values import Misread, parse_time

    try:
        at: time = parse_time(text)
    except Misread as error:
        raise WrongUsage(error.message, remedy=error.remedy) from error
    return datetime.combine(day, at, VIETNAM)


def _tell_moments(station: Station, order: RunningOrder, at: datetime, *, commune: str | None, as_json: bool) -> None:
    from broadcaster.programme.lines import heard_at

    moments = [order.at(at, key) for key in ([commune] if commune else sorted(station.schedule.communes))]
    if as_json:
        print_json([_moment_as_json(each) for each in moments])
        return
    for each in moments:
        name = station.schedule.communes[each.commune].name
        state = f"phát “{each.playing.title}”" if each.playing else "không phát gì"
        click.echo(f"{name}, {at:%H:%M:%S ngày %d/%m/%Y}: {state}.")
        programme = order.programme(each.playing) if each.playing else None
        if programme is not None and each.playing is not None and each.playing.start is not None:
            for line in heard_lines(heard_at(programme.cues, (at - each.playing.start).total_seconds())):
                click.echo(f"    {line}")
        for line in each.why:
            click.echo(f"    {line}")


def _moment_as_json(told: Moment) -> dict[str, Any]:
    playing = told.playing.id if told.playing else None
    return {"commune": told.commune, "at": told.at.isoformat(), "playing": playing, "why": list(told.why)}


def _write(order: RunningOrder, out: Path, *, first: date, days: int, at: datetime, as_json: bool) -> None:
    from broadcaster.station.running_order import hand_out

    written = hand_out(order, out, first=first, days=days, at=at)
    if as_json:
        print_json({"file": str(written), "airings": len(order.lines)})
    say(f"Đã ghi lịch {days} ngày ra {written}.")
