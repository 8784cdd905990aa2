"""Bytes → text, whichever of the encodings of Vietnamese offices they are in; told by evidence, never by hope.

The evidence is the share of words with letters beyond ASCII that come out as possible Vietnamese syllables: text in the
right encoding reaches 95 % and more, in a wrong one it stays below 30 % (measured on the sample scripts).
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from broadcaster.content.extract import SyllableTest
from broadcaster.content.legacy_fonts import from_tcvn3, from_vni
from broadcaster.errors import Fault, WorkspaceFault


class Encoding(StrEnum):
    """How a document's letters were stored; the values are what an operator knows them by."""

    UTF_8 = "UTF-8"
    UTF_16 = "UTF-16"
    WINDOWS_1258 = "Windows-1258"
    TCVN3 = "TCVN3 (ABC)"
    VNI = "VNI"


Conversion = Callable[[str], str]
LEGACY: Mapping[Encoding, Conversion] = {Encoding.TCVN3: from_tcvn3, Encoding.VNI: from_vni}
"""From text that shows as `Th«ng b¸o` or `Thoâng baùo`."""
ENOUGH, TOO_LITTLE = 0.85, 0.5
"""Shares of syllables that prove an encoding, and that disprove it."""
TELLING_WORDS = 3
"""A line with fewer words beyond ASCII proves nothing of its own."""
_WORD = re.compile(r"[^\x00-\x40\x5b-\x60\x7b-\x7f\u00a0\s“”‘’…–—•]+")
_BEYOND_LATIN_1 = re.compile("[đăĩũơư\u1ea0-\u1ef9]", re.IGNORECASE)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_UTF_16_NULS = 0.2
"""Every space and most letters of Vietnamese in UTF-16 have a NUL; other text has none."""
_SAVE_AS = "Mở tệp bằng chương trình đã soạn nó, lưu lại theo bảng mã UTF-8 (Notepad: Lưu thành, ô Mã hóa chọn UTF-8)."
_ONE_ENCODING = "Chuyển cả tệp về một bảng mã (Unicode, UTF-8) bằng Word hoặc UniKey rồi nhập lại."


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A text and how it was stored."""

    text: str
    encoding: Encoding


def decode(data: bytes, *, name: str, is_syllable: SyllableTest) -> Decoded:
    """The text in `data`. Raises `WorkspaceFault` for what is no text, or text in several encodings."""
    if (stored := _utf_16(data)) is not None:
        try:
            text = data.decode(stored)
        except UnicodeError as error:
            raise _refused(name, "tệp UTF-16 bị hỏng hoặc bị cắt.", "Chép lại tệp từ nguồn.") from error
        return _without_legacy(text.removeprefix("\ufeff"), Encoding.UTF_16, name=name, is_syllable=is_syllable)
    if control := _CONTROL.search(data):
        message = f"tệp có ký tự điều khiển (0x{control[0][0]:02X}): không phải văn bản, dù đuôi tệp nói vậy."
        raise _refused(name, message, "Kiểm tra có chép nhầm tệp không.", line=_line_of(data, control.start()))
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        return _eight_bit(data, error, name=name, is_syllable=is_syllable)
    return _without_legacy(text, Encoding.UTF_8, name=name, is_syllable=is_syllable)


def unicode_of(text: str, *, name: str, is_syllable: SyllableTest) -> Decoded:
    """Text out of a file that keeps Unicode, yet may have been typed in an old font: `Th«ng b¸o` → `Thông báo`."""
    return _without_legacy(text, Encoding.UTF_8, name=name, is_syllable=is_syllable)


def share_of_syllables(text: str, convert: Conversion | None, is_syllable: SyllableTest) -> tuple[float, int]:
    """Of the words beyond ASCII, the share that `convert` makes syllables of; and how many such words there are."""
    words = [word for word in _WORD.findall(text) if _BEYOND_ASCII.search(word)]
    read = (unicodedata.normalize("NFC", convert(word) if convert else word).lower() for word in words)
    good = sum(is_syllable(word.strip("«»")) for word in read)
    return (good / len(words) if words else 1.0), len(words)


def _utf_16(data: bytes) -> str | None:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    nuls = (data[::2].count(0), data[1::2].count(0))
    if len(data) % 2 == 0 and max(nuls) > len(data) / 2 * _UTF_16_NULS and min(nuls) * 20 < max(nuls):
        return "utf-16-be" if nuls[0] > nuls[1] else "utf-16-le"
    return None


def _eight_bit(data: bytes, error: UnicodeDecodeError, *, name: str, is_syllable: SyllableTest) -> Decoded:
    """Windows-1258, TCVN3 or VNI. Lines of UTF-8 among them are a second encoding, and refused."""
    lines = data.split(b"\n")
    good = [number for number, line in enumerate(lines, 1) if not line.isascii() and _is_utf_8(line)]
    bad_line = _line_of(data, error.start)
    if good:
        message = f"tệp trộn nhiều bảng mã: dòng {good[0]} theo UTF-8, dòng {bad_line} thì không."
        raise _refused(name, message, _ONE_ENCODING, line=bad_line)
    found = _best(_eight_bit_readings(data), is_syllable)
    if found is None:
        _refuse_several(data, name=name, is_syllable=is_syllable)
        byte = data.removeprefix(codecs.BOM_UTF8)[error.start]
        message = f"không nhận ra bảng mã của tệp: byte 0x{byte:02X} không phải UTF-8, cũng không hợp phông cũ nào."
        raise _refused(name, message, _SAVE_AS, line=bad_line)
    _refuse_mixture(data.decode("latin-1"), found.encoding, _raw_conversions(), name=name, is_syllable=is_syllable)
    return found


def _refuse_several(data: bytes, *, name: str, is_syllable: SyllableTest) -> None:
    """Raises `WorkspaceFault` where the lines are readable one by one, but not all in one encoding."""
    seen: dict[Encoding, int] = {}
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.isascii() and (best := _best(_eight_bit_readings(line), is_syllable)) is not None:
            seen.setdefault(best.encoding, number)
    if len(seen) > 1:
        places = ", ".join(f"dòng {number} theo {encoding}" for encoding, number in seen.items())
        raise _refused(name, f"tệp trộn nhiều bảng mã: {places}.", _ONE_ENCODING, line=max(seen.values()))


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _eight_bit_readings(data: bytes) -> Iterable[tuple[Encoding, str, str]]:
    """Encoding, words as they stand (to count), and how each reads."""
    raw = data.decode("cp1252", errors="replace")
    yield Encoding.WINDOWS_1258, raw, data.decode("cp1258", errors="replace")
    for encoding, convert in LEGACY.items():
        yield encoding, raw, convert(raw)


def _raw_conversions() -> Mapping[Encoding, Conversion]:
    return {Encoding.WINDOWS_1258: _cp1258, **LEGACY}


def _cp1258(text: str) -> str:
    return text.encode("latin-1", errors="replace").decode("cp1258", errors="replace")


def _best(readings: Iterable[tuple[Encoding, str, str]], is_syllable: SyllableTest) -> Decoded | None:
    """The reading with most syllables, where that is enough to believe it."""
    conversions = _raw_conversions()
    found: tuple[float, Decoded] | None = None
    for encoding, raw, text in readings:
        share, _ = share_of_syllables(raw, conversions[encoding], is_syllable)
        if share >= ENOUGH and (found is None or share > found[0]):
            found = share, Decoded(text=unicodedata.normalize("NFC", text), encoding=encoding)
    return found[1] if found else None


def _without_legacy(text: str, stored: Encoding, *, name: str, is_syllable: SyllableTest) -> Decoded:
    whole = stored
    share, words = share_of_syllables(text, None, is_syllable)
    if words >= TELLING_WORDS and share < TOO_LITTLE:
        fitting = (
            old for old, convert in LEGACY.items() if share_of_syllables(text, convert, is_syllable)[0] >= ENOUGH
        )
        whole = next(fitting, stored)
    readings = {stored: _as_it_stands, **LEGACY}
    _refuse_mixture(text, whole, readings, name=name, is_syllable=is_syllable)
    return Decoded(text=readings[whole](text), encoding=whole)


def _as_it_stands(text: str) -> str:
    return text


def _refuse_mixture(
    text: str, whole: Encoding, readings: Mapping[Encoding, Conversion], *, name: str, is_syllable: SyllableTest
) -> None:
    """Raises `WorkspaceFault` where a line is unreadable in the encoding of the whole, but plainly is in another."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.isascii():
            continue
        other = _other_encoding(line, whole, readings, is_syllable)
        if other is not None:
            other_name = "Unicode" if readings[other] is _as_it_stands else other
            message = f"tệp trộn nhiều bảng mã: phần lớn theo {whole}, riêng dòng {number} theo {other_name}."
            raise _refused(name, message, _ONE_ENCODING, line=number)


def _other_encoding(
    line: str, whole: Encoding, readings: Mapping[Encoding, Conversion], is_syllable: SyllableTest
) -> Encoding | None:
    share, words = share_of_syllables(line, readings[whole], is_syllable)
    if words < TELLING_WORDS:
        return None
    for other, convert in readings.items():
        # an old font's conversion leaves most of real Unicode alone, so that its share says nothing there
        is_unicode = convert is _as_it_stands and _BEYOND_LATIN_1.search(line) is not None
        doubtful = share < TOO_LITTLE or is_unicode
        if other is not whole and doubtful and share_of_syllables(line, convert, is_syllable)[0] >= ENOUGH:
            return other
    return None


def _line_of(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1


def _refused(name: str, message: str, remedy: str, *, line: int | None = None) -> WorkspaceFault:
    fault = Fault(message=message, remedy=remedy, file=name, line=line)
    return WorkspaceFault(f"Không đọc được {name}.", faults=(fault,))
