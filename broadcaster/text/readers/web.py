"""E-mail and web addresses, files and net numbers."""

from __future__ import annotations

from broadcaster.text.claim import Claim, Place
from broadcaster.text.letters import has_vowel, latin, spell
from broadcaster.text.numerals import digits
from broadcaster.text.orthography import is_syllable
from broadcaster.text.patterns import pattern
from broadcaster.text.style import Style
from broadcaster.text.tables import ABBREVIATIONS, FOREIGN
from broadcaster.text.unaccented import is_common, is_said_whole, is_sayable, named_with_initials, syllables_of

ENDINGS = (
    "vn|com|net|org|gov|edu|info|biz|io|ai|tech|app|dev|asia|tv|me|html?|php|aspx?|pdf|docx?|xlsx?|zip|txt|mp[34]|jpe?g"
    "|png|exe|ly|gle|gl|me|us|xyz|site|online|link|page|top|vip"
)
EMAIL = pattern(r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
URL = pattern(r"(?:(https?|ftp)://|(?=www\.))[^\s<>\"'(),;]+")
DOMAIN = pattern(r"(?:[A-Za-z0-9_-]{1,63}\.){1,8}(?:" + ENDINGS + r")(?!\w)(?:/[^\s<>\"'(),;]*)?")
TAG = pattern(r"([@#])([A-Za-z]{5,48})(?!\w)")
NET = pattern(r"(?:[0-9A-Fa-f]{1,4}:){5,7}[0-9A-Fa-f]{1,4}(?!\w)")
PATH = pattern(r"(?:/[A-Za-z][A-Za-z0-9_.-]{1,63}){2,12}|[A-Z]:(?:\\[A-Za-z0-9_.-]{1,64}){1,12}")
IDENTIFIER = pattern(r"[A-Za-z0-9]{1,32}(?:_[A-Za-z0-9.-]{1,32}){1,8}(?!\w)")
TRAILING = ".,:;!?/"
PIECE = pattern(r"[A-Za-zÀ-ỹĐđ]+|\d+|.")
SAID = {".": "chấm", "@": "a còng", "/": "gạch chéo", "-": "gạch ngang", "_": "gạch dưới", ":": "hai chấm",
        "?": "hỏi", "=": "bằng", "&": "và", "#": "thăng", "%": "phần trăm", "+": "cộng", "~": "ngã",
        "\\": "gạch"}  # fmt: skip
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


def tag(place: Place) -> Claim | None:
    """`@truyenthanhtanson`, `#antoangiaothong`: the page or the subject, word by word."""
    match = TAG.match(place.line, place.at)
    if match is None or place.char_before.isalnum() or not (parts := syllables_of(match[2].lower())):
        return None
    sign = "a còng " if match[1] == "@" else ""
    return Claim(place.at, match.end(), sign + _joined(parts, place.style), "địa chỉ web")


def machine(place: Place) -> Claim | None:
    """Names that programs give: `data_v3.tar.gz`, `/home/user`, `2001:0db8:85a3:0000:0000:8a2e:0370:7334`."""
    match = NET.match(place.line, place.at)
    if match is None:
        match = PATH.match(place.line, place.at) or IDENTIFIER.match(place.line, place.at)
        if match is None or place.char_before not in (" ", "", "("):
            return None
    written = match[0].rstrip(TRAILING)
    return Claim(place.at, place.at + len(written), _say(written, place.style), "tên máy đặt")


def _say(written: str, style: Style) -> str:
    pieces = [match[0] for match in PIECE.finditer(written)]
    said = (_piece(piece, style, joined=_beside_word(pieces, at)) for at, piece in enumerate(pieces))
    return " ".join(word for word in said if word)


def _beside_word(pieces: list[str], at: int) -> bool:
    """Whether a hyphen joins the piece to a word: `tin-tuc`."""
    beside = [at + step for step in (-2, 2) if 0 <= at + step < len(pieces) and pieces[at + step // 2] in "-_"]
    return any(is_syllable(pieces[other].lower()) or is_common(pieces[other].lower()) for other in beside)


def _piece(piece: str, style: Style, *, joined: bool) -> str:
    if piece.isdecimal():
        return digits(piece, style=style)
    lower = piece.lower()
    return SAID.get(piece) or NAMED.get(lower) or (_word(piece, lower, style, joined=joined) if latin(piece) else "")


def _word(piece: str, lower: str, style: Style, *, joined: bool) -> str:
    """A word as a word, words run together one by one, anything else by its letters."""
    if is_syllable(lower):
        return latin(lower)
    if lower in SPELLED or lower in FOREIGN:
        return SPELLED.get(lower, lower)
    if lower.upper() in ABBREVIATIONS:
        return spell(piece, style=style)
    if is_common(lower) or (joined and is_said_whole(lower)):
        return lower
    if parts := syllables_of(lower) or named_with_initials(lower):
        return _joined(parts, style)
    return latin(lower) if _sounds(lower) else spell(piece, style=style)


def _joined(parts: tuple[str, ...], style: Style) -> str:
    return " ".join(part if is_said_whole(part) else spell(part, style=style) for part in parts)


def _sounds(word: str) -> bool:
    """Long enough, and of letters that stand so in words, to be said as one word."""
    return len(word) > 3 and has_vowel(word) and is_sayable(word)  # noqa: PLR2004
