"""Letters of several meanings: the neighbours decide, or the reader asks."""

from __future__ import annotations

import pytest

from broadcaster.text.reader import read
from broadcaster.text.spelling import proofread


def said(written: str) -> str:
    return read(written).text.lower()


def asked(written: str) -> dict[str, tuple[str, ...]]:
    return {flag.written: flag.suggestions for flag in proofread(written, read(written)).flags}


@pytest.mark.parametrize(
    ("written", "token", "meant"),
    [
        ("Xã gửi HN cho các thôn", "HN", {"hội nghị", "Hà Nội"}),
        ("Xã xem xét HĐ đó", "HĐ", {"hợp đồng", "hội đồng", "hoạt động"}),
        ("Danh sách BB kèm theo", "BB", {"biên bản", "bệnh binh"}),
        ("Kính mời TN đến dự", "TN", {"thanh niên", "thiếu niên"}),
        ("Hội thảo định hướng TN mạnh dạn vào đời", "TN", {"thanh niên", "thiếu niên"}),
        ("Danh sách ĐV kèm theo", "ĐV", {"đảng viên", "đoàn viên", "đơn vị"}),
        ("H. Chủ tịch dự", "H.", {"huyện"}),
        ("kiểm tra TT rồi", "TT", {"thông tư", "thị trấn"}),
    ],
)
def test_what_the_sentence_does_not_settle_is_asked_with_its_meanings(
    written: str, token: str, meant: set[str]
) -> None:
    found = asked(written)
    assert found.keys() == {token}
    assert not meant or set(found[token]) & meant


def test_every_doubtful_reading_is_flagged() -> None:
    result = read("Xã gửi HN, họ nhận 12/8, mã SYT và tronmg, cấp 3,5")
    doubted = {span.start for span in result.spans if not span.sure}
    assert doubted == {flag.start for flag in result.flags}
    assert len(doubted) == 5


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Gió ĐN cấp 3, có lúc cấp 4", "gió đông nam cấp ba có lúc cấp bốn"),
        ("Bão đi theo hướng TTB, mỗi giờ 20 km", "bão đi theo hướng tây tây bắc mỗi giờ hai mươi ki lô mét"),
        ("Đoàn sinh viên ĐH HN về xã", "đoàn sinh viên đại học hà nội về xã"),
        ("TT; Khu phố; Thời gian", "thứ tự khu phố thời gian"),
        ("cán bộ CTMT xóm 4, Ban CTMT bản Mé", "cán bộ công tác mặt trận xóm bốn ban công tác mặt trận bản mé"),
        ("CTMT quốc gia", "chương trình mục tiêu quốc gia"),
        ("căn hộ ở tòa CT8", "căn hộ ở tòa xê tê tám"),
        ("lô TT12 khu đô thị", "lô tê tê mười hai khu đô thị"),
        ("tờ khai CT.07", "tờ khai xê tê không bảy"),
        ("Giấy chứng nhận số AM 654321", "giấy chứng nhận số a em sáu năm bốn ba hai một"),
        ("xe tải BS 37C-123.45", "xe tải biển số ba bảy xê một hai ba bốn năm"),
        ("BIDV CN Bắc Nga", "bê i đê vê chi nhánh bắc nga"),
        ("CN Nguyễn Thị Hoa phụ trách", "cử nhân nguyễn thị hoa phụ trách"),
        ("tiêm vắc xin THT cho trâu", "tiêm vắc xin tụ huyết trùng cho trâu"),
        ("THT trồng nấm", "tổ hợp tác trồng nấm"),
        ("TP Tài chính - Kế hoạch", "trưởng phòng tài chính kế hoạch"),
        ("TP. Tam Kỳ", "thành phố tam kỳ"),
        ("về TP HN họp", "về thành phố hà nội họp"),
        ("các đ/c UV BTV Đảng ủy", "các đồng chí ủy viên ban thường vụ đảng ủy"),
        ("danh hiệu GĐ văn hóa", "danh hiệu gia đình văn hóa"),
        ("GĐ Sở Y tế", "giám đốc sở y tế"),
        ("chế độ với TB, BB", "chế độ với thương binh bệnh binh"),
        ("lập BB vi phạm", "lập biên bản vi phạm"),
        ("HĐ thi tuyển, ký HĐ lao động", "hội đồng thi tuyển ký hợp đồng lao động"),
        ("X. Tân Bình tổ chức", "xã tân bình tổ chức"),
        ("X. Kết quả thực hiện", "mười kết quả thực hiện"),
        ("nhà 7 đ. Trần Phú", "nhà bảy đường trần phú"),
        ("Đ/u Lê Văn Sơn", "đại úy lê văn sơn"),
        ("CDC khuyến cáo", "xê đê xê khuyến cáo"),
        ("ĐTN cho phụ nữ, Bí thư ĐTN xã", "đào tạo nghề cho phụ nữ bí thư đoàn thanh niên xã"),
        ("chi bộ kết nạp 3 ĐV", "chi bộ kết nạp ba đảng viên"),
        ("tuyến ĐH-NS.07", "tuyến đường huyện en ét không bảy"),
        ("Thường trực TU, HU, ĐU họp", "thường trực tỉnh ủy huyện ủy đảng ủy họp"),
        ("TU SỬA ĐƯỜNG LÀNG", "tu sửa đường làng"),
        ("LH: 0912345678", "liên hệ không chín một hai ba bốn năm sáu bảy tám"),
        ("giải KK, Cty CP Mía đường", "giải khuyến khích công ty cổ phần mía đường"),
        ("TH Nga An, Tr.p Y tế", "tiểu học nga an trưởng phòng y tế"),
        ("khoản 2 Đ. 15", "khoản hai điều mười lăm"),
        ("Rh-", "rờ hát âm"),
    ],
)
def test_the_neighbours_decide(written: str, words: str) -> None:
    assert said(written) == words
    assert asked(written) == {}


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("bị cáo L.V.Q khai", "bị cáo lờ vê quy khai"),
        ("cháu T.H.A. (6 tuổi) ở nhà", "cháu tê hát a sáu tuổi ở nhà"),
        ("Trần P.K.N", "trần pê ca en"),
        ("ông Lê Văn T. trú tại xã", "ông lê văn tê trú tại xã"),
        ("chị H. đến trạm", "chị hát đến trạm"),
        ("T.Ư Đảng, T. Thanh Hóa, P. Đông Vệ", "trung ương đảng tỉnh thanh hóa phường đông vệ"),
    ],
)
def test_capitals_with_full_stops_are_initials(written: str, words: str) -> None:
    assert said(written) == words


def test_what_a_paragraph_explains_is_known_in_it() -> None:
    written = "Quỹ Khuyến tài xã (QKTX) do QKTX quản lý; KNTX (kết nạp tổ xe) họp."
    assert said(written) == (
        "quỹ khuyến tài xã quỹ khuyến tài xã do quỹ khuyến tài xã quản lý kết nạp tổ xe kết nạp tổ xe họp"
    )
    assert asked("QKTX họp").keys() == {"QKTX"}


def test_a_token_without_end_is_spelled_in_one_go_and_flagged() -> None:
    result = read("a." * 1000)
    assert [(span.rule, span.sure) for span in result.spans] == [("chuỗi dài", False)]
    assert result.text == " ".join("a" * 1000)
