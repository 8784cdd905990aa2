"""Sound on its way into a recording, at the pace of the ear."""

from __future__ import annotations

import threading
from collections import deque
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from broadcaster.clock import Clock
from broadcaster.errors import AudioFault, DiskFull, OutputFault
from broadcaster.playout.pace import Pace, PacedStream, pieces
from broadcaster.playout.recording import Recording


class RecordingStream(PacedStream):
    """Frames go into the file when they have left, so that file and account agree at every moment."""

    def __init__(
        self, recording: Recording, *, workspace: Path, clock: Clock, sample_rate: int, sounding_as: str
    ) -> None:
        self.sounding_as = sounding_as
        self._recording = recording
        self._workspace = workspace
        self._sample_rate = sample_rate
        self._pace = Pace(clock, sample_rate=sample_rate)
        self._lock = threading.RLock()
        self._ahead: deque[NDArray[np.int16]] = deque()
        self._recorded = 0
        self._closed = False

    def write(self, block: NDArray[np.int16]) -> None:
        for piece in pieces(block, sample_rate=self._sample_rate):
            if not self._pace.wait_for_room(len(piece)):
                return
            with self._lock:
                self._pace.take(len(piece))
                self._ahead.append(piece.copy())
                try:
                    self._record()
                except (OutputFault, DiskFull):
                    self._close()
                    raise

    @property
    def played_frames(self) -> int:
        return self._recording.frames if self._closed else self._pace.left

    def abort(self) -> str | None:
        return self._close()

    def _close(self) -> str | None:
        """Raises what broke the recording unless `write` has said so already; the account stands either way."""
        with self._lock:
            if not self._closed:
                said = self._recording.failed
                self._pace.close()
                try:
                    if said is None:
                        self._record()
                finally:
                    self._recording.close()
                    self._closed = True
                if self._recording.failed is not said:
                    self._raise()
            return self._name()

    def _record(self) -> None:
        """Move what has left into the file."""
        due = self._pace.left - self._recorded
        while due > 0:
            piece = self._ahead.popleft()
            if len(piece) > due:
                self._ahead.appendleft(piece[due:])
                piece = piece[:due]
            try:
                self._recording.write(piece)
            except AudioFault as error:
                raise OutputFault(error.message, remedy=error.remedy) from error
            self._recorded += len(piece)
            due -= len(piece)

    def _raise(self) -> None:
        error = self._recording.failed
        if isinstance(error, AudioFault):
            raise OutputFault(error.message, remedy=error.remedy) from error
        if error is not None:
            raise error

    def _name(self) -> str | None:
        path = self._recording.path
        if path is None:
            return None
        inside = path.is_relative_to(self._workspace)
        return (path.relative_to(self._workspace) if inside else path).as_posix()
