"""Words that are no Vietnamese syllable: foreign words, names, codes, single letters; the rest is flagged."""

from __future__ import annotations

from broadcaster.text.claim import Claim, Place
from broadcaster.text.datafiles import SETS
from broadcaster.text.letters import UNNAMED, has_vowel, latin, spell
from broadcaster.text.numerals import number, roman
from broadcaster.text.orthography import is_syllable
from broadcaster.text.patterns import pattern
from broadcaster.text.readers.numbers import mixed
from broadcaster.text.tables import ABBREVIATIONS, FOREIGN, NAMES, default_reading
from broadcaster.text.unaccented import syllables_of

WORD = pattern(r"[^\W\d_]+")
WITH_APOSTROPHE = pattern(r"([HKMYhkmy])'([^\W\d_]+)")
HYPHENED = pattern(r"[^\W\d_]+(?:-[^\W\d_]+){1,4}(?![\w-])")
CODE = pattern(r"([A-Za-zĐđ]{1,5})[-.]?(\d[\dA-Za-z]{0,15})(?:\.\d+)?(?!\w)")
DECIMAL = pattern(r"\d+\.\d+")
MULTIPLIED = pattern(r" \d")
HUMP = pattern(r"[A-ZĐ]?[^\W\d_A-ZĐ]+")
PRODUCT = pattern(r"([a-z])([A-Z][a-z]{2,})(?!\w)")
PREFIX = {"h": "hờ", "k": "cơ", "m": "mờ", "y": "y"}
LETTER_AFTER = SETS["words.letter_after"]
WHY_UNKNOWN = "«{}» không phải âm tiết tiếng Việt, chưa có trong từ vựng; hãy sửa lại hoặc viết theo cách đọc."
WHY_CAPITALS = "Chưa biết chữ viết tắt «{}»; đang đọc từng chữ cái, hãy viết đầy đủ nếu cần."
WHY_SCRIPT = "«{}» viết bằng chữ nước ngoài, chưa có cách đọc; hãy phiên ra tiếng Việt."
LONGEST_CODE = 8


def foreign(place: Place) -> Claim | None:
    """A foreign word or a name in the lists, as it is written."""
    hyphened = HYPHENED.match(place.line, place.at)
    for match in filter(None, (hyphened, WORD.match(place.line, place.at))):
        lower = match[0].lower()
        if lower in FOREIGN or lower in NAMES:
            spoken = lower if match[0].isupper() else match[0]
            return Claim(
                place.at, match.end(), spoken.replace("-", " "), "tên riêng" if lower in NAMES else "từ nước ngoài"
            )
    return None


def product(place: Place) -> Claim | None:
    """`iOffice`, `eTax`, `iHanoi`: a letter before a word, as programs are named."""
    match = PRODUCT.match(place.line, place.at)
    if match is None:
        return None
    word = match[2].lower()
    parts = (match[2],) if word in FOREIGN or word in NAMES or is_syllable(word) else syllables_of(word)
    if not parts:
        return None
    return Claim(place.at, match.end(), " ".join((spell(match[1], style=place.style), *parts)), "tên ứng dụng")


def highland_name(place: Place) -> Claim | None:
    """`H'Hen`, `K'Brông`: the letter before the apostrophe is a short syllable."""
    match = WITH_APOSTROPHE.match(place.line, place.at)
    if match is None:
        return None
    joined = match[1] + match[2].lower()
    if joined.lower() in NAMES:
        return Claim(place.at, match.end(), joined, "tên riêng")
    end = match.end(1) + 1
    return Claim(place.at, end, PREFIX[match[1].lower()], "tên riêng")


def code(place: Place) -> Claim | None:
    """`QH15`, `H5N1`, `A1`: letters, then figures."""
    match = CODE.match(place.line, place.at)
    if match is None:
        return None
    letters = match[1].lower()
    if "-" in match[0] and (letters in FOREIGN or not match[1].isupper()):
        return None
    is_word = letters in FOREIGN and len(letters) > 2  # noqa: PLR2004
    head = default_reading(letters) or letters if is_word else spell(match[1], style=place.style)
    figures = match[0][len(match[1]) :].lstrip("-.")
    spoken = f"{head} {number(figures, style=place.style) if DECIMAL.fullmatch(figures) else mixed(figures, place)}"
    return Claim(place.at, match.end(), spoken, "mã", sure=len(match[0]) <= LONGEST_CODE)


def plain(place: Place) -> Claim | None:
    """A syllable that stood glued to something and that nobody else wanted."""
    match = WORD.match(place.line, place.at)
    if match is None or not is_syllable(match[0].lower()):
        return None
    spoken = match[0].lower() if match[0].isupper() else match[0]
    return Claim(place.at, match.end(), spoken, "âm tiết")


def letter(place: Place) -> Claim | None:
    """One letter by its name: `điểm b`, `Nguyễn Văn M.`."""
    match = WORD.match(place.line, place.at)
    if match is None or len(match[0]) > 1 or not latin(match[0]):
        return None
    if (
        match[0] in "xX"
        and MULTIPLIED.match(place.line, match.end())
        and any(word.isdecimal() for word in place.left[1:4])
    ):
        return Claim(place.at, match.end(), "nhân", "ký hiệu")
    closed = place.char(match.end()) in (")", ".")
    listed = (len(place.left[0]) == 1 or place.left[0] == "và") and bool(LETTER_AFTER.intersection(place.left[:6]))
    expected = match[0].isupper() or place.left[0] in LETTER_AFTER or closed or listed
    why = "" if expected else WHY_UNKNOWN.format(match[0])
    return Claim(place.at, match.end(), spell(match[0], style=place.style), "chữ cái", sure=expected, why=why)


def unknown(place: Place) -> Claim | None:
    """What nobody knows: said somehow, and flagged."""
    match = WORD.match(place.line, place.at)
    if match is None:
        return None
    written = match[0]
    in_latin = latin(written)
    if not in_latin:
        return Claim(place.at, match.end(), UNNAMED, "chưa biết", sure=False, why=WHY_SCRIPT.format(written))
    whole_word = _pronounceable(in_latin) and (in_latin == written or _means_nothing_else(in_latin))
    why = (WHY_UNKNOWN if whole_word or written.islower() else WHY_CAPITALS).format(written)
    return Claim(
        place.at,
        match.end(),
        in_latin if whole_word else spell(in_latin, style=place.style),
        "chưa biết",
        sure=False,
        why=why,
    )


def _means_nothing_else(word: str) -> bool:
    """Whether a word that lost foreign marks or letters is not now taken for something that it is not."""
    return len(word) > 1 and roman(word) is None and not {word, word.upper()} & ABBREVIATIONS.keys()


def _pronounceable(word: str) -> bool:
    """Whether a voice can be left to try it: `Claude`, `MixedCase`; not `xyz`, not `eKYC`."""
    humps = HUMP.findall(word)
    if (
        "".join(humps) != word
        or any(char.isupper() for hump in humps for char in hump[1:])
        or not all(map(has_vowel, humps))
    ):
        return False
    return len(humps) == 1 or all(len(hump) > 2 for hump in humps)  # noqa: PLR2004
