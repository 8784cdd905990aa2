"""`kieu: http`: requests as the office wrote them, and every bad answer of a real server on this machine."""

from __future__ import annotations

import base64
import json
import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from speech.loopback_service import Asked, LoopbackService, Reply

from broadcaster.audio.clip import Clip
from broadcaster.audio.encode import write_clip
from broadcaster.clock import VIETNAM
from broadcaster.config.load import parse_schedule
from broadcaster.errors import SpeechFault
from broadcaster.model.speech import Boundary, Phrase, SpokenText, Voice
from broadcaster.speech.cache import ClipCache
from broadcaster.speech.engines.web_service import WebEngine
from broadcaster.speech.mp3_frames import is_whole_mp3
from broadcaster.speech.registry import engines, voice_of
from broadcaster.speech.speaker import Speaker
from broadcaster.testing import ManualClock

SENTENCE = "Mời bà con chú ý nghe thông báo về việc tiêm chủng mở rộng"
NOW = datetime(2026, 10, 10, 5, tzinfo=VIETNAM)
SECRET = "bi-mat-rat-dai-123"
PLAIN = 'gui_json: {"text": "{text}", "voice": "{voice}", "speed": "{rate}"}'


def engine_of(
    service: LoopbackService, *lines: str, url: str | None = None, clock: ManualClock | None = None
) -> WebEngine:
    """The engine that these lines of `may_doc` make."""
    address = url or f"http://127.0.0.1:{service.port}/doc"
    written = [f'url: "{address}"', "kieu: http", "ten: Bộ đọc thử", *(lines or (PLAIN,))]
    if not any(line.startswith("giong:") for line in written):
        written.append("giong: {nu-bac: Nữ miền Bắc, nam-nam: Nam miền Nam}")
    body = "".join(f"    {line}\n" for line in written)
    schedule = parse_schedule(f"xa: {{hd: {{ten: Xã Hoằng Đạo}}}}\nmay_doc:\n  thu:\n{body}")
    (settings,) = schedule.engines.values()
    assert settings.kind == "http"
    return WebEngine(settings, service.notes, clock=clock or ManualClock(NOW))


def said(*texts: str, boundary: Boundary = Boundary.SENTENCE) -> list[Phrase]:
    return [Phrase(text=text, boundary=boundary) for text in texts]


def speak(engine: WebEngine, text: str = SENTENCE, voice: Voice | None = None) -> Clip:
    return engine.speak(said(text), voice or engine.voices()[0])


def wav_of(samples: np.ndarray[tuple[int], np.dtype[np.float64]], folder: Path) -> bytes:
    write_clip(Clip(samples=samples.astype(np.float32), sample_rate=24_000), folder / "made.wav")
    return (folder / "made.wav").read_bytes()


def test_a_json_body_is_filled_and_the_answer_is_the_sound(service: LoopbackService) -> None:
    clip = speak(engine_of(service))
    (asked,) = service.asked
    assert (asked.method, asked.path) == ("POST", "/doc")
    assert json.loads(asked.body) == {"text": f"{SENTENCE}.", "voice": "nu-bac", "speed": 0.78}
    assert "application/json" in asked.headers["Content-Type"]
    assert 14 / 8 < clip.length_s < 14 / 1.5


def test_voices_are_listed_with_their_titles_and_language(service: LoopbackService) -> None:
    engine = engine_of(service, PLAIN, "giong: {hn-01: Nữ Hà Nội}", "ngon_ngu: tay")
    assert [(voice.key, voice.title, voice.language) for voice in engine.voices()] == [
        ("thu:hn-01", "Nữ Hà Nội", "tay")
    ]


