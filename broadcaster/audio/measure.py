"""What an encoded file really sounds like, by ffmpeg's ebur128."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from pathlib import Path

from broadcaster.audio import ffmpeg
from broadcaster.errors import AudioFault

_FILTERS = (
    "astats=measure_perchannel=none:measure_overall=Number_of_samples,"
    "aformat=channel_layouts=mono,ebur128=peak=true:framelog=quiet"
)
_RATE = re.compile(r"Stream #0:\S+ Audio: .*?(\d+) Hz")
_FRAMES = re.compile(r"Number of samples: (\d+)")
_NICENESS = 10
_LOOK_EVERY_S = 0.2
_LOUDNESS = re.compile(r"^\s+I:\s+(\S+) LUFS", re.MULTILINE)
_PEAK = re.compile(r"^\s+Peak:\s+(\S+) dBFS", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A decoded file's integrated loudness (LUFS) and true peak (dBTP), both to 0.1, and its exact length."""

    loudness_lufs: float
    """−70 is silence."""
    true_peak_dbtp: float
    """−inf is digital silence."""
    sample_rate: int
    length_frames: int

    @property
    def length_s(self) -> float:
        return self.length_frames / self.sample_rate


def measure(path: Path) -> Measured:
    """Decode the whole file and measure it as mono. Raises `AudioFault` where it cannot be decoded."""
    return _read(ffmpeg.run(_command(path), about=str(path)), path)


def measure_gently(path: Path, *, stop: threading.Event) -> Measured | None:
    """The same at low priority; None once `stop` is set: five hours of programme take more than a minute."""
    with ffmpeg.Ffmpeg(_command(path), about=str(path)) as process:
        process.lower(_NICENESS)
        while not process.ended(within_s=_LOOK_EVERY_S):
            if stop.is_set():
                return None
        return _read(process.finish(), path)


def _command(path: Path) -> list[str]:
    if not path.is_file():
        raise AudioFault(f"Không có tệp âm thanh {path}.", remedy="Chạy: broadcaster render")
    return ["-i", ffmpeg.file_url(path), "-map", "0:a:0", "-af", _FILTERS, "-f", "null", "-"]


def _read(said: str, path: Path) -> Measured:
    found = [pattern.findall(said) for pattern in (_RATE, _FRAMES, _LOUDNESS, _PEAK)]
    if not all(found):
        raise AudioFault(f"Không đo được {path}.", remedy="Kiểm tra lại tệp, hoặc tạo lại: broadcaster render")
    rate, frames, loudness, peak = (matches[-1] for matches in found)
    return Measured(
        loudness_lufs=float(loudness), true_peak_dbtp=float(peak), sample_rate=int(rate), length_frames=int(frames)
    )
