"""E-mail and web addresses, files and net numbers."""

from __future__ import annotations

import re

from broadcaster.text.claim import Claim, Place
from broadcaster.text.letters import has_vowel, latin, spell
from broadcaster.text.numerals import digits
from broadcaster.text.orthography import is_syllable
from broadcaster.text.patterns import pattern
from broadcaster.text.style import Style
from broadcaster.text.tables import ABBREVIATIONS, FOREIGN
from broadcaster.text.unaccented import is_said_whole, syllables_of

ENDINGS = (
    "vn|com|net|org|gov|edu|info|biz|io|ai|tech|app|dev|asia|tv|me|html?|php|aspx?|pdf|docx?|xlsx?|zip|txt|mp[34]|jpe?g"
    "|png|exe|ly|gle|gl|me|us|xyz|site|online|link|page|top|vip"
)
EMAIL = pattern(r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
URL = pattern(r"(?:(https?|ftp)://|(?=www\.))[^\s<>\"'(),;]+")
DOMAIN = pattern(r"(?:[A-Za-z0-9_-]{1,63}\.){1,8}(?:" + ENDINGS + r")(?!\w)(?:/[^\s<>\"'(),;]*)?")
TRAILING = ".,:;!?/"
PIECE = pattern(r"[A-Za-zÀ-ỹĐđ]+|\d+|.")
SAID = {".": "chấm", "@": "a còng", "/": "gạch chéo", "-": "gạch ngang", "_": "gạch dưới", ":": "hai chấm",
        "?": "hỏi", "=": "bằng", "&": "và", "#": "thăng", "%": "phần trăm", "+": "cộng", "~": "ngã"}  # fmt: skip
NAMED = {"vn": "vê en", "www": "vê kép vê kép vê kép", "org": "o rờ gờ", "net": "nét", "com": "com",
         "gov": "gov", "edu": "edu", "io": "i o", "http": "hát tê tê pê", "https": "hát tê tê pê ét", "ftp": "ép tê pê",
}  # fmt: skip
SPELLED = {key.lower(): readings[0].spoken for key, readings in ABBREVIATIONS.items() if readings[0].spelled}
"""vneid, vnpt: as they are said elsewhere."""
PROTOCOL_UNSAID = frozenset({"http", "https"})


def address(place: Place) -> Claim | None:
    """An address, piece by piece; the protocol of a web page is not said."""
    email = EMAIL.match(place.line, place.at)
    if email:
        return Claim(place.at, email.end(), _say(email[0], place.style), "thư điện tử")
    url = URL.match(place.line, place.at)
    match = url or DOMAIN.match(place.line, place.at)
    if match is None:
        return None
    written = match[0].rstrip(TRAILING)
    shown = written
    if url and url[1]:
        shown = written[len(url[1]) + 3 :]
    protocol = f"{NAMED[url[1]]} " if url and url[1] and url[1] not in PROTOCOL_UNSAID else ""
    if not shown:
        return None
    return Claim(place.at, place.at + len(written), protocol + _say(shown, place.style), "địa chỉ web")


def _say(written: str, style: Style) -> str:
    return " ".join(word for word in (_piece(match[0], style) for match in PIECE.finditer(written)) if word)


def _piece(piece: str, style: Style) -> str:
    if piece.isdecimal():
        return digits(piece, style=style)
    lower = piece.lower()
    return SAID.get(piece) or NAMED.get(lower) or (_word(piece, lower, style) if latin(piece) else "")


def _word(piece: str, lower: str, style: Style) -> str:
    """A word as a word, words run together one by one, anything else by its letters."""
    if lower in FOREIGN or is_syllable(lower):
        return latin(lower)
    spelled = SPELLED.get(lower)
    if spelled or lower.upper() in ABBREVIATIONS:
        return spelled or spell(piece, style=style)
    if parts := syllables_of(lower):
        return " ".join(part if is_said_whole(part) else spell(part, style=style) for part in parts)
    return latin(lower) if _sounds(lower) else spell(piece, style=style)


def _sounds(word: str) -> bool:
    """Long enough, with vowels enough, to be said as one word."""
    return len(word) > 3 and has_vowel(word) and not re.search(r"[^aeiouy]{6}", word)  # noqa: PLR2004
