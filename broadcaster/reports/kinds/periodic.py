"""The six-month, yearly or any other period's report on everything that a station aired."""

from __future__ import annotations

from broadcaster.reports import results
from broadcaster.reports.account import Account
from broadcaster.reports.appendices import appendices
from broadcaster.reports.assessment import DECREE, assessment
from broadcaster.reports.document import Blank, Block, Document, Paragraph, Section, numbered
from broadcaster.reports.kind import ReportKind
from broadcaster.reports.wording import number


def compose(account: Account) -> Document:
    """Sections I–V; what only a person can write is left as a blank."""
    return Document(
        letterhead=account.letterhead(f"Kết quả hoạt động truyền thanh cơ sở {account.figures.period.label}".strip()),
        grounds=(DECREE,),
        opening=(
            Paragraph(
                text="Thực hiện chế độ báo cáo về hoạt động truyền thanh cơ sở, "
                f"{account.issuer} báo cáo kết quả {account.period_words} như sau:"
            ),
        ),
        sections=(
            Section(heading="I. CÔNG TÁC CHỈ ĐẠO", blocks=_guidance(account)),
            Section(heading="II. KẾT QUẢ THỰC HIỆN", blocks=_results(account)),
            *assessment(account),
        ),
        closing=f"Trên đây là báo cáo kết quả hoạt động truyền thanh cơ sở {account.figures.period.label} "
        f"của {account.issuer}./.",
        signature=account.signature,
        appendices=appendices(account),
    )


def _guidance(account: Account) -> tuple[Block, ...]:
    aired = account.figures.total.directives
    if aired:
        sentence = (
            f"Theo nhật ký phát sóng, trong kỳ đã phát nội dung thực hiện {number(len(aired))} văn bản chỉ đạo: "
            f"{'; '.join(aired)}."
        )
    else:
        sentence = "Theo nhật ký phát sóng, trong kỳ không có lượt phát nào gắn với văn bản chỉ đạo cụ thể."
    return (Paragraph(text=sentence), Blank(prompt="việc tham mưu, ban hành văn bản, phân công thực hiện trong kỳ"))


def _results(account: Account) -> tuple[Block, ...]:
    more = Blank(prompt="pa-nô, áp phích, hội thi, tập huấn và hoạt động khác, nếu có")
    if not account.figures.total.plays.value:
        return results.of_silence(account, more=more)
    return numbered(
        ("Cách tính số liệu", results.method(account)),
        ("Tin, bài đã phát sóng", results.pieces(account)),
        ("Lượt phát và thời lượng", results.airtime(account)),
        ("Thực hiện văn bản chỉ đạo", results.by_directive(account)),
        ("Chiến dịch truyền thông", results.by_campaign(account)),
        ("Ngôn ngữ", results.by_language(account)),
        ("Phạm vi phát sóng", results.coverage(account)),
        ("Lượt không phát trọn vẹn", results.shortfalls(account)),
        (results.OTHER_WORK, (more,)),
    )


kind = ReportKind(key="periodic", title="báo cáo định kỳ (6 tháng, năm, quý, tháng)", compose=compose)
