"""Numbers that are said digit by digit: telephones, identity cards, accounts, plates."""

from __future__ import annotations

import re
from dataclasses import replace

from broadcaster.model.speech import Boundary
from broadcaster.text.claim import Claim, Place
from broadcaster.text.datafiles import SETS
from broadcaster.text.letters import spell
from broadcaster.text.numerals import digits
from broadcaster.text.patterns import pattern

INTERNATIONAL = pattern(r"\+(\d{1,3}) ?((?:[ .-]?\(?\d\)?){6,16})")
AREA = pattern(r"\((0\d{2,4})\) ?(\d(?:[ .-]?\d){5,8})(?!\d)")
DOMESTIC = pattern(
    r"(?=(?:[ .-]?\d){9,11}(?!\d))0\d{1,4}(?:[ .-]\d{1,7}){1,4}(?!\d|/(?! ?0\d{2}|[^\W\d])|[.,]\d)"
    r"|0\d{8,10}(?!\d|[.,]\d)"
)
OR = pattern(r"/(?=[^\W\d])")
ALSO = pattern(r" ?/ ?(?=0\d)")
"""0912.345.678/0987.654.321: another number of the same person."""
SERVICE = pattern(r"1[89]00(?:[ .-]?\d{2,4}){1,3}(?!\d|[.,/]\d)")
CARD = pattern(r"\d{4}(?: \d{4,6}){2,3}(?:\d)*(?!\d)")
PLATE = pattern(r"(\d{2} ?-? ?[A-ZĐ]{1,2}\d?) ?[-. ]? ?(\d{3}[. ]?\d{2}|\d{4})(?!\d)")
LONG = pattern(r"\d{9,12}(?!\d|[.,/]\d)")
ANY = pattern(r"\d+(?:[ .-]\d{2,}){0,6}(?!\d|[.,/]\d)")
SHORT = pattern(r"[1-9]\d{2,4}(?!\w|[.,/]\d)")
MESSAGE = frozenset({"soạn", "nhắn", "pháp", "sms"})
AFTER_MESSAGE = frozenset(
    ["để", "hoặc", "và", "theo", "ủng", "trước", "nhằm", "đăng", "cước", "phí", "hay", "tối", "từ", "mỗi", "với", "của"]
)
CALL = SETS["phones.call"]
IDENTITY = SETS["phones.identity"]
PLATE_BEFORE = frozenset(["số", "bks", "biển", "xe", "soát"])
SHORTEST_CODE, SHORTEST_NUMBER = 4, 6
"""Digits from which a number after a naming word is said one by one."""
LONGEST_UNNAMED = 10
LONGEST_SHORT = 7
"""Digits; a longer number is said in groups."""
EMERGENCY = frozenset({"111", "112", "113", "114", "115", "1022", "116", "117", "119"})
KEYED = pattern(r"\*\d{3}(?:\*\d{1,8}){0,3}#")
KEYS = pattern(r"\d+|[*#]")
MONEY_AFTER = SETS["phones.money_after"]


def phone(place: Place) -> Claim | None:
    """A number somebody is to dial, in groups that can be written down."""
    line, at = place.line, place.at
    if match := INTERNATIONAL.match(line, at):
        return _international(place, match)
    if match := AREA.match(line, at) or CARD.match(line, at):
        return _in_groups(place, match.end(), match[0].strip("("))
    if match := SERVICE.match(line, at) or DOMESTIC.match(line, at):
        counted = place.next_word(match.end()).lower() in MONEY_AFTER and not match[0].startswith("0")
        return None if counted else _and_others(place, _in_groups(place, match.end(), match[0]))
    match = SHORT.match(line, at)
    if match and (match[0][0] == "1" or place.left[0] in ("gửi", "đến", "tới")) and _is_dialled(place, match[0]):
        return Claim(at, match.end(), digits(match[0], style=place.style), "số điện thoại")
    return None


def _and_others(place: Place, first: Claim) -> Claim:
    """The number with those that a stroke adds to it; the voice only takes breath between."""
    while (stroke := ALSO.match(place.line, first.end)) and (match := DOMESTIC.match(place.line, stroke.end())):
        words = len(first.spoken.split())
        other = _in_groups(place, match.end(), match[0])
        first = replace(
            first,
            end=other.end,
            spoken=f"{first.spoken} {other.spoken}",
            breaths=(*first.breaths, words, *(words + at for at in other.breaths)),
        )
    stroke = OR.match(place.line, first.end)
    return replace(first, end=stroke.end(), boundary=Boundary.CLAUSE) if stroke else first


