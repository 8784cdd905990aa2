"""gTTS against a loopback service that gives a good answer, and each of the bad ones."""

from __future__ import annotations

import base64
import json
import socket
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import trustme

from broadcaster.audio.clip import Clip
from broadcaster.audio.encode import write_clip
from broadcaster.clock import VIETNAM
from broadcaster.errors import SpeechFault
from broadcaster.model.speech import Boundary, Phrase, SpokenText
from broadcaster.speech.cache import ClipCache
from broadcaster.speech.engines.google import GoogleEngine
from broadcaster.speech.mp3_frames import is_whole_mp3
from broadcaster.speech.speaker import Speaker
from broadcaster.testing import ManualClock

NOW = datetime(2026, 10, 10, 5, tzinfo=VIETNAM)
SENTENCE = "Mời bà con chú ý nghe thông báo về việc tiêm chủng mở rộng"


def said(*texts: str, boundary: Boundary = Boundary.SENTENCE) -> list[Phrase]:
    return [Phrase(text=text, boundary=boundary) for text in texts]


def speak(text: str = SENTENCE, *, read_timeout_s: float = 30.0) -> Clip:
    with tempfile.TemporaryDirectory() as folder:
        engine = GoogleEngine(Path(folder), clock=ManualClock(NOW), read_timeout_s=read_timeout_s)
        return engine.speak(said(text), engine.voices()[0])


@pytest.fixture
def engine(google: Any, tmp_path: Path, clock: ManualClock) -> GoogleEngine:
    return GoogleEngine(tmp_path / "gtts", clock=clock)


def http(body: str, *, status: str = "200 OK", headers: str = "") -> bytes:
    data = body.encode()
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(data)}\r\n{headers}\r\n".encode() + data


def with_audio(audio: str | None) -> bytes:
    inner = None if audio is None else json.dumps([audio])
    return http(")]}'\n\n" + json.dumps([["wrb.fr", "jQ1olc", inner, None, None, None, "generic"]]) + "\n")


def mp3_of(samples: np.ndarray[Any, Any], folder: Path) -> bytes:
    write_clip(Clip(samples=samples.astype(np.float32), sample_rate=24_000), folder / "made.mp3")
    return (folder / "made.mp3").read_bytes()


def test_the_real_service_is_asked_through_the_proxy_over_tls(google: Any) -> None:
    clip = speak()
    assert google.asked_for == {"translate.google.com:443"}, google.asked_for
    assert google.texts == [f"{SENTENCE}."]
    assert 14 / 8 < clip.length_s < 14 / 1.5


def test_letters_are_sent_composed(google: Any) -> None:
    speak("xa\u0303 Ho\u0103\u0300ng \u0110a\u0323o thông báo")
    assert google.texts == ["xã Hoằng Đạo thông báo."]


def test_clauses_go_together_up_to_100_characters(google: Any, engine: GoogleEngine) -> None:
    clauses = said("Bà con chú ý", "thông báo của xã", "về lịch tiêm chủng", boundary=Boundary.CLAUSE)
    engine.speak(clauses, engine.voices()[0])
    assert google.texts == ["Bà con chú ý, thông báo của xã, về lịch tiêm chủng."]


def test_a_server_with_a_certificate_that_nobody_vouches_for_is_refused(
    google: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """gTTS itself sends with verify=False and would take it."""
    trustme.CA().cert_pem.write_to_path(str(tmp_path / "another.pem"))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "another.pem"))
    with pytest.raises(SpeechFault, match="chứng chỉ"):
        speak()
    assert google.texts == []


@pytest.mark.parametrize(
    ("status", "message"),
    [
        ("429 Too Many Requests", "429"),
        ("403 Forbidden", "từ chối"),
        ("404 Not Found", "từ chối"),
        ("500 Internal Server Error", "đang lỗi"),
        ("503 Service Unavailable", "đang lỗi"),
        ("204 No Content", "từ chối"),
    ],
)
def test_a_refusal_is_a_fault(google: Any, status: str, message: str) -> None:
    google.always(http("", status=status))
    with pytest.raises(SpeechFault, match=message) as fault:
        speak()
    assert fault.value.exit_code == 6
    assert "espeak-ng" in fault.value.remedy


