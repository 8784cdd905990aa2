"""Long sentences without commas are said in breaths; numbers and names stay whole."""

from __future__ import annotations

from broadcaster.model.speech import Boundary
from broadcaster.text.reader import read

LONG = (
    "Ủy ban nhân dân xã yêu cầu các thôn tổ chức tổng vệ sinh môi trường khơi thông cống rãnh để phòng bệnh sốt xuất "
    "huyết trên địa bàn toàn xã."
)


def test_breath_is_taken_before_a_clause() -> None:
    first, second = read(LONG).phrases
    assert first.text.endswith("khơi thông cống rãnh")
    assert first.boundary is Boundary.CLAUSE
    assert second.text.startswith("để phòng bệnh")


def test_a_short_sentence_is_said_in_one_breath() -> None:
    assert len(read("Bà con thu dọn nhà cửa để phòng bệnh sốt xuất huyết.").phrases) == 1


def test_no_word_is_lost_or_added_by_a_breath() -> None:
    assert read(LONG).text == LONG.removesuffix(".")


def test_words_that_only_look_like_the_head_of_a_clause_are_left_together() -> None:
    sentence = (
        "Bà con trong thôn cần thường xuyên quan tâm theo dõi diễn biến của thời tiết hiện tại ở vùng biển phía nam "
        "tỉnh ta."
    )
    assert [phrase.text for phrase in read(sentence).phrases] == [sentence.removesuffix(".")]


def test_breath_is_never_taken_within_a_number() -> None:
    sentence = (
        "Tổng kinh phí thực hiện dự án nâng cấp đường liên thôn là 123.456.789.123 đồng và do ngân sách xã bảo đảm"
    )
    number = (
        "một trăm hai mươi ba tỷ bốn trăm năm mươi sáu triệu bảy trăm tám mươi chín nghìn một trăm hai mươi ba đồng"
    )
    assert any(number in phrase.text for phrase in read(sentence).phrases)
