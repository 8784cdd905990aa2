"""A programme that is longer than its template wants: optional music gives way, words never do. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import timedelta

from broadcaster.config.templates import Template
from broadcaster.config.values import spoken_duration
from broadcaster.errors import Fault
from broadcaster.model.programme import CueSheet

SHORTEST_MUSIC_S = 4.0
"""What would be left shorter than this is left out: less is heard as a mistake, not as an ending."""
FADE_OUT_S = 2.0
"""Music that is shortened dies away, it does not break off."""

Place = tuple[int, int]
"""A sound of its own in a programme: which part of the template, and which of the times that it comes."""
Lay = Callable[[Mapping[Place, int]], CueSheet]
"""Lays the programme with these sounds at these lengths (frames), at 0 without them."""


def made_to_fit(lay: Lay, music: Mapping[Place, int], *, limit: timedelta | None, packet_frames: int) -> CueSheet:
    """Shorten or leave out of the optional `music` (place → frames) what is too much, the last of it first.

    The end music is what listeners miss least, the ident opens the programme: so from the end. What is shortened gets
    so much shorter as is needed, in whole packets, so that all that follows stays on its packets.
    """
    lengths: dict[Place, int] = {}
    cues = lay(lengths)
    if limit is None:
        return cues
    for place in sorted(music, reverse=True):
        over = cues.length_frames - math.floor(limit.total_seconds() * cues.sample_rate)
        if over <= 0:
            break
        left = music[place] - math.ceil(over / packet_frames) * packet_frames
        lengths[place] = left if left >= SHORTEST_MUSIC_S * cues.sample_rate else 0
        cues = lay(lengths)
    return cues


def overlong(template: Template | None, length_s: float) -> Fault | None:
    """What is wrong with a programme that is longer than its template allows, music left out already."""
    if template is None or template.longest is None or length_s <= template.longest.total_seconds():
        return None
    over = timedelta(seconds=math.ceil(length_s - template.longest.total_seconds()))
    gave_way = any(part.optional for part in template.parts)
    tried = ", dù đã bỏ hết nhạc tùy chọn" if gave_way else ""
    more = "" if gave_way else "ghi tuy_chon: có ở phần nhạc được phép bỏ, "
    return Fault(
        message=(
            f"Chương trình dài {spoken_duration(timedelta(seconds=math.ceil(length_s)))}, quá dai_toi_da của khuôn "
            f"“{template.name}” {spoken_duration(over)}{tried}; vẫn phát trọn vẹn, không cắt."
        ),
        remedy=f"Rút ngắn bài hoặc chia thành hai bài, {more}hoặc tăng dai_toi_da của khuôn.",
    )
