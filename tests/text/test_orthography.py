"""Which words can be Vietnamese syllables."""

from __future__ import annotations

import pytest

from broadcaster.text.orthography import is_syllable

REAL = (
    "a ở yêu ý anh ông nghiêng nghề ghế kẻ quốc quyết quý quỳnh quậy giặt gì giếng già giữa giêng khuya khuỷu "
    "thuở xoong hoà hòa khoẻ khỏe thuỷ thủy uỷ ủy hươu rượu chuyển đổi số thúy huýt ngoằn ngoèo khuếch loạng choạng "
    "tuýp mỹ tỷ kỳ sỹ boong xoáy nguệch tuổi người được nước những đường việt"
)
FALSE = (
    "tronmg facebook kà cí nghà ngế gề qa zin wi fa jo hoac hocj bac viet1 thiéu cuả chuyênr hoaà đăk pleiku q b "
    "xyz nhưngx trường1 aa oo kh tr ưn iê bat cach đep"
)


@pytest.mark.parametrize("word", REAL.split())
def test_real_syllables_are_accepted(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", FALSE.split())
def test_impossible_syllables_are_refused(word: str) -> None:
    assert not is_syllable(word)
