"""What espeak-ng needs for Vietnamese, in a folder of our own: its path can be short there, and its voices amended."""

from __future__ import annotations

import hashlib
import re
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
_CLEARER = b"\necho 0 0\nbreath 0 8 12 12 12 12 12 8\n"
_DEEPER = b"gender male\npitch 110 180\n"
"""After a voice's own lines: the last word on a matter counts. Chosen by what a recogniser understands (docs)."""
_LONGER_THROAT = 0.94
"""A man's formants beside a woman's; a voice of espeak-ng's own man is understood less."""
_FORMANT = re.compile(rb"^(formant\s+\d+\s+)(\d+)(.*)$", re.MULTILINE)


def prepare(package: Path, folder: Path) -> None:
    """Copies the data, its voices made clearer. Raises `SpeechFault` where a file is missing or there is no room."""
    files = {name: _read(package / DATA / name) for name in _NEEDED}
    if strangers(package) is None:
        woman = files[_WOMAN]
        files |= {_WOMAN: woman + _CLEARER, _MAN: _lowered(woman) + _CLEARER + _DEEPER}
    try:
        for name, content in files.items():
            copy = folder / DATA / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(content)
    except OSError as error:
        raise SpeechFault(
            f"Không chép được dữ liệu của espeak-ng vào {folder}: {error.strerror}.",
            remedy="Kiểm tra chỗ trống và quyền ghi của thư mục tạm.",
        ) from error


def is_whole(folder: Path) -> bool:
    """Whether everything that `prepare` put there still is."""
    return all((folder / DATA / name).is_file() for name in _NEEDED)


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
