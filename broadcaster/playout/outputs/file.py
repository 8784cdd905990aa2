"""`kieu: file`: plays into .mp3 files at the pace of the ear, for stations without loudspeakers and for evidence.

`thu_muc` is the folder, inside the workspace unless it is absolute.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from broadcaster.errors import AudioFault, BroadcasterError, DiskFull, Fault, OutputFault, WorkspaceFault

if TYPE_CHECKING:
    from broadcaster.clock import Clock
    from broadcaster.config.stations import OutputSettings
    from broadcaster.playout.recording_stream import RecordingStream

kind = "file"
DEFAULT_FOLDER = "audio_out/da-phat"
_LEAST_ROOM_BYTES = 20_000_000
"""About half an hour of recording."""


class FileOutput:
    """Each programme becomes one file, named by its label."""

    def __init__(self, name: str, folder: Path, *, workspace: Path, clock: Clock) -> None:
        self.name = name
        self.occupies: str | None = None
        self.workspace = workspace
        self._folder = folder
        self._clock = clock

    def check(self) -> Sequence[Fault]:
        standing = next(folder for folder in (self._folder, *self._folder.parents) if folder.exists())
        if not standing.is_dir() or not os.access(standing, os.W_OK | os.X_OK):
            return [_fault(_no_folder(self._folder, "không ghi được vào đây"))]
        if shutil.disk_usage(standing).free < _LEAST_ROOM_BYTES:
            return [_fault(_no_room(self._folder))]
        return []

    def sounds_as(self) -> str:
        return f"{self.name} (file)"

    def open(self, *, label: str, sample_rate: int) -> RecordingStream:
        return self.open_as(label=label, sample_rate=sample_rate, sounding_as=self.sounds_as())

    def open_as(self, *, label: str, sample_rate: int, sounding_as: str) -> RecordingStream:
        """As `open`, under another description: `auto` says why it is a file that sounds."""
        from broadcaster.playout.recording import Recording
        from broadcaster.playout.recording_stream import RecordingStream

        try:
            recording = Recording(self._folder, label=label, sample_rate=sample_rate)
        except OSError as error:
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            raise (
                _no_room(self._folder) if full else _no_folder(self._folder, error.strerror or str(error))
            ) from error
        except AudioFault as error:
            raise OutputFault(error.message, remedy=error.remedy) from error
        return RecordingStream(
            recording, workspace=self.workspace, clock=self._clock, sample_rate=sample_rate, sounding_as=sounding_as
        )


def folder_of(name: str, written: str, *, workspace: Path) -> Path:
    """The folder that `thu_muc` means. Raises `WorkspaceFault` where it leads out of the workspace."""
    folder = Path(written)
    if folder.is_absolute():
        return folder
    inside = Path(os.path.normpath(workspace / folder))
    if not inside.is_relative_to(os.path.normpath(workspace)):
        fault = Fault(
            message=f"Đầu ra '{name}': thu_muc '{written}' nằm ngoài thư mục làm việc.",
            remedy="Viết đường dẫn bên trong thư mục làm việc (ví dụ audio_out/da-phat), hoặc đường dẫn đầy đủ.",
            file="schedule.yaml",
        )
        raise WorkspaceFault(fault.message, remedy=fault.remedy, faults=[fault])
    return inside


def output(settings: OutputSettings, *, workspace: Path, clock: Clock) -> FileOutput:
    """Raises `WorkspaceFault` for unknown options and a folder outside the workspace."""
    from broadcaster.playout.options import text_options

    options = text_options(settings, known=["thu_muc"])
    return file_output(settings.name, options.get("thu_muc", DEFAULT_FOLDER), workspace=workspace, clock=clock)


def file_output(name: str, folder: str, *, workspace: Path, clock: Clock) -> FileOutput:
    """Raises `WorkspaceFault` where the folder leads out of the workspace."""
    workspace = Path(os.path.normpath(workspace.absolute()))
    return FileOutput(name, folder_of(name, folder, workspace=workspace), workspace=workspace, clock=clock)


def _no_folder(folder: Path, why: str) -> OutputFault:
    return OutputFault(
        f"Không ghi được bản phát vào {folder}: {why}.", remedy="Kiểm tra quyền ghi của thư mục, hoặc sửa thu_muc."
    )


def _no_room(folder: Path) -> DiskFull:
    return DiskFull(f"Đĩa sắp hết chỗ cho bản phát trong {folder}.", remedy="Xóa bớt tệp cũ để có ít nhất 20 MB trống.")


def _fault(error: BroadcasterError) -> Fault:
    return Fault(message=error.message, remedy=error.remedy)
