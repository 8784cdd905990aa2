"""espeak-ng from the wheel `espeakng-loader`: the embedded default, with no network and no model."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable, Sequence
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadcaster.errors import Fault, SpeechFault
from broadcaster.model.speech import Boundary, Phrase, Voice
from broadcaster.speech.espeak_data import DATA, REINSTALL, Prepared, prepared, strangers
from broadcaster.speech.wording import bare, phrases_in_one_go

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from broadcaster.audio.clip import Clip
    from broadcaster.speech.worker import Worker, WorkerLost

REVISION = 4
"""Of what we do to the sound; counts up with every audible change, so that the cache gives no old clip."""
VOLUME = 60
"""Percent; at espeak-ng's own 100 the female voice runs into its limiter, at 60 the peak is 0.84 of full scale."""
CONTRAST = 1.5
"""Of the formants; with 1 the recogniser understands less, with 2 too (docs/developers/speech.md)."""
PACE = 3.25
"""Syllables a second within a phrase: 2.85 with the pauses of a paragraph. Slower is understood better."""
FADE_S = 0.005
"""At the end of a phrase, where the worker cut the sound off."""
PATIENCE_S = 10.0
"""A worker that says nothing for so long hangs; it needs about 0.05 s for a sentence."""
PATIENCE_PER_CHARACTER_S = 0.01
"""A hundred times what one character takes."""
_ATTEMPTS = 2


class EspeakEngine:
    """Speaks in a worker process. Not a beautiful voice, but one that is always there."""

    name = "espeak-ng"
    repeatable = True

    def __init__(self, *, patience_s: float = PATIENCE_S, package: Path | None = None) -> None:
        self._patience_s = patience_s
        self._given_package = package
        self._lock = threading.Lock()
        self._worker: Worker | None = None
        self._data: Prepared | None = None

    @cached_property
    def version(self) -> str:
        """Other voices than ours sound different: what was said with them is kept apart."""
        try:
            plain = "-plain" if strangers(self._package) else ""
            return f"{version('espeakng-loader')}-{REVISION}{plain}"
        except (PackageNotFoundError, SpeechFault):
            return f"missing-{REVISION}"

    def check(self) -> Sequence[Fault]:
        """Whether library, data and Vietnamese dictionary are there and of one version, and the worker answers."""
        try:
            self._answer(("xin chào",), self.voices()[0])
            plain = strangers(self._package)
        except SpeechFault as fault:
            return (Fault(message=fault.message, remedy=fault.remedy),)
        return () if plain is None else (plain,)

    def voices(self) -> Sequence[Voice]:
        """Northern ones only: the recogniser understands the central and southern variants far less (WER .89–.92)."""
        return (
            Voice(engine=self.name, name="vi+f2", title="Nữ (máy, giọng Bắc)", syllables_per_second=PACE),
            Voice(engine=self.name, name="vi+m3", title="Nam (máy, giọng Bắc)", syllables_per_second=PACE),
        )

    def speak(self, phrases: Sequence[Phrase], voice: Voice) -> Clip:
        from broadcaster.speech.joining import joined

        said = phrases_in_one_go(phrases)
        self._refuse_foreign(voice)
        texts = tuple(_punctuated(phrase, last=phrase is said[-1]) for phrase in said)
        clips = self._clips(texts, voice)
        return joined([(clip, phrase.boundary) for clip, phrase in zip(clips, said, strict=True)])

    def close(self) -> None:
        with self._lock:
            self._put_away()

    @property
    def worker_pid(self) -> int | None:
        """The running worker's, for measuring its memory; None where none runs."""
        return self._worker.pid if self._worker is not None else None

    def _clips(self, texts: Sequence[str], voice: Voice) -> list[Clip]:
        """The trimmed sound of each text; one that is silent or of a wrong length spoils them all."""
        import numpy as np

        from broadcaster.speech.joining import trimmed
        from broadcaster.speech.plausible import refuse_unless_speech

        header, payload = self._answer(texts, voice)
        samples = np.frombuffer(payload, "<i2").astype(np.float32)
        samples /= np.float32(32_768)
        clips, start = [], 0
        for text, frames in zip(texts, header["frames"], strict=True):
            clip = trimmed(_cleared(samples[start : start + frames], header["sample_rate"]))
            refuse_unless_speech(clip, text, engine=self.name)
            clips.append(clip)
            start += frames
        return clips

    def _answer(self, texts: Sequence[str], voice: Voice) -> tuple[dict[str, Any], bytes]:
        """The worker's answer; one that died or refused is asked again beside whole data, one that hangs is not."""
        from broadcaster.speech.worker import WorkerLost

        request = {
            "voice": voice.name,
            "rate": _words_a_minute(voice.syllables_per_second),
            "pitch": voice.pitch,
            "range": voice.pitch_range,
            "volume": VOLUME,
            "texts": texts,
        }
        patience_s = self._patience_s + PATIENCE_PER_CHARACTER_S * sum(map(len, texts))
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                header, payload = self._ready().ask(request, patience_s=patience_s)
            except WorkerLost as lost:
                self.close()
                if lost.hung or attempt == _ATTEMPTS:
                    raise _lost(lost, patience_s) from lost
                continue
            if "error" not in header:
                return header, payload
            self.close()
            if attempt == _ATTEMPTS:
                raise SpeechFault(f"espeak-ng không đọc được: {header['error']}.", remedy=REINSTALL)
        raise AssertionError("every attempt returns or raises")

    def _ready(self) -> Worker:
        """A worker beside its data; where they were cleared away, another one beside new ones."""
        with self._lock:
            if self._worker is None or self._data is None or not self._data.is_whole():
                self._put_away()
                self._worker = self._new_worker()
            return self._worker

    def _new_worker(self) -> Worker:
        from broadcaster.speech.worker import Worker

        package = self._package
        library = _first_there(package / name for name in ("libespeak-ng.so", "espeak-ng.dll", "libespeak-ng.dylib"))
        script = Path(__file__).parent.parent / "espeak_worker.py"
        self._data = prepared(package)
        command = (sys.executable, "-I", "-S", str(script), str(library.absolute()), DATA)
        return Worker(command, folder=self._data.folder)

    def _put_away(self) -> None:
        if self._worker is not None:
            self._worker.close()
        self._worker = self._data = None

    @property
    def _package(self) -> Path:
        if self._given_package is not None:
            return self._given_package
        found = find_spec("espeakng_loader")
        if found is None or found.origin is None:
            raise SpeechFault("Chưa cài bộ đọc espeak-ng.", remedy="Cài bộ đọc: pip install espeakng-loader")
        return Path(found.origin).parent

    def _refuse_foreign(self, voice: Voice) -> None:
        """espeak-ng itself would take another voice without a word."""
        names = [known.name for known in self.voices()]
        if voice.engine != self.name or voice.name not in names:
            raise SpeechFault(
                f"espeak-ng không có giọng {voice.key!r}.", remedy=f"Chọn một trong các giọng: {', '.join(names)}."
            )


