"""`kieu: http` in `may_doc`: any engine that answers over HTTP, on this machine, in the office or on the Internet."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from broadcaster.clock import Clock, SystemClock
from broadcaster.errors import Fault, SpeechFault
from broadcaster.speech.connected import ConnectedEngine

if TYPE_CHECKING:
    from broadcaster.config.engines import HttpEngineSettings
    from broadcaster.speech.turnstile import Turnstile

kind = "http"


class WebEngine(ConnectedEngine["HttpEngineSettings"]):
    """One request a part; a service that says 429 is left alone for a while."""

    revision = 2

    def __init__(self, settings: HttpEngineSettings, folder: Path, *, clock: Clock | None = None) -> None:
        super().__init__(settings)
        self._folder = folder
        self._clock = clock or SystemClock()

    def check(self) -> Sequence[Fault]:
        """Only its secret, and whether it refuses us just now: a look over the network would cost money with some."""
        variable = self._settings.secret_from
        if variable and not _secret(variable):
            message = f"Bộ đọc {self._settings.label} cần khóa trong biến môi trường {variable}, biến này chưa đặt."
            return (Fault(message=message, remedy=f"Đặt khóa trước khi chạy: export {variable}=…"),)
        if until := self._turns.blocked_until():
            blocked = self._blocked(until)
            return (Fault(message=blocked.message, remedy=blocked.remedy),)
        return ()

    @cached_property
    def _turns(self) -> Turnstile:
        from broadcaster.speech.turnstile import Turnstile

        return Turnstile(self._folder, clock=self._clock, gap=timedelta())

    def _sound_of(self, words: Mapping[str, str]) -> bytes:
        from broadcaster.speech.web_voice import Refused, WebVoice

        if until := self._turns.blocked_until():
            raise self._blocked(until)
        secret = _secret(self._settings.secret_from) if self._settings.secret_from else ""
        try:
            sound = WebVoice(self._settings, secret=secret, clock=self._clock).sound_of(words)
        except Refused as refused:
            raise self._blocked(self._turns.refused(at_most=refused.asks_for)) from refused
        self._turns.answered()
        return sound

    def _blocked(self, until: datetime) -> SpeechFault:
        return SpeechFault(
            f"{self._settings.label} đã tạm chặn vì nhận quá nhiều yêu cầu (mã 429); "
            f"đến {until:%H:%M ngày %d/%m/%Y} mới hỏi lại.",
            remedy="Đợi đến lúc ấy, xem hạn mức của dịch vụ, hoặc dùng giọng khác.",
        )

    def _no_sound_remedy(self) -> str:
        return f"Kiểm tra ket_qua của mục {self.name} ở may_doc trong schedule.yaml; hoặc dùng giọng khác."


def _secret(variable: str) -> str:
    return os.environ.get(variable, "").strip()


def engine_from(settings: HttpEngineSettings, folder: Path) -> WebEngine:
    """What the registry makes of a `may_doc` entry of this kind; `folder` is the workspace's for speech."""
    return WebEngine(settings, folder / settings.name)
