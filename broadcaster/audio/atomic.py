"""A file that appears whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from broadcaster.audio.ffmpeg import disk_full
from broadcaster.errors import AudioFault, BroadcasterError


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A draft beside `path`, with the same ending, that takes its place when the block ends well.

    The draft is on the disk before it gets the name. When the block fails, the draft goes and what stood at `path`
    stays. Raises `DiskFull` or `AudioFault` where the folder takes no file.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.stem[:60]}.", suffix=f".part{path.suffix}", dir=path.parent)
    except OSError as error:
        raise _refused(path, error) from error
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
        _settle(draft, path)
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        draft.unlink(missing_ok=True)


def _settle(draft: Path, path: Path) -> None:
    """mkstemp keeps its files private; the result may be read and written as what stood there, or as any new file."""
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    umask = os.umask(0)
    os.umask(umask)
    draft.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~umask)
    draft.replace(path)


def _refused(path: Path, error: OSError) -> BroadcasterError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full(path.name)
    return AudioFault(
        f"Không ghi được {path}: {error.strerror or error}.", remedy="Kiểm tra quyền ghi và đường dẫn của thư mục này."
    )
