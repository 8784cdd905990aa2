"""The address that the page is served at: asked for before the station starts, so that it cannot fail afterwards."""

from __future__ import annotations

import errno
import socket
import sys

from broadcaster.errors import BroadcasterError, WrongUsage

HOST = "127.0.0.1"
"""This machine alone: the page asks nobody for a password."""
DEFAULT_PORT = 8080
LAST_PORT = 65_535
FIRST_FREE_PORT = 1024
"""Lower ones are the system administrator's."""


def port_for(asked: int | None, *, web: bool) -> int | None:
    """The port to serve at; None: no page. Raises `WrongUsage` for a port without a page, or one that cannot be."""
    if not web:
        if asked is not None:
            raise WrongUsage(
                "--port chỉ có nghĩa khi mở trang theo dõi.", remedy=f"Thêm --web: broadcaster run --web --port {asked}"
            )
        return None
    port = DEFAULT_PORT if asked is None else asked
    if not 0 < port <= LAST_PORT:
        raise WrongUsage(
            f"Không có cổng nào mang số {port}.",
            remedy=f"Chọn số từ {FIRST_FREE_PORT} đến {LAST_PORT}, ví dụ: broadcaster run --web --port {DEFAULT_PORT}",
        )
    return port


def listen(port: int) -> socket.socket:
    """A socket that already takes calls. Raises `BroadcasterError` where the port is taken or not ours to take."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            # a station that was stopped a moment ago must not keep its own port from itself
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise _refused(error, port) from error
    return listener


def address(listener: socket.socket) -> str:
    """As a browser wants it."""
    host, port = listener.getsockname()
    return f"http://{host}:{port}"


def _refused(error: OSError, port: int) -> BroadcasterError:
    other = f"broadcaster run --web --port {DEFAULT_PORT + 1 if port == DEFAULT_PORT else DEFAULT_PORT}"
    if error.errno == errno.EADDRINUSE:
        return BroadcasterError(
            f"Cổng {port} đang được một chương trình khác dùng, nên chưa mở được trang theo dõi; đài chưa chạy.",
            remedy=f"Chọn cổng khác: {other}, hoặc tắt chương trình đang dùng cổng {port}.",
        )
    if isinstance(error, PermissionError):
        return BroadcasterError(
            f"Máy không cho mở cổng {port}, nên chưa mở được trang theo dõi; đài chưa chạy.",
            remedy=f"Cổng dưới {FIRST_FREE_PORT} chỉ dành cho quản trị. Chọn cổng khác: {other}",
        )
    return BroadcasterError(
        f"Không mở được cổng {port} cho trang theo dõi ({error.strerror}); đài chưa chạy.",
        remedy=f"Chọn cổng khác: {other}",
    )
