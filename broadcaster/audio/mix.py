"""A cue sheet and its sounds → a programme's file: streamed, summed in float, limited, encoded and measured."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.atomic import replacing
from broadcaster.audio.clip import Clip
from broadcaster.audio.encode import check_ending, encoding
from broadcaster.audio.limiter import Limiter
from broadcaster.audio.loudness import LoudnessMeter
from broadcaster.audio.measure import Measured, measure
from broadcaster.audio.resample import resample
from broadcaster.errors import AudioFault
from broadcaster.model.programme import CueSheet, Part, PartKind

_BLOCK_FRAMES = 65_536
_BED_FADE_IN_S = 1.0
_BED_FADE_OUT_S = 1.5
_LAME_LOSS_DB = 0.45
"""LAME attenuates by this at 128 kbit/s and below."""
_TOLERANCE_LU = 0.3
_ATTEMPTS = 4
_MP3_FRAME = 1152


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixed:
    """A programme's file as it was measured after encoding."""

    sample_rate: int
    length_frames: int
    loudness_lufs: float
    true_peak_dbtp: float
    sha256: str
    """Of the file's bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setting:
    """Gain of the whole mix (dB) and the limiter's ceiling (dBTP)."""

    gain_db: float
    ceiling_dbtp: float


def mix(
    cues: CueSheet,
    sounds: Mapping[str, Clip],
    out: Path,
    *,
    target_lufs: float = -16.0,
    peak_dbtp: float = -1.5,
    title: str = "",
) -> Mixed:
    """Mix and encode by the ending of `out` (.mp3 .wav .opus .flac).

    `sounds` holds, by `Part.source`, clips that are levelled already; each is as long as its part, except beds, which
    loop. It is asked for a clip when its part comes and the clip is let go after, so a lazy mapping keeps memory
    constant. The decoded file measures `target_lufs` ±0.3 and at most `peak_dbtp`; where the codec moved them, it is
    encoded again. What stood at `out` stays until the new file is complete. Raises `WrongUsage`, `DiskFull`,
    `AudioFault`.
    """
    check_ending(out)
    if not cues.parts:
        raise AudioFault(
            "Chương trình không có phần nào để ghép.", remedy="Kiểm tra khuôn chương trình và bài phát thanh."
        )
    setting = _first_setting(cues, sounds, out.suffix.lower(), target_lufs=target_lufs, peak_dbtp=peak_dbtp)
    with replacing(out) as draft:
        for _ in range(_ATTEMPTS):
            _encode(cues, sounds, draft, setting=setting, title=title)
            measured = measure(draft)
            error_lu = target_lufs - measured.loudness_lufs
            excess_db = max(0.0, measured.true_peak_dbtp - peak_dbtp)
            if abs(error_lu) <= _TOLERANCE_LU and not excess_db:
                return _mixed(cues, draft, measured)
            ceiling_dbtp = setting.ceiling_dbtp - (excess_db + 0.1 if excess_db else 0.0)
            setting = _Setting(gain_db=setting.gain_db + error_lu, ceiling_dbtp=ceiling_dbtp)
        raise AudioFault(
            f"Không đưa được {out.name} về {target_lufs:g} LUFS và {peak_dbtp:g} dBTP (đo được "
            f"{measured.loudness_lufs:g} LUFS, {measured.true_peak_dbtp:g} dBTP).",
            remedy="Kiểm tra xem có phần nào gần như im lặng hoặc bị vỡ tiếng không.",
        )


def mixed_blocks(cues: CueSheet, sounds: Mapping[str, Clip]) -> Iterator[NDArray[np.float32]]:
    """The programme before gain and limiter, mono float32, every part at its exact frame."""
    waiting = sorted(cues.parts, key=lambda part: part.offset_frames)
    playing: list[tuple[Part, NDArray[np.float32]]] = []
    for start in range(0, cues.length_frames, _BLOCK_FRAMES):
        end = min(start + _BLOCK_FRAMES, cues.length_frames)
        while waiting and waiting[0].offset_frames < end:
            part = waiting.pop(0)
            playing.append((part, _samples(part, sounds, cues.sample_rate)))
        block = np.zeros(end - start, dtype=np.float32)
        for part, samples in playing:
            first, last = max(start, part.offset_frames), min(end, part.end_frames)
            block[first - start : last - start] += _piece(part, samples, first, last, cues.sample_rate)
        playing = [(part, samples) for part, samples in playing if part.end_frames > end]
        yield block


