"""The worker's end of the pipe: framed requests in, framed answers out, as espeak_worker.py describes them."""

from __future__ import annotations

import json
import os
import signal
import struct
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

_LENGTH = struct.Struct(">I")


def serve(answer: Callable[[dict[str, Any]], tuple[dict[str, Any], bytes]]) -> None:
    """Answer on standard input and output until the station hangs up.

    Ctrl-C is the station's to handle; what a library prints must not get between the frames.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _serve(answer, sys.stdin.buffer, answers)


def _serve(
    answer: Callable[[dict[str, Any]], tuple[dict[str, Any], bytes]], requests: BinaryIO, answers: BinaryIO
) -> None:
    while len(head := requests.read(_LENGTH.size)) == _LENGTH.size:
        header, payload = answer(json.loads(requests.read(*_LENGTH.unpack(head))))
        for frame in (json.dumps(header).encode(), payload):
            answers.write(_LENGTH.pack(len(frame)) + frame)
        answers.flush()
