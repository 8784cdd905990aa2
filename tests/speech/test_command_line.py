"""`kieu: lenh`: real programs that do their work, and those that hang, die, scream or say nothing."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from speech.loopback_service import LoopbackService

from broadcaster.audio.clip import Clip
from broadcaster.audio.encode import write_clip
from broadcaster.config.load import parse_schedule
from broadcaster.errors import SpeechFault
from broadcaster.model.speech import Boundary, Phrase, SpokenText, Voice
from broadcaster.speech.cache import ClipCache
from broadcaster.speech.engines.command_line import CommandEngine
from broadcaster.speech.speaker import Speaker

SENTENCE = "Mời bà con chú ý nghe thông báo về việc tiêm chủng mở rộng"
Make = Callable[..., CommandEngine]


@pytest.fixture
def ready(tmp_path: Path, service: LoopbackService) -> Path:
    """The sentence's sound, for programs to hand out."""
    path = tmp_path / "san.wav"
    path.write_bytes(service.wav(f"{SENTENCE}."))
    return path


@pytest.fixture
def make(tmp_path: Path, ready: Path) -> Make:
    """An engine that runs this shell script with these arguments, its station in `tmp_path`."""

    def made(script: str, arguments: str = '"{out}"', *lines: str) -> CommandEngine:
        program = tmp_path / "doc thử.sh"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        written = ["kieu: lenh", "ten: Máy đọc thử", f'chay: ["./doc thử.sh", {arguments}]', "giong: {nu: Nữ}", *lines]
        body = "".join(f"    {line}\n" for line in written)
        (settings,) = parse_schedule(f"xa: {{hd: {{ten: X}}}}\nmay_doc:\n  thu:\n{body}").engines.values()
        assert settings.kind == "lenh"
        return CommandEngine(settings, tmp_path)

    return made


def said(*texts: str) -> list[Phrase]:
    return [Phrase(text=text, boundary=Boundary.SENTENCE) for text in texts]


def speak(engine: CommandEngine, text: str = SENTENCE) -> Clip:
    return engine.speak(said(text), engine.voices()[0])


def test_words_come_by_standard_input_and_sound_by_a_file(make: Make, tmp_path: Path) -> None:
    speak(make('cat > nghe.txt; cp san.wav "$1"'))
    assert (tmp_path / "nghe.txt").read_text() == f"{SENTENCE}."


def test_sound_may_come_by_standard_output(make: Make) -> None:
    speak(make("cat > /dev/null; cat san.wav", '"--giong", "{voice}"'))


def test_words_may_come_by_a_file(make: Make, tmp_path: Path) -> None:
    speak(make('cp "$1" nghe.txt; cat san.wav', '"{text_file}"'))
    assert (tmp_path / "nghe.txt").read_text() == f"{SENTENCE}."


def test_words_as_an_argument_reach_no_shell(make: Make, tmp_path: Path) -> None:
    words = f"$(touch hong) `touch hong` ; touch hong \"' {SENTENCE}"
    speak(make('printf %s "$1" > nghe.txt; printf %s "$2" > toc-do.txt; cat san.wav', '"{text}", "{rate}"'), words)
    assert (tmp_path / "nghe.txt").read_text() == f"{words}."
    assert (tmp_path / "toc-do.txt").read_text() == "0.78"
    assert not (tmp_path / "hong").exists()


def test_words_that_look_like_an_option_are_none(make: Make, tmp_path: Path) -> None:
    speak(make('printf %s "$1" > nghe.txt; cat san.wav', '"{text}"'), f"--help {SENTENCE}")
    assert (tmp_path / "nghe.txt").read_text() == f"help {SENTENCE}."


def test_a_program_that_does_not_listen_may_still_speak(make: Make) -> None:
    speak(make("exec 0<&-; cat san.wav", '"{voice}"'))


def test_a_missing_program_is_named(make: Make, tmp_path: Path) -> None:
    engine = make("")
    (tmp_path / "doc thử.sh").unlink()
    (fault,) = engine.check()
    assert "doc thử.sh" in fault.message
    assert "may_doc" in fault.remedy
    with pytest.raises(SpeechFault, match=r"doc thử\.sh"):
        speak(engine)


