"""One request to Google's speech service: gTTS writes the request, we send it and judge the answer.

gTTS itself sends with certificates unchecked and takes redirects, consent pages and torn audio for speech (2.5.4).
"""

from __future__ import annotations

import base64
import binascii
import json
from http import HTTPStatus

import requests
from gtts import gTTS  # type: ignore[import-untyped]

from broadcaster.clock import Clock
from broadcaster.errors import SpeechFault
from broadcaster.speech.exchange import Answer, Bounds, exchange
from broadcaster.speech.retrying import Passing

URL = "https://translate.google.com/_/TranslateWebserverUi/data/batchexecute"
WHOLE_ANSWER_S = 60.0
LARGEST_ANSWER = 4_000_000
"""Bytes; 100 characters come as about 60,000."""
OTHER_VOICE = "Dùng giọng có sẵn trong máy (giong: espeak-ng:vi+f2), hoặc thử lại sau."


class TooMany(SpeechFault):
    """The service wants to be left alone for a while (429)."""


def mp3_of(text: str, *, clock: Clock, read_timeout_s: float) -> bytes:
    """The MP3 of `text` (at most 100 characters), not yet decoded.

    Raises `Passing` where another attempt is worth it, `TooMany`, and `SpeechFault` for anything else that comes back.
    """
    (body,) = gTTS(text, lang="vi", lang_check=False, pre_processor_funcs=[]).get_bodies()
    answer = exchange(
        requests.Request("POST", URL, data=body, headers=dict(gTTS.GOOGLE_TTS_HEADERS)),
        service="Google",
        bounds=Bounds(
            read_timeout_s=read_timeout_s, deadline=clock.monotonic() + WHOLE_ANSWER_S, largest=LARGEST_ANSWER
        ),
        clock=clock,
        remedy=OTHER_VOICE,
    )
    _refuse_status(answer)
    return _audio_in(answer.body.decode("utf-8", errors="replace"))


def _refuse_status(answer: Answer) -> None:
    status = answer.status
    if status == HTTPStatus.OK:
        return
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise TooMany("Google tạm chặn vì đã gửi quá nhiều yêu cầu (mã 429).", remedy=OTHER_VOICE)
    if 300 <= status < 400:  # noqa: PLR2004 - redirects
        raise not_speech(f"chuyển sang trang khác (mã {status})")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise Passing(f"Dịch vụ đọc của Google đang lỗi (mã {status}).", remedy=OTHER_VOICE)
    raise SpeechFault(f"Google từ chối yêu cầu đọc (mã {status}).", remedy=OTHER_VOICE)


def _audio_in(answer: str) -> bytes:
    """The audio in a batchexecute answer: a line of JSON `[["wrb.fr", "jQ1olc", "[\\"<base64>\\"]", …], …]`."""
    for line in answer.splitlines():
        if gTTS.GOOGLE_TTS_RPC in line:
            try:
                ((_, _, inner, *_),) = [row for row in json.loads(line) if row[:2] == ["wrb.fr", gTTS.GOOGLE_TTS_RPC]]
                return base64.b64decode(json.loads(inner)[0], validate=True)
            except (ValueError, TypeError, LookupError, binascii.Error) as error:
                raise not_speech("dữ liệu âm thanh bị hỏng") from error
    raise not_speech("một trang khác, không có âm thanh")


def not_speech(what: str) -> SpeechFault:
    """Something came back, and it is no speech."""
    return SpeechFault(f"Google không trả về giọng đọc: {what}.", remedy=OTHER_VOICE)
