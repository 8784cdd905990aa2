"""What is taken out of documents, and above all what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.content.chrome import without_chrome

SENTENCES = (
    "Chia sẻ với bà con kinh nghiệm trồng mía.",
    "Nơi nhận: Nhà văn hóa thôn 2, từ 7 giờ sáng.",
    "Nơi nhận quà là trụ sở UBND xã.",
    "Lưu ý: mang theo căn cước.",
    "- Lưu ý: đi đúng giờ.",
    "TMĐT giúp bà con bán hàng.",
    "KTX của trường mở cửa trở lại.",
    "TL. 351 tạm cấm xe tải.",
    "Tệp đính kèm gồm danh sách các hộ.",
    "Bản quyền thuộc về tác giả bài hát.",
    "Liên kết trang trại với chợ.",
    "Hôm nay: 12 hộ được nhận nhà.",
    "Chủ tịch UBND xã yêu cầu các thôn trực 24/24.",
    "Trang chủ của xã có địa chỉ mới.",
    "Lượt xem nhiều là dấu hiệu tốt.",
    "Tin khác sẽ được phát vào buổi chiều.",
    "Nguồn nước đã sạch trở lại.",
    "Ảnh hưởng của bão: gió cấp 8, giật cấp 10.",
    "Ngày đăng ký cuối cùng là 25/3/2026.",
    "Độc lập, tự do là điều quý nhất.",
    "Bình luận của bà con rất hay!",
    "Theo dõi bản tin thời tiết lúc 17 giờ.",
    "1. Giữ gìn vệ sinh.",
    "A. Phần chung.",
)
CHROME = (
    "A- A A+",
    "A- A A+ | Chia sẻ bài viết lên facebook Chia sẻ bài viết lên twitter Tăng tương phản",
    "Bản in | Quay lại | A+ A A- | Đọc bài viết",
    "Lượt xem: 43",
    "Số lần đọc: 1.204",
    "Thứ 4, ngày 16/06/2021 | 09:50 AM (GMT +7)",
    "18/10/2026 08:30",
    "Cập nhật lúc: 08:30 18/10/2026",
    "Trang chủ » Tin tức » Tin trong xã",
    "File đính kèm: Kế hoạch.pdf",
    "Tác giả: Lê Thị Hòa",
    "Facebook Zalo",
    "image banner",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập – Tự do – Hạnh phúc",
    "-------------",
)


@given(st.lists(st.sampled_from(SENTENCES + CHROME), max_size=30))
def test_no_sentence_is_taken_out_and_every_line_is_accounted_for(lines: list[str]) -> None:
    cleaned = without_chrome(lines)
    assert [line for line in lines if line in SENTENCES] == [line for line in cleaned.lines if line in SENTENCES]
    assert sorted([*cleaned.lines, *(gone.text for gone in cleaned.stripped)]) == sorted(lines)
    assert all(gone.reason for gone in cleaned.stripped)


@pytest.mark.parametrize("line", CHROME)
def test_frame_of_a_page_goes_wherever_it_stands(line: str) -> None:
    assert [gone.text for gone in without_chrome([SENTENCES[0], line, SENTENCES[1]]).stripped] == [line]


def test_foot_of_a_page_goes_with_its_counter() -> None:
    foot = ["Lê Thị Hòa", "Lượt xem: 43", "TRANG TRUYỀN HÌNH", "• Hội làng đầu xuân", "1 2", "Đăng nhập"]
    cleaned = without_chrome(["Tin một", SENTENCES[0], *foot])
    assert cleaned.lines == ("Tin một", SENTENCES[0])
    assert [gone.text for gone in cleaned.stripped] == foot


def test_counter_of_visitors_goes_and_figures_of_the_text_stay() -> None:
    counter = ["Đang truy cập: 3", "Hôm nay: 120", "Tổng lượt truy cập: 54.321"]
    assert without_chrome([SENTENCES[0], *counter]).lines == (SENTENCES[0],)
    figures = ("Hôm nay: 120", "Trong tuần: 800", SENTENCES[0])
    assert without_chrome(figures).lines == figures


def test_list_that_ends_a_text_stays_where_no_page_is_near() -> None:
    lines = ("Các thôn đạt giải:", "Thôn 1", "Thôn 3", "Trần Văn Bình")
    assert without_chrome(lines).lines == lines


def test_end_of_a_letter_in_two_columns_of_one_text_goes_whole() -> None:
    end = (
        "Nơi nhận:                    TM. ỦY BAN NHÂN DÂN",
        "- Như trên;                       CHỦ TỊCH",
        "- Lưu: VT.",
        "",
        "                                Nguyễn Văn An",
    )
    assert without_chrome(("Đề nghị các thôn diệt chuột./.", "", *end)).lines == ("Đề nghị các thôn diệt chuột./.", "")


def test_sentence_about_where_something_is_received_stays() -> None:
    line = "Nơi nhận: Nhà văn hóa thôn"
    assert without_chrome(("Phát quà Tết.", line)).lines == ("Phát quà Tết.", line)


@pytest.mark.parametrize(
    "block",
    [
        [
            "Nơi nhận:",
            "- Như trên;",
            "- Lưu: VT.",
            "TM. ỦY BAN NHÂN DÂN",
            "KT. CHỦ TỊCH",
            "PHÓ CHỦ TỊCH",
            "(Đã ký)",
            "Trần Văn Bình",
        ],
        ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", "TS. Nguyễn Thị Lan"],
        ["TRƯỞNG CÔNG AN XÃ", "Thiếu tá Lò Văn Pâng"],
        ["CHỦ TỊCH", "", "", "", "NGUYỄN VĂN AN"],
        ["Nơi nhận: Như trên; Lưu: VT.", "TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "Đậu Tùng Lâm"],
        ["*Nơi nhận:*", "Như trên;", "Lưu: VT, VX.", "T/M CHI BỘ", "BÍ THƯ", "Hoàng Văn Thái"],
    ],
)
def test_signature_goes_whole_and_what_follows_stays(block: list[str]) -> None:
    cleaned = without_chrome([SENTENCES[0], *block, "DANH SÁCH HỘ NGHÈO", SENTENCES[1]])
    assert cleaned.lines == (SENTENCES[0], "DANH SÁCH HỘ NGHÈO", SENTENCES[1])
    assert cleaned.signed_at == 1
