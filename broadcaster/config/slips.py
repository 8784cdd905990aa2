"""What the look of a line gives away once YAML has stumbled over it: the slip, and the line as it was meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from broadcaster.config.slip import KEY, Slip, without_comment
from broadcaster.config.slips_enclosing import bracket, closed_too_soon, doubled_comma, open_quote, unquoted

SPACES = {"\t": "phím Tab", "\u00a0": "dấu cách đặc biệt chép từ trang web hay Word", "\u3000": "dấu cách đôi"}
UNSEEN = "\u200b\ufeff"
"""Characters without width: a mark of byte order in the middle of a file, say."""
ODD_SPACE = re.compile(r"[ \-]*([\t\u00a0\u2000-\u200b\u202f\u3000\ufeff])")
MERGE_MARK = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)")
ODD_DASH = re.compile(r"(?P<lead>\s*)(?P<dash>[–—−‐‑‒―•·*])\s+(?P<rest>\S.*)")
GLUED_DASH = re.compile(r"(?P<lead>\s*)-(?P<rest>[^\W\d][\w-]*:(?: .*)?)$")
DASH_BEFORE_KEY = re.compile(r"(?P<lead>\s*)(?P<dash>-) +(?P<key>[^\W\d][\w-]*):\s*$")
WIDE_COLON = re.compile(KEY + r"\s*[：﹕︓]\s*(?P<value>.*)")
EQUALS = re.compile(KEY + r"\s*=+\s*(?P<value>\S.*)")
GLUED_COLON = re.compile(KEY + r":(?P<value>[^\s/].*)")
NO_COLON = re.compile(KEY + r" +(?P<value>[^\s:].*)")
SOUND = r"""(?![#|>&*!%@`-])[^"'\[\]{}\\\x00-\x1f\x7f]+"""
SOUND_PAIR = re.compile(rf"(?P<lead>\s*)(?P<key>[^\W\d][\w-]*): +(?:{SOUND}|\[{SOUND}\])$")
ODD_SPACE_AFTER = re.compile(KEY + r": *[\u00a0\u2000-\u200b\u202f\u3000\ufeff]+(?P<value>\S.*)")
FENCE = re.compile(r"\s*(?:`{3}\w*|([-=_*~.])\1{3,})\s*$")
WRONG_DEPTH = "Dòng thụt lề sai."


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
    wide = re.sub(f"[{UNSEEN}]", "", line[:width])
    plain = re.sub(r"[^ \-]", "  " if match[1] == "\t" else " ", wide)
    if match[1] in UNSEEN:
        return Slip(
            message="Đầu dòng có ký tự ẩn chép từ nơi khác.",
            remedy=f"Xóa đầu dòng này rồi gõ lại: {plain + without_comment(line[width:]).rstrip()}",
            column=match.start(1) + 1,
            mended=plain + line[width:],
        )
    return Slip(
        message=f"Thụt lề bằng {what}.",
        remedy=f"Thay {what} ở đầu dòng bằng dấu cách thường (hai dấu cách mỗi bậc)",
        column=match.start(1) + 1,
        mended=plain + line[width:],
    )


def _merge_mark(line: str, known: Collection[str]) -> Slip | None:
    if MERGE_MARK.match(line) is None:
        return None
    message = "Dòng này do phần mềm quản lý phiên bản chèn vào khi hai người cùng sửa."
    return Slip(message=message, remedy="Xóa dòng này, và trong hai bản chỉ giữ bản đúng", column=1, mended=None)


def _fence(line: str, known: Collection[str]) -> Slip | None:
    """Copied along with the lines from a chat or a web page, or drawn between two sections."""
    if FENCE.match(line) is None:
        return None
    message = f"Dòng {line.strip()[:10]} không thuộc về lịch."
    return Slip(message=message, remedy="Xóa dòng này, hoặc đặt dấu # ở đầu dòng", column=1, mended=None)


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


def _wrong_depth(line: str, known: Collection[str]) -> Slip | None:
    """A key and a value with nothing wrong in them: where YAML stumbles over these, it is their indent."""
    match = SOUND_PAIR.match(without_comment(line).rstrip())
    if match is None or match["key"] not in known:
        return None
    return Slip(
        message=WRONG_DEPTH,
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
        remedy=f"Ghi chú thì đặt dấu # ở đầu dòng: # {text[:40]}; câu viết dở thì nối vào cuối dòng trên; "
        "tên khóa thì thêm dấu hai chấm và giá trị",
        column=len(line) - len(line.lstrip()) + 1,
        mended=None,
    )


LOOKS: tuple[Look, ...] = (
    _merge_mark,
    _fence,
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
    doubled_comma,
    closed_too_soon,
    bracket,
    unquoted,
    _wrong_depth,
    _words,
)
"""In order of how sure they are."""
