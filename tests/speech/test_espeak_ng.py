"""espeak-ng's traps: global state, long data paths, NUL, and a worker that dies, hangs or was half copied."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from broadcaster.audio.clip import Clip
from broadcaster.errors import SpeechFault
from broadcaster.model.speech import Boundary, Phrase, SpokenText, Voice
from broadcaster.speech.cache import ClipCache
from broadcaster.speech.engines.espeak_ng import EspeakEngine
from broadcaster.speech.speaker import Speaker

A = "Đây là Đài truyền thanh xã Hoằng Đạo"
B = "Mời bà con chú ý nghe thông báo về việc tiêm chủng mở rộng"
PARAGRAPH = (
    (Boundary.CLAUSE, "Sáng nay tại nhà văn hóa thôn"),
    (Boundary.CLAUSE, "Hội Liên hiệp Phụ nữ xã"),
    (Boundary.SENTENCE, "đã tổ chức buổi nói chuyện về việc chăm sóc trẻ nhỏ trong mùa mưa bão"),
    (Boundary.CLAUSE, "Các mẹ được hướng dẫn cách pha nước bù muối"),
    (Boundary.SENTENCE, "và cách theo dõi khi con sốt cao"),
    (Boundary.PARAGRAPH, "Buổi sau sẽ mở vào lúc hai giờ chiều thứ bảy tuần tới"),
)
"""Sixty syllables, as a reader hands them on."""


@pytest.fixture
def engine() -> Iterator[EspeakEngine]:
    made = EspeakEngine()
    yield made
    made.close()


@pytest.fixture
def voice(engine: EspeakEngine) -> Voice:
    return engine.voices()[0]


def said(*texts: str, boundary: Boundary = Boundary.SENTENCE) -> list[Phrase]:
    return [Phrase(text=text, boundary=boundary) for text in texts]


def package() -> Path:
    spec = find_spec("espeakng_loader")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def copy_of_the_package(to: Path) -> Path:
    to.parent.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copytree(package(), to, symlinks=True))


def hashes_in_another_process(*texts: str) -> list[str]:
    program = """
import sys
from broadcaster.model.speech import Boundary, Phrase
from broadcaster.speech.engines.espeak_ng import EspeakEngine
engine = EspeakEngine()
for text in sys.argv[1:]:
    print(engine.speak([Phrase(text=text, boundary=Boundary.SENTENCE)], engine.voices()[0]).sha256)
engine.close()
"""
    done = subprocess.run([sys.executable, "-c", program, *texts], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_the_same_sentence_sounds_the_same_in_every_process_and_order(engine: EspeakEngine, voice: Voice) -> None:
    a, b = (engine.speak(said(text), voice).sha256 for text in (A, B))
    assert a != b
    assert hashes_in_another_process(B, A, A, B) == [b, a, a, b]
    male = engine.voices()[1]
    engine.speak(said(B), male)
    assert [engine.speak(said(text), voice).sha256 for text in (B, A)] == [b, a]


def test_it_speaks_from_a_long_path_with_vietnamese_letters(voice: Voice, engine: EspeakEngine, tmp_path: Path) -> None:
    """espeak-ng itself fails from 160 characters on; users' folders are called `Nguyễn Văn Đài`."""
    deep = tmp_path / "Nguyễn Văn Đài" / Path(*["thư mục dài"] * 16) / "espeakng_loader"
    assert len(str(copy_of_the_package(deep) / "espeak-ng-data")) > 250
    moved = EspeakEngine(package=deep)
    try:
        assert moved.speak(said(A), voice).sha256 == engine.speak(said(A), voice).sha256
    finally:
        moved.close()


def test_a_nul_does_not_end_the_text(engine: EspeakEngine, voice: Voice) -> None:
    whole = engine.speak(said(f"{A} {B}"), voice)
    assert engine.speak(said(f"{A}\0{B}"), voice).sha256 == whole.sha256


def test_a_clause_pause_is_exactly_350_ms(engine: EspeakEngine, voice: Voice) -> None:
    words = ["Bà con chú ý", "thông báo của xã", "về lịch tiêm chủng"]
    whole = engine.speak(said(*words, boundary=Boundary.CLAUSE), voice)
    silences = exact_silences(whole, at_least_s=0.3)
    assert len(silences) == 2
    assert {round(length / whole.sample_rate, 2) for length in silences} == {0.35}


