"""Recordings of what sounded: files that grow while they play, and never lose or replace one another.

A recording is `<label>.part` while it sounds and `<label>.mp3` afterwards. A station that died leaves its `.part`
playable up to its last second; the next recording in the same folder renames it to `<label>.dut-quang.mp3`, since it
is all there is to show for what the loudspeakers said.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from broadcaster.audio.mp3_writer import Mp3Writer
from broadcaster.errors import BroadcasterError

BROKEN_OFF = ".dut-quang.mp3"
"""What the recordings of a station that died end in."""
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*\s]+')
_LONGEST_NAME = 120
"""Characters: Vietnamese letters take up to three bytes each, and file systems allow 255 bytes."""


def safe_name(label: str) -> str:
    """`label` as the name of a file on Windows, Linux and macOS alike."""
    name = _UNSAFE.sub("-", label).strip("-. ")[:_LONGEST_NAME].rstrip("-. ") or "khong-ten"
    return f"_{name}" if _RESERVED.fullmatch(name) else name


class Recording:
    """One recording, from its first frame to its name."""

    def __init__(self, folder: Path, *, label: str, sample_rate: int) -> None:
        """Raises `OSError` where the folder cannot be written, `AudioFault` where ffmpeg cannot start."""
        folder.mkdir(parents=True, exist_ok=True)
        keep_broken_off(folder)
        self._path, self._claim = _claim_name(folder, safe_name(label))
        self._closed = False
        self._frames = 0
        try:
            # ffmpeg would find out later that it may not write here
            self._part.touch(exist_ok=False)
            self._writer = Mp3Writer(self._part, sample_rate=sample_rate)
        except BaseException:
            self._let_go()
            raise

    def write(self, block: NDArray[np.int16]) -> None:
        """Raises `DiskFull` or `AudioFault`; `close` then keeps what stands in the file."""
        self._writer.write(block)

    def close(self) -> None:
        """End it and give it its name, or leave none where nothing stands in it; may be called twice."""
        if self._closed:
            return
        self._closed = True
        try:
            self._frames = self._writer.close()
            if self._frames:
                self._part.replace(self._path)
            else:
                self._part.unlink(missing_ok=True)
        finally:
            self._let_go()

    @property
    def path(self) -> Path | None:
        """Where it is once closed; None where nothing stands in it."""
        return self._path if self._frames else None

    @property
    def frames(self) -> int:
        """Frames that can be heard from it, once closed."""
        return self._frames

    @property
    def failed(self) -> BroadcasterError | None:
        """What ended it early."""
        return self._writer.failed

    @property
    def _part(self) -> Path:
        return _part_of(self._path)

    def _let_go(self) -> None:
        _release(self._claim)


def keep_broken_off(folder: Path) -> list[Path]:
    """Give the recordings that no living station has open their name; empty ones go. Gives the new paths."""
    kept = []
    for part in sorted(folder.glob("*.part")):
        claim = _claim_of(part)
        if not _claimed(claim):
            continue
        if part.exists() and part.stat().st_size == 0:
            part.unlink()
        elif part.exists():
            kept.append(part.replace(_free_name(folder, part.stem, BROKEN_OFF)))
        _release(claim)
    return kept


def _part_of(path: Path) -> Path:
    return path.with_name(f"{path.name.removesuffix('.mp3')}.part")


def _claim_of(part: Path) -> FileLock:
    """Held while its recording sounds; the system lets go of it when the station dies, even by kill -9."""
    return FileLock(part.with_name(f".{part.name}.lock"), thread_local=False)


def _claimed(claim: FileLock) -> bool:
    try:
        claim.acquire(timeout=0)
    except Timeout:
        return False
    return True


def _release(claim: FileLock) -> None:
    claim.release()
    Path(claim.lock_file).unlink(missing_ok=True)


def _claim_name(folder: Path, name: str) -> tuple[Path, FileLock]:
    """A name that no recording has, ours until the claim is released."""
    number = 1
    while True:
        path = folder / (f"{name}.mp3" if number == 1 else f"{name}-{number}.mp3")
        claim = _claim_of(_part_of(path))
        number += 1
        if not _claimed(claim):
            continue
        if not path.exists() and not _part_of(path).exists():
            return path, claim
        _release(claim)


def _free_name(folder: Path, name: str, ending: str) -> Path:
    number = 1
    path = folder / f"{name}{ending}"
    while path.exists():
        number += 1
        path = folder / f"{name}-{number}{ending}"
    return path
