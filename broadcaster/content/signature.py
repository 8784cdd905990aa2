"""The end of a letter: “Nơi nhận” with its list, and the signature block."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

RECIPIENTS, SIGNATURE = "nơi nhận", "chữ ký"
"""What the operator is told was left out."""
_RECIPIENTS = re.compile(r"\W{0,4}nơi nhận\b.{0,60}", re.IGNORECASE)
_RECIPIENT = re.compile(r"[-+•*]\s*.{1,100}|(như (trên|điều)|lưu)\b.*", re.IGNORECASE)
_LAST_RECIPIENT = re.compile(r"[-+•*]?\s*lưu\b.*", re.IGNORECASE)
_ON_BEHALF = re.compile(r"(TM|KT|TL|TUQ|T/M|K/T|T/L)\.?\s*[^\W\d].{0,80}")
_POST = r"""
    (phó\ |nguyên\ |quyền\ |q\.\s*)?
    (chủ\ tịch|(tổng\ )?giám\ đốc|chánh\ văn\ phòng|chánh\ thanh\ tra|trưởng\ (phòng|ban|trạm|công\ an|thôn|đài|đoàn)
    |bí\ thư|(tổ|cục|chi\ cục|vụ|viện|hiệu|bộ|thứ|đội|hạt)\ trưởng|thủ\ tướng|tổng\ biên\ tập
    |phó\ (trưởng\ )?(phòng|ban|trạm|đài))
"""
_SIGNER = re.compile(
    rf"""
      {_POST}(\ (ubnd|ủy\ ban\ nhân\ dân|xã|phường|huyện|tỉnh|sở|phòng|thường\ trực|phụ\ trách|chi\ bộ|đảng\ ủy))*
    | q\.\s*\S.{{0,60}}
    | \(?\s*(đã\ ký|ký\ tên|ký,\ đóng\ dấu|ký\ số|ký,\ ghi\ rõ\ họ\ tên|ký,\ họ\ tên)\s*[.)]*
    """,
    re.VERBOSE | re.IGNORECASE,
)
_POST_IN_CAPITALS = re.compile(_POST, re.VERBOSE | re.IGNORECASE)
_RANK = re.compile(
    r"(PGS|GS|TSKH|TS|ThS|CN|KS|BS(CKI{1,2})?|(Thượng|Trung|Đại|Thiếu) (tá|úy|tướng))\.?\s*", re.IGNORECASE
)
_NAME_WORDS = range(2, 6)
_NEAR = 6
"""Lines within which a name must follow a post for the two to be a signature."""


def signature_in(lines: Sequence[str]) -> dict[int, str]:
    """The lines of both blocks, up to the first that is of neither: an attachment may follow."""
    found: dict[int, str] = {}
    signing = listing = False
    for number, line in enumerate(lines):
        text = line.strip()
        if _RECIPIENTS.fullmatch(text):
            signing = listing = True
            reason = RECIPIENTS
        elif _ON_BEHALF.fullmatch(text) or (not signing and _begins_signature(lines, number)):
            signing, listing = True, False
            reason = SIGNATURE
        elif listing and _RECIPIENT.fullmatch(text):
            listing = not _LAST_RECIPIENT.fullmatch(text)
            reason = RECIPIENTS
        else:
            signing = signing and (not text or bool(_SIGNER.fullmatch(text)) or is_name(text, capitals=True))
            listing = listing and signing
            reason = SIGNATURE
        if signing:
            found[number] = reason
    return found


def is_post(text: str) -> bool:
    """`KT. CHỦ TỊCH`, `GIÁM ĐỐC`, `Trưởng phòng`: what stands above a signature."""
    return _ON_BEHALF.fullmatch(text) is not None or (_SIGNER.fullmatch(text) is not None and "(" not in text)


def is_name(text: str, *, capitals: bool = False) -> bool:
    """`Nguyễn Văn A`: two to five words of letters, each with one capital, at its head (or, if asked, all capitals)."""
    words = unicodedata.normalize("NFC", _RANK.sub("", text, count=1)).split()
    shaped = all(word.isalpha() and (word == word.capitalize() or (capitals and word.isupper())) for word in words)
    return len(words) in _NAME_WORDS and shaped


def _begins_signature(lines: Sequence[str], number: int) -> bool:
    """A post in capitals with nothing but blanks, posts and a name below it."""
    text = lines[number].strip()
    if not text.isupper() or _POST_IN_CAPITALS.match(text) is None or not _SIGNER.fullmatch(text):
        return False
    for line in lines[number + 1 : number + 1 + _NEAR]:
        below = line.strip()
        if is_name(below) or _SIGNER.fullmatch(below):
            return True
        if below:
            return False
    return False
