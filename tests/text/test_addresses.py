"""E-mail and web addresses: words without marks are said word by word, abbreviations by their letters."""

from __future__ import annotations

import pytest

from broadcaster.text.reader import read
from broadcaster.text.unaccented import named_with_initials, syllables_of


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ("thanhhoa", "thanh hoa"),
        ("dichvucong", "dich vu cong"),
        ("danang", "da nang"),
        ("phuyen", "phu yen"),
        ("nghean", "nghe an"),
        ("binhan", "binh an"),
        ("lethilan", "le thi lan"),
        ("thuathienhue", "thua thien hue"),
        ("ubndxahoangdao", "ubnd xa hoang dao"),
        ("tiemchungcovid", "tiem chung covid"),
        ("nguyenvana", "nguyen van a"),
        ("kontum", "kon tum"),
        ("xadonganh", "xa dong anh"),
        ("congantanky", "cong an tan ky"),
        ("phumy", "phu my"),
        ("bacha", "bac ha"),
        ("vanhanh", "van hanh"),
        ("openai", ""),
        ("pnnbao", ""),
        ("example", ""),
        ("a" * 5000, ""),
    ],
)
def test_words_run_together_are_found(run: str, words: str) -> None:
    assert " ".join(syllables_of(run)) == words


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ("nvhung", "nv hung"),
        ("ttlan", "tt lan"),
        ("pnnbao", "pnn bao"),
        ("hungnv", "hung nv"),
        ("lanntt", "lan ntt"),
        ("thuhanv", "thu ha nv"),
        ("github", ""),
        ("chart", ""),
        ("bit", ""),
        ("kstthc", ""),
    ],
)
def test_initials_stand_before_or_after_a_given_name(run: str, words: str) -> None:
    assert " ".join(named_with_initials(run)) == words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("nvhung.vp@thanhhoa.gov.vn", "en vê hung chấm vê pê a còng thanh hoa chấm gov chấm vê en"),
        (
            "0988 123 456/email: a@lamdong.vn",
            "không chín tám tám một hai ba bốn năm sáu email a a còng lam dong chấm vê en",
        ),
        ("ubndxa.hoangdao@thanhhoa.gov.vn", "u bê en dê xa chấm hoang dao a còng thanh hoa chấm gov chấm vê en"),
        ("https://dichvucong.gov.vn", "dich vu cong chấm gov chấm vê en"),
        ("vneid.gov.vn", "vê en e i đê chấm gov chấm vê en"),
        ("stttt@laichau.gov.vn", "ét tê tê tê tê a còng lai chau chấm gov chấm vê en"),
        ("facebook.com/xahoangdao", "facebook chấm com gạch chéo xa hoang dao"),
        ("vhxh_hoangdao35@gmail.com", "vê hát ích hát gạch dưới hoang dao ba năm a còng gmail chấm com"),
    ],
)
def test_addresses_of_offices(written: str, words: str) -> None:
    assert read(written).text == words
