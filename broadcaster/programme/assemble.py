"""Items, spoken parts and jingles → a cue sheet with exact offsets. Pure: lengths in, offsets out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from broadcaster.audio.mp3 import packet_frames
from broadcaster.config.templates import Template, TemplatePart
from broadcaster.errors import Fault, WorkspaceFault
from broadcaster.model.programme import CueSheet, Part, PartKind
from broadcaster.programme.contents import contents_text
from broadcaster.programme.fitting import FADE_OUT_S, Place, made_to_fit
from broadcaster.programme.templates import BARE, MUSIC, SPOKEN, Needs, kind_of, needs, template_faults, unknown_part

__all__ = ["Needs", "ProgrammeItem", "assemble", "contents_text", "needs", "template_faults"]

GAP_AT_JINGLE_S = 0.4
"""Before and after a jingle: it rings out by itself."""
GAP_AT_SPOKEN_S = 0.8
"""Between two parts that are spoken: as after a sentence, so that the call does not run into the item."""
GAP_AT_ITEMS_S = 1.2
"""Between two items, or two readings of one: a listener must hear that something else begins."""
BED_LEAD_S = 2.0
"""A bed sounds for so long before the speech that it lies under."""
BED_TAIL_S = 2.5
"""And after it."""
BED_REST_S = 0.1
"""Silence behind its tail: three packets and more, so that a programme may be joined there (`audio.stretches`)."""
BED_FADE_IN_S = 0.8
BED_FADE_OUT_S = 1.5
BED_GAIN_DB = -6.0
"""Where nobody speaks: under the loudness of the speech, so that the first word is no step down."""
BED_DUCKED_DB = -13.0
"""And so much lower while somebody speaks."""

_TITLES = {
    PartKind.IDENT: "Nhạc hiệu",
    PartKind.CHIME: "Chuông báo",
    PartKind.STATION_CALL: "Lời xướng",
    PartKind.CONTENTS: "Mục lục",
    PartKind.STINGER: "Nhạc cắt",
    PartKind.BED: "Nhạc nền",
    PartKind.SIGN_OFF: "Lời chào",
    PartKind.END_MUSIC: "Nhạc kết",
    PartKind.MUSIC: "Nhạc",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeItem:
    """One item as it goes into a programme: its title, its sound's key and length, and the script it comes from."""

    title: str
    sound: str
    length_frames: int
    script: str | None = None


def assemble(
    *,
    template: Template | None,
    items: Sequence[ProgrammeItem],
    sounds: Mapping[str, int],
    sample_rate: int,
    music: bool = True,
) -> CueSheet:
    """Lay the template's parts one after the other; without a template, the bare form.

    `sounds` gives the lengths (frames at `sample_rate`) of the jingles, by their names, and of the spoken parts, by
    their `PartKind` values; `needs` says which, and it may hold more. `music=False` drops everything in
    `templates.MUSIC`. Nothing overlaps but beds, which lie under the items from stinger to stinger; items come whole,
    however long the template would have the programme: only optional music gives way (`fitting`).
    Raises `WorkspaceFault` with every sound that is missing, or for want of items.
    """
    chosen = template or BARE
    _check(chosen, items, sounds, music=music)

    def lay(lengths: Mapping[Place, int]) -> CueSheet:
        tape = _Tape(sounds, sample_rate=sample_rate)
        for number, part in enumerate(chosen.parts):
            kind = kind_of(part.name)
            if kind is PartKind.ITEM:
                _lay_items(tape, part, items, sounds, music=music)
            elif music or kind not in MUSIC:
                for time in range(part.repeat):
                    source = str(kind) if kind in SPOKEN else part.name
                    tape.lay_sound(kind, source, length_frames=lengths.get((number, time), sounds[source]))
        return CueSheet(sample_rate=sample_rate, parts=tuple(tape.parts))

    optional = _optional(chosen, sounds) if music else {}
    return made_to_fit(lay, optional, limit=chosen.limit, packet_frames=packet_frames(sample_rate))