def _international(place: Place, match: re.Match[str]) -> Claim | None:
    if sum(char.isdecimal() for char in match[0]) <= LONGEST_SHORT:
        return None
    claim = _in_groups(place, match.end(), match[0].lstrip("+"))
    return replace(claim, spoken=f"cộng {claim.spoken}", breaths=tuple(words + 1 for words in claim.breaths))


def _is_dialled(place: Place, written: str) -> bool:
    if place.left[0] == "số" and place.left[1] in ("quay", "bấm", "gọi"):
        return True
    if CALL.intersection(place.left[:2]) and "gọi" in place.left[:4] + ("gọi",) * (place.left[0] in CALL - {"số"}):
        return True
    if place.left[0] in ("gửi", "đến", "tới", "tin") and _is_message(place, written):
        return True
    before = place.left[1] if place.left[0] in ("hoặc", "và", "hay") else place.left[0]
    near = CALL.intersection(place.left[:3]) - {"số"} or {"cứu", "công"} & set(place.left[:6])
    return written in EMERGENCY and (before in EMERGENCY or bool(near))


def _is_message(place: Place, written: str) -> bool:
    """Whether a text message is sent there: `soạn tin … gửi 1407`, `gửi 1407.`."""
    if MESSAGE.intersection(place.left[:8]):
        return True
    following = place.next_word(place.at + len(written)).lower()
    return place.left[0] == "gửi" and len(written) == SHORTEST_CODE and (not following or following in AFTER_MESSAGE)


def short_code(place: Place) -> Claim | None:
    """`*101#`: what is keyed in to ask a network."""
    match = KEYED.match(place.line, place.at)
    if match is None:
        return None
    keys = {"*": "sao", "#": "thăng"}
    said = (keys.get(part) or digits(part, style=place.style) for part in KEYS.findall(match[0]))
    return Claim(place.at, match.end(), " ".join(said), "mã bấm số")


def identity(place: Place) -> Claim | None:
    """Digits of a card, an account or a plate, by the word before; or too many for a quantity."""
    return _plate(place) or _named(place) or _long(place)


def _plate(place: Place) -> Claim | None:
    plate = PLATE.match(place.line, place.at)
    if plate is None or not PLATE_BEFORE.intersection(place.left[:3]):
        return None
    head = _mixed(plate[1], place)
    spoken = f"{head} {digits(plate[2], style=place.style)}"
    return Claim(place.at, plate.end(), spoken, "biển số", breaths=(len(head.split()),))


def _named(place: Place) -> Claim | None:
    """After a word that such numbers follow: thẻ, căn cước, mã."""
    match = ANY.match(place.line, place.at)
    if match is None or "." in match[0]:
        return None
    coded = "mã" in place.left[:2] or (place.left[0] == "là" and "mã" in place.left[:7])
    shortest = SHORTEST_CODE if coded and match[0].isdecimal() else SHORTEST_NUMBER
    if len(match[0]) < shortest or not (coded or IDENTITY.intersection(place.left[:4])):
        return None
    return None if _counts(place, match.end()) else _in_groups(place, match.end(), match[0])


def _long(place: Place) -> Claim | None:
    match = LONG.match(place.line, place.at)
    if match is None or _counts(place, match.end()):
        return None
    numbered = place.left[0] == "số"
    if not numbered and ("000" in match[0] or len(match[0]) > LONGEST_UNNAMED):
        return None
    return _in_groups(place, match.end(), match[0])


def _counts(place: Place, end: int) -> bool:
    """Whether the number is one of something: money, people, a unit written to it."""
    following = place.char(end)
    return place.next_word(end).lower() in MONEY_AFTER or following.isalpha() or following in tuple("%$€")


def _mixed(written: str, place: Place) -> str:
    return " ".join(
        spell(char, style=place.style) if char.isalpha() else digits(char, style=place.style)
        for char in written
        if char.isalnum()
    )


def _in_groups(place: Place, end: int, written: str) -> Claim:
    """Groups as they are written; an unbroken number in threes after its first four digits."""
    groups = [group for group in re.split(r"[ .()-]+", written) if group]
    if len(groups) == 1 and len(written) > LONGEST_SHORT:
        if SERVICE.fullmatch(written):
            groups = [written[:4], written[4:]]
        else:
            head = 3 + len(written) % 3
            groups = [written[:head], *(written[start : start + 3] for start in range(head, len(written), 3))]
    return _grouped(place, end, *(digits(group, style=place.style) for group in groups))


def _grouped(place: Place, end: int, *groups: str) -> Claim:
    breaths: list[int] = []
    words = 0
    for group in groups[:-1]:
        words += len(group.split())
        breaths.append(words)
    return Claim(place.at, end, " ".join(groups), "số điện thoại", breaths=tuple(breaths))
