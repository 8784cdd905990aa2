"""The folder of scripts: what lies there, and new drafts written whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from broadcaster.content.naming import did_you_mean
from broadcaster.content.script import MAX_SCRIPT_BYTES, parse_script, refuse_large
from broadcaster.errors import DiskFull, Fault, WorkspaceFault
from broadcaster.model.script import Script

ENDINGS = (".txt", ".md")
JINGLES = "nhac"
"""The folder of chimes and idents: no scripts there."""


class ScriptLibrary:
    """Scripts under one folder, by their path from it with forward slashes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._parsed: dict[str, tuple[bytes, Script]] = {}

    def paths(self) -> list[str]:
        """All scripts, sorted; jingles, hidden files and READMEs are none."""
        names = (file.relative_to(self.folder) for file in self.folder.rglob("*") if file.is_file())
        return sorted(name.as_posix() for name in names if _is_script(PurePosixPath(name.as_posix())))

    def exists(self, path: str) -> bool:
        """Raises `WorkspaceFault` for a path outside the folder."""
        return self._file(path).is_file()

    def load(self, path: str) -> Script:
        """The script as it is on the disk now. Raises `WorkspaceFault` where it is missing or not usable."""
        file = self._file(path)
        try:
            with file.open("rb") as script:
                refuse_large(path, os.fstat(script.fileno()).st_size)
                data = script.read(MAX_SCRIPT_BYTES + 1)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise self._missing(path) from error
        except OSError as error:
            raise _refused(
                f"không mở được tệp: {error.strerror}.", "Kiểm tra quyền đọc của tệp, hoặc chép lại tệp.", path
            ) from error
        known = self._parsed.get(path)
        if known is None or known[0] != data:
            known = self._parsed[path] = (data, parse_script(path, data))
        return known[1]

    def save(self, path: str, text: str, *, replace: bool = False) -> str:
        """Write a draft, wholly or not at all, and give back its path.

        Raises `WorkspaceFault` where there is one already (without `replace`) or the text is not a usable script.
        """
        file = self._checked(path, text, replace=replace)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(file, text.encode())
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise DiskFull(f"Hết chỗ trên đĩa, chưa lưu bài {path}.", remedy="Xóa bớt tệp rồi lưu lại.") from error
            raise _refused(f"không ghi được tệp: {error.strerror}.", "Kiểm tra quyền ghi của thư mục.", path) from error
        return path

    def save_all(self, texts: Mapping[str, str]) -> list[str]:
        """Write new drafts by their paths, all of them or none. Raises `WorkspaceFault` with all their faults."""
        faults: list[Fault] = []
        for path, text in texts.items():
            try:
                self._checked(path, text, replace=False)
            except WorkspaceFault as error:
                faults += error.faults
        if faults:
            raise WorkspaceFault("Chưa lưu bài nào.", faults=faults)
        saved: list[str] = []
        try:
            for path, text in texts.items():
                saved.append(self.save(path, text))
        except BaseException:
            for path in saved:
                self._file(path).unlink(missing_ok=True)
            raise
        return saved

    def _checked(self, path: str, text: str, *, replace: bool) -> Path:
        """Where the script would be written. Raises `WorkspaceFault` where it must not be."""
        file = self._file(path)
        if file.suffix not in ENDINGS:
            raise _refused("bài phải là tệp .txt hoặc .md.", "Đặt tên tệp có đuôi .txt, ví dụ tin/ten-bai.txt.", path)
        if file.exists() and not replace:
            raise _refused("đã có bài này, không ghi đè.", "Đặt tên khác, hoặc xóa bài cũ trước.", path)
        parse_script(path, text.encode())
        return file

    def _file(self, path: str) -> Path:
        """Where the script lies; whatever would leave the folder is refused, symbolic links too."""
        name = PurePosixPath(path)
        outside = not path or "\\" in path or "\0" in path or ":" in path or name.is_absolute() or ".." in name.parts
        file = self.folder / path if not outside else self.folder
        if outside or not file.resolve().is_relative_to(self.folder.resolve()):
            raise _refused(
                "đường dẫn nằm ngoài scripts_content/.", "Ghi đường dẫn kể từ scripts_content/, với dấu “/”.", path
            )
        return file

    def _missing(self, path: str) -> WorkspaceFault:
        remedy = f"Viết bài này vào scripts_content/{path}, hoặc sửa lại tên.{did_you_mean(path, self.paths())}"
        return _refused("không có bài này.", remedy, path)


def _is_script(name: PurePosixPath) -> bool:
    hidden = any(part.startswith(".") for part in name.parts)
    return not hidden and name.parts[0] != JINGLES and name.suffix in ENDINGS and name.stem.upper() != "README"


def _write_whole(file: Path, data: bytes) -> None:
    """Aside first, then into place: a pulled plug leaves the old text or the new one."""
    handle, aside = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as draft:
            draft.write(data)
            draft.flush()
            os.fsync(draft.fileno())
        Path(aside).chmod(0o644)
        Path(aside).replace(file)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise


def _refused(message: str, remedy: str, path: str) -> WorkspaceFault:
    fault = Fault(message=message, remedy=remedy, file=path)
    return WorkspaceFault(f"Bài {path} chưa dùng được.", faults=(fault,))
