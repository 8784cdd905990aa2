"""`kieu: auto`: a sound card where there is one, else files; what sounds is said in `sounding_as`.

Takes `thiet_bi` as `sound-card` does and `thu_muc` as `file` does. A card that is there but busy or broken is a fault:
files in its place would count as played what no loudspeaker said.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from broadcaster.errors import Fault, NoDevice
from broadcaster.playout.outputs.file import DEFAULT_FOLDER, FileOutput, file_output
from broadcaster.playout.outputs.sound_card import SoundCard

if TYPE_CHECKING:
    from broadcaster.clock import Clock
    from broadcaster.config.stations import OutputSettings
    from broadcaster.playout.output import OutputStream

kind = "auto"


class AutoOutput:
    """Chooses anew for every programme: a card that is plugged in later is used from then on."""

    def __init__(self, card: SoundCard, files: FileOutput) -> None:
        self.name = card.name
        self.occupies = card.occupies
        self._card = card
        self._files = files

    def check(self) -> Sequence[Fault]:
        return self._card.check() if self._card.is_there() else self._files.check()

    def sounds_as(self) -> str:
        return self._card.sounds_as() if self._card.is_there() else self._as_file()

    def open(self, *, label: str, sample_rate: int) -> OutputStream:
        try:
            return self._card.open(label=label, sample_rate=sample_rate)
        except NoDevice:
            return self._files.open_as(label=label, sample_rate=sample_rate, sounding_as=self._as_file())

    def _as_file(self) -> str:
        return f"{self.name} (file: không có thiết bị âm thanh)"


def output(settings: OutputSettings, *, workspace: Path, clock: Clock) -> AutoOutput:
    """Raises `WorkspaceFault` for unknown options and a folder outside the workspace."""
    from broadcaster.playout.options import text_options

    options = text_options(settings, known=["thiet_bi", "thu_muc"])
    card = SoundCard(settings.name, device=options.get("thiet_bi"), clock=clock)
    folder = options.get("thu_muc", DEFAULT_FOLDER)
    return AutoOutput(card, file_output(settings.name, folder, workspace=workspace, clock=clock))
