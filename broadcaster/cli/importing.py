"""`import`: a document becomes draft scripts, or the proposal of a directive, with a review that a person can read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import click

from broadcaster.cli.face import Face
from broadcaster.cli.printing import print_json, say, seconds_in_words
from broadcaster.cli.vietnamese import VietnameseCommand, option
from broadcaster.errors import WrongUsage

if TYPE_CHECKING:
    from broadcaster.content.directive import DirectiveProposal
    from broadcaster.model.directive import Deadline, Directive, PartialDate
    from broadcaster.station.importing import Imported, ImportedScript
    from broadcaster.station.importing_recordings import Filing

SCRIPT_KINDS = ("tin", "bài", "phóng sự", "thông báo", "hỏi đáp")
NOT_STORED = "Đây mới là đề xuất để xem lại: chưa ghi vào sổ văn bản nào."
FIELDS = {
    "kind": "Loại văn bản",
    "number": "Số, ký hiệu",
    "issued": "Ngày ban hành",
    "superior": "Cơ quan cấp trên",
    "issuer": "Cơ quan ban hành",
    "abstract": "Trích yếu",
    "recipients": "Kính gửi",
    "requests": "Việc được yêu cầu",
    "deadlines": "Thời hạn",
    "references": "Văn bản được nhắc đến",
    "attachments": "Gửi kèm",
    "signer": "Người ký",
}


class Asked(TypedDict):
    """What the options say of every draft, as they were typed."""

    author: str | None
    title: str | None
    kind: str | None
    folder: str
    under: str | None
    campaign: str | None
    language: str


@click.command("import", cls=VietnameseCommand)
@click.argument("files", metavar="TỆP…", nargs=-1, required=True, type=click.Path(path_type=Path))
@option("--by", "author", metavar="TÊN", default=None, help="Người soạn: ghi vào mục tác giả (bắt buộc khi tạo bài).")
@option(
    "--kind",
    metavar="LOẠI",
    type=click.Choice(SCRIPT_KINDS),
    default=None,
    help="tin, bài, phóng sự, thông báo hoặc hỏi đáp (mặc định: thông báo nếu tệp là thông báo, còn lại là bài).",
)
@option("--folder", metavar="THƯ_MỤC", default="", help="Thư mục con của scripts_content để cất bài.")
@option(
    "--under", metavar="SỐ", default=None, help="Số văn bản chỉ đạo mà bài thực hiện; mặc định là số ghi trong tệp."
)
@option("--campaign", metavar="TÊN", default=None, help="Tên chiến dịch, ghi vào mục chien_dich.")
@option("--title", metavar="TÊN", default=None, help="Bản thu: tên bài (mặc định: theo tên tệp).")
@option("--language", metavar="NGÔN_NGỮ", default="vi", help="Bản thu: tiếng gì, tên hay mã (Mông, Ê Đê, km …).")
@option("--series/--whole", "series", default=None, help="Luôn chia thành loạt bài / luôn để nguyên một bài.")
@option("--directive", is_flag=True, help="Không tạo bài: đọc tệp như một văn bản chỉ đạo và in ra những gì nhận được.")
@option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
@click.pass_obj
def import_(
    face: Face,
    files: tuple[Path, ...],
    series: bool | None,
    directive: bool,
    as_json: bool,
    **asked: Unpack[Asked],
) -> None:
    """Nhập văn bản, bản thu thành bài nháp, hoặc đọc văn bản chỉ đạo; nói rõ đã bỏ gì và chỗ nào chưa chắc.

    Bản thu bằng điện thoại, máy ghi âm (.m4a .mp3 .wav .aac .ogg .opus .3gp .amr .wma) được nghe hết để tìm chỗ
    hỏng, chép vào scripts_content/ban-thu, và thành một bài có «ban_thu».

    Văn bản: đọc được .txt .md .docx .pdf .html .mht; bảng mã Unicode, Windows-1258, phông TCVN3 (ABC) và VNI. Bài
    dài hơn bốn phút được chia thành loạt bài khoảng ba phút.
    """
    if directive:
        _show_proposals(files, as_json=as_json)
        return
    from broadcaster.cli.importing_recordings import are_recordings, import_recordings

    filing = _filing(asked)
    if are_recordings(files, title=filing.title):
        import_recordings(face, files, filing, as_json=as_json)
    else:
        _import_documents(face, files, filing, series=series, as_json=as_json)


def _filing(asked: Asked) -> Filing:
    """Raises `WrongUsage` where nobody is named."""
    from broadcaster.model.script import ScriptKind
    from broadcaster.station.importing_recordings import Filing

    author, kind = asked["author"], asked["kind"]
    if author is None:
        raise WrongUsage("Thiếu tùy chọn '--by'.", remedy='Ghi tên người soạn, ví dụ: --by "Lê Thị Hòa".')
    return Filing(
        author=author,
        title=asked["title"],
        kind=ScriptKind(kind) if kind else None,
        folder=asked["folder"],
        directive=asked["under"],
        campaign=asked["campaign"],
        language=asked["language"],
    )


def _import_documents(
    face: Face, files: tuple[Path, ...], filing: Filing, *, series: bool | None, as_json: bool
) -> None:
    from broadcaster.station.importing import import_documents
    from broadcaster.station.station import open_station

    with open_station(face.workspace) as station:
        imported = import_documents(
            station,
            files,
            author=filing.author,
            kind=filing.kind,
            folder=filing.folder,
            directive=filing.directive,
            campaign=filing.campaign,
            series=series,
        )
    if as_json:
        print_json([_imported_as_json(one) for one in imported])
        return
    for one in imported:
        _show_imported(one)


def _show_imported(one: Imported) -> None:
    click.echo(f"{one.source}: {one.draft.title}")
    for note in one.draft.notes:
        click.echo(f"  ! {note}")
    if one.draft.stripped:
        click.echo(f"  Đã bỏ, không đọc ({len(one.draft.stripped)} dòng):")
    for gone in one.draft.stripped:
        click.echo(f"    - {gone.text}  [{gone.reason}]")
    if one.draft.proposal is not None:
        number = one.directive or "chưa có số"
        click.echo(f"  Tệp là một văn bản ({one.draft.proposal.directive.kind}, {number}).")
        click.echo(f"  Xem các việc và thời hạn trong đó: broadcaster import {one.source} --directive")
    if one.draft.attached_at is not None:
        click.echo("  Sau phần ký còn văn bản gửi kèm: đó thường là phần cần phát.")
    if len(one.scripts) > 1:
        length = seconds_in_words(one.estimated_s)
        click.echo(f"  Bài dài khoảng {length}, đã chia thành {len(one.scripts)} phần (để nguyên một bài: --whole).")
    for script in one.scripts:
        _show_script(script)
    first = one.scripts[0].said.script.path
    click.echo(f"Bước tiếp theo: sửa các chỗ đánh dấu, rồi broadcaster scripts show {first}")


def _show_script(script: ImportedScript) -> None:
    from broadcaster.text.review import doubt

    path = script.said.script.path
    click.echo(
        f"\n→ scripts_content/{path} ({script.said.script.title}), khoảng {seconds_in_words(script.estimated_s)}"
    )
    for line in script.review.splitlines():
        click.echo(f"    {line}".rstrip())
    for flag in script.said.flags:
        click.echo(f"  - {doubt(flag)}")


def _imported_as_json(one: Imported) -> dict[str, object]:
    return {
        "source": str(one.source),
        "script": one.scripts[0].said.script.path,
        "title": one.draft.title,
        "estimated_s": round(one.estimated_s, 1),
        "directive": one.directive,
        "notes": list(one.draft.notes),
        "stripped": [asdict(gone) for gone in one.draft.stripped],
        "scripts": [_script_as_json(script) for script in one.scripts],
        "flags": [asdict(flag) for script in one.scripts for flag in script.said.flags],
        "proposal": _proposal_as_json(one.draft.proposal) if one.draft.proposal else None,
    }


def _script_as_json(script: ImportedScript) -> dict[str, object]:
    return {
        "script": script.said.script.path,
        "title": script.said.script.title,
        "estimated_s": round(script.estimated_s, 1),
        "review": script.review,
        "flags": [asdict(flag) for flag in script.said.flags],
    }


def _show_proposals(files: tuple[Path, ...], *, as_json: bool) -> None:
    from broadcaster.station.importing import propose_directives

    proposals = propose_directives(files)
    if as_json:
        print_json([{"source": str(file), "stored": False} | _proposal_as_json(one) for file, one in proposals])
    else:
        for file, proposal in proposals:
            _show_proposal(file, proposal)
    say(NOT_STORED)


def _show_proposal(file: Path, proposal: DirectiveProposal) -> None:
    click.echo(f"{file}: đề xuất ghi vào sổ văn bản chỉ đạo")
    for field, said in _fields(proposal.directive).items():
        click.echo(f"  {FIELDS[field]}: {said[0] if len(said) == 1 else ''}".rstrip())
        if len(said) > 1:
            for line in said:
                click.echo(f"    - {line}")
        for words in proposal.words.get(field, ()) if field not in ("requests", "attachments", "recipients") else ():
            click.echo(f"      «{words}»")
    if proposal.missing:
        click.echo("  Còn thiếu, cần người điền:")
        for missing in proposal.missing:
            click.echo(f"    - {missing}")


def _fields(directive: Directive) -> Mapping[str, tuple[str, ...]]:
    """Fields that the document gives, in words."""
    number = directive.number or (f"…/{directive.symbol}" if directive.symbol else None)
    said: dict[str, tuple[str | None, ...]] = {
        "kind": (directive.kind.value,),
        "number": (number,),
        "issued": (_date_in_words(directive.issued, directive.place),),
        "superior": (directive.superior,),
        "issuer": (directive.issuer,),
        "abstract": (directive.abstract,),
        "recipients": directive.recipients,
        "requests": directive.requests,
        "deadlines": tuple(_deadline_in_words(deadline) for deadline in directive.deadlines),
        "references": tuple(
            f"{reference.number}{' (văn bản gốc)' if reference.is_parent else ''}" for reference in directive.references
        ),
        "attachments": directive.attachments,
        "signer": (" ".join(part for part in (directive.signer_post, directive.signer) if part) or None,),
    }
    return {field: tuple(line for line in lines if line) for field, lines in said.items() if any(lines)}


def _date_in_words(day: PartialDate, place: str | None) -> str | None:
    parts = [f"{name} {value if value else '…'}" for name, value in (("ngày", day.day), ("tháng", day.month))]
    written = f"{' '.join(parts)} năm {day.year or '…'}"
    known = day.day or day.month or day.year
    return f"{f'{place}, ' if place else ''}{written}" if known or place else None


def _deadline_in_words(deadline: Deadline) -> str:
    at = f"{deadline.at:%H giờ %M}, " if deadline.at else ""
    day = f"{deadline.last_day:%d/%m/%Y}" if deadline.last_day else "chưa rõ ngày"
    return f"hạn cuối {at}{day}{f', {deadline.repeat}' if deadline.repeat else ''}"


def _proposal_as_json(proposal: DirectiveProposal) -> dict[str, object]:
    return {
        "directive": _plain(asdict(proposal.directive)),
        "words": {field: list(words) for field, words in proposal.words.items()},
        "missing": list(proposal.missing),
    }


def _plain(value: Any) -> Any:
    """Dates and hours as JSON can hold them."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date | time) else value
