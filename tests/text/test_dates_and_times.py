"""Dates, times, and what only looks like them."""

from __future__ import annotations

import pytest

from broadcaster.text.reader import read


def said(written: str) -> str:
    return read(written).text.lower()


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("ngày 25/3/2023", "ngày hai mươi lăm tháng ba năm hai nghìn không trăm hai mươi ba"),
        ("20/5/2024", "hai mươi tháng năm năm hai nghìn không trăm hai mươi tư"),
        ("ngày 02-9-1945", "ngày hai tháng chín năm một nghìn chín trăm bốn mươi lăm"),
        ("trước ngày 01/6", "trước ngày một tháng sáu"),
        ("hạn cuối 05/7", "hạn cuối năm tháng bảy"),
        ("tháng 10/2022", "tháng mười năm hai nghìn không trăm hai mươi hai"),
        ("tháng 4/2023", "tháng tư năm hai nghìn không trăm hai mươi ba"),
        ("quý II/2026", "quý hai năm hai nghìn không trăm hai mươi sáu"),
        ("quý IV", "quý tư"),
        ("ngày tháng năm 2023", "ngày tháng năm hai nghìn không trăm hai mươi ba"),
        ("ngày    tháng 10 năm 2022", "ngày tháng mười năm hai nghìn không trăm hai mươi hai"),
        ("từ 20-25/10/2026", "từ hai mươi đến hai mươi lăm tháng mười năm hai nghìn không trăm hai mươi sáu"),
        ("từ 24/3 - 24/4", "từ hai mươi tư tháng ba đến hai mươi tư tháng tư"),
        ("ngày 5, 6 và 7/10", "ngày năm sáu và bảy tháng mười"),
        ("giai đoạn 2021 – 2025", "giai đoạn hai nghìn không trăm hai mươi mốt đến hai nghìn không trăm hai mươi lăm"),
        ("Quốc khánh 2/9", "quốc khánh hai tháng chín"),
        ("Ngày Chuyển đổi số quốc gia 10/10", "ngày chuyển đổi số quốc gia mười tháng mười"),
        ("đường 30/4", "đường ba mươi tháng tư"),
        ("chiều 10/3", "chiều mười tháng ba"),
        ("mùng 3/3 âm lịch", "mùng ba tháng ba âm lịch"),
        ("trực từ T2-T7", "trực từ thứ hai đến thứ bảy"),
        ("sáng T7 và CN", "sáng thứ bảy và chủ nhật"),
        ("T10/2026", "tháng mười năm hai nghìn không trăm hai mươi sáu"),
        ("Q1/2026", "quý một năm hai nghìn không trăm hai mươi sáu"),
        ("27/7", "hai mươi bảy tháng bảy"),
        ("dịp lễ 30-4, 1-5", "dịp lễ ba mươi tháng tư một tháng năm"),
        ("phố 2-9", "phố hai tháng chín"),
        ("niên vụ 2025/2026", "niên vụ hai nghìn không trăm hai mươi lăm đến hai nghìn không trăm hai mươi sáu"),
        ("ngày..../..../2026", "ngày tháng năm hai nghìn không trăm hai mươi sáu"),
        ("ngày    /10/2026", "ngày tháng mười năm hai nghìn không trăm hai mươi sáu"),
        ("thứ 2 - thứ 6", "thứ hai đến thứ sáu"),
        ("từ tháng 3 - tháng 5", "từ tháng ba đến tháng năm"),
    ],
)
def test_dates(written: str, words: str) -> None:
    assert said(written) == words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("lúc 5h30", "lúc năm giờ ba mươi phút"),
        ("17:00", "mười bảy giờ"),
        ("7g15", "bảy giờ mười lăm phút"),
        ("0h05", "không giờ năm phút"),
        ("từ 7h-11h30", "từ bảy giờ đến mười một giờ ba mươi phút"),
        ("từ 7-8h", "từ bảy đến tám giờ"),
        ("17h -> 18h", "mười bảy giờ đến mười tám giờ"),
        ("05h00'-05h30'", "năm giờ đến năm giờ ba mươi phút"),
        ("07 giờ 05 phút", "bảy giờ năm phút"),
        ("họp lúc 8g sáng", "họp lúc tám giờ sáng"),
        ("uống 8g thuốc", "uống tám gam thuốc"),
        ("trực 24/24h", "trực hai mươi tư trên hai mươi tư giờ"),
        ("09:50 AM", "chín giờ năm mươi phút sáng"),
        ("dài 45'", "dài bốn mươi lăm phút"),
        ("dài 3'-5'", "dài ba phút đến năm phút"),
        ("từ 08 giờ 00 ngày 5/11", "từ tám giờ ngày năm tháng mười một"),
        ("7 giờ 05", "bảy giờ năm phút"),
        ("14 giờ 30 phút 45 giây", "mười bốn giờ ba mươi phút bốn mươi lăm giây"),
        ("lúc 7h/24/9", "lúc bảy giờ ngày hai mươi tư tháng chín"),
        (
            "Mở cửa 7g-11g và 13g–17g",
            "mở cửa bảy giờ đến mười một giờ và mười ba giờ đến mười bảy giờ",
        ),
        ("Làm việc 13g30 - 17g", "làm việc mười ba giờ ba mươi phút đến mười bảy giờ"),
        ("Mỗi ngày 5g-10g muối và 5g đường", "mỗi ngày năm gam đến mười gam muối và năm gam đường"),
        ("Phát thanh 5g30 và 17g", "phát thanh năm giờ ba mươi phút và mười bảy giờ"),
        ("Mở cửa 7g-11g", "mở cửa bảy giờ đến mười một giờ"),
        ("Trộn 17g muối với 5g men", "trộn mười bảy gam muối với năm gam men"),
        ("Họp lúc 7:30 bàn việc pha thuốc", "họp lúc bảy giờ ba mươi phút bàn việc pha thuốc"),
        ("Bàn việc pha thuốc lúc 7:30", "bàn việc pha thuốc lúc bảy giờ ba mươi phút"),
    ],
)
def test_times(written: str, words: str) -> None:
    assert said(written) == words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2/3 diện tích", "hai phần ba diện tích"),
        ("chiếm 3/4", "chiếm ba phần tư"),
        ("1/2 quãng đường", "một phần hai quãng đường"),
        ("khoảng 2/3 số hộ", "khoảng hai phần ba số hộ"),
        ("đạt 19/19 tiêu chí", "đạt mười chín trên mười chín tiêu chí"),
        ("có 15/20 xã", "có mười lăm trên hai mươi xã"),
        ("huyết áp 120/80 mmHg", "huyết áp một trăm hai mươi trên tám mươi mi li mét thủy ngân"),
        ("bản đồ tỷ lệ 1/500", "bản đồ tỷ lệ một trên năm trăm"),
        ("số nhà 12/3", "số nhà mười hai trên ba"),
        ("ngõ 15/2 phố Huế", "ngõ mười lăm trên hai phố huế"),
        ("45/2/3 Nguyễn Trãi", "bốn mươi lăm trên hai trên ba nguyễn trãi"),
        ("phục vụ 24/7", "phục vụ hai mươi tư trên bảy"),
        ("bản đồ tỷ lệ 1/2000", "bản đồ tỷ lệ một trên hai nghìn"),
        ("bản đồ 1:25.000", "bản đồ một trên hai mươi lăm nghìn"),
        ("100% (12/12) thôn", "một trăm phần trăm mười hai trên mười hai thôn"),
        ("thương binh hạng 1/4", "thương binh hạng một trên bốn"),
        ("thợ bậc 3/7", "thợ bậc ba trên bảy"),
        ("pha thuốc với nước sạch 1:20", "pha thuốc với nước sạch một trên hai mươi"),
        ("tỷ lệ nước và vôi khoảng 1:10", "tỷ lệ nước và vôi khoảng một trên mười"),
        ("khu phố 4/1", "khu phố bốn trên một"),
    ],
)
def test_fractions_ratios_and_addresses_are_no_dates(written: str, words: str) -> None:
    assert said(written) == words


@pytest.mark.parametrize("written", ["hạn nộp 12/8", "Hẹn trả kết quả: 12/8, quầy số ba", "Lịch tiêm thôn Hạ: 12/8"])
def test_a_day_after_a_term_is_no_doubt(written: str) -> None:
    span = next(span for span in read(written).spans if span.written == "12/8")
    assert (span.spoken, span.sure) == ("mười hai tháng tám", True)


def test_an_unwitnessed_day_is_read_but_marked_as_unsure() -> None:
    span = next(span for span in read("Bản đã gửi: 12/8").spans if span.written == "12/8")
    assert span.spoken == "mười hai tháng tám"
    assert not span.sure
