"""Two voices take turns where a script says so at the head of a line, and nowhere by accident."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.text.reader import read
from broadcaster.text.spelling import proofread


def turns(written: str) -> list[tuple[str | None, str]]:
    return [(phrase.voice, phrase.text) for phrase in read(written).phrases]


def test_a_mark_holds_until_the_next_one() -> None:
    assert turns("Mở đầu.\n[nam] Chào chị.\n\nĐúng 7h.\n[nữ]\nChào anh.") == [
        (None, "Mở đầu"),
        ("nam", "Chào chị"),
        ("nam", "Đúng bảy giờ"),
        ("nữ", "Chào anh"),
    ]


@pytest.mark.parametrize("mark", ["[nữ]", "[NỮ]", "[Nữ]:", "[ nữ ]", "[nu]", "  [nữ] ", "［nữ］", "[nu\u031b\u0303]"])
def test_a_mark_may_be_typed_as_people_type(mark: str) -> None:
    assert turns(f"{mark} Chào anh.") == [("nữ", "Chào anh")]
    assert read(f"{mark} Chào anh.").flags == ()


def test_a_mark_is_never_joined_to_a_line_that_an_editor_broke() -> None:
    long = "Câu này dài đến hết chiều ngang của trang giấy mà vẫn chưa có dấu chấm ở cuối dòng"
    assert turns(f"{long}\n[nam] Chào chị.") == [(None, long), ("nam", "Chào chị")]


@pytest.mark.parametrize(
    "written",
    [
        "Nam: 45 người; nữ: 30 người.",
        "Nam, nữ từ 18 tuổi.",
        "Hỏi: Bao giờ họp?",
        "[1] Tài liệu tham khảo.",
        "(nam) Áo trắng.",
        "Nam Định hôm nay mưa.",
    ],
)
def test_ordinary_text_changes_no_voice(written: str) -> None:
    assert {voice for voice, _ in turns(written)} == {None}


def test_a_mark_within_a_line_is_flagged_with_what_to_do() -> None:
    spoken = read("Chào chị. [nữ] Chào anh.")
    (flag,) = spoken.flags
    assert flag.written == "[nữ]"
    assert "đầu dòng" in flag.why
    assert {phrase.voice for phrase in spoken.phrases} == {None}


def test_the_spelling_gate_has_nothing_against_marks() -> None:
    written = "[nam] Thưa chị, bao giờ họp?\n[nữ] Thưa anh, 7h30 tối nay."
    assert proofread(written, read(written)).flags == ()


@given(
    st.lists(
        st.sampled_from(["[nam]", "[nữ]", "\n", "\n\n", "!!", "xã", "họp.", "7h30", "UBND", "[", "]"]), max_size=12
    )
)
def test_spans_say_what_phrases_say_however_marks_stand(pieces: list[str]) -> None:
    for written in (" ".join(pieces), "".join(pieces)):
        result = read(written)
        assert " ".join(span.spoken for span in result.spans if span.spoken) == result.text
        assert all(written[span.start : span.end] == span.written for span in result.spans)
        assert {phrase.voice for phrase in result.phrases} <= {None, "nam", "nữ"}
