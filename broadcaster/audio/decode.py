"""Sound files → clips. Whatever is wrong with a file is said with its name."""

from __future__ import annotations

import io
import struct
import warnings
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.clip import Clip
from broadcaster.audio.container import KNOWN, Container, recognise
from broadcaster.audio.ffmpeg import Ffmpeg, executable, file_url
from broadcaster.errors import AudioFault

with warnings.catch_warnings():
    # pydub looks for an ffmpeg on PATH, not the one used here, and imports audioop, which Python 3.11 deprecates
    warnings.simplefilter("ignore")
    from pydub import AudioSegment  # type: ignore[import-untyped]
    from pydub.exceptions import CouldntDecodeError  # type: ignore[import-untyped]

LONGEST_S = 3600.0
"""A clip is held in memory whole: 10 MB a minute at 44.1 kHz."""

_HEAD_BYTES = 4096
_PYDUB_FORMATS = {"wav", "mp3", "flac", "ogg", "aac", "amr"}
"""What it can be given through a pipe. It takes float samples for integers, so those never go there."""
_PYDUB_BYTES = 16_000_000
"""It holds the file and all stages of its decoding in memory at once."""
_AU_HEADER = struct.Struct(">4s5I")
"""Magic, where the samples begin, their size in bytes, encoding, sample rate, channels."""


def decode(path: Path, *, longest_s: float = LONGEST_S) -> Clip:
    """The file as one mono clip at its own sample rate; channels are averaged.

    Raises `AudioFault`, naming the file, where it is missing, empty, no sound file, damaged, without a single sample,
    longer than `longest_s`, or holds samples that are no numbers.
    """
    container = _recognised(path)
    if _suits_pydub(container, path):
        clip = _through_pydub(path, container)
    else:
        clip = _through_ffmpeg(path, container, longest_s=longest_s)
    return _checked(clip, path, longest_s=longest_s)


def _recognised(path: Path) -> Container:
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except FileNotFoundError as error:
        raise AudioFault(f"Không có tệp âm thanh {path}.", remedy="Chép tệp vào đúng chỗ, hoặc sửa lại tên.") from error
    except OSError as error:
        raise AudioFault(f"Không đọc được {path}: {error.strerror}.", remedy="Kiểm tra quyền đọc của tệp.") from error
    if not head:
        raise AudioFault(f"Tệp âm thanh {path} rỗng (0 byte).", remedy="Chép lại tệp gốc.")
    container = recognise(head)
    if container is None:
        raise AudioFault(f"{path} không phải là tệp âm thanh.", remedy=f"Dùng một tệp thuộc các loại: {KNOWN}.")
    return container


def _suits_pydub(container: Container, path: Path) -> bool:
    return (
        container.format in _PYDUB_FORMATS
        and container.codec is not None
        and not container.codec.startswith("pcm_f")
        and path.stat().st_size <= _PYDUB_BYTES
    )


def _through_pydub(path: Path, container: Container) -> Clip:
    """Format and codec are given, so that pydub asks no ffprobe; no `duration`, which it rounds to milliseconds."""
    AudioSegment.converter = executable()
    try:
        segment = AudioSegment.from_file(io.BytesIO(path.read_bytes()), format=container.format, codec=container.codec)
        samples = np.frombuffer(segment.raw_data, dtype=f"<i{segment.sample_width}")
    except (CouldntDecodeError, struct.error, IndexError, ValueError) as error:
        raise _damaged(path) from error
    scaled = samples.astype(np.float32) / np.float32(2 ** (8 * segment.sample_width - 1))
    channels = int(segment.channels)
    return Clip(samples=_mono(scaled, channels), sample_rate=int(segment.frame_rate))


def _through_ffmpeg(path: Path, container: Container, *, longest_s: float) -> Clip:
    """As float samples in an .au, whose header says rate and channels."""
    source = ["-f", container.format, *(("-c:a", container.codec) if container.codec else ()), "-i", file_url(path)]
    target = ["-map", "0:a:0", "-t", str(longest_s + 1), "-c:a", "pcm_f32be", "-f", "au", "pipe:1"]
    with Ffmpeg(["-v", "error", *source, *target], about=str(path), tap=True) as process:
        data = process.exchange(b"")
    try:
        _, begin, _, _, sample_rate, channels = _AU_HEADER.unpack_from(data)
    except struct.error as error:
        raise _damaged(path) from error
    whole = begin + (len(data) - begin) // (4 * channels) * 4 * channels
    samples = np.frombuffer(data[begin:whole], dtype=">f4").astype(np.float32)
    return Clip(samples=_mono(samples, channels), sample_rate=sample_rate)


def _mono(samples: NDArray[np.float32], channels: int) -> NDArray[np.float32]:
    if channels == 1:
        return samples
    return np.asarray(samples.reshape(-1, channels).mean(axis=1), dtype=np.float32)


def _checked(clip: Clip, path: Path, *, longest_s: float) -> Clip:
    if not clip.frames:
        raise AudioFault(f"Tệp âm thanh {path} không có tiếng nào.", remedy="Chép lại tệp gốc.")
    if clip.length_s > longest_s:
        raise AudioFault(
            f"{path} dài hơn {longest_s / 60:g} phút, dài quá mức cho một đoạn tiếng.",
            remedy="Kiểm tra có chọn nhầm tệp không, hoặc cắt bớt.",
        )
    if not np.isfinite(clip.samples).all():
        raise AudioFault(
            f"{path} có mẫu âm thanh hỏng (không phải là số).", remedy="Xuất lại tệp từ phần mềm thu, hoặc thu lại."
        )
    return clip


def _damaged(path: Path) -> AudioFault:
    return AudioFault(f"Tệp âm thanh {path} bị hỏng hoặc bị cắt cụt.", remedy="Chép lại tệp gốc, hoặc thu lại.")
