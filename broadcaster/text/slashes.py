"""What `n/m` is: a day, a fraction, a ratio or an address. Witnesses on both sides are weighed, none is guessed at."""

from __future__ import annotations

from enum import Enum, auto

from broadcaster.text.claim import REACH, Place
from broadcaster.text.datafiles import SETS
from broadcaster.text.patterns import pattern

DAY_MOST = 31
MONTH_MOST = 12
SMALL = 10
"""Up to this denominator a part is said `phần`; beyond it `trên`."""


class Slash(Enum):
    """Readings of two numbers with a stroke between them."""

    DAY = auto()
    FRACTION = auto()
    RATIO = auto()


DAY_BEFORE = SETS["slashes.day_before"]
SURELY_DAY = SETS["slashes.surely_day"]
DAY_AFTER = SETS["slashes.day_after"]
HOLIDAY = pattern(
    r"ngày|lễ|tết|k[ỷỉ] niệm|dịp|quốc tế|cách mạng|chiến thắng|quốc khánh|giải phóng|nhà giáo|thương binh|phụ nữ"
    r"|thiếu nhi|giỗ|khai giảng|mít tinh|hiến chương|thành lập|truyền thống|thầy thuốc|doanh nhân|báo chí"
)
DUE = pattern(r"(?:thời hạn|hạn nộp|hạn chót|hạn cuối|hạn đăng ký|hẹn|lịch)(?!\w)[^.;()]*$")
"""`hạn nộp 12/8`, `Hẹn trả kết quả: 15/7`: a term was named in the same sentence."""
MOON = pattern(r" ?\(?(?:AL|ÂL|âm lịch)(?!\w)")
CLAUSE_END = pattern(r"(?s).*[,;:.()]")
SHARED = SETS["slashes.shared"]
"""Words after a part of something: 2/3 diện tích."""
COUNTED = SETS["slashes.counted"]
"""Words after so many of so many: 19/19 tiêu chí."""
WEIGHED_BEFORE = SETS["slashes.weighed_before"]
ADDRESS_BEFORE = SETS["slashes.address_before"]
RATIO_BEFORE = frozenset({"áp", "lệ", "đồ"})
"""huyết áp 120/80, tỷ lệ 1/500, bản đồ 1/2000."""
KNOWN_DAYS = SETS["slashes.known_days"]
"""Days that the country keeps: 27/7, 2/9, 20/11."""
ROUND_THE_CLOCK = ("24", "7")
MOST_PARTS = 5
"""4/5 xã is a part, 7/9 xã so many of so many."""
SIMPLE = frozenset({(1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (2, 5), (3, 5), (4, 5)})
"""What is written so without any witness is rather a part."""


def weigh(place: Place, first: str, second: str, end: int) -> tuple[Slash, bool]:
    """The reading of `first/second` that ends at `end`, and whether a witness speaks for it."""
    before = "áp" if place.left[:2] == ("suất", "áp") else place.left[0]
    after = _word_after(place, end)
    by_moon = MOON.match(place.line, end) is not None and is_day(first, second)
    if by_moon or _is_address(place, before):
        return (Slash.DAY if by_moon else Slash.RATIO), True
    if is_day(first, second):
        if _day_is_witnessed(before, after) or "0" in (first[0], second[0]):
            return Slash.DAY, True
        if before not in RATIO_BEFORE and (first, second) != ROUND_THE_CLOCK:
            due = _is_due(place)
            sure = due or _near_holiday(place) or after == "năm"
            if not _is_part(before, after) and (sure or _only_a_day_can_be(int(first), int(second), before, after)):
                return Slash.DAY, sure
            if int(first) > int(second) and (before or after) and after not in SHARED | COUNTED:
                return Slash.DAY, due
    if not (before or after) and is_known_day(first, second):
        return Slash.DAY, False
    return _part(int(first), int(second), before, after)


def _word_after(place: Place, end: int) -> str:
    """The next word, a closing bracket or none between: `100% (12/12) thôn`."""
    return place.next_word(end + 1 if place.char(end) == ")" else end).lower()


def is_known_day(first: str, second: str) -> bool:
    """Whether the day is one that everybody knows by its figures."""
    return f"{int(first)}/{int(second)}" in KNOWN_DAYS


def _day_is_witnessed(before: str, after: str) -> bool:
    if before in SURELY_DAY or (after in DAY_AFTER and after != "năm"):
        return True
    return before in DAY_BEFORE and after not in SHARED | COUNTED


def _is_part(before: str, after: str) -> bool:
    return after in SHARED or after in COUNTED or before in WEIGHED_BEFORE


def _near_holiday(place: Place) -> bool:
    near = place.line[max(0, place.at - REACH) : place.at].lower()
    return HOLIDAY.search(CLAUSE_END.sub("", near)) is not None


def _is_due(place: Place) -> bool:
    return DUE.search(place.line[max(0, place.at - REACH) : place.at].lower()) is not None


def names_a_holiday(place: Place) -> bool:
    """Whether an occasion is named before, be it in the clause before: `dịp lễ 30-4, 1-5`."""
    return HOLIDAY.search(place.line[max(0, place.at - REACH) : place.at].lower()) is not None


def _only_a_day_can_be(first: int, second: int, before: str, after: str) -> bool:
    """No witness at all: within a sentence, what is no usual part is a day."""
    return bool(before or after) and (first, second) not in SIMPLE and (first >= second or not after)


def is_day(first: str, second: str) -> bool:
    return 1 <= int(first) <= DAY_MOST and 1 <= int(second) <= MONTH_MOST


def _is_address(place: Place, before: str) -> bool:
    if place.left[:2] == ("tổ", "giỗ"):
        return False
    if before in ADDRESS_BEFORE or place.left[:2] == ("phố", "khu"):
        return True
    return before == "số" and place.left[1] not in ("dân", "tổng", "công", "tỷ", "tỉ")


def _part(first: int, second: int, before: str, after: str) -> tuple[Slash, bool]:
    witness = _is_part(before, after) or before in RATIO_BEFORE
    if second > SMALL or first == second or before in RATIO_BEFORE:
        return Slash.RATIO, witness
    if first > second and (before or after):
        return Slash.RATIO, witness
    if after in COUNTED and second > MOST_PARTS:
        return Slash.RATIO, True
    return Slash.FRACTION, witness or not (before or after)
