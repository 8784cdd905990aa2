"""`voices`: what can speak here, and what is missing; neural voices come, are judged, and go."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from broadcaster.cli.face import Face
from broadcaster.cli.printing import faults_as_json, print_json, print_table, say
from broadcaster.cli.vietnamese import VietnameseGroup, option
from broadcaster.cli.voice_test import test

if TYPE_CHECKING:
    from broadcaster.station.voices import EngineVoices

AS_JSON = option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")


@click.group(cls=VietnameseGroup)
def voices() -> None:
    """Giọng đọc: có những giọng nào, thiếu gì; thêm, gỡ, và chấm xem giọng có đủ rõ để phát không."""


@voices.command("list")
@AS_JSON
@click.pass_obj
def list_(face: Face, as_json: bool) -> None:
    """Liệt kê mọi giọng dùng được ở đây, giọng đặt tên ở giong_doc, bộ đọc nào còn thiếu gì và cách sửa."""
    from broadcaster.station.voices import list_voices

    found = list_voices(face.workspace)
    if as_json:
        print_json([_as_json(one) for one in found])
        return
    rows = [(voice.key, voice.title, voice.language, _state(one)) for one in found for voice in one.voices]
    print_table(("Giọng", "Tên gọi", "Tiếng", "Tình trạng"), rows)
    if named := [row for one in found for row in _named(one)]:
        say("")
        print_table(("Giọng đặt tên", "Tên gọi", "Là giọng", "Tốc độ (âm tiết/giây)", "Tình trạng"), named)
    for one in found:
        for fault in one.faults:
            say(f"- {one.engine}: {fault.message}\n  → {fault.remedy}")


def _state(one: EngineVoices) -> str:
    return "chưa dùng được" if one.faults else "dùng được"


def _named(one: EngineVoices) -> list[tuple[str, ...]]:
    """A row for each name in `giong_doc`."""
    return [
        (profile.key, profile.name, voice.key, f"{voice.syllables_per_second:.1f}".replace(".", ","), _state(one))
        for profile, voice in one.profiles
    ]


def _as_json(one: EngineVoices) -> dict[str, Any]:
    return {
        "engine": one.engine,
        "version": one.version,
        "ready": not one.faults,
        "voices": [
            {"key": voice.key, "name": voice.name, "title": voice.title, "language": voice.language}
            for voice in one.voices
        ],
        "profiles": [
            {
                "key": profile.key,
                "title": profile.name,
                "voice": voice.key,
                "syllables_per_second": voice.syllables_per_second,
            }
            for profile, voice in one.profiles
        ],
        "faults": faults_as_json(one.faults),
    }


@voices.command()
@click.argument("source", metavar="THƯ_MỤC|TỆP", type=click.Path(path_type=Path))
@option("--name", metavar="TÊN", default=None, help="Tên giọng, viết không dấu; không ghi thì lấy tên tệp mô hình.")
@option("--title", metavar="TÊN_GỌI", default=None, help='Tên để nhận ra giọng, ví dụ "Nữ miền Bắc".')
@option("--language", metavar="MÃ", default=None, help="Ngôn ngữ của mô hình, phải ghi khi không phải tiếng Việt (vi).")
@option("--sha256", metavar="MÃ", default=None, help="Mã SHA-256 của tệp .onnx do nơi phát hành công bố.")
@option(
    "--sentence", metavar="CÂU", default=None, help="Câu đọc thử, khi ngôn ngữ không phải tiếng Việt hay tiếng Anh."
)
@AS_JSON
@click.pass_obj
def add(
    face: Face,
    source: Path,
    name: str | None,
    title: str | None,
    language: str | None,
    sha256: str | None,
    sentence: str | None,
    as_json: bool,
) -> None:
    """Thêm một giọng Piper: kiểm tra tệp, chép vào đài, đọc thử một câu."""
    from broadcaster.config.languages import VIETNAMESE
    from broadcaster.station.voice_models import add_voice

    made = add_voice(
        face.workspace, source, name=name, title=title, language=language, sha256=sha256, sentence=sentence
    )
    if as_json:
        print_json({"voice": made.voice.key, "length_s": round(made.length_s, 2)} | asdict(made.record))
        return
    record = made.record
    say(f"Đã thêm giọng {made.voice.key} ({record.title}), tiếng {record.language}, {record.sample_rate} Hz.")
    heard = f"trong {made.length_s:.1f} giây ({dict(record.paces)[1.0]:.1f} tiếng/giây)".replace(".", ",")
    say(f"Đã đọc thử “{made.sentence}” {heard}.")
    if not made.hash_known:
        say("Không có mã SHA-256 của nơi phát hành để đối chiếu; mã của tệp đã chép được ghi lại trong giong.json.")
    if record.language == VIETNAMESE:
        say(f"Chấm xem đủ rõ để phát chưa: broadcaster voices test {made.voice.key}")
    say(f'Nghe thử: echo "Xin chào bà con" | broadcaster speak -o thu.wav --voice {made.voice.key}')


@voices.command()
@click.argument("name", metavar="TÊN")
@AS_JSON
@click.pass_obj
def remove(face: Face, name: str, as_json: bool) -> None:
    """Gỡ một giọng Piper đã thêm."""
    from broadcaster.station.voice_models import remove_voice

    remove_voice(face.workspace, name)
    if as_json:
        print_json({"removed": name})
    else:
        say(f"Đã gỡ giọng {name}. Bài, lịch còn ghi giọng này thì broadcaster check sẽ báo.")


voices.add_command(test)
