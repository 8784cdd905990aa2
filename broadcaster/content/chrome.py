"""What surrounds the words of a letter or a web page and is never aired; taken out only where it is unmistakable."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

_CHROME = re.compile(
    r"""
      A\s*[-−–]\s+A\s+A\s*\+.{0,200}                                              # A- A A+
    | (số\ )?(lượt|lần)\ (xem|đọc|truy\ cập)\s*:?\s*[\d.,]+
    | (chia\ sẻ|in\ (trang|bài\ viết)|bản\ in|gửi\ (email|bạn\ bè)|quay\ lại|trở\ về|đăng\ nhập|về\ đầu\ trang)\W*
    | (facebook|zalo|twitter|youtube|print|share|email)(\W+(facebook|zalo|twitter|youtube|print|share|email))*\W*
    | (ngày\ đăng|đăng\ ngày|cập\ nhật|cập\ nhật\ lúc)\s*:?\s*[\d/:,.\s|-]+
    | trang\ chủ(\s*[>»/|].*)?
    | cộng\ h[oò][aà]\ xã\ hội\ chủ\ nghĩa\ việt\ nam
    | độc\ lập\s*[-–]\s*tự\ do\s*[-–]\s*hạnh\ phúc
    | [-–—_=*.\s]{3,}
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Whole lines only."""
_RELATED = re.compile(
    r"(các )?(tin|bài)( bài| viết)? (liên quan|khác|cùng chuyên mục|mới nhất|cũ hơn)\s*:?", re.IGNORECASE
)
_RECIPIENTS = re.compile(r"nơi nhận\b.{0,60}", re.IGNORECASE)
_RECIPIENT = re.compile(r"[-+•*]\s*.{1,100}|như trên.*|lưu\b.*", re.IGNORECASE)
_LAST_RECIPIENT = re.compile(r"[-+•*]?\s*lưu\b.*", re.IGNORECASE)
_ON_BEHALF = re.compile(r"(TM|KT|TL|TUQ)\.\s*[^\W\d].{0,60}")
_SIGNER = re.compile(
    r"""
      (phó\ )?(chủ\ tịch|giám\ đốc|chánh\ văn\ phòng|trưởng\ (phòng|ban)|bí\ thư|cục\ trưởng|vụ\ trưởng|hiệu\ trưởng)
      (\ (ubnd|xã|phường|sở|phòng|thường\ trực|phụ\ trách))*
    | q\.\s*\S.{0,60}
    | \(?\s*(đã\ ký|ký\ tên|ký,\ đóng\ dấu|ký,\ ghi\ rõ\ họ\ tên)\s*[.)]*
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST_HEADLINE = 160
"""Characters; a longer line below “Tin liên quan” is no headline of another page."""
_NAME_WORDS = range(2, 6)


def without_chrome(lines: Iterable[str]) -> tuple[list[str], list[str]]:
    """Lines that stay, and those that were taken out, both in order and as they stood."""
    kept, stripped = _without(_chrome_in, list(lines))
    kept, related = _without(_related_in, kept)
    kept, signature = _without(_signature_in, kept)
    return kept, [*stripped, *related, *signature]


def _without(find: Callable[[Sequence[str]], set[int]], lines: list[str]) -> tuple[list[str], list[str]]:
    gone = find(lines)
    kept = [line for number, line in enumerate(lines) if number not in gone]
    return kept, [lines[number].strip() for number in sorted(gone) if lines[number].strip()]


def _chrome_in(lines: Sequence[str]) -> set[int]:
    return {number for number, line in enumerate(lines) if line.strip() and _CHROME.fullmatch(line.strip())}


def _related_in(lines: Sequence[str]) -> set[int]:
    """“Tin liên quan” and the headlines below it, to the end; nothing where a paragraph of text follows."""
    for number, line in enumerate(lines):
        if _RELATED.fullmatch(line.strip()):
            rest = [text.strip() for text in lines[number + 1 :]]
            headlines = all(len(text) <= _LONGEST_HEADLINE and not text.endswith(".") for text in rest)
            return set(range(number, len(lines))) if headlines else {number}
    return set()


def _signature_in(lines: Sequence[str]) -> set[int]:
    """Signature and “Nơi nhận”, line by line, up to the first line that is neither: an attachment may follow."""
    gone: set[int] = set()
    signing = listing = False
    for number, line in enumerate(lines):
        text = line.strip()
        if _RECIPIENTS.fullmatch(text):
            signing = listing = True
        elif _ON_BEHALF.fullmatch(text):
            signing, listing = True, False
        elif listing and _RECIPIENT.fullmatch(text):
            listing = not _LAST_RECIPIENT.fullmatch(text)
        else:
            signing = signing and (not text or bool(_SIGNER.fullmatch(text)) or _is_name(text))
            listing = listing and signing
        if signing:
            gone.add(number)
    return gone


def _is_name(text: str) -> bool:
    """`Nguyễn Văn A`: two to five words of letters, each with one capital, at its head."""
    words = unicodedata.normalize("NFC", text).split()
    return len(words) in _NAME_WORDS and all(word.isalpha() and word == word.capitalize() for word in words)
