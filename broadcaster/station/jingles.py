"""The library of chimes and music in scripts_content/nhac/: found by name, checked, levelled once."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, islice
from pathlib import Path

from broadcaster.audio.decode import decode
from broadcaster.audio.recording_faults import Verdict, jingle_verdict
from broadcaster.errors import AudioFault, Fault, WorkspaceFault
from broadcaster.speech.clip_file import KeptSound
from broadcaster.station.station import Station

ENDINGS = (".flac", ".wav", ".mp3", ".ogg", ".opus", ".m4a")
Stamp = tuple[str, int, int]
"""A file's ending, time and size: it changes when the file does."""


class Jingles:
    """Jingles by the names that templates and scripts use: the file's, without its ending."""

    def __init__(self, station: Station) -> None:
        self._station = station
        self._folder = station.workspace.jingles
        self._levelled: dict[str, KeptSound] = {}
        self._good: dict[str, tuple[Stamp, str]] = {}
        """Of files that nothing was wrong with, and their SHA-256: each commune's programme asks four times."""

    def names(self) -> set[str]:
        """Of all that are there."""
        if not self._folder.is_dir():
            return set()
        return {file.stem for file in self._folder.glob("*") if file.suffix in ENDINGS}

    def clip(self, name: str) -> KeptSound:
        """Levelled. Raises `WorkspaceFault` where there is no such file, `AudioFault` for one that cannot air."""
        digest = self._known_good(name)
        if digest is None:
            if faults := self.verdict(name).faults:
                raise _unusable(name, faults)
            digest = self._station.sounds.sha256(self._file(name))
        if digest not in self._levelled:
            file = self._file(name)
            self._levelled[digest] = self._station.levelled.jingle(digest, lambda: decode(file))
        return self._levelled[digest]

    def verdict(self, name: str) -> Verdict:
        """What is wrong with the file. Raises `WorkspaceFault` where there is none."""
        return self._verdict(self._file(name))

    def standing(self, name: str) -> str:
        """SHA-256 of the jingle, or while it is bad or gone of the last good one: what was made with that one stays.

        The last good one may have had another ending: chimes come as .flac, an office's own as .mp3.
        Raises as `clip` does where there never was a good one.
        """
        if known := self._known_good(name):
            return known
        there = chain(self._found(name), self._places(name))
        stands = (self._station.sounds.standing(file, self._judge(file)) for file in there)
        found = next((digest for digest in stands if digest is not None), None)
        if found is None:
            raise _unusable(name, self.verdict(name).faults)
        return found

    def _known_good(self, name: str) -> str | None:
        """SHA-256 of the file as it is now, where nothing is wrong with it; None: it has to be looked at closely."""
        stamp = self._stamp(name)
        if stamp is None:
            return None
        known = self._good.get(name)
        if known is None or known[0] != stamp:
            file = self._folder / f"{name}{stamp[0]}"
            if self._verdict(file).faults:
                return None
            known = self._good[name] = stamp, self._station.sounds.sha256(file)
        return known[1]

    def _stamp(self, name: str) -> Stamp | None:
        """Of the file that `_found` would find; by `os`, since a path of its own for each look takes as long again."""
        for ending in ENDINGS:
            try:
                status = os.stat(f"{self._folder}{os.sep}{name}{ending}")  # noqa: PTH116
            except OSError:
                continue
            if stat.S_ISREG(status.st_mode):
                return ending, status.st_mtime_ns, status.st_size
        return None

    def _verdict(self, file: Path) -> Verdict:
        return self._station.sounds.verdict(file, self._judge(file))

    def _judge(self, file: Path) -> partial[Verdict]:
        return partial(jingle_verdict, file=self._station.workspace.relative(file))

    def _places(self, name: str) -> Iterator[Path]:
        return (self._folder / f"{name}{ending}" for ending in ENDINGS)

    def _found(self, name: str) -> list[Path]:
        return list(islice((file for file in self._places(name) if file.is_file()), 1))

    def _file(self, name: str) -> Path:
        found = self._found(name)
        if not found:
            have = sorted(self.names())
            there = f"Đang có: {', '.join(have)}." if have else "Thư mục đó đang trống."
            raise WorkspaceFault(
                f"Khuôn chương trình cần nhạc '{name}' nhưng không có tệp đó trong scripts_content/nhac/.",
                remedy=f"Chép {name}.mp3 (hoặc .flac, .wav) vào đó, hoặc sửa khuôn. {there}",
            )
        return found[0]


def _unusable(name: str, faults: Iterable[Fault]) -> AudioFault:
    first, *more = faults
    if more:
        return AudioFault(f"Nhạc '{name}' chưa dùng được.", faults=(first, *more))
    return AudioFault(f"Nhạc '{name}' chưa dùng được: {first.message}", remedy=first.remedy)
