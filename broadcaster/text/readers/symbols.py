"""Punctuation becomes structure; symbols become words, or silence where they only decorate."""

from __future__ import annotations

import unicodedata

from broadcaster.model.speech import Boundary
from broadcaster.text.claim import REACH, Claim, Place
from broadcaster.text.letters import UNNAMED
from broadcaster.text.patterns import pattern
from broadcaster.text.tables import SYMBOLS
from broadcaster.text.units import MONEY, said

END_MARK = pattern(r"\.{0,2}/{1,2}\.+/?(?![^\W_])|\./(?=\s|$)")
ARROW = pattern(r"[-–=]+>+|<[-–=]+|[→⇒]")
DOTS = pattern(r"(?:[.…] ?)*[.…](?![\w])|[.…]+")
BLANK = pattern(r"[.…_ ]{4,}|_{2,}")
BULLET = pattern(r"(?!> ?\d)[-–+*•▪◦●○■□◆▶►✓✔➢➤·|#>]+(?= |$|[^\W\d_])")
BREAKS = {
    ",": Boundary.CLAUSE, ";": Boundary.CLAUSE, ":": Boundary.CLAUSE, "!": Boundary.SENTENCE, "?": Boundary.SENTENCE,
    "(": Boundary.CLAUSE, ")": Boundary.CLAUSE, "[": Boundary.CLAUSE, "]": Boundary.CLAUSE, "{": Boundary.CLAUSE,
    "}": Boundary.CLAUSE, "|": Boundary.CLAUSE, "¿": None, "¡": None,
}  # fmt: skip
SAID = {
    "&": "và", "@": "a còng", "%": "phần trăm", "‰": "phần nghìn", "°": "độ", "=": "bằng", "≥": "lớn hơn hoặc bằng",
    "≤": "nhỏ hơn hoặc bằng", "≈": "xấp xỉ", "≠": "khác", "×": "nhân", "÷": "chia", "±": "cộng trừ", "^": "mũ",
    "§": "mục", "√": "căn", "∞": "vô cùng", "π": "pi", "Ω": "ôm", "∑": "tổng", "№": "số",
}  # fmt: skip
SILENT = frozenset("\"'*_`·•▪◦●○■□◆◇▶►✓✔☑➢➤★☆←↑↓©®™†‡¬\\~#>«»‹›＂")
BEFORE_STROKE = pattern(r"(\w+) ?$")
AFTER_STROKE = pattern(r" ?(\w+)")
AFTER_DASH = pattern(r" (\w+)(?: (\d+|[IVX]+)(?!\w))?")
SAME_KIND = pattern(r"(\w+) (?:\d+|[IVX]+) $")
FROM = pattern(r"(?:^|[ (])[Tt]ừ (\w+)(?: (?!đến|tới)[^ ,;:.()–-]+){0,4} $")
UP_TO = ("dưới", "hết", "nay", "trên", "cn", "chủ", "cuối", "đầu")
SHORT = 3
WHY = "Ký hiệu «{}» chưa có cách đọc, đang bỏ qua; hãy xóa hoặc viết thành chữ."


def symbol(place: Place) -> Claim:
    """The last reader for whatever is neither letter nor figure: it always claims."""
    char = place.line[place.at]
    return (
        _end_mark(place)
        or _bullet(place)
        or (_dots(place) if char in ".…" else None)
        or (_blank(place) if char == "_" else None)
        or _in_context(place, char)
        or _fixed(place, char)
    )


def _end_mark(place: Place) -> Claim | None:
    """`./.` closes an official text; nobody says it."""
    match = END_MARK.match(place.line, place.at)
    return Claim(place.at, match.end(), "", "dấu hết văn bản", boundary=Boundary.SENTENCE) if match else None


def _bullet(place: Place) -> Claim | None:
    if place.at > REACH or place.line[: place.at].strip():
        return None
    match = BULLET.match(place.line, place.at)
    return Claim(place.at, match.end(), "", "dấu đầu dòng") if match else None


def _dots(place: Place) -> Claim:
    """A full stop, dots that trail off, or a row of them to be filled in."""
    blank = BLANK.match(place.line, place.at)
    if blank and blank[0].count(".") + 3 * blank[0].count("…") > 3:  # noqa: PLR2004
        return Claim(place.at, place.at + len(blank[0].rstrip()), "", "chỗ để trống", boundary=Boundary.CLAUSE)
    match = DOTS.match(place.line, place.at)
    end = match.end() if match else place.at + 1
    following = place.line[end:].lstrip(" \"')]")[:1]
    if place.line[place.at : end] == "." and following.isdecimal() and place.char(end) == following:
        return Claim(place.at, end, "chấm", "dấu chấm giữa mã")
    trailing = following.islower() and end - place.at + (place.line[place.at] == "…") > 1
    return Claim(place.at, end, "", "dấu câu", boundary=Boundary.CLAUSE if trailing else Boundary.SENTENCE)


