"""Word documents as offices make them: what is easily lost in them, and those that mean harm."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from content.paper import BODY, LETTER, tcvn3, vni, word, xml
from docx import Document

from broadcaster.content.extract import Extract
from broadcaster.content.word import read_word
from broadcaster.errors import WorkspaceFault
from broadcaster.text.orthography import is_syllable


def _read(path: Path) -> Extract:
    return read_word(path, path.read_bytes(), is_syllable=is_syllable)


def _lines(path: Path) -> list[str]:
    return [line for line in _read(path).lines if line.strip()]


def _refused(path: Path) -> str:
    with pytest.raises(WorkspaceFault) as told:
        _read(path)
    (fault,) = told.value.faults
    assert fault.remedy
    return fault.message


def _with_part(path: Path, name: str, data: bytes) -> Path:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, data)
    return path


# --- what stands in no paragraph's text -------------------------------------------------------------------------------


def test_numbers_that_word_counts_are_read(tmp_path: Path) -> None:
    document = Document()
    for line in ("Vệ sinh đường làng", "Trồng cây"):
        document.add_paragraph(line, style="List Number")
    document.add_paragraph("Mang theo cuốc", style="List Bullet")
    document.save(str(tmp_path / "thu.docx"))
    assert _lines(tmp_path / "thu.docx") == ["1. Vệ sinh đường làng", "2. Trồng cây", "- Mang theo cuốc"]


def test_numbers_of_several_levels_are_read(tmp_path: Path) -> None:
    document = Document()
    numbering = document.part.numbering_part.element
    shapes = (("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("decimal", "%2.%4."))
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, (shape, text) in enumerate(shapes)
    )
    numbering.insert(0, xml(f'<w:abstractNum w:abstractNumId="90">{levels}</w:abstractNum>'))
    numbering.append(xml('<w:num w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
    for level in (0, 1, 1, 2, 2, 0, 1):
        paragraph = document.add_paragraph("x")
        properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="91"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(xml(properties))
    document.save(str(tmp_path / "thu.docx"))
    assert _lines(tmp_path / "thu.docx") == ["I. x", "1. x", "2. x", "a) x", "b) x", "II. x", "1. x"]


def test_smart_tags_insertions_and_controls_are_read_and_deletions_are_not(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("Từ ")
    for piece in (
        '<w:smartTag w:element="place"><w:r><w:t xml:space="preserve">Hoằng Đạo </w:t></w:r></w:smartTag>',
        '<w:ins w:id="1"><w:r><w:t xml:space="preserve">đến </w:t></w:r></w:ins>',
        '<w:del w:id="2"><w:r><w:delText>Hà Nội</w:delText></w:r></w:del>',
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>",
        "<w:sdt><w:sdtContent><w:r><w:t>Hoằng Lộc</w:t></w:r></w:sdtContent></w:sdt>",
    ):
        paragraph._p.append(xml(piece))
    document.element.body.insert(
        1, xml("<w:sdt><w:sdtContent><w:p><w:r><w:t>Trong khung điều khiển.</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    )
    document.save(str(tmp_path / "thu.docx"))
    assert _lines(tmp_path / "thu.docx") == ["Từ Hoằng Đạo đến Hoằng Lộc", "Trong khung điều khiển."]


def test_headings_stand_alone_and_margins_are_shown_as_left_out(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Mở đầu bài viết.")
    document.add_heading("Cách phòng bệnh", level=2)
    document.add_paragraph(BODY)
    document.sections[0].footer.paragraphs[0].text = "Trang 1"
    document.save(str(tmp_path / "thu.docx"))
    found = _read(tmp_path / "thu.docx")
    assert found.lines == ("Mở đầu bài viết.", "", "Cách phòng bệnh", "", BODY)
    assert [(gone.text, gone.reason) for gone in found.stripped] == [("Trang 1", "chân trang")]


def test_merged_cells_are_read_once(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(rows=3, cols=2)
    for number, text in enumerate(("Thôn 1", "7 giờ", "Thôn 2", "9 giờ", "", "10 giờ")):
        table.cell(number // 2, number % 2).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    document.save(str(tmp_path / "thu.docx"))
    assert _lines(tmp_path / "thu.docx") == ["Thôn 1; 7 giờ", "Thôn 2; 9 giờ", "10 giờ"]


def test_head_and_end_in_tables_of_several_rows_come_column_by_column(tmp_path: Path) -> None:
    document = Document()
    head = document.add_table(rows=2, cols=2)
    cells = (
        "UBND TỈNH KHÁNH HÒA\nSỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
        "Số: 45/KH-SNNMT",
        "Khánh Hòa, ngày 12 tháng 11 năm 2026",
    )
    for number, text in enumerate(cells):
        head.cell(number // 2, number % 2).text = text
    end = document.add_table(rows=2, cols=2)
    end.cell(0, 0).text = "Nơi nhận:"
    end.cell(0, 1).text = "GIÁM ĐỐC"
    end.cell(1, 0).text = "- Như trên;\n- Lưu: VT."
    document.save(str(tmp_path / "thu.docx"))
    left, right = [[line for cell in cells[side::2] for line in cell.split("\n")] for side in (0, 1)]
    assert _lines(tmp_path / "thu.docx") == [*left, *right, "Nơi nhận:", "- Như trên;", "- Lưu: VT.", "GIÁM ĐỐC"]


# --- old fonts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("font", "typed"), [(".VnTime", tcvn3), (".VnArial", tcvn3), ("VNI-Times", vni), ("VNI Times", vni)]
)
def test_words_in_old_fonts_are_converted_and_told(tmp_path: Path, font: str, typed: object) -> None:
    assert callable(typed)
    found = _read(word(tmp_path / "thu.docx", typed(BODY), font=font))
    assert "".join(found.lines) == BODY
    (note,) = found.notes
    assert font in note


def test_capitals_font_gives_capitals(tmp_path: Path) -> None:
    assert _lines(word(tmp_path / "thu.docx", "th«ng b¸o", font=".VnTimeH")) == ["THÔNG BÁO"]


def test_soft_hyphen_of_word_is_a_letter_in_tcvn3(tmp_path: Path) -> None:
    document = Document()
    run = document.add_paragraph().add_run("Th")
    run.font.name = ".VnTime"
    for piece in ("<w:softHyphen/>", "<w:t>ëng trùc</w:t>"):
        run._r.append(xml(piece))
    document.save(str(tmp_path / "thu.docx"))
    assert _lines(tmp_path / "thu.docx") == ["Thưởng trực"]


@pytest.mark.parametrize("font", [".VnTime", "VNI-Times", "Times New Roman"])
def test_unicode_typed_under_an_old_font_stays(tmp_path: Path, font: str) -> None:
    found = _read(word(tmp_path / "thu.docx", BODY, font=font))
    assert "".join(found.lines) == BODY
    assert found.notes == ()


def test_font_of_the_style_counts(tmp_path: Path) -> None:
    document = Document()
    document.styles["Normal"].font.name = ".VnTime"
    document.add_paragraph(tcvn3(BODY))
    document.save(str(tmp_path / "thu.docx"))
    assert _lines(tmp_path / "thu.docx") == [BODY]


# --- what means harm --------------------------------------------------------------------------------------------------


def test_macros_are_refused(tmp_path: Path) -> None:
    path = _with_part(word(tmp_path / "thu.docx", *LETTER.splitlines()), "word/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    assert "macro" in _refused(path)


def test_bomb_in_the_text_itself_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "thu.docx"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 60_000_000)
    path.write_bytes(packed.getvalue())
    assert "bung ra 60 MB" in _refused(path)


def test_bomb_that_names_a_small_size_is_refused_before_it_is_unpacked_whole(tmp_path: Path) -> None:
    path, named, size = tmp_path / "thu.docx", b"word/document.xml", 100_000_000
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(named.decode(), b" " * size)
    data = bytearray(packed.getvalue())
    in_directory = data.rfind(named) - 46 + 24
    assert struct.unpack_from("<I", data, in_directory) == (size,)
    struct.pack_into("<I", data, in_directory, 5_000)
    path.write_bytes(data)
    tracemalloc.start()
    try:
        assert "đã hỏng" in _refused(path)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    """“A billion laughs”: each entity holds ten of the one before."""
    source = word(tmp_path / "goc.docx", BODY)
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "ha">{laughs}]>'
    path = tmp_path / "thu.docx"
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(path, "w") as made:
        for part in whole.infolist():
            data = whole.read(part)
            if part.filename == "word/document.xml":
                data = data.replace(data[: data.index(b"?>") + 2], bomb.encode()).replace(BODY.encode(), b"&l9;")
            made.writestr(part, data)
    try:
        assert len("".join(_read(path).lines)) < 100
    except WorkspaceFault as fault:
        assert fault.faults[0].remedy


def test_text_without_end_is_refused(tmp_path: Path) -> None:
    assert "đọc cả ngày không hết" in _refused(word(tmp_path / "thu.docx", *[BODY * 50] * 120))
