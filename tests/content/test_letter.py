"""Letters, plans and decisions: their parts, and the directive that they propose."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from content.paper import ARTICLE, BODY, LETTER

from broadcaster.content.deadlines import deadlines_in
from broadcaster.content.directive import DirectiveProposal
from broadcaster.content.documents import Draft, read_document
from broadcaster.content.letter import Letter, letter_in
from broadcaster.model.directive import DeadlineRepeat, DirectiveKind, PartialDate
from broadcaster.text.orthography import is_syllable

PLAN = """ỦY BAN NHÂN DÂN              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ HOẰNG ĐẠO                          Độc lập – Tự do – Hạnh phúc
Số: ..../KH-UBND                Hoằng Đạo, ngày … tháng 9 năm 2026

KẾ HOẠCH
Tuyên truyền Ngày Chuyển đổi số quốc gia 10/10
trên địa bàn xã năm 2026

Căn cứ Kế hoạch số 88/KH-UBND ngày 01/9/2026 của UBND tỉnh; thực hiện Công văn số 12/STTTT ngày 03/9/2026,
UBND xã xây dựng kế hoạch như sau:

I. MỤC ĐÍCH
1. Nâng cao nhận thức của người dân.
2. Phát ít nhất 30 lượt trên loa.
II. BÁO CÁO
Các thôn báo cáo chậm nhất 17 giờ ngày 20/10 về Đài truyền thanh xã./.
"""


def _letter(text: str) -> Letter:
    letter = letter_in(text.splitlines())
    assert letter is not None
    return letter


def _draft(folder: Path, text: str) -> Draft:
    path = folder / "thu.txt"
    path.write_text(text, encoding="utf-8")
    return read_document(path, is_syllable=is_syllable)


def _proposal(folder: Path, text: str) -> DirectiveProposal:
    proposal = _draft(folder, text).proposal
    assert proposal is not None
    return proposal


# --- the head ---------------------------------------------------------------------------------------------------------


def test_parts_of_a_letter_are_found() -> None:
    letter = _letter(LETTER)
    assert letter.kind is DirectiveKind.LETTER
    assert (letter.number, letter.symbol) == ("15/VHTT", "VHTT")
    assert (letter.issued, letter.place) == (PartialDate(day=5, month=3, year=2026), "Tân Sơn")
    assert (letter.superior, letter.issuer) == ("UBND HUYỆN TÂN SƠN", "PHÒNG VĂN HÓA VÀ THÔNG TIN")
    assert letter.abstract == "tuyên truyền phòng, chống cháy rừng mùa khô"
    assert letter.recipients == ("Ủy ban nhân dân các xã", "Hạt Kiểm lâm huyện")
    assert letter.title == "Tuyên truyền phòng, chống cháy rừng mùa khô"


def test_head_in_two_columns_and_a_plan_without_its_number_are_found() -> None:
    plan = _letter(PLAN)
    assert plan.kind is DirectiveKind.PLAN
    assert (plan.number, plan.symbol) == (None, "KH-UBND")
    assert plan.issued == PartialDate(month=9, year=2026)
    assert plan.issuer == "ỦY BAN NHÂN DÂN XÃ HOẰNG ĐẠO"
    assert plan.title == "Kế hoạch tuyên truyền Ngày Chuyển đổi số quốc gia 10/10 trên địa bàn xã năm 2026"
    assert next(line for line in plan.body if line.strip()).startswith("Căn cứ Kế hoạch số 88/KH-UBND")


@pytest.mark.parametrize("seam", [" ", "; ", "\t\t"])
def test_columns_of_a_head_that_word_or_pdf_ran_together_are_told_apart(seam: str) -> None:
    """Tabs in Word, rows of a table, and PDF leave less between the columns than a typist does."""
    letter = _letter(
        f"UBND TỈNH KHÁNH HÒA{seam}CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        f"SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH{seam}Độc lập - Tự do - Hạnh phúc\n"
        f"Số: 3128/SVHTTDL-QLVH{seam}Khánh Hòa, ngày 17 tháng 11 năm 2026\n"
        "V/v tuyên truyền phòng cháy\n"
        "Kính gửi: Ủy ban nhân dân các xã.\n"
        "Sở đề nghị các xã phát bài gửi kèm.\n"
    )
    assert (letter.superior, letter.issuer) == ("UBND TỈNH KHÁNH HÒA", "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH")
    assert (letter.number, letter.place) == ("3128/SVHTTDL-QLVH", "Khánh Hòa")
    assert letter.issued == PartialDate(day=17, month=11, year=2026)
    assert letter.body == ("Sở đề nghị các xã phát bài gửi kèm.",)


def test_year_that_a_narrow_column_broke_off_belongs_to_the_date() -> None:
    head = "Số: 45/KH-UBND\nPhước Hậu, ngày 12 tháng 11 năm\n2026\n\nKẾ HOẠCH\nTuyên truyền\n\nCăn cứ đề án,\n"
    plan = _letter(head)
    assert plan.issued == PartialDate(day=12, month=11, year=2026)
    assert "2026" not in plan.body


def test_place_beside_the_issuers_last_line_is_told_apart() -> None:
    letter = _letter(
        "UBND XÃ A\nBAN TUYÊN TRUYỀN Ninh Hải, ngày 20 tháng 11 năm 2026\nSố: 33/GM-BTT\nGIẤY MỜI\nDự họp\n"
    )
    assert (letter.place, letter.issuer) == ("Ninh Hải", "BAN TUYÊN TRUYỀN")


def test_sentence_that_names_the_republic_is_no_head() -> None:
    assert letter_in(["Mừng ngày thành lập nước Cộng hòa xã hội chủ nghĩa Việt Nam", "Bà con treo cờ."]) is None


def test_letter_of_the_party_and_its_numbers_are_found(tmp_path: Path) -> None:
    found = _proposal(
        tmp_path,
        "ĐẢNG BỘ TỈNH KHÁNH HÒA\tĐẢNG CỘNG SẢN VIỆT NAM\n"
        "ĐẢNG ỦY XÃ PHƯỚC HẬU\n"
        "*\tPhước Hậu, ngày 18 tháng 11 năm 2026\n"
        "Số 118-KH/ĐU\n"
        "V/v tuyên truyền Đại hội XIV\n"
        "Kính gửi:\n- Các chi bộ trực thuộc.\n"
        "Thực hiện Kế hoạch số 12-KH/TU ngày 01/11/2026 của Tỉnh ủy, Đảng ủy xã yêu cầu các chi bộ treo băng rôn.\n",
    ).directive
    assert (found.number, found.symbol, found.kind) == ("118-KH/ĐU", "KH/ĐU", DirectiveKind.PLAN)
    assert (found.superior, found.issuer) == ("ĐẢNG BỘ TỈNH KHÁNH HÒA", "ĐẢNG ỦY XÃ PHƯỚC HẬU")
    (parent,) = found.references
    assert (parent.number, parent.issuer, parent.is_parent) == ("12-KH/TU", "Tỉnh ủy", True)


def test_lists_to_be_drawn_up_by_a_day_have_a_deadline() -> None:
    (deadline,), _ = deadlines_in("Công an xã rà soát người cần hỗ trợ trước ngày 22/3/2027.", issued=ISSUED)
    assert deadline.last_day == date(2027, 3, 21)


@pytest.mark.parametrize(
    ("line", "number", "symbol"),
    [
        ("Số: /STTTT-BCVTCNTT", None, "STTTT-BCVTCNTT"),
        ("Số:       /UBND-VX", None, "UBND-VX"),
        ("Số: …/TTr-SVHTTDL", None, "TTr-SVHTTDL"),
        ("Số: 244/CĐSQG-CSS", "244/CĐSQG-CSS", "CĐSQG-CSS"),
        ("Số 08/2026/QĐ-UBND", "08/2026/QĐ-UBND", "2026/QĐ-UBND"),
        ("Số: 1273/BTTTT-TTCS", "1273/BTTTT-TTCS", "BTTTT-TTCS"),
    ],
)
def test_number_is_found_even_when_missing(line: str, number: str | None, symbol: str) -> None:
    letter = _letter(LETTER.replace("Số: 15/VHTT", line))
    assert (letter.number, letter.symbol) == (number, symbol)


@pytest.mark.parametrize(
    ("line", "issued"),
    [
        ("Lai Châu, ngày tháng năm 2026", PartialDate(year=2026)),
        ("Hà Tĩnh, ngày     tháng 10 năm 2026", PartialDate(month=10, year=2026)),
        ("Đà Nẵng, ngày ..... tháng ..... năm 20...", PartialDate()),
        ("*Huế, ngày 1 tháng 12 năm 2026*", PartialDate(day=1, month=12, year=2026)),
    ],
)
def test_date_is_found_even_with_blanks(line: str, issued: PartialDate) -> None:
    assert _letter(LETTER.replace("Tân Sơn, ngày 05 tháng 3 năm 2026", line)).issued == issued


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("QUYẾT ĐỊNH", DirectiveKind.DECISION),
        ("THÔNG BÁO", DirectiveKind.NOTICE),
        ("CÔNG ĐIỆN", DirectiveKind.TELEGRAM),
    ],
)
def test_kind_is_told_by_its_heading(heading: str, kind: DirectiveKind) -> None:
    letter = _letter(PLAN.replace("KẾ HOẠCH\n", f"{heading}\nVề việc "))
    assert letter.kind is kind
    assert letter.abstract == "Tuyên truyền Ngày Chuyển đổi số quốc gia 10/10 trên địa bàn xã năm 2026"


@pytest.mark.parametrize(
    "text",
    [
        ARTICLE,
        f"Kính gửi bà con trong xã\n{BODY}",
        f"THÔNG BÁO\nLịch khám bệnh\n{BODY}",
        f"Thực hiện Công văn số 244/CĐSQG-CSS ngày 05/3/2026.\n{BODY}",
        "",
    ],
)
def test_what_is_no_letter_is_taken_for_none(text: str) -> None:
    assert letter_in(text.splitlines()) is None


def test_every_line_of_a_letter_is_said_or_shown_as_left_out(tmp_path: Path) -> None:
    draft = _draft(tmp_path, LETTER)
    body = draft.body.splitlines()
    assert body[0] == draft.title
    lines = {line.strip() for line in LETTER.splitlines() if line.strip()}
    assert lines == {gone.text for gone in draft.stripped} | {line for line in body[1:] if line}


@pytest.mark.parametrize("to", ["Kính gửi: Các xã", "Kính gửi: Các xã.", "Kính gửi: Các xã;", "Kính gửi:\n- Các xã"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_text_right_below_the_recipients_stays(tmp_path: Path, to: str, gap: str) -> None:
    head = LETTER.partition("Kính gửi")[0]
    draft = _draft(tmp_path, f"{head}{to}{gap}Mùa khô đã đến\nBà con không đốt nương.\n")
    assert draft.body.endswith("Mùa khô đã đến\nBà con không đốt nương.")
    assert draft.proposal is not None
    assert draft.proposal.directive.recipients == ("Các xã",)


def test_recipients_that_a_column_broke_are_joined() -> None:
    to = "Kính gửi: Các phòng, ban,\nđơn vị thuộc huyện"
    letter = _letter(LETTER.replace("Kính gửi:\n- Ủy ban nhân dân các xã;\n- Hạt Kiểm lâm huyện.", to))
    assert letter.recipients == ("Các phòng, ban, đơn vị thuộc huyện",)


def test_text_right_below_the_abstract_stays(tmp_path: Path) -> None:
    head = LETTER.partition("cháy rừng mùa khô")[0]
    draft = _draft(tmp_path, f"{head}cháy rừng\nMùa khô đã đến, bà con không đốt nương.\n")
    assert draft.title == "Tuyên truyền phòng, chống cháy rừng"
    assert draft.body.endswith("Mùa khô đã đến, bà con không đốt nương.")


# --- the directive ----------------------------------------------------------------------------------------------------


def test_directive_is_proposed_with_the_words_it_rests_on(tmp_path: Path) -> None:
    proposal = _proposal(tmp_path, LETTER)
    directive = proposal.directive
    assert [request[:14] for request in directive.requests] == ["1. Các xã phát", "2. Hạt Kiểm lâ", "3. Báo cáo số "]
    assert directive.requests[1].endswith("- các tổ bảo vệ rừng; - các hộ nhận khoán.")
    assert [deadline.last_day for deadline in directive.deadlines] == [date(2026, 3, 24)]
    (parent,) = directive.references
    assert (parent.number, parent.issued.date, parent.is_parent) == ("412/SVHTTDL-TTBC", date(2026, 3, 2), True)
    assert parent.issuer == "Sở Văn hóa, Thể thao và Du lịch"
    assert "gửi kèm theo" in directive.attachments[0]
    assert (directive.signer_post, directive.signer) == ("TRƯỞNG PHÒNG", "Trần Văn Bình")
    assert proposal.missing == ()
    assert proposal.words["number"] == ("Số: 15/VHTT",)
    assert proposal.words["recipients"] == ("Kính gửi:", "- Ủy ban nhân dân các xã;", "- Hạt Kiểm lâm huyện.")
    words = {word.strip("./") for said in proposal.words.values() for line in said for word in line.split()}
    assert words <= {word.strip("./") for word in LETTER.split()}


def test_what_a_draft_letter_lacks_is_told(tmp_path: Path) -> None:
    missing = " · ".join(_proposal(tmp_path, PLAN).missing)
    for lacking in ("số của văn bản", "ngày ban hành", "Kính gửi"):
        assert lacking in missing
    assert "thời hạn" not in missing


def test_document_mentioned_in_passing_is_no_parent(tmp_path: Path) -> None:
    letter = LETTER.replace("(gửi kèm theo)", "như tại văn bản số 1303/STTTT-TTBCXB ngày 3/10/2025")
    found = {reference.number: reference.is_parent for reference in _proposal(tmp_path, letter).directive.references}
    assert found == {"412/SVHTTDL-TTBC": True, "1303/STTTT-TTBCXB": False}


def test_letter_that_numbers_nothing_still_asks(tmp_path: Path) -> None:
    head, _, _ = LETTER.partition("Thực hiện Công văn")
    text = f"{head}Mùa khô đã đến. Đề nghị các xã phát bài tuyên truyền hằng ngày. Trân trọng cảm ơn./.\n"
    assert _proposal(tmp_path, text).directive.requests == ("Đề nghị các xã phát bài tuyên truyền hằng ngày.",)


def test_attachment_below_the_signature_stays_and_is_pointed_out(tmp_path: Path) -> None:
    draft = _draft(tmp_path, f"{LETTER}\nBÀI TUYÊN TRUYỀN\n{BODY}\n")
    assert draft.attached_at is not None
    assert draft.body.splitlines()[draft.attached_at :] == ["BÀI TUYÊN TRUYỀN", BODY]


# --- deadlines --------------------------------------------------------------------------------------------------------

ISSUED = PartialDate(day=20, month=12, year=2026)


@pytest.mark.parametrize(
    ("sentence", "last_day", "at"),
    [
        ("Báo cáo gửi về Sở trước ngày 25/3/2027 để tổng hợp.", date(2027, 3, 24), None),
        ("Báo cáo gửi về Sở trước ngày **25/3/2027** để tổng hợp.", date(2027, 3, 24), None),
        ("Gửi báo cáo trước ngày 01 tháng 3 năm 2028.", date(2028, 2, 29), None),
        ("Hoàn thành chậm nhất ngày 28/12.", date(2026, 12, 28), None),
        ("Gửi báo cáo trước ngày 15/01.", date(2027, 1, 14), None),
        ("Nộp trước 17 giờ ngày 25/12/2026.", date(2026, 12, 25), time(17)),
        ("Đăng ký chậm nhất là 11h30 ngày 25/12.", date(2026, 12, 25), time(11, 30)),
        ("Thực hiện đến hết ngày 31/12/2026.", date(2026, 12, 31), None),
        ("Báo cáo gửi về phòng không muộn hơn ngày 05/01/2027.", date(2027, 1, 5), None),
        ("Gửi danh sách trong ngày 22/12/2026.", date(2026, 12, 22), None),
        ("Thời hạn đến ngày 28/12/2026 phải nộp xong.", date(2026, 12, 28), None),
        ("Hạn cuối nộp hồ sơ là ngày 30/12/2026.", date(2026, 12, 30), None),
        ("Hoàn thành trong tháng 02/2028.", date(2028, 2, 29), None),
        ("Hoàn thành trước tháng 3/2027.", date(2027, 2, 28), None),
        ("Triển khai xong trong quý III/2027.", date(2027, 9, 30), None),
        ("Báo cáo hết quý 1 năm 2027.", date(2027, 3, 31), None),
    ],
)
def test_last_day_is_counted_as_offices_count_it(sentence: str, last_day: date, at: time | None) -> None:
    (deadline,), wrong = deadlines_in(sentence, issued=ISSUED)
    assert (deadline.last_day, deadline.at, deadline.repeat) == (last_day, at, None)
    assert wrong == ()


def test_deadlines_that_come_back_are_known() -> None:
    text = "Báo cáo 6 tháng (trước ngày 01/6), báo cáo năm (trước ngày 01/12) hằng năm về Sở."
    found, _ = deadlines_in(text, issued=PartialDate(day=16, month=1, year=2026))
    assert [(one.last_day, one.repeat) for one in found] == [
        (date(2026, 5, 31), DeadlineRepeat.YEARLY),
        (date(2026, 11, 30), DeadlineRepeat.YEARLY),
    ]
    (monthly,), _ = deadlines_in("Gửi báo cáo trước ngày 20 hằng tháng.", issued=ISSUED)
    assert (monthly.last_day, monthly.repeat) == (None, DeadlineRepeat.MONTHLY)
    (turned,), _ = deadlines_in("Hằng tháng báo cáo kết quả chậm nhất ngày 25 về UBND huyện.", issued=ISSUED)
    assert turned.repeat is DeadlineRepeat.MONTHLY
    (quarterly,), _ = deadlines_in("Gửi báo cáo trước ngày 20 của tháng cuối quý.", issued=ISSUED)
    assert quarterly.repeat is DeadlineRepeat.QUARTERLY


@pytest.mark.parametrize("sentence", ["Gửi báo cáo trước ngày khai giảng.", "Hoàn thành chậm nhất vào cuối tuần tới."])
def test_limit_that_names_no_day_is_pointed_out(sentence: str) -> None:
    found, wrong = deadlines_in(sentence, issued=ISSUED)
    assert found == ()
    assert "chưa rõ thời hạn" in wrong[0]


def test_day_that_does_not_exist_is_told() -> None:
    found, wrong = deadlines_in("Báo cáo trước ngày 31/2/2027.", issued=ISSUED)
    assert found == ()
    assert "31/2/2027" in wrong[0]


@pytest.mark.parametrize(
    "sentence",
    [
        "Bão sẽ vào bờ trước ngày 25/12.",
        "Báo cáo các hộ được cấp sổ trước ngày 01/7/2015.",
        "Ngày 25/12/2026 tổ chức hội nghị báo cáo.",
    ],
)
def test_other_days_are_no_deadlines(sentence: str) -> None:
    assert deadlines_in(sentence, issued=ISSUED) == ((), ())


def test_year_that_nobody_wrote_is_not_guessed() -> None:
    (deadline,), _ = deadlines_in("Gửi báo cáo trước ngày 25/3.", issued=PartialDate())
    assert deadline.last_day is None


def test_points_of_a_plans_purpose_are_not_what_it_asks_for(tmp_path: Path) -> None:
    purpose = "I. MỤC ĐÍCH, YÊU CẦU\n\n1. Nâng cao nhận thức của người dân.\n2. Tiết kiệm, thiết thực.\n\n"
    asked = "II. NỘI DUNG\n\n1. Phát sóng mỗi ngày hai lượt.\n2. Báo cáo trước ngày 25/12/2026.\n"
    text = f"{PLAN.split('I. MỤC ĐÍCH', maxsplit=1)[0]}{purpose}{asked}"
    requests = _proposal(tmp_path, text).directive.requests
    assert [request.split(". ")[0] for request in requests] == ["1", "2"]
    assert requests[0].startswith("1. Phát sóng")
