"""Names that people type: without accents for files, and the nearest known one where a typed one is unknown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz, process

LONGEST_SLUG = 60
"""Characters; with folder and ending still short enough for Windows paths."""
NEAR_ENOUGH = 60.0
"""rapidfuzz ratio (0–100) from which a name is worth suggesting."""


def unaccented(text: str) -> str:
    """Lower case without tone marks; đ becomes d."""
    plain = "".join(char for char in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(char))
    return plain.replace("đ", "d")


def slug_of(title: str) -> str:
    """A file name from a title: `Phòng, chống đuối nước` → `phong-chong-duoi-nuoc`, cut after a whole word."""
    slug = re.sub(r"[^a-z0-9]+", "-", unaccented(title)).strip("-")
    if len(slug) > LONGEST_SLUG:
        head = slug[: LONGEST_SLUG + 1]
        slug = head.rpartition("-")[0] or head[:LONGEST_SLUG]
    return slug or "bai-moi"


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that is most like `name`, accents and case aside; None where none is."""
    names = sorted(known)
    found = process.extractOne(
        unaccented(name), [unaccented(one) for one in names], scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH
    )
    return names[found[2]] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """` Có phải ý bạn là «…»?`, or nothing."""
    found = nearest(name, known)
    return f" Có phải ý bạn là «{found}»?" if found else ""
