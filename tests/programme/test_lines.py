from __future__ import annotations

from dataclasses import replace

from broadcaster.model.programme import CueSheet, Line, Part, PartKind
from broadcaster.programme.lines import Sentence, heard_at, lines_of

RATE = 1000
SENTENCES = {
    "bai-1": (Sentence(text="Một", start_s=0.0, length_s=2.0), Sentence(text="Hai", start_s=2.8, length_s=3.0))
}


def part(kind: PartKind, source: str, begin_s: float, end_s: float) -> Part:
    begin, end = round(begin_s * RATE), round(end_s * RATE)
    return Part(kind=kind, title=source, source=source, offset_frames=begin, length_frames=end - begin)


def sheet() -> CueSheet:
    """A chime, a bed under an item that is read twice, and a recording."""
    cues = CueSheet(
        sample_rate=RATE,
        parts=(
            part(PartKind.CHIME, "chuong", 0, 3),
            part(PartKind.BED, "nhac-nen", 3, 21),
            part(PartKind.ITEM, "bai-1", 5, 11),
            part(PartKind.ITEM, "bai-1", 12, 18),
            part(PartKind.ITEM, "thu-am", 22, 30),
        ),
    )
    return replace(cues, lines=lines_of(cues, SENTENCES))


def test_every_sentence_stands_where_it_is_said_as_often_as_it_is_said() -> None:
    assert sheet().lines == (
        Line(text="Một", offset_frames=5_000, length_frames=2_000),
        Line(text="Hai", offset_frames=7_800, length_frames=3_000),
        Line(text="Một", offset_frames=12_000, length_frames=2_000),
        Line(text="Hai", offset_frames=14_800, length_frames=3_000),
    )


def said(second: float) -> tuple[str | None, str | None]:
    heard = heard_at(sheet(), second)
    return heard.part.source if heard.part else None, heard.line.text if heard.line else None


def test_each_second_has_its_part_and_its_sentence() -> None:
    assert said(1.0) == ("chuong", None)
    assert said(5.0) == ("bai-1", "Một")
    assert said(7.5) == ("bai-1", "Một")
    assert said(7.8) == ("bai-1", "Hai")
    assert said(12.1) == ("bai-1", "Một")


def test_a_bed_counts_only_where_nobody_speaks_over_it() -> None:
    assert said(4.0) == ("nhac-nen", None)
    assert said(11.5) == ("nhac-nen", None)


def test_a_recording_has_no_words_and_silence_no_part() -> None:
    assert said(25.0) == ("thu-am", None)
    assert said(21.5) == (None, None)
    assert said(99.0) == (None, None)
