"""What this machine can do for a station, and the command that mends what it cannot."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from broadcaster.audio.ffmpeg import executable
from broadcaster.clock import Clock, SystemClock
from broadcaster.config.load import load_schedule
from broadcaster.errors import BroadcasterError, Fault
from broadcaster.playout.sound_devices import find_devices
from broadcaster.speech.registry import voice_of
from broadcaster.station.inspect import told
from broadcaster.station.prove import verify_log
from broadcaster.station.station import open_station
from broadcaster.station.voices import engines_in
from broadcaster.station.workspace import Workspace
from broadcaster.text.reader import read

ROOM_NEEDED_MB = 500
"""About a week of rendered programmes of one commune."""


class Area(StrEnum):
    """What an ailment keeps from working; decides the exit code."""

    MACHINE = "machine"
    SPEECH = "speech"
    OUTPUT = "output"
    WORKSPACE = "workspace"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at: what it is, how it is, and what is wrong with it."""

    what: str
    state: str
    area: Area = Area.MACHINE
    faults: tuple[Fault, ...] = ()
    needed: bool = True
    """Without it a station cannot do its work."""


def examine(folder: Path, *, clock: Clock | None = None) -> list[Finding]:
    """Look at this machine, and at the workspace in `folder` if there is one. Changes nothing there."""
    looks: list[Callable[[], Iterator[Finding]]] = [
        _machine,
        _ffmpeg,
        lambda: _speech(folder),
        _sound_cards,
        lambda: _room(folder),
    ]
    if Workspace(folder).schedule_file.is_file():
        looks.append(lambda: _workspace(folder, clock or SystemClock()))
    return [finding for look in looks for finding in look()]


def _machine() -> Iterator[Finding]:
    state = f"{platform.python_version()} trên {platform.system()} {platform.machine()}"
    old = sys.version_info < (3, 11)
    remedy = Fault(message="cần Python 3.11 trở lên.", remedy="Cài Python mới hơn rồi chạy lại: make run")
    yield Finding(what="Python", state=state, faults=(remedy,) if old else ())


def _ffmpeg() -> Iterator[Finding]:
    try:
        yield Finding(what="ffmpeg (đi kèm)", state=Path(executable()).name)
    except BroadcasterError as error:
        yield Finding(what="ffmpeg (đi kèm)", state="không chạy được", faults=told(error))


def _speech(folder: Path) -> Iterator[Finding]:
    """Each engine is asked what it lacks; the default one has to say something."""
    try:
        load_schedule(Workspace(folder).schedule_file)
        readable = True
    except BroadcasterError:
        readable = False  # said where the workspace is looked at
    with engines_in(folder, connected=readable) as found:
        default = voice_of(None, found)
        for engine in found.values():
            faults = tuple(engine.check())
            needed = engine.name == default.engine
            count = len(engine.voices())
            state = "chưa dùng được" if faults else f"sẵn sàng, {count} giọng" if count else "chưa có giọng nào"
            if needed and not faults:
                try:
                    clip = engine.speak(read("Xin chào bà con.").phrases, default)
                    state = f"đọc thử được, {clip.length_s:.1f} giây, giọng {default.name}"
                except BroadcasterError as error:
                    faults = told(error)
            what = f"Bộ đọc {engine.name} {engine.version}"
            yield Finding(what=what, state=state, area=Area.SPEECH, faults=faults, needed=needed)


def _sound_cards() -> Iterator[Finding]:
    devices = find_devices()
    names = ", ".join(device.name for device in devices)
    fault = Fault(
        message="máy này không có thiết bị âm thanh.",
        remedy="Cắm loa hoặc card âm thanh rồi chạy lại; nếu chỉ ghi ra tệp, đặt 'kieu: auto' hoặc 'kieu: file'.",
    )
    # a station may well record to files only: its own outputs are looked at with the workspace
    yield Finding(
        what="Thiết bị âm thanh",
        state=names or "không có",
        area=Area.OUTPUT,
        faults=() if devices else (fault,),
        needed=False,
    )


def _room(folder: Path) -> Iterator[Finding]:
    there = next(parent for parent in (folder, *folder.parents) if parent.exists())
    free_mb = shutil.disk_usage(there).free // 1_000_000
    fault = Fault(
        message=f"chỉ còn {free_mb} MB trống.", remedy="Xóa bớt tệp cũ trong audio_out, hoặc dùng ổ đĩa lớn hơn."
    )
    yield Finding(
        what="Chỗ trống trên đĩa",
        state=f"{free_mb:,} MB".replace(",", "."),
        faults=(fault,) if free_mb < ROOM_NEEDED_MB else (),
    )


def _workspace(folder: Path, clock: Clock) -> Iterator[Finding]:
    try:
        with open_station(folder, clock=clock, readonly=True) as station:
            count = len(station.schedule.communes)
            yield Finding(what="schedule.yaml", state=f"đọc được, {count} xã", area=Area.WORKSPACE)
            for name, output in station.outputs.items():
                faults = tuple(output.check())
                state = "chưa phát được" if faults else output.sounds_as()
                yield Finding(what=f"Đầu ra {name}", state=state, area=Area.OUTPUT, faults=faults)
            if station.workspace.database.exists() or station.workspace.checkpoints.exists():
                verdict = verify_log(station)
                fault = Fault(
                    message=verdict.why or "", remedy="Sao chép thư mục đài ra nơi khác và báo cơ quan quản lý."
                )
                state = f"{verdict.rows} dòng, {'nguyên vẹn' if verdict.ok else 'KHÔNG nguyên vẹn'}"
                faults = () if verdict.ok else (fault,)
                yield Finding(what="Nhật ký", state=state, area=Area.WORKSPACE, faults=faults)
    except BroadcasterError as error:
        yield Finding(what="Thư mục đài", state="có lỗi", area=Area.WORKSPACE, faults=told(error))