def _samples(part: Part, sounds: Mapping[str, Clip], sample_rate: int) -> NDArray[np.float32]:
    if part.source not in sounds:
        raise AudioFault(f"Thiếu âm thanh {part.source!r} cho phần “{part.title}”.", remedy="Chạy: broadcaster check")
    samples = resample(sounds[part.source], sample_rate).samples
    if part.kind is PartKind.BED and len(samples):
        return samples
    if len(samples) != part.length_frames:
        raise AudioFault(
            f"Âm thanh {part.source!r} dài {len(samples)} mẫu, khác với {part.length_frames} mẫu trong bảng ghép.",
            remedy="Chạy lại: broadcaster render",
        )
    return samples


def _piece(part: Part, samples: NDArray[np.float32], first: int, last: int, sample_rate: int) -> NDArray[np.float32]:
    """What the part sounds from frame `first` to `last` of the programme; beds loop and fade at both ends."""
    gain = np.float32(10 ** (part.gain_db / 20))
    begin, end = first - part.offset_frames, last - part.offset_frames
    if part.kind is not PartKind.BED:
        return samples[begin:end] * gain
    at = np.arange(begin, end)
    rise = (at + 1) / (_BED_FADE_IN_S * sample_rate)
    fall = (part.length_frames - at) / (_BED_FADE_OUT_S * sample_rate)
    fade = np.clip(np.minimum(rise, fall), 0.0, 1.0)
    return (samples[at % len(samples)] * (gain * fade)).astype(np.float32)


def _first_setting(
    cues: CueSheet, sounds: Mapping[str, Clip], ending: str, *, target_lufs: float, peak_dbtp: float
) -> _Setting:
    """From the loudness of the mix itself; LAME's loss is known beforehand."""
    meter = LoudnessMeter(cues.sample_rate)
    for block in mixed_blocks(cues, sounds):
        meter.add(block)
    loudness = meter.integrated_lufs()
    if not np.isfinite(loudness):
        raise AudioFault("Cả chương trình im lặng.", remedy="Kiểm tra âm thanh của từng phần: broadcaster check")
    loss_db = _LAME_LOSS_DB if ending == ".mp3" else 0.0
    return _Setting(gain_db=target_lufs - loudness + loss_db, ceiling_dbtp=peak_dbtp)


def _encode(cues: CueSheet, sounds: Mapping[str, Clip], draft: Path, *, setting: _Setting, title: str) -> None:
    limiter = Limiter(peak_dbtp=setting.ceiling_dbtp, sample_rate=cues.sample_rate)
    gain = np.float32(10 ** (setting.gain_db / 20))
    with encoding(draft, sample_rate=cues.sample_rate, title=title) as write:
        for block in mixed_blocks(cues, sounds):
            write(limiter.process(block * gain))
        write(limiter.flush())


def _mixed(cues: CueSheet, draft: Path, measured: Measured) -> Mixed:
    """Decoders must give the cue sheet's length back, or else offsets in the log would point beside the words."""
    frames = round(measured.length_s * cues.sample_rate)
    if abs(frames - cues.length_frames) >= _MP3_FRAME:
        raise AudioFault(f"Tệp vừa ghi dài {frames} mẫu, khác với {cues.length_frames} mẫu trong bảng ghép.")
    with draft.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Mixed(
        sample_rate=cues.sample_rate,
        length_frames=cues.length_frames,
        loudness_lufs=measured.loudness_lufs,
        true_peak_dbtp=measured.true_peak_dbtp,
        sha256=digest,
    )
