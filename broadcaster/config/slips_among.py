"""Slips that a line shows only beside its neighbours: a name without its colon, an item without its dash."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from broadcaster.config.slip import Slip, without_comment

PAIR = re.compile(r"(?P<lead>\s*)(?P<key>[^\W\d][\w-]*):(?: +(?P<value>\S.*)|\s*)$")
BARE_NAME = re.compile(r"(?P<lead>\s*)(?P<key>[a-z0-9][a-z0-9_-]*)\s*$")
OWN_NAME = re.compile(r"(?P<lead>\s*)(?P<key>[a-z][a-z0-9_-]*) +(?P<value>[\[{].*|\d{1,2}:\d\d\s*[-–—].*)$")
NUMBERED = re.compile(r"(?P<lead>\s*)(?P<mark>\d{1,2}[.)]|[a-zđ][.)]|\+)\s+(?P<rest>[^\W\d][\w-]*:.*)$")
DASHED_PAIR = re.compile(r"(?P<lead>\s*)- +(?P<key>[^\W\d][\w-]*): +\S.*$")
LIST_HEAD = re.compile(r"\s*(?:- +)?(?:lich|chien_dich|ngoai_le|them):\s*$")
ITEM_STEP = 2


def slip_among(lines: Sequence[str], at: int, *, known: Collection[str]) -> tuple[int, Slip] | None:
    """The line to blame, at index `at` or above it, and its slip; `at` is where YAML stumbled."""
    above = _content(lines, range(at - 1, -1, -1))
    for number in (at, above):
        if number is None:
            continue
        slip = _name_without_colon(lines, number, known) or _own_pair(lines[number]) or _numbered(lines[number])
        if slip is not None:
            return number, slip
    if above is not None and (over := _dash_over_names(lines[above], lines[at], known)) is not None:
        return above, over
    extra = _extra_dash(lines[at], lines[above] if above is not None else "", known)
    return (at, extra) if extra is not None else _item_without_dash(lines, at, known)


def _content(lines: Sequence[str], numbers: range) -> int | None:
    """The first of these lines that is neither empty nor a comment."""
    return next((number for number in numbers if without_comment(lines[number]).strip()), None)


def _name_without_colon(lines: Sequence[str], at: int, known: Collection[str]) -> Slip | None:
    """`hoang-dao` over what belongs to it; a word of a wrapped sentence has nothing below it."""
    match = BARE_NAME.match(without_comment(lines[at]))
    below = _content(lines, range(at + 1, len(lines)))
    if match is None or below is None:
        return None
    deeper = _indent(lines[below]) - _indent(lines[at])
    listed = lines[below].lstrip().startswith("- ")
    owns = deeper > 0 and (listed or PAIR.match(without_comment(lines[below])) is not None)
    if not owns and not (listed and deeper == 0 and match["key"] in known):
        return None
    return _with_colon(match, "", lines[at])


def _own_pair(line: str) -> Slip | None:
    """`sang 05:00-06:30`, `ven-bien [hoang-truong]`: names that the office chose itself."""
    match = OWN_NAME.match(without_comment(line).rstrip())
    return _with_colon(match, match["value"], line) if match else None


def _with_colon(match: re.Match[str], value: str, line: str) -> Slip:
    end = match.end("key")
    written = f"{match['key']}: {value}".rstrip()
    return Slip(
        message=f"Thiếu dấu hai chấm sau tên “{match['key']}”.",
        remedy=f"Viết: {written}",
        column=match.start("key") + 1,
        mended=f"{line[:end]}:{line[end:]}",
    )


def _numbered(line: str) -> Slip | None:
    """Items that a word processor has numbered."""
    match = NUMBERED.match(line)
    if match is None:
        return None
    return Slip(
        message=f"Mục phải bắt đầu bằng dấu gạch nối (-), ở đây là “{match['mark']}”.",
        remedy=f"Thay {match['mark']} bằng dấu gạch nối và một dấu cách: - {match['rest'].strip()}",
        column=match.start("mark") + 1,
        mended=f"{match['lead']}- {match['rest']}",
    )


def _extra_dash(line: str, above: str, known: Collection[str]) -> Slip | None:
    """A dash before a key in the middle of an item, in the column of the item's keys."""
    match = DASHED_PAIR.match(line)
    if match is None or match["key"] not in known or match["key"] == "ten":
        return None
    pair = PAIR.match(without_comment(above))
    if pair is None or len(pair["lead"]) != len(match["lead"]):
        return None
    return _undashed(line, match, f"Trước “{match['key']}” thừa dấu gạch ngang: chỉ dòng đầu của mỗi mục mới có.")


def _dash_over_names(line: str, below: str, known: Collection[str]) -> Slip | None:
    """`- sang: 05:00-06:30` over `trua: 11:00-11:30`: names that the office chose stand without dashes."""
    match, pair = DASHED_PAIR.match(line), PAIR.match(without_comment(below).rstrip())
    if match is None or pair is None or match["key"] in known or len(pair["lead"]) != len(match["lead"]):
        return None
    return _undashed(line, match, f"Trước tên “{match['key']}” thừa dấu gạch ngang.")


def _undashed(line: str, match: re.Match[str], message: str) -> Slip:
    """A slip mended by taking the dash away."""
    rest = line.lstrip()[1:].lstrip()
    return Slip(
        message=message,
        remedy=f"Bỏ dấu gạch: {without_comment(rest).strip()}",
        column=len(match["lead"]) + 1,
        mended=f"{match['lead']}{rest}",
    )


def _item_without_dash(lines: Sequence[str], at: int, known: Collection[str]) -> tuple[int, Slip] | None:
    """The first item of a list, over which YAML stumbles only where the second begins."""
    heads = (n for n in range(at - 1, -1, -1) if LIST_HEAD.match(without_comment(lines[n])))
    head = next((number for number in heads if _indent(lines[number]) <= _indent(lines[at])), None)
    first = _content(lines, range(head + 1, at + 1)) if head is not None else None
    if head is None or first is None:
        return None
    match = PAIR.match(without_comment(lines[first]).rstrip())
    if match is None or match["key"] not in known:
        return None
    text = lines[first].strip()
    return first, Slip(
        message="Mục đầu của danh sách thiếu dấu gạch ngang.",
        remedy=f"Thêm dấu gạch ngang và một dấu cách ở đầu dòng: - {without_comment(text).strip()}",
        column=_indent(lines[first]) + 1,
        mended=f"{' ' * _dash_column(lines, head, first)}- {text}",
    )


def _dash_column(lines: Sequence[str], head: int, first: int) -> int:
    """That of the other items; else where the item's other keys leave room for a dash."""
    own, margin = _indent(lines[first]), _indent(lines[head])
    for line in lines[first + 1 :]:
        dashed, deep = line.lstrip().startswith("- "), _indent(line)
        if dashed and margin <= deep <= own:
            return deep
        if without_comment(line).strip() and deep <= margin:
            break
    below = _content(lines, range(first + 1, len(lines)))
    return own if below is not None and _indent(lines[below]) > own else max(own - ITEM_STEP, margin)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
