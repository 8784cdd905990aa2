"""The table of contents that a programme reads out before its items."""

from __future__ import annotations

from collections.abc import Sequence

_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")


def contents_text(titles: Sequence[str]) -> str:
    """Written Vietnamese, for the reader to speak: "Chương trình hôm nay gồm các nội dung: Thứ nhất, …"

    Each title keeps its own question or exclamation mark, else it ends in a full stop. Titles that say nothing are left
    out of the count; with none at all there is nothing to say, and the text is empty.
    """
    spoken = [_sentence(title) for title in titles if title.strip(" .…")]
    if not spoken:
        return ""
    if len(spoken) == 1:
        return f"Chương trình hôm nay có nội dung: {spoken[0]}"
    numbered = (f"Thứ {_ordinal(number)}, {title}" for number, title in enumerate(spoken, start=1))
    return "Chương trình hôm nay gồm các nội dung: " + " ".join(numbered)


def _sentence(title: str) -> str:
    words = " ".join(title.split()).rstrip(" .;,:…")
    return words if words.endswith(("?", "!")) else f"{words}."


def _ordinal(number: int) -> str:
    """From eleven on in digits, which the reader turns into words."""
    return _ORDINALS[number - 1] if number <= len(_ORDINALS) else str(number)
