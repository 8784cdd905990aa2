"""Programmes that could not be made, by what stood in the way: one bad jingle stops hundreds, and is told once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from broadcaster.errors import BroadcasterError
from broadcaster.model.plan import Airing
from broadcaster.station.workshop import Trouble

_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One thing in the way, and every programme that it stops."""

    trouble: Trouble
    airings: tuple[Airing, ...]

    @property
    def stopped(self) -> str:
        return named(self.airings)


def named(airings: Iterable[Airing]) -> str:
    """`tin/a.txt (hoang-dao), tin/b.txt (hoang-dao) và 3 chương trình khác`: each once, however often it airs."""
    names = list(dict.fromkeys(f"{airing.item} ({airing.commune})" for airing in airings))
    more = f" và {len(names) - _NAMED} chương trình khác" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"


def by_cause(failed: Iterable[tuple[Airing, Trouble]]) -> list[Failure]:
    """In the order in which each was met first."""
    met: dict[tuple[object, ...], tuple[Trouble, list[Airing]]] = {}
    for airing, trouble in failed:
        met.setdefault(_told(trouble), (trouble, []))[1].append(airing)
    return [Failure(trouble=trouble, airings=tuple(airings)) for trouble, airings in met.values()]


def _told(trouble: Trouble) -> tuple[object, ...]:
    """All that a person hears of it."""
    if isinstance(trouble, BroadcasterError):
        return type(trouble), trouble.message, trouble.remedy, trouble.faults
    return type(trouble), str(trouble)
