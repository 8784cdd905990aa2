"""A key fact between two marks is said twice; nothing else ever is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.model.speech import Boundary
from broadcaster.text.reader import read


def test_a_marked_fact_is_said_twice_as_two_sentences() -> None:
    phrases = read("Mưa rất to. !! Bà con sơ tán trước 17h00 !! Xin nhắc lại.").phrases
    assert [(phrase.text, phrase.boundary) for phrase in phrases] == [
        ("Mưa rất to", Boundary.SENTENCE),
        ("Bà con sơ tán trước mười bảy giờ", Boundary.SENTENCE),
        ("Bà con sơ tán trước mười bảy giờ", Boundary.SENTENCE),
        ("Xin nhắc lại", Boundary.PARAGRAPH),
    ]


def test_a_telephone_number_keeps_its_groups_both_times() -> None:
    phrases = [phrase.text for phrase in read("!!Gọi 0912345678!!").phrases]
    assert phrases == ["Gọi không chín một hai", "ba bốn năm", "sáu bảy tám"] * 2


def test_the_second_saying_belongs_to_the_closing_mark() -> None:
    written = "!! Họp lúc 7h30 !!"
    spans = read(written).spans
    assert [(span.written, span.spoken) for span in spans][-1] == ("!!", "Họp lúc bảy giờ ba mươi phút")
    assert all(written[span.start : span.end] == span.written for span in spans)


def test_two_facts_in_one_line_are_each_said_twice() -> None:
    assert read("!!Tắt điện!! rồi !!khóa cửa!!").text == "Tắt điện Tắt điện rồi khóa cửa khóa cửa"


@pytest.mark.parametrize("written", ["Chú ý!! Nước lên!!", "Nguy hiểm!!!", "A!! B", "Nhanh lên !!"])
def test_loud_writing_says_nothing_twice(written: str) -> None:
    words = read(written).text.split()
    assert len(words) == len(set(words))


def test_a_mark_that_is_never_closed_is_flagged() -> None:
    (flag,) = read("!! Bà con sơ tán.").flags
    assert "đóng" in flag.why


ITEM = "Chiều nay tạm ngừng cấp nước.\n\nBà con tích nước trước 12h00."


@pytest.mark.parametrize("written", [f"!!\n{ITEM}\n!!", f"!!\n\n{ITEM}\n\n  !!  \n"])
def test_marks_on_lines_of_their_own_say_whole_paragraphs_twice(written: str) -> None:
    assert [(phrase.text, phrase.boundary) for phrase in read(written).phrases] == [
        ("Chiều nay tạm ngừng cấp nước", Boundary.PARAGRAPH),
        ("Bà con tích nước trước mười hai giờ", Boundary.PARAGRAPH),
    ] * 2


def test_only_what_lies_between_the_lines_is_said_twice() -> None:
    said = read("Kính thưa bà con.\n!!\nMất nước.\n!!\nXin cảm ơn.\n!!\nMất điện.\n!!").text
    assert said == "Kính thưa bà con Mất nước Mất nước Xin cảm ơn Mất điện Mất điện"


def test_a_paragraph_of_several_sentences_is_said_twice() -> None:
    assert read("!! Mất nước! Tích nước ngay. !!").text == "Mất nước Tích nước ngay Mất nước Tích nước ngay"


def test_a_block_that_is_never_closed_is_said_once_and_flagged() -> None:
    spoken = read("!!\nMất nước.\n\nTích nước.")
    assert spoken.text == "Mất nước Tích nước"
    (flag,) = spoken.flags
    assert "đóng" in flag.why


def test_a_block_keeps_whose_turn_it_is_both_times() -> None:
    spoken = read("!!\n[nam] Mất nước.\n[nữ] Tích nước.\n!!")
    assert [phrase.voice for phrase in spoken.phrases] == ["nam", "nữ"] * 2


@given(
    st.lists(st.sampled_from(["!!", "!!", "!", "xã", "họp.", "7h30", "UBND", "0912345678", "(", "a@b.vn"]), max_size=10)
)
def test_spans_say_what_phrases_say_however_marks_stand(pieces: list[str]) -> None:
    for written in (" ".join(pieces), "".join(pieces)):
        result = read(written)
        assert " ".join(span.spoken for span in result.spans if span.spoken) == result.text
        assert all(written[span.start : span.end] == span.written for span in result.spans)
