"""schedule.yaml while the station runs: an edit takes effect once the file rests and has no fault, else never.

Looked at every second by its date, size and content: no library for watching files (watchfiles, watchdog) tells when
an editor has done writing, and on network drives they poll, too.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from broadcaster.config.load import load_schedule
from broadcaster.errors import WorkspaceFault
from broadcaster.station.last_schedule import keep
from broadcaster.station.station import Station

ABOUT = "lich"
RACY_LOOKS = 5
"""So many looks after a change the content is compared, too: two edits may bear one date (2 s apart on FAT)."""
FRESH_S = 60.0
"""Reading a schedule and opening a station takes less."""


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What tells that a file was touched, without reading it."""

    mtime_ns: int
    size: int
    inode: int


class Reload:
    """Watches one station's schedule. One thread looks."""

    def __init__(self, station: Station) -> None:
        self.station = station
        self._file = station.workspace.schedule_file
        self._resting = _stamp(self._file)
        self._racy = RACY_LOOKS
        self._in_force = None if station.refused or self._is_fresh() else _digest(self._file)
        self._judged = self._in_force
        """Of the content that is in force, or that was refused."""

    def look(self) -> bool:
        """Whether a new schedule is in force since the last look. A fault is posted as a notice and changes nothing."""
        stamp = _stamp(self._file)
        if stamp != self._resting:
            # somebody may still be writing: wait until two looks see the same
            self._resting, self._racy = stamp, RACY_LOOKS
            return False
        if not self._racy:
            return False
        self._racy -= 1
        digest = _digest(self._file)
        if digest == self._judged or _stamp(self._file) != stamp:
            return False
        self._judged = digest
        return self._taken(digest)

    def _is_fresh(self) -> bool:
        """Whether it may have changed since the station read it, a moment ago."""
        written = self._resting.mtime_ns / 1e9 if self._resting else 0.0
        return self.station.clock.now().timestamp() - written < FRESH_S

    def _taken(self, digest: str | None) -> bool:
        notices = self.station.notices
        if digest == self._in_force:
            notices.clear(ABOUT, because="schedule.yaml đã trở lại như lịch đang chạy.")
            return False
        try:
            schedule = load_schedule(self._file)
            if _digest(self._file) != digest:
                # changed while it was read: the next look sees it
                self._judged, self._racy = self._in_force, RACY_LOOKS
                return False
            changed = schedule != self.station.schedule
            if changed:
                self.station.take(schedule)
        except WorkspaceFault as error:
            tell_refusal(self.station, error)
            return False
        self._in_force = digest
        self.station.refused = None
        keep(self.station)
        notices.clear(ABOUT, because="schedule.yaml đã hết lỗi.")
        return changed


def tell_refusal(station: Station, error: WorkspaceFault) -> None:
    """The last good plan goes on, and nobody is left in doubt of it."""
    faults = "".join(f"\n  - {fault}" for fault in error.faults)
    station.notices.post(
        ABOUT,
        f"LỊCH VỪA SỬA CÓ LỖI, đài vẫn phát theo lịch cũ. {error.message}{faults}",
        remedy="Sửa schedule.yaml theo các dòng trên rồi lưu lại; đài tự nhận lịch mới. Xem lại: broadcaster check",
        at=station.clock.now(),
    )


def _stamp(file: Path) -> _Stamp | None:
    try:
        stat = file.stat()
    except OSError:
        # between an editor's delete and its rename there is none
        return None
    return _Stamp(stat.st_mtime_ns, stat.st_size, stat.st_ino)


def _digest(file: Path) -> str | None:
    try:
        with file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError:
        return None
