"""Names that people type: titles as file names, and what was probably meant where a typed name is unknown."""

from __future__ import annotations

from collections.abc import Collection

from broadcaster.config.names import nearest, slug

LONGEST_SLUG = 60
"""Characters; with folder and ending still short enough for Windows paths."""


def slug_of(title: str) -> str:
    """A file name from a title: `Phòng, chống đuối nước` → `phong-chong-duoi-nuoc`, cut after a whole word."""
    name = slug(title)
    if len(name) > LONGEST_SLUG:
        head = name[: LONGEST_SLUG + 1]
        name = head.rpartition("-")[0] or head[:LONGEST_SLUG]
    return name or "bai-moi"


def did_you_mean(name: str, known: Collection[str]) -> str:
    """` Có phải ý bạn là “…”?`, or nothing."""
    found = nearest(name, known)
    return f" Có phải ý bạn là “{found}”?" if found else ""
