"""Capitals that are only letters: initials (`H.T.P`, `Nguyễn Văn T.`), serials (`BC 012345`), roads, blood groups."""

from __future__ import annotations

from broadcaster.text.claim import Claim, Place
from broadcaster.text.datafiles import SETS
from broadcaster.text.letters import spell
from broadcaster.text.numerals import digits, whole
from broadcaster.text.patterns import CAPITAL, SMALL, pattern
from broadcaster.text.tables import ABBREVIATIONS

RUN = pattern(r"[A-ZĐÂƯ](?:\.[A-ZĐÂƯ]){1,4}(?![^\W_]|\.[^\W_])")
ONE = pattern(r"[A-ZĐÂƯ]\.(?!\d)")
ENDS_NAME = pattern(rf"\.(?= ?[,;:()]| [{SMALL}]| \d)")
"""The full stop of a last initial, where the sentence goes on."""
NAME_BEFORE = pattern(rf"([{CAPITAL}][^\W\d_]*) $")
PERSONS = SETS["initials.persons"]
FAMILY = SETS["names.family"]
TITLES = SETS["names.titles"]
ROADS = {"ĐH": "đường huyện", "ĐT": "đường tỉnh", "ĐX": "đường xã", "QL": "quốc lộ", "TL": "tỉnh lộ"}
ROAD = pattern(r"(ĐH|ĐT|ĐX|QL|TL)[-.]([A-ZĐ]{2,3})[-.]?(\d{1,3})(?!\w)")
BLOOD = pattern(r"(?:(AB|A|B|O) ?)?Rh ?(?:\(D\))? ?\(?([-+])\)?(?!\w)")
SERIAL = pattern(r"([A-ZĐ]{2})( ?)(\d{6,8})(?!\w|[.,/]\d)")
COUNTED_AS_PHONE = frozenset({"ĐT", "DĐ", "TK", "MS", "ID", "TL"})


def initials(place: Place) -> Claim | None:
    """Capitals with full stops between them are letters of a name, unless the table knows them as something else."""
    run = RUN.match(place.line, place.at)
    if run:
        if run[0] in ABBREVIATIONS and (not _is_person(place) or "Ư" in run[0]):
            return None
        return _said(place, run.end(), run[0])
    one = ONE.match(place.line, place.at)
    if one is None or not _is_person(place) or place.next_word(one.end()).lower() in TITLES:
        return None
    return _said(place, one.end() - 1, one[0])


def _said(place: Place, end: int, written: str) -> Claim:
    stop = ENDS_NAME.match(place.line, end)
    letters = spell(written, style=place.style)
    return Claim(place.at, stop.end() if stop else end, letters, "chữ cái đầu của tên")


def _is_person(place: Place) -> bool:
    """Whether a word for a person, or a family or middle name, stands right before."""
    before = NAME_BEFORE.search(place.line, max(0, place.at - 16), place.at)
    return place.char_before == " " and (
        place.left[0] in PERSONS or (before is not None and before[1].lower() in FAMILY)
    )


def road(place: Place) -> Claim | None:
    """`ĐH-NS.07`: a road of a district by the district's letters and its number."""
    match = ROAD.match(place.line, place.at)
    if match is None:
        return None
    letters, figures = spell(match[2], style=place.style), match[3]
    said = digits(figures, style=place.style) if figures[0] == "0" else whole(figures, style=place.style)
    return Claim(place.at, match.end(), f"{ROADS[match[1]]} {letters} {said}", "số đường")


def blood(place: Place) -> Claim | None:
    """`Rh-`, `O Rh+`: the sign is part of the name."""
    match = BLOOD.match(place.line, place.at)
    if match is None:
        return None
    group = f"{spell(match[1], style=place.style)} " if match[1] else ""
    return Claim(place.at, match.end(), f"{group}rờ hát {'âm' if match[2] == '-' else 'dương'}", "nhóm máu")


def serial(place: Place) -> Claim | None:
    """`BC 012345`, `AH 1234567`: the number of a certificate; no report has six figures."""
    match = SERIAL.match(place.line, place.at)
    if match is None or match[1] in COUNTED_AS_PHONE:
        return None
    letters = spell(match[1], style=place.style)
    figures = digits(match[3], style=place.style)
    return Claim(place.at, match.end(), f"{letters} {figures}", "số giấy tờ", breaths=(len(letters.split()),))
