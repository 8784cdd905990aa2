"""`!! … !!` around a key fact: the announcer says it twice, as two sentences.

Around whole paragraphs, up to a whole item, the marks stand each on a line of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from broadcaster.model.speech import Boundary
from broadcaster.text.claim import Claim
from broadcaster.text.patterns import pattern

MARK = "!!"
PAIR = pattern(r"(?<!\S)!! *(?=[^\s!])[^!]*(?:!(?!!)[^!]*)*!!(?![!\w])")
"""It opens at the head of a line or after a space, and closes in the same line: `Chú ý!!` alone is only loud."""
LONE = pattern(r"!! *(?=[^\W_])")
WHY = "Dấu «!!» mở lời cần nói hai lần nhưng đoạn này chưa có dấu «!!» đóng lại."


def is_fence(line: str) -> bool:
    """Whether the mark stands alone: what lies between two such lines is said twice."""
    return line.strip() == MARK


def opening_of_block(line: str) -> Claim:
    """Nothing is said for the mark itself."""
    return _silent(Claim(line.index(MARK), len(line), "", ""))


def again_as_one(line: str, words: str) -> Claim:
    """All words of the block once more, in the place of the mark that closes it."""
    return replace(opening_of_block(line), spoken=words, rule="nói lần hai")


def said_twice(line: str, claims: Iterable[Claim]) -> list[Claim]:
    """The claims of a line with what stands between two marks said again where the second stands."""
    if MARK not in line:
        return list(claims)
    marks = {at: pair.start() for pair in PAIR.finditer(line) for at in (pair.start(), pair.end() - len(MARK))}
    made: list[Claim] = []
    opened = 0
    for claim in claims:
        if made and claim.start < made[-1].end:
            continue
        if claim.start not in marks:
            made.append(claim)
        elif marks[claim.start] == claim.start:
            made.append(_silent(claim))
            opened = len(made)
        else:
            made.append(_again(claim, made[opened:]))
    return _with_lone_mark(line, made) if not marks else made


def _silent(claim: Claim) -> Claim:
    end = claim.start + len(MARK)
    return Claim(claim.start, end, "", "mở lời nói hai lần", boundary=Boundary.SENTENCE)


def _again(claim: Claim, between: list[Claim]) -> Claim:
    spoken = " ".join(one.spoken for one in between if one.spoken)
    return replace(_silent(claim), spoken=spoken, rule="nói lần hai", again=tuple(between) if spoken else ())


def _with_lone_mark(line: str, claims: list[Claim]) -> list[Claim]:
    lone = LONE.match(line.lstrip())
    if not lone or not claims:
        return claims
    return [replace(claims[0], sure=False, why=WHY), *claims[1:]]
