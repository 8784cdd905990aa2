"""The .docx files: their structure through python-docx, and as LibreOffice prints them."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Mm, Pt

from broadcaster.clock import VIETNAM
from broadcaster.model.as_run import LogRow, Outcome, OutcomeReason
from broadcaster.model.period import Period
from broadcaster.reports.logbook import write_logbook
from broadcaster.reports.names import StationNames
from broadcaster.reports.period import parse_period
from broadcaster.reports.report import write_report

RowFactory = Callable[..., LogRow]
AT = datetime(2026, 2, 8, 8, 0, tzinfo=VIETNAM)


@pytest.fixture
def report(two_days: list[LogRow], october: Period, station: StationNames, tmp_path: Path) -> Path:
    out = tmp_path / "bao-cao.docx"
    return write_report(
        "periodic", rows=two_days, period=october, directive=None, commune="hoang-dao", station=station, at=AT, out=out
    )


@pytest.fixture
def logbook(two_days: list[LogRow], october: Period, station: StationNames, tmp_path: Path) -> Path:
    return write_logbook(two_days, period=october, station=station, out=tmp_path / "so.docx")


def printed(path: Path) -> list[str]:
    """Each page's text as LibreOffice prints the file."""
    profile = path.parent / "libreoffice"
    command = ["libreoffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", path.parent, path], capture_output=True, check=True)
    pdf = path.with_suffix(".pdf")
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    subprocess.run(["pdftoppm", "-r", "50", "-png", pdf, pdf.with_suffix("")], check=True)
    pages = text.split("\f")[:-1]
    assert len(list(path.parent.glob(f"{path.stem}-*.png"))) == len(pages)
    return pages


def squeezed(text: str) -> str:
    return " ".join(text.split())


def in_mm(section: Section) -> tuple[int, int]:
    return round(section.page_width.mm), round(section.page_height.mm)


def test_the_paper_is_a4_with_the_decrees_margins(report: Path) -> None:
    first, *appendices = docx.Document(str(report)).sections
    assert in_mm(first) == (210, 297)
    assert [round(margin.mm) for margin in (first.top_margin, first.bottom_margin)] == [20, 20]
    assert [round(margin.mm) for margin in (first.left_margin, first.right_margin)] == [30, 15]
    assert [in_mm(section) for section in appendices] == [(297, 210)] * 3


def test_the_font_is_times_new_roman_for_every_script(report: Path) -> None:
    fonts = docx.Document(str(report)).styles["Normal"].element.rPr.rFonts
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs", "eastAsia")} == {"Times New Roman"}


def test_the_head_holds_state_motto_issuer_number_place_and_date(report: Path) -> None:
    cells = [cell.text for row in docx.Document(str(report)).tables[0].rows for cell in row.cells]
    issuer, state, number, place = cells
    assert issuer.splitlines()[:2] == ["ỦY BAN NHÂN DÂN", "XÃ HOẰNG ĐẠO"]
    assert state.splitlines()[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert re.fullmatch(r"Số:\s+/BC-UBND", number)
    assert place == "Hoằng Đạo, ngày 08 tháng 02 năm 2026"


def test_motto_issuer_and_abstract_have_a_rule_below(report: Path) -> None:
    document = docx.Document(str(report))
    issuer, state = document.tables[0].rows[0].cells
    for cell in (issuer, state):
        assert cell.paragraphs[-1]._p.xpath("./w:pPr/w:pBdr/w:top")
    abstract = next(place for place, one in enumerate(document.paragraphs) if one.text.startswith("Kết quả hoạt động"))
    assert document.paragraphs[abstract + 1]._p.xpath("./w:pPr/w:pBdr/w:top")


def test_body_text_is_justified_and_indented(report: Path) -> None:
    document = docx.Document(str(report))
    body = next(one for one in document.paragraphs if one.text.startswith("Thực hiện chế độ báo cáo"))
    assert body.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert body.paragraph_format.first_line_indent == Cm(1.27)
    assert body.paragraph_format.space_before == Pt(6)
    assert body.paragraph_format.line_spacing <= 1.5
    assert body.runs[0].font.size == Pt(14)


def test_the_text_ends_with_the_closing_mark_and_the_signature(report: Path) -> None:
    document = docx.Document(str(report))
    assert any(one.text.endswith("./.") for one in document.paragraphs)
    recipients, signer = next(table for table in document.tables if "Nơi nhận:" in table.cell(0, 0).text).rows[0].cells
    assert recipients.text.splitlines()[-1] == "- Lưu: VT."
    assert signer.text.splitlines()[:3] == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]


