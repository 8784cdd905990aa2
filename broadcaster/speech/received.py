"""Sound that came from a service or a program → a clip, or what is wrong with it: a page, a torn file, no sound."""

from __future__ import annotations

import struct
from pathlib import Path
from tempfile import TemporaryDirectory

from broadcaster.audio.clip import Clip
from broadcaster.audio.container import recognise
from broadcaster.audio.decode import decode
from broadcaster.errors import AudioFault, SpeechFault
from broadcaster.speech.joining import trimmed
from broadcaster.speech.mp3_frames import is_whole_mp3

_NO_LENGTH = 500_000_000
"""Bytes; a WAV's header that says more was written before anybody knew how long it would be. We take no such file."""
_LAST_PAGE = 0x04
"""Ogg's header type flag of a stream's end (RFC 3533)."""


def clip_of(data: bytes, *, source: str, remedy: str) -> Clip:
    """The trimmed sound in `data`, a whole file of any known kind.

    Raises `SpeechFault`; messages call the sender `source`.
    """
    if why := _unfit(data):
        raise SpeechFault(f"{source} không trả về giọng đọc: {why}.", remedy=remedy)
    with TemporaryDirectory(prefix="broadcaster-") as folder:
        path = Path(folder) / "received"
        path.write_bytes(data)
        try:
            return trimmed(decode(path))
        except AudioFault as fault:
            raise SpeechFault(f"{source} trả về âm thanh không giải mã được.", remedy=remedy) from fault


def _unfit(data: bytes) -> str | None:
    """Why this is no whole sound file; decoders play a torn one up to the tear and say nothing."""
    if not data:
        return "câu trả lời rỗng"
    if data.lstrip()[:1] == b"<":
        return "một trang web, không phải âm thanh"
    container = recognise(data[:4096])
    if container is None:
        return "không phải tệp âm thanh"
    whole = {"mp3": is_whole_mp3, "wav": is_whole_wav, "ogg": is_whole_ogg}.get(container.format)
    return "âm thanh bị đứt" if whole and not whole(data) else None


def is_whole_wav(data: bytes) -> bool:
    """Whether the `data` chunk is as long as it says; a header that leaves the length open is believed."""
    position = 12
    while position + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, position)
        if name == b"data":
            return bool(size > _NO_LENGTH or position + 8 + size <= len(data))
        position += 8 + size + size % 2
    return False


def is_whole_ogg(data: bytes) -> bool:
    """Whether the last page says that it is the last, and stands there whole."""
    last = data.rfind(b"OggS")
    if len(data) < last + 27:
        return False
    segments = data[last + 26]
    table = data[last + 27 : last + 27 + segments]
    return bool(data[last + 5] & _LAST_PAGE) and len(data) >= last + 27 + segments + sum(table)
