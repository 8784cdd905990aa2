"""A file that appears whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from broadcaster.audio.ffmpeg import disk_full
from broadcaster.errors import AudioFault, BroadcasterError, WorkspaceFault

IN_WORDS = {
    errno.EACCES: "không có quyền ghi",
    errno.EPERM: "không có quyền ghi",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOTDIR: "đường dẫn đi qua một tệp",
    errno.ENOENT: "không có tệp hay thư mục này",
    errno.ENOSPC: "hết chỗ trên đĩa",
    errno.EDQUOT: "hết chỗ dành cho tài khoản này",
    errno.EIO: "ổ đĩa báo lỗi đọc ghi",
}
WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


@contextmanager
def replacing(path: Path, *, derived: bool = False) -> Iterator[Path]:
    """A draft beside `path`, with the same ending, that takes its place when the block ends well.

    The draft is on the disk before it gets the name, unless it is `derived`: made of what lies there, proved by its
    checksum whenever it is read, and made again where a pulled plug left half of it. When the block fails, the draft
    goes and what stood at `path` stays. Raises `DiskFull` or `AudioFault` where the folder takes no file.
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
        if not derived:
            with draft.open("rb+") as file:
                os.fsync(file.fileno())
        _settle(draft, path)
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def revising(path: Path) -> Iterator[Path]:
    """As `replacing`, for a file that people edit, too: a link stays one, and what they made read-only stays as it is.

    Raises `WorkspaceFault` for a read-only file, also for root, whom the system would not stop.
    """
    file = path.resolve()
    if file.exists() and not (file.stat().st_mode & WRITABLE and os.access(file, os.W_OK)):
        raise WorkspaceFault(
            f"Tệp {file} đang để chỉ đọc nên không ghi gì cả.",
            remedy="Bỏ dấu chỉ đọc của tệp (Linux: chmod u+w; Windows: Properties, Read-only) rồi làm lại, "
            "hoặc nhờ người giữ tệp này sửa.",
        )
    with replacing(file) as draft:
        yield draft


def _settle(draft: Path, path: Path) -> None:
    """mkstemp keeps its files private; the result may be read and written as what stood there, or as any new file."""
    umask = os.umask(0)
    os.umask(umask)
    before = path.stat() if path.exists() else None
    if before is not None and hasattr(os, "chown"):
        _give(draft, before)
    draft.chmod(before.st_mode & 0o777 if before is not None else 0o666 & ~umask)
    draft.replace(path)


def _give(draft: Path, before: os.stat_result) -> None:
    """To the owner and the group that it had; whoever may not give files away keeps the group, where he is of it."""
    try:
        os.chown(draft, before.st_uid, before.st_gid)
    except PermissionError:
        with suppress(PermissionError):
            os.chown(draft, -1, before.st_gid)


def in_words(error: OSError) -> str:
    """Why the system refused, in Vietnamese where it is one of the usual reasons."""
    return IN_WORDS.get(error.errno or 0) or error.strerror or str(error)


def _refused(path: Path, error: OSError) -> BroadcasterError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full(path.name)
    return AudioFault(
        f"Không ghi được {path}: {in_words(error)}.",
        remedy="Kiểm tra quyền ghi và đường dẫn của thư mục này.",
    )