def test_table_widths_are_set_on_columns_and_cells_and_margins_stand_before_the_look(report: Path) -> None:
    for table in docx.Document(str(report)).tables:
        for row in table.rows:
            for cell, column in zip(row.cells, table.columns, strict=True):
                assert abs(cell.width - column.width) < Mm(0.1)
        order = [child.tag for child in table._tbl.tblPr]
        assert order.index(qn("w:tblCellMar")) < order.index(qn("w:tblLook"))


def test_headings_of_tables_repeat_on_each_page(report: Path) -> None:
    bordered = [table for table in docx.Document(str(report)).tables if table.style.name == "Table Grid"]
    assert bordered
    assert all(table.rows[0]._tr.xpath("./w:trPr/w:tblHeader") for table in bordered)


def test_the_file_says_who_wrote_it_and_when(report: Path) -> None:
    properties = docx.Document(str(report)).core_properties
    assert properties.author == "ỦY BAN NHÂN DÂN XÃ HOẰNG ĐẠO"
    assert properties.title == "BÁO CÁO Kết quả hoạt động truyền thanh cơ sở tháng 10 năm 2026"
    assert properties.language == "vi-VN"
    assert properties.created == AT


@pytest.mark.needs("libreoffice", "pdftoppm")
def test_the_printed_report_shows_the_figures_and_numbers_its_pages(report: Path) -> None:
    pages = printed(report)
    text = squeezed(" ".join(pages))
    assert "Tổng số lượt phát: 4 lượt, bằng 4/8 (50%)" in text
    assert "Tổng thời lượng phát: 43 phút 12 giây" in text
    assert "Số cụm loa đã phát: 2/2 (100%) cụm" in text
    assert text.count("Phụ lục I") >= 3
    numbers = [page.split()[0] for page in pages]
    body = next(place for place, page in enumerate(pages) if "Phụ lục I\n" in page)
    assert numbers[0] != "1"
    assert numbers[1:body] == [str(place) for place in range(2, body + 1)]
    assert len(pages) == body + 3
    assert "PHÓ CHỦ TỊCH" in pages[body - 1]


@pytest.mark.needs("libreoffice", "pdftoppm")
def test_a_long_list_of_plays_repeats_its_heading_on_every_page(
    row: RowFactory, station: StationNames, tmp_path: Path
) -> None:
    first = datetime(2026, 1, 1, 5, 30, tzinfo=VIETNAM)
    rows = [row((first + timedelta(days=day)).strftime("%Y-%m-%dT%H:%M:%S")) for day in range(120)]
    out = tmp_path / "dai.docx"
    period = parse_period("2026-H1")
    write_report(
        "periodic", rows=rows, period=period, directive=None, commune="hoang-dao", station=station, at=AT, out=out
    )
    pages = printed(out)
    listed = pages[next(place for place, page in enumerate(pages) if "Phụ lục II\n" in page) :]
    assert len(listed) > 1
    assert all("Bắt đầu – kết thúc" in page for page in listed)
    assert "Tổng cộng: 120 lượt phát" in squeezed(listed[-1])
    assert "120 phút 0 giây" in squeezed(listed[-1])
    assert listed[1].split()[0] == "2"


@pytest.mark.needs("libreoffice", "pdftoppm")
def test_the_printed_logbook_has_a_line_a_row_and_its_reasons(logbook: Path) -> None:
    text = squeezed(" ".join(printed(logbook)))
    assert "SỔ NHẬT KÝ PHÁT SÓNG" in text
    assert "Cộng: 13 dòng, trong đó 8 dòng đã phát trọn vẹn, 5 dòng có kết quả khác." in text


