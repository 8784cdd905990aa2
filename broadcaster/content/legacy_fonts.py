"""The two encodings that came as fonts: TCVN3 (ABC, “.VnTime”) and VNI (“VNI-Times”) → Unicode.

Both put Vietnamese letters where Windows-1252 has others. Sources: TCVN 5712:1993, table VN3; VNI's table for Windows.
"""

from __future__ import annotations

import re
import unicodedata

_TCVN3_LETTERS = (
    "ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ......."  # A1–C5
    "ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ"  # C6–FE
)
TCVN3 = {0xA1 + at: letter for at, letter in enumerate(_TCVN3_LETTERS) if letter != "."}
"""Code point of Windows-1252 → letter. Capitals with a tone exist only as another font (“.VnTimeH”)."""

_GRAVE, _ACUTE, _TILDE, _HOOK, _DOT, _CIRCUMFLEX, _BREVE = "\u0300\u0301\u0303\u0309\u0323\u0302\u0306"
_VNI_TONES = {"ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_VNI_ROOFED = {
    "â": _CIRCUMFLEX,
    "á": _CIRCUMFLEX + _ACUTE,
    "à": _CIRCUMFLEX + _GRAVE,
    "å": _CIRCUMFLEX + _HOOK,
    "ã": _CIRCUMFLEX + _TILDE,
    "ä": _CIRCUMFLEX + _DOT,
}
_VNI_SHORT = {
    "ê": _BREVE,
    "é": _BREVE + _ACUTE,
    "è": _BREVE + _GRAVE,
    "ú": _BREVE + _HOOK,
    "ü": _BREVE + _TILDE,
    "ë": _BREVE + _DOT,
}
_VNI_MARKS = {
    "a": _VNI_TONES | _VNI_ROOFED | _VNI_SHORT,
    "e": _VNI_TONES | _VNI_ROOFED,
    "o": _VNI_TONES | _VNI_ROOFED,
    **dict.fromkeys(("u", "y", "ô", "ö"), _VNI_TONES),
}
"""Base letter as VNI writes it → the letter after it → what that adds."""
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI = re.compile(
    "|".join(f"{base}[{''.join(marks)}]" for base, marks in _VNI_MARKS.items()) + r"|[\u00c0-\u00ff]", re.IGNORECASE
)
_WORD = re.compile(r"([\W\d_]+)")
_SMALL, _CAPITAL = re.compile("[a-z]"), re.compile("[A-Z]")
UNKNOWN = "\ufffd"
"""Stands for a letter that the encoding does not have."""


def from_tcvn3(text: str, *, capitals: bool = False) -> str:
    """TCVN3 shown in Windows-1252 → Unicode; `capitals` for a font whose small letters look like capitals."""
    letters = text.translate(TCVN3)
    return letters.upper() if capitals else "\n".join(_capitals_mended(line) for line in letters.split("\n"))


def from_vni(text: str) -> str:
    """VNI shown in Windows-1252 → Unicode; what VNI does not have becomes `UNKNOWN`."""
    return _VNI.sub(_vni_letter, text)


def _vni_letter(found: re.Match[str]) -> str:
    pair = found[0]
    if len(pair) == 1:
        letter = _VNI_ALONE.get(pair.lower(), UNKNOWN)
    else:
        base = _VNI_ALONE.get(pair[0].lower(), pair[0].lower())
        letter = unicodedata.normalize("NFC", base + _VNI_MARKS[pair[0].lower()][pair[1].lower()])
    return letter.upper() if pair[0].isupper() else letter


def _capitals_mended(line: str) -> str:
    """`CéNG HßA X· HéI` → `CỘNG HÒA XÃ HỘI`: typed in capitals, the letters with tones had to stay small."""
    if _SMALL.search(line) is None:
        return line.upper() if len(_CAPITAL.findall(line)) > 1 else line
    words = _WORD.split(line)
    shouted = [_is_shouted(word) for word in words]
    for at in range(0, len(words), 2):
        beside = any(shouted[max(at - 2, 0) : at + 3 : 2])
        if shouted[at] or (beside and _CAPITAL.match(words[at]) and not _SMALL.search(words[at])):
            words[at] = words[at].upper()
    return "".join(words)


def _is_shouted(word: str) -> bool:
    return len(_CAPITAL.findall(word)) > 1 and _SMALL.search(word) is None
