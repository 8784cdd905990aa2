"""The two counts that must be nought over every sample script: figures or signs left, and content dropped."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from broadcaster.text.reader import read

SCRIPTS = sorted((Path(__file__).parents[2] / "scripts_content").rglob("*.txt"))
LEFT = re.compile(r"[^\w\s]|[\d_]|\b[bcdđghklmnpqrstvx]{2,}\b", re.IGNORECASE)


def left(written: str) -> list[str]:
    """Figures, signs and words without a vowel that are still in the words to be said."""
    return LEFT.findall(read(written).text)


def dropped(written: str) -> list[str]:
    """Letters and figures that no span says, or that no span holds."""
    spans = read(written).spans
    held = {at for span in spans for at in range(span.start, span.end) if span.spoken}
    shown = (at for at, char in enumerate(written) if unicodedata.category(char)[0] in "LN")
    return [written[at] for at in shown if at not in held]


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_nothing_is_left_and_nothing_is_dropped(file: Path) -> None:
    written = file.read_text(encoding="utf-8")
    assert (left(written), dropped(written)) == ([], [])