def exact_silences(clip: Clip, *, at_least_s: float) -> list[int]:
    """Lengths (frames) of runs of zeros."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], clip.samples == 0, [0]])))
    return [int(n) for n in edges[1::2] - edges[::2] if n >= at_least_s * clip.sample_rate]


def test_clips_neither_start_nor_end_with_silence(engine: EspeakEngine) -> None:
    for voice in engine.voices():
        clip = engine.speak(said(A), voice)
        edge = round(0.02 * clip.sample_rate)
        assert np.abs(clip.samples[:edge]).max() > 0.001
        assert np.abs(clip.samples[-edge:]).max() > 0.001


def test_nothing_clips(engine: EspeakEngine) -> None:
    for voice in engine.voices():
        assert np.abs(engine.speak(said(A, B), voice).samples).max() < 0.99


@pytest.mark.parametrize("number", [0, 1])
def test_the_pace_suits_loudspeakers_outdoors(engine: EspeakEngine, tmp_path: Path, number: int) -> None:
    """2.8–3.4 syllables a second over a paragraph, its pauses included."""
    phrases = tuple(Phrase(text=text, boundary=boundary) for boundary, text in PARAGRAPH)
    syllables = sum(len(phrase.text.split()) for phrase in phrases)
    assert syllables == 60
    clip = Speaker(engine, ClipCache(tmp_path)).speak(SpokenText(phrases=phrases), engine.voices()[number])
    assert 2.8 <= syllables / clip.length_s <= 3.4


def test_man_and_woman_sound_apart(engine: EspeakEngine) -> None:
    woman, man = (engine.speak(said(A), voice) for voice in engine.voices())
    assert woman.sha256 != man.sha256


def test_a_worker_killed_while_idle_is_not_noticed(engine: EspeakEngine, voice: Voice) -> None:
    first = engine.speak(said(A), voice).sha256
    assert engine.worker_pid is not None
    os.kill(engine.worker_pid, signal.SIGKILL)
    assert engine.speak(said(A), voice).sha256 == first


def test_a_worker_killed_while_it_speaks_is_replaced(engine: EspeakEngine, voice: Voice) -> None:
    first = engine.speak(said(A), voice).sha256
    pid = engine.worker_pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    heard: list[Clip] = []
    speaking = threading.Thread(target=lambda: heard.append(engine.speak(said(A), voice)))
    speaking.start()
    os.kill(pid, signal.SIGKILL)
    speaking.join()
    assert [clip.sha256 for clip in heard] == [first]
    assert engine.worker_pid != pid


def test_a_worker_that_hangs_is_a_fault_and_the_next_sentence_is_spoken(voice: Voice) -> None:
    impatient = EspeakEngine(patience_s=3.0)
    try:
        first = impatient.speak(said(A), voice).sha256
        assert impatient.worker_pid is not None
        os.kill(impatient.worker_pid, signal.SIGSTOP)
        with pytest.raises(SpeechFault, match="không trả lời"):
            impatient.speak(said(A), voice)
        assert impatient.worker_pid is None
        assert impatient.speak(said(A), voice).sha256 == first
    finally:
        impatient.close()


def test_closing_leaves_no_process_behind(engine: EspeakEngine, voice: Voice) -> None:
    engine.speak(said(A), voice)
    pid = engine.worker_pid
    assert pid is not None
    engine.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_ctrl_c_in_the_terminal_is_left_to_the_station(engine: EspeakEngine, voice: Voice) -> None:
    """It reaches every process of the terminal's foreground group."""
    engine.speak(said(A), voice)
    assert engine.worker_pid is not None
    assert os.getpgid(engine.worker_pid) != os.getpgid(0)


def test_a_worker_ends_when_its_station_is_killed() -> None:
    program = """
import sys, time
from broadcaster.speech.engines.espeak_ng import EspeakEngine
engine = EspeakEngine()
engine.check()
print(engine.worker_pid, flush=True)
sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as station:
        assert station.stdout is not None
        worker = os.pidfd_open(int(station.stdout.readline()))
        station.kill()
    assert select.select([worker], [], [], 30)[0], "the worker outlived its station"
    os.close(worker)


@pytest.mark.parametrize("lost", ["libespeak-ng.so", "espeak-ng-data/vi_dict", "espeak-ng-data/phontab"])
def test_a_half_copied_engine_says_how_to_mend_it(
    voice: Voice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    copy = copy_of_the_package(tmp_path / "espeakng_loader")
    (copy / lost).unlink()
    broken = EspeakEngine(package=copy)
    try:
        (fault,) = broken.check()
        assert "pip install" in fault.remedy
        with pytest.raises(SpeechFault):
            broken.speak(said(A), voice)
    finally:
        broken.close()


@pytest.mark.parametrize("torn", ["libespeak-ng.so", "espeak-ng-data/phontab", "espeak-ng-data/vi_dict"])
def test_a_torn_engine_is_a_fault_and_never_a_wrong_sound(
    voice: Voice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, torn: str
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    copy = copy_of_the_package(tmp_path / "espeakng_loader")
    (copy / torn).unlink()
    (copy / torn).write_bytes(b"\x7fELF torn while it was copied")
    broken = EspeakEngine(package=copy)
    try:
        with pytest.raises(SpeechFault) as fault:
            broken.speak(said(A), voice)
        assert fault.value.remedy
    finally:
        broken.close()


def test_faults_have_the_exit_code_of_speech(voice: Voice, tmp_path: Path) -> None:
    with pytest.raises(SpeechFault) as fault:
        EspeakEngine(package=tmp_path).speak(said(A), voice)
    assert fault.value.exit_code == 6
