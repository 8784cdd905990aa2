"""What stands in a script's way because a word is doubted: how it is said, settled by ear, or how it is spelled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from broadcaster.config.names import fold
from broadcaster.errors import Fault
from broadcaster.model.script import Script
from broadcaster.model.speech import Flag


def open_flags(script: Script, flags: Sequence[Flag], *, heard: bool, accepted: Sequence[str]) -> list[Fault]:
    """What is still open, and every acceptance of words that nobody doubted: most likely a typing error."""
    named = {fold(words) for words in accepted}
    unnamed = [flag for flag in flags if not _names(flag) & named]
    misspelled = [flag for flag in unnamed if flag.spelling]
    unread = [flag for flag in unnamed if not flag.spelling and not heard]
    doubted = {name for flag in flags for name in _names(flag)}
    faults = [_misspelled(script, misspelled)] if misspelled else []
    faults += [_unheard(script, unread)] if unread else []
    return faults + [_not_doubted(words) for words in accepted if fold(words) not in doubted]


def _names(flag: Flag) -> set[str]:
    """What an approver may call it: as it is written, or as it was shown to him, which is shorter for 5,000 letters."""
    return {fold(flag.written), fold(flag.shown)}


def _asked(words: Mapping[str, tuple[str, ...]]) -> str:
    """Each doubted word once, with what was probably meant."""
    return ", ".join(
        f"“{written}”" + (f" (có phải {' hay '.join(f'“{one}”' for one in meant)}?)" if meant else "")
        for written, meant in words.items()
    )


def _misspelled(script: Script, flags: Sequence[Flag]) -> Fault:
    words = {flag.shown: flag.suggestions[:1] for flag in flags}
    again = " ".join(f'--accept "{written}"' for written in words)
    whole = [flag.shown for flag in flags if fold(flag.shown) == fold(flag.written)]
    learn = f'ghi vào lexicon.tsv (broadcaster scripts learn "{whole[0]}" "lời đọc"), hoặc ' if whole else ""
    remedy = (
        f"Sửa trong bài rồi trình lại. Chữ đúng là như vậy thì {learn}"
        f"chấp nhận đích danh: broadcaster scripts approve {script.path} {again} …"
    )
    return Fault(message=f"còn {len(flags)} chỗ ngờ viết sai: {_asked(words)}.", remedy=remedy)


def _unheard(script: Script, flags: Sequence[Flag]) -> Fault:
    words = {flag.shown: flag.suggestions for flag in flags}
    again = f"broadcaster scripts approve {script.path}"
    ways = (
        "Viết rõ các chỗ đó trong bài rồi trình lại",
        *(f"ghi vào lexicon.tsv: {_lesson(flag)}" for flag in [flag for flag in flags if flag.teachable][:1]),
        f'chấp nhận đích danh: {again} --accept "{next(iter(words))}" …',
        f"nghe thử rồi xác nhận đã nghe: {again} --heard …",
    )
    message = f"còn {len(flags)} chỗ máy chưa chắc cách đọc: {_asked(words)}."
    return Fault(message=message, remedy="; hoặc ".join(ways))


def _lesson(flag: Flag) -> str:
    return f'broadcaster scripts learn "{flag.written}" "{(*flag.suggestions, "lời đọc")[0]}"'


def _not_doubted(words: str) -> Fault:
    remedy = "Chép đúng chữ mà lệnh scripts show in ra, hoặc bỏ --accept này."
    return Fault(message=f"không có chỗ nào ngờ là “{words}” để chấp nhận.", remedy=remedy)


def note_of(flags: Sequence[Flag], note: str | None, *, accepted: Sequence[str]) -> str | None:
    """What the approver took upon himself, word by word, then his own remark."""
    named = {fold(words) for words in accepted}
    by_name = [flag for flag in flags if _names(flag) & named]
    by_ear = [flag for flag in flags if not _names(flag) & named]
    said = [
        f"Đã nghe thử; {len(by_ear)} chỗ máy chưa chắc cách đọc: {_written(by_ear)}." if by_ear else "",
        f"Chấp nhận đúng như viết: {_written(by_name)}." if by_name else "",
        (note or "").strip(),
    ]
    return " ".join(filter(None, said)) or None


def _written(flags: Sequence[Flag]) -> str:
    return ", ".join(f"“{written}”" for written in dict.fromkeys(flag.shown for flag in flags))
