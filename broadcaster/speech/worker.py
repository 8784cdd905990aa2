"""A process that answers framed requests; started when first needed, replaced when it dies or hangs."""

from __future__ import annotations

import marshal
import struct
import subprocess
import threading
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any


class WorkerLost(Exception):
    """The worker died, or said nothing within its patience, before its answer was whole."""

    def __init__(self, *, hung: bool) -> None:
        super().__init__("hung" if hung else "died")
        self.hung = hung


class Worker:
    """One request at a time, whichever threads ask; frames as espeak_worker.py describes them."""

    def __init__(self, command: Sequence[str], *, folder: Path) -> None:
        self._command = tuple(command)
        self._folder = folder
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._end: weakref.finalize[Any, Any] | None = None

    @property
    def pid(self) -> int | None:
        """Of the running process, for measuring; None where none runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def ask(self, request: Mapping[str, Any], *, patience_s: float) -> tuple[dict[str, Any], bytes]:
        """The answer's header and its payload. Raises `WorkerLost`; the next request meets a new process."""
        with self._lock:
            hung = threading.Event()
            try:
                process = self._running()
                with _watched(process, patience_s, hung):
                    return _exchange(process, marshal.dumps(dict(request)))
            except (OSError, EOFError) as error:
                self._stop()
                raise WorkerLost(hung=hung.is_set()) from error

    def close(self) -> None:
        """Ends the process; another request starts a new one."""
        with self._lock:
            self._stop()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._stop()
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and file
                self._command,
                cwd=self._folder,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                process_group=0,  # Ctrl-C is the station's to handle
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
            self._end = weakref.finalize(self, _put_away, self._process)
        return self._process

    def _stop(self) -> None:
        if self._end is not None:
            self._end()
        self._process = self._end = None


def _exchange(process: subprocess.Popen[bytes], request: bytes) -> tuple[dict[str, Any], bytes]:
    if process.stdin is None or process.stdout is None:
        raise EOFError
    process.stdin.write(struct.pack(">I", len(request)) + request)
    process.stdin.flush()
    header = marshal.loads(_frame(process.stdout))  # noqa: S302 - of our own file, run by the same interpreter
    return header, _frame(process.stdout)


def _frame(pipe: IO[bytes]) -> bytes:
    (length,) = struct.unpack(">I", _exactly(pipe, 4))
    return _exactly(pipe, length)


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    data = pipe.read(length)
    if len(data) < length:
        raise EOFError
    return data


@contextmanager
def _watched(process: subprocess.Popen[bytes], patience_s: float, hung: threading.Event) -> Iterator[None]:
    """Kills a process that outlasts the patience: its pipes close, and whoever reads them goes on."""

    def give_up() -> None:
        hung.set()
        process.kill()

    watch = threading.Timer(patience_s, give_up)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def _put_away(process: subprocess.Popen[bytes]) -> None:
    """Kill, reap, and close both pipes, even where the last request still sits in one."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(BrokenPipeError):
                pipe.close()
