"""Units of measure and money, as they are written and as they are said."""

from __future__ import annotations

from broadcaster.text.datafiles import rows
from broadcaster.text.patterns import pattern

ROWS = rows("units.tsv")
MEASURES = {written: spoken for written, spoken, kind, *_ in ROWS if kind == "đo"}
MONEY = {written: spoken for written, spoken, kind, *_ in ROWS if kind == "tiền"}
ANY_CASE = {unit.lower(): spoken for unit, spoken in MEASURES.items() if len(unit) > 1}
GLUED_ONLY = frozenset(row[0] for row in ROWS if "dính" in row[3:])
"""Too short or too ambiguous to be a unit after a space."""
MAGNITUDES = {
    "k": "nghìn",
    "tr": "triệu",
    "t": "tỷ",
    **{word: word for word in ("nghìn", "ngàn", "triệu", "tỷ", "tỉ", "vạn", "trăm")},
}
PER_WORDS = {
    "h": "giờ",
    "s": "giây",
    "ph": "phút",
    "p": "phút",
    "min": "phút",
    "giờ": "giờ",
    "phút": "phút",
    "giây": "giây",
    "ng": "người",
}
SYMBOL_MONEY = "$€£¥₩₫₹฿"
UNIT = pattern(
    r"độ [CFKc](?!\w)|° ?[CFKcfkNE](?!\w)|°|o[CF](?!\w)|dB\(A\)|[%‰]|US\$|[$€£¥₩₫₹฿]"
    r"|(?:tấn|tạ|yến|sào|mẫu|lít|phút|đồng)(?!\w)|[A-Za-zμΩđĐ]+[23]?|'"
)


def said(written: str) -> str | None:
    """The unit's name, else None."""
    written = written.replace("° ", "°")
    return MEASURES.get(written) or MONEY.get(written.lower()) or ANY_CASE.get(written.lower())


def is_money(written: str) -> bool:
    return written.lower() in MONEY
