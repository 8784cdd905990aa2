"""Slows a voice down without lowering it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from broadcaster.audio.clip import Clip
from broadcaster.audio.ffmpeg import convert


def slowed(clip: Clip, tempo: float) -> Clip:
    """The same sound at `tempo` (0.5 to 1) times its speed, the pitch kept (ffmpeg's atempo, a WSOLA)."""
    raw = ["-f", "f32le", "-ac", "1", "-ar", str(clip.sample_rate)]
    arguments = ["-loglevel", "error", *raw, "-i", "pipe:0", "-af", f"atempo={tempo:.4f}", *raw, "pipe:1"]
    samples = clip.samples.astype("<f4", copy=False).tobytes()
    return replace(clip, samples=np.frombuffer(convert(samples, arguments, about="giọng đọc"), "<f4"))
