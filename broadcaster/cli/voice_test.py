"""`voices test`: is a voice understood well enough to go on the air?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from broadcaster.cli.face import Face
from broadcaster.cli.printing import Progress, print_json, say
from broadcaster.cli.vietnamese import VietnameseCommand, option
from broadcaster.errors import SpeechFault

if TYPE_CHECKING:
    from broadcaster.speech.intelligibility import Understood
    from broadcaster.station.voice_test import VoiceTest


@click.command(cls=VietnameseCommand)
@click.argument("voice", metavar="GIỌNG")
@option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
@click.pass_obj
def test(face: Face, voice: str, as_json: bool) -> None:
    """Chấm một giọng đọc bằng máy nghe: có đủ rõ để phát trên loa không."""
    from broadcaster.speech.intelligibility import FIT_TO_AIR
    from broadcaster.station import voice_test

    bar = Progress(label=f"Chấm giọng {voice}", total=1.0)
    result = voice_test.judge_voice(face.workspace, voice, progress=bar.show)
    bar.close()
    if as_json:
        print_json(_as_json(result))
    else:
        _show(result)
    if not result.fit:
        raise SpeechFault(
            f"Giọng {result.voice} chưa đủ rõ để phát: máy nghe sai {_percent(result.clean)} số âm tiết, "
            f"cho phép {FIT_TO_AIR:.0%}.",
            remedy="Dùng giọng khác hoặc bản thu giọng người; nếu chỉ có giọng này, đọc chậm và lặp lại ý chính.",
        )
    say(f"Giọng {result.voice} đủ rõ để phát.")


def _show(result: VoiceTest) -> None:
    click.echo(f"Trong phòng yên tĩnh: máy nghe sai {_percent(result.clean)} số âm tiết.")
    click.echo(f"Qua loa nén, giữa tiếng ồn ngoài đường: sai {_percent(result.outdoors)}.")
    click.echo(f"Tốc độ: {_number(result.syllables_per_second)} âm tiết mỗi giây, kể cả chỗ nghỉ.")


def _percent(heard: Understood) -> str:
    return f"{_number(100 * heard.word_error_rate)}%"


def _number(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def _as_json(result: VoiceTest) -> dict[str, object]:
    return {
        "voice": result.voice,
        "fit": result.fit,
        "word_error_rate": round(result.clean.word_error_rate, 3),
        "word_error_rate_outdoors": round(result.outdoors.word_error_rate, 3),
        "syllables": result.clean.syllables,
        "syllables_per_second": round(result.syllables_per_second, 2),
    }
