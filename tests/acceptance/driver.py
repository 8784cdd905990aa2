"""The real command line in a fresh workspace, and ffmpeg's own measurements of what it made."""

from __future__ import annotations

import json
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import imageio_ffmpeg

from broadcaster.clock import SystemClock

WRITER, APPROVER = "Lê Thị Hòa", "Trần Văn Hùng"
SCHEDULE = """\
phien_ban: 1
mui_gio: Asia/Ho_Chi_Minh
xa:
  hoang-dao:
    ten: Xã Hoằng Đạo
    loa: {{trung-tam: {{ten: Loa trung tâm, dau_ra: tep}}}}
dau_ra:
  tep: {{kieu: file}}
chuong_trinh:
  gon: [chuong, noi_dung]
lich:
{entries}
"""
ENTRY = """\
  - ten: {title}
    bai: {script}
    chuong_trinh: gon
    gio: "{at:%H:%M:%S}"
    ngay: ["{at:%d/%m/%Y}"]
    tre_toi_da: {late}
"""


@dataclass
class Workspace:
    """A station's folder, worked with as its people do: by commands."""

    folder: Path
    running: list[subprocess.Popen[str]] = field(default_factory=list)

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "broadcaster", "--workspace", str(self.folder), *arguments]

    def run(self, *arguments: str, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(self.command(*arguments), input=stdin, capture_output=True, check=False, timeout=300)

    def json(self, *arguments: str) -> Any:
        result = self.run(*arguments, "--json")
        assert result.returncode == 0, result.stderr.decode()
        return json.loads(result.stdout)

    def write(self, script: str, body: str) -> None:
        path = self.folder / "scripts_content" / script
        path.parent.mkdir(parents=True, exist_ok=True)
        head = f"---\ntieu_de: {script}\nloai: tin\ntac_gia: {WRITER}\nvan_ban: 244/CĐSQG-CSS\n---\n"
        path.write_text(head + body + "\n", encoding="utf-8")

    def approve(self, script: str) -> None:
        for step, name in (("submit", WRITER), ("approve", APPROVER)):
            result = self.run("scripts", step, script, "--by", name)
            assert result.returncode == 0, result.stderr.decode()

    def schedule(self, *entries: tuple[str, datetime], late: str = "2 phút") -> None:
        """Airings of scripts at these instants."""
        lines = [ENTRY.format(title=f"Mục {script}", script=script, at=at, late=late) for script, at in entries]
        (self.folder / "schedule.yaml").write_text(SCHEDULE.format(entries="".join(lines)), encoding="utf-8")

    def start(self) -> subprocess.Popen[str]:
        """`broadcaster run` in the background, its messages in du-lieu/… of its own file."""
        process = subprocess.Popen(self.command("run"), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.running.append(process)
        return process

    def log(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.json("log")
        return rows

    def on_the_air(self) -> int:
        """Airings that the ledger says are sounding."""
        return self._count("SELECT count(*) FROM intents WHERE played_frames > 0")

    def intended(self) -> int:
        """Airings that wait in the ledger."""
        return self._count("SELECT count(*) FROM intents")

    def _count(self, query: str) -> int:
        database = self.folder / "du-lieu" / "dai.sqlite3"
        if not database.exists():
            return 0
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            try:
                return int(connection.execute(query).fetchone()[0])
            except sqlite3.OperationalError:
                return 0


@contextmanager
def station_in(folder: Path) -> Iterator[Workspace]:
    """A fresh workspace made by `init`; whatever still runs in it is killed afterwards."""
    fresh = Workspace(folder)
    result = fresh.run("init")
    assert result.returncode == 0, result.stderr.decode()
    try:
        yield fresh
    finally:
        for process in fresh.running:
            if process.poll() is None:
                process.kill()
            process.communicate()


def in_seconds(seconds: float) -> datetime:
    """A whole second at least so far ahead."""
    return (SystemClock().now() + timedelta(seconds=seconds + 1)).replace(microsecond=0)


def wait_for(condition: Callable[[], object], *, what: str, limit_s: float = 120.0) -> None:
    """Poll; a machine that never gets there fails the test with `what`."""
    deadline = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.1)


def stop(process: subprocess.Popen[str], *, how: signal.Signals = signal.SIGTERM) -> str:
    """Stop a station and give back what it said."""
    process.send_signal(how)
    return process.communicate(timeout=60)[1]


@dataclass(frozen=True)
class Sound:
    """A file as ffmpeg decodes and measures it."""

    length_s: float
    lufs: float
    true_peak_dbtp: float
    longest_silence_s: float


def measured(path: Path) -> Sound:
    """Decode the whole file with the wheel's ffmpeg; nothing of broadcaster takes part."""
    filters = "silencedetect=noise=-50dB:d=0.3,ebur128=peak=true"
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(),
        "-hide_banner",
        "-nostdin",
        "-i",
        str(path),
        "-af",
        filters,
        "-f",
        "null",
        "-",
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    raw = [
        imageio_ffmpeg.get_ffmpeg_exe(),
        "-v",
        "error",
        "-i",
        str(path),
        "-f",
        "s16le",
        "-ac",
        "1",
        "-ar",
        "44100",
        "-",
    ]
    frames = len(subprocess.run(raw, capture_output=True, check=True).stdout) // 2
    silences = [float(found) for found in re.findall(r"silence_duration: ([\d.]+)", said)]
    return Sound(
        length_s=frames / 44_100,
        lufs=float(re.findall(r"I:\s+(-?[\d.]+) LUFS", said)[-1]),
        true_peak_dbtp=float(re.findall(r"Peak:\s+(-?[\d.]+) dBFS", said)[-1]),
        longest_silence_s=max(silences, default=0.0),
    )
