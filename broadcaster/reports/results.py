"""Section II of a report: what the log shows that was aired, and what was not."""

from __future__ import annotations

from collections.abc import Mapping

from broadcaster.model.plan import AiringKind
from broadcaster.model.script import ScriptKind
from broadcaster.reports import cells
from broadcaster.reports.account import Account
from broadcaster.reports.document import (
    Align,
    Blank,
    Block,
    Column,
    Note,
    Paragraph,
    Row,
    RowKind,
    Table,
    Unit,
    numbered,
)
from broadcaster.reports.tally import Shortfall, Tally
from broadcaster.reports.wording import (
    OUTCOME_WORDS,
    duration,
    language_words,
    number,
    percent,
    reason_words,
    row_numbers,
    share,
    upper_first,
)

OTHER_WORK = "Hoạt động khác ngoài phát thanh"
ALL_PLAYED = "Mọi lượt có kết quả trong nhật ký đều phát trọn vẹn trên ít nhất một cụm loa."
NO_KIND = "chưa ghi loại"
METHOD = (
    "Số liệu được lập tự động từ nhật ký phát sóng. Mỗi lượt phát là một lần chương trình được phát trọn vẹn trên ít "
    "nhất một cụm loa, do chính đầu ra loa xác nhận; lần phát dở dang, không phát, phát không thành công hoặc đã hủy "
    "không được tính. Thời lượng của một lượt phát là thời lượng ở cụm loa phát dài nhất, làm tròn đến giây."
)


def method(account: Account) -> tuple[Block, ...]:
    """How the figures were made, so that a reader may check them."""
    left_out = account.figures.simulated
    more = f" Đã loại {number(left_out)} dòng nhật ký chạy mô phỏng." if left_out else ""
    return (Paragraph(text=METHOD + more),)


def of_silence(account: Account, *, more: Blank) -> tuple[Block, ...]:
    """Section II where nothing aired."""
    return numbered(
        ("Số liệu phát sóng", (*method(account), *nothing_aired(account))),
        ("Lượt không phát trọn vẹn", shortfalls(account) if account.figures.accounts else ()),
        (OTHER_WORK, (more,)),
    )


def nothing_aired(account: Account) -> tuple[Block, ...]:
    """Said plainly, with what was meant to air and did not."""
    not_played = account.figures.total.airings.value
    more = f" Có {number(not_played)} lượt theo lịch không phát trọn vẹn, nêu bên dưới." if not_played else ""
    sentence = "Trong kỳ báo cáo, nhật ký phát sóng không ghi nhận lượt phát nào: số lượt phát là 0, thời lượng là 0."
    return (Paragraph(text=sentence + more),)


def pieces(account: Account) -> tuple[Block, ...]:
    total = account.figures.total
    kinds = ", ".join(f"{number(figure.value)} {kind or NO_KIND}" for kind, figure in total.pieces.items())
    groups = [
        (_kind_words(kind), account.figures.by_kind[kind])
        for kind in (*ScriptKind, None, AiringKind.RELAY)
        if kind in account.figures.by_kind and account.figures.by_kind[kind].plays.value
    ]
    return (
        Paragraph(text=f"Đã phát sóng {number(total.all_pieces.value)} tin, bài khác nhau, gồm: {kinds}."),
        cells.breakdown("Kết quả phát sóng theo thể loại", "Thể loại", groups, total),
    )


def airtime(account: Account) -> tuple[Block, ...]:
    total = account.figures.total
    whole = total.airtime_s.value
    planned = share(total.plays.value, total.airings.value)
    lines = [
        f"Tổng số lượt phát: {number(total.plays.value)} lượt, bằng {planned} số lượt có kết quả trong nhật ký.",
        f"Tổng thời lượng phát: {duration(whole)}, trong đó tự sản xuất {_length_of(total.own_s.value, whole)}; "
        f"tiếp âm {_length_of(total.relay_s.value, whole)}.",
    ]
    lines += [
        f"Trong số lượt đã phát có {number(figure.value)} lượt {reason_words(reason)} "
        f"(nhật ký phát sóng, dòng {row_numbers(figure.seqs)})."
        for reason, figure in total.remarks.items()
    ]
    return tuple(Paragraph(text=line) for line in lines)


def by_directive(account: Account) -> tuple[Block, ...]:
    """A table of the letters behind what aired; nothing where none is named."""
    groups = _named(account.figures.by_directive, rest="Không theo văn bản cụ thể")
    if not account.figures.total.directives:
        return ()
    return (cells.breakdown("Lượt phát theo văn bản chỉ đạo", "Văn bản chỉ đạo", groups, account.figures.total),)