def test_the_logbook_is_landscape_with_days_and_a_line_a_row(logbook: Path) -> None:
    document = docx.Document(str(logbook))
    assert in_mm(document.sections[0]) == (297, 210)
    lines = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    days = [line[0] for line in lines if len(set(line)) == 1]
    assert days == ["Thứ Bảy, 10/10/2026", "Chủ nhật, 11/10/2026"]
    rows = [line for line in lines[1:] if len(set(line)) > 1]
    assert [line[1] for line in rows] == [str(seq) for seq in range(1, 14)]


def test_a_line_of_the_logbook_says_what_the_paper_one_says(logbook: Path) -> None:
    rows = {row.cells[1].text: [cell.text for cell in row.cells] for row in docx.Document(str(logbook)).tables[0].rows}
    assert rows["5"] == [
        "5", "5", "chiều", "17:00:00 – 17:05:00", "bài", "17 điểm khác nhau\nPhần 1",
        "Tự sản xuất\nVăn bản số 244/CĐSQG-CSS", "5 phút 0 giây", "Viết: Lê Thị Hoa\nDuyệt: Nguyễn Văn Bình", "",
        "Xã Hoằng Đạo: Loa trung tâm", "", "",
    ]  # fmt: skip
    assert rows["1"][4:7] == ["tiếp âm", "Tiếp sóng thời sự VOV1", "Tiếp âm VOV1"]
    assert rows["9"][3] == "không phát\n(lịch 05:00:00)"
    assert rows["9"][11] == "không phát: đài không hoạt động vào giờ phát"
    assert rows["6"][11] == "phát không thành công: đầu ra loa gặp lỗi\nMất kết nối với máy phát trực tuyến."
    assert rows["7"][11] == "phát trễ giờ"


def test_sessions_are_named_as_people_name_them(
    row: RowFactory, october: Period, station: StationNames, tmp_path: Path
) -> None:
    starts = ("03:15", "05:00", "11:00", "17:00", "19:00", "22:30")
    rows = [row(f"2026-10-10T{start}:00") for start in starts]
    out = write_logbook(rows, period=october, station=station, out=tmp_path / "so.docx")
    table = docx.Document(str(out)).tables[0]
    assert [line.cells[2].text for line in table.rows][2:] == ["đêm", "sáng", "trưa", "chiều", "tối", "đêm"]


def test_the_logbook_of_one_commune_bears_its_stations_name(
    row: RowFactory, october: Period, station: StationNames, tmp_path: Path
) -> None:
    played_unheard = row(heard=False)
    out = write_logbook([played_unheard], period=october, station=station, out=tmp_path / "so.docx")
    document = docx.Document(str(out))
    assert document.paragraphs[0].text == "ĐÀI TRUYỀN THANH XÃ HOẰNG ĐẠO"
    assert document.tables[0].rows[2].cells[10].text == "Loa trung tâm"
    assert document.tables[0].rows[2].cells[11].text == "máy giám sát không nghe thấy"


def test_an_empty_logbook_says_so_and_simulated_rows_are_none(
    row: RowFactory, october: Period, station: StationNames, tmp_path: Path
) -> None:
    out = write_logbook([row(simulated=True)], period=october, station=station, out=tmp_path / "so.docx")
    table = docx.Document(str(out)).tables[0]
    assert table.rows[1].cells[0].text == "Trong kỳ, nhật ký không có dòng nào."


def test_control_characters_and_endless_numbers_do_not_break_the_file(
    row: RowFactory, october: Period, station: StationNames, tmp_path: Path
) -> None:
    failed = {"outcome": Outcome.FAILED, "reason": OutcomeReason.OUTPUT_FAILED, "played_s": 0.0}
    bad = row(title="Bản\x00 tin\x0b & <xã>", detail="a\x1bb", directive="9" * 300, **failed)
    out = tmp_path / "bao-cao.docx"
    asked = {"period": october, "directive": "9" * 300, "commune": None, "station": station, "at": AT}
    write_report("directive", rows=[bad], out=out, **asked)
    text = " ".join(cell.text for table in docx.Document(str(out)).tables for row in table.rows for cell in row.cells)
    assert "& <xã>" in text
    write_logbook([bad], period=october, station=station, out=tmp_path / "so.docx")