@pytest.mark.parametrize("words", ['Ông nói "đi" rồi\\về', "{key} và {voice} và {text}", "<break/> & </speak>"])
def test_words_never_break_out_of_a_json_body(
    service: LoopbackService, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.setenv("THU_API_KEY", SECRET)
    engine = engine_of(service, 'gui_json: {"text": "{text}", "token": "{key}"}', "khoa_tu: THU_API_KEY")
    speak(engine, words)
    assert json.loads(service.asked[0].body) == {"text": f"{words}.", "token": SECRET}


def test_a_json_body_may_be_written_as_text_or_as_yaml(service: LoopbackService) -> None:
    """Quoted, 1 is a text; unquoted, a number: services tell them apart."""
    for written in (
        """gui_json: '{"text": "{text}", "n": 1, "s": "1", "yes": true, "none": null, "list": [1.5]}'""",
        """gui_json: {"text": "{text}", n: 1, s: "1", yes: true, none: null, list: [1.5]}""",
    ):
        service.reset()
        speak(engine_of(service, written))
        assert json.loads(service.asked[0].body) == {
            "text": f"{SENTENCE}.", "n": 1, "s": "1", "yes": True, "none": None, "list": [1.5]
        }  # fmt: skip


def test_a_form_is_filled(service: LoopbackService) -> None:
    service.answer = lambda asked: Reply(service.wav(parse_qs(asked.body.decode())["loi"][0]))
    speak(engine_of(service, 'gui_bieu_mau: {loi: "{text}", giong: "{voice}"}'), "Điện & nước")
    assert parse_qs(service.asked[0].body.decode()) == {"loi": ["Điện & nước."], "giong": ["nu-bac"]}


def test_plain_text_and_xml_are_filled(service: LoopbackService) -> None:
    service.answer = lambda asked: Reply(service.wav(SENTENCE))
    speak(engine_of(service, 'gui_chu: "{text}"'))
    speak(engine_of(service, "gui_chu: \"<speak voice='{voice}'>{text}</speak>\""), f"{SENTENCE} & <break/>")
    assert [asked.body.decode() for asked in service.asked] == [
        f"{SENTENCE}.",
        f"<speak voice='nu-bac'>{SENTENCE} &amp; &lt;break/&gt;.</speak>",
    ]


def test_a_get_address_is_filled_and_escaped(service: LoopbackService) -> None:
    service.answer = lambda asked: Reply(service.wav(parse_qs(urlsplit(asked.path).query)["q"][0]))
    url = f"http://127.0.0.1:{service.port}/say?q={{text}}&voice={{voice}}"
    speak(engine_of(service, "cach_goi: GET", url=url), "Điện & nước #1?")
    (asked,) = service.asked
    assert asked.method == "GET"
    assert parse_qs(urlsplit(asked.path).query) == {"q": ["Điện & nước #1."], "voice": ["nu-bac"]}


def test_the_pace_is_a_multiple_of_the_engines_own(service: LoopbackService) -> None:
    engine = engine_of(service, PLAIN, "nhip: 4,0")
    voice = Voice(engine="thu", name="nam-nam", syllables_per_second=3.0)
    speak(engine, voice=voice)
    assert json.loads(service.asked[0].body)["speed"] == 0.75


def test_long_texts_go_out_in_parts_at_clause_ends(service: LoopbackService) -> None:
    engine = engine_of(service, PLAIN, "toi_da_ky_tu: 60")
    clauses = said(
        "Bà con chú ý", "thông báo của trạm y tế xã", "về lịch tiêm chủng tháng mười", boundary=Boundary.CLAUSE
    )
    engine.speak(clauses, engine.voices()[0])
    assert [json.loads(asked.body)["text"] for asked in service.asked] == [
        "Bà con chú ý, thông báo của trạm y tế xã.",
        "về lịch tiêm chủng tháng mười.",
    ]


def as_json(value: object, status: int = 200) -> Reply:
    return Reply(json.dumps(value).encode(), content_type="application/json", status=status)


def test_base64_in_json_is_taken(service: LoopbackService) -> None:
    service.answer = lambda asked: as_json(
        {"data": [{"audio": "data:audio/mpeg;base64," + base64.b64encode(service.mp3(SENTENCE)).decode()}]}
    )
    speak(engine_of(service, PLAIN, "ket_qua: {base64: data.0.audio}"))


def fpt(service: LoopbackService, *, looks: int = 2, link: str | None = None) -> Callable[[Asked], Reply]:
    """As FPT's gateway: an address at once, 404 there until the sound is made."""
    left = iter(range(looks))

    def answer(asked: Asked) -> Reply:
        if asked.method == "POST":
            return as_json({"async": link or f"http://127.0.0.1:{service.port}/tep/1.mp3", "error": 0, "message": ""})
        if next(left, None) is not None:
            return Reply(b"<Error><Code>NoSuchKey</Code></Error>", status=404, content_type="application/xml")
        return Reply(service.mp3(SENTENCE), content_type="audio/mpeg")

    return answer


FPT = (
    'gui_chu: "{text}"',
    'phan_dau: {api-key: "{key}"}',
    "khoa_tu: THU_API_KEY",
    "ket_qua: {duong_dan: async, bao_loi: error}",
)


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("THU_API_KEY", f"{SECRET}\n")
    return SECRET


def test_a_file_that_is_still_being_made_is_waited_for(service: LoopbackService, secret: str) -> None:
    service.answer = fpt(service)
    speak(engine_of(service, *FPT))
    assert [asked.method for asked in service.asked] == ["POST", "GET", "GET", "GET"]


def test_the_secret_goes_with_the_request_and_never_to_the_file(service: LoopbackService, secret: str) -> None:
    service.answer = fpt(service)
    speak(engine_of(service, *FPT))
    assert [asked.headers.get("api-key") for asked in service.asked] == [secret, None, None, None]


def test_a_service_is_asked_until_it_is_done(service: LoopbackService, secret: str) -> None:
    """As Vbee's gateway: a number at once, the address once the sound is made."""
    states = iter(["IN_PROGRESS", "IN_PROGRESS"])

    def answer(asked: Asked) -> Reply:
        if asked.method == "POST":
            return as_json({"status": 1, "result": {"request_id": "a/b 1"}})
        if asked.path.startswith("/tep/"):
            return Reply(service.mp3(SENTENCE), content_type="audio/mpeg")
        assert asked.path == "/doc/a%2Fb%201"
        assert asked.headers["Authorization"] == f"Bearer {SECRET}"
        state = next(states, "SUCCESS")
        link = f"http://127.0.0.1:{service.port}/tep/1.mp3" if state == "SUCCESS" else ""
        return as_json({"result": {"status": state, "audio_link": link}})

    service.answer = answer
    ask = f'"http://127.0.0.1:{service.port}/doc/{{id}}"'
    speak(
        engine_of(
            service,
            PLAIN,
            'phan_dau: {Authorization: "Bearer {key}"}',
            "khoa_tu: THU_API_KEY",
            f"ket_qua: {{ma: result.request_id, hoi: {ask}, duong_dan: result.audio_link, bao_loi: error_message}}",
        )
    )
    assert len(service.asked) == 5


def test_a_sound_that_never_comes_is_given_up(service: LoopbackService, secret: str) -> None:
    service.answer = fpt(service, looks=1_000)
    with pytest.raises(SpeechFault, match="chưa đọc xong sau 60 giây"):
        speak(engine_of(service, *FPT))
    assert len(service.asked) < 40


@pytest.mark.parametrize(
    "link",
    [
        "http://169.254.169.254/latest/meta-data",
        "http://evil.example/1.mp3",
        "file:///etc/passwd",
        "ftp://127.0.0.1/1.mp3",
        "http://127.0.0.1@evil.example/1.mp3",
        "http://[::1/1.mp3",
        "không phải địa chỉ",
    ],
)
def test_an_address_on_another_host_is_not_fetched(service: LoopbackService, secret: str, link: str) -> None:
    service.answer = fpt(service, link=link)
    with pytest.raises(SpeechFault, match="máy chủ không được phép") as fault:
        speak(engine_of(service, *FPT))
    assert "thu" in fault.value.remedy
    assert len(service.asked) == 1


def test_a_file_may_move_within_the_allowed_hosts_only(service: LoopbackService, secret: str) -> None:
    moves = {"/tep/1.mp3": "/tep/2.mp3", "/tep/2.mp3": "http://evil.example/3.mp3"}

    def answer(asked: Asked) -> Reply:
        if asked.method == "POST":
            return as_json({"async": f"http://127.0.0.1:{service.port}/tep/1.mp3"})
        return Reply(status=302, headers=(("Location", moves[asked.path]),))

    service.answer = answer
    with pytest.raises(SpeechFault, match="máy chủ không được phép"):
        speak(engine_of(service, *FPT))
    del moves["/tep/2.mp3"]
    service.answer = lambda asked: (
        answer(asked) if asked.method == "POST" or asked.path in moves else Reply(service.mp3(SENTENCE))
    )
    speak(engine_of(service, *FPT))


def test_a_redirect_of_the_request_itself_is_refused(service: LoopbackService, secret: str) -> None:
    service.answer = lambda asked: Reply(status=307, headers=(("Location", "http://evil.example/"),))
    with pytest.raises(SpeechFault, match=r"địa chỉ khác \(mã 307\)"):
        speak(engine_of(service, *FPT))
    assert len(service.asked) == 1


@pytest.mark.parametrize(
    ("status", "message", "remedy"),
    [
        (401, "không nhận khóa", "THU_API_KEY"),
        (403, "không nhận khóa", "THU_API_KEY"),
        (429, "quá nhiều yêu cầu", "hạn mức"),
        (400, "từ chối", "may_doc"),
        (404, "từ chối", "may_doc"),
        (500, "đang lỗi", "may_doc"),
        (503, "đang lỗi", "may_doc"),
    ],
)
def test_a_refusal_is_a_fault_that_never_shows_the_secret(
    service: LoopbackService, secret: str, status: int, message: str, remedy: str
) -> None:
    service.answer = lambda asked: as_json({"error": f"bad token {SECRET}\x1b[31m"}, status=status)
    with pytest.raises(SpeechFault, match=message) as fault:
        speak(engine_of(service, *FPT))
    assert remedy in fault.value.remedy
    assert fault.value.exit_code == 6
    assert SECRET not in fault.value.message + fault.value.remedy
    assert "\x1b" not in fault.value.message
    assert len(service.asked) == (3 if status >= 500 else 1), "5xx alone is tried again"


def test_after_a_429_the_service_is_left_alone_for_longer_and_longer(service: LoopbackService) -> None:
    clock = ManualClock(NOW)
    engine = engine_of(service, clock=clock)
    service.answer = lambda asked: Reply(status=429)
    for asked, minutes in enumerate((15, 30, 60), start=1):
        until = clock.now() + timedelta(minutes=minutes)
        with pytest.raises(SpeechFault, match=f"{until:%H:%M ngày %d/%m/%Y} mới hỏi lại"):
            speak(engine)
        restarted = engine_of(service, clock=clock)
        with pytest.raises(SpeechFault, match="429"):
            speak(restarted)
        assert len(service.asked) == asked, "neither it nor another process asked meanwhile"
        clock.advance(minutes * 60 - 1)
        assert "429" in engine.check()[0].message
        clock.advance(1)
        assert not engine.check()
    service.answer = service.good
    speak(engine)
    service.answer = lambda asked: Reply(status=429)
    with pytest.raises(SpeechFault, match=f"{clock.now() + timedelta(minutes=15):%H:%M}"):
        speak(engine)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("20", 20), ("86400", 900), ("Sat, 10 Oct 2026 05:00:20 GMT", 900), ("-5", 900), ("١٢", 900), ("9" * 400, 900)],
)
def test_a_service_may_say_itself_how_soon_it_may_be_asked_again(
    service: LoopbackService, said: str, seconds: int
) -> None:
    """Never later than it would be without its word: a mistake there must not cost a day."""
    clock = ManualClock(NOW)
    engine = engine_of(service, clock=clock)
    service.answer = lambda asked: Reply(status=429, headers=(("Retry-After", said.encode().decode("latin-1")),))
    with pytest.raises(SpeechFault, match="429"):
        speak(engine)
    clock.advance(seconds - 1)
    assert engine.check()
    clock.advance(1)
    assert not engine.check()


