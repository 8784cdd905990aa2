"""What has been read of a text so far: phrases with whose turn they are, where each word comes from, and doubts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from broadcaster.model.speech import Flag, Phrase, Span, SpokenText
from broadcaster.text.claim import Claim
from broadcaster.text.page import Line, Page
from broadcaster.text.phrasing import phrases_of
from broadcaster.text.twice import again_as_one, opening_of_block

ONLY_LIKELY = "«{}» có thể đọc cách khác, đang đọc là “{}”; hãy nghe thử hoặc viết rõ hơn."
NEVER_CLOSED = "Dòng «!!» mở đoạn cần đọc hai lần nhưng bài chưa có dòng «!!» đóng lại."


class Saying:
    """Takes the claims of one line after the other."""

    def __init__(self, written: str, page: Page) -> None:
        self._written = written
        self._page = page
        self._phrases: list[Phrase] = []
        self._spans: list[Span] = []
        self._flags: list[Flag] = []
        self._turn: str | None = None
        self._block: tuple[int, int] | None = None
        """The first phrase and the mark's span of a block that is said twice and still open."""

    def change_turn(self, voice: str) -> None:
        """Who says everything from here on."""
        self._turn = voice

    def take(self, line: Line, claims: Sequence[Claim]) -> None:
        """The words of a line, in their order."""
        phrases = phrases_of(claims, heading=line.heading)
        self._phrases += [replace(phrase, voice=self._turn) for phrase in phrases]
        for claim in claims:
            self._note(line, claim)

    def fence(self, line: Line) -> None:
        """A mark alone on its line: opens what is said twice, or closes it and says it once more."""
        if self._block is None:
            self._block = len(self._phrases), len(self._spans)
            self._note(line, opening_of_block(line.text))
            return
        first, _ = self._block
        self._block = None
        again = self._phrases[first:]
        self._phrases += again
        self._note(line, again_as_one(line.text, " ".join(phrase.text for phrase in again)))

    def result(self) -> SpokenText:
        """The whole text as it is said; a block that nobody closed is flagged."""
        if self._block is not None:
            _, at = self._block
            mark = self._spans[at]
            self._spans[at] = replace(mark, sure=False)
            self._flags.append(Flag(start=mark.start, end=mark.end, written=mark.written, why=NEVER_CLOSED))
            self._flags.sort(key=lambda flag: flag.start)
        return SpokenText(phrases=tuple(self._phrases), spans=tuple(self._spans), flags=tuple(self._flags))

    def _note(self, line: Line, claim: Claim) -> None:
        start, end = self._page.origin(line.start + claim.start, line.start + claim.end)
        span = Span(
            start=start,
            end=end,
            written=self._written[start:end],
            spoken=claim.spoken,
            rule=claim.rule,
            sure=claim.sure and not claim.why,
        )
        if self._spans and span.start < self._spans[-1].end:
            span = _joined(self._written, self._spans.pop(), span)
            self._flags = [flag for flag in self._flags if flag.start != span.start]
        self._spans.append(span)
        if not span.sure:
            self._flags.append(
                Flag(
                    start=span.start,
                    end=span.end,
                    written=span.written,
                    why=claim.why or ONLY_LIKELY.format(span.written, span.spoken),
                    suggestions=claim.suggestions,
                )
            )


def _joined(written: str, first: Span, second: Span) -> Span:
    """Two readings of one character, such as ℃."""
    return replace(
        first,
        end=second.end,
        written=written[first.start : second.end],
        spoken=" ".join(part for part in (first.spoken, second.spoken) if part),
        sure=first.sure and second.sure,
    )
