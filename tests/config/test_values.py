"""Values of schedule.yaml as offices write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest

from broadcaster.config import values
from broadcaster.config.lunar import NEW_YEARS_EVE, LunarDay, LunarRange, parse_lunar
from broadcaster.config.names import nearest, slug
from broadcaster.config.values import Misread


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("05:30", time(5, 30)),
        ("5:30", time(5, 30)),
        ("17:30:05", time(17, 30, 5)),
        ("00:00", time(0)),
        (" 23:59 ", time(23, 59)),
    ],
)
def test_times_are_hours_and_minutes_of_24_hours(text: str, meant: time) -> None:
    assert values.parse_time(text) == meant


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("17h30", "17:30"),
        ("17h", "17:00"),
        ("5 giờ 30 phút", "05:30"),
        ("17.30", "17:30"),
        ("17g30", "17:30"),
        ("sáng", "17:30"),
    ],
)
def test_a_time_written_the_spoken_way_is_refused_with_the_right_writing(text: str, remedy: str) -> None:
    with pytest.raises(Misread) as caught:
        values.parse_time(text)
    assert remedy in caught.value.remedy


@pytest.mark.parametrize(
    ("parse", "text", "remedy"),
    [
        (values.parse_time, "05:50 18:10", "[05:50, 18:10]"),
        (values.parse_time, "05:50; 18:10", "[05:50, 18:10]"),
        (values.parse_time, "(05:50", "[05:50]"),
        (values.parse_time, "11:05-11:20", "giờ bắt đầu: 11:05"),
        (values.parse_time, "O5:50", "05:50"),
        (values.parse_time, "11:05\u200b", "ký tự ẩn"),
        (values.parse_span, "17:00 đến 18:30", "17:00-18:30"),
        (values.parse_span, "17h tới 18h30", "17:00-18:30"),
        (values.parse_span, "05:00 06:30", "05:00-06:30"),
        (values.parse_duration, "1h30", "1 giờ 30 phút"),
        (values.parse_duration, "1 giờ 30", "1 giờ 30 phút"),
        (values.parse_duration, "2 tiếng", "2 giờ"),
        (values.parse_duration, "nửa giờ", "30 phút"),
        (values.parse_duration, "1 tiếng rưỡi", "1 giờ 30 phút"),
        (values.parse_shift, "không", "doi: 0"),
        (values.parse_dates, "01/09/2027 đến 03/09/2027", "01/09/2027-03/09/2027"),
        (values.parse_date, "01/11/2026 - 31/03/2027", "tu: 01/11/2026, den: 31/03/2027"),
        (values.parse_date, "ngày 2 tháng 9 năm 2027", "02/09/2027"),
        (values.parse_time, "5 rưỡi sáng", "05:30"),
        (values.parse_time, "17::50", "17:50"),
        (values.parse_time, "17:50 // chiều", "Chỉ ghi giờ: 17:50;"),
        (values.parse_weekdays, "cả tuần", "Viết: hằng ngày"),
        (values.parse_weekdays, "cuối tuần", "Viết: T7, CN"),
        (parse_lunar, "15", "Viết: rằm."),
        (parse_lunar, "23", "Viết: ngày 23."),
        (values.parse_dates, "01/09 - 03/09/2027", "01/09/2027-03/09/2027"),
        (values.parse_date, "31/08/2027 (hết hè)", "Chỉ ghi ngày: 31/08/2027;"),
        (values.parse_weekdays, "2-7", "Viết: T2-T7"),
        (values.parse_weekdays, "Thứ 2 đến Thứ 7", "Viết: T2-T7"),
        (values.parse_weekdays, "T4 CN", "Viết: T4, CN"),
        (values.parse_weekdays, "thứ ba và chủ nhật", "Viết: T3, CN"),
        (values.parse_weekdays, "T3, T8", "ví dụ: T2-T7"),
        (values.parse_quota, "3", "3 lượt/ngày"),
        (values.parse_quota, "3 lần một ngày", "3 lượt/ngày"),
        (values.parse_quota, "10 lượt/tuần", "tính theo ngày"),
        (values.parse_code, "“14854”", 'ngoặc kép thẳng của bàn phím: "14854"'),
        (values.parse_key, "Hoằng Tiến", "hoang-tien"),
        (parse_lunar, "mồng một", "Viết: mùng 1."),
        (parse_lunar, "30 Tết - mùng 3 Tết", "Viết: giao thừa."),
        (parse_lunar, "giao thừa - mùng 3 Tết", "Viết: mùng 3 tháng 1."),
    ],
)
def test_the_remedy_shows_what_was_surely_meant(parse: Callable[[str], object], text: str, remedy: str) -> None:
    with pytest.raises(Misread) as caught:
        parse(text)
    assert remedy in caught.value.remedy


def test_a_level_without_its_minus_is_shown_with_it_and_never_with_the_quietest() -> None:
    for text, example in (("16 LUFS", "-16 LUFS"), ("to", "ví dụ: -16 LUFS"), ("90", "ví dụ: -16 LUFS")):
        with pytest.raises(Misread) as caught:
            values.parse_level(text, unit="LUFS", lowest=-40, highest=-5, usual=-16)
        assert caught.value.remedy.endswith(example)


@pytest.mark.parametrize("text", ["24:00", "05:60", "25:00", "-1:00", "05:30:60", "", "530", "17:30:5"])
def test_a_time_that_no_day_has_is_refused(text: str) -> None:
    with pytest.raises(Misread):
        values.parse_time(text)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("30 phút", 1800),
        ("90 giây", 90),
        ("1 giờ", 3600),
        ("1 giờ 30 phút", 5400),
        ("1 giờ 1 phút 1 giây", 3661),
        ("30phút", 1800),
        ("12 PHÚT 7 giây", 727),
    ],
)
def test_durations_carry_their_units(text: str, seconds: int) -> None:
    assert values.parse_duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "text", ["30", "0 phút", "30p", "nửa giờ", "1,5 giờ", "phút", "25 giờ", "-5 phút", "30 phút/khung"]
)
def test_a_duration_without_unit_or_length_is_refused(text: str) -> None:
    with pytest.raises(Misread):
        values.parse_duration(text)


def test_a_bare_number_is_answered_with_its_likely_unit() -> None:
    with pytest.raises(Misread) as caught:
        values.parse_duration("30")
    assert caught.value.remedy == "Viết số kèm đơn vị: 30 phút"


def test_a_length_is_reserved_or_a_cap() -> None:
    assert values.parse_length("30 phút") == values.Length(duration=timedelta(minutes=30))
    assert values.parse_length("tối đa 15 phút") == values.Length(duration=timedelta(minutes=15), cap=True)
    assert values.parse_length("Tối đa  90 giây").cap


def test_a_limit_is_for_each_window() -> None:
    assert values.parse_limit("60 phút/khung") == timedelta(hours=1)
    assert values.parse_limit("1 giờ / khung giờ") == timedelta(hours=1)


def test_a_shift_of_zero_never_moves() -> None:
    assert values.parse_shift("0") == timedelta()
    assert values.parse_shift("15 phút") == timedelta(minutes=15)


def test_a_quota_is_a_number_a_day() -> None:
    assert values.parse_quota("2 lượt/ngày") == 2
    for text in ("2", "0 lượt/ngày", "hai lượt/ngày", "2 lượt/tuần"):
        with pytest.raises(Misread):
            values.parse_quota(text)


@pytest.mark.parametrize(
    "text", ["31/11/2026", "29/02/2027", "00/01/2027", "1/13/2027", "10/10", "10/10/26", "2026-10-10", "mai"]
)
def test_a_date_that_is_not_there_or_not_whole_is_refused(text: str) -> None:
    with pytest.raises(Misread):
        values.parse_date(text)


def test_refused_dates_say_what_to_write() -> None:
    for text, remedy in (("24/10", "24/10/2026"), ("2026-10-24", "24/10/2026"), ("24-10-2026", "24/10/2026")):
        with pytest.raises(Misread) as caught:
            values.parse_date(text)
        assert remedy in caught.value.remedy
    with pytest.raises(Misread, match="tháng 11/2026 có 30 ngày"):
        values.parse_date("31/11/2026")


def test_dates_are_day_month_year_and_may_be_ranges() -> None:
    assert values.parse_date("1/2/2027") == date(2027, 2, 1)
    span = values.parse_dates("01/10/2026-05/10/2026")
    assert (span.first, span.last) == (date(2026, 10, 1), date(2026, 10, 5))
    assert values.parse_dates("01/10/2026 – 05/10/2026") == span
    assert values.parse_dates("29/02/2028").first == date(2028, 2, 29)
    with pytest.raises(Misread, match="kết thúc trước"):
        values.parse_dates("05/10/2026-01/10/2026")
    with pytest.raises(Misread, match="thiếu năm"):
        values.parse_dates("01/10-05/10/2026")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("T2-T7", {0, 1, 2, 3, 4, 5}),
        ("T2, T4", {0, 2}),
        ("CN", {6}),
        ("T7-CN", {5, 6}),
        ("T6-T2", {4, 5, 6, 0}),
        ("hằng ngày", set(range(7))),
        ("t3", {1}),
        ("thứ hai, chủ nhật", {0, 6}),
    ],
)
def test_weekdays_are_t2_to_cn(text: str, days: set[int]) -> None:
    assert values.parse_weekdays(text) == days


@pytest.mark.parametrize("text", ["T8", "T1", "thứ", "", "T2-T4-T6", "Monday"])
def test_an_unknown_weekday_is_refused(text: str) -> None:
    with pytest.raises(Misread):
        values.parse_weekdays(text)


def test_spans_may_pass_midnight_and_end_at_24() -> None:
    assert values.parse_span("21:00-05:00") == values.Span(start=time(21), end=time(5))
    assert values.parse_span("18:00-24:00") == values.Span(start=time(18), end=time(0))
    assert values.parse_span("05:00 - 6:30") == values.Span(start=time(5), end=time(6, 30))
    for text in ("05:00-05:00", "05:00", "5h-6h", "24:00-05:00"):
        with pytest.raises(Misread):
            values.parse_span(text)


def test_levels_carry_their_unit_and_stay_in_bounds() -> None:
    def lufs(text: str) -> float:
        return values.parse_level(text, unit="LUFS", lowest=-40, highest=-5)

    assert lufs("-16 LUFS") == lufs("-16") == lufs("−16 LUFS") == -16
    assert lufs("-16,5 LUFS") == -16.5
    for text in ("16 LUFS", "-90 LUFS", "to", "-16 dB"):
        with pytest.raises(Misread):
            lufs(text)


def test_lunar_days_are_every_months_or_one_months() -> None:
    assert parse_lunar("mùng 1").first == LunarDay(day=1)
    assert parse_lunar("mồng một".replace("một", "1")).first == LunarDay(day=1)
    assert parse_lunar("Rằm").first == LunarDay(day=15)
    assert parse_lunar("rằm tháng giêng").first == LunarDay(day=15, month=1)
    assert parse_lunar("ngày 23 tháng chạp").first == LunarDay(day=23, month=12)
    assert parse_lunar("giao thừa").first == NEW_YEARS_EVE
    assert parse_lunar("giao thừa - mùng 3 tháng 1") == LunarRange(first=NEW_YEARS_EVE, last=LunarDay(day=3, month=1))


def test_a_lunar_range_may_name_its_month_once() -> None:
    assert parse_lunar("mùng 1 - mùng 3 tháng 1").first == LunarDay(day=1, month=1)
    with pytest.raises(Misread, match="không rõ"):
        parse_lunar("rằm - mùng 3 tháng 1")


@pytest.mark.parametrize(
    "text", ["mùng 11", "ngày 31", "ngày 23 tháng 13", "23", "tết", "", "mùng 1 - rằm - giao thừa", "ngày 0"]
)
def test_a_lunar_day_that_no_month_has_is_refused(text: str) -> None:
    with pytest.raises(Misread):
        parse_lunar(text)


@pytest.mark.parametrize(
    "path", ["../x.txt", "/etc/passwd", "C:\\bai.txt", "a\\b.txt", "tin/{ten}.txt", "a/../../b.txt", "{ngay", ""]
)
def test_a_script_path_stays_below_its_folder(path: str) -> None:
    with pytest.raises(Misread):
        values.parse_script_path(path)


def test_keys_come_from_titles() -> None:
    assert slug("Bản tin xã") == "ban-tin-xa"
    assert slug("  Đường ống nước: thôn 3 – “khẩn”! ") == "duong-ong-nuoc-thon-3-khan"
    assert slug("Ưu tiên") == "uu-tien"
    assert slug("!!!") == ""


def test_the_nearest_name_is_found_without_its_accents() -> None:
    assert nearest("Ban tin xa", ["Bản tin xã", "Chúc Tết"]) == "Bản tin xã"
    assert nearest("hoang-dap", ["hoang-dao", "hoang-truong"]) == "hoang-dao"
    assert nearest("zzz", ["hoang-dao"]) is None
    assert nearest("x", []) is None
