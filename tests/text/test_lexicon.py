"""The office's lexicon: what it changes, and what it says of a file that is wrong."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.text.lexicon import Entry, Lexicon, parse_lexicon
from broadcaster.text.reader import read
from broadcaster.text.style import Style, parse_style


def lexicon(*lines: str) -> Lexicon:
    made, faults = parse_lexicon("\n".join(lines), file="lexicon.tsv")
    assert faults == ()
    return made


def said(written: str, *lines: str) -> str:
    return read(written, lexicon=lexicon(*lines)).text


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("tại Suối Dzin", "tại suối Din"),
        ("tại SUỐI DZIN", "tại suối Din"),
        ("tại Suối  Dzin, xã", "tại suối Din xã"),
        ("tại Suối Dzinh", "tại Suối Dzinh"),
        ("Suối Dzin/Eo Gió", "suối Din eo gió"),
        ("UBND xã", "ủy ban xã"),
        ("UBND huyện", "ủy ban nhân dân huyện"),
        ("QL1A qua cầu", "đường một qua cầu"),
        ("Chxd và CHXD", "cửa hàng xăng dầu và cửa hàng xăng dầu"),
    ],
)
def test_an_entry_is_said_as_the_office_wrote_it(written: str, words: str) -> None:
    entries = (
        "Suối Dzin\tsuối Din",
        "Eo Gió\teo gió",
        "UBND xã\tủy ban xã",
        "QL1A\tđường một",
        "chxd\tcửa hàng xăng dầu",
    )
    assert said(written, *entries).casefold() == words.casefold()


def test_the_longest_entry_wins() -> None:
    assert said("thôn Đông Thịnh", "Đông\tđông", "Đông Thịnh\tđông thạnh") == "thôn đông thạnh"


def test_an_entry_never_reads_a_part_of_an_address_or_of_a_number() -> None:
    assert said("xã 12.500 và a@chxd.vn", "500\tnăm trăm", "chxd\tcửa hàng") == (
        "xã mười hai nghìn năm trăm và a a còng xê hát ích dê chấm vê en"
    )


def test_a_span_names_the_line_of_the_lexicon_that_made_it() -> None:
    span = read("ở Eo Gió", lexicon=lexicon("# địa danh", "Eo Gió\teo gió")).spans[-1]
    assert (span.rule, span.written, span.sure) == ("từ vựng lexicon.tsv:2", "Eo Gió", True)


def test_a_word_in_the_lexicon_is_not_flagged() -> None:
    assert read("nhà máy XQZ", lexicon=lexicon("XQZ\tích quy dét")).flags == ()


def test_a_communes_own_entry_replaces_the_common_one() -> None:
    both = lexicon("Eo Gió\teo gió").joined(lexicon("Eo Gió\teo dó"))
    assert read("Eo Gió", lexicon=both).text == "eo dó"


def test_every_wrong_line_is_told_at_once_with_its_place() -> None:
    text = "# tên\nabc\nx\t5\n\tb\nKN\t\nCH\tcửa hàng\nCH\tchữ hoa\nk\tca\ta =>\n"
    _, faults = parse_lexicon(text, file="lexicon.tsv")
    assert [fault.place for fault in faults] == [f"lexicon.tsv:{line}" for line in (2, 3, 4, 5, 7, 8)]
    assert all(fault.message.endswith(".") and fault.remedy for fault in faults)


def test_a_third_field_may_hold_a_test_or_a_remark() -> None:
    (example,) = lexicon("CH\tcửa hàng\tCH số 2 => cửa hàng số hai", "NM\tnhà máy\tchữ tắt của xã").examples
    assert (example.sample, example.expected, example.line) == ("CH số 2", "cửa hàng số hai", 1)


@pytest.mark.parametrize("mark", ["\ufeff", ""])
def test_a_file_saved_by_notepad_is_read(mark: str) -> None:
    made, faults = parse_lexicon(f"{mark}CH\tcửa hàng\r\nNM\tnhà máy\r\n", file="lexicon.tsv")
    assert list(made.entries) == ["CH", "NM"]
    assert faults == ()


@pytest.mark.parametrize(
    ("chosen", "written", "words"),
    [
        ("nghin\tngàn", "1.005", "một ngàn không trăm linh năm"),
        ("linh\tlẻ", "105", "một trăm lẻ năm"),
        ("hai-muoi-tu\tbốn", "24", "hai mươi bốn"),
        ("bay\tbẩy", "0977", "không chín bẩy bẩy"),
        ("mung\tmồng", "ngày 2/9", "ngày mồng hai tháng chín"),
        ("chu-cai\tâm", "điểm b", "điểm bờ"),
        ("xuyet\tgạch chéo", "15/KH-UBND", "mười lăm gạch chéo kế hoạch ủy ban nhân dân"),
        ("gach-ngang\tgạch ngang", "QĐ-TTg", "quyết định gạch ngang thủ tướng chính phủ"),
        ("mien\tnam\nmung\tkhông", "ngày 2/9 có 1.005", "ngày hai tháng chín có một ngàn không trăm lẻ năm"),
    ],
)
def test_each_choice_of_the_house_is_heard(chosen: str, written: str, words: str) -> None:
    style, faults = parse_style(chosen, file="cach-doc.tsv")
    assert faults == ()
    assert read(written, style=style).text == words


def test_wrong_choices_are_told_with_what_may_be_chosen() -> None:
    style, faults = parse_style("linh\tlẽ\nhai\tx\nbay", file="cach-doc.tsv")
    assert style == Style()
    assert [fault.place for fault in faults] == ["cach-doc.tsv:1", "cach-doc.tsv:2", "cach-doc.tsv:3"]
    assert "linh, lẻ" in faults[0].remedy


WRITINGS = st.sampled_from(
    ["UBND", "UBND xã", "5", "Km12", "12/10", "vn", "Đạo", "!!", "đ", "/", "QĐ-TTg", "a@b", "xã hoằng"]
)
PIECES = st.sampled_from(
    ["UBND", "xã", "Hoằng", "Đạo", "5/9", "12.505", "Km12+300", "a@b.vn", "15/QĐ-TTg", "!!", "5đ", "(", ","]
)


@given(st.lists(WRITINGS, max_size=6), st.lists(PIECES, max_size=10), st.sampled_from([" ", "", "-"]))
@settings(max_examples=300, deadline=None)
def test_with_any_lexicon_nothing_is_dropped_and_spans_keep_their_places(
    writings: list[str], pieces: list[str], gap: str
) -> None:
    entries = [Entry(written=written, spoken="lời riêng", place="lexicon.tsv:1") for written in writings]
    written = gap.join(pieces)
    result = read(written, lexicon=Lexicon(entries))
    held = {at for span in result.spans for at in range(span.start, span.end) if span.spoken}
    assert [char for at, char in enumerate(written) if char.isalnum() and at not in held] == []
    assert all(before.end <= after.start for before, after in pairwise(result.spans))
    assert " ".join(span.spoken for span in result.spans if span.spoken) == result.text
