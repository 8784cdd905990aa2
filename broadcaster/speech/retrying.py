"""A service that stumbles is asked again, each time later and not at the same moment as everybody else."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TypeVar

from broadcaster.clock import Clock
from broadcaster.errors import SpeechFault

FIRST_WAIT_S = 1.0
"""Before the second attempt; each further one waits twice as long."""
JITTER = (0.5, 1.5)
"""Times the wait: stations that lost the same network must not all come back in the same second."""

Got = TypeVar("Got")


class Passing(SpeechFault):
    """A fault of the moment (5xx, a broken connection): the same request may well succeed a little later."""


def retried(ask: Callable[[], Got], *, attempts: int, clock: Clock) -> Got:
    """What `ask` gives, after at most `attempts` calls; only `Passing` faults are worth another."""
    for attempt in range(attempts - 1):
        try:
            return ask()
        except Passing:
            clock.wait(FIRST_WAIT_S * 2**attempt * random.uniform(*JITTER))  # noqa: S311 - no secret
    return ask()
