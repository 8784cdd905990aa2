"""Clips on the disk, addressed by what they were made from: what was said once is not made again."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from broadcaster.audio.atomic import replacing
from broadcaster.audio.clip import Clip
from broadcaster.errors import AudioFault, DiskFull
from broadcaster.model.speech import Phrase, Voice
from broadcaster.speech import clip_file
from broadcaster.speech.engine import Engine

_FORMAT = 2
Kept = TypeVar("Kept")
YOUNG_S = 600.0
"""A clip used so shortly before the newest one may be in use by a rendering that is still at work."""
ABANDONED_S = 3600.0
"""No clip takes so long to write: a draft so much older than the newest clip was left by a process that was killed."""


def clip_key(engine: Engine, voice: Voice, phrases: Sequence[Phrase]) -> str:
    """Of everything that the sound depends on: engine, its version, the voice with pace and range, words and pauses.

    Neither the voice's gain, which is laid on later, nor whose turn it is: the voice itself says that.
    """
    words = [(phrase.text, phrase.boundary) for phrase in phrases]
    sounding = astuple(replace(voice, title="", gain_db=0.0))
    made_from = [_FORMAT, engine.name, engine.version, sounding, words]
    return hashlib.sha256(json.dumps(made_from).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trimmed:
    """What became of the cache when it was held to its limit; bytes on the disk."""

    kept_bytes: int
    removed: int = 0
    needed_bytes: int = 0
    """Of `kept_bytes`, what was not to be touched; above the limit where that is too small."""


class ClipCache:
    """One file a clip, in a folder of its key's first letters.

    Several processes may share it: files appear whole, and of two that want the same clip only one makes it. The date
    of a file is that of its last use.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.remade = 0
        """Entries that were found corrupt and made again."""

    def clip(self, key: str, make: Callable[[], Clip]) -> Clip:
        """The clip under `key`, made and kept where there is none; whatever `make` raises leaves nothing behind."""
        return self._kept_or(key, lambda draft: clip_file.write(make(), draft), clip_file.read, derived=False)

    def streamed(
        self, key: str, make: Callable[[], Iterable[NDArray[np.float32]]], *, sample_rate: int
    ) -> clip_file.KeptSound:
        """The same for what is derived from clips, comes in blocks and may be too long for memory, in 16 bits."""

        def write(draft: Path) -> None:
            clip_file.write_blocks(make(), draft, sample_rate=sample_rate)

        return self._kept_or(key, write, clip_file.read_kept, derived=True)

    def has(self, key: str) -> bool:
        """Whether something lies under `key`, by its header alone."""
        return clip_file.is_there(self._path(key))

    def forget(self, key: str) -> None:
        """What turned out to be no good is made again the next time."""
        path = self._path(key)
        with _alone_in(path.parent), suppress(FileNotFoundError, PermissionError):
            path.unlink()

    def trim(self, limit_bytes: int, *, needed: Callable[[], Collection[str]], young_s: float = YOUNG_S) -> Trimmed:
        """Take away the clips that were not used for longest until the rest fits `limit_bytes`.

        Those that are `needed` (asked only where there is too much) stay, however much they come to, and so does what
        was used in the `young_s` before the newest. Others may be reading: what goes was read to its end, or is
        made again. Drafts of processes that were killed go too.
        """
        clips = self._clips()
        newest = max((used_at for _, used_at, _ in clips), default=0.0)
        self._sweep(newest)
        total, removed = sum(size for _, _, size in clips), 0
        if total <= limit_bytes:
            return Trimmed(kept_bytes=total)
        wanted = frozenset(needed())
        for path, used_at, size in sorted(clips, key=lambda clip: clip[1]):
            if total <= limit_bytes or used_at > newest - young_s:
                break
            if path.stem not in wanted and self._removed(path, used_at):
                total -= size
                removed += 1
        return Trimmed(
            kept_bytes=total,
            removed=removed,
            needed_bytes=sum(size for path, _, size in clips if path.stem in wanted),
        )

    def _kept_or(
        self, key: str, write: Callable[[Path], None], read: Callable[[Path], Kept | None], *, derived: bool
    ) -> Kept:
        path = self._path(key)
        kept = _used(path, read)
        if kept is not None:
            return kept
        with _alone_in(path.parent):
            kept = _used(path, read)
            if kept is not None:
                return kept
            self.remade += path.exists()
            self._keep(path, write, derived=derived)
            kept = _used(path, read)
        if kept is None:
            raise AudioFault(
                f"Vừa ghi {path} mà đọc lại không đúng.", remedy="Ổ đĩa có thể đang hỏng: kiểm tra hoặc thay ổ đĩa."
            )
        return kept

    def _keep(self, path: Path, write: Callable[[Path], None], *, derived: bool) -> None:
        try:
            with replacing(path, derived=derived) as draft:
                write(draft)
        except DiskFull as full:
            raise DiskFull(
                f"Hết chỗ trên đĩa khi cất tiếng đọc vào {self.folder}.",
                remedy="Xóa bớt tệp không cần trên ổ đĩa ấy, hoặc giảm bo_nho_tieng trong schedule.yaml, rồi chạy lại.",
            ) from full

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.clip"

    def _clips(self) -> list[tuple[Path, float, int]]:
        """Each clip's file, last use (seconds since 1970) and size; what vanishes meanwhile is gone."""
        found = []
        for path in self.folder.rglob("*.clip"):
            with suppress(FileNotFoundError):
                status = path.stat()
                found.append((path, status.st_mtime, status.st_size))
        return found

    def _removed(self, path: Path, used_at: float) -> bool:
        """Not where it was used or made anew since it was looked at, nor where the system holds on to an open file."""
        with _alone_in(path.parent), suppress(FileNotFoundError, PermissionError):
            if path.stat().st_mtime == used_at:
                path.unlink()
                return True
        return False

    def _sweep(self, newest: float) -> None:
        for draft in self.folder.rglob(".*.part.clip"):
            with suppress(FileNotFoundError, PermissionError):
                if newest - draft.stat().st_mtime > ABANDONED_S:
                    draft.unlink()


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Other processes and threads that want to write there wait."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / ".lock")
        lock.acquire()
    except OSError as error:
        raise _out_of_reach(folder, error) from error
    try:
        yield
    finally:
        lock.release()


def _out_of_reach(place: Path, error: OSError) -> AudioFault:
    return AudioFault(
        f"Không dùng được kho tiếng nói {place}: {error.strerror or error}.",
        remedy="Kiểm tra thư mục này: quyền đọc và ghi, chỗ trống, ổ đĩa có hỏng không.",
    )


def _used(path: Path, read: Callable[[Path], Kept | None]) -> Kept | None:
    """None where there is no such file, or where it is not what was written; a reading is a use."""
    try:
        kept = read(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _out_of_reach(path, error) from error
    if kept is not None:
        # a folder that takes no dates loses the order of use, and nothing else
        with suppress(OSError):
            os.utime(path)
    return kept
