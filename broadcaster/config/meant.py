"""What the office surely meant by a value that cannot be read: the remedy shows it as it should be written."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from broadcaster.config.names import fold

NOON = 12
AFTERNOON = r"chiều|tối|pm|p\.m"
DAY_S, HOUR_S, MINUTE_S = 86_400, 3600, 60
UNITS = (
    dict.fromkeys(("", "p", "ph", "m", "min", "mins", "minute", "minutes", "phut", "phút", "'"), "phút")
    | dict.fromkeys(("h", "g", "gio", "giờ", "tiếng", "tieng", "hour", "hours"), "giờ")
    | dict.fromkeys(("s", "giay", "giây", "sec", "second", "seconds"), "giây")
)
"""How people write the units of a length."""
SPOKEN_TIME = re.compile(
    r"(\d{1,2})\s*(?:h|g|giờ|[.,:;-])?\s*(\d{1,2})?\s*(?:p|ph|phút)?\s*(sáng|trưa|chiều|tối|am|pm|a\.m\.|p\.m\.)?"
)
BARE_TIME = re.compile(r"(\d{2})(\d{2})")
CLOCK = r"\d{1,2}:\d{2}"
DATE = r"\d{1,2}/\d{1,2}/\d{4}"
EXCEL_BEGINS = date(1899, 12, 30)
"""Day 0 of a spreadsheet's dates."""
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
TO = r"\s*(?:[-–—~→]|->|đến|tới|đến hết)\s*"
HOURS_AND_MINUTES = re.compile(r"(\d{1,2})\s*(?:h|g|gio|giờ|tiếng)\s*(\d{1,2})\s*(?:p|ph|phut|phút|')?")
SAID_LENGTHS = {"nửa giờ": "30 phút", "nửa tiếng": "30 phút"} | {
    f"{hours} {unit} rưỡi": f"{hours} giờ 30 phút" for hours in range(1, 10) for unit in ("giờ", "tiếng")
}
WEEKDAY = re.compile(r"(?:thứ\s*|t)?(hai|ba|tư|năm|sáu|bảy|[2-7])|(cn|chủ\s*nhật|chu\s*nhat)|(-|–|đến|tới)")
SAID_WEEKDAYS = {"cuối tuần": "T7, CN"} | dict.fromkeys(
    ("cả tuần", "mọi ngày", "mỗi ngày", "ngày nào cũng"), "hằng ngày"
)
NUMBERS = {"hai": "2", "ba": "3", "tư": "4", "năm": "5", "sáu": "6", "bảy": "7"}
CURVED = "“”‘’„«»"


def time_remedy(text: str) -> str:
    """`17h30`, `5.30`, `6 giờ chiều`, `05:50 18:10` …"""
    said = fold(text)
    if UNSEEN.search(said):
        return f"Có ký tự ẩn chép từ nơi khác; xóa đi và gõ lại: {UNSEEN.sub('', text).strip()}"
    said = said.replace("：", ":").rstrip(" .;…").strip(CURVED)
    fraction = re.fullmatch(r"0[.,]\d{3,}", said)
    if fraction:
        minutes = round(float(said.replace(",", ".")) * DAY_S / MINUTE_S)
        return f"Đây là giờ kiểu Excel; viết {minutes // 60:02d}:{minutes % 60:02d}"
    if re.fullmatch(CLOCK, said):
        return f"Viết {said.zfill(5)}"
    short = re.fullmatch(r"(\d{1,2}):(\d)", said)
    if short and in_a_day(int(short[1]), int(short[2])):
        begun = f"{int(short[1]):02d}"
        remedy = f"Phút viết hai chữ số: {begun}:0{short[2]}"
        return f"{remedy} hay {begun}:{short[2]}0?" if int(short[2]) < 6 else remedy  # noqa: PLR2004 - sixty minutes
    return _spoken_time(said) or _several_times(said) or "Viết giờ:phút theo 24 giờ, ví dụ: 17:30"


