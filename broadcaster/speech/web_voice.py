"""One part of a text from a speech service over HTTP: asked, waited for, fetched, and nothing but sound accepted."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urljoin

import requests

from broadcaster.audio.container import recognise
from broadcaster.clock import Clock
from broadcaster.config.engines import HttpEngineSettings
from broadcaster.errors import SpeechFault
from broadcaster.speech.exchange import Answer, Bounds, exchange
from broadcaster.speech.filling import filled, headers_of, request_of
from broadcaster.speech.retrying import Passing, retried

READ_TIMEOUT_S = 30.0
"""Without a byte; a service on an old machine thinks about one part for several seconds."""
LARGEST_ANSWER = 64_000_000
"""Bytes: about ten minutes as an uncompressed WAV, several times what the longest part needs."""
ASK_AGAIN_S = 2.0
"""Between two looks whether the sound is there."""
_MOST_REDIRECTS = 3
_NOT_READY = {202, 204, 403, 404, 425}
"""A file that is still being made: object stores say 403 or 404 until it is there."""
_QUOTED = 120


class Refused(SpeechFault):
    """Too many requests (429)."""

    def __init__(self, label: str, *, asks_for: timedelta | None) -> None:
        super().__init__(f"{label} nhận quá nhiều yêu cầu (mã 429).", remedy="Đợi rồi đọc lại, hoặc dùng giọng khác.")
        self.asks_for = asks_for
        """How long the service wants to be left alone; None: it does not say."""


class WebVoice:
    """One part's way; its deadline runs from the first request on, waiting and retries included."""

    def __init__(self, settings: HttpEngineSettings, *, secret: str, clock: Clock) -> None:
        self._settings = settings
        self._secret = secret
        self._clock = clock
        self._deadline = clock.monotonic() + settings.patience.total_seconds()
        self._remedy = f"Kiểm tra mục {settings.name} ở may_doc trong schedule.yaml; hoặc dùng giọng khác."

    def sound_of(self, words: Mapping[str, str]) -> bytes:
        """The sound file that the service made of `words`. Raises `SpeechFault`."""
        words = {**words, "key": self._secret}
        answer = self._asked(lambda: request_of(self._settings, words))
        self._refuse_status(answer)
        result = self._settings.result
        if not (result.base64 or result.link):
            self._refuse_page(answer)
            return answer.body
        said = self._json(answer)
        if result.ask and result.request_id:
            said = self._finished(str(self._required(said, result.request_id)), words)
        if result.base64:
            return self._decoded(self._required(said, result.base64))
        return self._fetched(str(self._required(said, result.link or "")))

    def _finished(self, request_id: str, words: Mapping[str, str]) -> Any:
        """What the service says of a request once it is done."""
        result = self._settings.result
        url = filled(result.ask or "", {"id": quote(request_id, safe="")})
        while True:
            self._wait()
            answer = self._asked(lambda: requests.Request("GET", url, headers=headers_of(self._settings, words)))
            if answer.status in _NOT_READY:
                continue
            self._refuse_status(answer)
            said = self._json(answer)
            if _at(said, result.base64 or result.link or ""):
                return said

    def _fetched(self, url: str) -> bytes:
        """The file at `url`, once it is there; the secret stays at home."""
        redirects = 0
        while True:
            if not self._settings.may_ask(url):
                raise self._not_speech("địa chỉ tệp âm thanh nằm ở máy chủ không được phép (thêm vào may_chu nếu đúng)")
            answer = self._asked(lambda: requests.Request("GET", url))  # noqa: B023 - called before url changes
            if answer.location and 300 <= answer.status < 400 and redirects < _MOST_REDIRECTS:  # noqa: PLR2004
                url, redirects = urljoin(url, answer.location), redirects + 1
            elif answer.status in _NOT_READY:
                self._wait()
            else:
                self._refuse_status(answer)
                self._refuse_page(answer)
                return answer.body

    def _asked(self, make: Callable[[], requests.Request]) -> Answer:
        def ask() -> Answer:
            answer = exchange(
                make(),
                service=self._settings.label,
                bounds=Bounds(
                    read_timeout_s=min(READ_TIMEOUT_S, max(1.0, self._deadline - self._clock.monotonic())),
                    deadline=self._deadline,
                    largest=LARGEST_ANSWER,
                ),
                clock=self._clock,
                remedy=self._remedy,
            )
            if answer.status >= 500:  # noqa: PLR2004 - server errors
                raise Passing(f"{self._settings.label} đang lỗi (mã {answer.status}).", remedy=self._remedy)
            return answer

        return retried(ask, attempts=self._settings.retries + 1, clock=self._clock)

    def _wait(self) -> None:
        if self._clock.monotonic() + ASK_AGAIN_S > self._deadline:
            seconds = self._settings.patience.total_seconds()
            raise SpeechFault(
                f"{self._settings.label} chưa đọc xong sau {seconds:.0f} giây.",
                remedy=f"Tăng cho ở mục {self._settings.name}, hoặc dùng giọng khác.",
            )
        self._clock.wait(ASK_AGAIN_S)

    def _refuse_status(self, answer: Answer) -> None:
        status, label = answer.status, self._settings.label
        if 200 <= status < 300:  # noqa: PLR2004
            return
        if 300 <= status < 400:  # noqa: PLR2004
            raise self._not_speech(f"chuyển sang địa chỉ khác (mã {status})")
        if status in {401, 403}:
            variable = self._settings.secret_from
            remedy = f"Kiểm tra khóa trong biến môi trường {variable}." if variable else "Thêm khóa: khoa_tu và {key}."
            raise SpeechFault(f"{label} không nhận khóa (mã {status}).", remedy=remedy)
        if status == 429:  # noqa: PLR2004
            raise Refused(label, asks_for=answer.retry_after)
        raise SpeechFault(f"{label} từ chối yêu cầu đọc (mã {status}).{self._quoted(answer)}", remedy=self._remedy)

    def _refuse_page(self, answer: Answer) -> None:
        """Whatever its Content-Type says: a page is known by its words."""
        is_words = answer.content_type.lower().startswith(("text/", "application/json"))
        if is_words and recognise(answer.body[:4096]) is None:
            raise self._not_speech(f"một trang chữ, không phải âm thanh.{self._quoted(answer)}")

    def _json(self, answer: Answer) -> Any:
        try:
            said = json.loads(answer.body)
        except ValueError as error:
            raise self._not_speech("câu trả lời không phải JSON") from error
        complaint = _at(said, self._settings.result.error) if self._settings.result.error else None
        if complaint and complaint not in ("0", "false"):
            raise SpeechFault(f"{self._settings.label} báo lỗi: {self._harmless(str(complaint))}.", remedy=self._remedy)
        return said

    def _required(self, said: Any, path: str) -> Any:
        found = _at(said, path)
        if not found:
            raise self._not_speech(f"trong câu trả lời không có {path}")
        return found

    def _decoded(self, text: Any) -> bytes:
        """Base64, with or without the `data:audio/mpeg;base64,` that pages put before it."""
        try:
            return base64.b64decode(str(text).rpartition(",")[2], validate=True)
        except (ValueError, binascii.Error) as error:
            raise self._not_speech("dữ liệu âm thanh bị hỏng") from error

    def _not_speech(self, what: str) -> SpeechFault:
        return SpeechFault(f"{self._settings.label} không trả về giọng đọc: {what}.", remedy=self._remedy)

    def _quoted(self, answer: Answer) -> str:
        words = self._harmless(answer.body[:4000].decode("utf-8", errors="replace"))
        return f" Máy chủ nói: {words}" if words else ""

    def _harmless(self, text: str) -> str:
        """One printable line of it, without the secret that it may echo."""
        text = text.replace(self._secret, "***") if self._secret else text
        line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
        return line if len(line) <= _QUOTED else f"{line[:_QUOTED]}…"


def _at(said: Any, path: str) -> Any:
    """What stands at `path`; None where nothing does."""
    for step in path.split("."):
        if isinstance(said, dict):
            said = said.get(step)
        elif isinstance(said, list) and step.isdigit() and int(step) < len(said):
            said = said[int(step)]
        else:
            return None
    return said
