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
from broadcaster.speech.mp3_frames import is_whole_mp3

URL = "https://translate.google.com/_/TranslateWebserverUi/data/batchexecute"
CONNECT_TIMEOUT_S = 5.0
WHOLE_ANSWER_S = 60.0
"""A line so slow that it drips would pass every single read."""
_BLOCK = 512
"""Bytes; small, so that the deadline is looked at while a slow line drips."""
LARGEST_ANSWER = 4_000_000
"""Bytes; 100 characters come as about 60,000."""
_OTHER_VOICE = "Dùng giọng có sẵn trong máy (giong: espeak-ng:vi+f2), hoặc thử lại sau."
_CHECK_NETWORK = f"Kiểm tra mạng Internet. {_OTHER_VOICE}"


def mp3_of(text: str, *, clock: Clock, read_timeout_s: float) -> bytes:
    """A whole MP3 of `text` (at most 100 characters). Raises `SpeechFault` for anything else that comes back."""
    mp3 = _audio_in(_answer(text, clock, read_timeout_s))
    if not is_whole_mp3(mp3):
        raise _not_speech("âm thanh bị đứt hoặc không phải MP3")
    return mp3


def _answer(text: str, clock: Clock, read_timeout_s: float) -> str:
    (body,) = gTTS(text, lang="vi", lang_check=False, pre_processor_funcs=[]).get_bodies()
    deadline = clock.monotonic() + WHOLE_ANSWER_S
    try:
        with (
            requests.Session() as session,
            session.post(
                URL,
                data=body,
                headers=gTTS.GOOGLE_TTS_HEADERS,
                timeout=(CONNECT_TIMEOUT_S, read_timeout_s),
                allow_redirects=False,
                stream=True,
            ) as response,
        ):
            _refuse_status(response)
            return _content(response, clock, deadline)
    except requests.exceptions.SSLError as error:
        raise SpeechFault(
            "Không tin được chứng chỉ của máy chủ Google: đường truyền có thể bị nghe lén, hoặc giờ của máy sai.",
            remedy=f"Chỉnh đúng ngày giờ của máy; mạng có chứng chỉ riêng thì đặt REQUESTS_CA_BUNDLE. {_OTHER_VOICE}",
        ) from error
    except requests.exceptions.Timeout as error:
        raise SpeechFault("Google không trả lời kịp.", remedy=_CHECK_NETWORK) from error
    except requests.exceptions.RequestException as error:
        raise SpeechFault("Không kết nối được tới Google, hoặc kết nối bị đứt.", remedy=_CHECK_NETWORK) from error


def _refuse_status(response: requests.Response) -> None:
    status = response.status_code
    if status == HTTPStatus.OK:
        return
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise SpeechFault("Google tạm chặn vì đã gửi quá nhiều yêu cầu (mã 429).", remedy=_OTHER_VOICE)
    if 300 <= status < 400:  # noqa: PLR2004 - redirects
        raise _not_speech(f"chuyển sang trang khác (mã {status})")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise SpeechFault(f"Dịch vụ đọc của Google đang lỗi (mã {status}).", remedy=_OTHER_VOICE)
    raise SpeechFault(f"Google từ chối yêu cầu đọc (mã {status}).", remedy=_OTHER_VOICE)


def _content(response: requests.Response, clock: Clock, deadline: float) -> str:
    data = bytearray()
    for chunk in response.iter_content(_BLOCK):
        data += chunk
        if len(data) > LARGEST_ANSWER:
            raise _not_speech("câu trả lời quá dài")
        if clock.monotonic() > deadline:
            raise SpeechFault("Google trả lời quá chậm.", remedy=_CHECK_NETWORK)
    return data.decode("utf-8", errors="replace")


def _audio_in(answer: str) -> bytes:
    """The audio in a batchexecute answer: a line of JSON `[["wrb.fr", "jQ1olc", "[\\"<base64>\\"]", …], …]`."""
    for line in answer.splitlines():
        if gTTS.GOOGLE_TTS_RPC in line:
            try:
                ((_, _, inner, *_),) = [row for row in json.loads(line) if row[:2] == ["wrb.fr", gTTS.GOOGLE_TTS_RPC]]
                return base64.b64decode(json.loads(inner)[0], validate=True)
            except (ValueError, TypeError, LookupError, binascii.Error) as error:
                raise _not_speech("dữ liệu âm thanh bị hỏng") from error
    raise _not_speech("một trang khác, không có âm thanh")


def _not_speech(what: str) -> SpeechFault:
    return SpeechFault(f"Google không trả về giọng đọc: {what}.", remedy=_OTHER_VOICE)
