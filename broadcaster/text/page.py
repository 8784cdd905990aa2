"""The text as readers see it: NFC, one kind of space and dash, broken lines joined, and the way back to the input."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from broadcaster.text.patterns import pattern

INVISIBLE = pattern("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
MARKS = "\u0300-\u036f\u1161-\u11ff\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
COMPATIBLE_SIGNS = "¹²³¼-¾⁰⁴-⁹₀-₉⅐-ↈ①-⒛⓪⓫-⓿❶-➓℃℉㎀-㏟㈀-㋿ﬀ-ﬆ"
CLUSTER = pattern(f"(?s).[{MARKS}]+|^[{MARKS}]+|[{COMPATIBLE_SIGNS}]")
"""A letter with its loose marks, or a sign that stands for several characters."""
COMPATIBLE = pattern(f"[{COMPATIBLE_SIGNS}]")
SUPERSCRIPTS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
ONE_KIND = str.maketrans(
    {
        **dict.fromkeys("\t\v\f\r\u00a0\u1680\u202f\u205f\u3000", " "),
        **{chr(code): " " for code in (*range(9), *range(14, 32), *range(127, 160), *range(0x2000, 0x200B))},
        **dict.fromkeys("\u2028\u2029\u0085", "\n"),
        **dict.fromkeys("‐‑−﹣－⁃", "-"),
        **dict.fromkeys("‒—―﹘", "–"),
        **dict.fromkeys("’‘ʼ′`´ʻ", "'"),
        **dict.fromkeys("“”„‟«»″❝❞", '"'),
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
        **dict.fromkeys("⁄∕╱", "/"),
        "º": "°", "˚": "°", "µ": "μ", "Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "․": ".", "×": "×", "✕": "×", "∼": "~",
    }
)  # fmt: skip
FINAL = (".", "!", "?", ":", ";", "…")
LIST_ITEM = pattern(r"(?:[-–+*•▪◦●○■□◆▶►✓✔➢➤·#|]|\d+[.)]|[a-zđA-ZĐ][.)] |[IVXLC]+[.)]|\[ *(?i:nam|nữ|nu) *\]|!! *$)")
"""What never continues the line before: bullets, and the marks of a script that stand at the head of a line."""
WRAPPED = 70
"""Code points: a line this long that ends without punctuation was broken by an editor."""
HEADING_LENGTH = 160
NUMBERED_HEADING = pattern(r"(?:#{1,6} |[IVXLC]+[.)] |(?:Phần|Chương|Mục|Điều|Bài|PHẦN|CHƯƠNG|MỤC|BÀI) [\dIVXLC])")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, list item or heading: evidence is never sought beyond it."""

    text: str
    start: int
    heading: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A whole text for reading."""

    lines: tuple[Line, ...]
    starts: list[int] | None
    """Where each code point begins in the input; None where nothing moved."""
    ends: list[int]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where `start` to `end` stands in the input."""
        return (start, end) if self.starts is None else (self.starts[start], self.ends[end - 1])


def page_of(written: str) -> Page:
    """Prepares the input; every code point keeps its way back."""
    if unicodedata.is_normalized("NFC", written) and not (INVISIBLE.search(written) or COMPATIBLE.search(written)):
        return Page(tuple(_lines(written.translate(ONE_KIND))), None, [])
    text, starts, ends = _composed(written)
    return Page(tuple(_lines(text.translate(ONE_KIND))), starts, ends)


def _composed(written: str) -> tuple[str, list[int], list[int]]:
    """NFC without invisible marks; ½, m², ℃ and their like in ordinary characters."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for cluster in CLUSTER.finditer(written):
        parts.append(_unmarked(written[at : cluster.start()]))
        starts += range(at, cluster.start())
        ends += range(at + 1, cluster.start() + 1)
        before = parts[-1][-1:] or (parts[-2][-1:] if len(parts) > 1 else "")
        composed = _of_cluster(cluster[0], before)
        at = cluster.end()
        parts.append(composed)
        starts += [cluster.start()] * len(composed)
        ends += [at] * len(composed)
    parts.append(_unmarked(written[at:]))
    return "".join(parts), [*starts, *range(at, len(written))], [*ends, *range(at + 1, len(written) + 1)]


def _unmarked(text: str) -> str:
    """Characters without loose marks; some few have another form in NFC, here of one code point."""
    if unicodedata.is_normalized("NFC", text):
        return text
    return "".join(unicodedata.normalize("NFC", char)[0] for char in text)


def _of_cluster(cluster: str, before: str) -> str:
    composed = unicodedata.normalize("NFC", INVISIBLE.sub("", cluster))
    return _in_ordinary_characters(composed, before) if COMPATIBLE.match(composed) else composed


def _in_ordinary_characters(sign: str, before: str) -> str:
    plain = unicodedata.normalize("NFKC", sign).replace("⁄", "/")
    if before.isdecimal() and plain[0].isdecimal():
        return f"^{plain}" if sign in SUPERSCRIPTS else f" {plain}"
    return plain


def _lines(text: str) -> Iterator[Line]:
    """Blocks stand between blank lines; within one, a line that an editor broke is joined to the next."""
    at = 0
    block: list[tuple[int, str]] = []
    for raw in text.split("\n"):
        if raw.strip():
            block.append((at, raw))
        elif block:
            yield from _block(block)
            block = []
        at += len(raw) + 1
    if block:
        yield from _block(block)


def _block(raw_lines: list[tuple[int, str]]) -> Iterator[Line]:
    start, text = raw_lines[0]
    last = text
    alone = len(raw_lines) == 1
    for next_start, raw in raw_lines[1:]:
        if _broken(last, raw):
            text += " " + raw
        else:
            yield Line(text, start, _is_heading(text, alone=False))
            start, text = next_start, raw
        last = raw
    yield Line(text, start, _is_heading(text, alone=alone))


def _broken(line: str, next_line: str) -> bool:
    """Whether an editor, not the author, ended the line there."""
    ended = line.rstrip()
    following = next_line.lstrip()
    if ended.endswith(FINAL) or LIST_ITEM.match(following) or ended.lstrip().startswith("#"):
        return False
    if following[0].islower() or ended.endswith((",", "-", "–", "(")):
        return True
    return len(ended) >= WRAPPED and not ended.isupper()


def _is_heading(text: str, *, alone: bool) -> bool:
    line = text.strip()
    if line.startswith("#"):
        return True
    if line.endswith((*FINAL, ",", '"', "/")) or len(line) > HEADING_LENGTH or line.startswith(("-", "+", "*", "•")):
        return False
    return alone or bool(NUMBERED_HEADING.match(line)) or (line.isupper() and " " in line)