class _Tape:
    """Parts laid so far; each new one comes after the last and a gap."""

    def __init__(self, sounds: Mapping[str, int], *, sample_rate: int) -> None:
        self.parts: list[Part] = []
        self._sounds = sounds
        self._sample_rate = sample_rate
        self._end = 0
        self._last: PartKind | None = None

    def lay_sound(self, kind: PartKind, source: str, *, length_frames: int) -> None:
        """Dying away where it is to be shorter than it is; not at all where nothing of it is left."""
        if not length_frames:
            return
        fade_out = self._frames(FADE_OUT_S) if length_frames < self._sounds[source] else 0
        self._lay(
            Part(
                kind=kind,
                title=_TITLES[kind],
                source=source,
                offset_frames=0,
                length_frames=length_frames,
                fade_out_frames=fade_out,
            )
        )

    def lay_item(self, item: ProgrammeItem, *, lead_s: float) -> Part:
        """At least `lead_s` after what is there."""
        part = Part(
            kind=PartKind.ITEM,
            title=item.title,
            source=item.sound,
            offset_frames=0,
            length_frames=item.length_frames,
            script=item.script,
        )
        return self._lay(part, lead_s=lead_s)

    def underlay(self, bed: str, *, first: Part, last: Part) -> None:
        """A bed from a little before `first` to a little after `last`; whatever follows waits for its end."""
        start = first.offset_frames - self._whole_packets(self._frames(BED_LEAD_S))
        end = last.end_frames + self._frames(BED_TAIL_S)
        part = Part(
            kind=PartKind.BED,
            title=_TITLES[PartKind.BED],
            source=bed,
            offset_frames=start,
            length_frames=end - start,
            gain_db=BED_GAIN_DB,
            fade_in_frames=self._frames(BED_FADE_IN_S),
            fade_out_frames=self._frames(BED_FADE_OUT_S),
            ducked_db=BED_DUCKED_DB,
        )
        self.parts.insert(self.parts.index(first), part)
        self._end, self._last = end, PartKind.BED

    def _lay(self, part: Part, *, lead_s: float = 0.0) -> Part:
        gap = max(self._whole_packets(self._frames(lead_s)), self._frames(_gap_s(self._last, part.kind)))
        placed = replace(part, offset_frames=self._whole_packets(self._end + gap))
        self.parts.append(placed)
        self._end, self._last = placed.end_frames, part.kind
        return placed

    def _whole_packets(self, frames: int) -> int:
        """Rounded up, so that what comes after any silence can begin an MP3 stream (see `audio.stretches`)."""
        packet = packet_frames(self._sample_rate)
        return -(-frames // packet) * packet

    def _frames(self, seconds: float) -> int:
        return round(seconds * self._sample_rate)


def _optional(template: Template, sounds: Mapping[str, int]) -> dict[Place, int]:
    """Every piece of music that may give way, and its length (frames)."""
    return {
        (number, time): sounds[part.name]
        for number, part in enumerate(template.parts)
        if part.optional and kind_of(part.name) in MUSIC
        for time in range(part.repeat)
    }


def _lay_items(
    tape: _Tape, part: TemplatePart, items: Sequence[ProgrammeItem], sounds: Mapping[str, int], *, music: bool
) -> None:
    """All items, as often as the template says, with stingers between them and beds under them."""
    stinger, bed = (part.stinger, part.bed) if music else (None, None)
    readings = [item for _ in range(part.repeat) for item in items]
    runs = [[item] for item in readings] if stinger else [readings]
    for number, run in enumerate(runs):
        if stinger and number:
            tape.lay_sound(PartKind.STINGER, stinger, length_frames=sounds[stinger])
        laid = [tape.lay_item(item, lead_s=BED_LEAD_S if bed and not place else 0.0) for place, item in enumerate(run)]
        if bed:
            tape.underlay(bed, first=laid[0], last=laid[-1])


def _gap_s(before: PartKind | None, after: PartKind) -> float:
    """Silence between two neighbours; a bed's tail is most of the gap."""
    if before is None or before is PartKind.BED:
        return BED_REST_S if before else 0.0
    if before is PartKind.ITEM and after is PartKind.ITEM:
        return GAP_AT_ITEMS_S
    voices = {*SPOKEN, PartKind.ITEM}
    return GAP_AT_SPOKEN_S if before in voices and after in voices else GAP_AT_JINGLE_S


def _check(template: Template, items: Sequence[ProgrammeItem], sounds: Mapping[str, int], *, music: bool) -> None:
    wanted = needs(template, music=music)
    faults = [
        Fault(message=f"Thiếu âm thanh của phần {_TITLES[kind].lower()} ({kind}).", remedy="Chạy: broadcaster check")
        for kind in wanted.spoken
        if kind not in sounds
    ]
    faults += [unknown_part(name, template, jingles=sounds) for name in wanted.jingles if name not in sounds]
    if not items or any(item.length_frames <= 0 for item in items):
        faults.append(Fault(message="Chương trình không có bài nào có tiếng.", remedy="Kiểm tra lại bài phát thanh."))
    if faults:
        raise WorkspaceFault("Không ghép được chương trình.", faults=faults)
