"""What engines of `may_doc` have in common, however they are reached."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from broadcaster.errors import SpeechFault
from broadcaster.model.speech import Voice

if TYPE_CHECKING:
    from broadcaster.config.engines import EngineSettings


def version_of(settings: EngineSettings, *, revision: int) -> str:
    """Changes with every setting that may change the sound, and with the office's own `phien_ban`."""
    said = settings.model_dump_json(exclude={"title", "voices", "patience", "retries"})
    return f"{hashlib.sha256(said.encode()).hexdigest()[:12]}-{revision}"


def voices_of(settings: EngineSettings) -> tuple[Voice, ...]:
    """The voices that the office lists, in its order."""
    return tuple(
        Voice(engine=settings.name, name=name, title=title, language=settings.language)
        for name, title in settings.voices.items()
    )


def words_for(text: str, voice: Voice, settings: EngineSettings) -> dict[str, str]:
    """What the placeholders stand for; the rate is the voice's pace as a multiple of the engine's normal one."""
    return {
        "text": text,
        "voice": voice.name,
        "rate": f"{voice.syllables_per_second / settings.normal_pace:.2f}",
    }


def refuse_foreign(voice: Voice, settings: EngineSettings) -> None:
    """Raises `SpeechFault` where `voice` is not one that the office lists."""
    if voice.engine != settings.name or voice.name not in settings.voices:
        raise SpeechFault(
            f"Bộ đọc {settings.label} không có giọng {voice.key!r}.",
            remedy=f"Chọn một trong các giọng: {', '.join(settings.voices)}; hoặc thêm vào giong ở may_doc.",
        )
