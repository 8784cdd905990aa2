"""Numbers and symbols of official documents: 244/CĐSQG-CSS, 08/2023/TT-BYT, 57-NQ/TW, /STTTT-BCVTCNTT."""

from __future__ import annotations

from functools import lru_cache

from broadcaster.text.claim import Claim, Place
from broadcaster.text.datafiles import SETS
from broadcaster.text.letters import spell
from broadcaster.text.numerals import cardinal, digits
from broadcaster.text.patterns import pattern
from broadcaster.text.style import Style
from broadcaster.text.tables import ABBREVIATIONS, SYMBOLS, default_reading
from broadcaster.text.units import said

SEGMENT = "[A-ZĐƯÔ][A-Za-z0-9ĐđƯưÔ]*"
SYMBOL = rf"{SEGMENT}(?: ?[-–] ?{SEGMENT}|[/.,&]{SEGMENT}){{0,8}}"
NUMBERED = pattern(rf"(\d{{1,5}})([a-zA-Z]?)(?: ?/ ?(\d{{4}}))?( ?/ ?|[-–])({SYMBOL})(?!\w)")
YEARED = pattern(r"(\d{1,5})/((?:19|20)\d{2})(?![\w/]|[.,]\d)")
STANDARD = pattern(r"(\d{1,5})((?:-\d{1,3}){1,3}):((?:19|20)\d{2})(?!\d)")
STANDARDS = frozenset({"qcvn", "tcvn", "qcđp", "tccs", "iso", "iec", "chuẩn"})
UNNUMBERED = pattern(rf"[/\\] ?({SYMBOL})(?!\w)")
PARTY_UNNUMBERED = pattern(rf"[-–] ?({SYMBOL})(?!\w)")
ALONE = pattern(r"[A-ZĐƯ]{3,9}(?!\w)")
BARE = pattern(rf"({SEGMENT})((?:[-–/]{SEGMENT}){{1,6}})(?!\w)")
PIECES = pattern(r"[-–/.,& ]+")
LETTERS_AND_FIGURES = pattern(r"(\D+)(\d+)")
DOCUMENT_BEFORE = SETS["dates.no_month_after"]
TERM = frozenset({"QH", "HĐND", "UBTVQH"})
"""Bodies whose number is that of their term: QH15 is the fifteenth National Assembly."""
LEVELS = {"TW": "trung ương", "TƯ": "trung ương", "TU": "tỉnh ủy", "ĐU": "đảng ủy", "QG": "quốc gia"}
OFFICE = {"B": "bộ", "S": "sở", "P": "phòng"}
SHORTEST_OFFICE = 3
KINDS = SETS["documents.kinds"]


def numbered(place: Place) -> Claim | None:
    """A document's number with its symbol."""
    match = NUMBERED.match(place.line, place.at)
    if match is None:
        return None
    number, suffix, year, joint, symbol = match.groups()
    if not _is_symbol(symbol, party=joint in "-–"):
        return None
    slash = place.style.slash
    words = [digits(number, style=place.style) if number.startswith("0") else cardinal(int(number), style=place.style)]
    if suffix:
        words.append(spell(suffix, style=place.style))
    if year:
        words += [slash, cardinal(int(year), style=place.style)]
    words += [slash] if "/" in joint else []
    words.append(_party_symbol(symbol, place) if joint in "-–" else say_symbol(symbol, place.style))
    return Claim(place.at, match.end(), " ".join(words), "số văn bản")


def _party_symbol(symbol: str, place: Place) -> str:
    """Of the Party QĐ may be a quy định, and TT is a thông tri."""
    head, _, rest = symbol.partition("/")
    if head == "QĐ" and "quy" in place.left[1:3]:
        return f"quy định {say_symbol(rest, place.style)}"
    return f"thông tri {say_symbol(rest, place.style)}" if head == "TT" else say_symbol(symbol, place.style)


def yeared(place: Place) -> Claim | None:
    """`Nghị định 49/2024`: number and year alone, after the kind of document."""
    match = YEARED.match(place.line, place.at)
    if match is None or place.left[0] not in DOCUMENT_BEFORE:
        return None
    number = (
        digits(match[1], style=place.style) if match[1].startswith("0") else cardinal(int(match[1]), style=place.style)
    )
    year = cardinal(int(match[2]), style=place.style)
    return Claim(place.at, match.end(), f"{number} {place.style.slash} {year}", "số văn bản")


