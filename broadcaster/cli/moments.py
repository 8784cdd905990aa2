"""What sounds, will sound, or sounded, second by second: cue sheets and moments as lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import click

from broadcaster.cli.day import day_of
from broadcaster.cli.printing import print_json
from broadcaster.errors import WrongUsage

if TYPE_CHECKING:
    from broadcaster.config.schedule import Schedule
    from broadcaster.model.as_run import LogRow
    from broadcaster.model.programme import CueSheet
    from broadcaster.programme.lines import Heard
    from broadcaster.station.heard import OnTheAir, Sounded, ThatMoment


def moment(text: str, *, today: datetime) -> datetime:
    """`10/10/2026 17:41:20`, `2026-10-10T17:41`, or a time of today's date."""
    from broadcaster.clock import VIETNAM
    from broadcaster.config.values import Misread, parse_time

    words = text.replace("T", " ").split()
    day = day_of(words[0] if len(words) > 1 else None, today=today.date())
    try:
        at: time = parse_time(words[-1] if words else "")
    except Misread as error:
        raise WrongUsage(error.message, remedy='Viết cả ngày và giờ, ví dụ: "10/10/2026 17:41:20"') from error
    return datetime.combine(day, at, VIETNAM)


def cue_lines(cues: CueSheet, start: datetime) -> Iterator[str]:
    """The running order, each part and sentence at its hour."""
    from broadcaster.programme.lines import running

    for cue in running(cues):
        yield f"{_clock(start, cue.start_s)} +{_offset(cue.start_s)}  {cue.part.title}"
        for second, said in cue.said:
            yield f"{_clock(start, second)} +{_offset(second)}      {said}"


def cues_as_json(cues: CueSheet) -> list[dict[str, Any]]:
    """Seconds from the programme's start."""
    from broadcaster.programme.lines import running

    return [
        {
            "kind": cue.part.kind.value,
            "title": cue.part.title,
            "script": cue.part.script,
            "start_s": round(cue.start_s, 3),
            "end_s": round(cue.end_s, 3),
            "said": [{"at_s": round(second, 3), "text": text} for second, text in cue.said],
        }
        for cue in running(cues)
    ]


def heard_lines(heard: Heard) -> Iterator[str]:
    """The part that sounds, and its sentence."""
    if heard.part is None:
        yield "Khoảng lặng giữa hai phần."
        return
    yield f"Phần: {heard.part.title}" + (f" ({heard.part.script})" if heard.part.script else "")
    if heard.line is not None:
        yield f"Câu: “{heard.line.text}”"


def tell_moment(told: ThatMoment, schedule: Schedule, *, as_json: bool) -> None:
    """What each cluster sounded then, by the log, and by the ledger what is on the air still."""
    if as_json:
        going_on = [_on_the_air_as_json(told, each) for each in told.on_the_air]
        print_json([_as_json(told, each) for each in told.sounded] + going_on)
        return
    for line in (*_sounded_lines(told, schedule), *_on_the_air_lines(told, schedule)):
        click.echo(line)
    if not told.sounded and not told.on_the_air:
        click.echo(f"Lúc {told.at:%H:%M:%S ngày %d/%m/%Y} không loa nào phát gì, theo nhật ký.")
        for words, beside in (("Trước đó", told.before), ("Sau đó", told.after)):
            if beside is not None:
                click.echo(f"    {words}: {_span(beside)}")


def _sounded_lines(told: ThatMoment, schedule: Schedule) -> Iterator[str]:
    for each in told.sounded:
        row = each.logged.row
        fake = "MÔ PHỎNG: " if row.simulated else ""
        yield (
            f"{_where(schedule, row.commune, row.cluster)}, {told.at:%H:%M:%S ngày %d/%m/%Y}: {fake}phát "
            f"“{row.script_title or row.title}” (nhật ký dòng {each.logged.seq}), được {_offset(each.second)}."
        )
        for line in heard_lines(each.heard) if each.heard else _without_cues(each):
            yield f"    {line}"


def _on_the_air_lines(told: ThatMoment, schedule: Schedule) -> Iterator[str]:
    for each in told.on_the_air:
        airing = each.intent.airing
        yield (
            f"{_where(schedule, airing.commune, each.intent.cluster)}, {told.at:%H:%M:%S ngày %d/%m/%Y}: "
            f"đang phát “{airing.title}” (chưa hết nên chưa có dòng nhật ký), được {_offset(each.second)}."
        )
        for line in heard_lines(each.heard) if each.heard else ():
            yield f"    {line}"


def _where(schedule: Schedule, commune: str, cluster: str) -> str:
    known = schedule.communes.get(commune)
    return f"{known.name if known else commune}, {cluster}"


def _without_cues(each: Sounded) -> Iterator[str]:
    if each.is_relay:
        yield f"Tiếp sóng {each.logged.row.item}: đài không giữ lời của nguồn."
        return
    if each.logged.row.simulated:
        yield "Lượt mô phỏng không dựng chương trình, nên không có bảng ghép để biết là phần nào, câu nào."
        return
    yield "Bảng ghép của chương trình này không còn giữ, nên không biết là phần nào, câu nào."
    if each.logged.row.audio:
        yield f"Nghe lại tệp (nếu còn): {each.logged.row.audio}, từ {_offset(each.second)}."


def _as_json(told: ThatMoment, each: Sounded) -> dict[str, Any]:
    row = each.logged.row
    return {
        "at": told.at.isoformat(),
        "commune": row.commune,
        "cluster": row.cluster,
        "seq": each.logged.seq,
        "airing": row.airing,
        "title": row.script_title or row.title,
        "second": round(each.second, 3),
        **_heard_as_json(each.heard, script=row.script),
        "audio": row.audio,
    }


def _on_the_air_as_json(told: ThatMoment, each: OnTheAir) -> dict[str, Any]:
    """The same members, with neither a row nor its file yet."""
    airing = each.intent.airing
    return {
        "at": told.at.isoformat(),
        "commune": airing.commune,
        "cluster": each.intent.cluster,
        "seq": None,
        "airing": airing.id,
        "title": airing.title,
        "second": round(each.second, 3),
        **_heard_as_json(each.heard, script=None),
        "audio": None,
    }


def _heard_as_json(heard: Heard | None, *, script: str | None) -> dict[str, Any]:
    return {
        "cues_kept": heard is not None,
        "part": heard.part.title if heard and heard.part else None,
        "kind": heard.part.kind.value if heard and heard.part else None,
        "script": heard.part.script if heard and heard.part else script,
        "said": heard.line.text if heard and heard.line else None,
    }


def _span(logged: LogRow) -> str:
    row = logged.row
    started = row.started_at or row.planned_start
    end = started + timedelta(seconds=row.played_s)
    return f"“{row.script_title or row.title}”, {started:%H:%M:%S}–{end:%H:%M:%S %d/%m/%Y} (nhật ký dòng {logged.seq})."


def _clock(start: datetime, second: float) -> str:
    return f"{start + timedelta(seconds=second):%H:%M:%S}"


def _offset(second: float) -> str:
    """`1:20`."""
    return f"{int(second) // 60}:{int(second) % 60:02d}"
