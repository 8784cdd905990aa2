"""Roman numerals, after the words that take them, between such numerals, or at the head of a section."""

from __future__ import annotations

from broadcaster.model.speech import Boundary
from broadcaster.text.claim import REACH, Claim, Place
from broadcaster.text.datafiles import SETS
from broadcaster.text.numerals import cardinal, roman
from broadcaster.text.patterns import CAPITAL, SMALL, pattern
from broadcaster.text.tables import ABBREVIATIONS

NUMERAL = pattern(r"[IVXLCDM]+(?=[a-d]?(?!\w))|[ivxlcdm]{2,}(?!\w)|[vxlcdm](?!\w)")
YEAR = pattern(r"/(\d{4})(?!\d)")
HEAD = pattern(r"([IVXLC]+|[ivx]{2,}(?=\)))([.)])(?: |$)")
PLACE_NAME = pattern(rf"X\. [{CAPITAL}][{SMALL}]+ [{CAPITAL}][{SMALL}]+")
"""X. Nga Thạch is a commune, X. Tổ chức thực hiện a section."""
NAME_BEFORE = pattern(rf"(?:^|[ (])[{CAPITAL}][{SMALL}]+ $")
OF_RULERS = pattern(r"[IVX]{2,}")
CODED = pattern(r"\d[A-Z]?-$")
"""RON 92-II, 0,05S-II."""
TAKES_ROMAN = SETS["romans.takes_roman"]
COUNTS_HIGH = frozenset({"chương", "kỷ", "kỉ", "năm", "mục", "phần"})
"""After other words CV, CC and MC are abbreviations."""
NOT_ALONE = frozenset("CDLM")
"""nhóm C, hạng D are letters."""


def numeral(place: Place) -> Claim | None:
    """`quý II`, `khóa XV`, `thế kỷ XX`, `I. Mục đích`; elsewhere the letters are no number."""
    head = HEAD.match(place.line, place.at) if place.starts_line else None
    if head and (value := roman(head[1])) and not PLACE_NAME.match(place.line, place.at):
        spoken = cardinal(value, style=place.style)
        return Claim(place.at, head.end(2), spoken, "số La Mã đầu mục", boundary=Boundary.CLAUSE)
    match = NUMERAL.match(place.line, place.at)
    if (
        match is None
        or not (value := roman(match[0]))
        or _is_letters(place, match[0])
        or not _witnessed(place, match[0])
    ):
        return None
    spoken = _said(value, place)
    year = YEAR.match(place.line, match.end())
    if year:
        return Claim(place.at, year.end(), f"{spoken} năm {cardinal(int(year[1]), style=place.style)}", "số La Mã")
    return Claim(place.at, match.end(), spoken, "số La Mã")


def _is_letters(place: Place, written: str) -> bool:
    """Whether a well-formed numeral is something else after this word: `số CV`, `nhóm C`, `lớp v`."""
    before = place.left[0]
    if written in ABBREVIATIONS and before not in COUNTS_HIGH:
        return True
    if written in NOT_ALONE and before not in ("chương", "kỷ", "kỉ"):
        return True
    return written.islower() and len(written) == 1 and before not in ("lục", "khoản", "mục", "số")


def _said(value: int, place: Place) -> str:
    if value == 4 and place.left[0] in ("thứ", "quý"):  # noqa: PLR2004
        return "tư"
    return "nhất" if value == 1 and place.left[0] == "thứ" else cardinal(value, style=place.style)


def _witnessed(place: Place, written: str) -> bool:
    """A word that takes a Roman numeral, a name (Louis XVI), or another numeral: `quý I và II`, `I-II`."""
    before = place.left[0]
    if OF_RULERS.fullmatch(written) and NAME_BEFORE.search(place.line, max(0, place.at - REACH), place.at):
        return True
    if before in TAKES_ROMAN or (
        place.char_before == "-" and CODED.search(place.line, max(0, place.at - REACH), place.at)
    ):
        return True
    if before in ("và", "đến", "hoặc", "tới") or place.char_before in "-–,":
        earlier = place.left[1] if before in ("và", "đến", "hoặc", "tới") else before
        return bool(roman(earlier)) and bool(TAKES_ROMAN.intersection(place.left[1:4]))
    return (
        bool(before)
        and bool(roman(before))
        and place.char_before == " "
        and bool(TAKES_ROMAN.intersection(place.left[1:4]))
    )
