"""Where rendered programmes are remembered."""

from __future__ import annotations

from typing import Protocol

from broadcaster.model.programme import Programme


class ProgrammeShelf(Protocol):
    """Programmes by the key of what they were made from."""

    def put(self, programme: Programme) -> None:
        """Remember it; the same key replaces."""
        ...

    def get(self, key: str) -> Programme | None: ...

    def sounding(self, audio_sha256: str) -> Programme | None:
        """The one whose file has this hash, as the log's rows name it."""
        ...
