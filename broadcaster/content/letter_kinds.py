"""What kind of letter it is: by the line that names it, or by its symbol."""

from __future__ import annotations

import re

from broadcaster.model.directive import DirectiveKind

KIND_LINES = {
    "KẾ HOẠCH": DirectiveKind.PLAN,
    "QUYẾT ĐỊNH": DirectiveKind.DECISION,
    "THÔNG BÁO": DirectiveKind.NOTICE,
    "CHỈ THỊ": DirectiveKind.INSTRUCTION,
    "CÔNG ĐIỆN": DirectiveKind.TELEGRAM,
    "HƯỚNG DẪN": DirectiveKind.GUIDANCE,
    "CHƯƠNG TRÌNH": DirectiveKind.PROGRAMME,
    **dict.fromkeys(("NGHỊ QUYẾT", "PHƯƠNG ÁN", "BÁO CÁO", "TỜ TRÌNH", "GIẤY MỜI", "THÔNG TƯ"), DirectiveKind.OTHER),
}
_KIND_SYMBOLS = {
    "KH": DirectiveKind.PLAN, "QĐ": DirectiveKind.DECISION, "TB": DirectiveKind.NOTICE, "CT": DirectiveKind.INSTRUCTION,
    "CĐ": DirectiveKind.TELEGRAM, "HD": DirectiveKind.GUIDANCE, "CTr": DirectiveKind.PROGRAMME,
    **dict.fromkeys(("NQ", "PA", "BC", "TTr", "GM", "TT", "NĐ"), DirectiveKind.OTHER),
}  # fmt: skip


def kind_by_symbol(symbol: str | None) -> DirectiveKind:
    """From the symbol: `KH-UBND` and `KH/ĐU` are plans; a letter's names its issuer alone."""
    first = re.split(r"[-–/]", re.sub(r"^\d{4}/", "", symbol or ""))[0]
    return _KIND_SYMBOLS.get(first, DirectiveKind.LETTER)
