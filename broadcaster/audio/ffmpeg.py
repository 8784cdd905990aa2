"""Runs the ffmpeg that comes with imageio-ffmpeg: exit codes are checked and no child outlives its caller."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import imageio_ffmpeg  # type: ignore[import-untyped]

from broadcaster.errors import AudioFault, BroadcasterError, DiskFull

_NO_ROOM = os.strerror(errno.ENOSPC)


@cache
def executable() -> str:
    """Path of the ffmpeg to run; `IMAGEIO_FFMPEG_EXE` names another one."""
    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise AudioFault(
            "Không tìm thấy ffmpeg.", remedy="Cài lại gói imageio-ffmpeg: pip install --force-reinstall imageio-ffmpeg"
        ) from error


def disk_full(about: str) -> DiskFull:
    """There was no room for `about` (a file's name)."""
    return DiskFull(f"Hết chỗ trên đĩa khi ghi {about}.", remedy="Xóa bớt tệp cũ để lấy chỗ trống rồi chạy lại lệnh.")


def file_url(path: Path) -> str:
    """A path that ffmpeg takes for a file whatever characters it holds (`-x.wav`, `a:b.wav`)."""
    return f"file:{path}"


class Ffmpeg:
    """One run of ffmpeg with pipes at its ends; leaving the `with` block ends it whatever happened.

    `about` is what messages call its work: a file's name, or a source's.
    """

    def __init__(self, arguments: Sequence[str], *, about: str, feed: bool = False, tap: bool = False) -> None:
        self.about = about
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115
        command = [executable(), "-hide_banner", "-nostdin", "-nostats", *arguments]
        try:
            # a session of its own: a Ctrl-C at the terminal is ours to handle, and stdin is never the terminal
            self._process = subprocess.Popen(  # noqa: S603
                command,
                stdin=subprocess.PIPE if feed else subprocess.DEVNULL,
                stdout=subprocess.PIPE if tap else subprocess.DEVNULL,
                stderr=self._errors,
                start_new_session=True,
            )
        except OSError as error:
            self._errors.close()
            raise AudioFault(f"Không chạy được ffmpeg: {error.strerror}.", remedy="Chạy: broadcaster doctor") from error

    @property
    def feed(self) -> IO[bytes]:
        """Its standard input."""
        assert self._process.stdin is not None  # noqa: S101
        return self._process.stdin

    @property
    def tap(self) -> IO[bytes]:
        """Its standard output."""
        assert self._process.stdout is not None  # noqa: S101
        return self._process.stdout

    def write(self, data: bytes | memoryview) -> None:
        """Hand `data` over; says why when ffmpeg has stopped listening."""
        try:
            self.feed.write(data)
        except (BrokenPipeError, ConnectionResetError) as error:
            self.finish()
            raise AudioFault(f"ffmpeg ngừng giữa chừng khi xử lý {self.about}.") from error

    def exchange(self, data: bytes) -> bytes:
        """Feed it all of `data`, read all that it gives, and check how it ended."""
        result, _ = self._process.communicate(data)
        self.finish()
        return result

    def finish(self) -> str:
        """Wait for its end and give what it said; raises `DiskFull` or `AudioFault` when that was no good end."""
        if self._process.stdin is not None:
            _close_quietly(self._process.stdin)
        status = self._process.wait()
        said = self._said()
        if status != 0:
            raise failure(said, about=self.about)
        return said

    def ended(self, *, within_s: float) -> bool:
        """Whether it has come to its end; waits so long for it."""
        try:
            self._process.wait(within_s)
        except subprocess.TimeoutExpired:
            return False
        return True

    def lower(self, niceness: int) -> None:
        """Whoever plays comes before it; on systems that know no such thing, nothing."""
        if sys.platform != "win32" and self._process.poll() is None:
            # one that has ended meanwhile has no priority any more
            with suppress(ProcessLookupError):
                os.setpriority(os.PRIO_PROCESS, self._process.pid, niceness)

    def stop(self) -> None:
        """End it at once; may be called twice, and from another thread than the one that reads."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()

    def _said(self) -> str:
        self._errors.seek(0)
        return self._errors.read().decode("utf-8", errors="replace")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                _close_quietly(pipe)
        self._errors.close()


def _close_quietly(pipe: IO[bytes]) -> None:
    """Bytes that a dead ffmpeg never took are accounted for by its exit code."""
    try:
        pipe.close()
    except (BrokenPipeError, ConnectionResetError):
        return


def failure(said: str, *, about: str) -> BroadcasterError:
    """What ffmpeg's last words mean for the operator."""
    if _NO_ROOM in said or "No space left on device" in said:
        return disk_full(about)
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    detail = lines[-1] if lines else "ffmpeg không nói lý do"
    return AudioFault(
        f"Không xử lý được âm thanh {about}: {detail}", remedy="Kiểm tra lại tệp, hoặc thay bằng tệp âm thanh khác."
    )


def run(arguments: Sequence[str], *, about: str) -> str:
    """Run to the end without pipes; gives what ffmpeg said."""
    with Ffmpeg(arguments, about=about) as process:
        return process.finish()


def convert(data: bytes, arguments: Sequence[str], *, about: str) -> bytes:
    """Send `data` through ffmpeg (its `pipe:0` to its `pipe:1`) and give what came out."""
    with Ffmpeg(arguments, about=about, feed=True, tap=True) as process:
        return process.exchange(data)
