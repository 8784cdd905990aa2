"""Piper in a process of its own: its memory goes with it, and so does whatever a broken model brings down.

Run as `python -m broadcaster.speech.piper_worker MODEL`. A request has: speaker, length_scale, texts; the answer is
sample_rate and frames of each text, or error, and then 16-bit samples of all texts.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING, Any

from broadcaster.speech.serving import serve

if TYPE_CHECKING:
    from piper import PiperVoice

_NO_NOISE = 0.0
"""The model's own dice are off: the same words sound the same in every run, and so stay approved."""


@cache
def voice_in(model: str) -> PiperVoice:
    """The model with its `.json` beside it; takes seconds."""
    from piper import PiperVoice

    return PiperVoice.load(model)


def sounds_of(model: str, request: dict[str, Any]) -> tuple[int, list[bytes]]:
    """Sample rate (Hz) and the 16-bit samples of each text; one text at a time keeps the memory small."""
    from piper import SynthesisConfig

    manner = SynthesisConfig(
        speaker_id=request["speaker"],
        length_scale=request["length_scale"],
        noise_scale=_NO_NOISE,
        noise_w_scale=_NO_NOISE,
        normalize_audio=False,
    )
    voice = voice_in(model)
    sounds = [
        b"".join(chunk.audio_int16_bytes for chunk in voice.synthesize(text, manner)) for text in request["texts"]
    ]
    return voice.config.sample_rate, sounds


def answer(model: str, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The answer's two frames."""
    from onnxruntime.capi import onnxruntime_pybind11_state as onnx

    broken = (onnx.Fail, onnx.InvalidProtobuf, onnx.InvalidGraph, onnx.InvalidArgument, onnx.NoSuchFile)
    try:
        sample_rate, sounds = sounds_of(model, request)
    except (*broken, onnx.RuntimeException, onnx.NotImplemented, OSError, ValueError, LookupError, TypeError) as error:
        return {"error": " ".join(str(error).split())[:300]}, b""
    return {"sample_rate": sample_rate, "frames": [len(sound) // 2 for sound in sounds]}, b"".join(sounds)


if __name__ == "__main__":
    serve(lambda request: answer(sys.argv[1], request))
