"""Long texts as series: where they are divided, how long the parts are, and that no word is lost."""

from __future__ import annotations

import re

import pytest
from content.paper import BODY
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.content.outline import Rank, rank_of
from broadcaster.content.series import LONGEST_PART_S, SeriesPart, split
from broadcaster.text.reader import read
from broadcaster.text.syllables import estimate_seconds

SECONDS_A_WORD = 0.4
TITLE = "Mười bảy điểm khác nhau"


def _seconds(text: str) -> float:
    return len(text.split()) * SECONDS_A_WORD


def _words(count: int, *, head: str = "") -> str:
    """A paragraph that takes so many words, in sentences of ten."""
    filler = ["bà", "con", "trong", "thôn", "cùng", "nhau", "làm", "sạch", "đường", "làng"]
    words = [*head.split(), *(filler * (count // len(filler) + 1))][:count]
    sentences = [" ".join(words[at : at + 10]) for at in range(0, count, 10)]
    return " ".join(sentence[0].upper() + sentence[1:] + "." for sentence in sentences)


def _split(body: str, *, begin_at: frozenset[int] = frozenset()) -> tuple[SeriesPart, ...]:
    return split(TITLE, body, estimate=_seconds, begin_at=begin_at)


def _said(part: SeriesPart) -> str:
    """A part's own words, without the announcement."""
    announced, _, words = part.body.partition("\n\n")
    assert announced == f"{TITLE}. Phần {part.number}/{part.count}."
    return words


def test_each_part_is_announced_and_named() -> None:
    parts = _split("\n\n".join(_words(450, head=f"Điểm thứ {number}") for number in ("nhất", "hai", "ba")))
    assert [(part.number, part.count) for part in parts] == [(1, 3), (2, 3), (3, 3)]
    assert parts[1].title == f"{TITLE} (phần 2/3)"
    assert parts[1].body.startswith(f"{TITLE}. Phần 2/3.\n\nĐiểm thứ hai")


def test_announcement_is_said_as_people_say_it() -> None:
    for written, said in (("1/17", "một trên mười bảy"), ("2/2", "hai trên hai"), ("3/4", "ba trên bốn")):
        assert f"Phần {said}" in read(f"{TITLE}. Phần {written}.").text


def test_plan_of_long_points_is_divided_at_its_letters_rather_than_into_parts_of_four_minutes() -> None:
    """Two points of two minutes make four; three parts of a plan's part come to less than three minutes each."""
    points = [
        f"{number}. Nhiệm vụ\n" + "\n".join(f"{letter}) {_words(100)}" for letter in "abc") for number in range(1, 5)
    ]
    parts = _split("\n".join(points))
    assert all(120 < _seconds(_said(part)) < 220 for part in parts)
    assert all(re.match(r"\d\. |[abc]\) ", _said(part)) for part in parts)


def test_seventeen_points_of_three_minutes_become_seventeen_parts() -> None:
    parts = _split("\n\n".join(f"{number}. {_words(450)}" for number in range(1, 18)))
    assert [re.match(r"(\d+)\.", _said(part))[1] for part in parts] == [str(n) for n in range(1, 18)]  # type: ignore[index]


def test_short_points_share_a_part_and_none_is_torn() -> None:
    parts = _split("\n\n".join(f"{number}. {_words(90)}" for number in range(1, 18)))
    assert all(130 <= _seconds(_said(part)) <= 230 for part in parts)
    assert all(re.match(r"\d+\. ", _said(part)) for part in parts)


def test_headings_are_better_places_than_points() -> None:
    sections = [f"Phần {number}. Việc cần làm\n\n{_words(180)}\n\n1. {_words(180)}" for number in ("I", "II", "III")]
    parts = _split("\n\n".join(sections))
    assert [_said(part).split("\n")[0] for part in parts] == [f"Phần {n}. Việc cần làm" for n in ("I", "II", "III")]
    assert parts[2].title == f"{TITLE} (phần 3/3): Phần III. Việc cần làm"


def test_heading_never_ends_a_part() -> None:
    body = "\n\n".join(f"VIỆC THỨ {number}\n\n{_words(300)}" for number in range(5))
    for part in _split(body):
        assert not _said(part).rstrip().split("\n")[-1].startswith("VIỆC THỨ")


def test_paragraph_longer_than_a_part_goes_by_sentences() -> None:
    parts = _split(_words(1_500))
    assert len(parts) > 2
    assert all(_said(part).endswith(".") and _said(part)[0].isupper() for part in parts)
    assert all(_seconds(_said(part)) <= LONGEST_PART_S for part in parts)


def test_attachment_begins_a_part_of_its_own() -> None:
    letter, attached = [_words(300), ""], ["Thưa bà con.", _words(300)]
    parts = _split("\n".join([*letter, *attached]), begin_at=frozenset({len(letter)}))
    assert _said(parts[1]).startswith("Thưa bà con.")


def test_title_that_opens_the_text_is_not_said_twice() -> None:
    first = _split(f"{TITLE}\n\n{_words(900)}")[0]
    assert first.body.count(TITLE) == 1


def test_short_text_is_one_part() -> None:
    assert len(_split(BODY)) == 1


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "1. ", "a) ", "I. ", "# ", "- ", "Điều 5. "]),
            st.integers(1, 700),
            st.sampled_from(["\n", "\n\n"]),
        ),
        min_size=1,
        max_size=25,
    )
)
def test_no_word_is_lost_or_doubled(blocks: list[tuple[str, int, str]]) -> None:
    body = "".join(f"{mark}{_words(count)}{end}" for mark, count, end in blocks)
    said = " ".join(_said(part) for part in _split(body)).split()
    assert said == [word for word in body.split() if word != "#"]


@given(st.text(st.sampled_from("aB1. \n#-:Đ,“”")))
def test_any_text_can_be_divided(body: str) -> None:
    if body.strip():
        parts = _split(body)
        assert parts == () or [part.number for part in parts] == list(range(1, len(parts) + 1))


def test_parts_are_about_three_minutes_as_the_reader_estimates() -> None:
    body = "\n\n".join(f"{number}. {BODY} {BODY}" for number in range(1, 30))
    parts = split(TITLE, body, estimate=lambda text: estimate_seconds(read(text)))
    lengths = [estimate_seconds(read(part.body)) for part in parts]
    assert all(130 <= length <= 240 for length in lengths), lengths


@pytest.mark.parametrize(
    ("line", "rank"),
    [
        ("# Mở đầu", Rank.HEADING),
        ("Phần thứ nhất: Những vấn đề chung", Rank.HEADING),
        ("II. Nhiệm vụ", Rank.HEADING),
        ("NHIỆM VỤ TRỌNG TÂM", Rank.HEADING),
        ("1. Nâng cao nhận thức.", Rank.POINT),
        ("Điểm thứ ba, về người dẫn dắt.", Rank.POINT),
        ("Điều 5. Trách nhiệm", Rank.POINT),
        ("Thứ hai, bà con cần giữ ấm.", Rank.POINT),
        ("a) Tổ chức tuyên truyền.", Rank.LETTERED),
        ("Bà con cần giữ ấm.", Rank.PARAGRAPH),
        ("- Giữ ấm cho trâu bò;", Rank.PARAGRAPH),
        ("UBND", Rank.PARAGRAPH),
    ],
)
def test_lines_are_ranked_by_their_own_signs(line: str, rank: Rank) -> None:
    assert rank_of(line, alone=False) is rank
