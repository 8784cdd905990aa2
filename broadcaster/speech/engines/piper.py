"""Piper: neural voices from model folders that the office brings; nothing is ever fetched from the network."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadcaster.errors import Fault, SpeechFault
from broadcaster.model.speech import Boundary, Phrase, Voice
from broadcaster.speech.packing import parts
from broadcaster.speech.piper_model import (
    MODEL,
    BrokenModel,
    VoiceRecord,
    length_scale_for,
    read_record,
    refuse_changed,
)
from broadcaster.speech.wording import bare, phrases_in_one_go

if TYPE_CHECKING:
    from broadcaster.audio.clip import Clip
    from broadcaster.speech.worker import Worker

REVISION = 1
"""Of what we do to the sound."""
LARGEST_PIECE = 300
"""Characters said in one go: a paragraph of 700 takes 1,514 MiB, its clauses 331."""
WORKERS_KEPT = 2
"""Models in memory at a time: the two voices of a bulletin that take turns."""
PATIENCE_S = 90.0
"""A model takes two to three seconds to load here; an old disk may take thirty."""
PATIENCE_PER_CHARACTER_S = 0.3
"""Thirty times what one character takes here."""
_ATTEMPTS = 2
_INSTALL = "Cài bộ đọc: pip install piper-tts"
_ADD = "Chép mô hình tiếng Việt vào máy rồi chạy: broadcaster voices add THƯ_MỤC"


@dataclass(frozen=True, slots=True)
class _Model:
    """An added voice: its folder's name, and which of its speakers."""

    folder: Path
    record: VoiceRecord
    speaker: str | None

    @property
    def name(self) -> str:
        return f"{self.folder.name}+{self.speaker}" if self.speaker else self.folder.name

    @property
    def title(self) -> str:
        return f"{self.record.title}, giọng {self.speaker}" if self.speaker else self.record.title


