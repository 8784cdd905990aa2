"""Puts a finished document on the disk: whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
from pathlib import Path

from broadcaster.errors import BroadcasterError, DiskFull, WrongUsage

NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def ending_of(out: Path, *, possible: tuple[str, ...]) -> str:
    """The file's ending, lower case. Raises `WrongUsage` for others, and for a folder that is not there."""
    ending = out.suffix.lower()
    if ending not in possible:
        raise WrongUsage(
            f"Không viết được {out.name}: đuôi tệp phải là {' hoặc '.join(possible)}.",
            remedy=f"Đặt tên tệp kết thúc bằng {' hoặc '.join(possible)}, ví dụ {out.stem or 'bao-cao'}{possible[0]}.",
        )
    if not out.parent.is_dir():
        raise WrongUsage(f"Không có thư mục {out.parent}.", remedy="Tạo thư mục đó trước, hoặc chọn thư mục khác.")
    if out.is_dir():
        raise WrongUsage(f"{out} là một thư mục, không phải tệp.", remedy="Ghi thêm tên tệp vào sau tên thư mục.")
    return ending


def save(data: bytes, out: Path) -> Path:
    """Writes beside `out` and renames, so that a reader finds the old file or the whole new one."""
    beside = out.with_name(f".{out.name}.{secrets.token_hex(4)}.tmp")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(out)
    except OSError as error:
        raise _told(error, out) from error
    finally:
        beside.unlink(missing_ok=True)
    return out


def _told(error: OSError, out: Path) -> BroadcasterError:
    if error.errno in NO_ROOM:
        return DiskFull(
            f"Ổ đĩa hết chỗ, chưa viết được {out}.", remedy="Xóa bớt tệp hoặc chọn ổ đĩa khác, rồi chạy lại lệnh."
        )
    if isinstance(error, PermissionError):
        return BroadcasterError(
            f"Không ghi được {out}: tệp đang mở ở chương trình khác, hoặc không có quyền ghi vào thư mục.",
            remedy="Đóng tệp đó (Word, LibreOffice…) hoặc chọn thư mục khác, rồi chạy lại lệnh.",
        )
    return BroadcasterError(
        f"Không ghi được {out}: {error.strerror or error}.", remedy="Kiểm tra ổ đĩa và tên tệp, rồi chạy lại lệnh."
    )
