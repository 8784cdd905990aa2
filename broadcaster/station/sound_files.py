"""Recordings and jingles as they lie on the disk: each listened to once, and the last good one remembered."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from broadcaster.audio.atomic import replacing
from broadcaster.audio.examine import examine
from broadcaster.audio.recording import Recording
from broadcaster.audio.recording_faults import Verdict
from broadcaster.errors import AudioFault, Fault
from broadcaster.station.workspace import Workspace

Judge = Callable[[Recording], Verdict]
REVISION = 3
"""Goes up when listening finds something else in the same file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What was found in a file when it had this size and time."""

    size: int
    mtime_ns: int
    sha256: str
    heard: Recording | None
    refused: tuple[str, str] | None
    """Message and remedy where it was no sound at all."""
    good: str | None = None
    """SHA-256 of the last file of this name that nothing was wrong with."""


_BOOK = TypeAdapter(dict[str, _Known])


class SoundFiles:
    """What each file holds, kept in `du-lieu/`, so that an hour's recording is not listened to at every command.

    A file that turns bad after it was good does not take what was made of the good one with it: `standing` still
    names that one, and programmes are found by it.
    """

    def __init__(self, workspace: Workspace, *, readonly: bool = False) -> None:
        self._workspace = workspace
        self._readonly = readonly
        self._book_file = workspace.data / "am-thanh.json"
        self._book: dict[str, _Known] | None = None
        self._alone = threading.RLock()

    def heard(self, file: Path) -> Recording:
        """What is in the file as it is now. Raises `AudioFault` where it is missing or no sound."""
        known = self._known(file)
        if known.heard is None:
            message, remedy = known.refused or ("", "")
            raise AudioFault(message, remedy=remedy)
        return known.heard

    def sha256(self, file: Path) -> str:
        """Of the file's bytes as they are now. Raises `AudioFault` where it is missing."""
        return self._known(file).sha256

    def verdict(self, file: Path, judge: Judge) -> Verdict:
        """What is wrong with the file as it is now; one that is no sound at all is a fault like others."""
        try:
            verdict = judge(self.heard(file))
        except AudioFault as error:
            fault = Fault(message=error.message, remedy=error.remedy, file=self._workspace.relative(file))
            return Verdict(faults=(fault,))
        if not verdict.faults:
            self._remember_good(file)
        return verdict

    def standing(self, file: Path, judge: Judge) -> str | None:
        """SHA-256 of the file, or while it is bad or missing of the last good one; None where there never was one."""
        verdict = self.verdict(file, judge)
        with self._alone:
            known = self._pages().get(self._workspace.relative(file))
        if known is None:
            return None
        return known.good if verdict.faults else known.sha256

    def _known(self, file: Path) -> _Known:
        name = self._workspace.relative(file)
        try:
            status = file.stat()
        except OSError as error:
            raise AudioFault(
                f"Không có tệp âm thanh {name}.", remedy="Chép tệp vào đúng chỗ, hoặc sửa lại tên."
            ) from error
        with self._alone:
            known = self._pages().get(name)
            if known is None or (known.size, known.mtime_ns) != (status.st_size, status.st_mtime_ns):
                found = _listened(file, name, size=status.st_size, mtime_ns=status.st_mtime_ns)
                known = replace(found, good=known.good if known else None)
                self._write(name, known)
            return known

    def _remember_good(self, file: Path) -> None:
        name = self._workspace.relative(file)
        with self._alone:
            known = self._pages()[name]
            if known.good != known.sha256:
                self._write(name, replace(known, good=known.sha256))

    def _pages(self) -> dict[str, _Known]:
        if self._book is None:
            self._book = self._read()
        return self._book

    def _read(self) -> dict[str, _Known]:
        """Nothing where there is no book yet, or none that can be used: then everything is listened to anew."""
        try:
            written = json.loads(self._book_file.read_text(encoding="utf-8"))
            return _BOOK.validate_python(written["files"]) if written["revision"] == REVISION else {}
        except (FileNotFoundError, UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError, ValidationError):
            return {}

    def _write(self, name: str, known: _Known) -> None:
        """Together with what another process has found in the meantime."""
        self._book = {**self._pages(), **self._read(), name: known}
        if self._readonly:
            return
        written = {"revision": REVISION, "files": {name: asdict(each) for name, each in sorted(self._book.items())}}
        with replacing(self._book_file) as draft:
            draft.write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")


def _listened(file: Path, name: str, *, size: int, mtime_ns: int) -> _Known:
    try:
        with file.open("rb") as sound:
            sha256 = hashlib.file_digest(sound, "sha256").hexdigest()
    except OSError as error:
        raise AudioFault(f"Không đọc được {name}: {error.strerror}.", remedy="Kiểm tra quyền đọc của tệp.") from error
    heard, refused = None, None
    try:
        heard = examine(file)
    except AudioFault as error:
        refused = (error.message.replace(str(file), name), error.remedy)
    return _Known(size=size, mtime_ns=mtime_ns, sha256=sha256, heard=heard, refused=refused)
