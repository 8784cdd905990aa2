"""Sound for playing, decoded as it is needed: files and relay sources, in constant memory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import certifi
import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.ffmpeg import Ffmpeg, file_url
from broadcaster.errors import AudioFault

_RELAY_FORMATS = "mp3,aac,ogg,flac,wav,mpegts,hls,mov,matroska"
_RELAY_PROTOCOLS = "http,https,tls,tcp,crypto,httpproxy"
"""No `file`: a hostile playlist must not make us read one."""


class SoundStream(Iterator[NDArray[np.int16]]):
    """Mono int16 blocks of `block_frames` frames at `sample_rate`, the last one shorter.

    Ends by itself, at `close` (also from another thread), or with `AudioFault` when the sound breaks off. Close it, or
    use it in a `with` block.
    """

    def __init__(self, source: list[str], *, about: str, sample_rate: int, block_frames: int) -> None:
        self.sample_rate = sample_rate
        self._about = about
        self._block_bytes = block_frames * 2
        self._closed = False
        self._frames = 0
        shape = ["-af", "aresample=resampler=soxr", "-ac", "1", "-ar", str(sample_rate)]
        target = ["-map", "0:a:0", *shape, "-c:a", "pcm_s16le", "-f", "s16le", "pipe:1"]
        self._process = Ffmpeg(["-v", "error", *source, *target], about=about, tap=True)

    def __next__(self) -> NDArray[np.int16]:
        if self._closed:
            raise StopIteration
        data = self._process.tap.read(self._block_bytes)
        data = data[: len(data) // 2 * 2]
        if not data:
            self._end()
            raise StopIteration
        self._frames += len(data) // 2
        return np.frombuffer(data, dtype="<i2").astype(np.int16, copy=False)

    def close(self) -> None:
        """Stop decoding at once; may be called twice."""
        self._closed = True
        self._process.stop()

    def _end(self) -> None:
        if self._closed:
            return
        self._closed = True
        with self._process:
            said = self._process.finish()
            if not self._frames:
                raise AudioFault(f"{self._about} không có tiếng nào.", remedy="Kiểm tra lại tệp hoặc nguồn.")
            if "timed out" in said:
                raise AudioFault(f"{self._about} ngừng gửi tiếng.", remedy="Kiểm tra đường truyền và nguồn tiếp sóng.")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed = True
        self._process.__exit__(kind, error, trace)


def stream(path: Path, *, sample_rate: int, block_frames: int) -> SoundStream:
    """Decode a programme or another sound file for playing. Raises `AudioFault` here where there is no such file."""
    if not path.is_file():
        raise AudioFault(f"Không có tệp âm thanh {path}.", remedy="Chạy: broadcaster render")
    return SoundStream(["-i", file_url(path)], about=str(path), sample_rate=sample_rate, block_frames=block_frames)


def stream_url(
    url: str,
    *,
    sample_rate: int,
    block_frames: int,
    silence_limit: timedelta = timedelta(seconds=10),
) -> SoundStream:
    """Decode a relay source (http or https, certificates verified; `SSL_CERT_FILE` names other authorities).

    A source that cannot be reached, or sends nothing for `silence_limit`, ends with `AudioFault`. Nothing reconnects by
    itself: whoever plays decides, and says so.
    """
    if not url.startswith(("http://", "https://")):
        raise AudioFault(
            f"Nguồn tiếp sóng {url} không phải là địa chỉ http hoặc https.", remedy="Sửa `url` của nguồn này."
        )
    microseconds = str(round(silence_limit.total_seconds() * 1_000_000))
    patience = ["-rw_timeout", microseconds, "-reconnect", "0", "-probesize", "65536", "-analyzeduration", "1000000"]
    allowed = ["-protocol_whitelist", _RELAY_PROTOCOLS, "-format_whitelist", _RELAY_FORMATS]
    # ffmpeg comes without certificate authorities of its own
    trusted = ["-ca_file", os.environ.get("SSL_CERT_FILE") or certifi.where()] if url.startswith("https") else []
    source = [*patience, *trusted, *allowed, "-i", url]
    return SoundStream(source, about=f"Nguồn tiếp sóng {url}", sample_rate=sample_rate, block_frames=block_frames)