def standard(place: Place) -> Claim | None:
    """`QCVN 01-1:2018`: a standard, its part, and the year in which it was issued."""
    match = STANDARD.match(place.line, place.at)
    if match is None or STANDARDS.isdisjoint(place.left[:3]):
        return None
    parts = " gạch ngang ".join(
        digits(part, style=place.style) if part.startswith("0") else cardinal(int(part), style=place.style)
        for part in (match[1] + match[2]).split("-")
    )
    year = cardinal(int(match[3]), style=place.style)
    return Claim(place.at, match.end(), f"{parts} hai chấm {year}", "số tiêu chuẩn")


def _is_symbol(symbol: str, *, party: bool) -> bool:
    head = PIECES.split(symbol)[0]
    if party:
        return "/" in symbol and head in SYMBOLS
    if len(head) == 1:
        return head in SYMBOLS and head != symbol
    return head[1:] != head[1:].lower() and said(symbol) is None


def unnumbered(place: Place) -> Claim | None:
    """A symbol whose number was left blank: `Số: /STTTT-BCVTCNTT`."""
    if place.left[0] not in ("số", "") and place.char_before not in " .…:":
        return None
    match = UNNUMBERED.match(place.line, place.at)
    if match is None or not _is_symbol(match[1], party=False):
        return None
    return Claim(
        place.at, match.end(), f"{place.style.slash} {say_symbol(match[1], place.style)}", "số văn bản để trống"
    )


def unnumbered_party(place: Place) -> Claim | None:
    """`Số:    -CV/ĐU`: the Party joins number and symbol with a hyphen."""
    match = PARTY_UNNUMBERED.match(place.line, place.at)
    if match is None or place.left[0] != "số" or not _is_symbol(match[1], party=True):
        return None
    return Claim(place.at, match.end(), say_symbol(match[1], place.style), "số văn bản để trống")


def office(place: Place) -> Claim | None:
    """`STTTT`, `SYT`: an office by the letters that stand in its documents' symbols."""
    match = ALONE.match(place.line, place.at)
    spoken = (_office(match[0]) or SYMBOLS.get(match[0])) if match else None
    return Claim(place.at, match.end(), spoken, "chữ viết tắt", sure=False) if match and spoken else None


def bare(place: Place) -> Claim | None:
    """A symbol alone: `QĐ-TTg`, `NĐ-CP`."""
    match = BARE.match(place.line, place.at)
    if match is None or match[1] not in KINDS or match[0].replace("–", "-") in ABBREVIATIONS:
        return None
    if any(piece not in SYMBOLS and not _office(piece) for piece in PIECES.split(match[2])[1:]):
        return None
    return Claim(place.at, match.end(), say_symbol(match[0], place.style), "ký hiệu văn bản")


def say_symbol(symbol: str, style: Style) -> str:
    """Each part by its name, unknown parts letter by letter."""
    said_parts = [_segment(piece, style) for piece in PIECES.split(symbol) if piece]
    hyphen = f" {style.document_hyphen} " if style.document_hyphen else " "
    return hyphen.join(said_parts)


@lru_cache(maxsize=1_000)
def _segment(piece: str, style: Style) -> str:
    known = SYMBOLS.get(piece) or default_reading(piece) or _office(piece)
    if known:
        return known
    figured = LETTERS_AND_FIGURES.fullmatch(piece)
    if figured:
        head = SYMBOLS.get(figured[1]) or default_reading(figured[1]) or spell(figured[1], style=style)
        return f"{head} {'khóa ' if figured[1] in TERM else ''}{cardinal(int(figured[2]), style=style)}"
    return _of_level(piece) or _compound(piece) or spell(piece, style=style)


def _office(piece: str) -> str | None:
    """`STTTT` is the sở of what TTTT means."""
    rest = piece[1:]
    field = (default_reading(rest) or SYMBOLS.get(rest)) if len(rest) >= SHORTEST_OFFICE else None
    return f"{OFFICE[piece[0]]} {field}" if field and piece[0] in OFFICE else default_reading(piece)


def _of_level(piece: str) -> str | None:
    """`BCĐTW`: a body, then whose it is."""
    head, level = piece[:-2], LEVELS.get(piece[-2:])
    body = SYMBOLS.get(head) or default_reading(head)
    return f"{body} {level}" if body and level else None


def _compound(piece: str) -> str | None:
    """Two known parts written as one: BCVT + CNTT."""
    for cut in range(len(piece) - 2, 2, -1):
        head, tail = piece[:cut], piece[cut:]
        first, second = default_reading(head) or SYMBOLS.get(head), default_reading(tail) or SYMBOLS.get(tail)
        if first and second and len(tail) >= SHORTEST_OFFICE:
            return f"{first} {second}"
    return None
