"""Reads the tables in data/: tab-separated lines, and named sets of words."""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).with_name("data")


def rows(name: str) -> list[list[str]]:
    """The fields of each line of a table; lines that begin with # explain it."""
    text = (DATA / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def words(name: str) -> frozenset[str]:
    """All words of a list."""
    return frozenset(word for (line,) in rows(name) for word in line.split())


SETS = {name: frozenset(members.split()) for table in ("evidence.tsv", "rimes.tsv") for name, members in rows(table)}
"""What may stand beside a number to tell what it is; which rimes a syllable may have."""