def test_the_services_own_complaint_is_told_without_the_secret(service: LoopbackService, secret: str) -> None:
    service.answer = lambda asked: as_json({"error": f"hết hạn mức của {SECRET}", "async": ""})
    with pytest.raises(SpeechFault, match=r"báo lỗi: hết hạn mức của \*\*\*"):
        speak(engine_of(service, *FPT))


def test_a_stumble_is_tried_again(service: LoopbackService) -> None:
    replies = iter([Reply(status=502), Reply(b"RIFF", length=90_000)])
    service.answer = lambda asked: next(replies, None) or service.good(asked)
    speak(engine_of(service))
    assert len(service.asked) == 3


def test_a_service_that_says_nothing_is_given_up(service: LoopbackService) -> None:
    def hang(asked: Asked) -> Reply:
        service.released.wait()
        return Reply()

    service.answer = hang
    with pytest.raises(SpeechFault, match="không trả lời kịp"):
        speak(engine_of(service, PLAIN, "cho: 1 giây"))


def test_nobody_at_the_address_is_a_fault(service: LoopbackService) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    with pytest.raises(SpeechFault, match="Không kết nối được"):
        speak(engine_of(service, PLAIN, url=f"http://127.0.0.1:{port}/"))


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        pytest.param(Reply(b"<!doctype html><title>Login</title>", content_type="text/html"), "trang chữ", id="page"),
        pytest.param(Reply(b"<html></html>", content_type="audio/wav"), "trang web", id="page that claims to be sound"),
        pytest.param(as_json({"detail": "Not ready"}), "Not ready", id="JSON for sound"),
        pytest.param(Reply(b""), "rỗng", id="empty"),
        pytest.param(Reply(b"\0" * 9_000), "không phải tệp âm thanh", id="zeros"),
        pytest.param(Reply(b"RIFF" + b"\0" * 9_000), "không phải tệp âm thanh", id="half a header"),
        pytest.param(Reply(b"OggS" + b"\0" * 24 + b"OpusHead" + b"\0" * 900), "bị đứt", id="torn ogg"),
    ],
)
def test_what_is_no_sound_is_refused(service: LoopbackService, reply: Reply, message: str) -> None:
    service.answer = lambda asked: reply
    with pytest.raises(SpeechFault, match=message) as fault:
        speak(engine_of(service))
    assert "thu" in fault.value.remedy