def by_campaign(account: Account) -> tuple[Block, ...]:
    """A table of campaigns; nothing where none aired."""
    campaigns = account.figures.by_campaign
    if not any(name and tally.plays.value for name, tally in campaigns.items()):
        return ()
    groups = [(account.station.campaign(name), tally) for name, tally in _named(campaigns, rest="Ngoài chiến dịch")]
    return (cells.breakdown("Lượt phát theo chiến dịch truyền thông", "Chiến dịch", groups, account.figures.total),)


def by_language(account: Account) -> tuple[Block, ...]:
    by_code = _named(account.figures.by_language, rest="")
    groups = [(upper_first(language_words(code)), tally) for code, tally in by_code]
    return (cells.breakdown("Lượt phát theo ngôn ngữ", "Ngôn ngữ", groups, account.figures.total),)


def coverage(account: Account) -> tuple[Block, ...]:
    clusters = account.all_clusters
    lines = [f"Số cụm loa đã phát: {share(clusters.part, clusters.whole)} cụm."]
    if account.only_commune is None:
        communes = account.commune_share
        lines.insert(0, f"Số xã, phường, đặc khu có phát sóng: {share(communes.part, communes.whole)} đơn vị.")
    lines.append("Kết quả từng đơn vị nêu tại Phụ lục I.")
    return tuple(Paragraph(text=line) for line in lines)


def shortfalls(account: Account) -> tuple[Block, ...]:
    """What was due and did not play, by outcome and reason."""
    total = account.figures.total
    blocks: list[Block] = []
    if not total.shortfalls:
        blocks.append(Paragraph(text=ALL_PLAYED))
    else:
        due = total.airings.value
        missing = share(due - total.plays.value, due)
        blocks.append(Paragraph(text=f"Số lượt không phát trọn vẹn: {missing} lượt có kết quả trong nhật ký."))
        caption = "Lượt không phát trọn vẹn theo kết quả và lý do"
        blocks.append(_shortfall_table(caption, total.shortfalls, Unit.AIRINGS))
    if total.partial_s.value:
        partial = duration(total.partial_s.value)
        blocks.append(Note(text=f"Phần đã phát của các lượt dở dang: {partial}, không tính vào tổng thời lượng."))
    if total.cluster_shortfalls:
        caption = "Cụm loa không phát trong các lượt đã phát ở cụm khác"
        blocks.append(_shortfall_table(caption, total.cluster_shortfalls, Unit.CLUSTERS))
    return tuple(blocks)


def _named(groups: Mapping[str | None, Tally], *, rest: str) -> list[tuple[str, Tally]]:
    """Those that played, by name; what has no name comes last, as `rest`."""
    played = [(name, tally) for name, tally in groups.items() if tally.plays.value]
    named = sorted(((name, tally) for name, tally in played if name), key=lambda group: group[0])
    return named + [(rest, tally) for name, tally in played if not name]


def _shortfall_table(caption: str, found: tuple[Shortfall, ...], unit: Unit) -> Table:
    lines = [
        Row(
            cells=(
                cells.text(str(place)),
                cells.text(OUTCOME_WORDS[shortfall.outcome]),
                cells.text(reason_words(shortfall.reason)),
                cells.count(shortfall.figure, unit),
                cells.evidence(shortfall.figure),
            )
        )
        for place, shortfall in enumerate(found, start=1)
    ]
    sum_of_all = number(sum(shortfall.figure.value for shortfall in found))
    total = (cells.text(""), cells.text("Tổng cộng"), cells.text(""), cells.text(sum_of_all), cells.text(""))
    columns = (
        Column(title="STT", width=11, align=Align.CENTRE),
        Column(title="Kết quả", width=40),
        Column(title="Lý do", width=64),
        Column(title="Số lượt", width=18, align=Align.CENTRE),
        Column(title="Dòng nhật ký", width=32, align=Align.CENTRE),
    )
    return Table(caption=caption, columns=columns, rows=(*lines, Row(cells=total, kind=RowKind.TOTAL)))


def _length_of(part: int, whole: int) -> str:
    figure = percent(part, whole)
    return f"{duration(part)} ({figure}; {number(part)}/{number(whole)} giây)" if figure else duration(part)


def _kind_words(kind: ScriptKind | AiringKind | None) -> str:
    if kind is AiringKind.RELAY:
        return "Tiếp âm"
    return upper_first(kind or NO_KIND)