def _spoken_time(said: str) -> str | None:
    said = re.sub(r":{2,}", ":", re.sub(r"\s*(?:h|g|giờ)?\s*rưỡi", " giờ 30", said))
    digits = said.replace("o", "0") if re.fullmatch(r"[\do]{1,2}[:h][\do]{2}", said) else said
    spoken = SPOKEN_TIME.fullmatch(digits) or BARE_TIME.fullmatch(digits)
    if spoken is None:
        return None
    hour, minute = int(spoken[1]), int(spoken[2] or 0)
    if spoken.re is SPOKEN_TIME and spoken[3] and hour < NOON:
        hour += NOON if re.search(AFTERNOON, spoken[3]) else 0
    return f"Viết {hour:02d}:{minute:02d}" if in_a_day(hour, minute) else "Viết giờ từ 00:00 đến 23:59, ví dụ: 17:30"


def _several_times(said: str) -> str | None:
    span = re.fullmatch(f"({CLOCK}){TO}({CLOCK})", said)
    if span:
        return f"Ở đây chỉ ghi giờ bắt đầu: {span[1]}; dài bao lâu thì ghi ở dai, ví dụ: dai: 15 phút"
    found = re.findall(CLOCK, said)
    if not found:
        return None
    if re.sub(rf"{CLOCK}|và|[\s;/()]", "", said):
        return f"Chỉ ghi giờ: {found[0]}; lời ghi chú thì đặt sau dấu #" if len(found) == 1 else None
    return f"Nhiều giờ thì viết trong ngoặc vuông, cách nhau bằng dấu phẩy: [{', '.join(found)}]"


def in_a_day(hour: int, minute: int, second: int = 0) -> bool:
    return hour < 24 and minute < 60 and second < 60  # noqa: PLR2004 - the day, the hour, the minute


def span_remedy(text: str) -> str | None:
    """`17h-18h30`, `17:00 đến 18:30`, `05:00 06:30`."""
    said = fold(text)
    halves = re.split(TO, said) if re.search(TO, said) else re.findall(r"\d{1,2}[:h]\d{2}", said)
    meant = [re.search(r"Viết (\d\d:\d\d)$", time_remedy(half)) for half in halves]
    ends = [found[1] for found in meant if found]
    return f"Viết giờ đầu-giờ cuối: {ends[0]}-{ends[1]}" if len(ends) == len(halves) == 2 else None  # noqa: PLR2004


