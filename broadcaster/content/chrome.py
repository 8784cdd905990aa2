"""What surrounds the words of a letter or a web page and is never aired; taken out only where it is unmistakable."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from broadcaster.content.extract import Stripped
from broadcaster.content.signature import RECIPIENTS, SIGNATURE, is_name, signature_in

MOTTO, _RULE, _WRITER = "quốc hiệu, tiêu ngữ", "đường kẻ", "tên người viết, nguồn"
_TOOL = r"""
    (chia\ sẻ(\ bài\ viết)?(\ lên\ \w+\+?)?|in\ (trang|bài|bài\ viết|ra)|bản\ in|gửi\ (email|mail|bạn\ bè)|quay\ lại
    |trở\ về|(về\ )?đầu\ trang|đăng\ (nhập|xuất|ký)|đọc\ (bài\ viết|tiếp)|nghe\ (bài\ viết|đọc\ bài)|xem\ (tiếp|thêm)
    |tải\ về|lưu\ bài|(tăng|giảm)\ (tương\ phản|cỡ\ chữ)|cỡ\ chữ|phóng\ to|thu\ nhỏ|bình\ luận|thích
    |theo\ dõi(\ trên\ \w+)?|facebook|zalo|twitter|youtube|google\+?|print|share|email
    |A\s*[-−–+](\s*A)*\s*(A\s*[-−–+])?)
"""
_OWNER = r"\b(ubnd|[uủ][yỷ]\ ban|trang|cổng|website|sở|đài|báo)\b"
_DAY, _HOUR = r"\d{1,2}[/-]\d{1,2}[/-]\d{4}", r"\d{1,2}[:h]\d{2}(:\d{2})?\s*(am|pm|sa|ch)?"
_CHROME: Mapping[str, str] = {
    "cỡ chữ, nút chia sẻ": rf"A\s*[-−–+]\s+A\s+A\s*[-−–+].{{0,300}}|{_TOOL}(\W+{_TOOL})*\W*",
    "số lượt xem": r"(số\ |tổng\ )?(lượt|lần)\ (xem|đọc|truy\ cập)\s*:?\s*[\d.,]+",
    "ngày giờ đăng trang": rf"""
        (ngày\ đăng|đăng\ (lúc|ngày)|cập\ nhật(\ lúc|\ ngày)?|ngày\ cập\ nhật)\s*:?\s*[\d/:,.\s|AMPGT()+-]+
        |(thứ\s\w+|chủ\ nhật)\s*[,-]\s*(ngày\s+)?{_DAY}[\s|,–-]*({_HOUR})?\s*(\(?gmt\s*[+-]?\s*\d+\)?)?
        |{_DAY}[\s|,–-]+{_HOUR}""",
    "đường dẫn trong trang": r"trang\ chủ(\s*[>»/|›].*)?|trang\s+\d+\s*/\s*\d+[\s\d›»«‹<>….]*",
    "tệp đính kèm của trang": r"(file|tệp|tập\ tin|tài\ liệu)(\ tin)?\ (đính\ kèm|tải\ về)\s*(:.{0,120})?",
    _WRITER: r"""(tác\ giả|người\ (viết|đăng|đưa\ tin)|biên\ tập|nguồn(\ tin)?|ảnh|tin(\ bài|\s*,\s*ảnh|\ và\ ảnh))
        \s*:\s*[^.!?;:]{1,60}""",
    "khung trang web": rf"""image\ banner|banner|ipv6\ ready.{{0,60}}|thống\ kê\ truy\ cập|chung\ nhan\ tin\ nhiem\ mang
        |liên\ kết\ (nhanh|(trang\ )?web(site)?)|xem\ theo\ ngày\s*:?|sơ\ đồ\ (trang|site|cổng)|©.{{0,120}}
        |bản\ quyền\ (thuộc\ về\ |©).{{0,60}}{_OWNER}.{{0,120}}""",
    MOTTO: r"""cộng\ h[oò][aà]\ xã\ hội\ chủ\ nghĩa(\ việt(\ nam)?)?
        |độc\ lập\s*[-–]\s*tự\ do\s*[-–]\s*hạnh\ phúc""",
    _RULE: r"[-–—_=*.~\s]{3,}",
}
"""Whole lines only, by what the operator is told they are."""
_PATTERNS = {reason: re.compile(pattern, re.VERBOSE | re.IGNORECASE) for reason, pattern in _CHROME.items()}
_COUNTER = re.compile(
    r"""\W*(đang\ (truy\ cập|online|trực\ tuyến)|hôm\ (nay|qua)|(trong\ )?tuần(\ này)?
        |(trong\ )?tháng(\ này|\ hiện\ tại)?|tổng(\ số|\ cộng)?(\ lượt)?(\ truy\ cập)?|khách)\s*:\s*[\d.,]+""",
    re.VERBOSE | re.IGNORECASE,
)
_COUNTED = re.compile("truy cập|online|trực tuyến", re.IGNORECASE)
"""A line of a visitors' counter is one only beside others that say so."""
_OF_PAGES = frozenset(_CHROME) - {MOTTO, _RULE}
_MOTTO_CUT = re.compile(r"cộng\s+h[oò][aà]\s.*\bviệt", re.IGNORECASE)
_RELATED = re.compile(
    r"(các )?(tin|bài)( bài| viết| tức)? (liên quan|khác|cùng chuyên mục|mới nhất|cũ hơn|đã đưa|đã đăng)\s*:?",
    re.IGNORECASE,
)
_LONGEST_HEADLINE = 160
"""Characters; a longer line below “Tin liên quan” is no headline of another page."""
_LONGEST_LINE = 400
"""Characters; no line of chrome is longer, and none is matched."""
_ENDED = re.compile(r"""\S.*([!?;:…]|[^./]\.|\./\.)["”)\s]*""")
_PARAGRAPH = 100
_FOOT, _OTHERS = "phần cuối trang web", "tin bài khác của trang web"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """A document's lines without what is not spoken."""

    lines: tuple[str, ...]
    stripped: tuple[Stripped, ...]
    """In the order of the document."""
    signed_at: int | None = None
    """Where the signature block stood among `lines`: what follows is attached. None where there was none."""
    signature: tuple[str, ...] = ()
    """Lines of the first signature block."""


