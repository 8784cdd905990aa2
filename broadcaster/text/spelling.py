"""The spelling gate: real syllables in the wrong company, words that lost their marks, and what a typing slip meant.

Precision before recall: every flag costs somebody a decision. A pair is doubted only where it is no known pair, is one
slip away from one, and no other neighbour explains the odd word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from broadcaster.model.speech import Flag, SpokenText
from broadcaster.text.page import INVISIBLE, MARKS
from broadcaster.text.patterns import pattern
from broadcaster.text.spelling_doubts import Doubt, Word, doubts
from broadcaster.text.spelling_shapes import shape, typed_in_vni
from broadcaster.text.spelling_suggestions import as_written, suggestions_for
from broadcaster.text.spelling_words import company

WORD = pattern(rf"(?:[^\W\d_][{MARKS}]*)+")
"""Letters with their loose marks, and what is not to be seen between them."""
ORDINARY, CODE = "âm tiết", "mã"
"""The reader's rules for stretches of ordinary syllables, and for letters with figures."""
MARKS_BETWEEN = " \t\u00a0\u202f"
ENDS_CLAUSE = frozenset(',.;:!?…)”"\n')
WHY = "«{}» có lẽ viết nhầm."


def nobody(written: str) -> bool:
    """Knows no words of its own."""
    return written == ""


def proofread(written: str, spoken: SpokenText, *, known: Callable[[str], bool] = nobody) -> SpokenText:
    """The reading of `written` with the spelling's flags among the reader's, in order, with suggestions.

    What the office's lexicon claimed is not doubted, nor any word or phrase that `known` knows as it is written.
    """
    unread = {flag.start: flag for flag in spoken.flags if not known(flag.written)}
    found: list[Flag] = []
    for run, closed in _runs(written, spoken, unread):
        taken: set[int] = set()
        for doubt in doubts(run, closed=closed):
            flag = _doubted(written, run, doubt)
            if not known(flag.written):
                found.append(flag)
                taken.update(range(doubt.first, doubt.last + 1))
        for at, word in enumerate(run):
            if word.unknown:
                flag = unread.pop(word.start)
                if at not in taken:
                    found.append(_unknown(flag, run, at))
    found += [flag for flag in _in_vni(spoken) if not known(flag.written)]
    return replace(spoken, flags=tuple(sorted([*unread.values(), *found], key=lambda flag: (flag.start, flag.end))))


def _runs(written: str, spoken: SpokenText, unread: dict[int, Flag]) -> Iterator[tuple[list[Word], bool]]:
    """Words with nothing but spaces between them, and whether a clause ends after the last."""
    run: list[Word] = []
    for span in spoken.spans:
        flag = unread.get(span.start)
        unknown = flag is not None and not flag.suggestions and is_word(span.written)
        if span.rule != ORDINARY and not unknown:
            continue
        for match in WORD.finditer(span.written):
            start = span.start + match.start()
            if run and written[run[-1].end : start].strip(MARKS_BETWEEN) and span.start == start:
                yield run, _closed(written, run)
                run = []
            word = INVISIBLE.sub("", match[0])
            run.append(Word(start, span.start + match.end(), word, shape(word), unknown))
    if run:
        yield run, _closed(written, run)


def _closed(written: str, run: list[Word]) -> bool:
    after = written[run[-1].end : run[-1].end + 1]
    return not after or after in ENDS_CLAUSE


def is_word(written: str) -> bool:
    """Whether an unread token may be a misspelled word; a figure or a single letter is none."""
    return len(written) > 1 and WORD.fullmatch(written) is not None


def _doubted(written: str, run: list[Word], doubt: Doubt) -> Flag:
    start, end = run[doubt.first].start, run[doubt.last].end
    words = written[start:end]
    return Flag(
        start=start, end=end, written=words, why=WHY.format(words), suggestions=doubt.suggestions, spelling=True
    )


def _in_vni(spoken: SpokenText) -> list[Flag]:
    """Words typed with VNI's figures; one alone with one figure may well be a code."""
    words = company()
    meant = [(span, typed_in_vni(span.written)) for span in spoken.spans if span.rule == CODE]
    typed = [(span, form) for span, form in meant if form in words.written]
    if len(typed) == 1 and sum(char.isdecimal() for char in typed[0][0].written) == 1:
        return []
    return [
        Flag(
            start=span.start,
            end=span.end,
            written=span.written,
            why=WHY.format(span.written),
            suggestions=(as_written(words.written[form], span.written),),
            spelling=True,
        )
        for span, form in typed
        if form is not None
    ]


def _unknown(flag: Flag, run: list[Word], at: int) -> Flag:
    """Must be mended, named in the lexicon or accepted; capitals that resemble no word are an abbreviation."""
    before = run[at - 1].form if at else ""
    after = run[at + 1].form if at + 1 < len(run) else ""
    word = run[at].written
    suggestions = suggestions_for(word, before=before, after=after)
    return replace(flag, suggestions=suggestions, spelling=bool(suggestions) or not word.isupper())
