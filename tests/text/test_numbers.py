"""Numbers, percent, money, units and ranges, as announcers say them."""

from __future__ import annotations

import pytest

from broadcaster.text.numerals import cardinal, number, roman
from broadcaster.text.reader import read
from broadcaster.text.style import Style


def said(written: str) -> str:
    return read(written).text.lower()


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "không"),
        (10, "mười"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (55, "năm mươi lăm"),
        (101, "một trăm linh một"),
        (110, "một trăm mười"),
        (1001, "một nghìn không trăm linh một"),
        (2020, "hai nghìn không trăm hai mươi"),
        (10_000, "mười nghìn"),
        (2_005_000, "hai triệu không trăm linh năm nghìn"),
        (1_000_000_000, "một tỷ"),
        (3_500_000_000_000, "ba nghìn năm trăm tỷ"),
    ],
)
def test_whole_numbers(value: int, words: str) -> None:
    assert cardinal(value) == words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("1.234", "một nghìn hai trăm ba mươi tư"),
        ("12.000.000", "mười hai triệu"),
        ("3,14", "ba phẩy một bốn"),
        ("7,05", "bảy phẩy không năm"),
        ("1.250,5", "một nghìn hai trăm năm mươi phẩy năm"),
        ("1.5", "một chấm năm"),
        ("0.125", "không chấm một hai năm"),
        ("1,234,567", "một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy"),
        ("2.1.3", "hai chấm một chấm ba"),
    ],
)
def test_points_and_commas_are_read_both_ways(written: str, words: str) -> None:
    assert number(written) == words


def test_the_house_chooses_among_legitimate_readings() -> None:
    southern = Style(thousand="ngàn", odd="lẻ", early_day="mùng")
    assert read("Ngày 2/9 có 1.005 người", style=southern).text == (
        "Ngày mùng hai tháng chín có một ngàn không trăm lẻ năm người"
    )


