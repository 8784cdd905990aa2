"""Two or three numbers with a stroke or a colon between them that are no date: parts, ratios, addresses, scores."""

from __future__ import annotations

import re

from broadcaster.text.claim import REACH, Claim, Place
from broadcaster.text.letters import spell
from broadcaster.text.numerals import digits, number, whole
from broadcaster.text.patterns import CAPITAL, pattern
from broadcaster.text.readers.times import MIXED, NEAR_RATIO
from broadcaster.text.slashes import Slash, weigh

STROKES = pattern(r"(\d+(?:[.,]\d+)*[A-ZĐa-zđ]?)((?: ?/ ?\d+(?:[.,]\d+)*[A-ZĐ]?){1,4})(?![\w/]|[.,]\d)")
PAIR = pattern(r"(\d{1,3})/(\d{1,3})")
COLON = pattern(r"\d+(?::\d+(?:\.\d{3}|,\d)*){1,4}(?![\w:])")
SCORE = pattern(r"(\d{1,2}) ?[-–] ?(\d{1,2})(?!\w|[/.,]\d)")
SETS_OF_GAME = pattern(r"\d{1,2} ?[-–] ?\d{1,2}(?::| ?\()[ \d/,;–-]*$")
STROKE_SCORE = pattern(r"(\d{1,2})/(\d{1,2})(?![\w/]|[.,]\d)")
TEAM_BEFORE, TEAM_AFTER = pattern(rf"[{CAPITAL}][^\W\d_]* $"), pattern(rf" [{CAPITAL}]")
ANOTHER = pattern(r"(?:, ?|; ?| và )(\d{1,2})[-–](\d{1,2})(?![\w/]|[.,]\d)")
EARLIER = pattern(r"(?:^|[^\w/-])(\d{1,2})[-–](\d{1,2})(?:, ?|; ?| và )$")
SCORE_BEFORE = frozenset(["thắng", "thua", "hòa", "hoà", "dẫn", "lưu", "bại"])
MATCH = frozenset(["trận", "hiệp", "bàn"])
NO_SCORE_BEFORE = frozenset(["chiến", "phí", "từ", "bình"])
SERIES = frozenset({"ngày", "điều", "khoản", "lớp", "số", "cấp", "tháng", "khu", "tổ", "thôn", "nhà", "đường", "phòng"})
SCALED = frozenset({"lệ", "đồ", "hoạch", "hình"})
LETTER_AT_END = pattern(r"[^\W\d_]+$")
FOUR = "4"


def fraction(place: Place) -> Claim | None:
    """`2/3 diện tích`, `19/19 tiêu chí`, `số 12/3/5`, `tỷ lệ 1/500`, `120/80`."""
    match = STROKES.match(place.line, place.at)
    if match is None:
        return None
    pair = PAIR.fullmatch(match[0])
    if pair and "0" not in (pair[1][0], pair[2][0]):
        reading, sure = weigh(place, pair[1], pair[2], match.end())
        if reading is Slash.FRACTION:
            below = "tư" if pair[2] == FOUR else whole(pair[2], style=place.style)
            return Claim(
                place.at, match.end(), f"{whole(pair[1], style=place.style)} phần {below}", "phân số", sure=sure
            )
    return Claim(place.at, match.end(), _strokes(place, match[0]), "tỷ số")


def _strokes(place: Place, written: str) -> str:
    said = []
    for part in re.split(r" ?/ ?", written):
        figures = LETTER_AT_END.sub("", part)
        letter = part[len(figures) :].lower()
        value = number(figures, style=place.style)
        said.append(f"{value} {spell(letter, style=place.style)}" if letter else value)
    return " trên ".join(said)


def ratio(place: Place) -> Claim | None:
    """`tỷ lệ 1:5`, `ISO 9001:2015`."""
    match = COLON.match(place.line, place.at)
    if match is None:
        return None
    parts = match[0].split(":")
    near = place.left[:NEAR_RATIO]
    joint = " trên " if near[0] in SCALED or "lệ" in near or not MIXED.isdisjoint(near) else " hai chấm "
    spoken = joint.join(
        (digits if len(part) > 1 and part[0] == "0" else number)(part, style=place.style) for part in parts
    )
    return Claim(place.at, match.end(), spoken, "tỷ lệ")


def score(place: Place) -> Claim | None:
    """`tỷ số 2-1`, `thắng 3-0`."""
    match = SCORE.match(place.line, place.at)
    if match is None and SETS_OF_GAME.search(place.line, max(0, place.at - REACH), place.at):
        match = STROKE_SCORE.match(place.line, place.at)
    if match is None or NO_SCORE_BEFORE.intersection(place.left[:3]) or not _is_played(place, match):
        return None
    spoken = f"{whole(match[1], style=place.style)} {whole(match[2], style=place.style)}"
    return Claim(place.at, match.end(), spoken, "tỷ số trận đấu")


def _is_played(place: Place, match: re.Match[str]) -> bool:
    """Whether the two are goals or points: by a word before, by the teams, by another set, or because they fall."""
    near = place.left[:NEAR_RATIO]
    if (
        SCORE_BEFORE.intersection(near[:3])
        or MATCH.intersection(near)
        or ("số" in near and {"tỷ", "tỉ"}.intersection(near))
        or SETS_OF_GAME.search(place.line, max(0, place.at - REACH), place.at)
    ):
        return True
    first, second = int(match[1]), int(match[2])
    another = ANOTHER.match(place.line, match.end()) or EARLIER.search(place.line, max(0, place.at - REACH), place.at)
    if another and place.left[0] not in SERIES and (first > second or int(another[1]) > int(another[2])):
        return True
    falls = first > second and place.line[place.at : match.end()].count(" ") == 0 and place.left[0] not in SERIES
    between = TEAM_BEFORE.search(place.line, max(0, place.at - REACH), place.at) and TEAM_AFTER.match(
        place.line, match.end()
    )
    return bool(between and place.left[0] not in SERIES) or (falls and place.line.startswith((":", " ("), match.end()))
