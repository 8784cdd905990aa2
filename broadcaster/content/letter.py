"""The head of an official letter: who writes what to whom, when and about what. Layout of Nghị định 30/2020/NĐ-CP.

Letters come as text in which the two columns of the head follow each other in any order, or stand on one line with
spaces between. So every line of the head is known by its own shape, not by its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from broadcaster.content.columns import columns_of
from broadcaster.content.extract import Stripped
from broadcaster.content.letter_kinds import KIND_LINES, kind_by_symbol
from broadcaster.model.directive import DirectiveKind, PartialDate

NO_DATE = PartialDate()
_LONGEST_HEAD = 60
"""Lines; a head with twenty recipients has about forty."""
_LONGEST_HEAD_LINE = 80
_LONGEST_ABSTRACT_LINE = 240
_LONGEST_LINE = 400
"""Characters; what is longer is a paragraph."""
_NUMBER = re.compile(
    r"Số\s*[:.]?\s*(?P<number>\d{1,6}[a-zđ]?|[.…_\s]*)\s*(/\s*(?P<symbol>(\d{4}/)?[A-ZĐƯ][\w&Đđ.]*([-–][\w&Đđ., ]+)*)"
    r"|[-–]\s*(?P<party>[A-ZĐ][A-Za-zĐ]{1,3}/[A-ZĐ][\w&Đđ.-]*))",
    re.ASCII,
)
_BLANK = r"[\s.…_]*"
_PLACED = re.compile(
    rf"(?P<place>[^\W\d][^,\d]{{1,40}}),\s*ngày(?P<day>\s*\d{{1,2}}\s*|{_BLANK})tháng(?P<month>\s*\d{{1,2}}\s*|{_BLANK})"
    rf"năm\s*(?P<year>\d{{4}}|20{_BLANK}|{_BLANK})",
    re.IGNORECASE,
)
_YEAR = re.compile(r"20\d\d")
_ABOUT = re.compile(r"(v/v|về việc)\s*[:.]?\s*(?P<abstract>.*)", re.IGNORECASE)
_TO = re.compile(r"[-–\s]*kính gửi\s*:?\s*(?P<first>.*)", re.IGNORECASE)
_BULLET = re.compile(r"[-–+•*·]\s*")
_MOTTO = re.compile(
    r"c[oộ]ng h[oò][aà] xã hội chủ nghĩa( việt( nam)?)?|độc lập\s*[-–]\s*tự do\s*[-–]\s*hạnh phúc"
    r"|đảng cộng sản việt nam",
    re.IGNORECASE,
)
_RULE = re.compile(r"[-–—_=*.~\s]+|(VIỆT )?NAM")
_AUTHORITY = re.compile(
    r"(UBND|[ỦU][YỶ] BAN|HĐND|HỘI ĐỒNG|SỞ|PHÒNG|BAN|CỤC|CHI CỤC|TỔNG CỤC|BỘ|VỤ|VIỆN|TRUNG TÂM|ĐẢNG"
    r"|(TỈNH|THÀNH|HUYỆN) ỦY|ĐÀI|VĂN PHÒNG|CÔNG AN|MẶT TRẬN|HỘI|TRẠM|TRƯỜNG|CHÍNH PHỦ|THỦ TƯỚNG|BCĐ|CÔNG TY|LIÊN ĐOÀN"
    r"|ĐOÀN|BẢO HIỂM|KHO BẠC|TÒA ÁN|HẠT|ĐỘI|TỔ|NGÂN HÀNG)\b"
)
_LONGEST_ABSTRACT_LINES = 8
_BEGINS_TEXT = re.compile(r"(căn cứ|thực hiện|theo|[IVX]+\.|\d+\.)\s", re.IGNORECASE)
_ENDS = (".", ";", "!", "?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What the head of a letter says, each thing beside the words that it rests on."""

    kind: DirectiveKind
    number: str | None = None
    symbol: str | None = None
    issued: PartialDate = NO_DATE
    place: str | None = None
    issuer: str | None = None
    superior: str | None = None
    abstract: str | None = None
    recipients: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    """By field: the line or lines of the head that say it."""
    head: tuple[Stripped, ...] = ()
    """Lines of the head that are not spoken."""
    body: tuple[str, ...] = ()
    """All lines below and between that are none of the head's."""

    @property
    def title(self) -> str | None:
        """`Kế hoạch tuyên truyền …`; a plain letter's abstract alone."""
        if self.abstract is None:
            return None
        if self.kind in (DirectiveKind.LETTER, DirectiveKind.OTHER):
            return self.abstract[:1].upper() + self.abstract[1:]
        return f"{self.kind.capitalize()} {self.abstract[:1].lower()}{self.abstract[1:]}"


