"""Names as people write them: keys made from titles, names compared, and the nearest one to a slip of the hand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from rapidfuzz import fuzz, process

CLOSE_ENOUGH = 60.0
"""Percent of likeness below which a suggestion would only puzzle."""


def slug(name: str) -> str:
    """`Bản tin xã` → `ban-tin-xa`; empty where nothing of the name is left."""
    return re.sub(r"[^a-z0-9]+", "-", unaccented(name).lower()).strip("-")


def unaccented(text: str) -> str:
    """Without tone and vowel marks; đ becomes d."""
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def fold(name: str) -> str:
    """What makes two writings one name: composed letters, lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def nearest(name: str, known: Collection[str], *, at_least: float = CLOSE_ENOUGH) -> str | None:
    """The known name that was most likely meant; None where none is near."""
    by_sound = {candidate: slug(candidate) for candidate in known}
    found = process.extractOne(slug(name), by_sound, scorer=fuzz.ratio, score_cutoff=at_least)
    return str(found[2]) if found else None