@pytest.mark.parametrize("kept", [0.3, 0.9, 0.999])
def test_a_torn_file_is_refused(service: LoopbackService, kept: float) -> None:
    for whole in (service.wav(f"{SENTENCE}."), service.mp3(f"{SENTENCE}.")):
        tear = int(len(whole) * kept)
        torn = whole[: tear + is_whole_mp3(whole[:tear])]
        service.answer = lambda asked, torn=torn: Reply(torn)  # type: ignore[misc]
        with pytest.raises(SpeechFault, match="bị đứt"):
            speak(engine_of(service))


@pytest.mark.parametrize("said_length", [0xFFFF_FFFF, 0x7FFF_FFFF, 2_000_000_000])
def test_a_stream_whose_length_was_not_known_is_taken(service: LoopbackService, said_length: int) -> None:
    """Streaming servers write the header first; VieNeu's says a thousand million frames."""

    def answer(asked: Asked) -> Reply:
        wav = service.wav(str(json.loads(asked.body)["text"]))
        at = wav.index(b"data") + 4
        return Reply(wav[:at] + said_length.to_bytes(4, "little") + wav[at + 4 :])

    service.answer = answer
    speak(engine_of(service))


def test_a_body_without_end_is_cut_off(service: LoopbackService) -> None:
    service.answer = lambda asked: Reply(b"RIFF" + b"\1" * 65_000_000)
    with pytest.raises(SpeechFault, match="quá dài"):
        speak(engine_of(service))


