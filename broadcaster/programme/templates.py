"""What a programme template asks for: which parts it names, which of them are spoken, which are jingles."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from broadcaster.config.templates import CONTENT_PART, Template, TemplatePart
from broadcaster.errors import Fault, WorkspaceFault
from broadcaster.model.programme import PartKind

SPOKEN = (PartKind.STATION_CALL, PartKind.CONTENTS, PartKind.SIGN_OFF)
"""Parts that the station speaks itself; everything else but the items is a jingle from the library."""

MUSIC = frozenset({PartKind.IDENT, PartKind.STINGER, PartKind.BED, PartKind.END_MUSIC, PartKind.MUSIC})
"""What a day without music (`tat_nhac`) drops. The chime stays: it is a signal that calls people to listen."""

BARE = Template(
    name="",
    phan=(
        TemplatePart(name=PartKind.STATION_CALL),
        TemplatePart(name=CONTENT_PART),
        TemplatePart(name=PartKind.SIGN_OFF),
    ),
)
"""For entries that name no template: the items between station call and sign-off."""

_NEAR_ENOUGH = 60
"""Of rapidfuzz's 0–100."""

_JINGLE_KINDS = {
    "nhac-hieu": PartKind.IDENT,
    "chuong": PartKind.CHIME,
    "nhac-cat": PartKind.STINGER,
    "nhac-nen": PartKind.BED,
    "nhac-ket": PartKind.END_MUSIC,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What must be at hand before a template can be assembled."""

    spoken: tuple[PartKind, ...]
    """Parts to speak, by whose values `assemble` finds their lengths."""
    jingles: tuple[str, ...]
    """Names of jingles, without folder and ending."""


def needs(template: Template | None, *, music: bool = True) -> Needs:
    """Every spoken part and jingle that `assemble` may put in; without a template, those of the bare form."""
    spoken: list[PartKind] = []
    jingles: list[tuple[PartKind, str]] = []
    for part in (template or BARE).parts:
        kind = kind_of(part.name)
        if kind in SPOKEN:
            spoken.append(kind)
        else:
            jingles += jingles_of(part)
    wanted = [name for kind, name in jingles if music or kind not in MUSIC]
    return Needs(spoken=tuple(dict.fromkeys(spoken)), jingles=tuple(dict.fromkeys(wanted)))


def as_script_asks(template: Template | None, *, opening: str | None, repeat: int) -> Template | None:
    """The template with what the script's head asks for beyond it: a jingle at the very start, more readings.

    A template that opens with that jingle already, or reads as often, stays as it is. Raises `WorkspaceFault` where
    `opening` is no jingle's name.
    """
    parts = (template or BARE).parts
    if opening is not None and kind_of(opening) in (*SPOKEN, PartKind.ITEM):
        raise WorkspaceFault(
            f"“mo_dau: {opening}” không phải là nhạc hay chuông.",
            remedy="Ghi tên một tệp trong scripts_content/nhac/, không kèm đuôi; ví dụ mo_dau: chuong.",
        )
    if opening is not None and parts[0].name != opening:
        parts = (TemplatePart(name=opening), *parts)
    read = tuple(
        part.model_copy(update={"repeat": max(part.repeat, repeat)}) if kind_of(part.name) is PartKind.ITEM else part
        for part in parts
    )
    return template if read == (template or BARE).parts else (template or BARE).model_copy(update={"parts": read})


def jingles_of(part: TemplatePart) -> list[tuple[PartKind, str]]:
    """The jingles that a part names, each with what it is there for."""
    kind = kind_of(part.name)
    own = [(kind, part.name)] if kind not in SPOKEN and kind is not PartKind.ITEM else []
    under = [(PartKind.STINGER, part.stinger), (PartKind.BED, part.bed)]
    return own + [(role, name) for role, name in under if name]


@cache
def kind_of(name: str) -> PartKind:
    """A part's kind by its name; jingles go by its beginning (`nhac-hieu-tet` is an ident), all others are music."""
    plain = name.replace("_", "-")
    if plain == PartKind.ITEM or plain in SPOKEN:
        return PartKind(plain)
    for beginning, kind in _JINGLE_KINDS.items():
        if plain == beginning or plain.startswith(f"{beginning}-"):
            return kind
    return PartKind.MUSIC


def template_faults(template: Template, *, jingles: Collection[str]) -> tuple[Fault, ...]:
    """All that is wrong with a template, given the names (without endings) of the jingles that there are."""
    faults = [fault for part in template.parts for fault in _part_faults(template, part, jingles)]
    bodies = sum(kind_of(part.name) is PartKind.ITEM for part in template.parts)
    if bodies != 1:
        count = "không có phần noi_dung" if not bodies else f"có {bodies} phần noi_dung"
        faults.append(
            Fault(
                message=f"Khuôn chương trình “{template.name}” {count}.",
                remedy="Ghi phần noi_dung đúng một lần; muốn phát lại thì dùng {noi_dung: {lap: 2}}.",
            )
        )
    return tuple(faults)


def _part_faults(template: Template, part: TemplatePart, jingles: Collection[str]) -> list[Fault]:
    faults = [unknown_part(name, template, jingles=jingles) for _, name in jingles_of(part) if name not in jingles]
    if part.optional and kind_of(part.name) not in MUSIC:
        faults.append(
            Fault(
                message=f"Khuôn chương trình “{template.name}”: {part.name} không phải là nhạc, không tùy chọn được.",
                remedy="Bỏ tuy_chon ở phần này: lời, bài và chuông không bao giờ bị rút ngắn hay bỏ.",
            )
        )
    if kind_of(part.name) is not PartKind.ITEM and (part.stinger or part.bed):
        faults.append(
            Fault(
                message=f"Khuôn chương trình “{template.name}”: phần {part.name} không có nhạc cắt hay nhạc nền.",
                remedy="Chuyển nhac_cat, nhac_nen vào phần noi_dung.",
            )
        )
    return faults


def unknown_part(name: str, template: Template, *, jingles: Collection[str]) -> Fault:
    """A name that is neither a part of ours nor a jingle: its file is missing, or it is misspelt."""
    if kind_of(name) is not PartKind.MUSIC:
        there = f" Đang có: {', '.join(sorted(jingles))}." if jingles else ""
        return Fault(
            message=f"Khuôn chương trình “{template.name}” cần “{name}” mà scripts_content/nhac/ không có tệp ấy.",
            remedy=f"Chép {name}.mp3 (hoặc .flac, .wav) vào đó, hoặc bỏ phần này khỏi khuôn.{there}",
        )
    known = sorted({*SPOKEN, "noi_dung", *jingles})
    nearest = process.extractOne(name, known, scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH)
    meant = f"Có phải ý bạn là “{nearest[0]}”? " if nearest else ""
    return Fault(
        message=f"Khuôn chương trình “{template.name}” có phần lạ “{name}”.",
        remedy=f"{meant}Dùng một trong các phần: {', '.join(known)}; nhạc riêng thì chép vào scripts_content/nhac/.",
    )
