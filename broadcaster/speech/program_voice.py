"""One part of a text from a program on this machine: started without a shell, bounded in time and output."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from broadcaster.config.engines import CommandEngineSettings, placeholders_in
from broadcaster.errors import SpeechFault
from broadcaster.speech.filling import filled

LARGEST_SOUND = 64_000_000
"""Bytes: about ten minutes as an uncompressed WAV, several times what the longest part needs."""
_LOOK_S = 0.05
"""Between two looks at how large the program's file has grown."""
_QUOTED = 200


def sound_of(settings: CommandEngineSettings, words: Mapping[str, str], *, home: Path) -> bytes:
    """What the program made of `words`, a sound file. `home` is where relative paths begin. Raises `SpeechFault`."""
    with TemporaryDirectory(prefix="broadcaster-") as folder:
        out = Path(folder) / f"ra{settings.ending}"
        text_file = Path(folder) / "loi.txt"
        text_file.write_text(words["text"], encoding="utf-8")
        # a text that begins with a hyphen must not become an option
        places = {"text": words["text"].lstrip("- "), "text_file": str(text_file), "out": str(out)}
        command = [filled(argument, {**words, **places}) for argument in settings.command]
        used = placeholders_in(settings.command)
        spoken_to = b"" if used & {"text", "text_file"} else words["text"].encode()
        heard = _Run([program_of(settings, home), *command[1:]], settings, home, out).result(spoken_to)
        if "out" not in used:
            return heard
        return out.read_bytes() if out.is_file() else b""


def program_of(settings: CommandEngineSettings, home: Path) -> str:
    """The program's path where one is written, from the station's folder on; else its name."""
    name = settings.command[0]
    return str(home / name) if os.sep in name else name


class _Run:
    """One run of the program; its whole process group ends with it."""

    def __init__(self, command: list[str], settings: CommandEngineSettings, home: Path, out: Path) -> None:
        self._command = command
        self._settings = settings
        self._home = home
        self._out = out
        self._heard = bytearray()
        self._complaints = bytearray()
        self._overflow = threading.Event()

    def result(self, words: bytes) -> bytes:
        """What it wrote to standard output. Raises `SpeechFault` where it failed, hung, or wrote without end."""
        with self._started() as process:
            threads = [
                threading.Thread(target=self._listen, args=(process.stdout, self._heard, LARGEST_SOUND), daemon=True),
                threading.Thread(target=self._listen, args=(process.stderr, self._complaints, 100_000), daemon=True),
                threading.Thread(target=_say, args=(process.stdin, words), daemon=True),
            ]
            for thread in threads:
                thread.start()
            try:
                self._wait(process)
            finally:
                _end(process)
                for thread in threads:  # before the pipes are closed under them
                    thread.join()
        if process.returncode != 0:
            raise SpeechFault(
                f"{self._settings.label} dừng với mã lỗi {process.returncode}.{self._last_words()}",
                remedy=f"Chạy thử {self._command[0]} bằng tay, rồi sửa mục {self._settings.name} ở may_doc.",
            )
        return bytes(self._heard)

    def _started(self) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(  # noqa: S603 - the office's own program, words never reach a shell
                self._command,
                cwd=self._home,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            raise SpeechFault(
                f"Không chạy được {self._command[0]}: {getattr(error, 'strerror', None) or error}.",
                remedy=f"Cài chương trình ấy, hoặc sửa chay ở mục {self._settings.name} trong may_doc.",
            ) from error

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        patience_s = self._settings.patience.total_seconds()
        for _ in range(round(patience_s / _LOOK_S)):
            with suppress(subprocess.TimeoutExpired):
                process.wait(_LOOK_S)
                return
            if self._overflow.is_set() or (self._out.exists() and self._out.stat().st_size > LARGEST_SOUND):
                raise SpeechFault(
                    f"{self._settings.label} ghi ra quá nhiều, không phải giọng đọc.",
                    remedy=f"Kiểm tra chay ở mục {self._settings.name} trong may_doc.",
                )
        raise SpeechFault(
            f"{self._settings.label} không đọc xong sau {patience_s:.0f} giây, đã bị dừng.",
            remedy=f"Tăng cho ở mục {self._settings.name} trong may_doc, hoặc dùng giọng khác.",
        )

    def _listen(self, pipe: IO[bytes], kept: bytearray, most: int) -> None:
        """Reads to the end, keeping at most `most`; a pipe that nobody reads would stop the program."""
        while block := pipe.read1(65_536):  # type: ignore[attr-defined]
            if len(kept) + len(block) <= most:
                kept += block
            elif kept is self._heard:
                self._overflow.set()

    def _last_words(self) -> str:
        text = self._complaints.decode("utf-8", errors="replace").strip()
        line = "".join(char if char.isprintable() else " " for char in text.rpartition("\n")[2]).strip()
        return f" Nó nói: {line[:_QUOTED]}" if line else ""


def _say(pipe: IO[bytes], words: bytes) -> None:
    """A program that takes no words closes its ears; how it ended says whether that was right."""
    with suppress(BrokenPipeError), pipe:
        pipe.write(words)


def _end(process: subprocess.Popen[bytes]) -> None:
    """The program and whatever it started."""
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
