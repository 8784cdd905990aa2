"""Programmes from reels: encoded stretches that other programmes share, joined packet by packet.

The same bulletin for 300 communes differs in the station's call. What lies between two silences is encoded once, kept,
and put into every programme as it is.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import struct
import zlib
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO, Protocol

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from broadcaster.audio import mp3
from broadcaster.audio.atomic import replacing
from broadcaster.audio.loudness import integrated_lufs
from broadcaster.audio.master import CODECS, Aim, Mastered, Write, mastered
from broadcaster.audio.mix import Mixed, refuse_without_parts
from broadcaster.audio.sound import Sound
from broadcaster.audio.stretches import Stretch, divided
from broadcaster.audio.summing import Sum
from broadcaster.audio.tags import Tags, id3
from broadcaster.audio.waveform import outline_path, write_outline
from broadcaster.errors import AudioFault
from broadcaster.model.programme import CueSheet, Part, PartKind

_FORMAT = 4
_YOUNG_S = 600.0
_HELD = 16
"""Reels whose measurements stay in memory."""
_LOOKED_THROUGH_EVERY = 32
"""Reels made between two looks through the whole case, which may hold thousands."""
_COPIED_BYTES = 1 << 20
_OWN_SHARE = 0.1
"""What at most differs between programmes that are measured as one: a tenth that is 1 LU off moves the whole 0.1 LU."""
_MEASURED = struct.Struct(">QQQQQdQQ")
"""What a `Stream` counts, in its order, the true peak (dBTP), and how many energies and points follow."""
_TRAILER = struct.Struct(">II")
"""Bytes of what was measured, and the CRC-32 of all that stands before: a disk that errs is not put on the air."""
DEFAULT_LIMIT_BYTES = 500_000_000
"""About ten hours of programme."""


class _Hash(Protocol):
    def update(self, data: memoryview, /) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reel:
    """An encoded stretch on the disk: its packets first, then what was measured."""

    path: Path
    stream: mp3.Stream
    energies: NDArray[np.float64]
    true_peak_dbtp: float
    outline: NDArray[np.int8]


class ReelCase:
    """Reels by the key of what they were made from; the ones that were not used for longest go first.

    Several processes may share it: of two that want the same reel only one makes it.
    """

    def __init__(self, folder: Path, *, limit_bytes: int = DEFAULT_LIMIT_BYTES) -> None:
        self.folder = folder
        self._limit_bytes = limit_bytes
        self._open: dict[Path, Reel] = {}
        self._made = 0

    def reel(self, key: str, make: Callable[[Path], None]) -> Reel:
        """The reel under `key`, made where there is none. Raises `DiskFull` and whatever `make` raises."""
        path = self.folder / f"{key}.reel"
        self.folder.mkdir(parents=True, exist_ok=True)
        if path in self._open and path.exists():
            # what all communes share stays, however many reels of their own come between
            self._open[path] = self._open.pop(path)
            return self._open[path]
        with FileLock(self.folder / f".lock-{key[0]}"):
            reel = _read(path)
            if reel is None:
                if self._made % _LOOKED_THROUGH_EVERY == 0:
                    self._make_room()
                self._made += 1
                with replacing(path, derived=True) as draft:
                    make(draft)
                reel = _whole(path)
            with suppress(OSError):
                os.utime(path)
        self._open = {**dict(list(self._open.items())[-_HELD:]), path: reel}
        return reel

    def _make_room(self) -> None:
        """What was used shortly before the newest one may be in use by a programme that is being joined."""
        used = {path: path.stat() for path in self.folder.glob("*.reel")}
        newest = max((status.st_mtime for status in used.values()), default=0.0)
        total = 0
        for path, status in sorted(used.items(), key=lambda one: -one[1].st_mtime):
            total += status.st_size
            if total > self._limit_bytes and status.st_mtime < newest - _YOUNG_S:
                path.unlink(missing_ok=True)


def mix_joined(
    cues: CueSheet,
    sounds: Mapping[str, Sound],
    out: Path,
    *,
    digests: Mapping[str, str],
    own: Collection[PartKind],
    case: ReelCase,
    aim: Aim,
    tags: Tags,
) -> Mixed:
    """As `mix`, to .mp3: every stretch from the `case`, or made for it; each is brought to the aim by itself.

    `digests` names each sound by its content. Parts of a kind in `own` are this programme's alone; a sound is asked for
    only where its stretch has to be made. Raises `DiskFull`, `AudioFault`.
    """
    refuse_without_parts(cues)
    reels = []
    for stretch in divided(cues, own=own):
        key = _key(stretch, digests, aim)
        reels.append(case.reel(key, partial(_encoded, stretch, sounds, aim)))
    return replace(_joined(cues, reels, out, tags=tags), body=_body(cues, digests, own, aim))


def _body(cues: CueSheet, digests: Mapping[str, str], own: Collection[PartKind], aim: Aim) -> str:
    """The key of all parts that are not its own; of all its parts, where its own are more than a little of it."""
    own_frames = sum(part.length_frames for part in cues.parts if part.kind in own)
    whole = own_frames > _OWN_SHARE * cues.length_frames
    parts = [
        [digests[part.source], part.kind, part.length_frames, part.gain_db, part.ducked_db]
        for part in cues.parts
        if whole or part.kind not in own
    ]
    return hashlib.sha256(json.dumps([_FORMAT, cues.sample_rate, astuple(aim), parts]).encode()).hexdigest()


def _key(stretch: Stretch, digests: Mapping[str, str], aim: Aim) -> str:
    parts = [(digests[part.source], _shape(part)) for part in stretch.cues.parts]
    stream = [stretch.cues.sample_rate, stretch.frames, stretch.last, mp3.BIT_RATE_KBPS]
    return hashlib.sha256(json.dumps([_FORMAT, stream, astuple(aim), parts]).encode()).hexdigest()


def _shape(part: Part) -> list[object]:
    """All of a part that can be heard, but for its sound."""
    fades = (part.fade_in_frames, part.fade_out_frames, part.ducked_db)
    return [part.kind, part.offset_frames, part.length_frames, part.gain_db, *fades]


def _encoded(stretch: Stretch, sounds: Mapping[str, Sound], aim: Aim, draft: Path) -> None:
    """Write the stretch's reel."""
    total = Sum(stretch.cues, sounds, frames=stretch.fed_frames)
    encoder: mp3.Mp3Encoder

    def encode(run: Callable[[Write], Mastered]) -> Mastered:
        nonlocal encoder
        encoder = mp3.Mp3Encoder(sample_rate=total.sample_rate)
        with draft.open("wb") as file:

            def write(block: NDArray[np.float32]) -> None:
                file.write(encoder.encode(block))

            result = run(write)
            file.write(encoder.flush())
        return result

    result = mastered(total, aim=aim, codec=CODECS[".mp3"], encode=encode)
    _append(draft, encoder.stream, result)


