"""Document numbers, legal references, abbreviations and Roman numerals, each by its neighbours."""

from __future__ import annotations

import pytest

from broadcaster.text.reader import read
from broadcaster.text.tables import ABBREVIATIONS


def said(written: str) -> str:
    return read(written).text.lower()


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("số 244/CĐSQG-CSS", "số hai trăm bốn mươi tư xuyệt chuyển đổi số quốc gia xê ét ét"),
        ("1400/UBND-TH", "một nghìn bốn trăm xuyệt ủy ban nhân dân tổng hợp"),
        ("08/2023/TT-BYT", "không tám xuyệt hai nghìn không trăm hai mươi ba xuyệt thông tư bộ y tế"),
        ("19/2025/QĐ-TTg", "mười chín xuyệt hai nghìn không trăm hai mươi lăm xuyệt quyết định thủ tướng chính phủ"),
        ("41/2024/QH15", "bốn mươi mốt xuyệt hai nghìn không trăm hai mươi tư xuyệt quốc hội khóa mười lăm"),
        ("57-NQ/TW", "năm mươi bảy nghị quyết trung ương"),
        ("05-CT/TW", "không năm chỉ thị trung ương"),
        ("36a/NQ-CP", "ba mươi sáu a xuyệt nghị quyết chính phủ"),
        ("Số: /STTTT-VP", "số xuyệt sở thông tin và truyền thông văn phòng"),
        ("Số: ...../KH-UBND", "số xuyệt kế hoạch ủy ban nhân dân"),
        ("Số:    -CV/ĐU", "số công văn đảng ủy"),
        ("02-KH/BCĐTW", "không hai kế hoạch ban chỉ đạo trung ương"),
        ("Quy định số 37-QĐ/TW", "quy định số ba mươi bảy quy định trung ương"),
        ("TT 39/2020", "thông tư ba mươi chín xuyệt hai nghìn không trăm hai mươi"),
        (
            "QCVN 01-1:2018/BYT",
            "quy chuẩn việt nam không một gạch ngang một hai chấm hai nghìn không trăm mười tám xuyệt bộ y tế",
        ),
        ("phần mềm iOffice, eTax, IPv6", "phần mềm i office e tax i pê vê sáu"),
        ("Phòng KT, HT&ĐT phường", "phòng kinh tế hạ tầng và đô thị phường"),
        ("giám đốc Trung tâm DVTH xã", "giám đốc trung tâm dịch vụ tổng hợp xã"),
        ("tăng hai lần so với CKNT", "tăng hai lần so với cùng kỳ năm trước"),
        ("thửa 125, DT/TBĐ", "thửa một trăm hai mươi lăm diện tích trên tờ bản đồ"),
        ("QCVN 22:2016/BYT", "quy chuẩn việt nam hai mươi hai hai chấm hai nghìn không trăm mười sáu xuyệt bộ y tế"),
        ("điểm c, d khoản 2", "điểm xê dê khoản hai"),
        ("Phụ lục IIa", "phụ lục hai a"),
        ("theo QĐ-TTg", "theo quyết định thủ tướng chính phủ"),
        ("Nghị định 49/2024", "nghị định bốn mươi chín xuyệt hai nghìn không trăm hai mươi tư"),
        ("điểm a khoản 2 Điều 5", "điểm a khoản hai điều năm"),
        ("điểm đ khoản 1", "điểm đê khoản một"),
        ("Điều 15, mục III", "điều mười lăm mục ba"),
    ],
)
def test_document_numbers_and_references(written: str, words: str) -> None:
    assert said(written) == words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("UBND xã", "ủy ban nhân dân xã"),
        ("HĐND, MTTQ", "hội đồng nhân dân mặt trận tổ quốc"),
        ("V/v trồng cây", "về việc trồng cây"),
        ("các đ/c ủy viên", "các đồng chí ủy viên"),
        ("đ/c: thôn Đông", "địa chỉ thôn đông"),
        ("TP. Thanh Hóa", "thành phố thanh hóa"),
        ("Q. Bình Thạnh", "quận bình thạnh"),
        ("Q. Chủ tịch", "quyền chủ tịch"),
        ("P. Đông Vệ", "phường đông vệ"),
        ("P. Giám đốc", "phó giám đốc"),
        ("TT Bút Sơn", "thị trấn bút sơn"),
        ("TT 39", "thông tư ba mươi chín"),
        ("TT Y tế huyện", "trung tâm y tế huyện"),
        ("Bộ TT&TT", "bộ thông tin và truyền thông"),
        ("Sở LĐ-TB&XH", "sở lao động thương binh và xã hội"),
        ("KT-XH", "kinh tế xã hội"),
        ("QP - AN", "quốc phòng an ninh"),
        ("PGS.TS Lê An", "phó giáo sư tiến sĩ lê an"),
        ("CT UBND", "chủ tịch ủy ban nhân dân"),
        ("CT 35", "chỉ thị ba mươi lăm"),
        ("ĐT 506", "đường tỉnh năm trăm linh sáu"),
        ("QL1A", "quốc lộ một a"),
        ("QL.1A", "quốc lộ một a"),
        ("ĐT.516B", "đường tỉnh năm trăm mười sáu bê"),
        ("P.5, Q.3", "phường năm quận ba"),
        ("P.205", "phòng hai trăm linh năm"),
        ("KP.3", "khu phố ba"),
        ("BCH Quân sự", "ban chỉ huy quân sự"),
        ("BĐ II", "báo động hai"),
        ("Ban TV Đảng ủy", "ban thường vụ đảng ủy"),
        ("(SN 1985)", "sinh năm một nghìn chín trăm tám mươi lăm"),
        ("TT. GDNN-GDTX", "trung tâm giáo dục nghề nghiệp giáo dục thường xuyên"),
        ("Số CV: 125", "số công văn một trăm hai mươi lăm"),
        ("Sở Y tế (SYT)", "sở y tế sở y tế"),
        ("v.v.", "vân vân"),
        ("ubnd", "ủy ban nhân dân"),
    ],
)
def test_abbreviations_by_their_context(written: str, words: str) -> None:
    assert said(written) == words