def test_a_file_that_is_no_program_is_named(make: Make, tmp_path: Path) -> None:
    engine = make("")
    (tmp_path / "doc thử.sh").write_bytes(b"\x7fELF half copied")
    with pytest.raises(SpeechFault, match="Không chạy được"):
        speak(engine)


def test_a_program_that_fails_is_quoted(make: Make) -> None:
    engine = make("echo đang nạp >&2; printf 'thiếu mô hình \\033[31m vi.onnx' >&2; exit 3")
    with pytest.raises(SpeechFault, match=r"mã lỗi 3\. Nó nói: thiếu mô hình") as fault:
        speak(engine)
    assert "\x1b" not in fault.value.message


def test_a_program_that_is_killed_is_a_fault(make: Make) -> None:
    with pytest.raises(SpeechFault, match="mã lỗi -9"):
        speak(make("kill -9 $$"))


def test_a_program_that_hangs_is_ended_with_all_its_children(make: Make, tmp_path: Path) -> None:
    engine = make('sleep 600 & echo $! > con.txt; cp san.wav "$1"; wait', '"{out}"', "cho: 1 giây")
    with pytest.raises(SpeechFault, match="sau 1 giây") as fault:
        speak(engine)
    assert "cho" in fault.value.remedy
    assert_gone(int((tmp_path / "con.txt").read_text()))


def test_a_child_that_a_program_leaves_behind_is_ended(make: Make, tmp_path: Path) -> None:
    speak(make('sleep 600 & echo $! > con.txt; cp san.wav "$1"'))
    assert_gone(int((tmp_path / "con.txt").read_text()))


def assert_gone(pid: int) -> None:
    for _ in range(200):
        try:
            if "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text():
                return
            os.kill(pid, 0)
        except (ProcessLookupError, FileNotFoundError):
            return
        time.sleep(0.01)
    pytest.fail("it still runs")


def test_a_program_that_writes_without_end_is_ended(make: Make) -> None:
    with pytest.raises(SpeechFault, match="quá nhiều"):
        speak(make("cat /dev/zero", '"x"'))


def test_much_talk_on_standard_error_is_no_obstacle(make: Make) -> None:
    speak(make('head -c 3000000 /dev/zero >&2; cp san.wav "$1"'))


@pytest.mark.parametrize(
    ("script", "message"),
    [
        pytest.param("exit 0", "rỗng", id="no file"),
        pytest.param(': > "$1"', "rỗng", id="empty file"),
        pytest.param('echo "<html></html>" > "$1"', "trang web", id="page"),
        pytest.param('echo "xong" > "$1"', "không phải tệp âm thanh", id="words"),
        pytest.param('head -c 30000 san.wav > "$1"', "bị đứt", id="torn"),
        pytest.param('cp lang.wav "$1"', "lặng|không phát ra tiếng", id="silence"),
        pytest.param('cp on.wav "$1"', "tiếng ồn", id="noise"),
        pytest.param('cp ngan.wav "$1"', "giây", id="half a second"),
    ],
)
def test_what_is_not_the_sentence_is_refused_and_not_kept(
    make: Make, tmp_path: Path, script: str, message: str
) -> None:
    rng = np.random.default_rng(1)
    for name, level, length_s in (("lang", 0.0, 4), ("on", 0.1, 4), ("ngan", 0.1, 0.5)):
        samples = rng.normal(0, 1, int(24_000 * length_s)) * level
        write_clip(Clip(samples=samples.astype(np.float32), sample_rate=24_000), tmp_path / f"{name}.wav")
    engine = make(script)
    with pytest.raises(SpeechFault, match=message) as fault:
        Speaker(engine, ClipCache(tmp_path / "kho")).speak(
            SpokenText(phrases=tuple(said(SENTENCE))), engine.voices()[0]
        )
    assert fault.value.remedy
    assert list(tmp_path.rglob("*.clip")) == []


def test_its_voices_are_those_that_the_office_lists(make: Make) -> None:
    engine = make("cat san.wav")
    assert engine.voices() == (Voice(engine="thu", name="nu", title="Nữ"),)
    with pytest.raises(SpeechFault, match="thu:nam"):
        engine.speak(said(SENTENCE), Voice(engine="thu", name="nam"))
