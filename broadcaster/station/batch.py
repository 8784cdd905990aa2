"""Everything that is due made ready in one go, by as many processes as the machine has cores."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from broadcaster.errors import BroadcasterError
from broadcaster.model.plan import Airing
from broadcaster.model.programme import Programme
from broadcaster.station.prove import audio_digest
from broadcaster.station.render import Rendered, Renderer, Task, due_in
from broadcaster.station.storeroom import advice, trim
from broadcaster.station.workshop import Trouble, cores, rendered


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What became of it."""

    made: tuple[Rendered, ...]
    """In order of air; those that were ready before, too."""
    failed: tuple[tuple[Airing, Trouble], ...]
    touched: tuple[str, ...]
    """Files that were no longer what was made, and so were made again: the air would have refused them."""
    advice: str | None
    """Where the store of clips is too small."""


def render_due(
    renderer: Renderer,
    *,
    first: date,
    days: int,
    jobs: int | None,
    show: Callable[[int, int, str], None],
) -> Batch:
    """Make what is not there, and try again for the voices that were lost; `show` hears how many of how many are done.

    What is finished is on the shelf at once: whoever stops this and begins again makes only the rest.
    """
    due = due_in(renderer, first=first, days=days)
    outcomes: dict[str, Rendered | Trouble] = {}
    tasks: list[Task] = []
    touched: list[str] = []
    for airing in due:
        try:
            task = _of_whole_files(renderer, airing, touched)
            if task.is_done:
                outcomes[airing.id] = renderer.found(task)
            else:
                tasks.append(task)
        except (BroadcasterError, OSError) as error:
            outcomes[airing.id] = error
    show(len(outcomes), len(due), "")
    for finished in rendered(renderer, tasks, jobs=jobs or cores(), stop=threading.Event()):
        outcomes[finished.task.airing.id] = finished.outcome
        show(len(outcomes), len(due), finished.task.airing.title)
    over = None
    if tasks:
        trimmed = trim(renderer, today=first)
        over = advice(trimmed, limit_bytes=renderer.station.schedule.clip_cache_bytes)
    found = [(airing, outcomes[airing.id]) for airing in due]
    return Batch(
        made=tuple(one for _, one in found if isinstance(one, Rendered)),
        failed=tuple((airing, one) for airing, one in found if not isinstance(one, Rendered)),
        touched=tuple(touched),
        advice=over,
    )


def _of_whole_files(renderer: Renderer, airing: Airing, touched: list[str]) -> Task:
    """What there is to do where a file that somebody or the disk has changed counts as none."""

    def is_whole(programme: Programme) -> bool:
        return audio_digest(renderer.station, programme.path) == programme.audio_sha256

    task = renderer.task(airing)
    whole = tuple(filter(is_whole, task.known))
    touched += [programme.path for programme in task.known if programme not in whole]
    return replace(task, known=whole)