def without_chrome(lines: Sequence[str]) -> Cleaned:
    """Lines that stay, and those that were taken out with the reason of each."""
    reasons = {number: reason for number, line in enumerate(lines) if (reason := _reason_of(line))}
    reasons |= {number + 1: MOTTO for number in list(reasons) if _is_motto_cut(lines, number)}
    for find in (_counters_in, _related_in, signature_in):
        left = [number for number in range(len(lines)) if number not in reasons]
        reasons |= {left[at]: reason for at, reason in find([lines[number] for number in left]).items()}
    reasons |= _page_foot_in(lines, reasons)
    gone = [number for number in sorted(reasons) if lines[number].strip()]
    kept = [number for number in range(len(lines)) if number not in reasons]
    signed = [number for number in gone if reasons[number] in (RECIPIENTS, SIGNATURE)]
    return Cleaned(
        lines=tuple(lines[number] for number in kept),
        stripped=tuple(Stripped(text=lines[number].strip(), reason=reasons[number]) for number in gone),
        signed_at=sum(number < signed[0] for number in kept) if signed else None,
        signature=tuple(lines[number].strip() for number in signed if reasons[number] == SIGNATURE),
    )


def _reason_of(line: str) -> str:
    text = line.strip().strip("|").strip()
    if not text or len(text) > _LONGEST_LINE:
        return ""
    return next((reason for reason, pattern in _PATTERNS.items() if pattern.fullmatch(text)), "")


def _is_motto_cut(lines: Sequence[str], number: int) -> bool:
    """A narrow column leaves “NAM” on a line of its own."""
    following = lines[number + 1].strip() if number + 1 < len(lines) else ""
    return following.upper() == "NAM" and _MOTTO_CUT.fullmatch(lines[number].strip()) is not None


def _counters_in(lines: Sequence[str]) -> dict[int, str]:
    found = [number for number, line in enumerate(lines) if _COUNTER.fullmatch(line.strip())]
    visitors = any(_COUNTED.search(lines[number]) for number in found)
    return dict.fromkeys(found, "số lượt xem") if visitors else {}


def _related_in(lines: Sequence[str]) -> dict[int, str]:
    """“Tin liên quan” and the headlines below it, to the end; nothing more where a paragraph of text follows."""
    for number, line in enumerate(lines):
        if _RELATED.fullmatch(line.strip()):
            rest = [text.strip() for text in lines[number + 1 :]]
            headlines = all(len(text) <= _LONGEST_HEADLINE and not text.endswith(".") for text in rest)
            return dict.fromkeys(range(number, len(lines)) if headlines else (number,), _OTHERS)
    return {}


def _page_foot_in(lines: Sequence[str], reasons: Mapping[int, str]) -> dict[int, str]:
    """Short lines below the text, from the first that is plainly a page's; all of them where the text says `./.`."""
    text_ends = [
        number
        for number, line in enumerate(lines)
        if number not in reasons and (_ENDED.fullmatch(line) or len(line) > _PARAGRAPH)
    ]
    if not text_ends:
        return {}
    foot = range(text_ends[-1] + 1, len(lines))
    marks = [number for number in foot if reasons.get(number) in _OF_PAGES]
    if not marks:
        return {}
    if len(marks) > 1 and lines[text_ends[-1]].rstrip().endswith("./."):
        return {number: _FOOT for number in foot if number not in reasons}
    writer = {number: _WRITER for number in range(foot[0], marks[0]) if is_name(lines[number].strip())}
    return writer | {number: _FOOT for number in range(marks[0], len(lines)) if number not in reasons}
