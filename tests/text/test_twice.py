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


@given(
    st.lists(st.sampled_from(["!!", "!!", "!", "xã", "họp.", "7h30", "UBND", "0912345678", "(", "a@b.vn"]), max_size=10)
)
def test_spans_say_what_phrases_say_however_marks_stand(pieces: list[str]) -> None:
    for written in (" ".join(pieces), "".join(pieces)):
        result = read(written)
        assert " ".join(span.spoken for span in result.spans if span.spoken) == result.text
        assert all(written[span.start : span.end] == span.written for span in result.spans)
