"""`kieu: lenh` in `may_doc`: any program on this machine that turns a text into a sound file."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from broadcaster.errors import Fault
from broadcaster.speech.connected import ConnectedEngine

if TYPE_CHECKING:
    from broadcaster.config.engines import CommandEngineSettings

kind = "lenh"


class CommandEngine(ConnectedEngine["CommandEngineSettings"]):
    """One run a part."""

    revision = 2

    def __init__(self, settings: CommandEngineSettings, home: Path) -> None:
        super().__init__(settings)
        self._home = home

    def check(self) -> Sequence[Fault]:
        """Whether the program is there and may be run; it is not started."""
        from broadcaster.speech.program_voice import program_of

        program = program_of(self._settings, self._home)
        if shutil.which(program) is None:
            message = (
                f"Bộ đọc {self._settings.label} cần chương trình {program}, máy này không có hoặc không chạy được."
            )
            return (
                Fault(message=message, remedy=f"Cài chương trình ấy, hoặc sửa chay ở mục {self.name} trong may_doc."),
            )
        return ()

    def _sound_of(self, words: Mapping[str, str]) -> bytes:
        from broadcaster.speech.program_voice import sound_of

        return sound_of(self._settings, words, home=self._home)

    def _no_sound_remedy(self) -> str:
        return f"Kiểm tra chay ở mục {self.name} trong may_doc: chương trình phải ghi ra một tệp âm thanh."


def engine_from(settings: CommandEngineSettings, folder: Path) -> CommandEngine:
    """What the registry makes of a `may_doc` entry of this kind; `folder` is the workspace's for speech."""
    return CommandEngine(settings, folder.parent)
