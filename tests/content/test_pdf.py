"""PDFs with text, scans, locked ones and those that mean harm."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from content.paper import ARTICLE, BODY, LETTER, bomb_pdf, pdf

from broadcaster.content.extract import Extract
from broadcaster.content.letter import letter_in
from broadcaster.content.pdf import read_pdf
from broadcaster.errors import WorkspaceFault


def _read(path: Path) -> Extract:
    return read_pdf(path, path.read_bytes())


def _refused(path: Path) -> str:
    with pytest.raises(WorkspaceFault) as told:
        _read(path)
    (fault,) = told.value.faults
    assert fault.remedy
    return fault.message


def test_lines_that_the_page_broke_are_joined(tmp_path: Path) -> None:
    assert _read(pdf(tmp_path / "tin.pdf", ARTICLE)).lines == tuple(ARTICLE.splitlines())


def test_letter_keeps_its_lines_apart(tmp_path: Path) -> None:
    lines = _read(pdf(tmp_path / "thu.pdf", LETTER)).lines
    assert {"Số: 15/VHTT", "Kính gửi:", "- Như trên;", "TRƯỞNG PHÒNG", "Trần Văn Bình"} <= set(lines)
    assert "1. Các xã phát trên loa mỗi ngày hai lượt bài tuyên truyền (gửi kèm theo)." in lines


def test_page_numbers_are_left_out_and_a_sentence_goes_on_over_the_page(tmp_path: Path) -> None:
    first, second = BODY.split(", từ ")
    found = _read(pdf(tmp_path / "bai.pdf", f"{first},", f"từ {second}", foot=True))
    assert found.lines == (BODY,)
    assert [(gone.text, gone.reason) for gone in found.stripped] == [("1", "số trang"), ("2", "số trang")]


def test_running_heads_are_left_out(tmp_path: Path) -> None:
    pages = [f"Báo cáo của xã\n{line}" for line in (BODY, *ARTICLE.splitlines())]
    found = _read(pdf(tmp_path / "bai.pdf", *pages))
    assert found.lines == (BODY, *ARTICLE.splitlines())
    assert {gone.text for gone in found.stripped} == {"Báo cáo của xã"}


def test_scanned_page_among_others_is_told(tmp_path: Path) -> None:
    found = _read(pdf(tmp_path / "bai.pdf", BODY, picture=True))
    assert found.lines == (BODY,)
    (note,) = found.notes
    assert "Trang 2 là ảnh" in note


def test_scan_without_text_is_told(tmp_path: Path) -> None:
    assert "bản quét" in _refused(pdf(tmp_path / "quet.pdf", picture=True))


def test_blank_document_is_told(tmp_path: Path) -> None:
    assert "không có chữ nào" in _refused(pdf(tmp_path / "trang.pdf", ""))


def test_locked_document_is_told(tmp_path: Path) -> None:
    assert "mật khẩu" in _refused(pdf(tmp_path / "khoa.pdf", BODY, password="bimat"))


def test_document_that_only_its_owner_may_change_is_read(tmp_path: Path) -> None:
    assert _read(pdf(tmp_path / "thu.pdf", BODY, password="")).lines == (BODY,)


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"day la van ban", b"\0" * 1000])
def test_what_is_no_pdf_is_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "thu.pdf").write_bytes(data)
    assert "không phải PDF" in _refused(tmp_path / "thu.pdf")


def test_bomb_is_stopped(tmp_path: Path) -> None:
    path = bomb_pdf(tmp_path / "bom.pdf")
    assert path.stat().st_size < 10_000
    assert "bung ra quá lớn" in _refused(path)


def test_book_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("broadcaster.content.pdf.MAX_CHARACTERS", 1_000)
    assert "quá dài" in _refused(pdf(tmp_path / "sach.pdf", f"{BODY}\n" * 40))


def test_damaged_document_is_read_or_told_but_never_falls_over(tmp_path: Path) -> None:
    whole = pdf(tmp_path / "thu.pdf", LETTER).read_bytes()
    chance = random.Random(2026)
    for _ in range(12):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 60)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        (tmp_path / "hong.pdf").write_bytes(damaged[: chance.randint(100, len(damaged))])
        try:
            _read(tmp_path / "hong.pdf")
        except WorkspaceFault as fault:
            assert fault.faults[0].remedy


def test_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = tmp_path / "khong-co"
    hidden.mkdir()
    (hidden / "pypdfium2.py").write_text("raise ModuleNotFoundError('pypdfium2')", encoding="utf-8")
    monkeypatch.setenv(
        "PYTHONPATH", os.pathsep.join([str(hidden), *os.environ.get("PYTHONPATH", "").split(os.pathsep)])
    )
    assert "thiếu thư viện đọc PDF" in _refused(pdf(tmp_path / "tin.pdf", ARTICLE))


def test_motto_in_a_letters_other_column_is_not_joined_to_the_abstract(tmp_path: Path) -> None:
    """As LibreOffice writes the usual head of two columns: the left one whole, then the right one, both wrapped."""
    about = ("V/v tuyên truyền phòng, chống dịch", "bệnh mùa hè năm 2026")
    right = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    head = ("UBND TỈNH PHÚ THỌ", "SỞ VĂN HÓA", "Số: 245/SVHTT-QLBC", *about, *right, "Kính gửi: UBND các xã.", BODY)
    letter = letter_in(_read(pdf(tmp_path / "thu.pdf", "\n".join(head))).lines)
    assert letter is not None
    assert letter.abstract == "tuyên truyền phòng, chống dịch bệnh mùa hè năm 2026"
