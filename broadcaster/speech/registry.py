"""Which engines and voices there are, and which one a key like `espeak-ng:vi+f2` means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

from rapidfuzz import process

import broadcaster.speech.engines
from broadcaster.errors import SpeechFault
from broadcaster.model.speech import Voice
from broadcaster.plugins import modules_in, plugins_in
from broadcaster.speech.engine import Engine

if TYPE_CHECKING:
    from broadcaster.config.engines import EngineSettings

DEFAULT_VOICE = "espeak-ng:vi+f2"
"""The embedded one: it needs neither network nor model."""
_NEAR = 55


def engines(folder: Path, *, connected: Mapping[str, EngineSettings] | None = None) -> dict[str, Engine]:
    """Every engine by its name; a module offers `engine(folder)`, where `folder` is the workspace's for speech.

    An engine keeps what it needs on the disk under a folder of its own name there. Making it starts nothing. Those
    of `may_doc` (`connected`) are made by the module of their kind: it offers `kind` and
    `engine_from(settings, folder)`.
    """
    found: dict[str, Engine] = {}
    for make in plugins_in(broadcaster.speech.engines, attribute="engine"):
        made = cast("Callable[[Path], Engine]", make)(folder)
        if made.name in found:
            raise SpeechFault(
                f"Có hai bộ đọc cùng tên {made.name!r}.", remedy="Gỡ bớt một gói bộ đọc cài thêm: pip uninstall TÊN_GÓI"
            )
        found[made.name] = made
    return found | _connected(connected or {}, folder, taken=found)


def _connected(
    settings: Mapping[str, EngineSettings], folder: Path, *, taken: Mapping[str, Engine]
) -> dict[str, Engine]:
    if doubled := sorted(set(settings) & set(taken)):
        raise SpeechFault(
            f"Bộ đọc {doubled[0]!r} ở may_doc trùng tên một bộ đọc có sẵn.", remedy="Đặt tên khác cho mục ấy ở may_doc."
        )
    if not settings:
        return {}
    kinds = {module.kind: module for module in modules_in(broadcaster.speech.engines) if hasattr(module, "kind")}
    return {name: kinds[each.kind].engine_from(each, folder) for name, each in settings.items()}


def voice_of(key: str | None, engines: Mapping[str, Engine]) -> Voice:
    """The voice that `engine:voice` means; an engine's name alone means its default voice.

    Raises `SpeechFault` with the nearest names where there is no such engine or voice.
    """
    engine_name, _, voice_name = (key or DEFAULT_VOICE).strip().partition(":")
    engine = engines.get(engine_name)
    if engine is None:
        raise SpeechFault(f"Không có bộ đọc {engine_name!r}.", remedy=_nearest(engine_name, engines))
    voices = {voice.name: voice for voice in engine.voices()}
    if not voices:
        raise SpeechFault(
            f"Bộ đọc {engine_name!r} chưa có giọng nào.", remedy="Xem cách thêm giọng: broadcaster voices list"
        )
    if not voice_name:
        return next(iter(voices.values()))
    if voice_name not in voices:
        remedy = _nearest(f"{engine_name}:{voice_name}", [voice.key for voice in voices.values()])
        raise SpeechFault(f"Bộ đọc {engine_name!r} không có giọng {voice_name!r}.", remedy=remedy)
    return voices[voice_name]


def _nearest(name: str, names: Iterable[str]) -> str:
    known = sorted(names)
    close = [match for match, _, _ in process.extract(name, known, limit=2, score_cutoff=_NEAR)]
    guess = f"Có phải ý bạn là {' hoặc '.join(close)}? " if close else ""
    return f"{guess}Hiện có: {', '.join(known)}."
