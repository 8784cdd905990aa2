"""A word of a flag becomes a line of the office's lexicon, with its own test in the third column."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from broadcaster.audio.atomic import revising
from broadcaster.errors import WrongUsage
from broadcaster.model.speech import SpokenText
from broadcaster.station.house import COMMUNE_LEXICON, LEXICON, house_in
from broadcaster.text.letters import has_vowel
from broadcaster.text.lexicon import EXPECTS, Entry, parse_lexicon
from broadcaster.text.orthography import is_syllable
from broadcaster.text.reader import read

MOST_LISTED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """The line as it stands in the lexicon; `new` is false where the same line was there before."""

    file: str
    line: int
    written: str
    spoken: str
    sample: str
    expected: str
    new: bool


def commune_named(folder: Path, wanted: str) -> str:
    """The commune's key. Raises `WrongUsage` with the nearest name where the station has no such commune."""
    own_files = [file.name.split(".")[1] for file in folder.glob(COMMUNE_LEXICON.format("*"))]
    if wanted in own_files:
        return wanted
    names = {key: key for key in own_files}
    if (folder / "schedule.yaml").is_file():
        from broadcaster.config.load import load_schedule

        for key, commune in load_schedule(folder / "schedule.yaml").communes.items():
            names |= {key: key, commune.name: key}
    if wanted in names:
        return names[wanted]
    raise _no_such_commune(wanted, names)


def _no_such_commune(wanted: str, known: Mapping[str, str]) -> WrongUsage:
    from broadcaster.config.names import nearest

    meant = nearest(wanted, known.keys())
    if meant:
        remedy = f"Có phải ý bạn là “{known[meant]}”?"
    elif known:
        remedy = f"Các xã trong lịch: {', '.join(sorted(set(known.values()))[:MOST_LISTED])}"
    else:
        remedy = "Chưa có xã nào; ghi các xã vào schedule.yaml trước."
    return WrongUsage(f"Lịch không có xã “{wanted}”.", remedy=remedy)


def learn(folder: Path, written: str, spoken: str, *, commune: str | None = None, sample: str | None = None) -> Learned:
    """Append a word and its reading to lexicon.tsv, or to the commune's own additions, whole or not at all.

    `sample` is a sentence with the word; what the house then reads is kept beside it as a test. Raises `WrongUsage`
    where the line would be faulty or the word has another reading, `WorkspaceFault` where the file is broken.
    """
    key = commune_named(folder, commune) if commune else None
    file = folder / (COMMUNE_LEXICON.format(key) if key else LEXICON)
    house = house_in(folder, key)
    written, spoken, sample = _plain(written), _plain(spoken), _plain(sample or written)
    before = file.read_text(encoding="utf-8-sig") if file.is_file() else ""
    entries, _ = parse_lexicon(before, file=file.name)
    known = entries.entries.get(written)
    if known is not None and known.spoken != spoken:
        raise _known_otherwise(known)
    addition, faults = parse_lexicon(f"{written}\t{spoken}", file=file.name)
    if faults:
        raise WrongUsage(faults[0].message, remedy=faults[0].remedy)
    _check_sense(written, spoken)
    said = read(sample, style=house.style, lexicon=house.lexicon.joined(addition))
    if not _uses(said, addition.entries[written]):
        raise WrongUsage(f"Mẫu «{sample}» không có chữ «{written}».", remedy="Sau --sample ghi một câu có chữ ấy.")
    line = int(known.place.rpartition(":")[2]) if known else len(before.splitlines()) + 1
    if known is None:
        _append(file, f"{written}\t{spoken}\t{sample} {EXPECTS} {said.text}")
    return Learned(
        file=file.name,
        line=line,
        written=written,
        spoken=spoken,
        sample=sample,
        expected=said.text,
        new=known is None,
    )


def _check_sense(written: str, spoken: str) -> None:
    """Raises `WrongUsage` for a line that would spoil other texts, or that no voice could say."""
    silent = [word for word in spoken.split() if not has_vowel(word)]
    if silent:
        remedy = "Ghi từng tiếng như đọc thành lời, ví dụ «hội nghị»."
        raise WrongUsage(f"Lời đọc «{silent[0]}» không có nguyên âm, không giọng nào đọc được.", remedy=remedy)
    if not any(map(str.isalnum, written)):
        raise WrongUsage(f"«{written}» không có chữ nào.", remedy="Ghi chữ hoặc cụm chữ cần dạy.")
    if is_syllable(written) and written != spoken:
        remedy = "Ghi cả cụm có chữ ấy, hoặc viết hoa nếu là tên riêng."
        raise WrongUsage(f"«{written}» là tiếng thường gặp; dạy cách đọc khác thì mọi bài đều đổi.", remedy=remedy)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _uses(said: SpokenText, entry: Entry) -> bool:
    return any(span.rule.startswith("từ vựng") and span.spoken == entry.spoken for span in said.spans)


def _known_otherwise(entry: Entry) -> WrongUsage:
    return WrongUsage(
        f"«{entry.written}» đã có trong từ vựng ({entry.place}), đọc là «{entry.spoken}».",
        remedy="Mở tệp ấy, sửa dòng đã có; hoặc ghi một cụm dài hơn, cụm dài được dùng trước.",
    )


def _append(file: Path, line: str) -> None:
    """The bytes before stay as they are, and so does the way in which their lines end."""
    before = file.read_bytes() if file.is_file() else b""
    ending = b"\r\n" if b"\r\n" in before else b"\n"
    joint = b"" if not before or before.endswith(b"\n") else ending
    with revising(file) as draft:
        draft.write_bytes(before + joint + line.encode("utf-8") + ending)
