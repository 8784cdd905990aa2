"""Breaths, pauses, headings, lists; how long it takes; what the reviewer sees."""

from __future__ import annotations

import pytest

from broadcaster.model.speech import Boundary, Phrase, SpokenText
from broadcaster.text.reader import read
from broadcaster.text.review import doubt, marked
from broadcaster.text.spelling import proofread
from broadcaster.text.syllables import count_syllables, estimate_seconds


def breaths(written: str) -> list[tuple[str, Boundary]]:
    return [(phrase.text, phrase.boundary) for phrase in read(written).phrases]


def test_commas_and_full_stops_become_boundaries() -> None:
    assert breaths("Sáng nay, xã họp. Chiều nay nghỉ!") == [
        ("Sáng nay", Boundary.CLAUSE),
        ("xã họp", Boundary.SENTENCE),
        ("Chiều nay nghỉ", Boundary.PARAGRAPH),
    ]


def test_a_line_that_stands_alone_without_a_full_stop_is_a_heading() -> None:
    assert breaths("Phòng chống dịch\n\nBà con diệt loăng quăng.")[0] == ("Phòng chống dịch", Boundary.HEADING)


@pytest.mark.parametrize("written", ["## Lịch tiêm chủng", "I. MỤC ĐÍCH, YÊU CẦU", "Điều 5. Phạm vi"])
def test_marked_and_numbered_headings(written: str) -> None:
    *heading, _, _ = breaths(f"{written}\nNội dung là đây.\nHết phần này.")
    assert heading[-1][1] is Boundary.HEADING


def test_a_line_broken_by_an_editor_is_joined() -> None:
    assert breaths("truyền thông về sự\nkhác nhau.") == [("truyền thông về sự khác nhau", Boundary.PARAGRAPH)]


def test_list_items_are_paragraphs_and_their_bullets_are_silent() -> None:
    assert breaths("Gồm có:\n- thôn Đông;\n• thôn Tây;\n+ thôn Nam.") == [
        ("Gồm có", Boundary.PARAGRAPH),
        ("thôn Đông", Boundary.PARAGRAPH),
        ("thôn Tây", Boundary.PARAGRAPH),
        ("thôn Nam", Boundary.PARAGRAPH),
    ]


def test_item_letters_and_numbers_are_said_apart() -> None:
    assert [text for text, _ in breaths("a) Kiểm tra\nb) Báo cáo")] == ["a", "Kiểm tra", "bê", "Báo cáo"]


@pytest.mark.parametrize("written", ["Báo cáo kết quả./.", "Báo cáo kết quả...", "“Báo cáo” ‘kết quả’"])
def test_end_marks_dots_and_quotes_are_silent(written: str) -> None:
    assert read(written).text == "Báo cáo kết quả"


@pytest.mark.parametrize(
    "written", ["cán bộ/chiến sĩ", "cán bộ - chiến sĩ", "cán bộ\u00a0chiến sĩ", "cán bộ\r\nchiến sĩ"]
)
def test_signs_between_words_only_join_or_part_them(written: str) -> None:
    assert read(written).text == "cán bộ chiến sĩ"


def test_capital_headlines_are_words_and_not_abbreviations() -> None:
    assert read("UBND XÃ HOẰNG ĐẠO THÔNG BÁO").text == "ủy ban nhân dân xã hoằng đạo thông báo"


@pytest.mark.parametrize(("spoken", "count"), [("Xã Hoằng Đạo", 3), ("nghiêng", 1), ("camera", 3), ("", 0)])
def test_syllables_are_counted(spoken: str, count: int) -> None:
    assert count_syllables(spoken) == count


def spoken(*phrases: tuple[str, Boundary]) -> SpokenText:
    return SpokenText(phrases=tuple(Phrase(text=text, boundary=boundary) for text, boundary in phrases))


def test_longer_pauses_and_more_syllables_take_longer() -> None:
    short = spoken(("một hai ba", Boundary.CLAUSE), ("bốn năm sáu", Boundary.PARAGRAPH))
    paused = spoken(("một hai ba", Boundary.SENTENCE), ("bốn năm sáu", Boundary.PARAGRAPH))
    longer = spoken(("một hai ba tư", Boundary.CLAUSE), ("bốn năm sáu", Boundary.PARAGRAPH))
    assert estimate_seconds(paused) - estimate_seconds(short) == pytest.approx(0.8 - 0.35)
    assert estimate_seconds(longer) > estimate_seconds(short)


def test_the_pause_after_the_last_phrase_is_not_counted() -> None:
    heading, clause = (spoken(("một hai ba", boundary)) for boundary in (Boundary.HEADING, Boundary.CLAUSE))
    assert estimate_seconds(heading) == estimate_seconds(clause)


def test_risky_places_are_marked_for_the_reviewer() -> None:
    written = "Gửi TT xem, họ nhận 12/8 nhé tronmg thôn."
    assert marked(written, read(written)) == (
        "Gửi ⟦TT → tê tê, có phải “thường trực” hay “thủ tướng” hay “trung tâm” hay “thị trấn”?⟧ xem, "
        "họ nhận ⟦12/8 → mười hai tháng tám ?⟧ nhé ⟦tronmg ?⟧ thôn."
    )


def test_what_was_probably_meant_is_asked_where_it_stands() -> None:
    written = "Công nghệ thong tin tronmg xã."
    checked = proofread(written, read(written))
    assert marked(written, checked) == ("Công nghệ ⟦thong tin, có phải “thông tin”?⟧ ⟦tronmg, có phải “trong”?⟧ xã.")
    assert doubt(checked.flags[0]) == "«thong tin» có lẽ viết nhầm. Có phải “thông tin”?"


def test_a_clean_text_is_shown_as_it_is() -> None:
    written = "Ngày 25/3, xã họp."
    assert marked(written, read(written)) == written