@pytest.mark.parametrize(
    ("length_s", "level", "message"),
    [(1, 0.1, "giây"), (60, 0.1, "giây"), (4, 0.1, "tiếng ồn"), (4, 0.0002, "lặng|không phát ra tiếng")],
)
def test_noise_silence_and_wrong_lengths_are_refused_and_not_kept(
    service: LoopbackService, tmp_path: Path, length_s: int, level: float, message: str
) -> None:
    sound = wav_of(np.random.default_rng(1).normal(0, level, 24_000 * length_s), tmp_path)
    service.answer = lambda asked: Reply(sound)
    engine = engine_of(service)
    with pytest.raises(SpeechFault, match=message):
        Speaker(engine, ClipCache(tmp_path / "kho")).speak(
            SpokenText(phrases=tuple(said(SENTENCE))), engine.voices()[0]
        )
    assert list(tmp_path.rglob("*.clip")) == []


@pytest.mark.parametrize(
    "body", [b"", b"[", b'"x"', b'{"data": {}}', b'{"data": {"audio": ""}}', b'{"data": {"audio": "%%"}}']
)
def test_json_without_its_sound_is_refused(service: LoopbackService, body: bytes) -> None:
    service.answer = lambda asked: Reply(body, content_type="application/json")
    with pytest.raises(SpeechFault, match="không trả về giọng đọc"):
        speak(engine_of(service, PLAIN, "ket_qua: {base64: data.audio}"))


