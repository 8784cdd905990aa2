"""A letter → a proposed record of a directive: what was found, resting on which words, and what lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from broadcaster.content.deadlines import deadlines_in
from broadcaster.content.letter import Letter
from broadcaster.content.signature import is_name, is_post
from broadcaster.model.directive import Directive, DirectiveReference, PartialDate

_NUMBERED = re.compile(r"(?P<mark>\d{1,2})[.)/]\s+(?=\S)")
_FINAL = (".", ";", ":", "!", "?", "…", "”")
_BULLET = re.compile(r"[-–+•*]\s+")
_ASKS = re.compile(r"\b(đề nghị|yêu cầu|giao cho|giao|chỉ đạo)\b", re.IGNORECASE)
_SENTENCES = re.compile(r"[^.!?;\n]+(?:\.(?=\S)[^.!?;\n]*)*[.!?;]?")
_SYMBOL = r"\d{1,6}(?:[a-zđ]?/(?:\d{4}/)?[A-ZĐƯ][\w&Đđ.]*(?:[-–][\w&Đđ]+)*|-[A-ZĐ]\w{1,3}/[A-ZĐ][\w-]*)"
"""`88/KH-UBND`; of the Party `118-TB/ĐU`."""
_NAME = r"[^.;:,\n]{2,80}"
_REFERENCE = re.compile(
    r"(?P<kind>công văn|kế hoạch|quyết định|văn bản|thông báo|chỉ thị|công điện|nghị quyết|nghị định|thông tư|hướng dẫn"
    rf"|chương trình)\s+(?:số\s*:?\s*)?(?P<number>{_SYMBOL})"
    r"(?:,?\s*(?:ban hành\s+)?ngày\s+(?P<day>\d{1,2})(?:/|-|\.|\s+tháng\s+)(?P<month>\d{1,2})"
    r"(?:/|-|\.|\s+năm\s+)(?P<year>\d{4}))?"
    rf"(?:,?\s*của\s+(?P<issuer>{_NAME}?(?:,\s+[A-ZĐ]{_NAME}?\s+và\s+{_NAME}?)?)"
    r"(?=\s+(?:về|v/v|ban hành|hướng dẫn|quy định)\b|[.;:,\n]|$))?",
    re.IGNORECASE,
)
_BECAUSE = re.compile(r"\b(căn cứ|thực hiện|theo|triển khai|tiếp theo|phúc đáp|trả lời|xét đề nghị)\b", re.IGNORECASE)
_SENT_ALONG = re.compile(r"gửi kèm( theo)?|kèm theo (công văn|văn bản|kế hoạch)|đính kèm|phụ lục kèm", re.IGNORECASE)
_HEADING = re.compile(r"(?:[IVX]{1,4}|[A-H])[.)]\s|(?=.{4})[^a-zà-ỹđ]+$")
"""`I. Mục đích`, or a line of capitals."""
_WHY = re.compile(r"mục đích|quan điểm|sự cần thiết|căn cứ|đánh giá|tình hình|kết quả", re.IGNORECASE)
_LONGEST_HEADING = 80
_NEAR = 120
"""Characters before a reference within which *căn cứ* makes it a parent."""
_LACKING: Mapping[str, str] = {
    "number": "số của văn bản (văn bản chưa lấy số, hoặc tệp không ghi)",
    "issued": "ngày ban hành đầy đủ",
    "issuer": "cơ quan ban hành",
    "abstract": "trích yếu (V/v …)",
    "recipients": "nơi được gửi (Kính gửi)",
    "requests": "việc được yêu cầu",
    "deadlines": "thời hạn",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectiveProposal:
    """What a person is to look over before the directive is entered in the registry."""

    directive: Directive
    words: Mapping[str, tuple[str, ...]]
    """By field of the directive: the words of the document that it rests on."""
    missing: tuple[str, ...]
    """What the document does not say, in Vietnamese."""


def propose(letter: Letter, *, body: Sequence[str], signature: Sequence[str]) -> DirectiveProposal:
    """The record of `letter`, whose own text (without head, signature and attachments) is `body`."""
    text = "\n".join(body)
    requests = tuple(_requests(body)) or tuple(_asking(text))
    deadlines, wrong = deadlines_in(text, issued=letter.issued)
    references = tuple(_references(text))
    attachments = tuple(sentence for sentence in _sentences(text) if _SENT_ALONG.search(sentence))
    directive = Directive(
        kind=letter.kind,
        number=letter.number,
        symbol=letter.symbol,
        issued=letter.issued,
        issuer=letter.issuer,
        abstract=letter.abstract,
        superior=letter.superior,
        place=letter.place,
        recipients=letter.recipients,
        requests=requests,
        deadlines=deadlines,
        references=references,
        attachments=attachments,
        signer=next((line for line in reversed(signature) if is_name(line, capitals=True) and not is_post(line)), None),
        signer_post=" ".join(line for line in signature if is_post(line)) or None,
    )
    words = {part: tuple(said.split("\n")) for part, said in letter.words.items()} | {
        "requests": requests,
        "deadlines": tuple(deadline.words for deadline in deadlines),
        "references": tuple(reference.words for reference in references),
        "attachments": attachments,
        "signer": tuple(signature),
    }
    return DirectiveProposal(
        directive=directive,
        words={part: said for part, said in words.items() if said},
        missing=(*_missing(directive), *wrong),
    )


def _missing(directive: Directive) -> Iterator[str]:
    found = {
        "number": directive.number,
        "issued": directive.issued.date,
        "issuer": directive.issuer,
        "abstract": directive.abstract,
        "recipients": directive.recipients,
        "requests": directive.requests,
        "deadlines": directive.deadlines,
    }
    yield from (why for part, why in _LACKING.items() if not found[part])
    if any(deadline.last_day is None and deadline.repeat is None for deadline in directive.deadlines):
        yield "năm của thời hạn (văn bản không ghi năm)"


def _requests(body: Sequence[str]) -> Iterator[str]:
    """Numbered paragraphs, each with the items and broken lines below it; nothing where the numbers are no row."""
    current: list[str] = []
    expected = 1
    for line in _without_purposes(body):
        numbered = _NUMBERED.match(line)
        if numbered and int(numbered["mark"]) in (expected, 1):
            if current:
                yield " ".join(current)
            current, expected = [line], int(numbered["mark"]) + 1
        elif current and line and _goes_on(current[-1], line):
            current.append(line)
        elif current and line:
            yield " ".join(current)
            current = []
    if current:
        yield " ".join(current)


def _without_purposes(body: Sequence[str]) -> Iterator[str]:
    """The lines, stripped, without a plan's sections that say why (*I. MỤC ĐÍCH, YÊU CẦU*): they ask for nothing."""
    why = False
    for line in (line.strip() for line in body):
        heading = _HEADING.match(line.strip("*# "))
        if heading and len(line) <= _LONGEST_HEADING:
            why = _WHY.search(line) is not None
        if not why:
            yield line


def _goes_on(last: str, line: str) -> bool:
    return _BULLET.match(line) is not None or line[0].islower() or not last.endswith(_FINAL)


def _asking(text: str) -> Iterator[str]:
    """Where nothing is numbered: the sentences that ask."""
    yield from (sentence for sentence in _sentences(text) if _ASKS.search(sentence))


def _sentences(text: str) -> Iterator[str]:
    for sentence in _SENTENCES.findall(text.replace("*", "")):
        if said := " ".join(sentence.split()):
            yield said


def _references(text: str) -> Iterator[DirectiveReference]:
    seen = set()
    plain = " ".join(text.replace("*", "").split(" "))
    for found in _REFERENCE.finditer(plain):
        if found["number"] in seen:
            continue
        seen.add(found["number"])
        line_start = max(plain.rfind("\n", 0, found.start()) + 1, found.start() - _NEAR)
        issued = PartialDate(**{part: int(found[part]) if found[part] else None for part in ("day", "month", "year")})
        yield DirectiveReference(
            number=found["number"],
            words=" ".join(found[0].split()),
            issued=issued,
            issuer=" ".join(found["issuer"].split()) if found["issuer"] else None,
            is_parent=_BECAUSE.search(plain, line_start, found.start()) is not None,
        )
