"""Documents that people send, whole and broken."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.content.documents import Draft, decode_text, script_text, slug_of
from broadcaster.content.documents import read_document as read_any_document
from broadcaster.content.script import parse_script
from broadcaster.errors import WorkspaceFault
from broadcaster.model.script import ScriptKind
from broadcaster.text.orthography import is_syllable

BODY = "Trạm y tế xã mời người cao tuổi đến khám sức khỏe vào sáng thứ Bảy, từ 7 giờ đến 11 giờ 30 phút."
LETTER = f"""A- A A+ | Chia sẻ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
-----------
Lịch khám sức khỏe người cao tuổi
Lượt xem: 43
{BODY}
- Khi đi nhớ mang theo thẻ căn cước.
Nơi nhận:
- Các thôn;
- Đài truyền thanh xã;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
(Đã ký)

Trần Văn Bình
"""


def read_document(path: Path) -> Draft:
    return read_any_document(path, is_syllable=is_syllable)


def _texts(draft: Draft) -> list[str]:
    return [gone.text for gone in draft.stripped]


def _write(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def _refused(path: Path) -> str:
    with pytest.raises(WorkspaceFault) as told:
        read_document(path)
    (fault,) = told.value.faults
    assert fault.remedy
    return fault.message


def _docx(path: Path) -> Path:
    document = Document()
    heading = document.add_table(rows=1, cols=2)
    heading.cell(0, 0).text = "UBND XÃ HOẰNG ĐẠO"
    heading.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    document.add_paragraph("Lịch khám sức khỏe người cao tuổi")
    document.add_paragraph(BODY)
    times = document.add_table(rows=2, cols=2)
    for number, text in enumerate(("Thôn 1", "7 giờ", "Thôn 2", "9 giờ")):
        times.cell(number // 2, number % 2).text = text
    end = document.add_table(rows=1, cols=2)
    end.cell(0, 0).text = "Nơi nhận:\n- Như trên;\n- Lưu: VT."
    end.cell(0, 1).text = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nTrần Văn Bình"
    document.save(str(path))
    return path


# --- text -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["thu.txt", "thu.md", "THU.TXT"])
def test_text_is_read_in_the_encodings_that_notepad_writes(tmp_path: Path, encoding: str, name: str) -> None:
    draft = read_document(_write(tmp_path / name, f"Tin một\r\n\r\n{BODY}\r\n".encode(encoding)))
    assert draft == Draft(title="Tin một", body=f"Tin một\n\n{BODY}")


def test_letter_loses_what_surrounds_its_words_and_says_so(tmp_path: Path) -> None:
    draft = read_document(_write(tmp_path / "thu.txt", LETTER))
    assert draft.title == "Lịch khám sức khỏe người cao tuổi"
    assert draft.body == f"{draft.title}\n{BODY}\n- Khi đi nhớ mang theo thẻ căn cước."
    lines = {line.strip() for line in LETTER.splitlines() if line.strip()}
    assert lines == set(_texts(draft)) | set(draft.body.splitlines())
    assert set(_texts(draft)).isdisjoint(draft.body.splitlines())


def test_attachment_after_the_signature_stays(tmp_path: Path) -> None:
    attached = "17 điểm khác nhau\nĐiểm thứ nhất, về cách làm.\n- Một là giữ nguyên quy trình."
    draft = read_document(_write(tmp_path / "thu.txt", f"{LETTER}\n{attached}\n"))
    assert draft.body.endswith(attached)


@pytest.mark.parametrize(
    "line",
    [
        "Chia sẻ với bà con kinh nghiệm trồng mía.",
        "Nhiều lượt xem: đó là dấu hiệu tốt.",
        "- Lưu ý: mang theo căn cước.",
        "Nơi nhận hàng là nhà văn hóa thôn 1, bà con đến đúng giờ để khỏi phải chờ đợi lâu giữa trời nắng.",
        "Tin liên quan đến bão số 5 sẽ được thông báo tiếp.",
        "TL. 351 tạm cấm xe tải từ ngày mai.",
        "Chủ tịch UBND xã yêu cầu các thôn trực 24/24.",
        "Trần Văn Bình",
    ],
)
def test_lines_that_only_look_like_chrome_stay(tmp_path: Path, line: str) -> None:
    draft = read_document(_write(tmp_path / "tin.txt", f"Tin một\n{BODY}\n{line}\n{BODY}\n"))
    assert line in draft.body.splitlines()
    assert draft.stripped == ()


def test_headlines_of_other_pages_go_with_their_heading(tmp_path: Path) -> None:
    draft = read_document(
        _write(tmp_path / "tin.txt", f"Tin một\n{BODY}\nTin liên quan\nHội chợ đầu xuân\nGiải bóng đá\n")
    )
    assert _texts(draft) == ["Tin liên quan", "Hội chợ đầu xuân", "Giải bóng đá"]


def test_text_below_a_heading_of_other_pages_stays(tmp_path: Path) -> None:
    draft = read_document(_write(tmp_path / "tin.txt", f"Tin một\nTin liên quan\n{BODY}\n"))
    assert draft.body == f"Tin một\n{BODY}"


def test_script_with_front_matter_keeps_its_title_and_reports_the_rest(tmp_path: Path) -> None:
    draft = read_document(_write(tmp_path / "bai.txt", f"---\ntieu_de: Tên bài\ngiong: gtts:vi\n---\n{BODY}\n"))
    assert (draft.title, draft.body) == ("Tên bài", BODY)
    assert "giong: gtts:vi" in _texts(draft)


# --- Word -------------------------------------------------------------------------------------------------------------


def test_word_document_is_read_in_order_with_its_tables(tmp_path: Path) -> None:
    draft = read_document(_docx(tmp_path / "thu.docx"))
    assert BODY in draft.body
    assert draft.body.index(BODY) < draft.body.index("Thôn 1; 7 giờ") < draft.body.index("Thôn 2; 9 giờ")
    assert {"Nơi nhận:", "Trần Văn Bình", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"} <= set(_texts(draft))
    assert "Nơi nhận" not in draft.body


def test_old_or_locked_word_document_is_told_apart(tmp_path: Path) -> None:
    assert "Word đời cũ" in _refused(_write(tmp_path / "thu.docx", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512))


@pytest.mark.parametrize("data", [b"day la van ban", b"\0" * 1000, b"PK\x03\x04" + b"x" * 100, "Tin".encode("utf-16")])
def test_what_is_no_word_document_is_told(tmp_path: Path, data: bytes) -> None:
    assert "không phải tài liệu Word" in _refused(_write(tmp_path / "thu.docx", data))


def test_other_zip_is_no_word_document(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "x")
    assert "không phải tài liệu Word" in _refused(_write(tmp_path / "thu.docx", packed.getvalue()))


def test_zip_bomb_is_refused_unopened(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 201_000_000)
    assert "bung ra" in _refused(_write(tmp_path / "thu.docx", packed.getvalue()))


def test_word_document_of_pictures_alone_is_told(tmp_path: Path) -> None:
    Document().save(str(tmp_path / "quet.docx"))
    assert "không có lời nào" in _refused(tmp_path / "quet.docx")


def test_damaged_word_document_is_read_or_told_but_never_falls_over(tmp_path: Path) -> None:
    whole = _docx(tmp_path / "thu.docx").read_bytes()
    chance = random.Random(2026)
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 40)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            read_document(_write(tmp_path / "hong.docx", bytes(damaged[: chance.randint(100, len(damaged))])))
        except WorkspaceFault as fault:
            assert fault.faults[0].remedy


# --- what is no document ----------------------------------------------------------------------------------------------


def test_unknown_ending_is_told_with_those_that_are_known(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceFault) as told:
        read_document(_write(tmp_path / "thu.xlsx", "x"))
    assert all(ending in told.value.faults[0].remedy for ending in (".txt", ".md", ".docx", "mp3", "m4a", "opus"))


@pytest.mark.parametrize("name", ["thu.txt", "thu.md", "thu.docx"])
@pytest.mark.parametrize("data", [b"", b" \n\r\n\t "])
def test_empty_document_is_told(tmp_path: Path, name: str, data: bytes) -> None:
    assert "trống" in _refused(_write(tmp_path / name, data))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\0" * 1_000_000, "ký tự điều khiển"),
        (b"\0" * 10_000_000, "dài hơn"),
        (b"\x89PNG\r\n\x1a\n\0\0", "ký tự điều khiển"),
        ("Tiếng Việt".encode("utf-16")[:-1], "bị cắt"),
        ("Größe, façade, naïve".encode("latin-1"), "không nhận ra bảng mã"),
        (b"A- A A+\nIn trang\n", "không có lời nào"),
    ],
)
def test_text_that_is_none_is_told(tmp_path: Path, data: bytes, said: str) -> None:
    assert said in _refused(_write(tmp_path / "thu.txt", data))


def test_missing_file_and_folder_are_told(tmp_path: Path) -> None:
    assert "không có tệp" in _refused(tmp_path / "khong-co.txt")
    (tmp_path / "thu-muc.txt").mkdir()
    assert "không mở được" in _refused(tmp_path / "thu-muc.txt")


def test_decoding_leaves_the_text_as_it_stands() -> None:
    text = "Dòng\r\nhai e\u0301"
    assert decode_text(text.encode(), name="x") == text
    assert decode_text(text.encode("utf-16"), name="x") == text
    assert decode_text(b"\xef\xbb\xbf" + text.encode(), name="x") == text


# --- drafts as scripts ------------------------------------------------------------------------------------------------


def test_draft_becomes_a_script_with_all_that_is_known_of_it() -> None:
    draft = Draft(title='Lịch: "tiêm chủng" #10', body=f"{BODY}\n\nHết.")
    text = script_text(
        draft,
        author="Lê Thị Hòa",
        kind=ScriptKind.ANNOUNCEMENT,
        directive="244/CĐSQG-CSS",
        campaign="17 điểm",
        valid_from=date(2026, 10, 1),
        valid_to=date(2026, 10, 31),
    )
    script = parse_script("a.txt", text.encode())
    assert (script.title, script.body) == (draft.title, draft.body)
    assert (script.kind, script.author) == (ScriptKind.ANNOUNCEMENT, "Lê Thị Hòa")
    assert (script.directive, script.campaign) == ("244/CĐSQG-CSS", "17 điểm")
    assert (script.valid_from, script.valid_to) == (date(2026, 10, 1), date(2026, 10, 31))
    assert "tu: 01/10/2026" in text


@given(title=st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=80).filter(str.strip))
def test_any_title_survives_its_front_matter(title: str) -> None:
    text = script_text(Draft(title=title, body=BODY), author=title, kind=ScriptKind.NEWS)
    script = parse_script("a.txt", text.encode())
    expected = parse_script("b.txt", f"---\ntieu_de: |\n  {' '.join(title.split())}\n---\n{BODY}".encode()).title
    assert script.title == script.author == expected


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Phòng, chống đuối nước", "phong-chong-duoi-nuoc"),
        ("ĐÀI TRUYỀN THANH XÃ", "dai-truyen-thanh-xa"),
        ("Ngày 10/10", "ngay-10-10"),
        ("…", "bai-moi"),
        ("", "bai-moi"),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_title_becomes_a_file_name(title: str, slug: str) -> None:
    assert slug_of(title) == slug


def test_long_title_is_cut_after_a_whole_word() -> None:
    slug = slug_of("chuyển đổi số " * 20)
    assert len(slug) <= 60
    assert set(slug.split("-")) == {"chuyen", "doi", "so"}
    assert len(slug_of("x" * 200)) == 60
