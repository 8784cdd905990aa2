"""A printable week as a workbook: a sheet a commune and week, a row a time, A4 across."""

from __future__ import annotations

from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from broadcaster.schedule.printout import Printout, Session, Slot, Week, day_name

ending = ".xlsx"
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
"""A title that begins with = is a title."""
FONT, PAPER_A4 = "Times New Roman", 9
SESSION_WIDTH, TIME_WIDTH, DAY_WIDTH = 7, 7.5, 16
"""Columns, in characters: seven days make an A4 page across."""
LONGEST_SHEET_NAME = 31
CHARACTERS_A_LINE, LINE_PT = 22, 14
ONE_PAGE_PT = 700
"""Up to this height a week is made to fit one page: letters shrink to three quarters at most."""


def made(printout: Printout) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        looks = _Looks(book)
        names: set[str] = set()
        for week in printout.weeks():
            _sheet(book.add_worksheet(_name(week, names)), week, looks)
        if not names:
            book.add_worksheet("Lịch phát").write(0, 0, "Không có lượt phát nào trong những ngày này.", looks.plain)
    return out.getvalue()


class _Looks:
    def __init__(self, book: Workbook) -> None:
        def look(**more: object) -> Format:
            return book.add_format({"font_name": FONT, "font_size": 11, "valign": "top", "text_wrap": True} | more)

        grid = {"border": 1, "border_color": "#808080"}
        centred = {"align": "center", "valign": "vcenter", "bold": True}
        self.plain = look(text_wrap=False)
        self.station = look(bold=True, text_wrap=False)
        self.title = look(bold=True, font_size=15, align="center", text_wrap=False)
        self.period = look(italic=True, font_size=12, align="center", text_wrap=False)
        self.heading = look(**grid, **centred, bg_color="#EDEDED")
        self.session = look(**grid, **centred)
        self.time = look(**grid, bold=True, align="center")
        self.cell = look(**grid)
        self.note = look(italic=True, font_size=10)
        self.signature = look(bold=True, align="center", text_wrap=False)


def _name(week: Week, taken: set[str]) -> str:
    """Letters that a sheet's name may have, no longer than Excel takes, not twice."""
    bare = "".join(char for char in week.commune.name if char not in "[]:*?/\\'")
    ending = f" {week.days[0]:%d-%m}"
    name = bare[: LONGEST_SHEET_NAME - len(ending)].strip() + ending
    number = 2
    while name.casefold() in taken:
        mark = f" ({number})"
        name, number = bare[: LONGEST_SHEET_NAME - len(ending) - len(mark)] + mark + ending, number + 1
    taken.add(name.casefold())
    return name


def _sheet(sheet: Worksheet, week: Week, looks: _Looks) -> None:
    last = 1 + len(week.days)
    _page(sheet, week, last)
    sheet.write(0, 0, f"ĐÀI TRUYỀN THANH {week.commune.name.upper()}", looks.station)
    sheet.merge_range(1, 0, 1, last, "LỊCH PHÁT SÓNG", looks.title)
    sheet.merge_range(2, 0, 2, last, week.period, looks.period)
    sheet.write_row(4, 0, ["Buổi", "Giờ"], looks.heading)
    for number, day in enumerate(week.days, start=2):
        sheet.write(4, number, f"{day_name(day)}\n{day:%d/%m/%Y}", looks.heading)
    sheet.set_row(4, 2 * LINE_PT + 4)
    row = 5
    heights = [_session(sheet, session, row + _rows_before(week, session), looks) for session in week.sessions]
    row += sum(len(session.starts()) for session in week.sessions)
    if not week.sessions:
        sheet.merge_range(row, 0, row, last, "Không có lượt phát nào.", looks.cell)
        row += 1
    for number, line in enumerate(("Không phát được:", *week.left_out) if week.left_out else (), start=row + 1):
        sheet.merge_range(number, 0, number, last, line, looks.note)
        across = DAY_WIDTH * len(week.days)
        sheet.set_row(number, -(-len(line) // across) * LINE_PT)
        row = number
    sheet.write(row + 2, 2, "NGƯỜI LẬP LỊCH", looks.signature)
    sheet.write(row + 2, max(3, last - 1), "NGƯỜI DUYỆT", looks.signature)
    on_one_page = sum(heights) + (10 + len(week.left_out)) * LINE_PT <= ONE_PAGE_PT
    sheet.fit_to_pages(1, 1 if on_one_page else 0)


def _rows_before(week: Week, session: Session) -> int:
    earlier = week.sessions[: week.sessions.index(session)]
    return sum(len(each.starts()) for each in earlier)


def _page(sheet: Worksheet, week: Week, last: int) -> None:
    sheet.set_paper(PAPER_A4)
    sheet.set_landscape()
    sheet.set_margins(left=0.5, right=0.5, top=0.55, bottom=0.6)
    sheet.center_horizontally()
    sheet.repeat_rows(4)
    sheet.freeze_panes(5, 2)
    sheet.hide_gridlines(2)
    sheet.set_footer(f'&L&"{FONT}"&9{week.commune.name}&R&"{FONT}"&9Trang &P/&N')
    sheet.set_column(0, 0, SESSION_WIDTH)
    sheet.set_column(1, 1, TIME_WIDTH)
    sheet.set_column(2, last, DAY_WIDTH)


def _session(sheet: Worksheet, session: Session, row: int, looks: _Looks) -> float:
    """Its rows from `row` on; how high they are together (pt)."""
    height_pt = 0.0
    starts = session.starts()
    if len(starts) > 1:
        sheet.merge_range(row, 0, row + len(starts) - 1, 0, session.name, looks.session)
    else:
        sheet.write(row, 0, session.name, looks.session)
    for start in starts:
        sheet.write(row, 1, start, looks.time)
        texts = ["\n".join(_text(slot) for slot in slots if slot.clock == start) for slots in session.days]
        for column, text in enumerate(texts, start=2):
            sheet.write(row, column, text, looks.cell)
        row_pt = max(map(_lines, texts)) * LINE_PT + 3
        sheet.set_row(row, row_pt)
        row, height_pt = row + 1, height_pt + row_pt
    return height_pt


def _text(slot: Slot) -> str:
    return f"{slot.title} ({', '.join((slot.lasting, *slot.notes))})"


def _lines(text: str) -> int:
    """How many lines a cell needs: words are not divided."""
    count = 0
    for part in text.split("\n"):
        room = 0
        for word in part.split():
            if room < len(word):
                count, room = count + 1, CHARACTERS_A_LINE
            room -= len(word) + 1
    return max(count, 1)
