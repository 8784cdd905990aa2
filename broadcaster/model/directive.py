"""The letters that ask for some subject to be made known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class DirectiveKind(StrEnum):
    """What sort of document asks for something to be aired."""

    LETTER = "công văn"
    PLAN = "kế hoạch"
    DECISION = "quyết định"
    NOTICE = "thông báo"
    INSTRUCTION = "chỉ thị"
    TELEGRAM = "công điện"
    GUIDANCE = "hướng dẫn"
    PROGRAMME = "chương trình"
    OTHER = "văn bản"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialDate:
    """A date as a draft has it: “ngày    tháng 10 năm 2022” lacks its day."""

    day: int | None = None
    month: int | None = None
    year: int | None = None

    @property
    def date(self) -> date | None:
        """The day, where it is whole and real."""
        if self.day is None or self.month is None or self.year is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


class DeadlineRepeat(StrEnum):
    """How often a deadline comes back."""

    YEARLY = "hằng năm"
    QUARTERLY = "hằng quý"
    MONTHLY = "hằng tháng"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """By when something is to be done. *Trước ngày 25/3* makes 24/3 the last day."""

    words: str
    """The sentence that sets it."""
    last_day: date | None
    """The last day on which it is still in time, the first one where it repeats; None where the year is not known."""
    at: time | None = None
    """The hour on the last day, where one is named."""
    repeat: DeadlineRepeat | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectiveReference:
    """Another document that a directive rests on or mentions."""

    number: str
    words: str
    issued: PartialDate
    issuer: str | None = None
    is_parent: bool = False
    """Whether the directive is issued because of it (*căn cứ*, *thực hiện*), not merely mentions it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive:
    """A letter, plan or decision that asks for some subject to be made known."""

    kind: DirectiveKind
    number: str | None
    """`1400/UBND-TH`; None while the letter has no number yet."""
    symbol: str | None
    """`STTTT-BCVTCNTT`: what stands behind the number, known before the number is."""
    issued: PartialDate
    issuer: str | None
    abstract: str | None
    """What it is about: *V/v …* without these words."""
    superior: str | None = None
    """The authority above the issuer, as the letterhead names it."""
    place: str | None = None
    recipients: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    references: tuple[DirectiveReference, ...] = ()
    attachments: tuple[str, ...] = ()
    """The sentences that say that something is sent along (*gửi kèm theo*): that is mostly what is to be aired."""
    signer: str | None = None
    signer_post: str | None = None
