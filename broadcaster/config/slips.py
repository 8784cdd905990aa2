"""What the look of a line gives away once YAML has stumbled over it: the slip, and the line as it was meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

SPACES = {"\t": "phím Tab", "\u00a0": "dấu cách đặc biệt chép từ trang web hay Word", "\u3000": "dấu cách đôi"}
ODD_SPACE = re.compile(r"[ \-]*([\t\u00a0\u2000-\u200b\u202f\u3000\ufeff])")
KEY = r"(?P<lead>\s*(?:- +)*)(?P<key>[^\W\d][\w-]*)"
MERGE_MARK = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)")
ODD_DASH = re.compile(r"(?P<lead>\s*)(?P<dash>[–—−‐‑‒―•·*])\s+(?P<rest>\S.*)")
GLUED_DASH = re.compile(r"(?P<lead>\s*)-(?P<rest>[^\W\d][\w-]*:(?: .*)?)$")
DASH_BEFORE_KEY = re.compile(r"(?P<lead>\s*)(?P<dash>-) +(?P<key>[^\W\d][\w-]*):\s*$")
WIDE_COLON = re.compile(KEY + r"\s*[：﹕︓]\s*(?P<value>.*)")
EQUALS = re.compile(KEY + r"\s*=+\s*(?P<value>\S.*)")
GLUED_COLON = re.compile(KEY + r":(?P<value>[^\s/].*)")
NO_COLON = re.compile(KEY + r" +(?P<value>[^\s:].*)")
PLAIN_VALUE = re.compile(KEY + r": +(?P<value>[^\s\"'\[{#|>].*)")
SOUND = r"""(?![#|>&*!%@`-])[^"'\[\]{}\\\x00-\x1f\x7f]+"""
SOUND_PAIR = re.compile(rf"(?P<lead>\s*)(?P<key>[^\W\d][\w-]*): +(?:{SOUND}|\[{SOUND}\])$")
NEEDS_QUOTES = re.compile(r"[@`%*&!]|.*: |.*:$")
SINGLE_QUOTED = re.compile(KEY + r": +(?P<value>'[^']+)$")
ODD_SPACE_AFTER = re.compile(KEY + r": *[\u00a0\u2000-\u200b\u202f\u3000\ufeff]+(?P<value>\S.*)")
COMMENT = re.compile(r"(?:^|\s)#.*$")
CLOSING = {"[": "]", "{": "}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What is wrong with a line, where in it (counted from 1), and how it should read; None: it should go."""

    message: str
    remedy: str
    column: int
    mended: str | None


Look = Callable[[str, Collection[str]], Slip | None]


def slip_in(line: str, *, known: Collection[str]) -> Slip | None:
    """The first slip that the line shows; `known` are the keys that schedule.yaml has anywhere."""
    return next((slip for look in LOOKS if (slip := look(line, known)) is not None), None)


def odd_space(line: str) -> Slip | None:
    """A tab or a no-break space where a line is indented."""
    match = ODD_SPACE.match(line)
    if match is None:
        return None
    what = SPACES.get(match[1], "dấu cách lạ")
    indent = re.match(r"[\s\u200b\ufeff\-]*", line)
    width = indent.end() if indent else 0
    plain = re.sub(r"[^ \-]", "  " if match[1] == "\t" else " ", line[:width])
    return Slip(
        message=f"Thụt lề bằng {what}.",
        remedy=f"Thay {what} ở đầu dòng bằng dấu cách thường (hai dấu cách mỗi bậc)",
        column=match.start(1) + 1,
        mended=plain + line[width:],
    )


def open_quote(line: str) -> Slip | None:
    """A quote that is not closed on its line."""
    code = without_comment(line)
    if single := SINGLE_QUOTED.match(code):
        return Slip(
            message="Dấu ngoặc đơn ' mở mà không đóng.",
            remedy=f"Đóng bằng dấu ' ở cuối: {single['value'].rstrip()}'",
            column=single.start("value") + 1,
            mended=f"{code.rstrip()}'",
        )
    marks = [at for at, char in enumerate(code) if char == '"' and code[at - 1 : at] != "\\"]
    if len(marks) % 2 == 0:
        return None
    text = code.rstrip()
    bracket = re.search(r"[\]}]+$", text) if re.search(r"[\[{]", text[: marks[-1]]) else None
    end = bracket.start() if bracket else len(text)
    return Slip(
        message='Dấu ngoặc kép " mở mà không đóng.',
        remedy=f'Đóng bằng dấu " ở cuối: {text[marks[-1] : end]}"',
        column=marks[-1] + 1,
        mended=f'{text[:end]}"{text[end:]}',
    )


def without_comment(line: str) -> str:
    """The line before its `#`; a # within quotes is rare enough to be taken for one."""
    return COMMENT.sub("", line) if "#" in line else line


def _merge_mark(line: str, known: Collection[str]) -> Slip | None:
    if MERGE_MARK.match(line) is None:
        return None
    message = "Dòng này do phần mềm quản lý phiên bản chèn vào khi hai người cùng sửa."
    return Slip(message=message, remedy="Xóa dòng này, và trong hai bản chỉ giữ bản đúng", column=1, mended=None)


def _odd_dash(line: str, known: Collection[str]) -> Slip | None:
    match = ODD_DASH.match(line)
    if match is None or (match["dash"] == "*" and ":" not in match["rest"]):
        return None
    return Slip(
        message=f"Mục phải bắt đầu bằng dấu gạch nối (-), ở đây là “{match['dash']}”.",
        remedy=f"Gõ lại dấu gạch nối của bàn phím: - {match['rest'].strip()}",
        column=match.start("dash") + 1,
        mended=f"{match['lead']}- {match['rest']}",
    )


def _glued_dash(line: str, known: Collection[str]) -> Slip | None:
    match = GLUED_DASH.match(line)
    if match is None:
        return None
    return Slip(
        message="Thiếu dấu cách sau dấu gạch đầu mục.",
        remedy=f"Viết: - {match['rest'].strip()}",
        column=match.start("rest"),
        mended=f"{match['lead']}- {match['rest']}",
    )


def _dash_before_key(line: str, known: Collection[str]) -> Slip | None:
    """A dash where `xa`, `nhom` or `nguon` want a short name; looked at only where YAML stumbled."""
    match = DASH_BEFORE_KEY.match(line)
    if match is None or match["key"] in known:
        return None
    return Slip(
        message=f"Trước tên gọi tắt “{match['key']}” thừa dấu gạch ngang.",
        remedy=f"Bỏ dấu gạch: {match['key']}:",
        column=match.start("dash") + 1,
        mended=f"{match['lead']}{match['key']}:",
    )


def _wide_colon(line: str, known: Collection[str]) -> Slip | None:
    match = WIDE_COLON.match(line)
    said = "Dấu hai chấm sau tên khóa là dấu toàn hình, không phải dấu của bàn phím."
    return _rewritten(match, said, at="hai chấm thường và một dấu cách") if match else None


def _equals(line: str, known: Collection[str]) -> Slip | None:
    match = EQUALS.match(line)
    said = "Sau tên khóa là dấu bằng, phải là dấu hai chấm."
    return _rewritten(match, said, at="hai chấm và một dấu cách") if match and match["key"] in known else None


def _glued_colon(line: str, known: Collection[str]) -> Slip | None:
    match = GLUED_COLON.match(line)
    said = "Thiếu dấu cách sau dấu hai chấm."
    return _rewritten(match, said, at="hai chấm và một dấu cách") if match and match["key"] in known else None


def _odd_space_after(line: str, known: Collection[str]) -> Slip | None:
    match = ODD_SPACE_AFTER.match(line)
    said = "Sau dấu hai chấm là dấu cách đặc biệt chép từ trang web hay Word."
    return _rewritten(match, said, at="hai chấm và một dấu cách thường") if match else None


def _no_colon(line: str, known: Collection[str]) -> Slip | None:
    match = NO_COLON.match(line)
    if match is None or match["key"] not in known or re.match(r"\w+:", match["value"]):
        return None
    return _rewritten(match, "Thiếu dấu hai chấm sau tên khóa.", at="hai chấm và một dấu cách")


def _rewritten(match: re.Match[str], message: str, *, at: str) -> Slip:
    said = without_comment(match["value"]).strip()
    return Slip(
        message=message,
        remedy=f"Dùng dấu {at} sau tên khóa: {match['key']}: {said}",
        column=match.start("key") + 1,
        mended=f"{match['lead']}{match['key']}: {match['value']}",
    )


def _unquoted(line: str, known: Collection[str]) -> Slip | None:
    """A value that YAML takes for something else: a colon in it, or a sign of its own before it."""
    match = PLAIN_VALUE.match(line)
    value = without_comment(match["value"]).strip() if match else ""
    if match is None or NEEDS_QUOTES.match(value) is None:
        return None
    quoted = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    what = "có dấu hai chấm" if ":" in value else f"bắt đầu bằng dấu {value[0]}"
    return Slip(
        message=f"Giá trị {what}, nên phải đặt trong ngoặc kép.",
        remedy=f"Đặt cả giá trị trong ngoặc kép: {match['key']}: {quoted}",
        column=match.start("value") + 1,
        mended=f"{match['lead']}{match['key']}: {quoted}",
    )


def _bracket(line: str, known: Collection[str]) -> Slip | None:
    """Brackets that do not pair on their line; lists over several lines are never looked at before YAML stumbles."""
    code = without_comment(line).rstrip()
    waiting: list[tuple[str, int]] = []
    for at, char in enumerate(re.sub(r'"[^"]*"', lambda match: "·" * len(match[0]), code)):
        if char in CLOSING:
            waiting.append((CLOSING[char], at))
        elif char in CLOSING.values():
            if not waiting or waiting[-1][0] != char:
                return _stray_bracket(code, char, at)
            waiting.pop()
    if not waiting:
        return None
    closing = "".join(char for char, _ in reversed(waiting))
    return Slip(
        message="Ngoặc mở mà không đóng.",
        remedy=f"Đóng bằng {closing} ở cuối: {code.strip()}{closing}",
        column=waiting[-1][1] + 1,
        mended=code + closing,
    )


def _stray_bracket(code: str, char: str, at: int) -> Slip:
    return Slip(
        message=f"Thừa dấu ngoặc {char}, hoặc thiếu dấu ngoặc mở của nó.",
        remedy=f"Bỏ dấu ngoặc {char} thừa: {(code[:at] + code[at + 1 :]).strip()}",
        column=at + 1,
        mended=code[:at] + code[at + 1 :],
    )


def _wrong_depth(line: str, known: Collection[str]) -> Slip | None:
    """A key and a value with nothing wrong in them: where YAML stumbles over these, it is their indent."""
    match = SOUND_PAIR.match(without_comment(line).rstrip())
    if match is None or match["key"] not in known:
        return None
    return Slip(
        message="Dòng thụt lề sai.",
        remedy=f"Thụt sao cho “{match['key']}” thẳng cột với các khóa khác của cùng mục",
        column=match.start("key") + 1,
        mended=line,
    )


def _words(line: str, known: Collection[str]) -> Slip | None:
    """Neither a key nor an item: a note without its #."""
    text = line.strip()
    if not text or ":" in text or text[0] in "-#\"'[]{}&*!|>%@`,?":
        return None
    return Slip(
        message="Dòng này không phải là khóa: giá trị.",
        remedy=f"Ghi chú thì đặt dấu # ở đầu dòng: # {text[:40]}; tên khóa thì thêm dấu hai chấm và giá trị",
        column=len(line) - len(line.lstrip()) + 1,
        mended=None,
    )


LOOKS: tuple[Look, ...] = (
    _merge_mark,
    lambda line, known: odd_space(line),
    _odd_dash,
    _glued_dash,
    _dash_before_key,
    _wide_colon,
    _equals,
    _odd_space_after,
    _glued_colon,
    _no_colon,
    lambda line, known: open_quote(line),
    _bracket,
    _unquoted,
    _wrong_depth,
    _words,
)
"""In order of how sure they are."""
