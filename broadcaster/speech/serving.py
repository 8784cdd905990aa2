"""The worker's end of the pipe: framed requests in, framed answers out, as espeak_worker.py describes them."""

from __future__ import annotations

import marshal
import os
import struct
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

_LENGTH = struct.Struct(">I")


def serve(answer: Callable[[dict[str, Any]], tuple[dict[str, Any], bytes]]) -> None:
    """Answer on standard input and output until the station hangs up.

    What a library prints must not get between the frames.
    """
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _serve(answer, sys.stdin.buffer, answers)


def _serve(
    answer: Callable[[dict[str, Any]], tuple[dict[str, Any], bytes]], requests: BinaryIO, answers: BinaryIO
) -> None:
    while len(head := requests.read(_LENGTH.size)) == _LENGTH.size:
        request = marshal.loads(requests.read(*_LENGTH.unpack(head)))  # noqa: S302 - of our own station
        header, payload = answer(request)
        for frame in (marshal.dumps(header), payload):
            answers.write(_LENGTH.pack(len(frame)) + frame)
        answers.flush()
