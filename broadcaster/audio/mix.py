"""A cue sheet and its sounds → a programme's file: streamed, summed in float, limited, measured and encoded."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from broadcaster.audio.atomic import replacing
from broadcaster.audio.encode import check_ending, encoding
from broadcaster.audio.master import CODECS, Aim, Mastered, Write, mastered
from broadcaster.audio.sound import Sound
from broadcaster.audio.summing import Sum
from broadcaster.audio.tags import Tags
from broadcaster.audio.waveform import outline_path, write_outline
from broadcaster.errors import AudioFault
from broadcaster.model.programme import CueSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixed:
    """A programme's file: measured on its way into the encoder, by what is known of the encoder.

    ffmpeg's ebur128 finds the same on the file: loudness to 0.2 LU, and no higher peak than the aim allows.
    """

    sample_rate: int
    length_frames: int
    loudness_lufs: float
    true_peak_dbtp: float
    sha256: str
    """Of the file's bytes."""
    body: str = ""
    """Of a joined one: the key of what it has in common with others (`reel.mix_joined`)."""


def mix(
    cues: CueSheet,
    sounds: Mapping[str, Sound],
    out: Path,
    *,
    target_lufs: float = -16.0,
    peak_dbtp: float = -1.5,
    tags: Tags | None = None,
) -> Mixed:
    """Mix and encode by the ending of `out` (.mp3 .wav .opus .flac), with its outline beside it.

    `sounds` holds, by `Part.source`, what is levelled already; each is as long as its part, except beds, which loop,
    and what is faded out early. Memory does not grow with the programme. What stood at `out` stays until the new file
    is complete. Raises `WrongUsage`, `DiskFull`, `AudioFault`.
    """
    check_ending(out)
    refuse_without_parts(cues)
    with replacing(out) as draft:

        def encode(run: Callable[[Write], Mastered]) -> Mastered:
            with encoding(draft, sample_rate=cues.sample_rate, tags=tags or Tags()) as write:
                return run(write)

        result = mastered(
            Sum(cues, sounds),
            aim=Aim(target_lufs=target_lufs, peak_dbtp=peak_dbtp),
            codec=CODECS[out.suffix.lower()],
            encode=encode,
        )
        write_outline(result.outline, outline_path(out), sample_rate=cues.sample_rate)
        with draft.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Mixed(
        sample_rate=cues.sample_rate,
        length_frames=cues.length_frames,
        loudness_lufs=round(result.loudness_lufs, 2),
        true_peak_dbtp=round(result.true_peak_dbtp, 2),
        sha256=sha256,
    )


def refuse_without_parts(cues: CueSheet) -> None:
    """Raises `AudioFault` for an empty cue sheet."""
    if not cues.parts:
        raise AudioFault(
            "Chương trình không có phần nào để ghép.", remedy="Kiểm tra khuôn chương trình và bài phát thanh."
        )
