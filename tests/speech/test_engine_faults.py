"""One suite of what may come back from outside, over all engines: never a cached clip, always what to do next."""

from __future__ import annotations

import base64
import json
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from speech.connected_engines import as_program, over_http
from speech.loopback_service import LoopbackService, Reply

from broadcaster.audio.clip import Clip
from broadcaster.audio.encode import write_clip
from broadcaster.clock import VIETNAM
from broadcaster.errors import SpeechFault
from broadcaster.model.speech import Boundary, Phrase, SpokenText
from broadcaster.speech.cache import ClipCache
from broadcaster.speech.engine import Engine
from broadcaster.speech.engines.espeak_ng import EspeakEngine
from broadcaster.speech.engines.google import GoogleEngine
from broadcaster.speech.engines.piper import PiperEngine
from broadcaster.speech.speaker import Speaker
from broadcaster.testing import ManualClock

SENTENCE = "Mời bà con chú ý nghe thông báo về việc tiêm chủng mở rộng"
SECONDS = 4
"""What the sentence takes."""
Outside = Callable[[bytes | None], None]


def refused_and_not_kept(engine: Engine, folder: Path, sentence: str = SENTENCE) -> None:
    speaker = Speaker(engine, ClipCache(folder / "kho"))
    with pytest.raises(SpeechFault) as fault:
        speaker.speak(SpokenText(phrases=(Phrase(text=sentence, boundary=Boundary.SENTENCE),)), engine.voices()[0])
    assert fault.value.message
    assert fault.value.remedy
    assert list(folder.rglob("*.clip")) == list(folder.rglob("*.part*")) == []


def google_answers(google: Any, sound: bytes | None) -> None:
    def answer(text: str, connection: socket.socket) -> None:
        if sound is None:
            google.released.wait()
            return
        row = json.dumps([["wrb.fr", "jQ1olc", json.dumps([base64.b64encode(sound).decode()]), None, None, None, "x"]])
        body = f")]}}'\n\n{row}\n".encode()
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    google.answer = answer


def service_answers(service: LoopbackService, sound: bytes | None) -> None:
    def answer(_: object) -> Reply:
        if sound is None:
            service.released.wait()
        return Reply(sound or b"")

    service.answer = answer


@pytest.fixture(params=["gtts", "qua-mang", "chuong-trinh"])
def outside(
    request: pytest.FixtureRequest, google: Any, service: LoopbackService, tmp_path: Path
) -> tuple[Engine, Outside]:
    """An engine whose sound comes from elsewhere, and how to say what comes; None: nothing ever."""
    match request.param:
        case "gtts":
            clock = ManualClock(datetime(2026, 10, 10, 5, tzinfo=VIETNAM))
            made: Engine = GoogleEngine(tmp_path / "gtts", clock=clock, read_timeout_s=0.5)
            return made, lambda sound: google_answers(google, sound)
        case "qua-mang":
            return over_http(service, patience="1 giây"), lambda sound: service_answers(service, sound)
        case _:
            return as_program(service, tmp_path, patience="2 giây"), lambda sound: service_answers(service, sound)


def encoded(kind: str, folder: Path, google: Any) -> bytes:
    """A sound file with something else in it than the sentence."""
    noise = np.random.default_rng(1).normal(0, 1, 24_000 * 60).astype(np.float32)
    samples = {
        "silence": noise[: 24_000 * SECONDS] * 0,
        "hiss": noise[: 24_000 * SECONDS] * np.float32(0.0005),
        "noise": noise[: 24_000 * SECONDS] * np.float32(0.1),
        "half a second": noise[:12_000] * np.float32(0.1),
        "a minute": noise * np.float32(0.1),
    }
    if kind == "another sentence":
        return bytes(google.mp3("Nghe đây."))
    write_clip(Clip(samples=samples[kind], sample_rate=24_000), folder / "made.mp3")
    return (folder / "made.mp3").read_bytes()


@pytest.mark.parametrize("kind", ["silence", "hiss", "noise", "half a second", "a minute", "another sentence"])
def test_sound_that_is_not_the_sentence_is_refused(
    outside: tuple[Engine, Outside], google: Any, tmp_path: Path, kind: str
) -> None:
    engine, answer = outside
    answer(encoded(kind, tmp_path, google))
    refused_and_not_kept(engine, tmp_path)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"<!doctype html><title>Before you continue</title>", id="page"),
        pytest.param(b'{"error": "quota"}', id="JSON"),
        pytest.param(b"RIFF\x24\0\0\0WAVEfmt ", id="half a header"),
        pytest.param(b"\xff\xf3\x44\xc4" + b"\xff" * 4_000, id="rubbish"),
    ],
)
def test_what_is_no_sound_is_refused(outside: tuple[Engine, Outside], tmp_path: Path, data: bytes) -> None:
    engine, answer = outside
    answer(data)
    refused_and_not_kept(engine, tmp_path)


def test_a_torn_sound_is_refused(outside: tuple[Engine, Outside], google: Any, tmp_path: Path) -> None:
    engine, answer = outside
    answer(google.mp3(f"{SENTENCE}.")[:-200])
    refused_and_not_kept(engine, tmp_path)


def test_an_engine_that_hangs_is_given_up(outside: tuple[Engine, Outside], tmp_path: Path) -> None:
    engine, answer = outside
    answer(None)
    refused_and_not_kept(engine, tmp_path)


@pytest.fixture(params=["espeak-ng", "piper"])
def worked(request: pytest.FixtureRequest, piper_voices: Path) -> Iterator[tuple[EspeakEngine | PiperEngine, str]]:
    """An engine in a worker process, its model loaded, and a sentence of its language."""
    made: EspeakEngine | PiperEngine
    if request.param == "piper":
        made, sentence = PiperEngine(piper_voices, patience_s=60), "Please listen to the morning news"
    else:
        made, sentence = EspeakEngine(patience_s=10), SENTENCE
    made.speak([Phrase(text=sentence, boundary=Boundary.SENTENCE)], made.voices()[0])
    yield made, sentence
    made.close()


def worker_of(engine: EspeakEngine | PiperEngine) -> int:
    pid = engine.worker_pid if isinstance(engine, EspeakEngine) else engine.worker_pids[0]
    assert pid is not None
    return pid


def test_a_worker_that_hangs_or_dies_is_given_up_or_replaced(
    worked: tuple[EspeakEngine | PiperEngine, str], tmp_path: Path
) -> None:
    engine, sentence = worked
    phrase = Phrase(text=sentence, boundary=Boundary.SENTENCE)
    first = engine.speak([phrase], engine.voices()[0]).sha256
    pid = worker_of(engine)
    os.kill(pid, signal.SIGSTOP)
    engine._patience_s = 1.0
    refused_and_not_kept(engine, tmp_path, sentence)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    engine._patience_s = 60.0
    assert engine.speak([phrase], engine.voices()[0]).sha256 == first, "the next sentence meets a new process"
    pid = worker_of(engine)
    os.kill(pid, signal.SIGSTOP)
    heard: list[str] = []
    speaking = threading.Thread(target=lambda: heard.append(engine.speak([phrase], engine.voices()[0]).sha256))
    speaking.start()
    os.kill(pid, signal.SIGKILL)
    speaking.join()
    assert heard == [first], "one that dies while it speaks is replaced without a word"
