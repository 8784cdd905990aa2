"""The end of a letter: “Nơi nhận” with its list, and the signature block."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

RECIPIENTS, SIGNATURE = "nơi nhận", "chữ ký"
"""What the operator is told was left out."""
_RECIPIENTS = re.compile(
    r"\W{0,4}nơi nhận[\W_]{0,6}((như (trên|điều)|lưu)\b.{0,100}|[-+•]\s*\S.{0,100})?", re.IGNORECASE
)
_BESIDE = re.compile(r"\W{0,4}nơi nhận\W{0,6}\s+(?P<post>\w.*)", re.IGNORECASE)
_RECIPIENT = re.compile(r"[-+•*]\s*.{1,100}|(như (trên|điều)|lưu)\b.*", re.IGNORECASE)
_LAST_RECIPIENT = re.compile(r"[-+•*]?\s*lưu\b.*", re.IGNORECASE)
_ON_BEHALF = re.compile(r"((TM|KT|TL|TUQ)\.|T/M|K/T|T/L)\s*[^\W\d].{0,80}(?<![.;:!?,])")
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
_FAMILY_NAMES = frozenset(
    [
        *(
            "NGUYỄN",
            "TRẦN",
            "LÊ",
            "PHẠM",
            "HOÀNG",
            "HUỲNH",
            "PHAN",
            "VŨ",
            "VÕ",
            "ĐẶNG",
            "BÙI",
            "ĐỖ",
            "HỒ",
            "NGÔ",
            "DƯƠNG",
        ),
        *(
            "LÝ",
            "ĐÀO",
            "VƯƠNG",
            "TRỊNH",
            "TRƯƠNG",
            "ĐINH",
            "LÂM",
            "PHÙNG",
            "MAI",
            "TÔ",
            "HÀ",
            "TẠ",
            "CAO",
            "LƯƠNG",
            "CHU",
        ),
        *(
            "CHÂU",
            "TRIỆU",
            "NÔNG",
            "LÒ",
            "QUÀNG",
            "TÒNG",
            "CẦM",
            "VÀNG",
            "GIÀNG",
            "SÙNG",
            "THÀO",
            "LẦU",
            "MÙA",
            "MA",
            "HỨA",
        ),
        *(
            "LA",
            "BẾ",
            "LỤC",
            "KHÚC",
            "KIỀU",
            "QUÁCH",
            "THÁI",
            "TĂNG",
            "VIÊN",
            "ÂU",
            "DOÃN",
            "ĐẬU",
            "GIANG",
            "HÀN",
            "LẠI",
        ),
        *("KHƯƠNG", "LỮ", "NGHIÊM", "NINH", "PHÍ", "THẠCH", "KIM", "TỐNG", "TIÊU"),
    ]
)
"""In capitals a heading of three words looks like a name; names begin with one of these."""
_NEAR = 6
"""Lines within which a name must follow a post for the two to be a signature."""


def signature_in(lines: Sequence[str]) -> dict[int, str]:
    """The lines of both blocks, up to the first that is of neither: an attachment may follow."""
    found: dict[int, str] = {}
    signing = listing = named = False
    for number, line in enumerate(lines):
        text = line.strip()
        if _RECIPIENTS.fullmatch(text) or _is_beside_signature(text):
            signing, listing, named = True, True, False
            reason = RECIPIENTS
        elif _ON_BEHALF.fullmatch(text) or (not signing and _begins_signature(lines, number)):
            signing, listing, named = True, False, False
            reason = SIGNATURE
        elif listing and _RECIPIENT.fullmatch(text):
            listing = not _LAST_RECIPIENT.fullmatch(text)
            reason = RECIPIENTS
        else:
            name = not named and is_name(text, capitals=True)
            signing = signing and (not text or bool(_SIGNER.fullmatch(text)) or name)
            listing, named = listing and signing, named or name
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
    if len(words) not in _NAME_WORDS or not all(word.isalpha() for word in words):
        return False
    if capitals and words[0] in _FAMILY_NAMES and all(word.isupper() for word in words):
        return True
    return all(word == word.capitalize() for word in words)


def _is_beside_signature(text: str) -> bool:
    """`Nơi nhận:      TM. ỦY BAN NHÂN DÂN`: the two columns of a letter's end on one line."""
    beside = _BESIDE.fullmatch(text)
    return beside is not None and beside["post"].isupper() and is_post(beside["post"])


def _begins_signature(lines: Sequence[str], number: int) -> bool:
    """A post in capitals with nothing but blanks, posts and a name below it."""
    text = lines[number].strip()
    if not text.isupper() or _POST_IN_CAPITALS.match(text) is None or not _SIGNER.fullmatch(text):
        return False
    for line in lines[number + 1 : number + 1 + _NEAR]:
        below = line.strip()
        if is_name(below, capitals=True) or _SIGNER.fullmatch(below):
            return True
        if below:
            return False
    return False
