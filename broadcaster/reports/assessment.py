"""Sections III–V: facts of the log where there are any, blanks for what only a person can judge."""

from __future__ import annotations

from broadcaster.reports.account import Account
from broadcaster.reports.document import Blank, Block, Paragraph, Section, numbered
from broadcaster.reports.wording import OUTCOME_WORDS, number, reason_words, share

DECREE = "Căn cứ Nghị định số 49/2024/NĐ-CP ngày 10 tháng 5 năm 2024 của Chính phủ quy định hoạt động thông tin cơ sở;"


def assessment(account: Account) -> tuple[Section, ...]:
    """The three sections that close every report."""
    return (
        Section(heading="III. ĐÁNH GIÁ", blocks=_judgement(account)),
        Section(heading="IV. PHƯƠNG HƯỚNG, NHIỆM VỤ", blocks=(Blank(prompt="nhiệm vụ trọng tâm của thời gian tới"),)),
        Section(
            heading="V. KIẾN NGHỊ, ĐỀ XUẤT",
            blocks=(Blank(prompt="kiến nghị, đề xuất với cấp trên; nếu không có, ghi “Không”"),),
        ),
    )


def _judgement(account: Account) -> tuple[Block, ...]:
    """Strengths are for people to claim; shortcomings and causes begin with what the log says."""
    total = account.figures.total
    shortcomings: list[Block] = []
    causes: list[Block] = []
    if total.shortfalls:
        missing = share(total.airings.value - total.plays.value, total.airings.value)
        shortcomings.append(Paragraph(text=f"Có {missing} lượt có kết quả trong nhật ký không phát trọn vẹn."))
        listed = "; ".join(
            f"{OUTCOME_WORDS[shortfall.outcome]} do {reason_words(shortfall.reason)}: "
            f"{number(shortfall.figure.value)} lượt"
            for shortfall in total.shortfalls
        )
        causes.append(Paragraph(text=f"Nguyên nhân trực tiếp ghi trong nhật ký phát sóng: {listed}."))
    return numbered(
        ("Ưu điểm", (Blank(prompt="những việc đã làm tốt"),)),
        ("Hạn chế", (*shortcomings, Blank(prompt="những hạn chế khác"))),
        ("Nguyên nhân", (*causes, Blank(prompt="nguyên nhân khách quan, chủ quan"))),
    )
