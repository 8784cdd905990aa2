"""The answer to one letter: what was aired for it, and what was not."""

from __future__ import annotations

from broadcaster.reports import cells, results
from broadcaster.reports.account import Account
from broadcaster.reports.appendices import appendices
from broadcaster.reports.assessment import DECREE, assessment
from broadcaster.reports.document import Blank, Block, Document, Paragraph, Section, numbered
from broadcaster.reports.kind import ReportKind
from broadcaster.reports.tally import PieceKey, tidy


def compose(account: Account) -> Document:
    """Sections I–V on one directive, whose number must be given."""
    letter = f"Văn bản số {_number(account)}"
    return Document(
        letterhead=account.letterhead(
            "Kết quả tuyên truyền trên hệ thống truyền thanh cơ sở", f"theo {letter}", account.figures.period.label
        ),
        grounds=(DECREE, f"Căn cứ {letter} [… ngày ban hành, cơ quan ban hành, trích yếu …];"),
        opening=(
            Paragraph(text=f"Thực hiện {letter}, {account.issuer} báo cáo kết quả {account.period_words} như sau:"),
        ),
        sections=(
            Section(heading="I. CÔNG TÁC CHỈ ĐẠO", blocks=(Blank(prompt="việc tiếp nhận, triển khai văn bản"),)),
            Section(heading="II. KẾT QUẢ THỰC HIỆN", blocks=_results(account)),
            *assessment(account),
        ),
        closing=f"Trên đây là báo cáo kết quả thực hiện {letter} của {account.issuer}./.",
        signature=account.signature,
        appendices=appendices(account),
    )


def _results(account: Account) -> tuple[Block, ...]:
    more = Blank(prompt="hoạt động khác thực hiện văn bản này, nếu có")
    if not account.figures.total.plays.value:
        return results.of_silence(account, more=more)
    return numbered(
        ("Cách tính số liệu", results.method(account)),
        ("Tin, bài đã phát sóng", (*results.pieces(account), *_each_piece(account))),
        ("Lượt phát và thời lượng", results.airtime(account)),
        ("Phạm vi phát sóng", results.coverage(account)),
        ("Lượt không phát trọn vẹn", results.shortfalls(account)),
        (results.OTHER_WORK, (more,)),
    )


def _each_piece(account: Account) -> tuple[Block, ...]:
    groups = [
        (_piece_words(account, piece), tally) for piece, tally in account.figures.by_piece.items() if tally.plays.value
    ]
    return (cells.breakdown("Lượt phát của từng tin, bài", "Tin, bài", groups, account.figures.total),)


def _piece_words(account: Account, piece: PieceKey | None) -> str:
    """The title under which it last played."""
    if piece is None:
        return "Tiếp âm và nội dung không có bài"
    played = [airing.lead.row for airing in account.figures.accounts if airing.piece == piece and airing.played]
    return played[-1].script_title or piece[0]


def _number(account: Account) -> str:
    return tidy(account.figures.directive) or "[…]"


kind = ReportKind(
    key="directive", title="báo cáo kết quả thực hiện một văn bản chỉ đạo", compose=compose, needs_directive=True
)
