"""Phrases go out in the fewest requests, cut where a voice pauses anyway."""

from __future__ import annotations

from functools import cache

from gtts import gTTS
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.model.speech import Boundary, Phrase
from broadcaster.speech.packing import parts
from broadcaster.text.reader import read

LETTER = """\
Thực hiện chỉ đạo của Sở Khoa học và Công nghệ tại Công văn số 118/SKHCN-BCVT ngày 12/3/2026 về việc thống nhất
cách hiểu về chuyển đổi số. Ngày 20/3/2026, UBND tỉnh Thanh Hóa ban hành Văn bản số 902/UBND-VHXH.

Theo đó, UBND tỉnh yêu cầu các sở, ban, ngành, hội, đoàn thể, các cơ quan báo chí trên địa bàn tỉnh tăng cường
tuyên truyền, phổ biến, quán triệt để nâng cao nhận thức tới toàn thể cán bộ, công chức, viên chức, người lao động,
nhân viên.

Giao các Sở: Giáo dục và Đào tạo, Nội vụ chỉ đạo các trường học, cơ sở dạy nghề, trường cao đẳng, trung cấp tổ chức
tuyên truyền đến toàn thể cán bộ, giáo viên, học sinh, học viên, sinh viên của đơn vị."""


def said(*texts: str, boundary: Boundary = Boundary.SENTENCE) -> list[Phrase]:
    return [Phrase(text=text, boundary=boundary) for text in texts]


words = st.text("abcđêôơưăáàảãạ", min_size=1, max_size=40)
clauses = st.lists(words, min_size=1, max_size=40).map(" ".join)


@settings(deadline=None)
@given(st.lists(st.tuples(clauses, st.sampled_from(Boundary)), min_size=1, max_size=6))
def test_parts_hold_at_most_100_characters_and_every_word(texts: list[tuple[str, Boundary]]) -> None:
    phrases = [Phrase(text=text, boundary=boundary) for text, boundary in texts]
    cut = parts(phrases, largest=100)
    assert all(0 < len(part.text) <= 100 for part in cut)
    assert " ".join(part.text for part in cut).replace(",", "").replace(".", "").split() == [
        word for phrase in phrases for word in phrase.text.split()
    ]


def test_a_sentence_end_is_always_a_cut() -> None:
    cut = parts(said("Trời mưa", "Trời nắng"), largest=100)
    assert [(part.text, part.boundary) for part in cut] == [
        ("Trời mưa.", Boundary.SENTENCE),
        ("Trời nắng.", Boundary.SENTENCE),
    ]


def test_a_long_clause_is_cut_behind_its_own_punctuation() -> None:
    text = "Các hộ dân ở thôn Đông, thôn Đoài, thôn Nam; các cơ quan, trường học đóng trên địa bàn xã và các hợp tác xã"
    first, second = parts(said(text), largest=100)
    assert first.text == "Các hộ dân ở thôn Đông, thôn Đoài, thôn Nam; các cơ quan."
    assert second.text == "trường học đóng trên địa bàn xã và các hợp tác xã."


def test_a_letter_takes_less_than_half_of_the_requests_that_gtts_would_make() -> None:
    """gTTS cuts at every comma; 100 characters are the service's limit."""
    phrases = read(LETTER).phrases
    words = "".join(phrase.text + (", " if phrase.boundary is Boundary.CLAUSE else ". ") for phrase in phrases)
    by_gtts = gTTS(words, lang="vi", lang_check=False)._tokenize(words)
    assert len(parts(phrases, largest=100)) < len(by_gtts) / 2


short_clauses = st.lists(st.text("abc", min_size=1, max_size=9), min_size=1, max_size=9).map(" ".join)


@settings(deadline=None)
@given(st.lists(short_clauses, min_size=1, max_size=12))
def test_clauses_that_fit_are_never_cut_and_no_packing_is_tighter(clauses: list[str]) -> None:
    """Filling each part before the next is begun is the fewest there can be, where nothing may be cut inside."""
    fewest, room = 0, -1
    for clause in clauses:
        room -= len(clause) + 2
        if room < 0:
            fewest, room = fewest + 1, 99 - len(clause)
    phrases = [*said(*clauses[:-1], boundary=Boundary.CLAUSE), *said(clauses[-1])]
    cut = parts(phrases, largest=100)
    assert len(cut) == fewest
    assert [clause for part in cut for clause in part.text[:-1].split(", ")] == clauses


def fewest_parts(phrases: list[Phrase], largest: int) -> int:
    """By trying every part that may follow: ends of clauses, and any word of a clause that is no part by itself."""
    words = [
        (word, word_number == len(phrase.text.split()) - 1, len(phrase.text) + 1 > largest, phrase.boundary)
        for phrase in phrases
        for word_number, word in enumerate(phrase.text.split())
    ]

    @cache
    def from_(start: int) -> int:
        if start == len(words):
            return 0
        counts, length = [], 0
        for end in range(start, len(words)):
            word, ends_clause, may_be_cut, boundary = words[end]
            length += len(word)
            if length + 1 > largest:
                break
            if ends_clause or may_be_cut:
                counts.append(1 + from_(end + 1))
            if ends_clause and boundary is not Boundary.CLAUSE:
                break
            length += 2 if ends_clause else 1
        return min(counts, default=10**6)

    return from_(0)


@settings(deadline=None)
@given(st.lists(st.tuples(short_clauses, st.sampled_from(Boundary)), min_size=1, max_size=7), st.integers(12, 40))
def test_no_way_of_cutting_makes_fewer_requests(texts: list[tuple[str, Boundary]], largest: int) -> None:
    """Whatever is tried: with clauses too long for one request, and sentences that end."""
    phrases = [Phrase(text=text, boundary=boundary) for text, boundary in texts]
    assert len(parts(phrases, largest=largest)) == fewest_parts(phrases, largest)


def test_a_long_clause_is_cut_before_one_of_its_parts_and_never_within_a_number() -> None:
    number = "hai trăm bốn mươi tư xuyệt chuyển đổi số quốc gia xê ét ét"
    text = f"Bộ Thông tin và Truyền thông tại Công văn số {number} vừa gửi"
    assert [part.text for part in parts(said(text), largest=100)] == [
        "Bộ Thông tin và Truyền thông.",
        f"tại Công văn số {number} vừa gửi.",
    ]


def test_a_long_clause_shares_its_first_request_with_the_clause_before() -> None:
    """It must be cut inside anyway: 45 and 140 characters go out in two requests, not in three."""
    long = "về việc thống nhất nhận thức chung " * 4
    cut = parts(
        [*said("Thực hiện chỉ đạo của Cục Chuyển đổi số quốc", boundary=Boundary.CLAUSE), *said(long)], largest=100
    )
    assert len(cut) == 2