def test_a_missing_secret_is_named_with_what_sets_it(service: LoopbackService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("THU_API_KEY", raising=False)
    engine = engine_of(service, *FPT)
    (fault,) = engine.check()
    assert "THU_API_KEY" in fault.message
    assert "export THU_API_KEY" in fault.remedy
    with pytest.raises(SpeechFault, match="THU_API_KEY"):
        speak(engine)
    assert service.asked == []


def test_another_setting_is_another_version_and_a_new_title_is_not(service: LoopbackService) -> None:
    first = engine_of(service).version
    assert engine_of(service, PLAIN, "giong: {nu-bac: Tên khác}").version == first
    assert engine_of(service, PLAIN, 'phien_ban: "2"').version != first
    assert engine_of(service, 'gui_json: {"text": "{text}", "speed": 0.9}').version != first


def test_the_registry_finds_engines_of_the_schedule(service: LoopbackService, tmp_path: Path) -> None:
    schedule = parse_schedule(
        f"""
xa: {{hd: {{ten: Xã Hoằng Đạo}}}}
may_doc:
  vieneu: {{kieu: http, url: "http://127.0.0.1:{service.port}/", gui_json: {{text: "{{text}}"}}, giong: {{nu: Nữ}}}}
  lenh-rieng: {{kieu: lenh, chay: [doc, -o, "{{out}}"], giong: {{nam: Nam}}}}
"""
    )
    found = engines(tmp_path, connected=schedule.engines)
    assert {"espeak-ng", "gtts", "vieneu", "lenh-rieng"} <= set(found)
    assert voice_of("vieneu", found).key == "vieneu:nu"
    speak_with = found["vieneu"]
    speak_with.speak(said(SENTENCE), voice_of("vieneu:nu", found))


def test_an_engine_of_the_schedule_cannot_take_a_built_in_name(tmp_path: Path) -> None:
    schedule = parse_schedule(
        'xa: {hd: {ten: Xã Hoằng Đạo}}\nmay_doc: {gtts: {kieu: lenh, chay: [doc, "{out}"], giong: {nam: Nam}}}\n'
    )
    with pytest.raises(SpeechFault, match="trùng tên"):
        engines(tmp_path, connected=schedule.engines)
