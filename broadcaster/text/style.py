"""House style: which of several legitimate readings this station uses."""

from __future__ import annotations

from dataclasses import dataclass, replace

from broadcaster.errors import Fault
from broadcaster.text.tabular import rows_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """One choice a field; the defaults are what northern announcers say."""

    thousand: str = "nghìn"
    """`nghìn` or `ngàn`."""
    odd: str = "linh"
    """`linh` or `lẻ`: 101 is một trăm linh một."""
    four_after_tens: str = "tư"
    """24 is hai mươi `tư` or `bốn`."""
    seven: str = "bảy"
    """`bảy` or `bẩy`."""
    early_day: str = ""
    """Said before days 1 to 10: `mùng`, `mồng` or nothing."""
    letters: str = "tên"
    """Consonants by `tên` (bê, xê) or by `âm` (bờ, cờ)."""
    slash: str = "xuyệt"
    """In document numbers: `xuyệt`, `xẹt`, `gạch chéo`, `trên`."""
    document_hyphen: str = ""
    """Between the parts of a document's symbol: nothing, or `gạch ngang`."""


STYLE = Style()
SOUTHERN = Style(thousand="ngàn", odd="lẻ", early_day="mùng")
NOTHING = "không"
"""Written where a word is not to be said at all."""
REGION = "mien"
REGIONS = {"bắc": STYLE, "nam": SOUTHERN}
CHOICES = {
    REGION: ("", tuple(REGIONS)),
    "nghin": ("thousand", ("nghìn", "ngàn")),
    "linh": ("odd", ("linh", "lẻ")),
    "hai-muoi-tu": ("four_after_tens", ("tư", "bốn")),
    "bay": ("seven", ("bảy", "bẩy")),
    "mung": ("early_day", (NOTHING, "mùng", "mồng")),
    "chu-cai": ("letters", ("tên", "âm")),
    "xuyet": ("slash", ("xuyệt", "xẹt", "gạch chéo", "trên")),
    "gach-ngang": ("document_hyphen", (NOTHING, "gạch ngang")),
}
"""The keys of cach-doc.tsv, and what each may be."""


def parse_style(text: str, *, file: str) -> tuple[Style, tuple[Fault, ...]]:
    """The style that a file asks for, and every fault of it; a region first, then single choices."""
    faults: list[Fault] = []
    region, chosen = STYLE, dict[str, str]()
    for row in rows_of(text, file=file):
        key, value = row.field(0), row.field(1).lower()
        message = _fault_of(key, value)
        if message:
            faults.append(Fault(message=message[0], remedy=message[1], file=file, line=row.line))
        elif key == REGION:
            region = REGIONS[value]
        else:
            chosen[CHOICES[key][0]] = "" if value == NOTHING else value
    return replace(region, **chosen), tuple(faults)


def _fault_of(key: str, value: str) -> tuple[str, str] | None:
    if key not in CHOICES:
        return f"không có mục «{key}» trong cách đọc.", f"Các mục được dùng: {', '.join(CHOICES)}."
    allowed = CHOICES[key][1]
    if value not in allowed:
        said = f"«{value}» không phải cách đọc của mục {key}." if value else f"mục {key} chưa có cách đọc."
        return said, f"Sau {key} bấm phím Tab rồi ghi một trong: {', '.join(allowed)}."
    return None
