"""`scripts`: the approval path, draft → submitted → approved or returned."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from broadcaster.cli.face import Face
from broadcaster.cli.printing import faults_as_json, print_json, print_table, say, say_error, seconds_in_words
from broadcaster.cli.texts import how_to_teach, paragraphs
from broadcaster.cli.vietnamese import VietnameseGroup, option

if TYPE_CHECKING:
    from broadcaster.model.script import ApprovalStep
    from broadcaster.station.prepare import ScriptStatus

STATE_WORDS = {"draft": "bài nháp", "submitted": "chờ duyệt", "approved": "đã duyệt", "returned": "trả lại"}
USE_WORDS = {"thay": "thay lời máy đọc", "trước": "phát trước lời máy đọc", "sau": "phát sau lời máy đọc"}
ACTION_WORDS = {"submit": "trình", "approve": "duyệt", "return": "trả lại"}
AS_JSON = option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
BY = option("--by", metavar="TÊN", required=True, help="Người làm việc này, ghi vào hồ sơ duyệt.")
SCRIPT = click.argument("script", metavar="BÀI")


@click.group(cls=VietnameseGroup)
def scripts() -> None:
    """Bài phát thanh và đường duyệt: nháp → trình → duyệt hoặc trả lại."""


@scripts.command("list")
@AS_JSON
@click.pass_obj
def list_(face: Face, as_json: bool) -> None:
    """Liệt kê các bài và trạng thái duyệt."""
    from broadcaster.errors import WorkspaceFault
    from broadcaster.station.prepare import status
    from broadcaster.station.station import open_station

    found, unreadable = [], []
    with open_station(face.workspace) as station:
        for path in station.library.paths():
            try:
                found.append(status(station, path))
            except WorkspaceFault as fault:
                unreadable.append(fault)
    if as_json:
        print_json([_as_json(one) for one in found])
    else:
        print_table(
            ("Bài", "Loại", "Trạng thái", "Dài (ước)", "Chưa chắc", "Tiêu đề"),
            [
                (
                    one.said.script.path,
                    one.said.script.kind,
                    STATE_WORDS[one.state],
                    seconds_in_words(one.estimated_s),
                    len(one.said.flags) or "",
                    one.said.script.title,
                )
                for one in found
            ],
        )
    for error in unreadable:
        say_error(error)
    if unreadable:
        raise SystemExit(WorkspaceFault.exit_code)


@scripts.command()
@SCRIPT
@AS_JSON
@click.pass_obj
def show(face: Face, script: str, as_json: bool) -> None:
    """Xem một bài: chữ viết, lời đọc, chỗ chưa chắc và hồ sơ duyệt."""
    from broadcaster.station.prepare import status
    from broadcaster.station.station import open_station

    with open_station(face.workspace) as station:
        found = status(station, script)
    if as_json:
        print_json(_as_json(found) | {"spoken": [item.text for item in found.said.items], "steps": _steps(found)})
    else:
        _show(found)


def _show(found: ScriptStatus) -> None:
    from broadcaster.text.review import doubt

    script = found.said.script
    click.echo(f"{script.title} ({script.kind}) — {STATE_WORDS[found.state]}")
    click.echo(f"Người soạn: {script.author or 'chưa ghi'} · văn bản chỉ đạo: {script.directive or 'không'}")
    if script.recording:
        length = seconds_in_words(found.said.recorded_s)
        click.echo(f"Bản thu: {script.recording}, {length}, {USE_WORDS[script.recording_use]}")
    for kind, faults in (("lỗi", found.obstacles), ("nhắc", found.recording.warnings)):
        for fault in faults:
            click.echo(f"- {kind}: {fault.message} {fault.remedy}")
    for title, item in zip(found.said.titles, found.said.items, strict=True):
        click.echo(f"\n[{title}]")
        click.echo("\n".join(paragraphs(item)))
    for flag in found.said.flags:
        click.echo(f"- {'ngờ viết sai' if flag.spelling else 'chưa chắc'}: {doubt(flag)}")
    for line in how_to_teach(found.said.flags):
        click.echo(line)
    for step in found.steps:
        click.echo(f"{step.at:%d/%m/%Y %H:%M} {step.by} {ACTION_WORDS[step.action]}{_note(step)}")


def _note(step: ApprovalStep) -> str:
    reasons = (step.note, f"tự duyệt: {step.self_approval_reason}" if step.self_approval_reason else None)
    return "".join(f" ({reason})" for reason in reasons if reason)


@scripts.command()
@SCRIPT
@BY
@AS_JSON
@click.pass_obj
def submit(face: Face, script: str, by: str, as_json: bool) -> None:
    """Trình một bài lên người duyệt."""
    from broadcaster.station.prepare import submit as submit_script
    from broadcaster.station.station import open_station

    with open_station(face.workspace) as station:
        _done(submit_script(station, script, by=by, tell=say), as_json=as_json)


@scripts.command()
@SCRIPT
@BY
@option("--heard", is_flag=True, help="Đã nghe thử và chấp nhận những chỗ chưa chắc cách đọc.")
@option(
    "--accept",
    "accepted",
    metavar="TỪ",
    multiple=True,
    help="Chấp nhận đích danh một chỗ ngờ viết sai, đúng như bài viết; gõ nhiều lần được.",
)
@option(
    "--self-approval", metavar="LÝ_DO", default=None, help="Đài chỉ có một người: tự duyệt bài của mình, ghi rõ lý do."
)
@AS_JSON
@click.pass_obj
def approve(
    face: Face, script: str, by: str, heard: bool, accepted: tuple[str, ...], self_approval: str | None, as_json: bool
) -> None:
    """Duyệt một bài: đúng văn bản, lời đọc và âm thanh này; sửa bài là phải duyệt lại."""
    from broadcaster.station.prepare import approve as approve_script
    from broadcaster.station.station import open_station

    with open_station(face.workspace) as station:
        step = approve_script(
            station, script, by=by, heard=heard, accepted=accepted, self_approval_reason=self_approval, tell=say
        )
    _done(step, as_json=as_json)


@scripts.command("return")
@SCRIPT
@BY
@option("--note", metavar="GÓP_Ý", required=True, help="Cần sửa gì.")
@AS_JSON
@click.pass_obj
def return_(face: Face, script: str, by: str, note: str, as_json: bool) -> None:
    """Trả lại một bài cho người soạn, kèm góp ý."""
    from broadcaster.station.prepare import send_back
    from broadcaster.station.station import open_station

    with open_station(face.workspace) as station:
        _done(send_back(station, script, by=by, note=note), as_json=as_json)


@scripts.command()
@click.argument("written", metavar="CHỮ_VIẾT")
@click.argument("spoken", metavar="LỜI_ĐỌC")
@option("--commune", metavar="XÃ", default=None, help="Chỉ ghi cho xã này (lexicon.XÃ.tsv); không ghi thì cho cả đài.")
@option("--sample", metavar="CÂU", default=None, help="Một câu có chữ ấy, giữ lại làm phép thử ở cột ba.")
@AS_JSON
@click.pass_obj
def learn(face: Face, written: str, spoken: str, commune: str | None, sample: str | None, as_json: bool) -> None:
    """Ghi vào từ vựng của đài: chữ này đọc thế nào, dùng cho mọi bài từ nay."""
    from broadcaster.station.learning import learn as learn_word

    learned = learn_word(face.workspace, written, spoken, commune=commune, sample=sample)
    if as_json:
        print_json(asdict(learned))
        return
    place = f"{learned.file} dòng {learned.line}"
    if learned.new:
        say(
            f"Đã ghi vào {place}: «{learned.written}» đọc là «{learned.spoken}». "
            "Bài đã duyệt có chữ này phải duyệt lại."
        )
    else:
        say(f"Từ vựng đã có dòng này rồi: {place}.")


def _done(step: ApprovalStep, *, as_json: bool) -> None:
    if as_json:
        print_json(_step(step))
    else:
        say(f"Đã {ACTION_WORDS[step.action]} bài {step.script} ({step.by}, {step.at:%d/%m/%Y %H:%M:%S}).")


def _step(step: ApprovalStep) -> dict[str, Any]:
    return asdict(step) | {"at": step.at.isoformat()}


def _steps(found: ScriptStatus) -> list[dict[str, Any]]:
    return [_step(step) for step in found.steps]


def _as_json(found: ScriptStatus) -> dict[str, Any]:
    script = found.said.script
    return {
        "script": script.path,
        "title": script.title,
        "kind": script.kind,
        "state": found.state,
        "author": script.author,
        "directive": script.directive,
        "campaign": script.campaign,
        "language": script.language,
        "recording": {
            "file": script.recording,
            "use": script.recording_use,
            "length_s": round(found.said.recorded_s, 1),
            "faults": faults_as_json(found.recording.faults),
            "warnings": faults_as_json(found.recording.warnings),
        }
        if script.recording
        else None,
        "estimated_s": round(found.estimated_s, 1),
        "flags": [asdict(flag) for flag in found.said.flags],
        "text_sha256": script.text_sha256,
        "spoken_sha256": found.said.sha256,
    }
