"""What holds for any text at all, whatever it says."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from broadcaster.model.speech import Boundary, SpokenText
from broadcaster.text.reader import read

PIECES = st.sampled_from(
    """
    ngày tháng năm quý từ đến trước sau số Điều khoản điểm chương khóa thứ hạng tỷ lệ đường phố ngõ nhà thôn xã huyện
    25/3/2023 01/6 2/9 3/4 10/2022 19/19 120/80 5h30 17:00 7g15 1.234,5 3,14 1.5 100% 15,2‰ 5-10% 500mg 60km/h 25-30°C
    m² 5.000₫ 1,2 tỷ đồng USD $50 0912345678 1900 8198 244/CĐSQG-CSS 08/2023/TT-BYT 57-NQ/TW /STTTT-BCVTCNTT QĐ-TTg
    V/v đ/c UBND HĐND TT TP. Q. P. CA TU AI VI XX II I. Facebook COVID-19 5G QR ubnd@tinh.gov.vn www.tinh.gov.vn ./. …
    ... - – • + * # ( ) " “ ” ‘ , ; : . ! ? và hoặc Nguyễn Văn A B. hoà hòa thuỷ thủy ½ ℃ Ⅳ ① x = > ≥ ± & @ tronmg Đăk
    H'Hen a) 1. T2-T7 CN x̂ é !! !! USD Km12+300 7h/24/9 ngày..../..../2026 ..../KH-UBND -CV/ĐU *101# 1:2,5 22/0,4kV SYT
    app app.vn sim.vn/Covid zoom.us @xatanson #antoan tin-tuc.vn xyzab.com log_2024.txt JSON VietQR H.T.P Trần V.H.
    5,6,7 5,6/9 Điều đợt 2/2026 2-1 25/20 12đ/c 8,25đ 0912.345.678/0987.654.321 Rh- → -> BC 012345 HĐ TN đ. X. HN (AL)
    SN 1985 BĐ IIa Q1/2026 thanhhoa@hoangdao.gov.vn 30-4 2025/2026 08 giờ 00 tr 3'-5' > < 3G/4G TT. P.5 QL.1A từ dưới
    """.split()  # noqa: SIM905 - a page of pieces, not a column
)
LINES = st.lists(PIECES, min_size=1, max_size=12).flatmap(
    lambda pieces: st.lists(
        st.sampled_from([" ", "", "  ", ", ", "-", "/"]), min_size=len(pieces), max_size=len(pieces)
    ).map(lambda gaps: "".join(piece + gap for piece, gap in zip(pieces, gaps, strict=True)))
)
TEXTS = st.lists(LINES, min_size=1, max_size=4).map("\n".join)
ANYTHING = st.text(max_size=60)
APOSTROPHES = "ʼʻ"
"""Letters to Unicode, punctuation to a reader."""
WORDS_ONLY = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")


def spoken(written: str) -> str:
    return read(written).text


def accounted_for(written: str, result: SpokenText) -> set[int]:
    return {at for span in result.spans for at in range(span.start, span.end)}


def visible(char: str) -> bool:
    return not char.isspace() and unicodedata.category(char) not in ("Cc", "Cf", "Mn", "Me", "Zs", "Zl", "Zp")


@given(TEXTS | ANYTHING)
@settings(max_examples=400, deadline=None)
@example("50m2")
@example("1" * 5000)
@example("٣٤ ½ ²")
@example("中文 и русский")
def test_spoken_phrases_are_words_alone(written: str) -> None:
    for phrase in read(written).phrases:
        assert WORDS_ONLY.fullmatch(phrase.text), phrase.text


@given(TEXTS | ANYTHING)
@settings(max_examples=400, deadline=None)
@example("①②")
def test_every_visible_character_belongs_to_a_span(written: str) -> None:
    result = read(written)
    covered = accounted_for(written, result)
    assert [char for at, char in enumerate(written) if visible(char) and at not in covered] == []


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_spans_come_in_order_and_never_overlap(written: str) -> None:
    spans = read(written).spans
    for span in spans:
        assert written[span.start : span.end] == span.written
    for before, after in pairwise(spans):
        assert before.end <= after.start


@given(TEXTS | ANYTHING)
@settings(max_examples=400, deadline=None)
def test_no_letter_and_no_figure_is_dropped(written: str) -> None:
    for span in read(written).spans:
        if any(char.isalnum() and char not in APOSTROPHES for char in span.written):
            assert span.spoken, span


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_spans_say_what_phrases_say(written: str) -> None:
    result = read(written)
    assert " ".join(span.spoken for span in result.spans if span.spoken) == result.text


@given(TEXTS | ANYTHING)
@settings(max_examples=500, deadline=None)
@example("¼Z")
@example("app25")
def test_reading_what_was_already_spoken_changes_nothing(written: str) -> None:
    once = spoken(written)
    assert spoken(once) == once


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_composed_and_decomposed_letters_read_alike(written: str) -> None:
    assert spoken(unicodedata.normalize("NFC", written)) == spoken(unicodedata.normalize("NFD", written))


def marks_a_block(written: str) -> bool:
    """Whether a line of it begins or ends what is said twice, which may lie in another paragraph."""
    return any(line.strip() == "!!" for line in written.splitlines())


@given(TEXTS, TEXTS)
@settings(max_examples=200, deadline=None)
def test_joined_paragraphs_read_as_they_do_alone(first: str, second: str) -> None:
    assume(not marks_a_block(first) and not marks_a_block(second))
    assert read(f"{first}\n\n{second}").phrases == read(first).phrases + read(second).phrases


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_each_flag_explains_itself_and_has_its_span(written: str) -> None:
    result = read(written)
    spans = {(span.start, span.end): span for span in result.spans}
    for flag in result.flags:
        assert flag.why.endswith(".")
        assert not spans[flag.start, flag.end].sure


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_a_text_ends_with_a_paragraph_or_a_heading(written: str) -> None:
    phrases = read(written).phrases
    assert not phrases or phrases[-1].boundary in (Boundary.PARAGRAPH, Boundary.HEADING)


@pytest.mark.parametrize("written", ["", " ", "\n\n", "\u200b", "…", "./.", "***"])
def test_nothing_to_say_gives_no_phrase(written: str) -> None:
    assert read(written).phrases == ()


def test_offsets_count_code_points_of_the_input_as_given() -> None:
    written = unicodedata.normalize("NFD", "Ủy ban ngày 25/3")
    date = next(span for span in read(written).spans if span.rule == "ngày tháng")
    assert written[date.start : date.end] == "25/3"
