"""`edit`: change schedule.yaml without opening it; the same edits that the web console makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from difflib import unified_diff
from typing import TYPE_CHECKING, Any, cast

import click

from broadcaster.cli.face import Face
from broadcaster.cli.printing import print_json, print_table, say
from broadcaster.cli.vietnamese import VietnameseGroup, option
from broadcaster.errors import WrongUsage

if TYPE_CHECKING:
    from broadcaster.config.edits.edits import Edit
    from broadcaster.config.edits.lines import Section
    from broadcaster.config.edits.rendering import Value
    from broadcaster.station.editing import Preview
    from broadcaster.station.running_order import Listed
    from broadcaster.station.station import Station

SECTION_NAMES = ("lich", "chien_dich", "ngoai_le", "them")
BY = option("--by", metavar="TÊN", default=None, help="Người sửa, ghi vào sổ sửa lịch.")
PREVIEW = option("--preview", is_flag=True, help="Chỉ xem sửa như vậy thì 30 ngày tới khác đi thế nào, không ghi.")
VERSION = option("--version", "version", metavar="MÃ", default=None, help="Chỉ ghi nếu tệp lịch vẫn là bản này.")
AS_JSON = option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
SECTION = click.argument("section", metavar="PHẦN", type=click.Choice(SECTION_NAMES))
KEY = click.argument("key", metavar="MÃ")
DAYS_SHOWN = 30
CONFLICTS_SHOWN = 10


@click.group(cls=VietnameseGroup)
def edit() -> None:
    """Sửa lịch mà giữ nguyên ghi chú, thứ tự; xem trước, hoàn tác."""


@edit.command()
@SECTION
@click.argument("values", metavar="KHÓA=GIÁ_TRỊ…", nargs=-1, required=True)
@option("--exception", "exception", metavar="MÃ", default=None, help="Ngoại lệ nhận mục này, khi PHẦN là them.")
@BY
@PREVIEW
@VERSION
@AS_JSON
@click.pass_obj
def add(face: Face, /, section: str, values: tuple[str, ...], exception: str | None, **how: Any) -> None:
    """Thêm một mục vào PHẦN (lich, chien_dich, ngoai_le, them): ten=… bai=… gio=18:20."""
    from broadcaster.config.edits.edits import Add

    given = dict(_assigned(text) for text in values)
    _do(face, Add(section=cast("Section", section), values=given, exception=exception), **how)


@edit.command("set")
@SECTION
@KEY
@click.argument("value", metavar="KHÓA=GIÁ_TRỊ")
@BY
@PREVIEW
@VERSION
@AS_JSON
@click.pass_obj
def set_(face: Face, /, section: str, key: str, value: str, **how: Any) -> None:
    """Đổi một khóa của mục mang mã MÃ; viết KHÓA= để bỏ khóa ấy."""
    from broadcaster.config.edits.edits import Change

    field, written = _assigned(value)
    _do(face, Change(section=cast("Section", section), key=key, field=field, value=written or None), **how)


@edit.command()
@SECTION
@KEY
@BY
@PREVIEW
@VERSION
@AS_JSON
@click.pass_obj
def remove(face: Face, /, section: str, key: str, **how: Any) -> None:
    """Xóa mục mang mã MÃ."""
    from broadcaster.config.edits.edits import Remove

    _do(face, Remove(section=cast("Section", section), key=key), **how)


@edit.command()
@KEY
@click.argument("at", metavar="GIỜ_CŨ")
@click.argument("to", metavar="GIỜ_MỚI")
@BY
@PREVIEW
@VERSION
@AS_JSON
@click.pass_obj
def move(face: Face, /, key: str, at: str, to: str, **how: Any) -> None:
    """Dời giờ phát của mục MÃ (cả mục thêm của ngoại lệ), mọi ngày từ nay."""
    from broadcaster.config.edits.edits import Move

    _do(face, Move(key=key, at=_time(at), to=_time(to)), **how)


@edit.command()
@KEY
@option("--date", "day", metavar="NGÀY", default=None, help="Ngày khác thường: 25/11/2026; không ghi là hôm nay.")
@option("--times", metavar="GIỜ,GIỜ", default=None, help="Các giờ phát của riêng ngày ấy.")
@option("--script", metavar="BÀI", default=None, help="Bài phát thay của riêng ngày ấy.")
@option("--drop", is_flag=True, help="Ngày ấy không phát.")
@option("--commune", "communes", metavar="XÃ", multiple=True, help="Chỉ ở xã này (ghi được nhiều lần).")
@BY
@PREVIEW
@VERSION
@AS_JSON
@click.pass_obj
def once(
    face: Face,
    /,
    key: str,
    day: str | None,
    times: str | None,
    script: str | None,
    drop: bool,
    communes: tuple[str, ...],
    **how: Any,
) -> None:
    """Chỉ hôm nay (hoặc một ngày): bỏ, phát giờ khác, phát bài khác; cả loạt giữ nguyên."""
    from broadcaster.config.edits.edits import OnlyOn

    when = _day(day) if day else _today(face)
    if when < _today(face) and not how["preview"]:
        raise WrongUsage(
            f"Ngày {when:%d/%m/%Y} đã qua.", remedy=f"Ghi từ hôm nay trở đi: --date {_today(face):%d/%m/%Y}"
        )
    other = OnlyOn(
        key=key,
        day=when,
        times=tuple(_time(text) for text in times.split(",")) if times else None,
        script=script,
        dropped=drop,
        communes=communes,
    )
    _do(face, other, **how)


@edit.command()
@BY
@AS_JSON
@click.pass_obj
def undo(face: Face, by: str | None, as_json: bool) -> None:
    """Hoàn tác lần sửa gần nhất; những chỗ đã sửa tay khác được giữ."""
    _turn(face, "undo", by=by, as_json=as_json)


@edit.command()
@BY
@AS_JSON
@click.pass_obj
def redo(face: Face, by: str | None, as_json: bool) -> None:
    """Làm lại lần sửa vừa hoàn tác."""
    _turn(face, "redo", by=by, as_json=as_json)


@edit.command()
@AS_JSON
@click.pass_obj
def history(face: Face, as_json: bool) -> None:
    """Xem sổ sửa lịch: ai sửa gì, lúc nào."""
    from dataclasses import asdict

    from broadcaster.station.station import open_station

    with open_station(face.workspace) as station:
        steps = station.edits.steps()
    if as_json:
        print_json([asdict(step) | {"at": step.at.isoformat()} for step in steps])
        return
    words = {"edit": "sửa", "undo": "hoàn tác", "redo": "làm lại"}
    print_table(
        ("Số", "Lúc", "Người", "Việc", "Nội dung"),
        [(step.number, f"{step.at:%d/%m/%Y %H:%M}", step.by, words[step.act], step.what) for step in steps],
    )


def _do(face: Face, wanted: Edit, *, by: str | None, preview: bool, version: str | None, as_json: bool) -> None:
    from broadcaster.config.edits.edits import scripts_of
    from broadcaster.station.editing import Editor
    from broadcaster.station.station import open_station

    with open_station(face.workspace) as station:
        editor = Editor(station)
        if preview:
            _show(station, editor.preview(wanted, first=_today(face)), as_json=as_json)
            return
        step = editor.save(wanted, by=_signed(by), version=version)
        lacking = [path for path in scripts_of(wanted) if not station.library.exists(path)]
    if as_json:
        print_json({"number": step.number, "what": step.what, "version": step.after_sha256})
    else:
        say(f"Đã ghi: {step.what}. Hoàn tác bằng: broadcaster edit undo --by TÊN")
        for path in lacking:
            say(f"Lưu ý: chưa có bài {path} nên sẽ không phát; viết bài vào scripts_content/{path} rồi duyệt.")


def _turn(face: Face, way: str, *, by: str | None, as_json: bool) -> None:
    from broadcaster.station.editing import Editor
    from broadcaster.station.station import open_station

    with open_station(face.workspace) as station:
        editor = Editor(station)
        step = editor.undo(by=_signed(by)) if way == "undo" else editor.redo(by=_signed(by))
    if as_json:
        print_json({"number": step.number, "what": step.what, "version": step.after_sha256})
    else:
        say(f"{'Đã hoàn tác' if way == 'undo' else 'Đã làm lại'}: {step.what}.")


def _show(station: Station, preview: Preview, *, as_json: bool) -> None:
    found = preview.consequences
    diff = list(unified_diff(preview.before.splitlines(), preview.after.splitlines(), lineterm="", n=0))[2:]
    if as_json:
        changes = [{"kind": one.kind, "before": _json(one.before), "after": _json(one.after)} for one in found.changes]
        print_json(
            {
                "version": preview.version,
                "diff": [line for line in diff if not line.startswith("@@")],
                "changes": changes,
                "conflicts": [one.as_json() | {"why": one.why} for one in found.conflicts],
                "unapproved": list(found.unapproved),
                "beyond": preview.beyond.as_json(),
            }
        )
        return
    click.echo("\n".join(line for line in diff if not line.startswith("@@")))
    click.echo(f"\nTrong {DAYS_SHOWN} ngày tới:")
    click.echo("\n".join(f"  {line}" for line in found.lines) or "  không lượt phát nào thay đổi")
    click.echo(preview.beyond.line)
    click.echo("".join(f"  ! {line}\n" for line in _conflicts(found.conflicts)), nl=False)
    for script in found.unapproved:
        lacks = "chưa duyệt" if station.library.exists(script) else "chưa có trong scripts_content/"
        click.echo(f"  ! bài {script} {lacks} nên sẽ không phát")


def _conflicts(listed: Iterable[Listed]) -> Iterator[str]:
    """The first of each series and reason with its sentence; the others are counted."""
    alike: dict[tuple[object, ...], list[Listed]] = {}
    for one in listed:
        alike.setdefault((one.airing.entry, one.airing.reason), []).append(one)
    for group in list(alike.values())[:CONFLICTS_SHOWN]:
        first = group[0]
        more = f" (và {len(group) - 1} lượt như vậy nữa)" if len(group) > 1 else ""
        yield f"{first.airing.date:%d/%m} {first.airing.commune}: {first.why}{more}"
    if len(alike) > CONFLICTS_SHOWN:
        yield f"và {len(alike) - CONFLICTS_SHOWN} mục nữa; xem hết: thêm --json"


def _json(one: Listed | None) -> dict[str, Any] | None:
    return one.as_json() if one else None


def _signed(by: str | None) -> str:
    if by is None or not by.strip():
        raise WrongUsage("Chưa ghi ai sửa.", remedy="Thêm --by TÊN, hoặc --preview để chỉ xem trước")
    return by.strip()


def _assigned(text: str) -> tuple[str, Value]:
    """`gio=[05:30, 17:30]`: text as it would stand in the file; brackets make lists and mappings."""
    from broadcaster.config.edits.operations import values_of

    key, sign, value = text.partition("=")
    if not sign or not key.strip():
        raise WrongUsage(f"Không hiểu “{text}”.", remedy="Viết khóa, dấu bằng, giá trị, ví dụ: gio=18:20")
    value = value.strip()
    if value.startswith(("[", "{", '"', "'")):
        return key.strip(), cast("Value", values_of(value, file=key.strip()))
    return key.strip(), value


def _time(text: str) -> time:
    from broadcaster.config.values import Misread, parse_time

    try:
        return parse_time(text.strip())
    except Misread as misread:
        raise WrongUsage(misread.message, remedy=misread.remedy) from misread


def _day(text: str) -> date:
    from broadcaster.config.values import Misread, parse_date

    try:
        return parse_date(text.strip())
    except Misread as misread:
        raise WrongUsage(misread.message, remedy=misread.remedy) from misread


def _today(face: Face) -> date:
    from broadcaster.clock import SystemClock

    now: datetime = face.now or SystemClock().now()
    return now.date()
