"""The page beside the running station: a thread of its own, which starts before it and ends after it."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn

from broadcaster.errors import BroadcasterError
from broadcaster.station.board import Board
from broadcaster.station.station import Station
from broadcaster.web.app import create_app
from broadcaster.web.listening import address, listen

GOODBYE_S = 2
"""How long a browser that still reads may keep the station from ending."""
LOGGER = "uvicorn"


@contextmanager
def watched(station: Station, *, port: int, tell: Callable[[str], None]) -> Iterator[str]:
    """The page is served at the address given, as long as the block lasts.

    Raises `BroadcasterError` at the start where the port cannot be had; and at the end, if the page died meanwhile:
    the station went on without it, and `tell` said so at once.
    """
    with listen(port) as listener:
        page = PageServer(station, tell=tell)
        thread = threading.Thread(target=page.serve, args=(listener,), name="web")
        thread.start()
        tell(f"Trang theo dõi: {address(listener)}")
        try:
            yield address(listener)
        finally:
            page.stop()
            thread.join()
    if page.failure is not None:
        raise BroadcasterError(
            f"Trang theo dõi đã dừng giữa chừng: {page.failure!r}.",
            remedy="Đài vẫn phát và ghi nhật ký đủ. Gửi thông báo này cho người phát triển chương trình.",
        ) from page.failure


class PageServer:
    """uvicorn in a thread: its chatter is dropped, its errors are told as the station tells its own."""

    def __init__(self, station: Station, *, tell: Callable[[str], None]) -> None:
        self.failure: BaseException | None = None
        self._tell = tell
        self._stopped = threading.Event()
        settings = uvicorn.Config(
            create_app(Board(station)),
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            ws="none",
            timeout_graceful_shutdown=GOODBYE_S,
        )
        self._server = uvicorn.Server(settings)

    def serve(self, listener: socket.socket) -> None:
        """Until `stop`. Whatever ends it earlier is told and kept; the station does not end with it."""
        try:
            with _errors_told(self._tell):
                self._server.run(sockets=[listener])
        except BaseException as error:
            self.failure = error
        if self.failure is None and not self._stopped.is_set():
            self.failure = RuntimeError("uvicorn ended by itself")
        if self.failure is not None:
            self._tell(f"LỖI: trang theo dõi đã dừng ({self.failure!r}); đài vẫn phát theo lịch.")

    def stop(self) -> None:
        self._stopped.set()
        self._server.should_exit = True


@contextmanager
def _errors_told(tell: Callable[[str], None]) -> Iterator[None]:
    """What the server logs goes to `tell` if it is an error, and nowhere otherwise."""
    handler = _Telling(tell)
    logger = logging.getLogger(LOGGER)
    propagated, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagated


class _Telling(logging.Handler):
    """Errors as one line each."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__(logging.ERROR)
        self._say = tell

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        self._say(f"LỖI ở trang theo dõi: {record.getMessage().strip() if error is None else repr(error)}")
