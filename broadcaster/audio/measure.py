"""What an encoded file really sounds like, by ffmpeg's ebur128."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from broadcaster.audio import ffmpeg
from broadcaster.errors import AudioFault

_EBUR128 = "aformat=channel_layouts=mono,ebur128=peak=true:framelog=quiet"
_COUNT = "astats=measure_perchannel=none:measure_overall=Number_of_samples"
"""A fifth of the CPU."""
_RATE = re.compile(r"Stream #0:\S+ Audio: .*?(\d+) Hz")
_FRAMES = re.compile(r"Number of samples: (\d+)")
_NICENESS = 10
_LOOK_EVERY_S = 0.2
_LOUDNESS = re.compile(r"^\s+I:\s+(\S+) LUFS", re.MULTILINE)
_PEAK = re.compile(r"^\s+Peak:\s+(\S+) dBFS", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loudness:
    """A decoded file's integrated loudness (LUFS) and true peak (dBTP), both to 0.1."""

    loudness_lufs: float
    """−70 is silence."""
    true_peak_dbtp: float
    """−inf is digital silence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured(Loudness):
    """The same and its exact length."""

    sample_rate: int
    length_frames: int

    @property
    def length_s(self) -> float:
        return self.length_frames / self.sample_rate


def measure(path: Path) -> Measured:
    """Decode the whole file and measure it as mono. Raises `AudioFault` where it cannot be decoded."""
    said = ffmpeg.run(_command(path, f"{_COUNT},{_EBUR128}"), about=str(path))
    rate, frames, lufs, dbtp = _figures(said, (_RATE, _FRAMES, _LOUDNESS, _PEAK), path)
    return Measured(
        loudness_lufs=float(lufs), true_peak_dbtp=float(dbtp), sample_rate=int(rate), length_frames=int(frames)
    )


def measure_gently(path: Path, *, stop: threading.Event) -> Loudness | None:
    """Its loudness, at low priority; None once `stop` is set: five hours of programme take more than a minute."""
    with ffmpeg.Ffmpeg(_command(path, _EBUR128), about=str(path)) as process:
        process.lower(_NICENESS)
        while not process.ended(within_s=_LOOK_EVERY_S):
            if stop.is_set():
                return None
        lufs, dbtp = _figures(process.finish(), (_LOUDNESS, _PEAK), path)
        return Loudness(loudness_lufs=float(lufs), true_peak_dbtp=float(dbtp))


def _command(path: Path, filters: str) -> list[str]:
    if not path.is_file():
        raise AudioFault(f"Không có tệp âm thanh {path}.", remedy="Chạy: broadcaster render")
    return ["-i", ffmpeg.file_url(path), "-map", "0:a:0", "-af", filters, "-f", "null", "-"]


def _figures(said: str, wanted: Sequence[re.Pattern[str]], path: Path) -> list[str]:
    """What ffmpeg said last of each."""
    found = [pattern.findall(said) for pattern in wanted]
    if not all(found):
        raise AudioFault(f"Không đo được {path}.", remedy="Kiểm tra lại tệp, hoặc tạo lại: broadcaster render")
    return [matches[-1] for matches in found]
