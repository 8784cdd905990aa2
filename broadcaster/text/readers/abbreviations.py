"""Abbreviations from the table, each reading with its evidence; the longest written form wins."""

from __future__ import annotations

from functools import lru_cache

from broadcaster.text.claim import Claim, Place
from broadcaster.text.letters import spell
from broadcaster.text.orthography import is_syllable
from broadcaster.text.patterns import pattern
from broadcaster.text.tables import ABBREVIATIONS, FOREIGN, Reading
from broadcaster.text.units import MEASURES

CHUNK = pattern(r"[^\W_]{1,24}(?:(?: ?[&–-] ?|[./]|, ?)[^\W_]{1,24}){0,4}(?!\w)")
LETTERS = pattern(r"[A-ZĐ]{2,}(?=\.?\d)")
DOT_BEFORE_FIGURES = pattern(r"\.(?=\d)")
FIGURES_FOLLOW = pattern(r"\.?\d")
"""CT3, CT.01: a code."""
WORD = pattern(r"[^\W_]+")
WORD_BEFORE = pattern(r"([^\W\d_]+) *$")
GLUE = pattern(r" ?& ?")
WHY_AMBIGUOUS = "Chữ viết tắt «{}» có nhiều nghĩa, chỗ này chưa rõ nghĩa nào; hãy viết đầy đủ."
WHY_LIKELY = "Chữ viết tắt «{}» có nhiều nghĩa, đang đọc là “{}”; hãy viết đầy đủ nếu không phải."
MOST_MEANINGS = 4
UNIT = pattern(r"(?:km|cm|mm|kg|mg|ml|m|ha|kW|kV|MW|kWh|dB)[23]?(?!\w)")
SHORTEST_LOWER = 3


def abbreviation(place: Place) -> Claim | None:
    """The first reading whose evidence is there; several readings and no evidence is a flag."""
    chunk = CHUNK.match(place.line, place.at)
    if chunk is None:
        return None
    for end in reversed([place.at + word.end() for word in WORD.finditer(chunk[0])]):
        for stop in (end + 1, end) if place.line.startswith(".", end) else (end,):
            written = place.line[place.at : stop]
            readings = _readings(written)
            if readings and (claim := _choose(place, stop, written, readings)):
                return claim
    return _before_figures(place)


def _before_figures(place: Place) -> Claim | None:
    """`QL1A`, `ĐT506`: an abbreviation that asks for a number, written together with it."""
    match = LETTERS.match(place.line, place.at)
    readings = ABBREVIATIONS.get(match[0], ()) if match else ()
    asking = tuple(reading for reading in readings if ">#" in reading.evidence)
    return _choose(place, match.end(), match[0], asking) if match and asking else None


@lru_cache(maxsize=20_000)
@lru_cache(maxsize=20_000)
def _readings(written: str) -> tuple[Reading, ...]:
    key = GLUE.sub("&", written.replace("–", "-"))
    if key in ABBREVIATIONS:
        return ABBREVIATIONS[key]
    if not key.islower() or len(key) < SHORTEST_LOWER or key in FOREIGN or is_syllable(key):
        return ()
    return tuple(reading for reading in ABBREVIATIONS.get(key.upper(), ()) if not reading.spelled)


def _choose(place: Place, end: int, written: str, readings: tuple[Reading, ...]) -> Claim | None:
    capitals = _among_capitals(place, end) and is_syllable(written.lower())
    for reading in readings:
        if reading.holds(place, end) and (reading.asks or not capitals):
            rule = "chữ viết tắt đọc chữ cái" if reading.spelled else "chữ viết tắt"
            if ">#" in reading.evidence and DOT_BEFORE_FIGURES.match(place.line, end):
                end += 1
            if reading.sure:
                return Claim(place.at, end, reading.spoken, rule)
            why = WHY_LIKELY.format(written, reading.spoken)
            return _doubted(place, end, reading.spoken, why, (reading, *readings))
    if is_syllable(written.lower()) or written.endswith(".") or FIGURES_FOLLOW.match(place.line, end):
        return None
    return _doubted(place, end, spell(written, style=place.style), WHY_AMBIGUOUS.format(written), readings)


def _doubted(place: Place, end: int, spoken: str, why: str, readings: tuple[Reading, ...]) -> Claim:
    """Said somehow, and asked about: what the letters may mean, the likeliest first."""
    letters = spell(place.line[place.at : end], style=place.style)
    meanings = dict.fromkeys(one.spoken for one in readings if not one.spelled and one.spoken != letters)
    return Claim(
        place.at, end, spoken, "chữ viết tắt chưa rõ", sure=False, why=why, suggestions=tuple(meanings)[:MOST_MEANINGS]
    )


def _among_capitals(place: Place, end: int) -> bool:
    """Whether the words beside it stand in capitals too, as in a headline."""
    before = WORD_BEFORE.search(place.line, max(0, place.at - 16), place.at)
    beside = (before[1] if before else "", place.next_word(end))
    return any(len(word) > 1 and word.isupper() and is_syllable(word.lower()) for word in beside)


def unit_alone(place: Place) -> Claim | None:
    """A unit that no number precedes: `mỗi km`, `đồng/kg`."""
    match = UNIT.match(place.line, place.at)
    if match is None or match[0] not in MEASURES or (len(match[0]) == 1 and place.char_before != "/"):
        return None
    return Claim(place.at, match.end(), MEASURES[match[0]], "đơn vị đo")