def test_a_redirect_is_not_followed(google: Any) -> None:
    google.always(http("", status="302 Found", headers="Location: https://consent.google.com/\r\n"))
    with pytest.raises(SpeechFault, match="302"):
        speak()
    assert len(google.texts) == 1


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(http("<!doctype html><title>Before you continue</title>"), id="consent page"),
        pytest.param(http("<html>jQ1olc</html>"), id="page that names the call"),
        pytest.param(http(""), id="empty body"),
        pytest.param(with_audio(None), id="no audio"),
        pytest.param(with_audio(""), id="empty audio"),
        pytest.param(with_audio("//NExAA"), id="truncated base64"),
        pytest.param(with_audio("không phải base64"), id="no base64"),
        pytest.param(with_audio(base64.b64encode(b"RIFF" + b"\0" * 4_000).decode()), id="not an MP3"),
        pytest.param(with_audio(base64.b64encode(b"\xff\xf3\x44\xc4" + b"\xff" * 4_000).decode()), id="noise"),
        pytest.param(http(')]}\'\n\n[["wrb.fr","jQ1olc","[\\"//NExAARkg'), id="line that breaks off"),
        pytest.param(http('[["wrb.fr","jQ1olc"]]'), id="row without its audio"),
        pytest.param(http('["jQ1olc"]'), id="row that is none"),
        pytest.param(http('{"jQ1olc": 1}'), id="object"),
        pytest.param(http("\xff\xfe jQ1olc"), id="no UTF-8"),
        pytest.param(http("x" * 4_100_000), id="endless"),
    ],
)
def test_what_is_not_speech_is_a_fault(google: Any, answer: bytes) -> None:
    google.always(answer)
    with pytest.raises(SpeechFault, match="không trả về giọng đọc") as fault:
        speak()
    assert fault.value.remedy


@pytest.mark.parametrize("kept", [0.5, 0.9, 0.99])
def test_a_torn_mp3_is_a_fault(google: Any, kept: float) -> None:
    mp3 = google.mp3(f"{SENTENCE}.")
    tear = int(len(mp3) * kept)
    tear += is_whole_mp3(mp3[:tear])  # between two frames nobody could tell
    google.always(with_audio(base64.b64encode(mp3[:tear]).decode()))
    with pytest.raises(SpeechFault, match="bị đứt"):
        speak()


def test_half_the_words_are_a_fault(google: Any, tmp_path: Path) -> None:
    """A whole MP3 of one second cannot hold fourteen syllables."""
    noise = np.random.default_rng(1).normal(0, 0.1, 24_000)
    google.always(with_audio(base64.b64encode(mp3_of(noise, tmp_path)).decode()))
    with pytest.raises(SpeechFault, match="giây"):
        speak()


def test_a_minute_for_one_sentence_is_a_fault(google: Any, tmp_path: Path) -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, 24_000 * 60)
    google.always(with_audio(base64.b64encode(mp3_of(noise, tmp_path)).decode()))
    with pytest.raises(SpeechFault, match="giây"):
        speak()


@pytest.mark.parametrize("level", [0.0, 0.0005])
def test_silence_is_a_fault(google: Any, tmp_path: Path, level: float) -> None:
    hiss = np.random.default_rng(1).normal(0, 1, 24_000 * 4) * level
    google.always(with_audio(base64.b64encode(mp3_of(hiss, tmp_path)).decode()))
    with pytest.raises(SpeechFault, match=r"lặng|không phát ra tiếng"):
        speak()


def hang_up(text: str, connection: socket.socket) -> None:
    connection.shutdown(socket.SHUT_RDWR)


def break_off(text: str, connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n)]}'\n\n[[")


@pytest.mark.parametrize("answer", [hang_up, break_off])
def test_a_connection_that_breaks_is_a_fault(google: Any, answer: Callable[[str, socket.socket], None]) -> None:
    google.answer = answer
    with pytest.raises(SpeechFault, match="đứt"):
        speak()


def test_a_service_that_says_nothing_is_not_waited_for_for_ever(google: Any) -> None:
    google.answer = lambda text, connection: google.released.wait()
    with pytest.raises(SpeechFault, match="không trả lời kịp"):
        speak(read_timeout_s=0.5)