@pytest.mark.parametrize(("written", "value"), [("IV", 4), ("XIX", 19), ("MMXXVI", 2026), ("IIII", None), ("VX", None)])
def test_only_well_formed_roman_numerals_count(written: str, value: int | None) -> None:
    assert roman(written) == value


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("có 05 hộ nghèo", "có năm hộ nghèo"),
        ("Đề án 06", "đề án không sáu"),
        ("Chỉ thị 04", "chỉ thị không bốn"),
        ("thứ 4 hằng tuần", "thứ tư hằng tuần"),
        ("lần thứ 1", "lần thứ nhất"),
        ("gió cấp 8-9, giật cấp 11", "gió cấp tám đến chín giật cấp mười một"),
        ("từ 18-60 tuổi", "từ mười tám đến sáu mươi tuổi"),
        ("nhà dài 3 x 4 m", "nhà dài ba nhân bốn mét"),
        ("12 500 000 đồng", "mười hai triệu năm trăm nghìn đồng"),
        ("nhiệt độ -2°C", "nhiệt độ âm hai độ xê"),
        ("thắng 3-1", "thắng ba một"),
        ("NPK 16-16-8", "en pê ca mười sáu mười sáu tám"),
        ("trận đấu kết thúc 2-1", "trận đấu kết thúc hai một"),
        ("từ 5 - dưới 12 tuổi", "từ năm đến dưới mười hai tuổi"),
        ("Km12+300", "ki lô mét mười hai cộng ba trăm"),
        ("Km0+000 - Km5+250", "ki lô mét không cộng không không không đến ki lô mét năm cộng hai trăm năm mươi"),
        ("tỷ lệ chọi là 1:2,5", "tỷ lệ chọi là một trên hai phẩy năm"),
    ],
)
def test_numbers_in_their_places(written: str, words: str) -> None:
    assert said(written) == words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("đạt 95,5%", "đạt chín mươi lăm phẩy năm phần trăm"),
        ("giảm 5-10 %", "giảm năm đến mười phần trăm"),
        ("độ mặn 4‰", "độ mặn bốn phần nghìn"),
        ("lãi 6,6%/năm", "lãi sáu phẩy sáu phần trăm một năm"),
        ("giá 15.000đ", "giá mười lăm nghìn đồng"),
        ("5.000 ₫", "năm nghìn đồng"),
        ("1,2 tỷ đồng", "một phẩy hai tỷ đồng"),
        ("500 VNĐ", "năm trăm đồng"),
        ("10 triệu USD", "mười triệu đô la"),
        ("$50", "năm mươi đô la"),
        ("150.000 đ/người/tháng", "một trăm năm mươi nghìn đồng một người một tháng"),
        ("25.000đ-30.000đ/kg", "hai mươi lăm nghìn đồng đến ba mươi nghìn đồng một ki lô gam"),
        ("1tr2", "một triệu hai trăm nghìn"),
        ("3-5 tr.đ", "ba đến năm triệu đồng"),
        ("60 km/h", "sáu mươi ki lô mét trên giờ"),
        ("65 tạ/ha", "sáu mươi lăm tạ trên héc ta"),
        ("500m2", "năm trăm mét vuông"),
        ("120 m³", "một trăm hai mươi mét khối"),
        ("1m65", "một mét sáu mươi lăm"),
        ("25-30°C", "hai mươi lăm đến ba mươi độ xê"),
        ("sốt trên 38,5oC", "sốt trên ba mươi tám phẩy năm độ xê"),
        ("38 độ C", "ba mươi tám độ xê"),
        ("500mg x 2 lần/ngày", "năm trăm mi li gam nhân hai lần một ngày"),
        ("nồng độ 5mg/l", "nồng độ năm mi li gam trên lít"),
        ("đường dây 22 kV", "đường dây hai mươi hai ki lô vôn"),
        ("độ ồn 85 dBA", "độ ồn tám mươi lăm đề xi ben a"),
        ("lớp 5 A", "lớp năm a"),
        ("mưa 100–200 mm", "mưa một trăm đến hai trăm mi li mét"),
        ("USD 1.200", "một nghìn hai trăm đô la"),
        ("2,3 tr đồng", "hai phẩy ba triệu đồng"),
        ("55dB(A)", "năm mươi lăm đề xi ben a"),
        ("lưới điện 22/0,4kV", "lưới điện hai mươi hai trên không phẩy bốn ki lô vôn"),
        ("500 mg/lần x 2 lần/ngày x 7 ngày", "năm trăm mi li gam một lần nhân hai lần một ngày nhân bảy ngày"),
    ],
)
def test_percent_money_and_units(written: str, words: str) -> None:
    assert said(written) == words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("gọi 0912345678", "gọi không chín một hai ba bốn năm sáu bảy tám"),
        ("ĐT: 0237.3852.123", "điện thoại không hai ba bảy ba tám năm hai một hai ba"),
        ("tổng đài 1900 8198", "tổng đài một chín không không tám một chín tám"),
        ("+84 912 345 678", "cộng tám bốn chín một hai ba bốn năm sáu bảy tám"),
        ("gọi 113 hoặc 115", "gọi một một ba hoặc một một năm"),
        ("có 113 người", "có một trăm mười ba người"),
        ("gọi 113, 114, 115", "gọi một một ba một một bốn một một năm"),
        ("bấm *101#", "bấm sao một không một thăng"),
        ("mã bưu chính là 40123", "mã bưu chính là bốn không một hai ba"),
        ("giấy phép số 380123456789", "giấy phép số ba tám không một hai ba bốn năm sáu bảy tám chín"),
        ("CCCD số 038201001234", "căn cước công dân số không ba tám hai không một không không một hai ba bốn"),
        ("biển số 36A-123.45", "biển số ba sáu a một hai ba bốn năm"),
    ],
)
def test_digits_that_are_dialled_or_copied(written: str, words: str) -> None:
    assert said(written) == words


def test_a_telephone_number_is_said_in_groups() -> None:
    groups = [phrase.text for phrase in read("0912345678").phrases]
    assert groups == ["không chín một hai", "ba bốn năm", "sáu bảy tám"]