def test_the_table_holds_at_least_three_hundred_abbreviations() -> None:
    assert len(ABBREVIATIONS) >= 300


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("khóa XV", "khóa mười lăm"),
        ("thế kỷ XXI", "thế kỷ hai mươi mốt"),
        ("lần thứ I", "lần thứ nhất"),
        ("Đại hội XIV", "đại hội mười bốn"),
        ("quý I và quý III", "quý một và quý ba"),
        ("phần I, II và III", "phần một hai và ba"),
        ("I. Mục đích", "một mục đích"),
        ("nhóm C", "nhóm xê"),
        ("vitamin C", "vitamin xê"),
        ("Ai là người dùng AI?", "ai là người dùng ây ai"),
        ("CA xã mời CA đoàn", "công an xã mời ca đoàn"),
    ],
)
def test_letters_are_numerals_only_after_words_that_take_them(written: str, words: str) -> None:
    assert said(written) == words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Facebook, Zalo, wifi", "facebook zalo wifi"),
        ("COVID-19", "covid mười chín"),
        ("mạng 5G", "mạng năm giê"),
        ("mã QR, OTP", "mã quy rờ ô tê pê"),
        ("lớp 12C3", "lớp mười hai xê ba"),
        ("cúm H5N1", "cúm hát năm en một"),
        ("vanthu@tinh.gov.vn", "van thu a còng tinh chấm gov chấm vê en"),
        ("https://tinh.gov.vn/tin", "tinh chấm gov chấm vê en gạch chéo tin"),
        ("bụi PM2.5", "bụi pê em hai chấm năm"),
        ("Đăk Nông, Lắk", "đăk nông lắk"),
    ],
)
def test_foreign_words_codes_and_addresses(written: str, words: str) -> None:
    assert said(written) == words


@pytest.mark.parametrize("written", ["tronmg", "TT", "XQZ", "中文", "q"])
def test_what_nobody_knows_is_flagged_and_still_said(written: str) -> None:
    result = read(f"Xin {written} nhé")
    assert [flag.written for flag in result.flags] == [written]
    assert next(span for span in result.spans if span.written == written).spoken


@pytest.mark.parametrize(
    "written", ["UBND xã họp ngày 5/9 lúc 7h30.", "Bà con tải VNeID, quét mã QR.", "Điện thoại 0912345678"]
)
def test_what_everybody_knows_is_not_flagged(written: str) -> None:
    assert read(written).flags == ()
