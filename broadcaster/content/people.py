"""Names of people as offices write them: who is the same person, and who all stand in one line."""

from __future__ import annotations

import re
import unicodedata

_TITLE = re.compile(r"^(?:đ/c|đ\.c|đồng chí|ông|bà|anh|chị|cô|chú|bác)(?:[.:]\s*|\s+)")
_BETWEEN = re.compile(r"\s*[,;&+]\s*|\s+và\s+", re.IGNORECASE)
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def is_name(text: str) -> bool:
    """Whether anything in it can be read: white space and invisible characters are no name."""
    return any(character.isalpha() for character in text)


def people_in(line: str) -> list[str]:
    """`Lê Thị Hòa, Trần Văn Hùng` → both."""
    return [name for name in _BETWEEN.split(line) if is_name(name)]


def same_person(one: str, other: str) -> bool:
    """Whether two writings may mean one person.

    Titles, capitals, spaces, punctuation, invisible characters, i for y and both placements of the tone (Hòa, Hoà) make
    no difference; the marks themselves do: Hoa is not Hòa.
    """
    return bool(_key(one)) and _key(one) == _key(other)


def _key(name: str) -> str:
    shown = "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c) != "Cf")
    plain = " ".join(shown.casefold().split())
    plain = _TITLE.sub("", plain)
    return " ".join(_syllable(word) for word in re.findall(r"\w+", unicodedata.normalize("NFC", plain)))


def _syllable(word: str) -> str:
    """Letters first, the tone last: where it is written does not matter."""
    letters = unicodedata.normalize("NFD", word).replace("y", "i")
    tones = "".join(sorted(letter for letter in letters if letter in _TONES))
    return "".join(letter for letter in letters if letter not in _TONES) + tones