def _blank(place: Place) -> Claim | None:
    match = BLANK.match(place.line, place.at)
    return Claim(place.at, place.at + len(match[0].rstrip()), "", "chỗ để trống") if match else None


def _in_context(place: Place, char: str) -> Claim | None:
    """Signs whose meaning depends on what they touch."""
    before, after = place.char_before, place.char(place.at + 1)
    glued = before.isalnum() and after.isalnum()
    if arrow := ARROW.match(place.line, place.at):
        if before.isalnum() and place.char(arrow.end()).isalnum():
            return Claim(place.at, arrow.end(), "đến", "mũi tên")
        return Claim(place.at, arrow.end(), "", "mũi tên", boundary=Boundary.CLAUSE)
    if char in "-–" and _spans(place):
        return Claim(place.at, place.at + 1, "đến", "khoảng")
    if char in "-–":
        return Claim(place.at, place.at + 1, "", "gạch nối", boundary=None if glued else Boundary.CLAUSE)
    if char == "/":
        return Claim(place.at, place.at + 1, _stroke(place), "gạch chéo")
    spoken = _said_beside(char, glued=glued, after=after or " ", rest=place.line[place.at + 1 : place.at + 3].strip())
    return Claim(place.at, place.at + 1, spoken, "ký hiệu") if spoken else None


def _spans(place: Place) -> bool:
    """Whether a dash stands for `đến`: `từ thứ 2 - thứ 6`, `từ 5 - dưới 12 tuổi`, `lớp 1 - lớp 5`."""
    before = place.line[max(0, place.at - REACH) : place.at]
    after = AFTER_DASH.match(place.line, place.at + 1)
    if after is None or not before.endswith(" "):
        return False
    like = SAME_KIND.search(before)
    if like and after[2] and like[1].lower() == after[1].lower():
        return True
    begun = FROM.search(before)
    if begun is None:
        return False
    return after[1][0].isdecimal() or after[1].lower() in (*UP_TO, begun[1].lower())


def _said_beside(char: str, *, glued: bool, after: str, rest: str) -> str:
    if char == "_":
        return "gạch dưới" if glued else ""
    if char in "<>":
        return {"<": "nhỏ hơn", ">": "lớn hơn"}[char] if rest[:1].isdecimal() else ""
    if char in "~#":
        return {"~": "khoảng", "#": "thăng"}[char] if (rest if char == "~" else after)[:1].isdecimal() else ""
    return "cộng" if char == "+" else ""


def _stroke(place: Place) -> str:
    """`trên` between figures or short capitals, `một` after a counted noun (2 lần/ngày); words it only joins."""
    before, after = (
        BEFORE_STROKE.search(place.line, max(0, place.at - REACH), place.at),
        AFTER_STROKE.match(place.line, place.at + 1),
    )
    if before is None or after is None:
        return ""
    pair = (before[1], after[1])
    if pair[0].isdecimal() and pair[1] in SYMBOLS:
        return place.style.slash
    figures = [part[0].isdecimal() for part in pair]
    if any(figures) and not (all(figures) and all(part[-1].isalpha() for part in pair) and not _measured(*pair)):
        return "trên"
    if all(part.isupper() and len(part) <= SHORT for part in pair):
        return "trên"
    return "một" if place.left[1].isdecimal() and pair[1].islower() else ""


def _measured(*written: str) -> bool:
    """Whether each is a number with a unit: `450ha/455ha`, not `3G/4G`."""
    return all(said(part.lstrip("0123456789")) is not None for part in written)


def _fixed(place: Place, char: str) -> Claim:
    end = place.at + 1
    if char in BREAKS:
        return Claim(place.at, end, "", "dấu câu", boundary=BREAKS[char])
    if spoken := SAID.get(char) or MONEY.get(char):
        return Claim(place.at, end, spoken, "ký hiệu")
    if char in SILENT or unicodedata.combining(char):
        return Claim(place.at, end, "", "dấu trang trí")
    if char.isalnum():
        return Claim(place.at, end, UNNAMED, "chưa biết", sure=False, why=WHY.format(char))
    return Claim(place.at, end, "", "chưa biết", sure=False, why=WHY.format(char))
