"""The languages that Vietnamese stations air in: their codes, and their names as people write them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from broadcaster.config.names import slug

VIETNAMESE = "vi"
NAMES: Mapping[str, str] = MappingProxyType(
    {
        VIETNAMESE: "tiếng Việt",
        "en": "tiếng Anh",
        "hmn": "tiếng Mông",
        "mww": "tiếng Mông",
        "hnj": "tiếng Mông",
        "tai": "tiếng Thái",
        "blt": "tiếng Thái",
        "twh": "tiếng Thái",
        "tyz": "tiếng Tày",
        "nut": "tiếng Nùng",
        "mtq": "tiếng Mường",
        "ium": "tiếng Dao",
        "rad": "tiếng Êđê",
        "jra": "tiếng Gia Rai",
        "bdq": "tiếng Ba Na",
        "km": "tiếng Khmer",
        "kxm": "tiếng Khmer",
        "cjm": "tiếng Chăm",
        "pac": "tiếng Pa Cô",
        "bru": "tiếng Bru - Vân Kiều",
        "ktv": "tiếng Cơ Tu",
        "sed": "tiếng Xơ Đăng",
        "kpm": "tiếng Cơ Ho",
        "cmo": "tiếng Mnông",
        "rog": "tiếng Raglai",
        "sti": "tiếng Xtiêng",
        "hre": "tiếng Hrê",
        "jeh": "tiếng Giẻ Triêng",
        "cje": "tiếng Chu Ru",
        "tth": "tiếng Tà Ôi",
        "kjg": "tiếng Khơ Mú",
        "hni": "tiếng Hà Nhì",
        "lo": "tiếng Lào",
        "zh": "tiếng Hoa",
    }
)
"""By ISO 639 code; of several codes with one name the first is meant by the name."""
_OTHER_WRITINGS = {
    **dict.fromkeys(("vn", "vie", "kinh"), VIETNAMESE),
    **dict.fromkeys(("hmong",), "hmn"),
    **dict.fromkeys(("rhade",), "rad"),
    **dict.fromkeys(("jarai", "jrai"), "jra"),
    **dict.fromkeys(("bahnar", "banar"), "bdq"),
    **dict.fromkeys(("khome", "khmerkrom", "khm"), "km"),
    **dict.fromkeys(("bru", "vankieu", "brvankieu"), "bru"),
    **dict.fromkeys(("katu",), "ktv"),
    **dict.fromkeys(("sedang", "xodang"), "sed"),
    **dict.fromkeys(("koho", "kho"), "kpm"),
    **dict.fromkeys(("stieng",), "sti"),
    **dict.fromkeys(("eng", "english"), "en"),
    **dict.fromkeys(("hoa", "trungquoc", "trung", "zho"), "zh"),
}
_PREFIXES = ("tiengdantoc", "dantoc", "tieng")


def language_code(written: str) -> str:
    """`Mông`, `tiếng H'Mông`, `HMN` → `hmn`, `vi-VN` → `vi`; what nobody knows stays as it is written."""
    primary, _, region = written.strip().partition("-")
    if region.isalpha() and region.isupper() and primary in NAMES:
        return primary
    key = slug(written).replace("-", "")
    if key in NAMES:
        return key
    for prefix in _PREFIXES:
        key = key.removeprefix(prefix)
    return _BY_WRITING.get(key, " ".join(written.split()))


def language_name(code: str) -> str:
    """A language by its Vietnamese name; regional tags (`vi-VN`) count as their language."""
    return NAMES.get(code.partition("-")[0].casefold(), code)


_BY_WRITING = {
    **{slug(name.removeprefix("tiếng ")).replace("-", ""): code for code, name in reversed(list(NAMES.items()))},
    **_OTHER_WRITINGS,
}
