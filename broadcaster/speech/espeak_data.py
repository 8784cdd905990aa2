"""What espeak-ng needs for Vietnamese, in a folder of our own: its path can be short there, and its voices amended."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from broadcaster.errors import Fault, SpeechFault

DATA = "espeak-ng-data"
"""Relative to the worker's folder: espeak-ng fails on a path of 160 characters, and on Windows on one outside ANSI."""
REINSTALL = "Cài lại bộ đọc: pip install --force-reinstall espeakng-loader"
_WOMAN, _MAN = "voices/!v/f2", "voices/!v/m3"
_ENGLISH = ("en_dict", "lang/gmw/en")
"""Because foreign words switch to it."""
_NEEDED = ("phondata", "phonindex", "phontab", "intonations", "vi_dict", "lang/aav/vi", *_ENGLISH, _WOMAN, _MAN)
"""880 kB of 10 MB."""
_KNOWN = {
    _WOMAN: "62b17f6c8f94add0310db032f5e463c13510c5ff83ef1f21e8894ccbf00b00e3",
    _MAN: "7a4ac872387439814ddd65f5e1ff73017122975911df6b5dc62c5709e6fdb611",
}
"""SHA-256 of the voices as they are in espeak-ng 1.52; what is added was chosen on them."""
_CLEARER = b"\necho 0 0\nbreath 0 8 12 12 0 0 0 0\nclarity 1\n"
_DEEPER = b"gender male\npitch 110 180\n"
"""After a voice's own lines: the last word on a matter counts. Chosen by what a recogniser understands (docs), and of
what it understands alike, by what takes the least CPU."""
_LONGER_THROAT = 0.94
"""A man's formants beside a woman's; a voice of espeak-ng's own man is understood less."""
_FORMANT = re.compile(rb"^(formant\s+\d+\s+)(\d+)(.*)$", re.MULTILINE)


_NAMES = 10
"""Folders that are tried: somebody else may have put one where ours should be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A folder with everything in it, as it was when a worker was started there."""

    folder: Path
    identity: tuple[int, int]
    """Device and inode: a folder that was cleared away and made again is another one for whoever works in it."""

    def is_whole(self) -> bool:
        """Whether everything still is there; a system that clears its temporary folders may have taken it."""
        try:
            state = self.folder.stat()
        except OSError:
            return False
        data = self.folder / DATA
        return (state.st_dev, state.st_ino) == self.identity and all((data / name).is_file() for name in _NEEDED)


def prepared(package: Path) -> Prepared:
    """One folder for all processes of this user, made once for each version of the data and looked through each time.

    Raises `SpeechFault` where a file of the package is missing or there is no room.
    """
    files = _amended(package)
    version = hashlib.sha256(b"".join(files.values())).hexdigest()[:16]
    where = Path(tempfile.gettempdir())
    try:
        folder = _own_folder(where, f"broadcaster-espeak-{_user()}-{version}")
        for name, content in files.items():
            _put(content, folder / DATA / name)
        state = folder.stat()
    except OSError as error:
        raise SpeechFault(
            f"Không chép được dữ liệu của espeak-ng vào {where}: {error.strerror}.",
            remedy="Kiểm tra chỗ trống và quyền ghi của thư mục tạm.",
        ) from error
    return Prepared(folder=folder, identity=(state.st_dev, state.st_ino))


def _amended(package: Path) -> dict[str, bytes]:
    """Every file that is needed, the voices made clearer if they are the known ones."""
    files = {name: _read(package / DATA / name) for name in _NEEDED}
    if strangers(package) is None:
        woman = files[_WOMAN]
        files |= {_WOMAN: woman + _CLEARER, _MAN: _lowered(woman) + _CLEARER + _DEEPER}
    return files


def _own_folder(where: Path, name: str) -> Path:
    """Nobody else can write into it, or plant voices in one that is taken for it."""
    for number in range(_NAMES):
        folder = where / f"{name}-{number}"
        with suppress(FileExistsError):
            folder.mkdir(mode=stat.S_IRWXU)
        if _is_ours_alone(folder.lstat()):
            return folder
    raise FileExistsError(None, "thư mục tạm bị người khác chiếm chỗ")


def _is_ours_alone(state: os.stat_result) -> bool:
    """Windows has a temporary folder for each user, and no such rights."""
    others = stat.S_IRWXG | stat.S_IRWXO
    ours = os.name == "nt" or (state.st_uid == _user() and not state.st_mode & others)
    return ours and stat.S_ISDIR(state.st_mode)


def _user() -> int:
    return os.getuid() if hasattr(os, "getuid") else 0


def _put(content: bytes, copy: Path) -> None:
    """At once or not at all; what is there already is left, for somebody may be reading it."""
    if copy.is_file() and copy.read_bytes() == content:
        return
    copy.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=copy.parent, delete=False) as new:
        new.write(content)
    try:
        Path(new.name).replace(copy)
    except PermissionError:
        Path(new.name).unlink()
        if copy.read_bytes() != content:
            raise


def strangers(package: Path) -> Fault | None:
    """What is wrong with voices of another espeak-ng: they speak as they are, for nobody knows what would help them."""
    changed = [
        name for name, known in _KNOWN.items() if hashlib.sha256(_read(package / DATA / name)).hexdigest() != known
    ]
    if not changed:
        return None
    return Fault(
        message=f"Giọng của espeak-ng thuộc bản khác ({', '.join(changed)}): máy đọc bằng giọng gốc, kém rõ hơn.",
        remedy='Cài đúng bản: pip install --force-reinstall "espeakng-loader>=0.2.4,<0.3"',
    )


def _lowered(voice: bytes) -> bytes:
    """With every formant's frequency (percent of espeak-ng's own) as a longer throat has it."""
    return _FORMANT.sub(lambda line: b"%s%d%s" % (line[1], round(int(line[2]) * _LONGER_THROAT), line[3]), voice)


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise SpeechFault(f"Bộ đọc espeak-ng thiếu tệp {path}.", remedy=REINSTALL)
    return path.read_bytes()
