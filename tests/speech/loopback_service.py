"""A speech service on this machine for engines that an office connects; it answers well until told otherwise."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from broadcaster.audio.encode import write_clip
from broadcaster.model.speech import Boundary, Phrase
from broadcaster.speech.engines.espeak_ng import EspeakEngine


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Reply:
    """What is sent back; `length` lies about the body where it is given."""

    body: bytes = b""
    status: int = 200
    content_type: str = "audio/wav"
    headers: tuple[tuple[str, str], ...] = ()
    length: int | None = None


class LoopbackService:
    """`answer` decides; the default says the `text` of a JSON body with espeak-ng's voice, as a WAV."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notes = folder / "notes"
        """Where engines keep what must survive them; gone with `reset`."""
        self.asked: list[Asked] = []
        self.released = threading.Event()
        self.answer: Callable[[Asked], Reply] = self.good
        self._spoken: dict[str, bytes] = {}
        self._espeak = EspeakEngine()
        self._lock = threading.Lock()
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                size = int(self.headers.get("Content-Length", 0))
                asked = Asked(self.command, self.path, dict(self.headers), self.rfile.read(size))
                service.asked.append(asked)
                reply = service.answer(asked)
                self.send_response(reply.status)
                for name, value in (("Content-Type", reply.content_type), *reply.headers):
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body) if reply.length is None else reply.length))
                self.end_headers()
                try:
                    self.wfile.write(reply.body)
                except ConnectionError:
                    return  # the client hung up: that is what some tests are about

            do_GET = do_POST  # noqa: N815 - the base class's name

            def log_message(self, *_: object) -> None:
                """Silence."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05})
        self.thread.start()

    @property
    def port(self) -> int:
        return int(self.server.server_address[1])

    def reset(self) -> None:
        shutil.rmtree(self.notes, ignore_errors=True)
        self.asked, self.answer = [], self.good
        self.released.clear()

    def good(self, asked: Asked) -> Reply:
        return Reply(self.wav(str(json.loads(asked.body)["text"])))

    def wav(self, text: str) -> bytes:
        return self._sound(text, ".wav")

    def mp3(self, text: str) -> bytes:
        return self._sound(text, ".mp3")

    def _sound(self, text: str, ending: str) -> bytes:
        with self._lock:
            if text + ending not in self._spoken:
                clip = self._espeak.speak([Phrase(text=text, boundary=Boundary.SENTENCE)], self._espeak.voices()[0])
                path = self.folder / f"made{ending}"
                write_clip(clip, path)
                self._spoken[text + ending] = path.read_bytes()
            return self._spoken[text + ending]

    def close(self) -> None:
        self.released.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
        self._espeak.close()
