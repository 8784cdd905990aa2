"""espeak-ng in a process of its own: it may crash, it keeps global state, and its licence is GPL-3.

Run as a lone file (`python -I -S espeak_worker.py LIBRARY DATA`), so it imports nothing but the standard library,
and of that as little as it can: `json`, `signal` and `typing` would double the time until it is ready.
A frame is a 4-byte big-endian length and so many bytes. A request is one of marshal: voice, rate, pitch, range,
volume, texts. The answer is a frame of marshal (sample_rate, frames of each text; or error) and a frame of 16-bit
samples of all texts.
"""

from __future__ import annotations

import _ctypes
import ctypes
import marshal
import os
import struct
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, BinaryIO

if sys.platform == "win32":
    _unload = _ctypes.FreeLibrary
else:
    _unload = _ctypes.dlclose

_SYNCHRONOUS = 2
_DO_NOT_EXIT = 0x8000
_UTF8_WITH_END_PAUSE = 0x1001
_BUFFER_MS = 500
"""Of sound that espeak-ng hands over at once; its own 60 ms cost a fifth more, ten seconds change the sound."""
_RATE, _VOLUME, _PITCH, _RANGE = 1, 2, 3, 4
_SEED = 1
_LENGTH = struct.Struct(">I")
_WORD_BEGINS = 1
_CLAUSE_ENDS = ","
_LAST_WORD = " bất,"
"""Said after a text and cut off again: espeak-ng draws out the last syllable, and then the recogniser mishears it.
Short, for it costs as much as any other; with another first sound the syllable before it would end in another way."""


class _Event(ctypes.Structure):
    """espeak_EVENT of speak_lib.h."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    )


_HEARD = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class EspeakError(Exception):
    """What espeak-ng refused."""


def still_loaded(path: str) -> bool:
    """Some systems (musl) never let go of a library; then only another process has a fresh one."""
    if sys.platform == "win32":
        return False
    try:
        _unload(ctypes.CDLL(path, mode=os.RTLD_NOLOAD | os.RTLD_NOW)._handle)
    except OSError:
        return False
    return True


def sounds_of(library: ctypes.CDLL, data: str, request: dict[str, Any]) -> tuple[int, list[bytes]]:
    """Sample rate (Hz) and the 16-bit samples of each text."""
    library.espeak_Initialize.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_int]
    sample_rate = library.espeak_Initialize(_SYNCHRONOUS, _BUFFER_MS, data.encode(), _DO_NOT_EXIT)
    if sample_rate <= 0:
        raise EspeakError(f"espeak_Initialize: {sample_rate}")
    try:
        library.espeak_ng_SetRandSeed.argtypes = [ctypes.c_long]
        library.espeak_ng_SetRandSeed(_SEED)
        library.espeak_SetVoiceByName.argtypes = [ctypes.c_char_p]
        _expect_ok(library.espeak_SetVoiceByName(request["voice"].encode()), "espeak_SetVoiceByName")
        for parameter, value in ((_RATE, "rate"), (_PITCH, "pitch"), (_RANGE, "range"), (_VOLUME, "volume")):
            _expect_ok(library.espeak_SetParameter(parameter, request[value], 0), f"espeak_SetParameter {value}")
        say = _mouth(library)
        return sample_rate, [say(text) for text in request["texts"]]
    finally:
        library.espeak_Terminate()


def _mouth(library: ctypes.CDLL) -> Callable[[str], bytes]:
    """Says one text; gives its samples.

    After a comma espeak-ng begins anew, and whatever it were to say then would change nothing before.
    """
    heard = bytearray()
    words: list[int] = []
    number, pointer = ctypes.c_uint, ctypes.c_void_p
    library.espeak_Synth.argtypes = [
        *(ctypes.c_char_p, ctypes.c_size_t, number, ctypes.c_int, number, number),
        *(pointer, pointer),
    ]

    def listen(samples: Any, count: int, events: Any) -> int:
        if samples and count > 0:
            heard.extend(ctypes.string_at(samples, 2 * count))
        at = 0
        while events and (event := events[at]).type:
            if event.type == _WORD_BEGINS:
                words.append(event.sample)
            at += 1
        return 0

    callback = _HEARD(listen)

    def say(text: str) -> bytes:
        heard.clear()
        words.clear()
        library.espeak_SetSynthCallback(callback)
        goes_on = not text.endswith(_CLAUSE_ENDS)
        said = (text + _LAST_WORD * goes_on).encode() + b"\0"
        _expect_ok(library.espeak_Synth(said, len(said), 0, 1, 0, _UTF8_WITH_END_PAUSE, None, None), "espeak_Synth")
        _expect_ok(library.espeak_Synchronize(), "espeak_Synchronize")
        if not words:
            raise EspeakError("espeak_Synth: no words")
        return bytes(heard[: 2 * words[-1]] if goes_on else heard)

    return say


def _expect_ok(code: int, call: str) -> None:
    if code != 0:
        raise EspeakError(f"{call}: {code}")


def answer(library_path: str, data: str, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The answer's two frames.

    The library is in its first state each time: seeding, a new voice or `espeak_Initialize` do not bring the same
    sound back. To load it again takes a twentieth of what a sentence takes.
    """
    try:
        library = ctypes.CDLL(library_path)
        try:
            sample_rate, sounds = sounds_of(library, data, request)
        finally:
            _unload(library._handle)
    except (EspeakError, OSError) as error:
        return {"error": str(error)}, b""
    return {"sample_rate": sample_rate, "frames": [len(sound) // 2 for sound in sounds]}, b"".join(sounds)


def serve(library_path: str, data: str, requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer until the station hangs up."""
    while len(head := requests.read(_LENGTH.size)) == _LENGTH.size:
        request = marshal.loads(requests.read(*_LENGTH.unpack(head)))  # noqa: S302 - of our own station
        header, sound = answer(library_path, data, request)
        for frame in (marshal.dumps(header), sound):
            answers.write(_LENGTH.pack(len(frame)) + frame)
        answers.flush()
        if still_loaded(library_path):
            return


def main() -> None:
    """What the library prints must not get between the frames."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.argv[1], sys.argv[2], sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