def _append(path: Path, stream: mp3.Stream, result: Mastered) -> None:
    """What was measured, behind the packets, and how to find and prove it at the very end."""
    energies, points = result.energies.astype("<f8"), result.outline
    head = _MEASURED.pack(*astuple(stream), result.true_peak_dbtp, len(energies), len(points))
    measured = head + energies.tobytes() + points.tobytes()
    with path.open("r+b") as file:
        file.seek(0, os.SEEK_END)
        file.write(measured)
        file.write(_TRAILER.pack(len(measured), _checksum(file, file.tell())))


def _checksum(file: BinaryIO, size: int) -> int:
    """Of the first `size` bytes; the file stands behind them afterwards."""
    file.seek(0)
    sums = 0
    for at in range(0, size, _COPIED_BYTES):
        sums = zlib.crc32(file.read(min(_COPIED_BYTES, size - at)), sums)
    return sums


def _whole(path: Path) -> Reel:
    reel = _read(path)
    if reel is None:
        raise AudioFault(f"Vừa ghi {path} mà đọc lại không đúng.", remedy="Kiểm tra hoặc thay ổ đĩa.")
    return reel


def _read(path: Path) -> Reel | None:
    """None where there is none, or not a whole one."""
    if not path.is_file():
        return None
    size = path.stat().st_size - _TRAILER.size
    if size < 0:
        return None
    with path.open("rb") as file:
        file.seek(size)
        behind, checksum = _TRAILER.unpack(file.read())
        if behind > size or _checksum(file, size) != checksum:
            return None
        file.seek(size - behind)
        measured = file.read(behind)
    *stream, peak_dbtp, energies, points = _MEASURED.unpack_from(measured)
    rate, frames, packets, bytes_, kbps = stream
    return Reel(
        path=path,
        stream=mp3.Stream(sample_rate=rate, frames=frames, packets=packets, size=bytes_, bit_rate_kbps=kbps),
        energies=np.frombuffer(measured, "<f8", energies, _MEASURED.size),
        true_peak_dbtp=peak_dbtp,
        outline=np.frombuffer(measured, np.int8, 2 * points, _MEASURED.size + 8 * energies).reshape(-1, 2),
    )


def _outline(reels: Sequence[Reel]) -> NDArray[np.int8]:
    """A point for each packet: the one that LAME adds to a stream is silent."""
    missing = [reel.stream.packets - len(reel.outline) for reel in reels[:-1]]
    silent = [np.zeros((count, 2), dtype=np.int8) for count in (*missing, 0)]
    return np.concatenate([points for reel, rest in zip(reels, silent, strict=True) for points in (reel.outline, rest)])


def _copy(reel: Reel, file: io.FileIO, digest: _Hash) -> None:
    """Its packets to the end of `file`, and into the `digest`."""
    left = reel.stream.size
    buffer = memoryview(bytearray(_COPIED_BYTES))
    with reel.path.open("rb", buffering=0) as packets:
        while left:
            count = packets.readinto(buffer[: min(left, _COPIED_BYTES)])
            if not count:
                raise AudioFault(f"Đoạn ghép {reel.path.name} bị cắt cụt.", remedy="Chạy lại: broadcaster render")
            file.write(buffer[:count])
            digest.update(buffer[:count])
            left -= count


def _joined(cues: CueSheet, reels: Sequence[Reel], out: Path, *, tags: Tags) -> Mixed:
    """One file of them, with an info packet that counts them all."""
    whole = mp3.Stream(
        sample_rate=cues.sample_rate,
        frames=cues.length_frames,
        packets=sum(reel.stream.packets for reel in reels),
        size=sum(reel.stream.size for reel in reels),
    )
    digest = hashlib.sha256()
    with replacing(out) as draft, draft.open("wb", buffering=0) as file:
        head = id3(tags) + mp3.info_packet(whole)
        file.write(head)
        digest.update(head)
        for reel in reels:
            _copy(reel, file, digest)
        write_outline(_outline(reels), outline_path(out), sample_rate=cues.sample_rate)
    return Mixed(
        sample_rate=cues.sample_rate,
        length_frames=cues.length_frames,
        loudness_lufs=round(integrated_lufs(np.concatenate([reel.energies for reel in reels])), 2),
        true_peak_dbtp=round(max(reel.true_peak_dbtp for reel in reels), 2),
        sha256=digest.hexdigest(),
    )
