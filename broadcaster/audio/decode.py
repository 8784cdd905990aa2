"""Sound files → clips. Whatever is wrong with a file is said with its name."""

from __future__ import annotations

import io
import struct
import warnings
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.blocks import SoundBlocks, container_of
from broadcaster.audio.clip import Clip
from broadcaster.audio.container import Container
from broadcaster.audio.ffmpeg import executable
from broadcaster.errors import AudioFault

with warnings.catch_warnings():
    # pydub looks for an ffmpeg on PATH, not the one used here, and imports audioop, which Python 3.11 deprecates
    warnings.simplefilter("ignore")
    from pydub import AudioSegment  # type: ignore[import-untyped]
    from pydub.exceptions import CouldntDecodeError  # type: ignore[import-untyped]

LONGEST_S = 3600.0
"""A clip is held in memory whole: 10 MB a minute at 44.1 kHz."""

_PYDUB_FORMATS = {"wav", "mp3", "flac", "ogg", "aac", "amr"}
"""What it can be given through a pipe. It takes float samples for integers, so those never go there."""
_PYDUB_BYTES = 1_000_000
"""It holds the file and all stages of its decoding in memory at once; at a phone's lowest rate this is ten minutes."""
_BLOCK_FRAMES = 1 << 16


def decode(path: Path, *, longest_s: float = LONGEST_S) -> Clip:
    """The file as one mono clip at its own sample rate; channels are averaged.

    Raises `AudioFault`, naming the file, where it is missing, empty, no sound file, damaged, without a single sample,
    longer than `longest_s`, or holds samples that are no numbers. No more is held in memory than the clip itself.
    """
    container = container_of(path)
    clip = _through_pydub(path, container) if _suits_pydub(container, path) else None
    return _checked(clip or _through_ffmpeg(path, longest_s=longest_s), path, longest_s=longest_s)


def mono(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """The average of all channels; frames come first."""
    return np.asarray(samples[:, 0] if samples.shape[1] == 1 else samples.mean(axis=1), dtype=np.float32)


def _suits_pydub(container: Container, path: Path) -> bool:
    return (
        container.format in _PYDUB_FORMATS
        and container.codec is not None
        and not container.codec.startswith("pcm_f")
        and path.stat().st_size <= _PYDUB_BYTES
    )


def _through_pydub(path: Path, container: Container) -> Clip | None:
    """None for what pydub makes nothing of: ffmpeg, which has listened to it for `examine`, may read it all the same.

    Format and codec are given, so that pydub asks no ffprobe; no `duration`, which it rounds to milliseconds.
    """
    AudioSegment.converter = executable()
    try:
        segment = AudioSegment.from_file(io.BytesIO(path.read_bytes()), format=container.format, codec=container.codec)
        samples = np.frombuffer(segment.raw_data, dtype=f"<i{segment.sample_width}")
    except (CouldntDecodeError, struct.error, IndexError, ValueError):
        return None
    scaled = samples.astype(np.float32) / np.float32(2 ** (8 * segment.sample_width - 1))
    return Clip(samples=mono(scaled.reshape(-1, int(segment.channels))), sample_rate=int(segment.frame_rate))


def _through_ffmpeg(path: Path, *, longest_s: float) -> Clip:
    """Six channels at 96 kHz never stand in memory together."""
    sound = io.BytesIO()
    with SoundBlocks(path, longest_s=longest_s + 1) as blocks:
        for block in blocks.read(_BLOCK_FRAMES):
            sound.write(mono(block).tobytes())
        sample_rate = blocks.sample_rate
    return Clip(samples=np.frombuffer(sound.getbuffer(), dtype=np.float32), sample_rate=sample_rate)


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
