"""What a sound file says about itself: title, station, date and chapters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from broadcaster.model.programme import CueSheet, PartKind

_UTF16 = b"\x01"
_NO_BYTE_OFFSET = b"\xff" * 8
_UNLISTED = {PartKind.BED, PartKind.STINGER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """From where to where (seconds), and what is heard there."""

    title: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """Whatever is empty is not written."""

    title: str = ""
    station: str = ""
    date: date | None = None
    chapters: tuple[Chapter, ...] = ()


def chapters_of(cues: CueSheet) -> tuple[Chapter, ...]:
    """A chapter for each part that a listener would look for, up to where the next one begins."""
    parts = sorted((part for part in cues.parts if part.kind not in _UNLISTED), key=lambda part: part.offset_frames)
    ends = [part.offset_frames for part in parts[1:]] + [cues.length_frames]
    return tuple(
        Chapter(title=part.title, start_s=part.offset_frames / cues.sample_rate, end_s=end / cues.sample_rate)
        for part, end in zip(parts, ends, strict=True)
    )


def id3(tags: Tags) -> bytes:
    """ID3v2.3 with CHAP frames, as old players and phones read it; empty where there is nothing to say."""
    frames = [_text("TIT2", tags.title), _text("TPE1", tags.station), _text("TALB", tags.station)]
    if tags.date is not None:
        frames += [_text("TYER", f"{tags.date:%Y}"), _text("TDAT", f"{tags.date:%d%m}")]
    if tags.chapters:
        names = [f"c{number}".encode() + b"\0" for number in range(1, len(tags.chapters) + 1)]
        ordered_top_level = b"\x03"
        frames.append(
            _frame("CTOC", b"muc-luc\0" + ordered_top_level + bytes((min(len(names), 255),)) + b"".join(names[:255]))
        )
        frames += [_chapter(name, chapter) for name, chapter in zip(names, tags.chapters, strict=True)]
    body = b"".join(frames)
    return b"ID3\x03\x00\x00" + _seven_bits(len(body)) + body if body else b""


def ffmetadata(tags: Tags, *, chapters_as_comments: bool = False) -> str:
    """The same for ffmpeg, which turns it into Vorbis comments or RIFF INFO."""
    stated = {"title": tags.title, "artist": tags.station, "date": tags.date.isoformat() if tags.date else ""}
    lines = [";FFMETADATA1", *(f"{key}={_escaped(value)}" for key, value in stated.items() if value)]
    if chapters_as_comments:
        return "\n".join([*lines, *_chapter_comments(tags)]) + "\n"
    for chapter in tags.chapters:
        start, end = round(chapter.start_s * 1000), round(chapter.end_s * 1000)
        lines += ["[CHAPTER]", "TIMEBASE=1/1000", f"START={start}", f"END={end}", f"title={_escaped(chapter.title)}"]
    return "\n".join(lines) + "\n"


def _chapter_comments(tags: Tags) -> Iterator[str]:
    """As ffmpeg and others write them in Ogg: https://wiki.xiph.org/Chapter_Extension."""
    for number, chapter in enumerate(tags.chapters):
        minutes, seconds = divmod(chapter.start_s, 60)
        hours, minutes = divmod(int(minutes), 60)
        yield f"CHAPTER{number:03}={hours:02}:{minutes:02}:{seconds:06.3f}"
        yield f"CHAPTER{number:03}NAME={_escaped(chapter.title)}"


def _chapter(name: bytes, chapter: Chapter) -> bytes:
    times = (round(seconds * 1000).to_bytes(4) for seconds in (chapter.start_s, chapter.end_s))
    return _frame("CHAP", name + b"".join(times) + _NO_BYTE_OFFSET + _text("TIT2", chapter.title))


def _text(name: str, words: str) -> bytes:
    return _frame(name, _UTF16 + words.encode("utf-16")) if words else b""


def _frame(name: str, body: bytes) -> bytes:
    return name.encode() + len(body).to_bytes(4) + bytes(2) + body


def _seven_bits(size: int) -> bytes:
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))


def _escaped(words: str) -> str:
    return "".join(f"\\{letter}" if letter in "=;#\\\n" else letter for letter in words)
