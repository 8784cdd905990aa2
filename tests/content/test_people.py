"""One person under many writings, and two persons who only look alike."""

from __future__ import annotations

import unicodedata

import pytest

from broadcaster.content.people import is_name, people_in, same_person


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lê Thị Hòa", "lê  thị hòa"),
        ("Lê Thị Hòa", "Lê Thị Hoà"),
        ("Lý Thị Thủy", "Lí Thị Thuỷ"),
        ("Lê Thị Hòa", "Lê Thị Hòa."),
        ("Lê Thị Hòa", "Đ/c Lê Thị Hòa"),
        ("Lê Thị Hòa", "đồng chí: Lê Thị Hòa"),
        ("Lê Thị Hòa", "Bà Lê Thị Hòa"),
        ("Lê Thị Hòa", "Lê Thị Hò\u200ba"),
        ("Lê Thị Hòa", unicodedata.normalize("NFD", "LÊ THỊ HÒA")),
    ],
)
def test_one_person_under_two_writings(one: str, other: str) -> None:
    assert same_person(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("Lê Thị Hòa", "Lê Thị Hoa"), ("Lê Thị Hòa", "Lê Thị Hóa"), ("Anh Thư", "Thư Anh"), ("", "")]
)
def test_two_persons(one: str, other: str) -> None:
    assert not same_person(one, other)


def test_a_line_of_several_names_is_several_people() -> None:
    assert people_in("Lê Thị Hòa, Trần Văn Hùng và Đ/c Nguyễn An; ") == ["Lê Thị Hòa", "Trần Văn Hùng", "Đ/c Nguyễn An"]


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "…", "-"])
def test_what_cannot_be_read_is_no_name(text: str) -> None:
    assert not is_name(text)
