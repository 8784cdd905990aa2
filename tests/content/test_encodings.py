"""Texts in every encoding that offices still keep, and what is no text or several."""

from __future__ import annotations

import unicodedata

import pytest
from content.paper import ARTICLE, BODY, LETTER, tcvn3, vni, windows_1258

from broadcaster.content.encodings import Decoded, Encoding, decode, unicode_of
from broadcaster.content.legacy_fonts import from_tcvn3, from_vni
from broadcaster.errors import WorkspaceFault
from broadcaster.text.orthography import is_syllable

OTHER = "Bà con mang theo thẻ căn cước và sổ khám bệnh khi đến trạm y tế."


def _decoded(data: bytes) -> Decoded:
    return decode(data, name="thu.txt", is_syllable=is_syllable)


def _refused(data: bytes) -> str:
    with pytest.raises(WorkspaceFault) as told:
        _decoded(data)
    (fault,) = told.value.faults
    assert fault.remedy
    assert fault.line is not None
    return fault.message


# --- the tables -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
        ("CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("§¶ng uû, UBND x· Hoµng §¹o", "Đảng uỷ, UBND xã Hoàng Đạo"),
        ("Uû ban nh©n d©n QuËn 1, Thµnh phè Hå ChÝ Minh", "Uỷ ban nhân dân Quận 1, Thành phố Hồ Chí Minh"),
    ],
)
def test_tcvn3_reads_as_its_typists_meant_it(typed: str, read: str) -> None:
    assert from_tcvn3(typed) == read


def test_capitals_font_of_tcvn3_gives_capitals() -> None:
    assert from_tcvn3("th«ng b¸o", capitals=True) == "THÔNG BÁO"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
        ("Ngöôøi daân thöôøng nghæ tröa luùc naéng", "Người dân thường nghỉ trưa lúc nắng"),
        ("kyõ thuaät, thuûy lôïi, AÁn Ñoä, Mî Tho", "kỹ thuật, thủy lợi, Ấn Độ, Mỵ Tho"),
    ],
)
def test_vni_reads_as_its_typists_meant_it(typed: str, read: str) -> None:
    assert from_vni(typed) == read


def test_every_letter_survives_the_old_encodings() -> None:
    tones = ["", *"\u0300\u0301\u0303\u0309\u0323"]
    vowels = [unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in tones]
    letters = " ".join([*vowels, "đ"])
    assert from_tcvn3(tcvn3(letters)) == letters
    assert from_vni(vni(letters)) == letters
    assert from_vni(vni(letters.upper())) == letters.upper()


# --- telling which ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [BODY, ARTICLE, LETTER, "Thông báo"])
def test_each_encoding_is_known_by_its_letters(text: str) -> None:
    stored = {
        Encoding.UTF_8: text.encode(),
        Encoding.UTF_16: text.encode("utf-16"),
        Encoding.WINDOWS_1258: windows_1258(text),
        Encoding.VNI: vni(text).encode("cp1252"),
    }
    assert {encoding: _decoded(data) for encoding, data in stored.items()} == {
        encoding: Decoded(text=text, encoding=encoding) for encoding in stored
    }


@pytest.mark.parametrize("text", [BODY, ARTICLE.replace("Ủy", "Uỷ")])
@pytest.mark.parametrize("stored_as", ["cp1252", "utf-8", "utf-16"])
def test_tcvn3_is_known_in_bytes_and_where_unicode_was_made_of_it(text: str, stored_as: str) -> None:
    assert _decoded(tcvn3(text).encode(stored_as)) == Decoded(text=text, encoding=Encoding.TCVN3)


@pytest.mark.parametrize("stored_as", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_without_its_mark(stored_as: str) -> None:
    assert _decoded(BODY.encode(stored_as)) == Decoded(text=BODY, encoding=Encoding.UTF_16)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Thong bao khong dau.",
        "Café Müller, à la carte, déjà vu, façade, naïve.",
        "Pơ Rang Čư̆ M'gar, Ƀuôn Ma Thuột, Krông Păč",
        "“Bà con” – 25 °C, 5 m², ½ giờ… «xã»",
    ],
)
def test_unicode_stays_as_it_stands(text: str) -> None:
    assert unicode_of(text, name="x", is_syllable=is_syllable) == Decoded(text=text, encoding=Encoding.UTF_8)
    assert _decoded(text.encode()).text == text


# --- what is no text, or several --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        f"{BODY}\n".encode() + tcvn3(OTHER).encode("cp1252"),
        f"{BODY}\n".encode() + windows_1258(OTHER),
        windows_1258(f"{BODY}\n") + tcvn3(OTHER).encode("cp1252"),
        tcvn3(f"{BODY}\n").encode("cp1252") + vni(OTHER).encode("cp1252"),
        f"{BODY}\n{tcvn3(OTHER)}".encode(),
        "\n".join((tcvn3(OTHER), tcvn3(OTHER), BODY)).encode(),
        f"{BODY}\n{vni(OTHER)}".encode("utf-16"),
    ],
)
def test_several_encodings_in_one_file_are_told_with_the_line(data: bytes) -> None:
    assert "trộn nhiều bảng mã" in _refused(data)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "ký tự điều khiển"),
        (bytes(range(256)) * 10, "ký tự điều khiển"),
        (bytes(range(128, 256)) * 10, "không nhận ra bảng mã"),
        ("日本語の文書".encode("shift_jis"), "không nhận ra bảng mã"),
    ],
)
def test_binary_is_told(data: bytes, said: str) -> None:
    assert said in _refused(data)
