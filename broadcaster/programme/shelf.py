"""Where rendered programmes are remembered."""

from __future__ import annotations

from typing import Protocol

from broadcaster.model.programme import Measurement, Programme


class ProgrammeShelf(Protocol):
    """Programmes by the key of what they were made from."""

    def put(self, programme: Programme) -> None:
        """Remember it, but for what was measured of it; the same key replaces."""
        ...

    def note(self, body: str, measurement: Measurement) -> None:
        """What was measured of a file speaks for all programmes with this body, from now on; the last one counts."""
        ...

    def measured(self, body: str) -> Measurement | None:
        """What was noted last."""
        ...

    def get(self, key: str) -> Programme | None: ...

    def sounding(self, audio_sha256: str) -> Programme | None:
        """The one whose file has this hash, as the log's rows name it."""
        ...