def test_an_answer_that_drips_is_given_up(google: Any, engine: GoogleEngine, clock: ManualClock) -> None:
    def drip(text: str, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n" + b" " * 600)
        clock.advance(61)
        connection.sendall(b" " * 600)
        google.released.wait()

    google.answer = drip
    with pytest.raises(SpeechFault, match="quá chậm"):
        engine.speak(said(SENTENCE), engine.voices()[0])


def test_without_a_network_it_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{port}")
    with pytest.raises(SpeechFault, match="Không kết nối được"):
        speak()


def test_a_fault_in_mid_text_leaves_nothing_half_said(
    google: Any, engine: GoogleEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A 429 on the third part: gTTS would leave a file with two."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    clauses = said(*[f"{SENTENCE} lần thứ {number}" for number in ("nhất", "nhì", "ba")], boundary=Boundary.CLAUSE)

    def refuse_the_third(text: str, connection: socket.socket) -> None:
        if "ba." in text:
            connection.sendall(http("", status="429 Too Many Requests"))
        else:
            google.good(text, connection)

    google.answer = refuse_the_third
    speaker = Speaker(engine, ClipCache(tmp_path / "tieng-noi"))
    with pytest.raises(SpeechFault, match="429"):
        speaker.speak(SpokenText(phrases=tuple(clauses)), engine.voices()[0])
    assert len(google.texts) == 3
    assert list(tmp_path.rglob("*.mp3")) == list(tmp_path.rglob("*.clip")) == []


def test_what_was_said_once_is_not_asked_for_again(google: Any, engine: GoogleEngine, tmp_path: Path) -> None:
    text = SpokenText(phrases=tuple(said("Trời mưa to", "Bà con chú ý", "Trời mưa to")))
    first = Speaker(engine, ClipCache(tmp_path))
    clip = first.speak(text, engine.voices()[0])
    again = Speaker(GoogleEngine(tmp_path / "gtts"), ClipCache(tmp_path))
    assert again.speak(text, engine.voices()[0]).sha256 == clip.sha256
    assert google.texts == ["Trời mưa to.", "Bà con chú ý."]
    assert (again.engine_calls, again.cache_hits) == (0, 3)


def failing(times: int, status: str, google: Any) -> Callable[[str, socket.socket], None]:
    """So many answers with `status`, then good ones."""
    left = iter(range(times))

    def answer(text: str, connection: socket.socket) -> None:
        if next(left, None) is None:
            google.good(text, connection)
        else:
            connection.sendall(http("", status=status))

    return answer


@pytest.mark.parametrize("status", ["500 Internal Server Error", "502 Bad Gateway", "503 Service Unavailable"])
def test_a_service_that_stumbles_is_asked_again_later(
    google: Any, engine: GoogleEngine, clock: ManualClock, status: str
) -> None:
    google.answer = failing(2, status, google)
    engine.speak(said(SENTENCE), engine.voices()[0])
    assert len(google.texts) == 3
    waited = (clock.now() - NOW.replace(hour=5, minute=30)).total_seconds()
    assert 0.5 + 1.0 <= waited <= 1.5 + 3.0, "one second, then two, each half as much less or more"


def test_a_service_that_stays_broken_is_given_up(google: Any, engine: GoogleEngine) -> None:
    google.always(http("", status="503 Service Unavailable"))
    with pytest.raises(SpeechFault, match="503"):
        engine.speak(said(SENTENCE), engine.voices()[0])
    assert len(google.texts) == 4


def test_a_broken_connection_is_tried_again(google: Any, engine: GoogleEngine) -> None:
    answers = iter([hang_up, break_off])

    def answer(text: str, connection: socket.socket) -> None:
        next(answers, google.good)(text, connection)

    google.answer = answer
    engine.speak(said(SENTENCE), engine.voices()[0])
    assert len(google.texts) == 3


def test_two_waits_are_never_the_same(google: Any, engine: GoogleEngine, clock: ManualClock) -> None:
    """Stations that lost the same network must not come back together."""
    waits = set()
    for _ in range(3):
        google.answer = failing(1, "500 Internal Server Error", google)
        before = clock.now()
        engine.speak(said(SENTENCE), engine.voices()[0])
        waits.add(clock.now() - before)
    assert len(waits) == 3


@pytest.mark.parametrize("status", ["403 Forbidden", "302 Found"])
def test_a_refusal_is_not_tried_again(google: Any, engine: GoogleEngine, status: str) -> None:
    google.always(http("", status=status))
    with pytest.raises(SpeechFault):
        engine.speak(said(SENTENCE), engine.voices()[0])
    assert len(google.texts) == 1


def test_requests_are_half_a_second_apart(google: Any, engine: GoogleEngine, clock: ManualClock) -> None:
    before = clock.now()
    engine.speak(said("Trời mưa", "Trời nắng", "Trời râm"), engine.voices()[0])
    assert clock.now() - before == timedelta(seconds=1)


def test_after_a_429_nobody_asks_for_a_quarter_of_an_hour(
    google: Any, engine: GoogleEngine, clock: ManualClock, tmp_path: Path
) -> None:
    google.always(http("", status="429 Too Many Requests"))
    with pytest.raises(SpeechFault, match="05:45 ngày 10/10/2026"):
        engine.speak(said(SENTENCE), engine.voices()[0])
    google.answer = google.good
    restarted = GoogleEngine(tmp_path / "gtts", clock=clock)
    clock.advance(14 * 60)
    for one in (engine, restarted):
        assert "05:45" in one.check()[0].message
        with pytest.raises(SpeechFault, match="05:45") as fault:
            one.speak(said(SENTENCE), one.voices()[0])
        assert "espeak-ng" in fault.value.remedy
    assert len(google.texts) == 1
    clock.advance(60)
    assert list(restarted.check()) == []
    restarted.speak(said(SENTENCE), restarted.voices()[0])


def test_every_429_in_a_row_doubles_the_block_and_an_answer_ends_the_row(
    google: Any, engine: GoogleEngine, clock: ManualClock
) -> None:
    voice = engine.voices()[0]
    for minutes in (15, 30, 60):
        google.always(http("", status="429 Too Many Requests"))
        with pytest.raises(SpeechFault):
            engine.speak(said(SENTENCE), voice)
        clock.advance(minutes * 60 - 1)
        assert engine.check()
        clock.advance(1)
        assert not engine.check()
    google.answer = google.good
    engine.speak(said(SENTENCE), voice)
    google.always(http("", status="429 Too Many Requests"))
    with pytest.raises(SpeechFault):
        engine.speak(said(SENTENCE), voice)
    clock.advance(15 * 60)
    assert not engine.check()


def test_a_clock_that_was_years_ahead_blocks_nothing(google: Any, engine: GoogleEngine, tmp_path: Path) -> None:
    google.always(http("", status="429 Too Many Requests"))
    ahead = GoogleEngine(tmp_path / "gtts", clock=ManualClock(NOW.replace(year=2036)))
    with pytest.raises(SpeechFault):
        ahead.speak(said(SENTENCE), ahead.voices()[0])
    google.answer = google.good
    engine.speak(said(SENTENCE), engine.voices()[0])


@pytest.mark.parametrize("torn", [b"", b"{", b"[]", b'{"next_at": 3}', b'{"refusals": "x"}'])
def test_a_torn_note_of_the_last_request_is_no_obstacle(
    google: Any, engine: GoogleEngine, tmp_path: Path, torn: bytes
) -> None:
    (tmp_path / "gtts").mkdir()
    (tmp_path / "gtts" / "luot-hoi.json").write_bytes(torn)
    engine.speak(said(SENTENCE), engine.voices()[0])


def test_noise_of_the_right_length_is_a_fault(google: Any, tmp_path: Path) -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, 24_000 * 4)
    google.always(with_audio(base64.b64encode(mp3_of(noise, tmp_path)).decode()))
    with pytest.raises(SpeechFault, match="tiếng ồn"):
        speak()


def test_an_mp3_with_tags_around_it_is_whole(tmp_path: Path) -> None:
    mp3 = mp3_of(np.random.default_rng(1).normal(0, 0.1, 24_000), tmp_path)
    assert is_whole_mp3(mp3)
    assert is_whole_mp3(mp3 + b"TAG".ljust(128, b"\0"))
    assert not is_whole_mp3(mp3[:-1])
    assert not is_whole_mp3(mp3 + b"\0")
    assert not is_whole_mp3(b"")
