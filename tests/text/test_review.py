"""What a reader is told of the places that are in doubt."""

from __future__ import annotations

from broadcaster.text.reader import read
from broadcaster.text.review import doubt


def test_a_page_without_a_space_does_not_fill_the_screen() -> None:
    doubts = [doubt(flag) for flag in read("Mời bà con " + "a" * 5_000).flags]

    assert doubts
    assert all("a" * 60 in told and len(told) < 400 for told in doubts)
