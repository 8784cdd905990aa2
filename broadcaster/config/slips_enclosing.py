"""Slips of quotation marks, brackets and the commas between them: where a value begins, and where it ends."""

from __future__ import annotations

import re
from collections.abc import Collection

from broadcaster.config.meant import CURVED
from broadcaster.config.slip import KEY, Slip, without_comment

PLAIN_VALUE = re.compile(KEY + r": +(?P<value>[^\s\"'\[{#|>].*)")
NEEDS_QUOTES = re.compile(r"[@`%*&!]|[-?] |.*: |.*:$")
CLOSED_TOO_SOON = re.compile(KEY + r""": +(?P<value>(?:"[^"]*"|'[^']*'|\[[^\]]*\]|\{[^}]*\})\s*[^\s#,:\]}].*)""")
SINGLE_QUOTED = re.compile(KEY + r": +(?P<value>'[^']+)$")
DOUBLED_COMMA = re.compile(r"([\[{,])\s*,")
CLOSING = {"[": "]", "{": "}"}


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
    closing = re.search(r"[\]}]+$", text) if re.search(r"[\[{]", text[: marks[-1]]) else None
    end = closing.start() if closing else len(text)
    bare = text[:end].rstrip(CURVED)
    curved = bare != text[:end] and len(bare) > marks[-1] + 1
    quoted = bare if curved else text[:end]
    return Slip(
        message=f"Mở bằng ngoặc thẳng mà đóng bằng ngoặc cong {text[end - 1]}."
        if curved
        else 'Dấu ngoặc kép " mở mà không đóng.',
        remedy=f'Đóng bằng dấu " ở cuối: {quoted[marks[-1] :]}"',
        column=marks[-1] + 1,
        mended=f'{quoted}"{text[end:]}',
    )


def doubled_comma(line: str, known: Collection[str]) -> Slip | None:
    """A comma with nothing before it; looked at only where YAML stumbled."""
    match = DOUBLED_COMMA.search(without_comment(line))
    if match is None:
        return None
    mended = f"{line[: match.start()]}{match[1]}{line[match.end() :]}"
    return Slip(
        message="Thừa dấu phẩy trong danh sách.",
        remedy=f"Bỏ dấu phẩy thừa: {without_comment(mended).strip()}",
        column=match.end(),
        mended=mended,
    )


def closed_too_soon(line: str, known: Collection[str]) -> Slip | None:
    """`"Phòng, chống" sốt xuất huyết`, `[Khẩn] họp dân`: what is in quotes or brackets is only the beginning."""
    match = CLOSED_TOO_SOON.match(without_comment(line).rstrip())
    if match is None:
        return None
    quoted = _quoted(match["value"])
    return Slip(
        message=f"Giá trị bắt đầu bằng {match['value'][0]} nhưng còn chữ sau dấu đóng, nên phải đặt cả trong ngoặc.",
        remedy=f"Viết: {match['key']}: {quoted}",
        column=match.start("value") + 1,
        mended=f"{match['lead']}{match['key']}: {quoted}",
    )


def unquoted(line: str, known: Collection[str]) -> Slip | None:
    """A value that YAML takes for something else: a colon in it, or a sign of its own before it."""
    match = PLAIN_VALUE.match(line)
    value = without_comment(match["value"]).strip() if match else ""
    if match is None or NEEDS_QUOTES.match(value) is None:
        return None
    quoted = _quoted(value)
    what = "có dấu hai chấm" if re.search(r":(?: |$)", value) else f"bắt đầu bằng dấu {value[0]}"
    return Slip(
        message=f"Giá trị {what}, nên phải đặt trong ngoặc kép.",
        remedy=f"Đặt cả giá trị trong ngoặc kép: {match['key']}: {quoted}",
        column=match.start("value") + 1,
        mended=f"{match['lead']}{match['key']}: {quoted}",
    )


def _quoted(value: str) -> str:
    if '"' in value and "'" not in value:
        return f"'{value}'"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def bracket(line: str, known: Collection[str]) -> Slip | None:
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
