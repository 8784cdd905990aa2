"""Holds the clips on the disk to the size that the schedule allows, and never lets go of what the week needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date
from functools import partial

from broadcaster.errors import BroadcasterError
from broadcaster.model.plan import Airing
from broadcaster.speech.cache import Trimmed
from broadcaster.speech.take import clip_keys
from broadcaster.station.render import Renderer, due_in
from broadcaster.station.voicing import all_rungs

DAYS_KEPT = 7


def trim(renderer: Renderer, *, today: date) -> Trimmed:
    """Take away the clips that were not used for longest. Nothing is read or planned where there is room."""
    station = renderer.station
    return station.clips.trim(
        station.schedule.clip_cache_bytes, needed=lambda: frozenset(_needed(renderer, first=today))
    )


def advice(trimmed: Trimmed, *, limit_bytes: int) -> str | None:
    """For the operator, where the week alone is more than the limit."""
    if trimmed.needed_bytes <= limit_bytes:
        return None
    needed_gb = f"{trimmed.needed_bytes / 1e9:.1f}".replace(".", ",")
    return (
        f"Tiếng đọc cho {DAYS_KEPT} ngày tới cần {needed_gb} GB, hơn mức bo_nho_tieng trong schedule.yaml. "
        "Máy vẫn giữ đủ; nên tăng bo_nho_tieng, hoặc dùng ổ đĩa lớn hơn."
    )


def _needed(renderer: Renderer, *, first: date) -> Iterator[str]:
    """Of every airing in every voice that may have to say it, and of the emergencies that are prepared.

    What cannot be said, as `check` tells, has no clips to keep.
    """
    emergency = renderer.station.schedule.emergency
    ways = [partial(_ways_to_say, renderer, airing) for airing in due_in(renderer, first=first, days=DAYS_KEPT)]
    ways += [partial(_ways_to_warn, renderer, path) for path in emergency.templates.values()] if emergency else []
    for way in ways:
        with suppress(BroadcasterError):
            for keys in way():
                with suppress(BroadcasterError):
                    yield from keys()


def _ways_to_say(renderer: Renderer, airing: Airing) -> list[Callable[[], Iterable[str]]]:
    order = renderer.order(airing)
    return [
        partial(renderer.ingredients.clips_needed, order, casting) for casting in renderer.ingredients.castings(order)
    ]


def _ways_to_warn(renderer: Renderer, path: str) -> list[Callable[[], Iterable[str]]]:
    station, said = renderer.station, renderer.said(path)
    return [
        partial(clip_keys, item, rung.voice_for, engines=station.engines)
        for rung in all_rungs(station, said)
        for item in said.items
    ]
