"""`read`, `speak`: a text becomes words, words become sound."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from broadcaster.cli.face import Face
from broadcaster.cli.printing import print_json, say, seconds_in_words
from broadcaster.cli.vietnamese import VietnameseCommand, option
from broadcaster.errors import WrongUsage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadcaster.model.speech import Flag, SpokenText

SOUND_FILE_HELP = "Tệp âm thanh cần ghi; đuôi tệp chọn định dạng: .wav .mp3 .opus .flac."


@click.command(cls=VietnameseCommand)
@click.argument("file", metavar="[TỆP|-]", default="-")
@option("--lines", is_flag=True, help="Mỗi dòng vào là một văn bản riêng; mỗi dòng vào cho đúng một dòng ra.")
@option("--commune", metavar="XÃ", default=None, help="Đọc theo từ vựng riêng của xã này nữa (lexicon.XÃ.tsv).")
@option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON, kèm vị trí và quy tắc của từng từ.")
@click.pass_obj
def read(face: Face, file: str, lines: bool, commune: str | None, as_json: bool) -> None:
    """Đọc thử: chữ viết → lời đọc; chỗ chưa chắc được đánh dấu."""
    from broadcaster.station.house import house_in
    from broadcaster.station.learning import commune_named

    house = house_in(face.workspace, commune_named(face.workspace, commune) if commune else None)
    written = _written(file)
    texts = _lines_of(written) if lines else [written]
    look = house.read if lines and not as_json else house.proofread
    spoken = [look(text) for text in texts]
    if as_json:
        results = [_reading_as_json(one) for one in spoken]
        print_json(results if lines else results[0])
    elif lines:
        click.echo("".join(f"{one.text}\n" for one in spoken), nl=False)
    else:
        _show_reading(written, spoken[0])


def _lines_of(written: str) -> list[str]:
    lines = written.replace("\r\n", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def _show_reading(written: str, spoken: SpokenText) -> None:
    from broadcaster.text.review import doubt, marked

    click.echo("\n".join(paragraphs(spoken)))
    if spoken.flags:
        say("Chỗ chưa chắc, hãy sửa bài, ghi vào từ vựng hoặc nghe thử trước khi duyệt:")
        say(marked(written, spoken))
        for flag in spoken.flags:
            say(f"- {doubt(flag)}")
        for line in how_to_teach(spoken.flags):
            say(line)


def how_to_teach(flags: Sequence[Flag]) -> list[str]:
    """The command that puts the first doubted word into the lexicon, to be taken as a pattern; none for figures."""
    taught = [flag for flag in flags if flag.teachable][:1]
    return [
        f'Dạy máy một lần cho mọi bài: broadcaster scripts learn "{flag.written}" "{(*flag.suggestions, "lời đọc")[0]}"'
        for flag in taught
    ]


def paragraphs(spoken: SpokenText) -> list[str]:
    """The words of each paragraph or heading on a line of its own, with a comma or full stop where the voice pauses.

    Where the script lets another voice take its turn, the line says which.
    """
    from broadcaster.model.speech import Boundary

    lines = [""]
    turn = None
    for phrase in spoken.phrases:
        if not lines[-1] and phrase.voice != turn:
            turn = phrase.voice
            lines[-1] = f"[{turn}] " if turn else ""
        ends = phrase.boundary in (Boundary.PARAGRAPH, Boundary.HEADING)
        lines[-1] += f"{phrase.text}{', ' if phrase.boundary is Boundary.CLAUSE else '.' if ends else '. '}"
        if ends:
            lines.append("")
    return [line.rstrip(" ,") for line in lines if line]


def _reading_as_json(spoken: SpokenText) -> dict[str, object]:
    return {
        "spoken": spoken.text,
        "spans": [asdict(span) for span in spoken.spans],
        "flags": [asdict(flag) for flag in spoken.flags],
    }


@click.command(cls=VietnameseCommand)
@click.argument("file", metavar="[TỆP|-]", default="-")
@option("-o", "out", metavar="TỆP", required=True, type=click.Path(path_type=Path), help=SOUND_FILE_HELP)
@option(
    "--engine",
    metavar="TÊN",
    default=None,
    help="Bộ đọc: espeak-ng (có sẵn), gtts (cần mạng), piper, hoặc một mục ở may_doc.",
)
@option(
    "--voice", metavar="GIỌNG", default=None, help="Giọng của bộ đọc (vi+f2, gtts:vi) hoặc tên ở giong_doc (nu-bac)."
)
@option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
@click.pass_obj
def speak(face: Face, file: str, out: Path, engine: str | None, voice: str | None, as_json: bool) -> None:
    """Đọc văn bản thành tệp âm thanh."""
    from broadcaster.station.speak import speak_text
    from broadcaster.text.review import doubt

    made = speak_text(_written(file), out=out, workspace=face.workspace, engine=engine, voice=voice)
    for flag in made.spoken.flags:
        say(f"Chưa chắc: {doubt(flag)}")
    if as_json:
        print_json(
            {"file": str(out), "length_s": made.length_s, "voice": made.voice, "engine_calls": made.engine_calls}
        )
    else:
        say(f"Đã ghi {out}: {seconds_in_words(made.length_s)}, giọng {made.voice}.")


def _written(file: str) -> str:
    from broadcaster.content.documents import decode_text
    from broadcaster.content.script import front_matter_blanked

    if file == "-":
        return decode_text(sys.stdin.buffer.read(), name="dữ liệu vào")
    path = Path(file)
    if not path.is_file():
        raise WrongUsage(f"Không có tệp {file}.", remedy="Kiểm tra lại tên tệp, hoặc dùng '-' để đọc từ bàn phím.")
    return front_matter_blanked(decode_text(path.read_bytes(), name=file))