def letter_in(lines: Sequence[str]) -> Letter | None:
    """The letter that begins these lines; None where they are something else, however official."""
    head = _Head(lines)
    head.read()
    return head.letter() if head.is_letter else None


class _Head:
    """The lines of a head as they are taken in, one after another."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.at = 0
        self.taken: dict[int, str] = {}
        """Lines of the head by number, and what each is."""
        self.rest: dict[int, str] = {}
        """What is left of a taken line that also holds something else."""
        self.words: dict[str, str] = {}
        self.found = Letter(kind=DirectiveKind.OTHER)
        self.kind_line: str | None = None
        self.capitals: list[str] = []
        self.seen: set[str] = set()

    @property
    def is_letter(self) -> bool:
        """A number or the national motto, and one more part that only letters have."""
        signs = self.seen & {"number", "issued", "recipients", "abstract", "kind"}
        return len(signs) >= 2 and bool(self.seen & {"number", "motto"})  # noqa: PLR2004

    def read(self) -> None:
        while self.at < min(len(self.lines), _LONGEST_HEAD):
            number, self.at = self.at, self.at + 1
            line = self.lines[number].strip()
            if not line:
                continue
            kinds = list(self._parts(line, number)) if len(line) <= _LONGEST_LINE else [""]
            if all(kinds):
                self.taken[number] = " · ".join(dict.fromkeys(kinds))
            elif self.seen and not any(kinds) and not self._may_go_on(line):
                return

    def _parts(self, line: str, number: int) -> Iterator[str]:
        """What each column of a line is. Wide spaces stand between columns, and for what a pen is to fill in."""
        cells = [line] if _TO.fullmatch(line) else columns_of(line)
        while cells:
            joined = (" ".join(cells[:count]) for count in range(1, len(cells) + 1))
            tried = ((count, self._take(cell, number)) for count, cell in enumerate(joined, 1))
            count, kind = next(((count, kind) for count, kind in tried if kind), (1, ""))
            yield kind
            cells = cells[count:]

    def _may_go_on(self, line: str) -> bool:
        """Whether the head can still go on below a line that is none of its parts."""
        return not self.seen & {"recipients", "kind"} and len(line) <= _LONGEST_HEAD_LINE

    def _take(self, cell: str, number: int) -> str:
        """What this piece of the head is, in Vietnamese, remembering what it says; empty where it is nothing known."""
        for read in (self._motto, self._number, self._placed, self._to, self._kind, self._about, self._authority):
            if what := read(cell, number):
                return what
        return ""

    def _motto(self, cell: str, _: int) -> str:
        if _MOTTO.fullmatch(cell):
            self.seen.add("motto")
            return "quốc hiệu, tiêu ngữ"
        return "đường kẻ" if _RULE.fullmatch(cell) and self.seen | set(self.capitals) else ""

    def _number(self, cell: str, _: int) -> str:
        found = _NUMBER.fullmatch(cell)
        if found is None or "number" in self.seen:
            return ""
        digits, mark = found["number"].strip(" .…_"), "/" if found["symbol"] else "-"
        symbol = re.sub(r"\s", "", found["symbol"] or found["party"]).rstrip(".,")
        self._learn("number", cell, number=f"{digits}{mark}{symbol}" if digits else None, symbol=symbol)
        return "số, ký hiệu"

    def _placed(self, cell: str, _: int) -> str:
        found = _PLACED.fullmatch(cell.strip("*_ "))
        if found is None or "issued" in self.seen:
            return ""
        day, month, year = (found[part].strip(" .…_") for part in ("day", "month", "year"))
        if not year and (year := self._wrapped_year()):
            cell, self.at = f"{cell} {year}", self.at + 1
        known = PartialDate(
            day=int(day) if day else None,
            month=int(month) if month else None,
            year=int(year) if len(year) == len("2026") else None,
        )
        self._learn("issued", cell, issued=known, place=found["place"].strip())
        return "địa danh, ngày tháng"

    def _wrapped_year(self) -> str:
        """What a narrow column broke off behind *năm*."""
        following = self.lines[self.at].strip() if self.at < len(self.lines) else ""
        if not _YEAR.fullmatch(following):
            return ""
        self.taken[self.at] = "địa danh, ngày tháng"
        return following

    def _to(self, cell: str, _: int) -> str:
        found = _TO.fullmatch(cell)
        if found is None or "recipients" in self.seen:
            return ""
        recipients = [found["first"].strip()] if found["first"].strip(" :") else []
        words = [cell]
        blank = False
        while self.at < len(self.lines):
            line = self.lines[self.at].strip()
            item = _BULLET.match(line)
            if line and not (item or (recipients and not blank and _wraps(recipients[-1], line))):
                break
            if line:
                words.append(line)
                self.taken[self.at] = "kính gửi"
                recipients = (
                    [*recipients, line[item.end() :]] if item else [*recipients[:-1], f"{recipients[-1]} {line}"]
                )
            blank = not line
            self.at += 1
            if line.endswith("."):
                break
        self._learn("recipients", "\n".join(words), recipients=tuple(name.strip(" ;.") for name in recipients))
        return "kính gửi"

    def _kind(self, cell: str, number: int) -> str:
        name = cell.strip(" *#:")
        if name not in KIND_LINES or "kind" in self.seen or not self.seen:
            return ""
        self.seen.add("kind")
        self.kind_line = cell
        self.words["kind"] = cell
        self.found = replace(self.found, kind=KIND_LINES[name])
        if abstract := self._following():
            about = _ABOUT.fullmatch(abstract)
            self._learn("abstract", abstract, abstract=about["abstract"] if about else abstract)
        return "tên loại, trích yếu (thành tên bài)"

    def _about(self, cell: str, _: int) -> str:
        found = _ABOUT.fullmatch(cell)
        if found is None or "abstract" in self.seen:
            return ""
        abstract = self._following(found["abstract"].strip())
        self._learn("abstract", f"V/v {abstract}", abstract=abstract)
        return "trích yếu (thành tên bài)"

    def _following(self, begun: str = "") -> str:
        """The lines below that belong to the abstract (after what has `begun` it), up to one that is something else."""
        parts = [begun] if begun else []
        while self.at < len(self.lines) and len(parts) < _LONGEST_ABSTRACT_LINES:
            line = self.lines[self.at].strip()
            if (not line and parts) or (line and (self._is_other_part(line) or (parts and _ended(parts[-1])))):
                break
            if line:
                parts.append(line)
                self.taken[self.at] = "trích yếu (thành tên bài)"
            self.at += 1
        return " ".join(parts).strip(" .*")

    def _is_other_part(self, line: str) -> bool:
        """Whether the line cannot be the abstract's: another part of the head, a sentence, the text's beginning."""
        if len(line) > _LONGEST_ABSTRACT_LINE or line.endswith((".", ":", ";")) or _BEGINS_TEXT.match(line):
            return True
        return any(shape.fullmatch(line) for shape in (_MOTTO, _NUMBER, _PLACED, _TO, _RULE))

    def _authority(self, cell: str, _: int) -> str:
        late = self.seen & {"recipients", "kind", "abstract"} or ("number" in self.seen and self.capitals)
        if late or not cell.isupper() or len(cell) > _LONGEST_HEAD_LINE:
            return ""
        if self.capitals and not _AUTHORITY.match(cell):
            self.capitals[-1] += " " + cell
        elif _AUTHORITY.match(cell):
            self.capitals.append(cell)
        else:
            return ""
        return "cơ quan ban hành"

    def _learn(self, part: str, words: str, **values: object) -> None:
        self.seen.add(part)
        self.words[part] = words
        self.found = replace(self.found, **values)  # type: ignore[arg-type]

    def letter(self) -> Letter:
        kind = self.found.kind if self.kind_line else kind_by_symbol(self.found.symbol)
        if self.capitals:
            self.words["issuer"] = "\n".join(self.capitals)
        gone = {number: what for number, what in self.taken.items() if self.lines[number].strip()}
        return replace(
            self.found,
            kind=kind,
            issuer=self.capitals[-1] if self.capitals else None,
            superior=self.capitals[-2] if len(self.capitals) > 1 else None,
            words=self.words,
            head=tuple(Stripped(text=self.lines[number].strip(), reason=gone[number]) for number in sorted(gone)),
            body=tuple(line for number, line in enumerate(self.lines) if number not in gone),
        )


def _ended(text: str) -> bool:
    return text.rstrip().endswith(_ENDS)


def _wraps(line: str, following: str) -> bool:
    """Whether a narrow column broke the line: a new sentence would begin with a capital."""
    begins_small = following[0].islower() or line.endswith((",", "-", "–", " và"))
    return not _ended(line) and len(following) <= _LONGEST_HEAD_LINE and begins_small
