"""Sound → files, by their ending; a file appears whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import soxr  # type: ignore[import-untyped]
from numpy.typing import NDArray

from broadcaster.audio import mp3
from broadcaster.audio.atomic import replacing
from broadcaster.audio.clip import Clip
from broadcaster.audio.ffmpeg import Ffmpeg, file_url
from broadcaster.audio.tags import Tags, ffmetadata, id3
from broadcaster.errors import WrongUsage

_OPUS_RATE = 48_000
_SOXR = f"aresample={_OPUS_RATE}:resampler=soxr"
_ENCODERS: dict[str, tuple[str, ...]] = {
    ".wav": ("-c:a", "pcm_s16le", "-f", "wav"),
    ".opus": ("-c:a", "libopus", "-b:a", "48k", "-af", _SOXR, "-f", "opus"),
    ".flac": ("-c:a", "flac", "-sample_fmt", "s16", "-f", "flac"),
}
"""What ffmpeg encodes; .mp3 is LAME's own (`audio.mp3`)."""
_COMMENTED = (".opus", ".flac")
"""Their chapters are written as comments: for FLAC ffmpeg writes none, for Ogg a second late from half a second on."""
_ENDINGS = (".mp3", *_ENCODERS)

Writer = Callable[[NDArray[np.float32]], None]


def check_ending(path: Path) -> None:
    """Raises `WrongUsage` where nothing is encoded to this ending."""
    if path.suffix.lower() not in _ENDINGS:
        raise WrongUsage(
            f"Không ghi được tệp âm thanh có đuôi {path.suffix or '(trống)'!r}.",
            remedy=f"Đặt tên tệp theo một trong các đuôi: {' '.join(_ENDINGS)}",
        )


def write_clip(clip: Clip, path: Path, *, title: str = "") -> None:
    """Write a clip to .mp3, .wav, .opus or .flac. Raises `WrongUsage` for other endings, `DiskFull`, `AudioFault`."""
    check_ending(path)
    with replacing(path) as draft, encoding(draft, sample_rate=clip.sample_rate, tags=Tags(title=title)) as write:
        write(clip.samples)


@contextmanager
def encoding(path: Path, *, sample_rate: int, tags: Tags) -> Iterator[Writer]:
    """Gives a function that takes mono float32 blocks; the file is complete when the block ends well.

    The same sound and tags give the same bytes. Raises `WrongUsage`, `DiskFull` or `AudioFault`; what it has written
    by then is the caller's to remove (`replacing` does).
    """
    check_ending(path)
    kind = _mp3_file if path.suffix.lower() == ".mp3" else _through_ffmpeg
    with kind(path, sample_rate, tags) as write:
        yield write


@contextmanager
def _mp3_file(path: Path, sample_rate: int, tags: Tags) -> Iterator[Writer]:
    """MP3 knows a few sample rates; sound of another one goes to the next higher."""
    rate = next((rate for rate in mp3.RATES if rate >= sample_rate), mp3.RATES[-1])
    stream = soxr.ResampleStream(sample_rate, rate, 1, dtype="float32", quality="HQ") if rate != sample_rate else None
    with path.open("wb") as file:
        writer = mp3.Mp3File(file, sample_rate=rate, head=id3(tags))
        if stream is None:
            yield writer.write
        else:
            yield lambda block: writer.write(stream.resample_chunk(block))
            writer.write(stream.resample_chunk(np.zeros(0, dtype=np.float32), last=True))
        writer.finish()


@contextmanager
def _through_ffmpeg(path: Path, sample_rate: int, tags: Tags) -> Iterator[Writer]:
    source = ["-f", "f32le", "-ar", str(sample_rate), "-ac", "1", "-i", "pipe:0"]
    repeatable = ["-fflags", "+bitexact", "-flags:a", "+bitexact"]
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as said:
        said.write(ffmetadata(tags, chapters_as_comments=path.suffix.lower() in _COMMENTED))
        said.flush()
        about = ["-f", "ffmetadata", "-i", file_url(Path(said.name)), "-map", "0:a", "-map_metadata", "1"]
        target = ["-map_chapters", "1", "-y", *_ENCODERS[path.suffix.lower()], *repeatable, file_url(path)]
        with Ffmpeg(["-v", "error", *source, *about, *target], about=path.name, feed=True) as process:
            yield lambda block: process.write(np.ascontiguousarray(block, dtype="<f4").data)
            process.finish()