class PiperEngine:
    """Each model speaks in a worker process of its own, clause by clause, with our pauses."""

    name = "piper"
    repeatable = True

    def __init__(self, folder: Path, *, patience_s: float = PATIENCE_S) -> None:
        self._folder = folder
        self._patience_s = patience_s
        self._choosing = threading.Lock()
        self._workers: dict[Path, Worker] = {}
        """The one used last stands last."""
        self._verified: set[tuple[Path, int, int]] = set()

    @cached_property
    def version(self) -> str:
        try:
            return f"{version('piper-tts')}-{REVISION}"
        except PackageNotFoundError:
            return f"missing-{REVISION}"

    def check(self) -> Sequence[Fault]:
        """Whether the package is there and a voice, and whether the files of each are as long as when it was added."""
        faults = []
        if self.version.startswith("missing"):
            faults.append(Fault(message="Chưa cài bộ đọc Piper.", remedy=_INSTALL))
        folders = list(self._folders())
        if not folders:
            faults.append(Fault(message="Chưa có giọng Piper nào.", remedy=_ADD))
        return [*faults, *(fault for folder in folders if (fault := _broken(folder)))]

    def voices(self) -> Sequence[Voice]:
        """One for each model and speaker; Vietnamese ones first."""
        models = sorted(self._models(), key=lambda model: model.record.language != "vi")
        return tuple(
            Voice(engine=self.name, name=model.name, title=model.title, language=model.record.language)
            for model in models
        )

    def speak(self, phrases: Sequence[Phrase], voice: Voice) -> Clip:
        from broadcaster.speech.joining import joined

        said = [part for phrase in phrases_in_one_go(phrases) for part in parts([phrase], largest=LARGEST_PIECE)]
        model = self._model(voice)
        scale = length_scale_for(model.record, voice.syllables_per_second)
        texts = [_punctuated(part, last=part is said[-1]) for part in said]
        return joined([(self._clip(text, model, scale), part.boundary) for text, part in zip(texts, said, strict=True)])

    def paced(self, sentence: str, voice: Voice, *, length_scale: float) -> Clip:
        """One sentence at a length scale instead of a pace: how a new voice's paces are measured."""
        return self._clip(f"{bare(sentence)}.", self._model(voice), length_scale)

    def close(self) -> None:
        with self._choosing:
            while self._workers:
                self._workers.popitem()[1].close()

    @property
    def worker_pids(self) -> list[int]:
        """Of the running workers, for measuring their memory."""
        return [worker.pid for worker in self._workers.values() if worker.pid is not None]

    def _folders(self) -> Iterator[Path]:
        """Of added voices; those that begin with a dot are still being added, or are on their way out."""
        if self._folder.is_dir():
            yield from (path for path in sorted(self._folder.iterdir()) if path.is_dir() and path.name[0] != ".")

    def _models(self) -> Iterator[_Model]:
        for folder in self._folders():
            record = read_record(folder)
            if record is not None:
                yield from (_Model(folder, record, speaker) for speaker in (record.speakers or [None]))

    def _model(self, voice: Voice) -> _Model:
        """The voice's model, its files looked through once for as long as they stay the same."""
        model = next((model for model in self._models() if model.name == voice.name), None)
        if voice.engine != self.name or model is None:
            names = ", ".join(model.name for model in self._models()) or "chưa có giọng nào"
            raise SpeechFault(f"Piper không có giọng {voice.key!r}.", remedy=f"Các giọng Piper: {names}. {_ADD}")
        if self.version.startswith("missing"):
            raise SpeechFault("Chưa cài bộ đọc Piper.", remedy=_INSTALL)
        if fault := _broken(model.folder):
            raise SpeechFault(fault.message, remedy=fault.remedy)
        status = (model.folder / MODEL).stat()
        stamp = (model.folder, status.st_mtime_ns, status.st_size)
        if stamp not in self._verified:
            refuse_changed(model.folder, model.record)
            self._verified.add(stamp)
        return model

    def _clip(self, text: str, model: _Model, length_scale: float) -> Clip:
        """The trimmed sound of one text."""
        import numpy as np

        from broadcaster.audio.clip import Clip
        from broadcaster.speech.joining import trimmed
        from broadcaster.speech.plausible import refuse_unless_speech

        header, payload = self._answer(text, model, length_scale)
        samples = np.frombuffer(payload, "<i2").astype(np.float32) / np.float32(32_768)
        clip = trimmed(Clip(samples=samples, sample_rate=header["sample_rate"]))
        refuse_unless_speech(clip, text, engine=self.name)
        return clip

    def _answer(self, text: str, model: _Model, length_scale: float) -> tuple[dict[str, Any], bytes]:
        """The worker's answer; one that died is replaced once, one that hangs is not waited for again."""
        from broadcaster.speech.worker import WorkerLost

        request = {
            "texts": [text],
            "length_scale": length_scale,
            "speaker": model.record.speakers[model.speaker] if model.speaker else None,
        }
        patience_s = self._patience_s + PATIENCE_PER_CHARACTER_S * len(text)
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                header, payload = self._worker(model.folder).ask(request, patience_s=patience_s)
            except WorkerLost as lost:
                if lost.hung or attempt == _ATTEMPTS:
                    raise _lost(lost.hung, model.name, patience_s) from lost
                continue
            if "error" in header:
                raise BrokenModel(
                    f"Piper không nạp được hoặc không đọc được bằng giọng {model.name}: {header['error'].rstrip('.')}.",
                    remedy=f"Mô hình hỏng hoặc không hợp: broadcaster voices remove {model.folder.name}, rồi thêm lại.",
                )
            return header, payload
        raise AssertionError("every attempt returns or raises")

    def _worker(self, folder: Path) -> Worker:
        """The model's worker; the one that was idle longest makes room for a new one."""
        from broadcaster.speech.worker import Worker

        with self._choosing:
            worker = self._workers.pop(folder, None)
            if worker is None:
                while len(self._workers) >= WORKERS_KEPT:
                    self._workers.pop(next(iter(self._workers))).close()
                module = "broadcaster.speech.piper_worker"
                root = Path(__file__).parents[3]
                worker = Worker((sys.executable, "-m", module, str((folder / MODEL).resolve())), folder=root)
            self._workers[folder] = worker
            return worker


def engine(folder: Path) -> PiperEngine:
    """What the registry finds; voices lie under `giong` in the workspace's folder for speech."""
    return PiperEngine(folder / "giong")


def _broken(folder: Path) -> Fault | None:
    """What is plainly wrong with an added voice, without reading its model."""
    record = read_record(folder)
    remedy = f"Gỡ rồi thêm lại: broadcaster voices remove {folder.name}; broadcaster voices add THƯ_MỤC"
    if record is None:
        return Fault(message=f"Giọng piper:{folder.name} thiếu tệp giong.json hoặc tệp ấy hỏng.", remedy=remedy)
    for name, size in record.size.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != size:
            what = "thiếu" if not path.is_file() else "bị cắt cụt hoặc bị thay"
            return Fault(message=f"Giọng piper:{folder.name} hỏng: tệp {name} {what}.", remedy=remedy)
    return None


def _punctuated(part: Phrase, *, last: bool) -> str:
    """With the mark that gives the intonation; double brackets would be taken for phonemes."""
    words = bare(part.text).replace("[[", " ").replace("]]", " ")
    return words + ("," if part.boundary is Boundary.CLAUSE and not last else ".")


def _lost(hung: bool, name: str, patience_s: float) -> SpeechFault:
    if hung:
        return SpeechFault(
            f"Piper (giọng {name}) không trả lời sau {patience_s:.0f} giây.",
            remedy="Đã dừng nó; lần đọc sau dùng tiến trình mới. Nếu còn lỗi: máy quá tải hoặc quá yếu cho giọng này.",
        )
    return SpeechFault(
        f"Piper (giọng {name}) dừng đột ngột hai lần liền.",
        remedy="Có thể máy thiếu bộ nhớ (cần khoảng 600 MB trống): đóng bớt chương trình khác, hoặc đổi giọng.",
    )