def engine(_folder: Path) -> EspeakEngine:
    """What the registry finds; it keeps nothing on the disk."""
    return EspeakEngine()


def _words_a_minute(syllables_per_second: float) -> int:
    """espeak-ng's unit: 110 gives 2.76 Vietnamese syllables a second within a phrase, 120 3.03, 130 3.29, 138 3.48."""
    return round(110 + 38.7 * (syllables_per_second - 2.76))


def _cleared(samples: NDArray[np.float32], sample_rate: int) -> Clip:
    """With its formants standing out, and faded where the worker cut it off."""
    import numpy as np

    from broadcaster.audio.clip import Clip
    from broadcaster.speech.formants import sharpened

    clear = sharpened(samples, sample_rate, contrast=CONTRAST)
    fade = clear[-round(FADE_S * sample_rate) :]
    fade *= np.linspace(1, 0, len(fade), dtype=np.float32)
    return Clip(samples=clear, sample_rate=sample_rate)


def _punctuated(phrase: Phrase, *, last: bool) -> str:
    """With the mark that gives espeak-ng's intonation; without it the recogniser's WER is .80 instead of .75."""
    return bare(phrase.text) + ("," if phrase.boundary is Boundary.CLAUSE and not last else ".")


def _first_there(paths: Iterable[Path]) -> Path:
    wanted = list(paths)
    for path in wanted:
        if path.is_file():
            return path
    raise SpeechFault(f"Bộ đọc espeak-ng thiếu tệp {wanted[0]}.", remedy=REINSTALL)


def _lost(lost: WorkerLost, patience_s: float) -> SpeechFault:
    if lost.hung:
        return SpeechFault(
            f"Bộ đọc espeak-ng không trả lời sau {patience_s:.0f} giây.",
            remedy="Đã dừng nó; lần đọc sau dùng tiến trình mới. Nếu còn lỗi, xem máy có quá tải không.",
        )
    return SpeechFault("Bộ đọc espeak-ng dừng đột ngột hai lần liền.", remedy=REINSTALL)
