"""The plan in a calendar, and a week on paper: every airing is there, at its time, in its day."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from xml.etree import ElementTree

import pytest
from docx import Document
from icalendar import Calendar

from broadcaster.clock import VIETNAM
from broadcaster.config.load import parse_schedule
from broadcaster.schedule.exports import formats
from broadcaster.schedule.plan import no_lengths, plan
from broadcaster.schedule.printout import PlannedLine, Printout

SCHEDULE = parse_schedule("""
xa:
  a: {ten: Xã Hoằng Đạo}
  b: {ten: "Xã = [lạ] / tên: rất dài, dài hơn ba mươi mốt chữ"}
khung_gio: {sang: 05:00-06:30, chieu: 17:00-18:30}
lich:
  - {ten: "=1+1 Bản tin", bai: a.txt, gio: [05:30, 17:30], dai: 10 phút, thu: T2-T7}
  - {ten: Thông báo, bai: b.txt, gio: 05:35, dai: 5 phút}
  - {ten: Đêm, bai: b.txt, gio: 03:15, dai: 5 phút}
""")
MONDAY = date(2026, 11, 23)
LETTERS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}t"


def printout(days: int = 7) -> Printout:
    airings = plan(SCHEDULE, first=MONDAY, days=days, lengths=no_lengths)
    lines = tuple(
        PlannedLine(airing=airing, mark="CHƯA DUYỆT", held="CHƯA DUYỆT nên sẽ không phát. Muốn phát: duyệt.")
        if airing.entry == "thong-bao"
        else PlannedLine(airing=airing)
        for airing in airings
    )
    at = datetime(2026, 11, 22, 8, 0, tzinfo=VIETNAM)
    return Printout(schedule=SCHEDULE, lines=lines, first=MONDAY, days=days, made_at=at)


def made(ending: str, days: int = 7) -> bytes:
    return bytes(formats()[ending].made(printout(days)))


def test_there_is_a_calendar_a_workbook_and_a_document() -> None:
    assert set(formats()) == {".ics", ".xlsx", ".docx"}


def test_the_calendar_has_every_placed_airing_once_at_its_instant() -> None:
    events = Calendar.from_ical(made(".ics")).walk("VEVENT")
    placed = [line.airing for line in printout().lines if line.airing.start]

    assert {(str(event["uid"]), event["dtstart"].dt) for event in events} == {
        (f"{airing.id}@broadcaster", airing.start) for airing in placed
    }
    assert len(events) == len(placed)


def test_what_does_not_air_on_some_days_names_them() -> None:
    one_day = replace(printout(), lines=tuple(line for line in printout().lines if line.airing.date == MONDAY))
    week = next(iter(one_day.weeks()))
    assert week.left_out == ("“Đêm” lúc 03:15 (ngoài khung giờ hoặc chạm giờ yên tĩnh): Thứ Hai 23/11",)


def test_the_calendar_tells_what_is_not_approved_yet() -> None:
    events = Calendar.from_ical(made(".ics")).walk("VEVENT")
    states = {str(event["status"]) for event in events if "Thông báo" in str(event["summary"])}

    assert states == {"TENTATIVE"}


def test_the_document_has_a_page_across_for_each_commune_with_seven_days() -> None:
    document = Document(io.BytesIO(made(".docx")))
    section = document.sections[0]
    grids = [table for table in document.tables if len(table.columns) == 8]

    assert (section.page_width or 0) > (section.page_height or 0)
    assert len(grids) == 2
    assert [cell.text for cell in grids[0].rows[0].cells][1:3] == ["Thứ Hai\n23/11/2026", "Thứ Ba\n24/11/2026"]
    assert [row.cells[0].text for row in grids[0].rows] == ["Buổi", "Sáng", "Chiều"]
    monday, sunday = grids[0].rows[1].cells[1].text, grids[0].rows[1].cells[7].text
    assert monday == "05:30 =1+1 Bản tin (10 phút)\n05:40 Thông báo (5 phút, dời từ 05:35, CHƯA DUYỆT)"
    assert sunday == "05:35 Thông báo (5 phút, CHƯA DUYỆT)"


def test_the_document_names_what_does_not_air_and_why() -> None:
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(made(".docx"))).paragraphs)

    assert text.count("“Đêm” lúc 03:15 (ngoài khung giờ hoặc chạm giờ yên tĩnh): mọi ngày") == 2, "once a commune"


def test_two_weeks_are_two_pages_and_a_week_need_not_be_whole() -> None:
    assert [len(week.days) for week in printout(10).weeks()] == [7, 3, 7, 3]


def sheets(data: bytes) -> tuple[list[str], set[str], str]:
    """Names of the sheets, every text, the first sheet's source."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        names = re.findall(r'<sheet name="([^"]*)"', book.read("xl/workbook.xml").decode())
        shared = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        return names, {str(each.text) for each in shared.iter(LETTERS)}, book.read("xl/worksheets/sheet1.xml").decode()


def test_the_workbook_has_a_sheet_for_each_commune_under_a_name_that_excel_takes() -> None:
    names, texts, _ = sheets(made(".xlsx"))

    assert len(set(names)) == 2
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert {"=1+1 Bản tin (10 phút)", "Thông báo (5 phút, dời từ 05:35, CHƯA DUYỆT)"} <= texts


def test_the_workbook_computes_nothing_and_prints_across() -> None:
    _, _, first = sheets(made(".xlsx"))

    assert "<f>" not in first
    assert 'orientation="landscape"' in first
    assert 'paperSize="9"' in first


@pytest.mark.parametrize("ending", [".ics", ".xlsx", ".docx"])
def test_a_plan_without_airings_is_a_file_all_the_same(ending: str) -> None:
    empty = Printout(schedule=SCHEDULE, lines=(), first=MONDAY, days=7, made_at=datetime(2026, 11, 22, tzinfo=VIETNAM))

    assert formats()[ending].made(empty)
