"""Sound → files, by their ending; a file appears whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.atomic import replacing
from broadcaster.audio.clip import Clip
from broadcaster.audio.ffmpeg import Ffmpeg, file_url
from broadcaster.errors import WrongUsage

_OPUS_RATE = 48_000
_ENCODERS: dict[str, tuple[str, ...]] = {
    ".mp3": ("-c:a", "libmp3lame", "-b:a", "96k", "-compression_level", "5", "-id3v2_version", "3", "-f", "mp3"),
    ".wav": ("-c:a", "pcm_s16le", "-f", "wav"),
    ".opus": ("-c:a", "libopus", "-b:a", "48k", "-ar", str(_OPUS_RATE), "-f", "opus"),
    ".flac": ("-c:a", "flac", "-sample_fmt", "s16", "-f", "flac"),
}
"""ffmpeg's libmp3lame writes the LAME header, with which decoders give back exactly the frames that went in."""

Writer = Callable[[NDArray[np.float32]], None]


def check_ending(path: Path) -> None:
    """Raises `WrongUsage` where nothing is encoded to this ending."""
    if path.suffix.lower() not in _ENCODERS:
        raise WrongUsage(
            f"Không ghi được tệp âm thanh có đuôi {path.suffix or '(trống)'!r}.",
            remedy=f"Đặt tên tệp theo một trong các đuôi: {' '.join(_ENCODERS)}",
        )


def write_clip(clip: Clip, path: Path, *, title: str = "") -> None:
    """Write a clip to .mp3, .wav, .opus or .flac. Raises `WrongUsage` for other endings, `DiskFull`, `AudioFault`."""
    check_ending(path)
    with replacing(path) as draft, encoding(draft, sample_rate=clip.sample_rate, title=title) as write:
        write(clip.samples)


@contextmanager
def encoding(path: Path, *, sample_rate: int, title: str = "") -> Iterator[Writer]:
    """Gives a function that takes mono float32 blocks; the file is complete when the block ends well.

    The same sound and title give the same bytes. Raises `WrongUsage`, `DiskFull` or `AudioFault`; what it has written
    by then is the caller's to remove (`replacing` does).
    """
    check_ending(path)
    source = ["-f", "f32le", "-ar", str(sample_rate), "-ac", "1", "-i", "pipe:0"]
    tags = ["-map_metadata", "-1", "-metadata", f"title={title}"] if title else ["-map_metadata", "-1"]
    repeatable = ["-fflags", "+bitexact", "-flags:a", "+bitexact"]
    target = ["-y", *_ENCODERS[path.suffix.lower()], *tags, *repeatable, file_url(path)]
    with Ffmpeg(["-v", "error", *source, *target], about=path.name, feed=True) as process:
        yield lambda block: process.write(np.ascontiguousarray(block, dtype="<f4").data)
        process.finish()