def duration_remedy(text: str) -> str:
    """`30p`, `1h30`, `1.5 giờ`, `nửa tiếng` …"""
    said = fold(text.replace("&nbsp;", " ")).rstrip(" .;…")
    number = re.fullmatch(r"(\d+)\s*(\w*|')", said)
    if number and (unit := UNITS.get(number[2])):
        return f"Viết số kèm đơn vị: {number[1]} {unit}"
    decimal = re.fullmatch(r"(\d+)[.,](\d+)\s*(giờ|gio|h|phút|phut|p)", said)
    if decimal:
        unit_s = HOUR_S if UNITS[decimal[3]] == "giờ" else MINUTE_S
        return f"Không viết số lẻ: {lasting(round(float(f'{decimal[1]}.{decimal[2]}') * unit_s))}"
    clock = re.fullmatch(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", said) or HOURS_AND_MINUTES.fullmatch(said)
    if clock:
        hours, minutes, *seconds = (int(part or 0) for part in clock.groups())
        length_s = hours * HOUR_S + minutes * MINUTE_S + sum(seconds)
        return f"Viết số kèm đơn vị: {lasting(length_s) if length_s else '30 phút'}"
    if said in SAID_LENGTHS:
        return f"Viết số kèm đơn vị: {SAID_LENGTHS[said]}"
    return "Viết số dương kèm đơn vị, ví dụ: 30 phút, 90 giây, 1 giờ 15 phút"


def lasting(length_s: int) -> str:
    """`1 giờ 30 phút`, `45 giây`."""
    hours, rest = divmod(length_s, HOUR_S)
    parts = ((hours, "giờ"), (rest // MINUTE_S, "phút"), (rest % MINUTE_S, "giây"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 giây"


def date_remedy(text: str) -> str:
    """`2026-10-10`, `10-10-2026`, `10/10/26`, `ngày 2 tháng 9 năm 2027`, `01/10/2026 đến 05/10/2026`, words."""
    said = fold(text)
    return _one_date(said) or _several_dates(said) or "Viết ngày/tháng/năm, ví dụ: 10/10/2026"


def _one_date(said: str) -> str | None:
    short = re.fullmatch(r"(\d{1,2})[-./](\d{1,2})[-./](\d{2})", said)
    if short:
        return f"Viết năm bốn chữ số: {int(short[1]):02d}/{int(short[2]):02d}/20{short[3]}"
    if re.fullmatch(r"4\d{4}|5[0-4]\d{3}", said):
        return f"Đây là ngày kiểu Excel; viết {EXCEL_BEGINS + timedelta(days=int(said)):%d/%m/%Y}"
    iso = re.fullmatch(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})", said)
    written = re.fullmatch(r"(\d{1,2})[-. ](\d{1,2})[-. ](\d{4})", said)
    spoken = re.fullmatch(r"(?:ngày )?(\d{1,2}) tháng (\d{1,2}) năm (\d{4})", said)
    parts = iso.groups()[::-1] if iso else written.groups() if written else spoken.groups() if spoken else None
    return _written_date(*(int(part) for part in parts)) if parts else None


def _written_date(day: int, month: int, year: int) -> str | None:
    """One that no calendar has would only be refused again."""
    if not 1 <= month <= 12:  # noqa: PLR2004 - the year's months
        return None
    last = monthrange(year, month)[1]
    if day > last:
        return f"Viết ngày/tháng/năm, ngày từ 01 đến {last} (tháng {month}/{year} có {last} ngày)"
    return f"Viết ngày/tháng/năm: {day:02d}/{month:02d}/{year}"


def _several_dates(said: str) -> str | None:
    span = re.fullmatch(f"(?:từ )?({DATE}){TO}({DATE})", said)
    if span:
        return f"Ở ngay thì viết {span[1]}-{span[2]}; ở tu và den thì tách làm hai dòng: tu: {span[1]}, den: {span[2]}"
    found = re.findall(DATE, said)
    if len(found) == 1:
        return f"Chỉ ghi ngày: {found[0]}; lời ghi chú thì đặt sau dấu #"
    return f"Nhiều ngày thì viết: [{', '.join(found)}]" if found else None


def weekdays_remedy(text: str) -> str:
    """`2-7`, `Thứ 2 đến Thứ 7`, `T4 CN`, `cả tuần`."""
    said = fold(text)
    if said in SAID_WEEKDAYS:
        return f"Viết: {SAID_WEEKDAYS[said]}"
    found = list(WEEKDAY.finditer(said))
    if not found or re.sub(r"[\s,;/&+]|và", "", WEEKDAY.sub("", said)):
        return "Dùng T2, T3, T4, T5, T6, T7, CN; ví dụ: T2-T7"
    parts = ["-" if each[3] else "CN" if each[2] else f"T{NUMBERS.get(each[1], each[1])}" for each in found]
    return f"Viết: {', '.join(parts).replace(', -, ', '-')}"


def quota_remedy(text: str) -> str:
    """`3`, `3 lần một ngày`, `10 lượt/tuần`."""
    said = fold(text)
    number = re.match(r"[1-9]\d{0,2}(?!\d)", said)
    if number and not re.search(r"tuần|tháng|năm|khung", said):
        return f"Viết số lượt mỗi ngày: {number[0]} lượt/ngày"
    return "Chỉ tiêu tính theo ngày, ít nhất 1, ví dụ: 2 lượt/ngày"
